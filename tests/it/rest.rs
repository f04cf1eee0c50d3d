//! MyCRT's API, by the sections of contracts/mycrt.md.

mod accept;
mod accounts;
mod bad_input;
mod bearer;
mod clock;
mod creation;
mod deletion;
mod environments;
mod exposure;
mod fields;
mod handed;
mod invites;
mod keys;
mod limits;
mod members;
mod origins;
mod passwords;
mod reveal;
mod session;
mod slack;
mod validate;
mod values;
mod withdrawal;

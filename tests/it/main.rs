//! Everything that Usher promises, asked through the front door: HTTP in, HTTP and mail out, on the same
//! `rocket()` that ships, on SQLite and on PostgreSQL.

mod chromium;
mod faults;
mod html;
mod layers;
mod mail;
mod plans;
mod races;
mod rest;
mod rpc;
mod showcase;
mod slack;
mod support;
mod upgrades;
mod words;

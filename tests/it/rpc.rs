//! Yeep's API, method by method.

mod activation;
mod assignments;
mod create;
mod delete;
mod info;
mod invitations;
mod list;
mod orgs;
mod passwords;
mod picture;
mod story;

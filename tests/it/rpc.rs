//! Yeep's API, method by method.

mod activation;
mod assignments;
mod create;
mod delete;
mod info;
mod list;
mod passwords;
mod picture;

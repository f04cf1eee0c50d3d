//! Yeep's API, method by method.

mod activation;
mod create;
mod delete;

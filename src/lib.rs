//! Usher lets people in: share environments and invite people to orgs, by a mailed link.
//!
//! `web` serves browsers and programs, [`domain`] holds the rules, [`store`] the queries, [`entity`] the tables;
//! [`mail`] and [`slack`] send what is in the [`outbox`]. See ARCHITECTURE.md.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
mod demo;
pub mod domain;
pub mod email_address;
pub mod entity;
pub mod error;
pub mod fault;
mod fetch;
pub mod fields;
pub mod formats;
mod housekeeping;
pub mod ids;
mod initials;
pub mod keys;
pub mod mail;
pub mod mailboxes;
mod malloc;
pub mod outage;
pub mod outbox;
pub mod passwords;
mod plain_text;
mod private_file;
pub mod public_url;
pub mod readiness;
pub mod secret;
mod serve;
mod server_lock;
mod setup_link;
pub mod slack;
pub mod store;
pub mod turns;
pub mod uploads;
mod urls;
pub mod usher;
pub mod wakers;
mod web;
pub mod words;

//! The pages, used by a browser without JavaScript.

mod access;
mod account;
mod accounts;
mod activity;
mod addresses;
mod capabilities;
mod compression;
#[cfg(debug_assertions)]
mod deactivated;
mod design_mails;
mod environment_access;
mod environments;
mod forms;
mod home;
mod invitations;
mod kinds;
mod languages;
mod members;
mod newcomers;
mod org_offers;
mod org_rights;
mod orgs;
mod pages;
mod passwords;
mod pictures;
mod primary_addresses;
mod proof;
mod sharing;
mod slack;
mod states;
mod story;
mod tokens;
mod user_rights;
mod usernames;
mod users;

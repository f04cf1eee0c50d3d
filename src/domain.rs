//! The rules. Knows nothing of HTTP, pages or user-facing text.

pub mod access;
pub(crate) mod access_mails;
pub mod accounts;
pub mod activity;
pub mod actor;
pub mod audit;
pub mod environments;
pub mod exposure;
pub mod failed_messages;
pub mod invitations;
pub mod members;
pub mod offer;
pub mod orgs;
pub mod places;
pub mod repeats;
pub mod sessions;
pub mod throttle;
pub mod tokens;
pub mod users;

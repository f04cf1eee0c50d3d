//! The rules. Nothing here knows of HTTP, of pages or of words for people.

pub mod accounts;
pub mod actor;
pub mod audit;
pub mod environments;
pub mod invitations;
pub mod policy;
pub mod sessions;
pub mod throttle;

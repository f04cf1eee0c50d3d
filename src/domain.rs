//! The rules. Nothing here knows of HTTP, of pages or of words for people.

pub mod accounts;
pub mod actor;
pub mod assignments;
pub mod audit;
pub mod environments;
pub mod grants;
pub mod invitations;
pub mod members;
pub mod offer;
pub mod orgs;
pub mod permissions;
pub mod places;
pub mod policy;
pub mod rights;
pub mod roles;
pub mod sessions;
pub mod throttle;
pub mod tokens;
pub(crate) mod told;
pub mod users;

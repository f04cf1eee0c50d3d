//! The tables, one a file, without logic. The migrations are the truth about the schema.

pub mod address;
pub mod assignment;
pub mod audit_event;
pub mod cloud_keys;
pub mod environment;
pub mod environment_member;
pub mod environment_slack;
pub mod installation;
pub mod invitation;
pub mod invitation_grant;
pub mod org;
pub mod org_member;
pub mod outbox;
pub mod password_reset;
pub mod permission;
pub mod picture;
pub mod retired_link;
pub mod role;
pub mod role_permission;
pub mod session;
pub mod throttle;
pub mod user;

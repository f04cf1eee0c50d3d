//! The tables, one per file, without logic. The migrations define the schema.

use sea_orm::entity::prelude::*;

pub mod address;
pub mod assignment;
pub mod audit_event;
pub mod cloud_keys;
pub mod environment;
pub mod environment_secret;
pub mod environment_slack;
pub mod former_secret;
pub mod installation;
pub mod invitation;
pub mod invitation_grant;
pub mod member;
pub mod org;
pub mod outbox;
pub mod password_reset;
pub mod permission;
pub mod picture;
pub mod place;
pub mod retired_link;
pub mod role;
pub mod role_permission;
pub mod secret_version;
pub mod session;
pub mod sighting;
pub mod throttle;
pub mod user;

/// The kind of a place, stored in several tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    /// A record of a cloud set-up.
    #[sea_orm(string_value = "environment")]
    Environment,
    /// A group whose members have roles and permissions.
    #[sea_orm(string_value = "org")]
    Org,
}

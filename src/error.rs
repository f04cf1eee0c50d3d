//! The one error of the domain. It knows no HTTP and holds no prose for users: each face of Usher
//! turns it into its dialect by an exhaustive match.

mod access;
mod account;
mod environment;
mod invitation;
mod org;
mod picture;

use std::time::Duration;

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

pub use access::AccessError;
pub use account::AccountError;
pub use environment::EnvironmentError;
pub use invitation::InvitationError;
pub use org::OrgError;
pub use picture::PictureError;

use crate::fault::Fault;
use crate::ids::{DefinitionKind, EnvironmentId};
use crate::outage::Outage;

/// What does not exist, as far as the asker may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// The environment of this id.
    Environment(EnvironmentId),
    /// An environment that the asker could only name by an invite code or a membership.
    UnnamedEnvironment,
    /// Stored keys that an environment was to use.
    Keys,
    /// The org that was named.
    Org,
    /// The user who was named.
    User,
    /// The permission or role that was named.
    Definition(DefinitionKind),
    /// Anything else: the answer names nothing.
    Unnamed,
}

/// Why an operation did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    // Who asks
    #[error("nobody is signed in")]
    SignInRequired,
    #[error("the user is no superuser")]
    SuperuserRequired,
    #[error("a request from another site")]
    CrossOrigin,
    #[error("the user may not do this")]
    NotAllowed,
    #[error("the user lacks a permission in this scope")]
    Forbidden,

    // What was sent
    #[error("{} of the fields break a rule", .0.len())]
    Invalid(Vec<Fault>),
    #[error("the body is not readable")]
    BrokenBody,
    #[error("the body is not declared as JSON")]
    NotJson,
    #[error("the body is too large")]
    TooLarge,

    // What is asked for
    #[error("{0:?} does not exist")]
    NotFound(Thing),
    #[error("something that the change refers to was deleted meanwhile")]
    Gone(#[source] DbErr),
    #[error("the link is not known or no longer works")]
    LinkUnknown,

    // By area
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    #[error(transparent)]
    Invitation(#[from] InvitationError),
    #[error(transparent)]
    Org(#[from] OrgError),
    #[error(transparent)]
    Access(#[from] AccessError),

    // Us
    #[error("asked too often")]
    TooMany { retry_after: Duration },
    #[error("the database cannot be used: {0}")]
    Unavailable(Outage),
    #[error("two transactions met")]
    Collision,
    #[error("{0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// An internal fault.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// One field that breaks a rule.
    pub fn invalid(fault: Fault) -> Self {
        Self::Invalid(vec![fault])
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let Some(outage) = Outage::of(&error) {
            return Self::Unavailable(outage);
        }
        if let Some(SqlErr::ForeignKeyConstraintViolation(_)) = error.sql_err() {
            return Self::Gone(error);
        }
        if is_collision(&error) { Self::Collision } else { Self::internal(error) }
    }
}

/// PostgreSQL: two transactions met, and this one is to be made anew.
fn is_collision(error: &DbErr) -> bool {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK_DETECTED: &str = "40P01";

    let (DbErr::Exec(RuntimeErr::SqlxError(source)) | DbErr::Query(RuntimeErr::SqlxError(source))) = error else {
        return false;
    };
    let code = source.as_database_error().and_then(DatabaseError::code);
    code.is_some_and(|code| code == SERIALIZATION_FAILURE || code == DEADLOCK_DETECTED)
}

/// Takes a broken unique index for `taken`.
///
/// # Errors
/// `taken`, or what else the database said.
pub fn unique_or<T>(result: Result<T, DbErr>, taken: impl Into<Error>) -> Result<T, Error> {
    result.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => taken.into(),
        _ => error.into(),
    })
}

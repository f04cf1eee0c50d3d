//! The single error of the domain. It knows no HTTP and no user-facing text: each interface turns it into its dialect by an
//! exhaustive match.

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

/// What does not exist, as far as the caller may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    Environment(EnvironmentId),
    /// An environment that the caller could only refer to by an invite code or a membership.
    UnnamedEnvironment,
    /// Stored keys to be used by an environment.
    Keys,
    Org,
    User,
    Definition(DefinitionKind),
    /// Anything else: the answer names nothing.
    Unnamed,
}

/// Why an operation fails.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    // The caller
    #[error("nobody is signed in")]
    SignInRequired,
    #[error("the user is not a superuser")]
    SuperuserRequired,
    #[error("a request from another site")]
    CrossOrigin,
    #[error("the user may not do this")]
    NotAllowed,
    #[error("the user lacks a permission in this scope")]
    Forbidden,

    // The request
    #[error("{} invalid fields", .0.len())]
    Invalid(Vec<Fault>),
    #[error("the body cannot be parsed")]
    BrokenBody,
    #[error("the body is not declared as JSON")]
    NotJson,
    #[error("the body is too large")]
    TooLarge,
    #[error("the body took too long")]
    TooSlow,

    // The target
    #[error("{0:?} does not exist")]
    NotFound(Thing),
    #[error("a row that the change refers to was deleted meanwhile")]
    Gone(#[source] DbErr),
    #[error("the link is unknown or no longer works")]
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

    // The server
    #[error("too many attempts")]
    TooMany { retry_after: Duration },
    #[error("there is no room for more requests")]
    Busy,
    #[error("the database cannot be used: {0}")]
    Unavailable(Outage),
    #[error("the change met another")]
    Collision,
    #[error("the request was made before")]
    Repeated,
    #[error("{0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// An invalid field.
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

/// PostgreSQL: a deadlock or serialization failure; the transaction is to be retried.
fn is_collision(error: &DbErr) -> bool {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK_DETECTED: &str = "40P01";

    let (DbErr::Exec(RuntimeErr::SqlxError(source)) | DbErr::Query(RuntimeErr::SqlxError(source))) = error else {
        return false;
    };
    let code = source.as_database_error().and_then(DatabaseError::code);
    code.is_some_and(|code| code == SERIALIZATION_FAILURE || code == DEADLOCK_DETECTED)
}

/// Turns a violated unique index into `taken`.
///
/// # Errors
/// `taken`, or any other error of the database.
pub fn unique_or<T>(result: Result<T, DbErr>, taken: impl Into<Error>) -> Result<T, Error> {
    result.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => taken.into(),
        _ => error.into(),
    })
}

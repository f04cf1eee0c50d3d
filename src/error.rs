//! The one error of the domain. It knows no HTTP and holds no prose for users: each face of Usher
//! turns it into its dialect by an exhaustive match.

use std::time::Duration;

use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::email_address::EmailAddress;
use crate::fault::Fault;
use crate::ids::EnvironmentId;
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
    /// The permission that was named.
    Permission,
    /// The role that was named.
    Role,
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
    #[error("no user has that address or username")]
    UnknownUser,
    #[error("the user is deactivated")]
    Deactivated,
    #[error("the password is wrong")]
    WrongPassword,
    #[error("sign-up is closed")]
    SignUpClosed,

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
    #[error("the user may not do this")]
    NotAllowed,
    #[error("only administrators of the environment invite")]
    OnlyAdministratorsInvite,
    #[error("the keys are another user's")]
    KeysOfAnother,
    #[error("stored keys of another user are not shown")]
    KeysHidden,

    // Accounts
    #[error("the terms of use were not accepted")]
    TermsNotAccepted,
    #[error("the address has an account already")]
    AddressTaken,
    #[error("the username is taken")]
    UsernameTaken,
    #[error("the username would be taken for the service itself")]
    UsernameReserved,
    #[error("a new user needs a username")]
    UsernameRequired,
    #[error("usernames are switched off")]
    UsernamesOff,
    #[error("none of the addresses is the primary one")]
    PrimaryAddressMissing,
    #[error("more than one address is the primary one")]
    PrimaryAddressTwice,
    #[error("the user of this uid is deactivated")]
    UserDeactivated(String),
    #[error("a picture is of no known type, or broken")]
    PictureUnreadable,
    #[error("a picture is too small")]
    PictureTooSmall,
    #[error("a picture is too large")]
    PictureTooLarge,
    #[error("the area to cut out reaches beyond the picture")]
    CropOutside,
    #[error("the old password is wrong")]
    OldPasswordWrong,
    #[error("the account's own address is not verified yet")]
    Unproved,
    #[error("the user's own password is another")]
    OwnPasswordWrong,
    #[error("the two new passwords differ")]
    PasswordsDiffer,
    #[error("no such password reset")]
    ResetUnknown,
    #[error("the password reset was used before")]
    ResetUsed,
    #[error("the password reset has expired")]
    ResetExpired,
    #[error("the link is not known or no longer works")]
    LinkUnknown,
    #[error("the user has this address already")]
    AddressOwn,
    #[error("the user has as many addresses as may be")]
    TooManyAddresses,
    #[error("the primary address is not removed")]
    PrimaryAddressStays,
    #[error("the user has as many access tokens as may be")]
    TooManyTokens,

    // Environments
    #[error("an environment of that name exists")]
    EnvironmentNameTaken,
    #[error("the user has keys of that name")]
    KeysNameTaken,
    #[error("the environment has notices to Slack already")]
    SlackConfigured,
    #[error("the owner cannot leave, be removed or lose the right")]
    OwnerStays,

    // Invitations
    #[error("nobody has the invited address")]
    InviteeUnknown(EmailAddress),
    #[error("the invited user is deactivated")]
    InviteeDeactivated,
    #[error("an own address was invited")]
    InviteSelf,
    #[error("the invited user is a member already")]
    InviteMember(String),
    #[error("the inviter has no verified address")]
    InviterUnverified,
    #[error("the invitation was accepted before")]
    InvitationAccepted,
    #[error("the invitation has expired")]
    InvitationExpired,
    #[error("the invitation is another's")]
    InvitationOfAnother,
    #[error("the invitation is not open any more")]
    InvitationClosed,
    #[error("the invite code is not known")]
    CodeUnknown,

    // Orgs
    #[error("the user lacks a right in this scope")]
    Forbidden,
    #[error("an org that is named does not exist")]
    OrgUnknown(String),
    #[error("making orgs is closed")]
    OrgCreationClosed,
    #[error("an org of that slug exists")]
    SlugTaken,
    #[error("the slug is reserved for a page")]
    SlugReserved,
    #[error("a permission is named {0:?} already")]
    PermissionNameTaken(String),
    #[error("a permission's name begins as those of the system do")]
    PermissionNameReserved,
    #[error("a role is named {0:?} already")]
    RoleNameTaken(String),
    #[error("a system permission or role is not changed")]
    SystemObject,
    #[error("a permission that is named does not exist, or not here")]
    PermissionUnknown(String),
    #[error("a permission belongs to another scope")]
    PermissionOfOtherScope(String),
    #[error("a role that is named does not exist")]
    RoleUnknown(String),
    #[error("a role belongs to another scope")]
    RoleOfOtherScope(String),
    #[error("the user is a member already")]
    AlreadyMember,
    #[error("the user is no member")]
    NoMember,
    #[error("this is granted already")]
    AlreadyAssigned,
    #[error("this is not granted")]
    NotAssigned,
    #[error("an org keeps at least one administrator")]
    LastAdministrator,
    #[error("an installation keeps at least one superuser")]
    LastSuperuser,
    #[error("this member cannot own an environment: deactivated, or with a mailbox yet to be proved")]
    CannotOwn,
    #[error("nobody else in {0:?} could own it")]
    NoHeir(String),
    #[error("nobody shuts themselves out or ends their own account here")]
    OwnAccount,

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
    let code = source.as_database_error().and_then(|said| said.code());
    code.is_some_and(|code| code == SERIALIZATION_FAILURE || code == DEADLOCK_DETECTED)
}

/// Takes a broken unique index for `taken`.
///
/// # Errors
/// `taken`, or what else the database said.
pub fn unique_or<T>(result: Result<T, DbErr>, taken: Error) -> Result<T, Error> {
    result.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => taken,
        _ => error.into(),
    })
}

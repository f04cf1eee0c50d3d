//! The only place that maps an [`Error`] to code and message of Yeep's API.

use rocket::http::Status;

use super::dialect::Failure;
use crate::domain::actor::Actor;
use crate::error::{
    AccessError, AccountError, EnvironmentError, Error, InvitationError, OrgError, PictureError, Thing,
};
use crate::ids::DefinitionKind::{Permission, Role};

/// A method's names for the things in its errors.
#[derive(Clone, Debug)]
pub struct Words {
    /// The caller in message 10012.
    pub asker: String,
    pub user: String,
    pub org: String,
    /// The message if the permission or role of the method does not exist.
    pub definition: Option<String>,
    /// The quotes around ids, if any.
    pub quote: &'static str,
    /// Suffix of `Permission … does not exist` if one of a list is unknown.
    pub unknown_permission: &'static str,
    /// User and org in 10023 and 10028.
    pub membership: (String, String),
    /// What cannot be done to a system permission or role: `updated` or `deleted`.
    pub operation: &'static str,
    /// The name of the user whom the method is about.
    pub key: String,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            asker: String::new(),
            user: "User does not exist".to_owned(),
            org: "Org does not exist".to_owned(),
            definition: None,
            quote: "\"",
            unknown_permission: "",
            membership: (String::new(), String::new()),
            operation: "updated",
            key: String::new(),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Words::default().failure(error)
    }
}

const USER_NOT_FOUND: u32 = 10001;
const FORBIDDEN: u32 = 10012;
const TOKEN_DEAD: u32 = 10027;

impl Words {
    /// For this caller; without a username, named by primary address.
    pub fn of(actor: &Actor) -> Self {
        Self { asker: actor.username.clone().unwrap_or_else(|| actor.address.clone()), ..Self::default() }
    }

    pub fn failure(&self, error: Error) -> Failure {
        crate::web::log::fault(&error);
        match error {
            Error::SignInRequired | Error::Gone(_) => Failure::masked(),
            Error::Forbidden | Error::SuperuserRequired | Error::NotAllowed => self.forbidden(),
            Error::CrossOrigin => {
                let words = "The request comes from another origin than that of public_url";
                Failure::new(403, words).with_status(Status::Forbidden, None)
            }
            // This API validates its input before, each field by its own rule.
            Error::Invalid(_) => Failure::masked(),
            Error::BrokenBody => Failure::outside(Status::BadRequest, "Invalid request payload JSON format"),
            Error::NotJson => Failure::outside(Status::UnsupportedMediaType, "Send the body as application/json"),
            Error::TooLarge => Failure::outside(Status::PayloadTooLarge, "The body is larger than 1 MiB"),
            Error::TooSlow => Failure::outside(Status::RequestTimeout, "The body took too long"),

            Error::NotFound(thing) => self.not_found(thing),
            Error::LinkUnknown => token_dead(),
            Error::Account(error) => self.account(error),
            Error::Picture(error) => picture(&error),
            Error::Environment(error) => self.environment(&error),
            Error::Invitation(error) => self.invitation(&error),
            Error::Org(error) => self.org(error),
            Error::Access(error) => self.access(error),

            Error::TooMany { retry_after } => Failure::new(429, "Too many tries; try again later")
                .with_status(Status::TooManyRequests, Some(retry_after)),
            // Only forms are known again.
            Error::Busy | Error::Unavailable(_) | Error::Collision | Error::Repeated => {
                Failure::new(503, "The service is busy; try again later").with_status(Status::ServiceUnavailable, None)
            }
            Error::Internal(_) => Failure::new(500, "Internal Server Error"),
        }
    }

    fn forbidden(&self) -> Failure {
        let message = format!("User \"{}\" does not have sufficient permissions to access this resource", self.asker);
        Failure::new(FORBIDDEN, message)
    }

    fn not_found(&self, thing: Thing) -> Failure {
        match thing {
            Thing::User => Failure::new(USER_NOT_FOUND, self.user.clone()),
            Thing::Org => Failure::new(10011, self.org.clone()),
            Thing::Definition(kind) => {
                let (code, usual) = match kind {
                    Permission => (10008, "Permission does not exist"),
                    Role => (10017, "Role does not exist"),
                };
                Failure::new(code, self.definition.clone().unwrap_or_else(|| usual.to_owned()))
            }
            Thing::Environment(_) | Thing::UnnamedEnvironment | Thing::Keys | Thing::Unnamed => Failure::masked(),
        }
    }

    fn account(&self, error: AccountError) -> Failure {
        match error {
            AccountError::Unknown => Failure::new(USER_NOT_FOUND, format!("User \"{}\" not found", self.key)),
            AccountError::Deactivated => self.deactivated(),
            AccountError::UserDeactivated(uid) => Failure::new(10022, format!("User {uid} is deactivated")),
            AccountError::WrongPassword | AccountError::OldPasswordWrong => {
                Failure::new(10002, "Invalid username or password credentials")
            }
            AccountError::SignUpClosed => self.forbidden(),
            AccountError::UsernameTaken(name) => Failure::new(10006, format!("Username \"{name}\" already in use")),
            AccountError::UsernameReserved(name) => {
                Failure::new(10014, format!("Username \"{name}\" is reserved for system use"))
            }
            AccountError::UsernameRequired => Failure::fault("username", "any.required"),
            AccountError::UsernamesOff => Failure::fault("username", "any.forbidden"),
            AccountError::AddressTaken => Failure::new(10005, "Email address already in use"),
            AccountError::PrimaryAddressMissing => Failure::new(10004, "You must specify at least 1 primary email"),
            AccountError::PrimaryAddressTwice => Failure::new(10004, "User cannot have more than 1 primary emails"),
            AccountError::ResetUnknown | AccountError::ResetUsed | AccountError::ResetExpired => token_dead(),
            // Cannot occur in this API.
            AccountError::TermsNotAccepted
            | AccountError::Unproved
            | AccountError::Own
            | AccountError::AddressOwn
            | AccountError::TooManyAddresses
            | AccountError::PrimaryAddressStays
            | AccountError::OwnPasswordWrong
            | AccountError::PasswordsDiffer
            | AccountError::TooManyTokens => Failure::masked(),
        }
    }

    fn deactivated(&self) -> Failure {
        let quote = self.quote;
        Failure::new(10022, format!("User {quote}{}{quote} is deactivated", self.key))
    }

    fn environment(&self, error: &EnvironmentError) -> Failure {
        match error {
            EnvironmentError::OnlyAdministratorsInvite
            | EnvironmentError::KeysOfAnother
            | EnvironmentError::KeysHidden => self.forbidden(),
            // The caller may be a member of none of them.
            EnvironmentError::NoSuccessor(_) => {
                Failure::new(FORBIDDEN, "Nobody else could own an environment of this user")
            }
            EnvironmentError::NameTaken
            | EnvironmentError::KeysNameTaken
            | EnvironmentError::SlackConfigured
            | EnvironmentError::OwnerStays
            | EnvironmentError::NotExposed
            | EnvironmentError::Unfit(_)
            | EnvironmentError::CannotOwn => Failure::masked(),
        }
    }

    fn invitation(&self, error: &InvitationError) -> Failure {
        match error {
            InvitationError::InviteeUnknown(_) => Failure::new(USER_NOT_FOUND, self.user.clone()),
            InvitationError::InviteeDeactivated => self.deactivated(),
            InvitationError::InviteeSelf | InvitationError::InviteeMember(_) => self.already_member(),
            // This API has no bulk invitations and no notes.
            InvitationError::TooManyAtOnce | InvitationError::NoteUnverified => Failure::masked(),
            InvitationError::InviterUnverified | InvitationError::OfAnother => self.forbidden(),
            InvitationError::Accepted
            | InvitationError::Expired
            | InvitationError::Closed
            | InvitationError::CodeUnknown => token_dead(),
        }
    }

    fn already_member(&self) -> Failure {
        let (user, org) = &self.membership;
        Failure::new(10028, format!("User \"{user}\" is already a member of org \"{org}\""))
    }

    fn org(&self, error: OrgError) -> Failure {
        let quote = self.quote;
        match error {
            OrgError::Unknown(uid) => Failure::new(10011, format!("Org \"{uid}\" does not exist")),
            OrgError::CreationClosed => self.forbidden(),
            OrgError::SlugTaken(slug) | OrgError::SlugReserved(slug) => {
                Failure::new(10003, format!("Org \"{slug}\" already exists"))
            }
            OrgError::AlreadyMember => self.already_member(),
            OrgError::NoMember => {
                let (user, org) = &self.membership;
                Failure::new(10023, format!("User {quote}{user}{quote} is not a member of org {quote}{org}{quote}"))
            }
            OrgError::LastAdministrator => Failure::new(FORBIDDEN, "The org would be left without an administrator"),
        }
    }

    fn access(&self, error: AccessError) -> Failure {
        let (quote, operation) = (self.quote, self.operation);
        let (code, message) = match error {
            AccessError::NameTaken(Permission, name) => (10007, format!("Permission \"{name}\" already exists")),
            AccessError::NameTaken(Role, name) => (10016, format!("Role \"{name}\" already exists")),
            AccessError::NameReserved => {
                (10015, "Permissions starting with \"yeep\" are reserved for system use".to_owned())
            }
            AccessError::System(Permission, uid) => {
                (10009, format!("Permission {uid} is a system permission and thus cannot be {operation}"))
            }
            AccessError::System(Role, uid) => {
                (10018, format!("Role {uid} is a system role and thus cannot be {operation}"))
            }
            AccessError::Unknown(Permission, uid) => {
                (10008, format!("Permission {quote}{uid}{quote} does not exist{}", self.unknown_permission))
            }
            AccessError::Unknown(Role, uid) => (10017, format!("Role {quote}{uid}{quote} does not exist")),
            AccessError::OfOtherScope(Permission, uid) => {
                (10011, format!("Permission {quote}{uid}{quote} cannot be assigned to the designated org"))
            }
            AccessError::OfOtherScope(Role, uid) => {
                (10019, format!("Role {quote}{uid}{quote} cannot be assigned to the designated org"))
            }
            AccessError::AlreadyAssigned(Permission, uid) => {
                (10010, format!("Permission {uid} already assigned to the designated user"))
            }
            AccessError::AlreadyAssigned(Role, uid) => {
                (10020, format!("Role {uid} already assigned to the designated user"))
            }
            AccessError::NotAssigned(Permission) => (10013, "PermissionAssignment does not exist".to_owned()),
            AccessError::NotAssigned(Role) => (10021, "RoleAssignment does not exist".to_owned()),
            AccessError::LastSuperuser => (FORBIDDEN, "The last superuser stays".to_owned()),
        };
        Failure::new(code, message)
    }
}

fn token_dead() -> Failure {
    Failure::new(TOKEN_DEAD, "Token does not exist or has already expired")
}

fn picture(error: &PictureError) -> Failure {
    let (code, message) = match error {
        PictureError::Unreadable => (10024, "Unprocessable image type; expected one of \"png\", \"jpg\" or \"webp\""),
        PictureError::TooSmall => (10025, "Image too small; width/height should be at least 200x200 px"),
        PictureError::TooLarge => (10025, "Image too large; width/height should not exceed 10000x10000 px"),
        PictureError::TooCostly => {
            (10025, "Image too large to be decoded; use fewer pixels, png, or jpg that is not progressive")
        }
        PictureError::CropOutside => (10026, "The designated crop area exceed the image width/height boundaries"),
    };
    Failure::new(code, message)
}

//! The one place where an [`Error`] becomes Yeep's answer.

use std::borrow::Cow;
use std::time::Duration;

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use serde_json::{Map, Value, json};

use super::check::Detail;
use super::http_error;
use crate::domain::actor::Actor;
use crate::error::{Error, Thing};
use crate::web::headers::retry_after;

/// What a method answers.
pub type Answer = Result<Envelope, Failure>;

/// JSON with status 200.
#[derive(Debug)]
pub struct Envelope(Value);

impl Envelope {
    /// A success with the method's own fields.
    pub fn ok(fields: Value) -> Self {
        let mut envelope = Map::new();
        envelope.insert("ok".to_owned(), json!(true));
        if let Value::Object(fields) = fields {
            envelope.extend(fields);
        }
        Self(Value::Object(envelope))
    }

    /// JSON that is no envelope.
    pub fn bare(value: Value) -> Self {
        Self(value)
    }
}

impl<'r> Responder<'r, 'static> for Envelope {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        (ContentType::JSON, self.0.to_string()).respond_to(request)
    }
}

/// A failure in its envelope, or outside of it where the contract says so.
#[derive(Debug)]
pub struct Failure {
    status: Status,
    body: Value,
    retry_after: Option<Duration>,
}

impl Failure {
    /// A code and its message.
    pub fn new(code: u32, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        let body = json!({ "ok": false, "error": { "code": code, "message": message } });
        Self { status: Status::Ok, body, retry_after: None }
    }

    /// Faults of the body.
    pub fn invalid(details: &[Detail]) -> Self {
        let details: Vec<Value> = details.iter().map(Detail::to_json).collect();
        let error = json!({ "code": 400, "message": "Invalid request body", "details": details });
        Self { status: Status::Ok, body: json!({ "ok": false, "error": error }), retry_after: None }
    }

    /// One fault of one field.
    pub fn fault(field: &str, kind: &'static str) -> Self {
        Self::invalid(&[Detail::of(field, kind)])
    }

    /// Nobody is signed in: the method does not exist for whoever asks.
    pub fn masked() -> Self {
        Self::new(404, "Resource does not exist")
    }

    /// An answer with a real status, outside the envelope.
    pub fn outside(status: Status, message: &str) -> Self {
        Self { status, body: http_error(status, message), retry_after: None }
    }

    fn with_status(self, status: Status, retry_after: Option<Duration>) -> Self {
        Self { status, retry_after, ..self }
    }
}

impl From<Vec<Detail>> for Failure {
    fn from(details: Vec<Detail>) -> Self {
        Self::invalid(&details)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Words::default().failure(error)
    }
}

impl<'r> Responder<'r, 'static> for Failure {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from((ContentType::JSON, self.body.to_string()).respond_to(request)?);
        response.status(self.status);
        if let Some(wait) = self.retry_after {
            response.header(retry_after(wait));
        }
        response.ok()
    }
}

/// What a method calls the things that its errors name.
#[derive(Clone, Debug)]
pub struct Words {
    /// The caller, in message 10012.
    pub asker: String,
    pub user: String,
    pub org: String,
    pub permission: String,
    pub role: String,
    /// How the id of a permission or role is written: with quotes or without.
    pub quote: &'static str,
    /// Behind `Permission … does not exist`, when one in a list is unknown.
    pub unknown_permission: &'static str,
    /// The member and org of 10023 and 10028.
    pub membership: (String, String),
    /// What cannot be done to a system object: `updated` or `deleted`.
    pub deed: &'static str,
    /// The id of the object that the method is about.
    pub id: String,
    /// How whoever is deactivated is called.
    pub key: String,
    /// The slug or name that is taken, where the error does not say it.
    pub slug: String,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            asker: String::new(),
            user: "User does not exist".to_owned(),
            org: "Org does not exist".to_owned(),
            permission: "Permission does not exist".to_owned(),
            role: "Role does not exist".to_owned(),
            quote: "\"",
            unknown_permission: "",
            membership: (String::new(), String::new()),
            deed: "updated",
            id: String::new(),
            key: String::new(),
            slug: String::new(),
        }
    }
}

impl Words {
    /// The words for a caller; one without a username is named by the primary address.
    pub fn of(actor: &Actor) -> Self {
        Self { asker: actor.username.clone().unwrap_or_else(|| actor.address.clone()), ..Self::default() }
    }

    /// An error in these words.
    pub fn failure(&self, error: Error) -> Failure {
        crate::web::log::fault(&error);
        let quote = self.quote;
        match error {
            Error::SignInRequired | Error::Gone(_) => Failure::masked(),
            Error::Forbidden
            | Error::OrgCreationClosed
            | Error::SuperuserRequired
            | Error::NotAllowed
            | Error::OnlyAdministratorsInvite
            | Error::KeysOfAnother
            | Error::KeysHidden
            | Error::InviterUnverified
            | Error::InvitationOfAnother
            | Error::SignUpClosed => Failure::new(
                10012,
                format!("User \"{}\" does not have sufficient permissions to access this resource", self.asker),
            ),
            Error::CrossOrigin => {
                Failure::new(403, "The request comes from another origin").with_status(Status::Forbidden, None)
            }

            Error::UnknownUser => Failure::new(10001, format!("User \"{}\" not found", self.key)),
            Error::NotFound(Thing::User) | Error::InviteeUnknown(_) => Failure::new(10001, self.user.clone()),
            Error::WrongPassword | Error::OldPasswordWrong => {
                Failure::new(10002, "Invalid username or password credentials")
            }
            Error::SlugTaken | Error::SlugReserved => {
                Failure::new(10003, format!("Org \"{}\" already exists", self.slug))
            }
            Error::AddressTaken => Failure::new(10005, "Email address already in use"),
            Error::UsernameTaken => Failure::new(10006, format!("Username \"{}\" already in use", self.key)),
            Error::UsernameReserved => {
                Failure::new(10014, format!("Username \"{}\" is reserved for system use", self.key))
            }
            Error::UsernameRequired => Failure::fault("username", "any.required"),
            Error::UsernamesOff => Failure::fault("username", "any.forbidden"),
            Error::PrimaryAddressMissing => Failure::new(10004, "You must specify at least 1 primary email"),
            Error::PrimaryAddressTwice => Failure::new(10004, "User cannot have more than 1 primary emails"),
            Error::UserDeactivated(uid) => Failure::new(10022, format!("User {uid} is deactivated")),
            Error::PictureUnreadable => {
                Failure::new(10024, "Unprocessable image type; expected one of \"png\", \"jpg\" or \"webp\"")
            }
            Error::PictureTooSmall => {
                Failure::new(10025, "Image too small; width/height should be at least 200x200 px")
            }
            Error::PictureTooLarge => {
                Failure::new(10025, "Image too large; width/height should not exceed 10000x10000 px")
            }
            Error::CropOutside => {
                Failure::new(10026, "The designated crop area exceed the image width/height boundaries")
            }
            Error::OrgUnknown(uid) => Failure::new(10011, format!("Org \"{uid}\" does not exist")),
            Error::PermissionNameTaken(name) => Failure::new(10007, format!("Permission \"{name}\" already exists")),
            Error::NotFound(Thing::Permission) => Failure::new(10008, self.permission.clone()),
            Error::PermissionUnknown(uid) => {
                Failure::new(10008, format!("Permission {quote}{uid}{quote} does not exist{}", self.unknown_permission))
            }
            Error::AlreadyAssigned if self.role_is_meant() => {
                Failure::new(10020, format!("Role {} already assigned to the designated user", self.id))
            }
            Error::AlreadyAssigned => {
                Failure::new(10010, format!("Permission {} already assigned to the designated user", self.id))
            }
            Error::NotFound(Thing::Org) => Failure::new(10011, self.org.clone()),
            Error::PermissionOfOtherScope(uid) => {
                Failure::new(10011, format!("Permission {quote}{uid}{quote} cannot be assigned to the designated org"))
            }
            Error::NotAssigned if self.role_is_meant() => Failure::new(10021, "RoleAssignment does not exist"),
            Error::NotAssigned => Failure::new(10013, "PermissionAssignment does not exist"),
            Error::PermissionNameReserved => {
                Failure::new(10015, "Permissions starting with \"yeep\" are reserved for system use")
            }
            Error::RoleNameTaken(name) => Failure::new(10016, format!("Role \"{name}\" already exists")),
            Error::NotFound(Thing::Role) => Failure::new(10017, self.role.clone()),
            Error::RoleUnknown(uid) => Failure::new(10017, format!("Role {quote}{uid}{quote} does not exist")),
            Error::SystemObject if self.role_is_meant() => {
                Failure::new(10018, format!("Role {} is a system role and thus cannot be {}", self.id, self.deed))
            }
            Error::SystemObject => Failure::new(
                10009,
                format!("Permission {} is a system permission and thus cannot be {}", self.id, self.deed),
            ),
            Error::RoleOfOtherScope(uid) => {
                Failure::new(10019, format!("Role {quote}{uid}{quote} cannot be assigned to the designated org"))
            }
            Error::Deactivated | Error::InviteeDeactivated => {
                Failure::new(10022, format!("User {quote}{}{quote} is deactivated", self.key))
            }
            Error::NoMember => {
                let (user, org) = &self.membership;
                Failure::new(10023, format!("User {quote}{user}{quote} is not a member of org {quote}{org}{quote}"))
            }
            Error::LastAdministrator => Failure::new(10012, "The org would be left without an administrator"),
            Error::LastSuperuser => Failure::new(10012, "The last superuser stays"),
            // The caller may be in none of them.
            Error::NoHeir(_) => Failure::new(10012, "Nobody else could own an environment of this user"),
            Error::AlreadyMember | Error::InviteMember(_) | Error::InviteSelf => {
                let (user, org) = &self.membership;
                Failure::new(10028, format!("User \"{user}\" is already a member of org \"{org}\""))
            }
            Error::LinkUnknown
            | Error::CodeUnknown
            | Error::ResetUnknown
            | Error::ResetUsed
            | Error::ResetExpired
            | Error::InvitationAccepted
            | Error::InvitationExpired
            | Error::InvitationClosed => Failure::new(10027, "Token does not exist or has already expired"),

            // What only the other faces know of.
            Error::Invalid(_)
            | Error::TermsNotAccepted
            | Error::PasswordsDiffer
            | Error::EnvironmentNameTaken
            | Error::KeysNameTaken
            | Error::SlackConfigured
            | Error::OwnerStays
            | Error::CannotOwn
            | Error::OwnAccount
            | Error::AddressOwn
            | Error::TooManyAddresses
            | Error::PrimaryAddressStays
            | Error::Unproved
            | Error::OwnPasswordWrong
            | Error::TooManyTokens
            | Error::NotFound(Thing::Environment(_) | Thing::UnnamedEnvironment | Thing::Keys | Thing::Unnamed) => {
                Failure::masked()
            }

            Error::BrokenBody => Failure::outside(Status::BadRequest, "Invalid request payload JSON format"),
            Error::NotJson => Failure::outside(Status::UnsupportedMediaType, "Send the body as application/json"),
            Error::TooLarge => Failure::outside(Status::PayloadTooLarge, "The body is larger than 1 MiB"),
            Error::TooMany { retry_after } => Failure::new(429, "Too many tries; try again later")
                .with_status(Status::TooManyRequests, Some(retry_after)),
            Error::Unavailable(_) | Error::Collision => {
                Failure::new(503, "The service is busy; try again later").with_status(Status::ServiceUnavailable, None)
            }
            Error::Internal(_) => Failure::new(500, "Internal Server Error"),
        }
    }

    /// Errors that say alike of permissions and roles mean the one that the method is about.
    fn role_is_meant(&self) -> bool {
        self.role != Self::default().role
    }
}

//! The one place where an [`Error`] becomes MyCRT's answer.

use std::time::Duration;

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::error::{Error, Thing};
use crate::fault::{Fault, Rule};
use crate::web::headers::retry_after;

/// What a route answers.
pub type Answer<T = Value> = Result<Json<T>, Refusal>;

/// A success: 200 with JSON.
pub struct Json<T>(pub T);

impl<'r, T: Serialize> Responder<'r, 'static> for Json<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let body = serde_json::to_string(&self.0).map_err(|_| Status::InternalServerError)?;
        (ContentType::JSON, body).respond_to(request)
    }
}

/// An error in MyCRT's form.
pub struct Refusal {
    status: Status,
    body: Value,
    retry_after: Option<Duration>,
}

impl Refusal {
    /// What a status alone says.
    pub fn of_status(status: Status) -> Self {
        let status = match status {
            // Rocket's answer to a path whose id is none.
            Status::UnprocessableEntity => Status::NotFound,
            other => other,
        };
        Self::new(status, status.reason_lossy())
    }

    fn new(status: Status, message: &str) -> Self {
        Self { status, body: json!({ "code": status.code, "message": message }), retry_after: None }
    }

    fn later(status: Status, message: &str, retry_after: Duration) -> Self {
        Self { retry_after: Some(retry_after), ..Self::new(status, message) }
    }
}

impl<'r> Responder<'r, 'static> for Refusal {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from((ContentType::JSON, self.body.to_string()).respond_to(request)?);
        response.status(self.status);
        if let Some(wait) = self.retry_after {
            response.header(retry_after(wait));
        }
        response.ok()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        crate::web::log::fault(&error);
        let plain = |status: Status| Self::new(status, status.reason_lossy());
        let bad_request = |message: &str| Self::new(Status::BadRequest, message);
        let forbidden = |message: &str| Self::new(Status::Forbidden, message);
        let not_found = |message: &str| Self::new(Status::NotFound, message);
        let conflict = |message: &str| Self::new(Status::Conflict, message);
        match error {
            Error::SignInRequired => forbidden("login required"),
            Error::SuperuserRequired => forbidden("admin login required"),
            Error::CrossOrigin => forbidden("The request comes from another origin"),
            Error::UnknownUser => forbidden("User not found"),
            Error::Deactivated | Error::UserDeactivated(_) => forbidden("User is deactivated"),
            Error::WrongPassword => forbidden("Invalid Password"),
            Error::SignUpClosed => forbidden("Sign-up is closed"),

            Error::Invalid(faults) => {
                Self { status: Status::BadRequest, body: faults.iter().map(fault).collect(), retry_after: None }
            }
            Error::BrokenBody => bad_request("The body is not a JSON object"),
            Error::NotJson => {
                Self::new(Status::UnsupportedMediaType, "The body must be sent with Content-Type: application/json")
            }
            Error::TooLarge => Self::new(Status::PayloadTooLarge, "The body is larger than 1 MiB"),

            Error::NotFound(Thing::Environment(id)) => not_found(&format!("Environment {id} does not exist")),
            Error::NotFound(Thing::UnnamedEnvironment) => not_found("Environment does not exist"),
            Error::NotFound(Thing::Keys) => not_found("Keys do not exist"),
            Error::NotFound(Thing::Unnamed) | Error::Gone(_) | Error::LinkUnknown => plain(Status::NotFound),
            Error::NotAllowed | Error::InvitationOfAnother => plain(Status::Unauthorized),
            Error::OnlyAdministratorsInvite => forbidden("Only environment administrators can invite"),
            Error::KeysOfAnother => forbidden("Keys don't belong to user"),
            Error::KeysHidden => plain(Status::Forbidden),

            Error::TermsNotAccepted => bad_request("You must accept the terms of use."),
            Error::AddressTaken => bad_request("An account with that email address already exists"),
            Error::UsernameTaken | Error::UsernameReserved => {
                bad_request("An account with that username already exists")
            }
            Error::OldPasswordWrong => bad_request("Old password does not match your current password"),
            Error::PasswordsDiffer => bad_request("New passwords do not match"),
            Error::ResetUnknown => bad_request("This password reset token does not exist"),
            Error::ResetUsed => conflict("Password reset token has already been used"),
            Error::ResetExpired => bad_request("This password reset token has expired"),

            Error::EnvironmentNameTaken => bad_request("Environment with same name already exists"),
            Error::SlackConfigured => bad_request("Environment already is configured with slack"),
            Error::KeysNameTaken => bad_request("Keys with same name already exists"),
            Error::OwnerStays => conflict("The owner cannot leave the environment or be removed from it"),

            Error::InviteeUnknown(address) => bad_request(&format!("User {} does not exist", address.as_sent())),
            Error::InviteeDeactivated => bad_request("User is deactivated"),
            Error::InviteSelf => conflict("Cannot invite yourself to environment"),
            Error::InviteMember(key) => conflict(&format!("User {key} is already a member")),
            Error::InviterUnverified => forbidden("Verify your e-mail address first"),
            Error::InvitationAccepted => conflict("Invite has already been accepted"),
            Error::InvitationExpired => conflict("Invitation has expired"),
            Error::InvitationClosed | Error::CodeUnknown => not_found("Environment of this invite code does not exist"),

            // No route of this API leads to what follows.
            Error::UsernameRequired
            | Error::UsernamesOff
            | Error::PrimaryAddressMissing
            | Error::PrimaryAddressTwice
            | Error::PictureUnreadable
            | Error::PictureTooSmall
            | Error::PictureTooLarge
            | Error::CropOutside
            | Error::AddressOwn
            | Error::TooManyAddresses
            | Error::PrimaryAddressStays
            | Error::Unproved
            | Error::OwnPasswordWrong
            | Error::TooManyTokens => plain(Status::BadRequest),
            Error::Forbidden | Error::SystemObject | Error::OrgCreationClosed => plain(Status::Forbidden),
            Error::NotFound(Thing::Org | Thing::User | Thing::Permission | Thing::Role)
            | Error::OrgUnknown(_)
            | Error::PermissionUnknown(_)
            | Error::PermissionOfOtherScope(_)
            | Error::RoleUnknown(_)
            | Error::RoleOfOtherScope(_)
            | Error::NoMember
            | Error::NotAssigned => plain(Status::NotFound),
            Error::SlugTaken
            | Error::SlugReserved
            | Error::PermissionNameTaken(_)
            | Error::PermissionNameReserved
            | Error::RoleNameTaken(_)
            | Error::AlreadyMember
            | Error::AlreadyAssigned
            | Error::CannotOwn
            | Error::OwnAccount => plain(Status::Conflict),
            Error::LastAdministrator => conflict("An org would be left without an administrator"),
            Error::LastSuperuser => conflict("The last administrator of the service stays"),
            Error::NoHeir(name) => conflict(&format!("Nobody else in environment {name} could own it")),

            Error::TooMany { retry_after } => {
                Self::later(Status::TooManyRequests, "Too many tries; try again later", retry_after)
            }
            Error::Unavailable(_) | Error::Collision => {
                Self::new(Status::ServiceUnavailable, "The service is busy; try again later")
            }
            Error::Internal(_) => plain(Status::InternalServerError),
        }
    }
}

/// [`Thing::Environment`] answered without its id, as some of MyCRT's routes do.
pub fn unnamed(error: Error) -> Error {
    match error {
        Error::NotFound(Thing::Environment(_)) => Error::NotFound(Thing::Unnamed),
        other => other,
    }
}

fn fault(fault: &Fault) -> Value {
    let message = format!("\"{}\" {}", fault.field, rule(fault.rule));
    json!({ "message": message, "path": [fault.field] })
}

/// What a field must be, in the words of MyCRT's validation.
fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Required => "is required",
        Rule::Text => "must be a string",
        Rule::Number => "must be a number",
        Rule::Bool => "must be a boolean",
        Rule::Name => "must be 4 to 25 letters, digits, spaces, colons, underscores or hyphens",
        Rule::EmailAddress => "must be a valid email",
        Rule::Password => "must be 8 to 64 characters without a line break",
        Rule::AccessKey => "must be upper-case letters and digits",
        Rule::SecretKey => "must be text without white space",
        Rule::Region => "must be a region such as eu-west-1",
        Rule::Bucket => {
            "must be 3 to 63 lower-case letters, digits, dots or hyphens, beginning and ending with a letter or digit"
        }
        Rule::Prefix => "must be text of at most 1024 characters",
        Rule::DbName => "must be 1 to 64 letters, digits, dollar signs or underscores",
        Rule::Host => "must be a valid hostname",
        Rule::NotEmpty => "is not allowed to be empty, nor longer than 256 characters",
        Rule::OneLine => "must be text without a line break",
        Rule::InviteCode => "must be 8 hexadecimal digits",
        Rule::LinkToken => "must be 6 to 100 letters, digits or hyphens",
        Rule::FullName | Rule::TokenName => "must be 1 to 100 characters",
        Rule::OrgName => "must be 3 to 100 characters",
        Rule::Slug => "must be 3 to 30 letters, digits, underscores or hyphens",
        Rule::PermissionName | Rule::RoleName => "must be 2 to 64 letters, digits or signs",
        Rule::Description => "must be at most 140 characters",
        Rule::ResourceId => "must be a number or 2 to 140 characters",
        Rule::InvitationLife => "must be 1 to 2592000 seconds",
        Rule::Choice => "must be one of the choices",
        Rule::TokenLife => "must be one of the lives of a token",
        Rule::Username => "must be 2 to 30 letters, digits, underscores, hyphens or dots",
    }
}

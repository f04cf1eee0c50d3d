//! The only place that maps an [`Error`] to MyCRT's response.

use std::time::Duration;

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::error::{
    AccessError, AccountError, EnvironmentError, Error, InvitationError, OrgError, PictureError, Thing,
};
use crate::fault::{Fault, Rule};
use crate::web::headers::retry_after;

/// The result of a route.
pub type Answer<T = Value> = Result<Json<T>, Refusal>;

/// 200 with JSON.
pub struct Json<T>(pub T);

impl<'r, T: Serialize> Responder<'r, 'static> for Json<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let body = serde_json::to_string(&self.0).map_err(|_| Status::InternalServerError)?;
        (ContentType::JSON, body).respond_to(request)
    }
}

/// An error in MyCRT's format.
pub struct Refusal {
    status: Status,
    body: Value,
    retry_after: Option<Duration>,
}

impl Refusal {
    /// The message for a bare status.
    pub fn of_status(status: Status) -> Self {
        let status = match status {
            // Rocket's status for a path with an invalid id.
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

fn plain(status: Status) -> Refusal {
    Refusal::new(status, status.reason_lossy())
}

fn bad_request(message: &str) -> Refusal {
    Refusal::new(Status::BadRequest, message)
}

fn forbidden(message: &str) -> Refusal {
    Refusal::new(Status::Forbidden, message)
}

fn not_found(message: &str) -> Refusal {
    Refusal::new(Status::NotFound, message)
}

fn conflict(message: &str) -> Refusal {
    Refusal::new(Status::Conflict, message)
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        crate::web::log::fault(&error);
        match error {
            Error::SignInRequired => forbidden("login required"),
            Error::SuperuserRequired => forbidden("admin login required"),
            Error::CrossOrigin => forbidden("The request comes from another origin than that of public_url"),
            Error::NotAllowed => plain(Status::Unauthorized),
            Error::Forbidden => plain(Status::Forbidden),

            Error::Invalid(faults) => {
                Self { status: Status::BadRequest, body: faults.iter().map(fault).collect(), retry_after: None }
            }
            Error::BrokenBody => bad_request("The body is not a JSON object"),
            Error::NotJson => {
                Self::new(Status::UnsupportedMediaType, "The body must be sent with Content-Type: application/json")
            }
            Error::TooLarge => Self::new(Status::PayloadTooLarge, "The body is larger than 1 MiB"),
            Error::TooSlow => Self::new(Status::RequestTimeout, "The body took too long"),

            Error::NotFound(Thing::Environment(id)) => not_found(&format!("Environment {id} does not exist")),
            Error::NotFound(Thing::UnnamedEnvironment) => not_found("Environment does not exist"),
            Error::NotFound(Thing::Keys) => not_found("Keys do not exist"),
            Error::NotFound(Thing::Org | Thing::User | Thing::Definition(_) | Thing::Unnamed)
            | Error::Gone(_)
            | Error::LinkUnknown => plain(Status::NotFound),

            Error::Account(error) => account(error),
            Error::Picture(
                PictureError::Unreadable
                | PictureError::TooSmall
                | PictureError::TooLarge
                | PictureError::TooCostly
                | PictureError::CropOutside,
            ) => plain(Status::BadRequest),
            Error::Environment(error) => environment(error),
            Error::Invitation(error) => invitation(error),
            Error::Org(error) => org(&error),
            Error::Access(error) => access(&error),

            Error::TooMany { retry_after } => {
                Self::later(Status::TooManyRequests, "Too many tries; try again later", retry_after)
            }
            // Only forms are known again.
            Error::Busy | Error::Unavailable(_) | Error::Collision | Error::Repeated => {
                Self::new(Status::ServiceUnavailable, "The service is busy; try again later")
            }
            Error::Internal(_) => plain(Status::InternalServerError),
        }
    }
}

fn account(error: AccountError) -> Refusal {
    match error {
        AccountError::Unknown => forbidden("User not found"),
        AccountError::Deactivated | AccountError::UserDeactivated(_) => forbidden("User is deactivated"),
        AccountError::WrongPassword => forbidden("Invalid Password"),
        AccountError::SignUpClosed => forbidden("Sign-up is closed"),
        AccountError::TermsNotAccepted => bad_request("You must accept the terms of use."),
        AccountError::AddressTaken => bad_request("An account with that email address already exists"),
        AccountError::UsernameTaken(_) | AccountError::UsernameReserved(_) => {
            bad_request("An account with that username already exists")
        }
        AccountError::OldPasswordWrong => bad_request("Old password does not match your current password"),
        AccountError::PasswordsDiffer => bad_request("New passwords do not match"),
        AccountError::ResetUnknown => bad_request("This password reset token does not exist"),
        AccountError::ResetUsed => conflict("Password reset token has already been used"),
        AccountError::ResetExpired => bad_request("This password reset token has expired"),
        // The rest cannot occur in this API.
        AccountError::Own => plain(Status::Conflict),
        AccountError::UsernameRequired
        | AccountError::UsernamesOff
        | AccountError::PrimaryAddressMissing
        | AccountError::PrimaryAddressTwice
        | AccountError::PrimaryAddressStays
        | AccountError::AddressOwn
        | AccountError::TooManyAddresses
        | AccountError::Unproved
        | AccountError::OwnPasswordWrong
        | AccountError::TooManyTokens => plain(Status::BadRequest),
    }
}

fn environment(error: EnvironmentError) -> Refusal {
    match error {
        EnvironmentError::OnlyAdministratorsInvite => forbidden("Only environment administrators can invite"),
        EnvironmentError::KeysOfAnother => forbidden("Keys don't belong to user"),
        EnvironmentError::KeysHidden => plain(Status::Forbidden),
        EnvironmentError::NameTaken => bad_request("Environment with same name already exists"),
        EnvironmentError::SlackConfigured => bad_request("Environment already is configured with slack"),
        EnvironmentError::KeysNameTaken => bad_request("Keys with same name already exists"),
        EnvironmentError::OwnerStays => conflict("The owner cannot leave the environment or be removed from it"),
        EnvironmentError::CannotOwn => plain(Status::Conflict),
        EnvironmentError::Unfit(unfit) => {
            let (format, field) = (unfit.format.name(), unfit.name.field());
            let verb = if unfit.is_missing { "needs" } else { "cannot hold the value of" };
            Refusal::new(Status::UnprocessableEntity, &format!("The format {format} {verb} {field}"))
        }
        EnvironmentError::NotExposed => {
            conflict("Nobody without access knows this secret, or it was dismissed already")
        }
        EnvironmentError::NoSuccessor(name) => conflict(&format!("Nobody else in environment {name} could own it")),
    }
}

fn invitation(error: InvitationError) -> Refusal {
    match error {
        InvitationError::InviteeUnknown(address) => bad_request(&format!("User {} does not exist", address.as_sent())),
        InvitationError::InviteeDeactivated => bad_request("User is deactivated"),
        InvitationError::InviteeSelf => conflict("Cannot invite yourself to environment"),
        InvitationError::InviteeMember(key) => conflict(&format!("User {key} is already a member")),
        // This API has no bulk invitations.
        InvitationError::TooManyAtOnce => plain(Status::BadRequest),
        // This API has no notes.
        InvitationError::NoteUnverified => plain(Status::BadRequest),
        InvitationError::InviterUnverified => forbidden("Verify your e-mail address first"),
        InvitationError::Accepted => conflict("Invite has already been accepted"),
        InvitationError::Expired => conflict("Invitation has expired"),
        InvitationError::OfAnother => plain(Status::Unauthorized),
        InvitationError::Closed | InvitationError::CodeUnknown => {
            not_found("Environment of this invite code does not exist")
        }
    }
}

/// Most of these cannot occur in this API.
fn org(error: &OrgError) -> Refusal {
    match error {
        OrgError::CreationClosed => plain(Status::Forbidden),
        OrgError::Unknown(_) | OrgError::NoMember => plain(Status::NotFound),
        OrgError::SlugTaken(_) | OrgError::SlugReserved(_) | OrgError::AlreadyMember => plain(Status::Conflict),
        OrgError::LastAdministrator => conflict("An org would be left without an administrator"),
    }
}

/// Most of these cannot occur in this API.
fn access(error: &AccessError) -> Refusal {
    match error {
        AccessError::System(..) => plain(Status::Forbidden),
        AccessError::Unknown(..) | AccessError::OfOtherScope(..) | AccessError::NotAssigned(_) => {
            plain(Status::NotFound)
        }
        AccessError::NameTaken(..) | AccessError::NameReserved | AccessError::AlreadyAssigned(..) => {
            plain(Status::Conflict)
        }
        AccessError::LastSuperuser => conflict("The last administrator of the service stays"),
    }
}

/// [`Thing::Environment`] without its id, as some of MyCRT's routes answer.
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

/// The rule of a field, in the words of MyCRT's validation.
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
        Rule::Format => "must be one of json, dotenv, aws-profile, aws-process, shell, url",
        Rule::VariablePrefix => "must be at most 32 letters, digits and _, no digit first",
        Rule::ProfileName => "must be 1 to 64 letters, digits, _, - and .",
        Rule::Reason => "must be a line of 1 to 200 characters",
        Rule::Note => "must be text of at most 280 characters on at most 6 lines",
        Rule::NoteLink => "must not contain a link or an address",
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

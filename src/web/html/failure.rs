//! Error pages.

use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};
use rocket::{Catcher, catch, catchers};
use serde::Serialize;

use super::again;
use super::go::{Go, own_path};
use super::page::Page;
#[cfg(test)]
use super::sample::Sample;
use super::view::View;
use super::visitor::known;
use super::words::wait_for;
use crate::error::{AccessError, AccountError, EnvironmentError, Error, InvitationError, OrgError, PictureError};
use crate::outage::Cause;
use crate::web::client::usher;
use crate::web::{client, log};
use crate::words::Text;

/// An error that gets a page of its own.
pub struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// The texts of an error page.
struct Words {
    title: Text,
    message: Text,
}

impl Words {
    const fn of(title: &'static str, message: &'static str) -> Self {
        Self { title: Text::of(title), message: Text::of(message) }
    }
}

type Answer = (Status, Words);

/// Status and texts of an error's page.
fn answer(error: &Error) -> Answer {
    match error {
        Error::SignInRequired => (Status::Unauthorized, Words::of("error-sign-in-title", "error-sign-in")),
        Error::SuperuserRequired | Error::NotAllowed | Error::Forbidden => of_status(Status::Forbidden),
        Error::CrossOrigin | Error::Invalid(_) | Error::BrokenBody | Error::NotJson => of_status(Status::BadRequest),
        Error::TooLarge => of_status(Status::PayloadTooLarge),
        Error::TooSlow => of_status(Status::RequestTimeout),
        Error::NotFound(_) | Error::Gone(_) | Error::LinkUnknown => of_status(Status::NotFound),
        Error::Account(error) => account(error),
        Error::Picture(
            PictureError::Unreadable
            | PictureError::TooSmall
            | PictureError::TooLarge
            | PictureError::TooCostly
            | PictureError::CropOutside,
        ) => of_status(Status::BadRequest),
        Error::Environment(error) => environment(error),
        Error::Invitation(error) => invitation(error),
        Error::Org(error) => org(error),
        Error::Access(error) => access(error),
        Error::TooMany { retry_after } => {
            (Status::TooManyRequests, Words { title: Text::of("error-429-title"), message: wait_for(*retry_after) })
        }
        Error::Unavailable(outage) if outage.cause == Cause::TooLong => {
            (Status::ServiceUnavailable, Words::of("error-too-long-title", "error-too-long"))
        }
        Error::Busy | Error::Unavailable(_) | Error::Collision => of_status(Status::ServiceUnavailable),
        // Shown as the outcome of the first (`repeats.rs`).
        Error::Repeated => of_status(Status::Conflict),
        Error::Internal(_) => of_status(Status::InternalServerError),
    }
}

fn link_over() -> Answer {
    (Status::Gone, Words::of("error-link-over-title", "error-link-over"))
}

fn account(error: &AccountError) -> Answer {
    match error {
        AccountError::SignUpClosed => {
            (Status::Forbidden, Words::of("error-sign-up-closed-title", "error-sign-up-closed"))
        }
        AccountError::Unproved => (Status::Forbidden, Words::of("error-unproved-title", "error-unproved")),
        AccountError::Own => (Status::Conflict, Words::of("error-own-account-title", "error-own-account")),
        AccountError::PrimaryAddressStays => {
            (Status::Conflict, Words::of("error-primary-address-stays-title", "error-primary-address-stays"))
        }
        AccountError::ResetUnknown => of_status(Status::NotFound),
        AccountError::ResetUsed | AccountError::ResetExpired => link_over(),
        // Usually shown beside a field.
        AccountError::Unknown
        | AccountError::Deactivated
        | AccountError::UserDeactivated(_)
        | AccountError::WrongPassword
        | AccountError::TermsNotAccepted
        | AccountError::UsernameTaken(_)
        | AccountError::UsernameReserved(_)
        | AccountError::UsernameRequired
        | AccountError::UsernamesOff
        | AccountError::AddressTaken
        | AccountError::AddressOwn
        | AccountError::TooManyAddresses
        | AccountError::PrimaryAddressMissing
        | AccountError::PrimaryAddressTwice
        | AccountError::OldPasswordWrong
        | AccountError::OwnPasswordWrong
        | AccountError::PasswordsDiffer
        | AccountError::TooManyTokens => of_status(Status::BadRequest),
    }
}

fn environment(error: &EnvironmentError) -> Answer {
    match error {
        EnvironmentError::OnlyAdministratorsInvite | EnvironmentError::KeysOfAnother | EnvironmentError::KeysHidden => {
            of_status(Status::Forbidden)
        }
        EnvironmentError::OwnerStays => (Status::Conflict, Words::of("error-owner-stays-title", "error-owner-stays")),
        EnvironmentError::CannotOwn => (Status::Conflict, Words::of("error-cannot-own-title", "error-cannot-own")),
        EnvironmentError::Unfit(_) => (Status::UnprocessableEntity, Words::of("error-unfit-title", "error-unfit")),
        EnvironmentError::NotExposed => (Status::Conflict, Words::of("error-not-exposed-title", "error-not-exposed")),
        EnvironmentError::NoSuccessor(name) => (
            Status::Conflict,
            Words {
                title: Text::of("error-no-successor-title").with("name", name.as_str()),
                message: Text::of("error-no-successor").with("name", name.as_str()),
            },
        ),
        // Usually shown beside a field.
        EnvironmentError::NameTaken | EnvironmentError::KeysNameTaken | EnvironmentError::SlackConfigured => {
            of_status(Status::BadRequest)
        }
    }
}

fn invitation(error: &InvitationError) -> Answer {
    match error {
        InvitationError::CodeUnknown => of_status(Status::NotFound),
        InvitationError::Accepted | InvitationError::Expired | InvitationError::Closed => link_over(),
        InvitationError::OfAnother => {
            (Status::Forbidden, Words::of("error-invitation-of-another-title", "error-invitation-of-another"))
        }
        // Usually shown beside a field.
        InvitationError::InviteeUnknown(_)
        | InvitationError::InviteeDeactivated
        | InvitationError::InviteeSelf
        | InvitationError::InviteeMember(_)
        | InvitationError::TooManyAtOnce
        | InvitationError::InviterUnverified
        | InvitationError::NoteUnverified => of_status(Status::BadRequest),
    }
}

fn org(error: &OrgError) -> Answer {
    match error {
        OrgError::CreationClosed => {
            (Status::Forbidden, Words::of("error-org-creation-closed-title", "error-org-creation-closed"))
        }
        OrgError::Unknown(_) | OrgError::NoMember => of_status(Status::NotFound),
        OrgError::LastAdministrator => {
            (Status::Conflict, Words::of("error-last-administrator-title", "error-last-administrator"))
        }
        OrgError::AlreadyMember | OrgError::SlugTaken(_) | OrgError::SlugReserved(_) => of_status(Status::BadRequest),
    }
}

fn access(error: &AccessError) -> Answer {
    match error {
        AccessError::System(..) => (Status::Forbidden, Words::of("error-system-object-title", "error-system-object")),
        AccessError::LastSuperuser => {
            (Status::Conflict, Words::of("error-last-superuser-title", "error-last-superuser"))
        }
        AccessError::Unknown(..) | AccessError::OfOtherScope(..) | AccessError::NotAssigned(_) => {
            of_status(Status::NotFound)
        }
        AccessError::NameTaken(..) | AccessError::NameReserved | AccessError::AlreadyAssigned(..) => {
            of_status(Status::BadRequest)
        }
    }
}

fn of_status(status: Status) -> Answer {
    let words = match status.code {
        400 => Words::of("error-400-title", "error-400"),
        403 => Words::of("error-403-title", "error-403"),
        404 => Words::of("error-404-title", "error-404"),
        408 => Words::of("error-408-title", "error-408"),
        413 => Words::of("error-413-title", "error-413"),
        429 => Words::of("error-429-title", "error-429"),
        503 => Words::of("error-503-title", "error-503"),
        500.. => Words::of("error-500-title", "error-500"),
        _ => Words::of("error-400-title", "error-other"),
    };
    (status, words)
}

/// The page of an error.
#[derive(Serialize)]
pub(super) struct ErrorView {
    status: u16,
    title: Text,
    message: Text,
    /// The request id, to find the line in the log.
    request_id: Option<String>,
}

impl View for ErrorView {
    const TEMPLATE: &'static str = "errors/error";

    fn status(&self) -> Status {
        Status::new(self.status)
    }
}

#[cfg(test)]
impl Sample for ErrorView {
    fn samples() -> Vec<Self> {
        let (status, Words { title, message }) = of_status(Status::InternalServerError);
        vec![Self { status: status.code, title, message, request_id: Some("0198c2f1".to_owned()) }]
    }
}

fn page(request: &Request<'_>, (status, words): Answer) -> Page {
    let request_id = (status.code >= 500).then(|| log::request_id(request).to_string());
    let view = ErrorView { status: status.code, title: words.title, message: words.message, request_id };
    Page::of_anyone(known(request), &view)
}

impl<'r> Responder<'r, 'static> for Failure {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        log::fault(&self.0);
        let retry_after = match &self.0 {
            Error::TooMany { retry_after } => Some(*retry_after),
            _ => None,
        };
        page(request, answer(&self.0)).with_retry_after(retry_after).respond_to(request)
    }
}

/// Not signed in: redirects to the sign-in page, which leads back.
#[catch(401)]
fn sign_in_first(request: &Request<'_>) -> Go {
    let path = request.uri().to_string();
    match own_path(&path).filter(|_| request.method() == rocket::http::Method::Get) {
        Some(path) => {
            let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", path).finish();
            Go::to(format!("/sign-in?{query}"))
        }
        None => Go::to("/sign-in"),
    }
}

/// A cross-site form, or an outdated token. One of ours is shown again.
#[catch(403)]
fn forbidden(request: &Request<'_>) -> Result<Page, Go> {
    if let Some(answer) = again::answer(request) {
        return answer;
    }
    let words = if client::check_origin(request).is_err() {
        let base = usher(request).config.public_url.origin();
        let message = Text::of("error-form-from-elsewhere").with("base", base);
        Words { title: Text::of("error-form-from-elsewhere-title"), message }
    } else {
        Words::of("error-form-too-old-title", "error-form-too-old")
    };
    Ok(page(request, (Status::Forbidden, words)))
}

#[catch(default)]
fn any(status: Status, request: &Request<'_>) -> Page {
    let status = match status {
        // Rocket's status for a path with an invalid id.
        Status::UnprocessableEntity => Status::NotFound,
        other => other,
    };
    page(request, of_status(status))
}

pub fn catchers() -> Vec<Catcher> {
    catchers![sign_in_first, forbidden, any]
}

//! Error pages: what is wrong, in plain words, and the way on.

use std::time::Duration;

use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};
use rocket::{Catcher, catch, catchers};
use serde_json::json;

use super::go::{Go, own_path};
use super::page::Page;
use super::visitor::known;
use super::words::wait;
use crate::error::Error;
use crate::web::client::usher;
use crate::web::{client, log};

/// An error with a page of its own.
pub struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// Status, title and message of an error's page.
fn told(error: &Error) -> (Status, &'static str, String) {
    let gone = || (Status::Gone, "This link no longer works", "Ask whoever sent it for a new one.".to_owned());
    match error {
        Error::SignInRequired => (Status::Unauthorized, "Sign in first", "This page is for members.".to_owned()),
        Error::SuperuserRequired
        | Error::NotAllowed
        | Error::Forbidden
        | Error::OnlyAdministratorsInvite
        | Error::KeysOfAnother
        | Error::KeysHidden => of_status(Status::Forbidden),
        Error::CrossOrigin => of_status(Status::BadRequest),
        Error::SignUpClosed => (
            Status::Forbidden,
            "Sign-up is closed",
            "New accounts are made with an invitation here. Ask whoever runs this service.".to_owned(),
        ),
        Error::OrgCreationClosed => (
            Status::Forbidden,
            "Making orgs is closed",
            "New orgs are made by whoever runs this service. Ask them for one.".to_owned(),
        ),
        Error::NotFound(_) | Error::LinkUnknown | Error::CodeUnknown | Error::ResetUnknown => {
            of_status(Status::NotFound)
        }
        Error::ResetUsed
        | Error::ResetExpired
        | Error::InvitationAccepted
        | Error::InvitationExpired
        | Error::InvitationClosed => gone(),
        Error::InvitationOfAnother => (
            Status::Forbidden,
            "This invitation is for somebody else",
            "Open its link again to see for whom, and sign in with that account.".to_owned(),
        ),
        Error::OwnerStays => {
            (Status::Conflict, "The owner stays", "Hand the environment over to somebody else first.".to_owned())
        }
        Error::PrimaryAddressStays => {
            (Status::Conflict, "The primary address stays", "Make another address the primary one first.".to_owned())
        }
        Error::TooMany { retry_after } => {
            (Status::TooManyRequests, "Too many tries", format!("Try again in {}.", wait(*retry_after)))
        }
        Error::TooLarge => of_status(Status::PayloadTooLarge),
        Error::Unavailable | Error::Collision => of_status(Status::ServiceUnavailable),
        Error::Internal(_) => of_status(Status::InternalServerError),
        Error::LastAdministrator => {
            (Status::Conflict, "The last administrator stays", "Make somebody else an administrator first.".to_owned())
        }
        Error::LastSuperuser => {
            (Status::Conflict, "The last superuser stays", "Make somebody else a superuser first.".to_owned())
        }
        Error::OwnAccount => {
            (Status::Conflict, "This is your own account", "Ask another superuser to do this.".to_owned())
        }
        Error::SystemObject => {
            (Status::Forbidden, "This belongs to the system", "It can be neither changed nor deleted.".to_owned())
        }
        Error::OrgUnknown(_)
        | Error::NoMember
        | Error::NotAssigned
        | Error::PermissionUnknown(_)
        | Error::RoleUnknown(_)
        | Error::PermissionOfOtherScope(_)
        | Error::RoleOfOtherScope(_) => of_status(Status::NotFound),
        Error::AlreadyMember
        | Error::AlreadyAssigned
        | Error::SlugTaken
        | Error::SlugReserved
        | Error::PermissionNameTaken(_)
        | Error::PermissionNameReserved
        | Error::RoleNameTaken(_) => of_status(Status::BadRequest),
        // Told beside a field wherever there is one.
        Error::UnknownUser
        | Error::Deactivated
        | Error::WrongPassword
        | Error::Invalid(_)
        | Error::BrokenBody
        | Error::NotJson
        | Error::TermsNotAccepted
        | Error::AddressTaken
        | Error::UsernameTaken
        | Error::UsernameReserved
        | Error::UsernameRequired
        | Error::UsernamesOff
        | Error::PrimaryAddressMissing
        | Error::PrimaryAddressTwice
        | Error::UserDeactivated(_)
        | Error::PictureUnreadable
        | Error::PictureTooSmall
        | Error::PictureTooLarge
        | Error::CropOutside
        | Error::AddressOwn
        | Error::TooManyAddresses
        | Error::TooManyTokens
        | Error::OldPasswordWrong
        | Error::PasswordsDiffer
        | Error::EnvironmentNameTaken
        | Error::KeysNameTaken
        | Error::SlackConfigured
        | Error::InviteeUnknown(_)
        | Error::InviteeDeactivated
        | Error::InviteSelf
        | Error::InviteMember(_)
        | Error::InviterUnverified => of_status(Status::BadRequest),
    }
}

fn of_status(status: Status) -> (Status, &'static str, String) {
    let (title, message) = match status.code {
        400 => ("This does not fit", "Something in what was sent is not as expected. Go back and try again."),
        403 => ("Not for you", "You have no right to do this. Ask an administrator."),
        404 => ("Not here", "There is no such page, or you have no right to see it."),
        413 => ("Too much", "What was sent is too large."),
        429 => ("Too many tries", "Wait a minute and try again."),
        503 => ("Just a moment", "The service is busy. Try again in a few seconds."),
        500.. => ("That is our fault", "Something went wrong on our side. Nothing was changed. Try again later."),
        _ => ("This does not fit", "Go back and try again."),
    };
    (status, title, message.to_owned())
}

fn page(request: &Request<'_>, (status, title, message): (Status, &'static str, String)) -> Page {
    let request_id = (status.code >= 500).then(|| log::request_id(request));
    let retry_after = (status == Status::ServiceUnavailable).then_some(Duration::from_secs(5));
    let shown = json!({ "status": status.code, "title": title, "message": message, "request_id": request_id });
    Page::of_anyone("errors/error", known(request), shown).with_status(status).with_retry_after(retry_after)
}

impl<'r> Responder<'r, 'static> for Failure {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        log::fault(&self.0);
        let retry_after = match &self.0 {
            Error::TooMany { retry_after } => Some(*retry_after),
            Error::Unavailable | Error::Collision => Some(Duration::from_secs(5)),
            _ => None,
        };
        page(request, told(&self.0)).with_retry_after(retry_after).respond_to(request)
    }
}

/// Nobody is signed in: to the sign-in page, which leads back.
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

/// A form that is not ours, or whose token is old.
#[catch(403)]
fn forbidden(request: &Request<'_>) -> Page {
    let (title, message) = if client::check_origin(request).is_err() {
        let base = usher(request).config.public_url.origin();
        (
            "This form came from elsewhere",
            format!("It was sent from another address than {base}, so nothing was done. Open the page at {base}."),
        )
    } else {
        (
            "This form is too old",
            "It was opened before you signed in or out, so nothing was done. Reload the page and try again.".to_owned(),
        )
    };
    page(request, (Status::Forbidden, title, message))
}

#[catch(default)]
fn any(status: Status, request: &Request<'_>) -> Page {
    let status = match status {
        // Rocket's answer to a path whose id is none.
        Status::UnprocessableEntity => Status::NotFound,
        other => other,
    };
    page(request, of_status(status))
}

pub fn catchers() -> Vec<Catcher> {
    catchers![sign_in_first, forbidden, any]
}

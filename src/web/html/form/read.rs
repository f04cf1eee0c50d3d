//! Reads a form, and decides by its token whether it is taken.

use rocket::data::{self, FromData, ToByteUnit};
use rocket::http::Status;
use rocket::{Data, Request};

use super::Submitted;
use super::stale::{self, Stale};
use crate::error::Error;
use crate::web::client::{check_origin, usher};
use crate::web::csrf::{self, Judgement};
use crate::web::html::repeats;
use crate::web::kept::{self, Bound};
use crate::web::{body, session};

const LARGEST_KIB: u64 = 64;

/// Fields of ours beside those of the form that is sent again.
pub const TARGET: &str = "againTo";
pub const PERMIT: &str = "againPermit";
pub const PASSWORD: &str = "againPassword";

/// Forms that mean the same whoever is signed in: they are taken if they are surely ours, however old.
const OF_ANYBODY: [&str; 6] =
    ["/sign-in", "/sign-up", "/sign-out", "/password/forgot", "/password/reset/<token>", "/setup/<token>"];

#[rocket::async_trait]
impl<'r> FromData<'r> for Submitted {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> data::Outcome<'r, Self> {
        match read(request, data).await {
            Ok(submitted) => data::Outcome::Success(submitted),
            Err(error) => data::Outcome::Error((status_of(&error), error)),
        }
    }
}

pub fn status_of(error: &Error) -> Status {
    match error {
        Error::Repeated => Status::Conflict,
        Error::Unavailable(_) => Status::ServiceUnavailable,
        other => body::status_of(other),
    }
}

pub async fn read(request: &Request<'_>, data: Data<'_>) -> Result<Submitted, Error> {
    let mut form = admit(request, fields(request, data).await?, File::None).await?;
    let token = form.get(csrf::FIELD).unwrap_or_default();
    form.once = repeats::begin(request, token, &form.fields).await?;
    Ok(form)
}

pub async fn fields(request: &Request<'_>, data: Data<'_>) -> Result<Submitted, Error> {
    check_origin(request)?;
    let mut received = body::read(request, data, LARGEST_KIB.kibibytes()).await?;
    let count = received.bytes().split(|byte| *byte == b'&').count();
    received.count(count * size_of::<(String, String)>())?;
    let fields = form_urlencoded::parse(received.bytes()).into_owned().collect();
    Ok(Submitted { fields, _received: Some(received), ..Submitted::default() })
}

/// Whether a form has a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    None,
    /// One that nothing was read of, or that is not kept.
    Some,
}

/// The form if its token is fresh, without fields of ours. A stale one is remembered for the page that shows it again.
pub async fn admit(request: &Request<'_>, mut form: Submitted, file: File) -> Result<Submitted, Error> {
    let path = request.uri().path().to_string();
    let route = request.route().map_or("", |route| route.uri.path());
    let actor = session::browsing(request).await?;
    let uid = actor.map(|actor| actor.uid.as_str());
    let token = form.get(csrf::FIELD).unwrap_or_default();
    let account = match csrf::judge(request, token).await {
        Judgement::Fresh => uid.map(str::to_owned),
        Judgement::Stale { .. } if OF_ANYBODY.contains(&route) => uid.map(str::to_owned),
        Judgement::Stale { account } => {
            let bound = Bound { account: account.as_deref(), path: &path };
            let permit = form.get(PERMIT).unwrap_or_default();
            // Only under the account that the form was made for.
            if account.is_none() || account.as_deref() != uid || !kept::permits(request, bound, permit) {
                form.keep(request, bound);
                stale::remember(request, account, path, form.without_ours(), file == File::Some).await?;
                return Err(Error::CrossOrigin);
            }
            account
        }
        Judgement::Foreign => return Err(Error::CrossOrigin),
    };
    form.keep(request, Bound { account: account.as_deref(), path: &path });
    Ok(form.without_ours())
}

impl Submitted {
    /// Without the password by which a form was sent again, so that no handler keeps or shows it.
    fn without_ours(mut self) -> Self {
        self.fields.retain(|(name, _)| ![TARGET, PERMIT, PASSWORD].contains(&name.as_str()));
        self
    }
}

/// A stale form that is sent again with the password of its account.
pub struct Resent {
    pub stale: Stale,
    pub password: Option<String>,
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Resent {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> data::Outcome<'r, Self> {
        match resent(request, data).await {
            Ok(resent) => data::Outcome::Success(resent),
            Err(error) => data::Outcome::Error((status_of(&error), error)),
        }
    }
}

async fn resent(request: &Request<'_>, data: Data<'_>) -> Result<Resent, Error> {
    let mut form = fields(request, data).await?;
    let token = form.get(csrf::FIELD).unwrap_or_default();
    let Judgement::Stale { account: Some(account) } = csrf::judge(request, token).await else {
        return Err(Error::CrossOrigin);
    };
    let path = form.get(TARGET).unwrap_or_default().to_owned();
    let password = form.get(PASSWORD).map(str::to_owned);
    form.keep(request, Bound { account: Some(&account), path: &path });
    let owner = stale::owner(usher(request), &account).await?.ok_or(Error::CrossOrigin)?;
    let form = form.without_ours();
    Ok(Resent { stale: Stale { owner: Some(owner), path, form, has_file: false }, password })
}

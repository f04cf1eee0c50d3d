//! A form of ours that came too late: its session has ended, or the browser has another one since.

use std::sync::OnceLock;

use rocket::Request;
use serde::Serialize;

use super::Submitted;
use crate::domain::users;
use crate::error::Error;
use crate::ids::UserId;
use crate::usher::Usher;
use crate::web::client::usher;

/// The account that a form was made for.
#[derive(Clone, Debug, Serialize)]
pub struct Owner {
    #[serde(skip)]
    pub id: UserId,
    #[serde(skip)]
    pub uid: String,
    pub name: String,
    pub email: String,
}

#[derive(Debug)]
pub struct Stale {
    /// `None` if it was made for nobody, or for an account that is gone.
    pub owner: Option<Owner>,
    /// Where it was sent to.
    pub path: String,
    pub form: Submitted,
    /// A file was with it, which is not kept.
    pub has_file: bool,
}

fn slot<'r>(request: &'r Request<'_>) -> &'r OnceLock<Stale> {
    request.local_cache(OnceLock::new)
}

/// The stale form of this request.
pub fn stale<'r>(request: &'r Request<'_>) -> Option<&'r Stale> {
    slot(request).get()
}

pub async fn remember(
    request: &Request<'_>,
    account: Option<String>,
    path: String,
    form: Submitted,
    has_file: bool,
) -> Result<(), Error> {
    let owner = match account {
        Some(uid) => owner(usher(request), &uid).await?,
        None => None,
    };
    let _ = slot(request).set(Stale { owner, path, form, has_file });
    Ok(())
}

/// The account with this uid, by its primary address.
pub async fn owner(usher: &Usher, uid: &str) -> Result<Option<Owner>, Error> {
    let found = users::of_uid(usher, uid).await?;
    Ok(found.map(|(id, name, email)| Owner { id, uid: uid.to_owned(), name, email }))
}

//! Looking at an invitation. It changes nothing, ever: mail scanners follow links.

use super::standing::{Standing, Way, standing};
use super::token::{self, Route};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::store;
use crate::store::invitations::Found;
use crate::usher::Usher;

/// What a link leads to, for one visitor.
#[derive(Clone, Debug)]
pub struct Preview {
    pub invitation: Found,
    pub standing: Standing,
    pub route: Route,
}

/// What a link leads to.
///
/// # Errors
/// [`Error::LinkUnknown`] for a link that never was.
pub async fn preview(usher: &Usher, link: &str, visitor: Option<&Actor>) -> Result<Preview, Error> {
    let db = usher.db.read();
    let digest = token::link_digest(&usher.keys, link);
    let invitation = store::invitations::by_link(db, &digest).await?.ok_or(Error::LinkUnknown)?;
    let (way, route) = way_and_route(&invitation, &digest);
    let visitor = visitor.map(|actor| actor.user_id);
    let standing = standing(db, &invitation, way, visitor, usher.now()).await?;
    Ok(Preview { invitation, standing, route })
}

pub(super) fn way_and_route(invitation: &Found, digest: &str) -> (Way, Route) {
    if digest == invitation.mailed_digest {
        (Way::Present, Route::Mailed)
    } else if digest == invitation.copied_digest {
        (Way::Present, Route::Copied)
    } else {
        (Way::Retired, Route::Copied)
    }
}

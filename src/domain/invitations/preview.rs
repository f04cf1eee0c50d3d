//! Looking at an invitation. It changes nothing, ever: mail scanners follow links.

use sea_orm::ConnectionTrait;

use super::lookup::{Lookup, ResolvedInvitation};
use super::standing::Standing;
use super::token::{self, Route};
use crate::domain::actor::Actor;
use crate::domain::offer::Offer;
use crate::error::Error;
use crate::store;
use crate::store::assignments::Granted;
use crate::store::invitations::Found;
use crate::usher::Usher;

/// What a link leads to, for one visitor.
#[derive(Clone, Debug)]
pub struct Preview {
    pub invitation: Found,
    /// `None`: its target is gone.
    pub offer: Option<Offer>,
    /// The roles and permissions that go with it.
    pub roles: Vec<Granted>,
    pub permissions: Vec<Granted>,
    pub standing: Standing,
    pub route: Route,
}

impl Preview {
    /// What the link tells of whom it is for. A copied one may still be in the hands of whoever copied it.
    pub fn invitee(&self) -> &str {
        match self.route {
            Route::Mailed => &self.invitation.address,
            Route::Copied => self.invitation.invitee(),
        }
    }
}

/// What a link leads to.
///
/// # Errors
/// [`Error::LinkUnknown`] for a link that never was.
pub async fn preview(usher: &Usher, link: &str, visitor: Option<&Actor>) -> Result<Preview, Error> {
    let db = usher.db.read();
    let visitor = visitor.map(|actor| actor.user_id);
    let lookup = Lookup::Link(token::link_digest(&usher.keys, link));
    let ResolvedInvitation { invitation, offer, route, standing } = lookup.resolve(db, visitor, usher.now()).await?;
    let (roles, permissions) = granted(db, &invitation).await?;
    Ok(Preview { invitation, offer, roles, permissions, standing, route })
}

/// The roles and the permissions that an invitation offers, in the order in which they were given.
async fn granted(connection: &impl ConnectionTrait, invitation: &Found) -> Result<(Vec<Granted>, Vec<Granted>), Error> {
    let Some(place) = invitation.place() else { return Ok((Vec::new(), Vec::new())) };
    let offered = store::invitation_grants::named(connection, place.id, invitation.id, invitation.id).await?;
    Ok(offered.into_iter().map(|offered| offered.granted).partition(Granted::is_role))
}

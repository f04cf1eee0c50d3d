//! Looks at an invitation. Never changes anything: mail scanners follow links.

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
    /// `None`: its place was deleted.
    pub offer: Option<Offer>,
    /// The offered roles.
    pub roles: Vec<Granted>,
    pub permissions: Vec<Granted>,
    pub standing: Standing,
    pub route: Route,
}

impl Preview {
    /// The invitee, as far as the link may reveal. Whoever copied a link may still have it.
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
/// [`Error::LinkUnknown`] for a link that never existed.
pub async fn preview(usher: &Usher, link: &str, visitor: Option<&Actor>) -> Result<Preview, Error> {
    let db = usher.db.read();
    let visitor = visitor.map(|actor| actor.user_id);
    let lookup = Lookup::Link(token::link_digest(&usher.keys, link));
    let ResolvedInvitation { invitation, offer, route, standing } = lookup.resolve(db, visitor, usher.now()).await?;
    let (roles, permissions) = granted(db, &invitation).await?;
    Ok(Preview { invitation, offer, roles, permissions, standing, route })
}

/// The offered roles and permissions, in the order in which they were granted.
async fn granted(connection: &impl ConnectionTrait, invitation: &Found) -> Result<(Vec<Granted>, Vec<Granted>), Error> {
    if invitation.place().is_none() {
        return Ok((Vec::new(), Vec::new()));
    }
    let offered = store::invitation_grants::named(connection, &[invitation.id]).await?;
    Ok(offered.into_iter().map(|offered| offered.granted).partition(Granted::is_role))
}

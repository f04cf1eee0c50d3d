//! Looks at an invitation. Never changes anything: mail scanners follow links.

use sea_orm::ConnectionTrait;

use super::lookup::{Lookup, ResolvedInvitation, Seen};
use super::standing::Standing;
use super::token::{self, Route};
use crate::domain::actor::Actor;
use crate::domain::offer::{Field, Offer};
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
    look(usher, Lookup::Link(token::link_digest(&usher.keys, link)), visitor).await
}

/// [`preview`] on the page of the link, where a declined invitation can be taken up again: its standing is then that of
/// an open one.
///
/// # Errors
/// As [`preview`].
pub async fn on_page(usher: &Usher, link: &str, visitor: Option<&Actor>) -> Result<Preview, Error> {
    let seen = preview(usher, link, visitor).await?;
    if seen.standing == Standing::Declined { seen_as(usher, link, Seen::Declined, visitor).await } else { Ok(seen) }
}

/// [`on_page`] for an answer to what was seen there.
///
/// # Errors
/// As [`preview`].
pub async fn seen_as(usher: &Usher, link: &str, seen: Seen, visitor: Option<&Actor>) -> Result<Preview, Error> {
    look(usher, Lookup::on_page(&usher.keys, link, seen), visitor).await
}

/// The fields of the offered place that have a value, but not the values.
///
/// # Errors
/// When the database cannot be read.
pub async fn fields(usher: &Usher, seen: &Preview) -> Result<Vec<Field>, Error> {
    match &seen.offer {
        Some(offer) => offer.place.filled(usher.db.read()).await,
        None => Ok(Vec::new()),
    }
}

async fn look(usher: &Usher, lookup: Lookup, visitor: Option<&Actor>) -> Result<Preview, Error> {
    let db = usher.db.read();
    let visitor = visitor.map(|actor| actor.user_id);
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

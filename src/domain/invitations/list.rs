//! Lists open invitations, for the inviting side and for the invitee.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::rights;
use crate::domain::actor::Actor;
use crate::domain::offer::{Kind, Place};
use crate::domain::places::PlaceAccess;
use crate::entity::invitation::InvitationState;
use crate::error::{Error, Thing};
use crate::ids::InvitationId;
use crate::store;
use crate::store::Page;
use crate::store::invitation_grants::Offered;
use crate::store::invitation_lists::{Open, Wanted};
use crate::store::invitations::Found;
use crate::store::neglected::Neglected;
use crate::usher::Usher;

/// A page of the invitations to a place.
#[derive(Clone, Debug)]
pub struct Listed {
    pub page: Page<Open>,
    /// Their roles and permissions, by name.
    pub named: Vec<Offered>,
    /// The ids of those that the actor may resend and copy the link of.
    pub offerable: HashSet<InvitationId>,
}

/// A page of the invitations to a place, latest first.
///
/// # Errors
/// Those of [`PlaceAccess::check_manages`].
pub async fn of_place(usher: &Usher, access: &PlaceAccess, wanted: Wanted<'_>) -> Result<Listed, Error> {
    access.check_manages()?;
    let (db, place) = (usher.db.read(), access.place());
    let finding = if wanted.search.is_empty() { db } else { usher.db.search() };
    let page = store::invitation_lists::page(finding, place.id, wanted).await?;
    let ids: Vec<InvitationId> = page.rows.iter().map(|open| open.id).collect();
    let named =
        if place.kind.facts().has_grants { store::invitation_grants::named(db, &ids).await? } else { Vec::new() };
    let offerable = access.offerable(db, &page.rows, &named).await?;
    Ok(Listed { page, named, offerable })
}

/// An open invitation to a place, with its roles and permissions by name.
///
/// # Errors
/// Those of [`PlaceAccess::check_manages`]; [`Error::NotFound`], also for a closed one and for one to another place.
pub async fn one_of_place(
    usher: &Usher,
    access: &PlaceAccess,
    invitation_id: InvitationId,
) -> Result<(Found, Vec<Offered>), Error> {
    access.check_manages()?;
    let (db, place) = (usher.db.read(), access.place());
    let found = store::invitations::find(db, invitation_id).await?;
    let found = found.filter(|found| found.state == InvitationState::Pending);
    let found = found.ok_or(Error::NotFound(Thing::Unnamed))?;
    check_place(&found, &place)?;
    let named = store::invitation_grants::named(db, &[found.id]).await?;
    Ok((found, named))
}

/// # Errors
/// [`Error::NotFound`] when the invitation is to another place.
pub(super) fn check_place(found: &Found, place: &Place) -> Result<(), Error> {
    if found.place_id == Some(place.id) { Ok(()) } else { Err(Error::NotFound(Thing::Unnamed)) }
}

/// The open invitations sent to one of the actor's verified addresses, latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(usher: &Usher, actor: &Actor, before: i64) -> Result<Page<Found>, Error> {
    store::invitation_lists::waiting_for(usher.db.read(), actor.user_id, usher.now(), before).await
}

/// The actor's open invitations that will fail unless they act, as long as they may.
///
/// # Errors
/// When the database cannot be read.
pub async fn neglected(usher: &Usher, actor: &Actor) -> Result<Vec<Neglected>, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let rights = rights::everywhere(db, actor, now).await?;
    let managed: Vec<_> = Kind::all().map(|kind| (kind, kind.managed(&rights))).collect();
    store::neglected::of_inviter(db, actor.user_id, &managed, now).await
}

/// # Errors
/// [`Error::LinkUnknown`] unless the invitation is in the actor's list.
pub(super) async fn check_listed(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    invitation_id: InvitationId,
    now: Timestamp,
) -> Result<(), Error> {
    let from = invitation_id.0.saturating_add(1);
    let page = store::invitation_lists::waiting_for(connection, actor.user_id, now, from).await?;
    match page.rows.first() {
        Some(found) if found.id == invitation_id => Ok(()),
        _ => Err(Error::LinkUnknown),
    }
}

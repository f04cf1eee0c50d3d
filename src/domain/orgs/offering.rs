//! Offers membership of an org, with roles and permissions.

use std::collections::{HashMap, HashSet};

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::grants::{RequestedGrants, SystemPermissions, check_ceiling};
use crate::domain::access::policy;
use crate::domain::access::rights::{Rights, SystemPermission};
use crate::domain::offer::{Held, Key, Level, Offer, Place, Proposal};
use crate::domain::orgs::Seen;
use crate::error::{Error, Thing};
use crate::ids::{InvitationId, OrgId, PlaceId, UserId};
use crate::store;
use crate::store::assignments::{Grant, Granted};
use crate::store::invitation_grants::Offered;
use crate::store::invitation_lists::Open;
use crate::store::locks::{Lock, Locks};
use crate::store::orgs::Org;
use crate::store::places::Joined;

/// See [`Proposal::locks`].
pub(crate) async fn locks(connection: &impl ConnectionTrait, proposal: &Proposal) -> Result<Locks, Error> {
    let org = proposed(connection, proposal).await?;
    Ok(org.map_or_else(|| Locks::default().share(Lock::Global), |org| org.place().shared_lock()))
}

async fn proposed(connection: &impl ConnectionTrait, proposal: &Proposal) -> Result<Option<Org>, Error> {
    match &proposal.place {
        Key::Path(slug) => store::orgs::by_slug(connection, slug).await,
        Key::Uid(uid) => store::orgs::by_uid(connection, uid).await,
    }
}

/// See [`Proposal::offer`].
pub(crate) async fn propose(
    connection: &impl ConnectionTrait,
    proposal: &Proposal,
    user_id: UserId,
    now: Timestamp,
) -> Result<Offer, Error> {
    let org = proposed(connection, proposal).await?;
    let org_id = org.as_ref().map(|org| org.id);
    let rights = Rights::in_scope(connection, user_id, org_id, now).await?;
    rights.need(SystemPermission::UserWrite, org_id)?;
    proposal.grants.need_rights(&rights, org_id)?;
    let org = org.ok_or(Error::NotFound(Thing::Org))?;
    let grants = proposal.grants.resolve(connection, org.id).await?;
    check(connection, &rights, org.id, proposal.level, &grants).await?;
    Ok(Offer { place: org.place(), level: proposal.level, grants })
}

/// See [`Offer::allow`].
pub(crate) async fn allow(
    connection: &impl ConnectionTrait,
    offer: &Offer,
    user_id: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    // Nobody may offer anything of an org that was deleted.
    let org = store::orgs::of_place(connection, offer.place.id).await?.ok_or(Error::Forbidden)?;
    let rights = Rights::in_scope(connection, user_id, Some(org.id), now).await?;
    check(connection, &rights, org.id, offer.level, &offer.grants).await
}

async fn check(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org_id: OrgId,
    level: Level,
    grants: &[Grant],
) -> Result<(), Error> {
    policy::may_offer_in_org(rights, org_id, level, grants)?;
    check_ceiling(connection, rights, Some(org_id), grants).await
}

/// The org behind a place.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn org_of(connection: &impl ConnectionTrait, place: &Place) -> Result<Org, Error> {
    store::orgs::of_place(connection, place.id).await?.ok_or(Error::NotFound(Thing::Org))
}

/// See [`Place::resolve`].
pub(crate) async fn resolve(
    connection: &impl ConnectionTrait,
    place: &Place,
    user_id: UserId,
    wanted: &RequestedGrants,
    now: Timestamp,
) -> Result<Vec<Grant>, Error> {
    let org = org_of(connection, place).await?;
    wanted.need_rights(&Rights::in_scope(connection, user_id, Some(org.id), now).await?, Some(org.id))?;
    wanted.resolve(connection, org.id).await
}

/// See [`PlaceAccess::of`](crate::domain::places::PlaceAccess::of).
pub(crate) async fn access(
    connection: &impl ConnectionTrait,
    place: &Place,
    user_id: UserId,
    now: Timestamp,
) -> Result<Seen, Error> {
    Seen::of(connection, org_of(connection, place).await?, user_id, now).await
}

/// See [`PlaceAccess::offerable`](crate::domain::places::PlaceAccess::offerable).
pub(crate) async fn offerable(
    connection: &impl ConnectionTrait,
    seen: &Seen,
    rows: &[Open],
    named: &[Offered],
) -> Result<HashSet<InvitationId>, Error> {
    let (rights, org_id) = (&seen.rights, seen.org.id);
    let mut grants: HashMap<InvitationId, Vec<Grant>> = HashMap::new();
    for one in named {
        grants.entry(one.invitation_id).or_default().push(one.granted.grant());
    }
    let system = SystemPermissions::inside(connection, grants.values().flatten()).await?;
    let may = |open: &&Open| {
        let grants = grants.get(&open.id).map_or(&[][..], Vec::as_slice);
        policy::may_offer_in_org(rights, org_id, open.level, grants).is_ok()
            && system.are_held(rights, Some(org_id), grants)
    };
    Ok(rows.iter().filter(may).map(|open| open.id).collect())
}

/// Assigns what was offered to a new member.
pub(crate) async fn assign(
    txn: &impl ConnectionTrait,
    offer: &Offer,
    user_id: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    let org = org_of(txn, &offer.place).await?;
    for grant in &offer.grants {
        store::assignments::insert(txn, user_id, Some(org.id), grant, now).await?;
    }
    if offer.level.is_admin() {
        let grant = Grant::of(store::definitions::system_role(txn).await?.id);
        store::assignments::insert(txn, user_id, Some(org.id), &grant, now).await?;
    }
    Ok(())
}

/// Removes the assignments of an ended membership.
pub(crate) async fn clear_assignments(txn: &impl ConnectionTrait, place: &Place, user_id: UserId) -> Result<(), Error> {
    let org = org_of(txn, place).await?;
    store::assignments::remove_all_of_member(txn, org.id, user_id).await
}

/// See [`Kind::held`](crate::domain::offer::Kind::held).
pub(crate) async fn held(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    joined: &[Joined],
) -> Result<Vec<Held>, Error> {
    let mut by_place: HashMap<PlaceId, Vec<Granted>> = HashMap::new();
    if let (Some(first), Some(last)) = (joined.first(), joined.last()) {
        for one in store::assignments::in_orgs(connection, user_id, first.place.id, last.place.id).await? {
            by_place.entry(one.place_id).or_default().push(one.held.granted);
        }
    }
    let held = |joined: &Joined| {
        let held = by_place.remove(&joined.place.id).unwrap_or_default();
        let level = Level::from_is_admin(held.iter().any(Granted::is_administration));
        let granted = held.into_iter().filter(|held| !held.is_administration());
        Held { right: level.word(), grants: granted.collect() }
    };
    Ok(joined.iter().map(held).collect())
}

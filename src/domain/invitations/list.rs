//! Lists of open invitations: the inviting side's, and the invitee's own.

use std::collections::{HashMap, HashSet};

use sea_orm::ConnectionTrait;

use super::offer::{Right, environment_target, org_target};
use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::domain::environments::look;
use crate::domain::grants::SystemPermissions;
use crate::domain::policy;
use crate::domain::rights::{self, Rights, SystemPermission};
use crate::entity::invitation::InvitationState;
use crate::error::{Error, Thing};
use crate::ids::InvitationId;
use crate::store;
use crate::store::Page;
use crate::store::assignments::Grant;
use crate::store::invitation_grants::Named;
use crate::store::invitations::{Found, Open};
use crate::store::neglected::Neglected;
use crate::usher::Usher;

/// The open invitations to an environment, expired ones included, the latest first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn of_environment(
    usher: &Usher,
    actor: &Actor,
    environment_id: i64,
    before: i64,
) -> Result<Page<Open>, Error> {
    let access = look::access(usher, actor, environment_id).await?;
    if !policy::may_administer(&access) {
        return Err(Error::NotAllowed);
    }
    store::invitations::open_of_target(usher.db.read(), environment_target(environment_id), before).await
}

/// Which invitations to an org are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Expired ones count as pending.
    pub state: InvitationState,
    /// What address or inviter hold; empty: all.
    pub search: String,
    pub before: i64,
}

/// A part of the invitations to an org.
#[derive(Clone, Debug)]
pub struct Listed {
    pub page: Page<Open>,
    /// What they offer, by name.
    pub named: Vec<Named>,
    /// Those that the actor may send again and show the link of, by their ids.
    pub offerable: HashSet<InvitationId>,
}

/// A part of the invitations to an org, the latest first.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn of_org(usher: &Usher, actor: &Actor, org_id: i64, wanted: &Wanted) -> Result<Listed, Error> {
    let db = usher.db.read();
    let rights = rights::of_actor(db, actor, usher.now()).await?;
    rights.need(SystemPermission::UserWrite, Some(org_id))?;
    let target = org_target(org_id);
    let page = store::invitations::page_of_target(db, target, wanted.state, &wanted.search, wanted.before).await?;
    let named = match (page.rows.last(), page.rows.first()) {
        (Some(last), Some(first)) => store::invitation_grants::named(db, org_id, last.id, first.id).await?,
        _ => Vec::new(),
    };
    let offerable = offerable(db, &rights, org_id, &page.rows, &named).await?;
    Ok(Listed { page, named, offerable })
}

/// The ceiling, asked of all invitations of a page together.
async fn offerable(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org_id: i64,
    rows: &[Open],
    named: &[Named],
) -> Result<HashSet<InvitationId>, Error> {
    let mut grants: HashMap<InvitationId, Vec<Grant>> = HashMap::new();
    for one in named {
        let Some(grant) = one.grant() else { continue };
        grants.entry(one.invitation_id).or_default().push(grant);
    }
    let system = SystemPermissions::inside(connection, grants.values().flatten()).await?;
    let may = |open: &&Open| {
        let grants = grants.get(&open.id).map_or(&[][..], Vec::as_slice);
        let right = Right::from_is_admin(open.is_admin);
        policy::may_offer_in_org(rights, org_id, right, grants).is_ok() && system.are_held(rights, Some(org_id), grants)
    };
    Ok(rows.iter().filter(may).map(|open| open.id).collect())
}

/// An open invitation to an org, and what it offers by name.
///
/// # Errors
/// [`Error::NotFound`] also for a closed one and for one of another org; [`Error::Forbidden`].
pub async fn one_of_org(
    usher: &Usher,
    actor: &Actor,
    org_id: i64,
    invitation_id: InvitationId,
) -> Result<(Found, Vec<Named>), Error> {
    let db = usher.db.read();
    rights::of_actor(db, actor, usher.now()).await?.need(SystemPermission::UserWrite, Some(org_id))?;
    let found = store::invitations::find(db, invitation_id).await?;
    let found = found.filter(|found| found.state == InvitationState::Pending);
    let found = found.ok_or(Error::NotFound(Thing::Unnamed))?;
    check_org(&found, org_id)?;
    let named = store::invitation_grants::named(db, org_id, found.id, found.id).await?;
    Ok((found, named))
}

/// # Errors
/// [`Error::NotFound`] when the invitation is not to this org.
pub(super) fn check_org(found: &Found, org_id: i64) -> Result<(), Error> {
    if found.org_id == Some(org_id) { Ok(()) } else { Err(Error::NotFound(Thing::Unnamed)) }
}

/// # Errors
/// [`Error::NotFound`] when there is no such invitation to this environment.
pub async fn check_environment(usher: &Usher, environment_id: i64, invitation_id: InvitationId) -> Result<(), Error> {
    match store::invitations::find(usher.db.read(), invitation_id).await? {
        Some(found) if found.environment_id == Some(environment_id) => Ok(()),
        _ => Err(Error::NotFound(Thing::Unnamed)),
    }
}

/// The open invitations that were sent to a verified address of the actor, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(usher: &Usher, actor: &Actor, before: i64) -> Result<Page<Found>, Error> {
    store::invitations::waiting_for(usher.db.read(), actor.user_id, usher.now(), before).await
}

/// The actor's open invitations that will come to nothing unless they do something, where they still may.
///
/// # Errors
/// When the database cannot be read.
pub async fn neglected(usher: &Usher, actor: &Actor) -> Result<Vec<Neglected>, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let orgs = rights::of_actor(db, actor, now).await?.scopes_of(SystemPermission::UserWrite);
    store::neglected::of_inviter(db, actor.user_id, &orgs, now).await
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
    let page = store::invitations::waiting_for(connection, actor.user_id, now, from).await?;
    match page.rows.first() {
        Some(found) if found.id == invitation_id => Ok(()),
        _ => Err(Error::LinkUnknown),
    }
}

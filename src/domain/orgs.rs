//! Orgs: named groups that own permissions and roles.

pub mod granting;
pub mod leaving;
pub mod members;
pub(crate) mod offering;

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About, Topic};
use crate::domain::offer::{Facts, Level};
use crate::entity::audit_event::Action;
use crate::error::{Error, OrgError, Thing};
use crate::fields::{OrgName, Slug};
use crate::ids::{OrgId, UserId, new_uid};
use crate::store;
use crate::store::assignments::Grant;
use crate::store::locks::{Lock, Locks};
use crate::store::members::NewMember;
use crate::store::orgs::{Counts, Org};
use crate::usher::Usher;

pub const FACTS: Facts = Facts {
    word: "org",
    segment: "orgs",
    members_page: "members",
    invitations_page: "invitations",
    life: Duration::from_hours(7 * 24),
    has_code: false,
    has_grants: true,
    has_secrets: false,
    topics: &[Topic::Access, Topic::Roles, Topic::Settings],
};

/// Slugs that would collide with a page.
const RESERVED_SLUGS: [&str; 1] = ["new"];

/// An org that the actor may see, with their rights in it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub org: Org,
    pub rights: Rights,
    pub is_member: bool,
}

impl Seen {
    /// What a user may do in an org, whether or not they may see it.
    pub(crate) async fn of(
        connection: &impl ConnectionTrait,
        org: Org,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let rights = Rights::in_scope(connection, user_id, Some(org.id), now).await?;
        let is_member = store::members::is_member(connection, org.place_id, user_id, now).await?;
        Ok(Self { org, rights, is_member })
    }

    pub(crate) fn is_visible(&self) -> bool {
        self.is_member || self.rights.hold(SystemPermission::OrgRead, Some(self.org.id))
    }
}

/// Creates an org; the actor becomes its first member, with the role `admin`.
///
/// # Errors
/// [`OrgError::CreationClosed`], [`OrgError::SlugTaken`], [`OrgError::SlugReserved`].
pub async fn create(usher: &Usher, actor: &Actor, name: OrgName, slug: Slug) -> Result<Org, Error> {
    let now = usher.now();
    let is_open = usher.config.org_creation_open;
    actor.write(usher, Create { actor: actor.clone(), is_open, uid: new_uid(now), name, slug, now }).await
}

/// Whether the actor may create orgs: anybody if the configuration allows it, else holders of the global right.
///
/// # Errors
/// When the database cannot be read.
pub async fn may_create(usher: &Usher, actor: &Actor) -> Result<bool, Error> {
    if usher.config.org_creation_open {
        return Ok(true);
    }
    let rights = rights::in_scope(usher.db.read(), actor, None, usher.now()).await?;
    Ok(rights.hold(SystemPermission::OrgWrite, None))
}

/// # Errors
/// [`OrgError::CreationClosed`].
pub async fn check_may_create(usher: &Usher, actor: &Actor) -> Result<(), Error> {
    if may_create(usher, actor).await? { Ok(()) } else { Err(OrgError::CreationClosed.into()) }
}

/// Renames an org.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn rename(usher: &Usher, actor: &Actor, org: &Org, name: OrgName) -> Result<(), Error> {
    actor.write(usher, Rename { actor: actor.clone(), org_id: org.id, name, now: usher.now() }).await
}

/// Deletes an org with its memberships, permissions, roles and assignments. Open invitations to it stop working.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] for holders of the global right.
pub async fn delete(usher: &Usher, actor: &Actor, org_uid: &str) -> Result<(), Error> {
    actor.write(usher, Delete { actor: actor.clone(), org_uid: org_uid.to_owned(), now: usher.now() }).await
}

/// An org by its slug.
///
/// # Errors
/// [`Error::NotFound`], also when the actor may not see it.
pub async fn look(usher: &Usher, actor: &Actor, slug: &str) -> Result<Seen, Error> {
    let db = usher.db.read();
    let now = usher.now();
    let org = store::orgs::by_slug(db, slug).await?.ok_or(Error::NotFound(Thing::Org))?;
    let seen = Seen::of(db, org, actor.user_id, now).await?;
    if seen.is_visible() { Ok(seen) } else { Err(Error::NotFound(Thing::Org)) }
}

/// How much an org holds, if the actor may delete it.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn counts(usher: &Usher, actor: &Actor, org: &Org) -> Result<Counts, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    rights::in_scope(db, actor, Some(org.id), now).await?.need(SystemPermission::OrgWrite, Some(org.id))?;
    store::orgs::counts(db, org, now).await
}

/// The org with this uid, if the actor has a right in it. Without the right its existence is not revealed.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] for holders of the global right.
pub(crate) async fn for_right(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    permission: SystemPermission,
    org_uid: &str,
    now: Timestamp,
) -> Result<Org, Error> {
    let org = store::orgs::by_uid(connection, org_uid).await?;
    let org_id = org.as_ref().map(|org| org.id);
    rights::in_scope(connection, actor, org_id, now).await?.need(permission, org_id)?;
    org.ok_or(Error::NotFound(Thing::Org))
}

/// The locks of a change that takes something of the org with this uid.
async fn held_lock(connection: &impl ConnectionTrait, uid: &str) -> Result<Locks, Error> {
    let org = store::orgs::by_uid(connection, uid).await?;
    Ok(org.map_or_else(|| Locks::default().share(Lock::Global), |org| org.place().held_lock()))
}

#[derive(Clone, Debug)]
struct Create {
    actor: Actor,
    is_open: bool,
    uid: String,
    name: OrgName,
    slug: Slug,
    now: Timestamp,
}

impl Operation for Create {
    type Output = Org;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().share(Lock::Global))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Org, Error> {
        let (user_id, now) = (self.actor.user_id, self.now);
        let rights = if self.is_open { None } else { Some(rights::in_scope(txn, &self.actor, None, now).await?) };
        if rights.is_some_and(|rights| !rights.hold(SystemPermission::OrgWrite, None)) {
            return Err(OrgError::CreationClosed.into());
        }
        if RESERVED_SLUGS.contains(&self.slug.as_str()) {
            return Err(OrgError::SlugReserved(self.slug.as_str().to_owned()).into());
        }
        let org = store::orgs::insert(txn, &self.uid, self.slug.as_str(), self.name.as_str(), now).await?;
        let first = NewMember {
            id: store::members::next_id(txn).await?,
            place_id: org.place_id,
            user_id,
            level: Level::Member,
            expires_at: None,
            let_in_by: None,
            now,
        };
        store::members::insert(txn, first).await?;
        let admin = Grant::of(store::definitions::system_role(txn).await?.id);
        store::assignments::insert(txn, user_id, Some(org.id), &admin, now).await?;
        let about = About::of(self.name.as_str());
        audit::record(txn, &self.actor, Action::PlaceCreated, &org.place(), about, now).await?;
        Ok(org)
    }
}

#[derive(Clone, Debug)]
struct Rename {
    actor: Actor,
    org_id: OrgId,
    name: OrgName,
    now: Timestamp,
}

impl Operation for Rename {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        let org = store::orgs::find(txn, self.org_id).await?;
        Ok(org.map_or_else(Locks::default, |org| org.place().shared_lock()))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let rights = rights::in_scope(txn, &self.actor, Some(self.org_id), self.now).await?;
        rights.need(SystemPermission::OrgWrite, Some(self.org_id))?;
        let former = store::orgs::find(txn, self.org_id).await?.ok_or(Error::NotFound(Thing::Org))?;
        if former.name == self.name.as_str() {
            return Ok(());
        }
        store::orgs::rename(txn, &former, self.name.as_str(), self.now).await?;
        let about = About::of(self.name.as_str()).formerly(&former.name);
        audit::record(txn, &self.actor, Action::PlaceChanged, &former.place(), about, self.now).await
    }
}

#[derive(Clone, Debug)]
struct Delete {
    actor: Actor,
    org_uid: String,
    now: Timestamp,
}

impl Operation for Delete {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        held_lock(txn, &self.org_uid).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let org = for_right(txn, &self.actor, SystemPermission::OrgWrite, &self.org_uid, self.now).await?;
        store::invitation_changes::close_of_place(txn, org.place_id, self.now).await?;
        store::places::delete(txn, org.place_id).await?;
        audit::record(txn, &self.actor, Action::PlaceDeleted, &org.place(), Some(org.name), self.now).await
    }
}

//! The pages about users, for administrators of the installation.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::actor::Actor;
use crate::domain::offer::{Affected, Effect, Kind, Place};
use crate::error::{Error, Thing};
use crate::ids::{DefinitionKind, UserId};
use crate::store;
use crate::store::Page;
use crate::store::addresses::OfUser;
use crate::store::assignments::{Global, Granted};
use crate::store::people::{Listed, Person, Wanted};
use crate::store::places::Number;
use crate::usher::Usher;

/// Users, with the number of places of each kind they are in.
#[derive(Clone, Debug)]
pub struct Users {
    pub page: Page<Listed>,
    pub numbers: Vec<Number>,
    /// The actor's.
    pub rights: Rights,
}

/// A page of all users, after an id, whose name, username or address contains `search`.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn page(usher: &Usher, actor: &Actor, wanted: Wanted, search: &str, after: i64) -> Result<Users, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let rights = reading(usher, actor).await?;
    let finding = if search.is_empty() { db } else { usher.db.search() };
    let page = store::people::page(finding, wanted, search, after, now).await?;
    let ids: Vec<UserId> = page.rows.iter().map(|listed| listed.id).collect();
    Ok(Users { numbers: store::places::numbers(db, &ids, now).await?, page, rights })
}

/// A user with addresses and rights, as far as the actor may see them.
#[derive(Clone, Debug)]
pub struct Overview {
    pub person: Person,
    pub addresses: Vec<OfUser>,
    /// Global grants, without those that make a superuser.
    pub global: Page<Global>,
    /// The actor's.
    pub rights: Rights,
}

/// A user with addresses and a page of their rights, after one of them. Places are read by [`places`].
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`].
pub async fn look(usher: &Usher, actor: &Actor, uid: &str, rights_after: i64) -> Result<Overview, Error> {
    let db = usher.db.read();
    let rights = reading(usher, actor).await?;
    let person = store::people::find(db, uid).await?.ok_or(Error::NotFound(Thing::User))?;
    let user_id = person.listed.id;
    let mut global = if person.is_superuser {
        store::assignments::global_but_system(db, user_id, rights_after).await?
    } else {
        store::assignments::global(db, user_id, rights_after).await?
    };
    global.rows.retain(|held| may_see(&rights, held.granted.definition.kind()));
    Ok(Overview { addresses: store::addresses::of_user(db, user_id).await?, person, global, rights })
}

/// A place of a user, with their rights there as far as the actor may see them.
#[derive(Clone, Debug)]
pub struct UserPlace {
    pub place: Place,
    /// `None`: the actor may not see it.
    pub right: Option<&'static str>,
    pub grants: Vec<Granted>,
}

/// A page of a user's places of a kind, after a place's id.
///
/// # Errors
/// When the database cannot be read.
pub async fn places(usher: &Usher, seen: &Overview, kind: Kind, after: i64) -> Result<Page<UserPlace>, Error> {
    let (db, user_id) = (usher.db.read(), seen.person.listed.id);
    let page = store::places::of_user(db, kind, user_id, "", after, usher.now()).await?;
    let held = kind.held(db, user_id, &page.rows).await?;
    let mut held = held.into_iter();
    page.try_map(|joined| {
        let mut held = held.next().ok_or_else(|| Error::internal("a place without its rights"))?;
        held.grants.retain(|grant| may_see(&seen.rights, grant.definition.kind()));
        // Where rights are granted, a role makes administrators.
        let right = (!kind.facts().has_grants || may_see(&seen.rights, DefinitionKind::Role)).then_some(held.right);
        Ok(UserPlace { place: joined.place, right, grants: held.grants })
    })
}

fn may_see(rights: &Rights, kind: DefinitionKind) -> bool {
    let right = match kind {
        DefinitionKind::Permission => SystemPermission::PermissionAssignmentRead,
        DefinitionKind::Role => SystemPermission::RoleAssignmentRead,
    };
    rights.hold(right, None)
}

/// A user, and what deactivating or deleting their account would do.
#[derive(Clone, Debug)]
pub struct EndPreview {
    pub person: Person,
    pub affected: Vec<Affected>,
    /// The number of places of each kind they are in.
    pub numbers: Vec<Number>,
    pub invitations: i64,
}

/// What deactivating or deleting an account would do, for an actor who may.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`], `AccountError::Own`.
pub async fn preview_end(usher: &Usher, actor: &Actor, uid: &str) -> Result<EndPreview, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    rights::in_scope(db, actor, None, now).await?.need(SystemPermission::UserWrite, None)?;
    let person = store::people::find(db, uid).await?.ok_or(Error::NotFound(Thing::User))?;
    let user_id = person.listed.id;
    crate::domain::access::safeguards::check_is_another(actor, user_id)?;
    Ok(EndPreview {
        person,
        affected: affected(db, user_id, now).await?,
        numbers: store::places::numbers(db, &[user_id], now).await?,
        invitations: store::people::count_invitations(db, user_id).await?,
    })
}

/// What deleting a user's account would do to places.
async fn affected(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<Vec<Affected>, Error> {
    let mut affected = Vec::new();
    for kind in Kind::all() {
        affected.extend(kind.affected(connection, user_id, now).await?);
        let alone = kind.left_alone(connection, user_id, now).await?;
        affected.extend(alone.into_iter().map(|place| Affected { place, effect: Effect::LeftAlone }));
    }
    Ok(affected)
}

/// The rights of an actor who may read all users.
async fn reading(usher: &Usher, actor: &Actor) -> Result<Rights, Error> {
    let rights = rights::in_scope(usher.db.read(), actor, None, usher.now()).await?;
    rights.need(SystemPermission::UserRead, None)?;
    Ok(rights)
}

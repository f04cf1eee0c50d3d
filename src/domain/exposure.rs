//! Exposure: which present secrets people know, with access or without. What is known without access is to be changed,
//! unless an administrator says that it does not matter.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::{policy, rights};
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::domain::environments::{look, shared_lock};
use crate::domain::offer::Place;
use crate::entity::audit_event::Action;
use crate::error::{EnvironmentError, Error, Thing};
use crate::fields::Reason;
use crate::ids::{EnvironmentId, UserId};
use crate::store;
use crate::store::Page;
use crate::store::environments::Access;
use crate::store::locks::Locks;
use crate::store::secrets::{Field, Present};
use crate::store::sightings::{Known, Side};
use crate::usher::Usher;

/// The secrets of an environment that the actor administers.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn secrets(usher: &Usher, actor: &Actor, id: EnvironmentId) -> Result<(Access, Vec<Present>), Error> {
    let access = look::administered(usher, actor, id).await?;
    let secrets = store::secrets::of_place(usher.db.read(), access.place_id).await?;
    Ok((access, secrets))
}

/// Who knows secrets of an environment that the actor administers, after a user's id: people, with what each knows.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_environment(usher: &Usher, access: &Access, side: Side, after: i64) -> Result<Page<Known>, Error> {
    store::sightings::of_place(usher.db.search(), access.place_id, side, after, usher.now()).await
}

/// The first of the environments that the actor administers with secrets to be changed.
///
/// # Errors
/// When the database cannot be read.
pub async fn to_change(usher: &Usher, actor: &Actor) -> Result<Page<Place>, Error> {
    store::sightings::exposed_places(usher.db.read(), actor.user_id, usher.now()).await
}

/// What somebody knows of one place, for pages that ask before their access changes; `None` where there are no secrets.
/// The caller has checked the right.
///
/// # Errors
/// When the database cannot be read.
pub async fn in_place(usher: &Usher, place: &Place, user_id: UserId) -> Result<Option<Vec<Known>>, Error> {
    if !place.kind.facts().has_secrets {
        return Ok(None);
    }
    store::sightings::of_user_in(usher.db.read(), user_id, place.id, usher.now()).await.map(Some)
}

/// The first of those who know secrets of an environment without access, for the environment's page.
///
/// # Errors
/// When the database cannot be read.
pub async fn out_of(usher: &Usher, access: &Access) -> Result<Page<Known>, Error> {
    store::sightings::of_place(usher.db.read(), access.place_id, Side::Out, 0, usher.now()).await
}

/// What somebody without access knows of an environment that the actor administers.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`EnvironmentError::NotExposed`].
pub async fn of_one(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
    user_id: UserId,
) -> Result<(Access, Vec<Known>), Error> {
    let access = look::administered(usher, actor, id).await?;
    let mut known = of_environment(usher, &access, Side::Out, user_id.0.saturating_sub(1)).await?.rows;
    known.retain(|known| known.user_id == user_id);
    known.sort_by_key(|known| known.field);
    if known.is_empty() { Err(EnvironmentError::NotExposed.into()) } else { Ok((access, known)) }
}

/// What somebody knows in all environments, as far as the actor may read it.
#[derive(Clone, Debug)]
pub enum Everywhere {
    /// For superusers; `goes_on`: there is more.
    Named { known: Vec<Known>, goes_on: bool },
    /// For others, who may not know the environments.
    Counted { secrets: usize, environments: usize, goes_on: bool },
}

/// What somebody knows in all environments, with access or without, for pages that ask before their account ends. The
/// caller has checked the right.
///
/// # Errors
/// When the database cannot be read.
pub async fn everywhere(usher: &Usher, actor: &Actor, user_id: UserId) -> Result<Everywhere, Error> {
    let (db, now) = (usher.db.search(), usher.now());
    let mut known = Vec::new();
    let mut goes_on = false;
    for side in [Side::Out, Side::In] {
        let page = store::sightings::of_user(db, user_id, side, 0, now).await?;
        known.extend(page.rows);
        goes_on |= page.next.is_some();
    }
    known.sort_by_key(|known| (known.place_id.0, known.field));
    if rights::in_scope(db, actor, None, now).await?.are_superusers() {
        return Ok(Everywhere::Named { known, goes_on });
    }
    let environments: BTreeSet<i64> = known.iter().map(|known| known.place_id.0).collect();
    Ok(Everywhere::Counted { secrets: known.len(), environments: environments.len(), goes_on })
}

/// What somebody knows in all environments, after a place's id, for superusers.
///
/// # Errors
/// In this order: [`Error::NotFound`], [`Error::Forbidden`].
pub async fn of_user(usher: &Usher, actor: &Actor, uid: &str, side: Side, after: i64) -> Result<Page<Known>, Error> {
    let (db, now) = (usher.db.search(), usher.now());
    let user = store::users::by_uid(db, uid).await?.ok_or(Error::NotFound(Thing::User))?;
    if !rights::in_scope(db, actor, None, now).await?.are_superusers() {
        return Err(Error::Forbidden);
    }
    store::sightings::of_user(db, user.id, side, after, now).await
}

/// Says that it does not matter here that somebody without access knows some secrets, until they see them again. In other
/// environments that use the same keys, their administrators decide.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`EnvironmentError::NotExposed`].
pub async fn dismiss(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
    fields: Vec<Field>,
    user_id: UserId,
    reason: Reason,
) -> Result<(), Error> {
    let operation = Dismiss { actor: actor.clone(), id, fields, user_id, reason, now: usher.now() };
    actor.write(usher, operation).await
}

#[derive(Clone, Debug)]
struct Dismiss {
    actor: Actor,
    id: EnvironmentId,
    fields: Vec<Field>,
    user_id: UserId,
    reason: Reason,
    now: Timestamp,
}

impl Operation for Dismiss {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        shared_lock(txn, self.id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let access = store::environments::access(txn, self.id, self.actor.user_id, self.now).await?;
        let access = policy::administering(access, self.id)?;
        let name = self.name(txn, &access).await?;
        for field in &self.fields {
            if !store::sightings::dismiss(txn, access.place_id, *field, self.user_id, self.now).await? {
                return Err(EnvironmentError::NotExposed.into());
            }
        }
        let details = store::audit::Details {
            secrets: self.fields.clone(),
            reason: Some(self.reason.as_str().to_owned()),
            ..store::audit::Details::default()
        };
        let about = About::of(name).with(details);
        audit::record(txn, &self.actor, Action::ExposureDismissed, &access.place(), about, self.now).await
    }
}

impl Dismiss {
    /// The name of the person.
    async fn name(&self, txn: &impl ConnectionTrait, access: &Access) -> Result<String, Error> {
        let known = store::sightings::of_user_in(txn, self.user_id, access.place_id, self.now).await?;
        let known = known.into_iter().next().ok_or(EnvironmentError::NotExposed)?;
        Ok(known.user_name)
    }
}

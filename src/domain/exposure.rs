//! Exposure: which present secrets people know, with access or without. What is known without access is to be changed,
//! unless an administrator says that it does not matter.

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

/// The environments that the actor administers with secrets to be changed.
///
/// # Errors
/// When the database cannot be read.
pub async fn to_change(usher: &Usher, actor: &Actor) -> Result<Vec<Place>, Error> {
    store::sightings::exposed_places(usher.db.read(), actor.user_id, usher.now()).await
}

/// What somebody knows of one place, for pages that ask before their access changes. The caller has checked the right.
///
/// # Errors
/// When the database cannot be read.
pub async fn in_place(usher: &Usher, place: &Place, user_id: UserId) -> Result<Vec<Known>, Error> {
    store::sightings::of_user_in(usher.db.read(), user_id, place.id, usher.now()).await
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

/// Says that it does not matter what somebody without access knows of a secret, until they see it again.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`EnvironmentError::NotExposed`].
pub async fn dismiss(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
    field: Field,
    user_id: UserId,
    reason: Reason,
) -> Result<(), Error> {
    let operation = Dismiss { actor: actor.clone(), id, field, user_id, reason, now: usher.now() };
    actor.write(usher, operation).await
}

#[derive(Clone, Debug)]
struct Dismiss {
    actor: Actor,
    id: EnvironmentId,
    field: Field,
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
        let known = self.known(txn, &access).await?;
        let (by, because) = (&self.actor.full_name, self.reason.as_str());
        let was_exposed =
            store::sightings::dismiss(txn, access.place_id, self.field, self.user_id, by, because, self.now).await?;
        if !was_exposed {
            return Err(EnvironmentError::NotExposed.into());
        }
        let details = store::audit::Details {
            secrets: vec![self.field],
            reason: Some(because.to_owned()),
            ..store::audit::Details::default()
        };
        let about = About::of(known.user_name).with(details);
        audit::record(txn, &self.actor, Action::ExposureDismissed, &access.place(), about, self.now).await
    }
}

impl Dismiss {
    async fn known(&self, txn: &impl ConnectionTrait, access: &Access) -> Result<Known, Error> {
        let known = store::sightings::of_user_in(txn, self.user_id, access.place_id, self.now).await?;
        let known = known.into_iter().find(|known| known.field == self.field);
        known.ok_or_else(|| EnvironmentError::NotExposed.into())
    }
}

//! Users, as programs and administrators see them.

pub mod activation;
pub mod create;
pub mod delete;
pub mod list;
pub mod look;
pub mod people;
pub mod pictures;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::rights::{self, SystemPermission};
use crate::domain::actor::Actor;
use crate::domain::offer::Offer;
use crate::entity::user::Model;
use crate::error::{Error, Thing};
use crate::ids::UserId;
use crate::store;
use crate::store::addresses::OfUser;
use crate::store::locks::{Lock, Locks};
use crate::store::orgs::OrgOfUser;
use crate::usher::Usher;

/// A user with their addresses, primary first.
#[derive(Clone, Debug)]
pub struct Profile {
    pub user: Model,
    pub addresses: Vec<OfUser>,
}

pub(crate) async fn profile(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<Profile>, Error> {
    let Some(user) = store::users::find(connection, id).await? else { return Ok(None) };
    let addresses = store::addresses::of_user(connection, id).await?;
    Ok(Some(Profile { user, addresses }))
}

/// A user with all their orgs.
///
/// # Errors
/// [`Error::NotFound`] when the account was just deleted.
pub async fn find(usher: &Usher, id: UserId) -> Result<Belonging, Error> {
    let db = usher.db.read();
    let user = store::users::find(db, id).await?.ok_or(Error::NotFound(Thing::User))?;
    belonging(db, user, usher.now()).await
}

/// Id, name and primary address of the user with this uid.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_uid(usher: &Usher, uid: &str) -> Result<Option<(UserId, String, String)>, Error> {
    let db = usher.db.read();
    let Some(user) = store::users::by_uid(db, uid).await? else { return Ok(None) };
    let primary = store::addresses::of_user(db, user.id).await?.into_iter().next();
    Ok(primary.map(|primary| (user.id, user.full_name, primary.address)))
}

/// Whether a user already has what is offered.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_member(usher: &Usher, offer: &Offer, user_id: UserId) -> Result<bool, Error> {
    offer.has_member(usher.db.read(), user_id, usher.now()).await
}

/// The uids of a user and of the offered org.
///
/// # Errors
/// [`Error::NotFound`] when either was just deleted.
pub async fn names_of_membership(usher: &Usher, user_id: UserId, offer: &Offer) -> Result<(String, String), Error> {
    let db = usher.db.read();
    let user = store::users::find(db, user_id).await?.ok_or(Error::NotFound(Thing::User))?;
    let org = store::orgs::of_place(db, offer.place.id).await?;
    Ok((user.uid, org.ok_or(Error::NotFound(Thing::Org))?.uid))
}

/// A user with those of their orgs that the actor may know.
#[derive(Clone, Debug)]
pub struct Belonging {
    pub profile: Profile,
    pub orgs: Vec<OrgOfUser>,
}

/// A user with all their orgs.
pub(crate) async fn belonging(
    connection: &impl ConnectionTrait,
    user: Model,
    now: Timestamp,
) -> Result<Belonging, Error> {
    let addresses = store::addresses::of_user(connection, user.id).await?;
    let orgs = store::orgs::of_users(connection, &[user.id], now).await?;
    Ok(Belonging { profile: Profile { user, addresses }, orgs })
}

/// The user with this uid, if the actor may write any user.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`].
async fn writing(connection: &impl ConnectionTrait, actor: &Actor, uid: &str, now: Timestamp) -> Result<Model, Error> {
    rights::in_scope(connection, actor, None, now).await?.need(SystemPermission::UserWrite, None)?;
    store::users::by_uid(connection, uid).await?.ok_or(Error::NotFound(Thing::User))
}

/// The locks of what ends the account of a uid.
async fn ending(connection: &impl ConnectionTrait, uid: &str) -> Result<Locks, Error> {
    let locks = Locks::default().hold(Lock::Global);
    Ok(match store::users::by_uid(connection, uid).await? {
        Some(user) => locks.hold(Lock::User(user.id)),
        None => locks,
    })
}

/// [`writing`]; users may also write themselves.
///
/// # Errors
/// As [`writing`].
async fn writing_own(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    uid: &str,
    now: Timestamp,
) -> Result<Model, Error> {
    match store::users::by_uid(connection, uid).await? {
        Some(user) if user.id == actor.user_id => Ok(user),
        found => {
            rights::in_scope(connection, actor, None, now).await?.need(SystemPermission::UserWrite, None)?;
            found.ok_or(Error::NotFound(Thing::User))
        }
    }
}

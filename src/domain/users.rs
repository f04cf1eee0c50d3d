//! Users as programs and administrators see them.

pub mod activation;
pub mod create;
pub mod delete;
pub mod list;
pub mod look;
pub mod pictures;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::domain::rights::{self, SystemPermission};
use crate::entity::user::Model;
use crate::error::{Error, Thing};
use crate::store;
use crate::store::addresses::OfUser;
use crate::store::org_members::OrgOfUser;

/// A user with their addresses, the primary one first.
#[derive(Clone, Debug)]
pub struct Profile {
    pub user: Model,
    pub addresses: Vec<OfUser>,
}

/// The profile of a user.
pub(crate) async fn profile(connection: &impl ConnectionTrait, id: i64) -> Result<Option<Profile>, Error> {
    let Some(user) = store::users::find(connection, id).await? else { return Ok(None) };
    let addresses = store::addresses::of_user(connection, id).await?;
    Ok(Some(Profile { user, addresses }))
}

/// A user with the orgs that they are a member of, as far as the asker may know them.
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
    let orgs = store::org_members::orgs_of_users(connection, &[user.id], now).await?;
    Ok(Belonging { profile: Profile { user, addresses }, orgs })
}

/// The user of a uid, for somebody who may write any user.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`].
async fn writing(connection: &impl ConnectionTrait, actor: &Actor, uid: &str, now: Timestamp) -> Result<Model, Error> {
    rights::of_actor(connection, actor, now).await?.need(SystemPermission::UserWrite, None)?;
    store::users::by_uid(connection, uid).await?.ok_or(Error::NotFound(Thing::User))
}

/// [`writing`]; users may write themselves.
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
            rights::of_actor(connection, actor, now).await?.need(SystemPermission::UserWrite, None)?;
            found.ok_or(Error::NotFound(Thing::User))
        }
    }
}

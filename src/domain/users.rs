//! Users as programs and administrators see them.

use sea_orm::ConnectionTrait;

use crate::entity::user::Model;
use crate::error::Error;
use crate::store;
use crate::store::addresses::OfUser;

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

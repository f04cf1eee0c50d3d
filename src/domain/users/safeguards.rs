//! What pages keep somebody from doing by mistake. The JSON API lets whoever has the right do it: its contract
//! says so.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::store;

/// Does something that may not take the last superuser away. An installation that had none before needs none
/// after.
///
/// # Errors
/// [`Error::LastSuperuser`].
pub(crate) async fn keeping_a_superuser<T>(
    txn: &impl ConnectionTrait,
    now: Timestamp,
    change: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let before = store::users::any_active_superuser(txn, now).await?;
    let done = change.await?;
    if before && !store::users::any_active_superuser(txn, now).await? {
        return Err(Error::LastSuperuser);
    }
    Ok(done)
}

/// # Errors
/// [`Error::OwnAccount`].
pub(crate) fn check_is_another(actor: &Actor, user_id: i64) -> Result<(), Error> {
    if actor.user_id == user_id { Err(Error::OwnAccount) } else { Ok(()) }
}

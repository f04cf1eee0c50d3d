//! What keeps an installation from being left without a superuser.

use sea_orm::ConnectionTrait;

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
    change: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let before = store::users::any_lasting_superuser(txn).await?;
    let done = change.await?;
    if before && !store::users::any_lasting_superuser(txn).await? {
        return Err(Error::LastSuperuser);
    }
    Ok(done)
}

/// # Errors
/// [`Error::OwnAccount`].
pub(crate) fn check_is_another(actor: &Actor, user_id: i64) -> Result<(), Error> {
    if actor.user_id == user_id { Err(Error::OwnAccount) } else { Ok(()) }
}

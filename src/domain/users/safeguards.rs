//! What keeps an installation from being left without a superuser.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::UserId;
use crate::store;

/// Does something that may not take the last superuser away, now or by a deactivation that is set for later. An
/// installation that had none before needs none after.
///
/// # Errors
/// [`Error::LastSuperuser`].
pub(crate) async fn keeping_a_superuser<T>(
    txn: &impl ConnectionTrait,
    now: Timestamp,
    change: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let before = store::users::superusers(txn, now).await?;
    let done = change.await?;
    let after = store::users::superusers(txn, now).await?;
    let loses = (before.any_active && !after.any_active) || (before.any_lasting && !after.any_lasting);
    if loses { Err(Error::LastSuperuser) } else { Ok(done) }
}

/// # Errors
/// [`Error::OwnAccount`].
pub(crate) fn check_is_another(actor: &Actor, user_id: UserId) -> Result<(), Error> {
    if actor.user_id == user_id { Err(Error::OwnAccount) } else { Ok(()) }
}

//! An org keeps an administrator, the installation a superuser, and nobody ends their own account by mistake.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::error::{AccessError, AccountError, Error, OrgError};
use crate::ids::{OrgId, UserId};
use crate::store;
use crate::store::assignments::Holders;

/// Makes a change unless it takes an org's last administrator, now or when a membership or account expires. Orgs that
/// had none before are exempt. The caller holds the org's lock.
///
/// # Errors
/// [`OrgError::LastAdministrator`].
pub(crate) async fn keeping_an_administrator<T>(
    txn: &impl ConnectionTrait,
    org_id: OrgId,
    now: Timestamp,
    change: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let before = store::orgs::administrators(txn, org_id, now).await?;
    let done = change.await?;
    let after = store::orgs::administrators(txn, org_id, now).await?;
    if lost(before, after) { Err(OrgError::LastAdministrator.into()) } else { Ok(done) }
}

/// Makes a change unless it takes the last superuser, now or by a scheduled deactivation. An installation that had none
/// before is exempt. The caller holds the global lock.
///
/// # Errors
/// [`AccessError::LastSuperuser`].
pub(crate) async fn keeping_a_superuser<T>(
    txn: &impl ConnectionTrait,
    now: Timestamp,
    change: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let before = store::superusers::holders(txn, now).await?;
    let done = change.await?;
    let after = store::superusers::holders(txn, now).await?;
    if lost(before, after) { Err(AccessError::LastSuperuser.into()) } else { Ok(done) }
}

fn lost(before: Holders, after: Holders) -> bool {
    (before.any_active && !after.any_active) || (before.any_lasting && !after.any_lasting)
}

/// # Errors
/// [`AccountError::Own`].
pub(crate) fn check_is_another(actor: &Actor, user_id: UserId) -> Result<(), Error> {
    if actor.user_id == user_id { Err(AccountError::Own.into()) } else { Ok(()) }
}

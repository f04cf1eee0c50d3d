//! Lists of open invitations: the inviting side's, and the invitee's own.

use super::offer::environment_target;
use crate::domain::actor::Actor;
use crate::domain::environments::look;
use crate::domain::policy;
use crate::error::Error;
use crate::store;
use crate::store::Page;
use crate::store::invitations::{Found, Open, Undelivered};
use crate::usher::Usher;

/// The open invitations to an environment, expired ones included, the latest first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn of_environment(
    usher: &Usher,
    actor: &Actor,
    environment_id: i64,
    before: i64,
) -> Result<Page<Open>, Error> {
    let access = look::access(usher, actor, environment_id).await?;
    if !policy::may_administer(&access) {
        return Err(Error::NotAllowed);
    }
    store::invitations::open_of_target(usher.db.read(), environment_target(environment_id), before).await
}

/// The open invitations that were sent to a verified address of the actor, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(usher: &Usher, actor: &Actor, before: i64) -> Result<Page<Found>, Error> {
    store::invitations::waiting_for(usher.db.read(), actor.user_id, usher.now(), before).await
}

/// The actor's open invitations whose mail failed.
///
/// # Errors
/// When the database cannot be read.
pub async fn undelivered(usher: &Usher, actor: &Actor) -> Result<Vec<Undelivered>, Error> {
    store::invitations::undelivered(usher.db.read(), actor.user_id).await
}

/// # Errors
/// [`Error::LinkUnknown`] unless the invitation is in the actor's list.
pub(super) async fn check_listed(usher: &Usher, actor: &Actor, invitation_id: i64) -> Result<(), Error> {
    let from = invitation_id.saturating_add(1);
    let page = store::invitations::waiting_for(usher.db.read(), actor.user_id, usher.now(), from).await?;
    match page.rows.first() {
        Some(found) if found.id == invitation_id => Ok(()),
        _ => Err(Error::LinkUnknown),
    }
}

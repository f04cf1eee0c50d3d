//! What happens to environments when their owner's account is deleted. None vanishes for its remaining members.

use sea_orm::ConnectionTrait;

use super::delete::remove;
use super::keys::give_to_owner;
use crate::clock::Timestamp;
use crate::domain::accounts::delete::{Ending, Unowned};
use crate::domain::audit;
use crate::domain::offer::{Affected, Effect, Level};
use crate::entity::audit_event::Action;
use crate::error::{EnvironmentError, Error};
use crate::ids::UserId;
use crate::store;
use crate::store::environment_owners::{Legacy, WithKeys};
use crate::store::members::Membership;

/// See [`Kind::affected`](crate::domain::offer::Kind::affected).
pub(crate) async fn affected(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<Affected>, Error> {
    let owned = store::environment_owners::owned(connection, user_id, now).await?;
    let affected = owned.into_iter().map(|owned| {
        let effect = match owned.successor {
            Some(successor) => Effect::PassesTo(successor),
            None if owned.has_others => Effect::Unowned,
            None => Effect::Deleted,
        };
        Affected { place: owned.place, effect }
    });
    Ok(affected.collect())
}

/// See [`Kind::pass_on`](crate::domain::offer::Kind::pass_on).
pub(crate) async fn pass_on(txn: &impl ConnectionTrait, ending: &Ending<'_>) -> Result<(), Error> {
    for legacy in store::environment_owners::legacies(txn, ending.user_id, ending.now).await? {
        pass_on_one(txn, ending, &legacy).await?;
    }
    for keys in store::cloud_keys::of_user(txn, ending.user_id).await? {
        store::cloud_keys::remove_unused(txn, keys.id).await?;
    }
    Ok(())
}

async fn pass_on_one(txn: &impl ConnectionTrait, ending: &Ending<'_>, legacy: &Legacy) -> Result<(), Error> {
    let now = ending.now;
    let new_owner_id = if legacy.owner_id == ending.user_id {
        let successor = match legacy.successor_membership_id {
            Some(id) => store::members::find(txn, id, now).await?,
            None => None,
        };
        let Some(successor) = successor else {
            if legacy.has_others && ending.unowned == Unowned::Refused {
                return Err(EnvironmentError::NoSuccessor(legacy.place.name.clone()).into());
            }
            remove(txn, legacy.place.id, legacy.cloud_keys_id, now).await?;
            let subject = Some(legacy.place.name.clone());
            return audit::record(txn, ending.actor, Action::PlaceDeleted, &legacy.place, subject, now).await;
        };
        hand_over(txn, ending, legacy, &successor).await?;
        successor.user_id
    } else {
        legacy.owner_id
    };
    let environment =
        WithKeys { id: legacy.environment_id, owner_id: new_owner_id, cloud_keys_id: legacy.cloud_keys_id };
    give_to_owner(txn, ending.keys, &environment, now).await
}

async fn hand_over(
    txn: &impl ConnectionTrait,
    ending: &Ending<'_>,
    legacy: &Legacy,
    successor: &Membership,
) -> Result<(), Error> {
    store::members::set_level(txn, successor.id, Level::Administrator).await?;
    store::environment_owners::set_owner(txn, legacy.environment_id, successor.user_id, ending.now).await?;
    let subject = audit::About::user(successor.name.as_str(), successor.user_id);
    audit::record(txn, ending.actor, Action::PlaceHandedOver, &legacy.place, subject, ending.now).await
}

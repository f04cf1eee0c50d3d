//! Messages that could not be sent: superusers see them, and have them sent again once what was wrong is mended.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::rights;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::ids::MessageId;
use crate::store;
use crate::store::Page;
use crate::store::audit::Details;
use crate::store::failed_messages::Failed;
use crate::store::locks::{Lock, Locks};
use crate::usher::Usher;

/// A page of the messages that failed, before an id.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn page(usher: &Usher, actor: &Actor, before: i64) -> Result<Page<Failed>, Error> {
    allow(usher.db.read(), actor, usher.now()).await?;
    store::failed_messages::page(usher.db.read(), before).await
}

/// Whether there is one that the actor may have sent again.
///
/// # Errors
/// When the database cannot be read.
pub async fn any(usher: &Usher, actor: &Actor) -> Result<bool, Error> {
    // Superusers read users, which is known already.
    if !actor.reads_users || !store::failed_messages::any(usher.db.read()).await? {
        return Ok(false);
    }
    Ok(rights::in_scope(usher.db.read(), actor, None, usher.now()).await?.are_superusers())
}

/// Sends a message again, with a whole day of tries. One that is obsolete by now is dropped, as always.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`].
pub async fn send_again(usher: &Usher, actor: &Actor, id: MessageId) -> Result<(), Error> {
    let operation = SendAgain { actor: actor.clone(), id: Some(id), now: usher.now() };
    match actor.write_and_mail(usher, operation).await? {
        0 => Err(Error::NotFound(Thing::Unnamed)),
        _ => Ok(()),
    }
}

/// Sends the latest thousand again.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn send_all_again(usher: &Usher, actor: &Actor) -> Result<(), Error> {
    let operation = SendAgain { actor: actor.clone(), id: None, now: usher.now() };
    actor.write_and_mail(usher, operation).await.map(drop)
}

async fn allow(connection: &impl ConnectionTrait, actor: &Actor, now: Timestamp) -> Result<(), Error> {
    if rights::in_scope(connection, actor, None, now).await?.are_superusers() { Ok(()) } else { Err(Error::Forbidden) }
}

#[derive(Clone, Debug)]
struct SendAgain {
    actor: Actor,
    /// `None`: all.
    id: Option<MessageId>,
    now: Timestamp,
}

impl Operation for SendAgain {
    /// How many.
    type Output = u64;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().share(Lock::Global))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<u64, Error> {
        allow(txn, &self.actor, self.now).await?;
        let range = match self.id {
            Some(id) => Some((id, id)),
            None => store::failed_messages::latest(txn).await?,
        };
        let Some((first, last)) = range else { return Ok(0) };
        let count = store::failed_messages::send_again(txn, first, last, self.now).await?;
        if count > 0 {
            let about = About::nothing().with(Details { count: Some(count), ..Details::default() });
            audit::record(txn, &self.actor, Action::MessagesResent, audit::Where::NOWHERE, about, self.now).await?;
        }
        Ok(count)
    }
}

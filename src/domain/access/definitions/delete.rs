use sea_orm::DatabaseTransaction;

use super::{changeable, changing, facts, keeping_superusers};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::domain::audit;
use crate::error::Error;
use crate::ids::DefinitionKind;
use crate::store;
use crate::store::locks::Locks;
use crate::usher::Usher;

/// Deletes a permission or role, and removes it from all roles, assignments and open invitations. The installation
/// keeps a superuser.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`AccessError`](crate::error::AccessError): `System`, `LastSuperuser`.
pub async fn delete(usher: &Usher, actor: &Actor, kind: DefinitionKind, uid: &str) -> Result<(), Error> {
    actor.write(usher, Delete { actor: actor.clone(), kind, uid: uid.to_owned(), now: usher.now() }).await
}

#[derive(Clone, Debug)]
struct Delete {
    actor: Actor,
    kind: DefinitionKind,
    uid: String,
    now: Timestamp,
}

impl Operation for Delete {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        changing(txn, self.kind, &self.uid).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (found, _) = changeable(txn, &self.actor, self.kind, &self.uid, self.now).await?;
        keeping_superusers(txn, &found, self.now, store::definitions::delete(txn, found.id)).await?;
        let place = audit::in_org(txn, found.org_id).await?;
        audit::record(txn, &self.actor, facts(self.kind).deleted, place, Some(found.name), self.now).await
    }
}

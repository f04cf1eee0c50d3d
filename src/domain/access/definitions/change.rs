use sea_orm::DatabaseTransaction;

use super::{
    Described, Name, as_thing, changeable, changing, describe, facts, find, keeping_superusers, permissions_for,
};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::rights::Rights;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::error::Error;
use crate::fields::Description;
use crate::ids::{DefinitionId, DefinitionKind, PermissionId};
use crate::store;
use crate::store::audit::{Details, Thing};
use crate::store::definitions::Definition;
use crate::store::locks::Locks;
use crate::store::role_permissions::Holding;
use crate::usher::Usher;

/// Fields to change; `None` leaves them as they are.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub name: Option<Name>,
    /// `Some(None)` removes it.
    pub description: Option<Option<Description>>,
    /// The uids of a role's permissions.
    pub permissions: Option<Vec<String>>,
}

/// Changes a permission or role. The installation keeps a superuser.
///
/// # Errors
/// In this order: [`Error::NotFound`]; [`Error::Forbidden`]; [`AccessError`](crate::error::AccessError): `System`,
/// `NameReserved`, `NameTaken`, `Unknown` of a permission, `LastSuperuser`.
pub async fn update(
    usher: &Usher,
    actor: &Actor,
    kind: DefinitionKind,
    uid: &str,
    change: Change,
) -> Result<Described, Error> {
    write(usher, actor, kind, uid, change, NotGrantable::Removed).await
}

/// [`update`] for a page: keeps the role's permissions that the actor may not grant, since no form offers them.
///
/// # Errors
/// As [`update`].
pub async fn edit(
    usher: &Usher,
    actor: &Actor,
    kind: DefinitionKind,
    uid: &str,
    change: Change,
) -> Result<Described, Error> {
    write(usher, actor, kind, uid, change, NotGrantable::Kept).await
}

async fn write(
    usher: &Usher,
    actor: &Actor,
    kind: DefinitionKind,
    uid: &str,
    change: Change,
    not_grantable: NotGrantable,
) -> Result<Described, Error> {
    let (actor_too, uid, now) = (actor.clone(), uid.to_owned(), usher.now());
    actor.write(usher, Update { actor: actor_too, kind, uid, change, not_grantable, now }).await
}

/// What happens to a role's permissions that the actor may not grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotGrantable {
    Removed,
    Kept,
}

#[derive(Clone, Debug)]
struct Update {
    actor: Actor,
    kind: DefinitionKind,
    uid: String,
    change: Change,
    not_grantable: NotGrantable,
    now: Timestamp,
}

impl Operation for Update {
    type Output = Described;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        changing(txn, self.kind, &self.uid).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Described, Error> {
        let (kind, now) = (self.kind, self.now);
        let (found, rights) = changeable(txn, &self.actor, kind, &self.uid, now).await?;
        let org_id = found.org_id;
        if let Some(name) = &self.change.name {
            name.check(txn, org_id, Some(found.id)).await?;
        }
        let before = describe(txn, found).await?;
        let former = &before.definition;
        let name = self.change.name.as_ref().map_or(former.name.as_str(), Name::as_str);
        let description = match &self.change.description {
            Some(changed) => changed.as_ref().map(Description::as_str),
            None => former.description.as_deref(),
        };
        store::definitions::change(txn, former.id, name, description, now).await?;
        if let (Some(uids), DefinitionId::Role(role_id)) = (&self.change.permissions, before.definition.id) {
            let permissions = self.permissions(txn, &rights, &before, uids).await?;
            let change = store::role_permissions::replace(txn, role_id, &permissions);
            keeping_superusers(txn, &before.definition, now, change).await?;
        }
        let after = describe(txn, find(txn, kind, &self.uid).await?).await?;
        let difference = difference(&before.permissions, &after.permissions);
        let about = About::of(name).with(difference).formerly(&before.definition.name);
        let place = audit::in_org(txn, org_id).await?;
        audit::record(txn, &self.actor, facts(kind).changed, place, about, now).await?;
        Ok(after)
    }
}

impl Update {
    /// The role's permissions after the change.
    async fn permissions(
        &self,
        txn: &DatabaseTransaction,
        rights: &Rights,
        before: &Described,
        uids: &[String],
    ) -> Result<Vec<PermissionId>, Error> {
        let Definition { org_id, .. } = before.definition;
        let mut permissions = permissions_for(txn, rights, org_id, uids).await?;
        if self.not_grantable == NotGrantable::Kept {
            let not_grantable = |held: &&Holding| held.is_system && !rights.may_give(&held.permission_name, org_id);
            permissions.extend(before.permissions.iter().filter(not_grantable).map(|held| held.permission_id));
        }
        Ok(permissions)
    }
}

/// Permissions added to and removed from a role.
fn difference(before: &[Holding], after: &[Holding]) -> Details {
    let but = |these: &[Holding], those: &[Holding]| -> Vec<Thing> {
        let holds = |this: &&Holding| those.iter().any(|that| that.permission_id == this.permission_id);
        these.iter().filter(|this| !holds(this)).map(as_thing).collect()
    };
    Details { gave: but(after, before), took: but(before, after), ..Details::default() }
}

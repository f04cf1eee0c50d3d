use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{Described, Name, as_thing, describe, facts, find, permissions_for};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::error::{Error, Thing};
use crate::fields::Description;
use crate::ids::{DefinitionId, OrgId, new_uid};
use crate::store;
use crate::store::audit::Details;
use crate::store::locks::{Lock, Locks};
use crate::usher::Usher;

/// The fields of a new permission or role.
#[derive(Clone, Debug)]
pub struct New {
    pub name: Name,
    pub description: Option<Description>,
    /// The org's uid; `None`: global.
    pub scope: Option<String>,
    /// The uids of a role's permissions.
    pub permissions: Vec<String>,
}

/// Creates a permission or role.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`] of the org; [`AccessError`](crate::error::AccessError):
/// `NameReserved`, `NameTaken`, `Unknown` of a permission.
pub async fn create(usher: &Usher, actor: &Actor, new: New) -> Result<Described, Error> {
    let now = usher.now();
    actor.write(usher, Create { actor: actor.clone(), new, uid: new_uid(now), now }).await
}

/// The org of a scope, if the actor may write there.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] of the org.
async fn scope_for_writing(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    permission: SystemPermission,
    scope: Option<&str>,
    now: Timestamp,
) -> Result<(Option<OrgId>, Rights), Error> {
    let org = match scope {
        Some(uid) => store::orgs::by_uid(connection, uid).await?,
        None => None,
    };
    let org_id = org.map(|org| org.id);
    let rights = rights::in_scope(connection, actor, org_id, now).await?;
    rights.need(permission, org_id)?;
    if scope.is_some() && org_id.is_none() { Err(Error::NotFound(Thing::Org)) } else { Ok((org_id, rights)) }
}

#[derive(Clone, Debug)]
struct Create {
    actor: Actor,
    new: New,
    uid: String,
    now: Timestamp,
}

impl Operation for Create {
    type Output = Described;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        let org = match &self.new.scope {
            Some(uid) => store::orgs::by_uid(txn, uid).await?,
            None => None,
        };
        Ok(org.map_or_else(|| Locks::default().share(Lock::Global), |org| org.place().shared_lock()))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Described, Error> {
        let (New { name, description, scope, permissions }, now) = (&self.new, self.now);
        let kind = name.kind();
        let (org_id, rights) = scope_for_writing(txn, &self.actor, facts(kind).write, scope.as_deref(), now).await?;
        name.check(txn, org_id, None).await?;
        let permissions = permissions_for(txn, &rights, org_id, permissions).await?;
        let (uid, description) = (&self.uid, description.as_ref().map(Description::as_str));
        let row = store::definitions::New { kind, uid, org_id, name: name.as_str(), description, now };
        let id = store::definitions::insert(txn, row).await?;
        if let DefinitionId::Role(id) = id {
            store::role_permissions::replace(txn, id, &permissions).await?;
        }
        let made = describe(txn, find(txn, kind, uid).await?).await?;
        let gave = made.permissions.iter().map(as_thing).collect();
        let about = About::of(name.as_str()).with(Details { gave, ..Details::default() });
        let place = audit::in_org(txn, org_id).await?;
        audit::record(txn, &self.actor, facts(kind).created, place, about, now).await?;
        Ok(made)
    }
}

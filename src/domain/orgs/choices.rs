//! What somebody may hand out in an org.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::domain::rights::{self, Rights, SystemPermission};
use crate::error::Error;
use crate::store;
use crate::store::assignments::Granted;
use crate::store::permissions::Scopes;
use crate::store::roles::Holding;
use crate::usher::Usher;

/// How many roles, and how many permissions, a form offers at most.
const MOST: i64 = 500;

/// A role or permission of an org that may be handed out.
#[derive(Clone, Debug)]
pub struct Choice {
    pub granted: Granted,
    pub uid: String,
    pub name: String,
    pub description: Option<String>,
    /// The names of the permissions that a role holds.
    pub allows: Vec<String>,
}

/// What somebody may hand out in an org.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub roles: Vec<Choice>,
    pub permissions: Vec<Choice>,
    /// Whether they may make administrators.
    pub administrator: bool,
}

/// What the actor may hand out in an org.
///
/// # Errors
/// When the database cannot be read.
pub async fn choices(usher: &Usher, actor: &Actor, org_id: i64) -> Result<Choices, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let rights = rights::of_actor(db, actor, now).await?;
    of_rights(db, &rights, org_id, now).await
}

/// What these rights allow to hand out in an org: its own roles and permissions, but for roles that hold a
/// system permission which is not held.
pub(super) async fn of_rights(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org_id: i64,
    now: Timestamp,
) -> Result<Choices, Error> {
    let org = Some(org_id);
    let mut choices = Choices { administrator: rights.administer(org_id), ..Choices::default() };
    if rights.hold(SystemPermission::RoleAssignmentWrite, org) {
        choices.roles = roles(connection, rights, org_id, now).await?;
    }
    if rights.hold(SystemPermission::PermissionAssignmentWrite, org) {
        let scopes = Scopes::Orgs(vec![org_id]);
        let listed = store::permissions::list(connection, &scopes, "", "", MOST, now).await?;
        choices.permissions = listed
            .into_iter()
            .map(|listed| Choice {
                granted: Granted::Permission(listed.id),
                uid: listed.uid,
                name: listed.name,
                description: listed.description,
                allows: Vec::new(),
            })
            .collect();
    }
    Ok(choices)
}

async fn roles(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org_id: i64,
    now: Timestamp,
) -> Result<Vec<Choice>, Error> {
    let listed = store::roles::list(connection, &Scopes::Orgs(vec![org_id]), "", "", MOST, now).await?;
    let ids: Vec<i64> = listed.iter().map(|role| role.id).collect();
    let mut held: HashMap<i64, Vec<Holding>> = HashMap::new();
    for holding in store::roles::holdings(connection, &ids).await? {
        held.entry(holding.role_id).or_default().push(holding);
    }
    let may_give = |holding: &Holding| {
        !holding.is_system
            || SystemPermission::from_name(&holding.permission_name)
                .is_some_and(|permission| rights.hold(permission, Some(org_id)))
    };
    Ok(listed
        .into_iter()
        .filter_map(|role| {
            let held = held.remove(&role.id).unwrap_or_default();
            held.iter().all(may_give).then(|| Choice {
                granted: Granted::Role(role.id),
                uid: role.uid,
                name: role.name,
                description: role.description,
                allows: held.into_iter().map(|holding| holding.permission_name).collect(),
            })
        })
        .collect())
}

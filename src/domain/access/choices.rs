//! What somebody may hand out in an org, or everywhere.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::{OrgId, RoleId};
use crate::store;
use crate::store::assignments::Granted;
use crate::store::roles::{Holding, Listed};
use crate::usher::Usher;

/// How many roles, and how many permissions, a form offers at most.
const MOST: i64 = 500;

/// A role or permission of an org, or a global one, that may be handed out.
#[derive(Clone, Debug)]
pub struct Choice {
    pub granted: Granted,
    pub uid: String,
    pub name: String,
    pub description: Option<String>,
    /// The names of the permissions that a role holds.
    pub allows: Vec<String>,
}

/// What somebody may hand out in an org, or everywhere.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub roles: Vec<Choice>,
    pub permissions: Vec<Choice>,
    /// Whether they may make administrators; everywhere: superusers.
    pub administrator: bool,
    /// Whether there are more than a form offers.
    pub more: bool,
}

impl Choices {
    /// Whether this is among them.
    pub fn hold(&self, granted: Granted) -> bool {
        self.roles.iter().chain(&self.permissions).any(|choice| choice.granted == granted)
    }
}

/// What the actor may hand out in an org, or (`None`) everywhere.
///
/// # Errors
/// When the database cannot be read.
pub async fn choices(usher: &Usher, actor: &Actor, org: Option<OrgId>) -> Result<Choices, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let rights = rights::of_actor(db, actor, now).await?;
    of_rights(db, &rights, org, now).await
}

/// What these rights allow to hand out in an org: its own roles and permissions; everywhere: the global ones.
/// What holds a system permission that is not held is left out, and so is the system role, which stands for
/// administrators.
pub(crate) async fn of_rights(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org: Option<OrgId>,
    now: Timestamp,
) -> Result<Choices, Error> {
    let administrator = org.map_or_else(|| rights.are_superusers(), |id| rights.administer(id));
    let mut choices = Choices { administrator, ..Choices::default() };
    if rights.hold(SystemPermission::RoleAssignmentWrite, org) {
        let mut listed = store::roles::of_scope(connection, org, "", MOST + 1, now).await?;
        choices.more = cut(&mut listed);
        choices.roles = roles(connection, rights, org, listed).await?;
    }
    if rights.hold(SystemPermission::PermissionAssignmentWrite, org) {
        let mut listed = store::permissions::of_scope(connection, org, "", MOST + 1, now).await?;
        choices.more |= cut(&mut listed);
        choices.permissions = listed
            .into_iter()
            .filter(|listed| !listed.is_system || rights.may_give(&listed.name, org))
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

/// Cuts off what a form does not offer: whether there is more.
fn cut<T>(listed: &mut Vec<T>) -> bool {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = listed.len() > most;
    listed.truncate(most);
    more
}

async fn roles(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org: Option<OrgId>,
    listed: Vec<Listed>,
) -> Result<Vec<Choice>, Error> {
    let ids: Vec<RoleId> = listed.iter().map(|role| role.id).collect();
    let mut held: HashMap<RoleId, Vec<Holding>> = HashMap::new();
    for holding in store::roles::holdings(connection, &ids).await? {
        held.entry(holding.role_id).or_default().push(holding);
    }
    let may_be_given = |holding: &Holding| !holding.is_system || rights.may_give(&holding.permission_name, org);
    Ok(listed
        .into_iter()
        .filter(|role| !role.is_system)
        .filter_map(|role| {
            let held = held.remove(&role.id).unwrap_or_default();
            held.iter().all(may_be_given).then(|| Choice {
                granted: Granted::Role(role.id),
                uid: role.uid,
                name: role.name,
                description: role.description,
                allows: held.into_iter().map(|holding| holding.permission_name).collect(),
            })
        })
        .collect())
}

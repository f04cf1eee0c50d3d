//! What somebody may hand out in an org, or everywhere.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::rights::{self, Rights, right_for};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::{DefinitionId, DefinitionKind, OrgId};
use crate::store;
use crate::store::definitions::{Definition, Part};
use crate::store::role_permissions::Holding;
use crate::usher::Usher;

/// How many roles, and how many permissions, a form offers at most.
pub(super) const MAX_CHOICES: i64 = 500;

/// A role or permission of an org, or a global one, that may be handed out.
#[derive(Clone, Debug)]
pub struct Choice {
    pub id: DefinitionId,
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
    pub fn hold(&self, id: DefinitionId) -> bool {
        self.roles.iter().chain(&self.permissions).any(|choice| choice.id == id)
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
    for kind in DefinitionKind::ALL {
        if !rights.hold(right_for(kind), org) {
            continue;
        }
        let part = Part { limit: MAX_CHOICES + 1, ..Part::default() };
        let mut listed = store::definitions::of_scope(connection, kind, org, &part, now).await?;
        choices.more |= cut(&mut listed);
        let found = listed.into_iter().map(|listed| listed.definition).collect();
        let list = match kind {
            DefinitionKind::Permission => &mut choices.permissions,
            DefinitionKind::Role => &mut choices.roles,
        };
        *list = assignable(connection, rights, org, found).await?;
    }
    Ok(choices)
}

/// Cuts off what a form does not offer: whether there is more.
pub(super) fn cut<T>(listed: &mut Vec<T>) -> bool {
    let most = usize::try_from(MAX_CHOICES).unwrap_or(usize::MAX);
    let more = listed.len() > most;
    listed.truncate(most);
    more
}

/// Those that hold nothing that the rights lack. Administrators are made otherwise than by the system role.
async fn assignable(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org: Option<OrgId>,
    found: Vec<Definition>,
) -> Result<Vec<Choice>, Error> {
    let mut held = store::role_permissions::by_role(connection, found.iter().map(|found| found.id)).await?;
    let may_give_all = |held: &[Holding]| {
        held.iter().all(|holding| !holding.is_system || rights.may_give(&holding.permission_name, org))
    };
    let choice = |found: Definition| {
        let held = held.remove(&found.id).unwrap_or_default();
        let may_be_given = match found.id {
            DefinitionId::Permission(_) => !found.is_system || rights.may_give(&found.name, org),
            DefinitionId::Role(_) => !found.is_system && may_give_all(&held),
        };
        may_be_given.then(|| Choice {
            id: found.id,
            uid: found.uid,
            name: found.name,
            description: found.description,
            allows: held.into_iter().map(|holding| holding.permission_name).collect(),
        })
    };
    Ok(found.into_iter().filter_map(choice).collect())
}

//! What an actor may grant in an org, or globally.

use sea_orm::ConnectionTrait;

use crate::domain::access::rights::{self, Rights, right_for};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::{DefinitionId, DefinitionKind, OrgId};
use crate::store;
use crate::store::definitions::Definition;
use crate::store::role_permissions::Holding;
use crate::usher::Usher;

/// The most roles, and the most permissions, that a form offers.
pub(super) const MAX_CHOICES: i64 = 500;

/// A role or permission that may be granted.
#[derive(Clone, Debug)]
pub struct Choice {
    pub id: DefinitionId,
    pub uid: String,
    pub name: String,
    pub description: Option<String>,
    /// The names of a role's permissions.
    pub allows: Vec<String>,
}

/// What an actor may grant in an org, or globally.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub roles: Vec<Choice>,
    pub permissions: Vec<Choice>,
    /// Whether they may promote to administrator; globally: to superuser.
    pub administrator: bool,
    /// Whether there are more than a form offers.
    pub more: bool,
}

impl Choices {
    pub fn hold(&self, id: DefinitionId) -> bool {
        self.roles.iter().chain(&self.permissions).any(|choice| choice.id == id)
    }
}

/// What the actor may grant in an org, or (`None`) globally.
///
/// # Errors
/// When the database cannot be read.
pub async fn choices(usher: &Usher, actor: &Actor, org: Option<OrgId>) -> Result<Choices, Error> {
    let db = usher.db.read();
    let rights = rights::in_scope(db, actor, org, usher.now()).await?;
    of_rights(db, &rights, org).await
}

/// What a holder of these rights may grant: in an org its own roles and permissions, globally the global ones. Leaves
/// out whatever contains a system permission that they do not hold, and the system role, which is granted by promoting.
pub(crate) async fn of_rights(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org: Option<OrgId>,
) -> Result<Choices, Error> {
    let administrator = org.map_or_else(|| rights.are_superusers(), |id| rights.administer(id));
    let mut choices = Choices { administrator, ..Choices::default() };
    for kind in DefinitionKind::ALL {
        if !rights.hold(right_for(kind), org) {
            continue;
        }
        let mut found = store::definitions::defined_in(connection, kind, org, MAX_CHOICES + 1).await?;
        choices.more |= cut(&mut found);
        let list = match kind {
            DefinitionKind::Permission => &mut choices.permissions,
            DefinitionKind::Role => &mut choices.roles,
        };
        *list = assignable(connection, rights, org, found).await?;
    }
    Ok(choices)
}

/// Truncates to what a form offers; returns whether there was more.
pub(super) fn cut<T>(listed: &mut Vec<T>) -> bool {
    let most = usize::try_from(MAX_CHOICES).unwrap_or(usize::MAX);
    let more = listed.len() > most;
    listed.truncate(most);
    more
}

/// Those without a system permission that the rights lack, and without the system role.
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

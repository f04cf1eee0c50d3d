//! Grants of permissions and roles to users.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};

use super::{PAGE_AND_ONE, Page, all, execute, one_row};
use crate::clock::Timestamp;
use crate::entity::assignment::{ActiveModel, Column, Entity};
use crate::error::{Error, unique_or};
use crate::ids::{AssignmentId, DefinitionId, DefinitionKind, MembershipId, OrgId, PlaceId, UserId};

/// A permission or role, perhaps narrowed to one resource. `resource_id` is JSON: a number or a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    pub definition: DefinitionId,
    pub resource_id: Option<String>,
}

impl Grant {
    /// A grant that is not narrowed.
    pub const fn of(definition: DefinitionId) -> Self {
        Self { definition, resource_id: None }
    }
}

/// A permission or role that somebody has or is offered, by name.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Granted {
    #[sea_orm(nested)]
    pub definition: DefinitionId,
    pub uid: String,
    pub name: String,
    pub description: Option<String>,
    pub is_system: bool,
    /// JSON: a number or a text.
    pub resource_id: Option<String>,
}

impl Granted {
    /// What is granted.
    pub fn grant(&self) -> Grant {
        Grant { definition: self.definition, resource_id: self.resource_id.clone() }
    }

    /// Whether it is a role.
    pub fn is_role(&self) -> bool {
        self.definition.kind() == DefinitionKind::Role
    }

    /// Whether this makes an administrator: the system role, not narrowed.
    pub fn is_administration(&self) -> bool {
        self.is_role() && self.is_system && self.resource_id.is_none()
    }
}

/// The columns of a [`Granted`], from a table `x` and [`DEFINITIONS`].
pub(super) const GRANTED: &str = "x.permission_id, x.role_id, COALESCE(r.uid, p.uid) AS uid,
                                  COALESCE(r.name, p.name) AS name,
                                  COALESCE(r.description, p.description) AS description,
                                  COALESCE(r.is_system, p.is_system) AS is_system, x.resource_id";

/// What a table `x` names as permission or role.
pub(super) const DEFINITIONS: &str = "LEFT JOIN permissions p ON p.id = x.permission_id
                                      LEFT JOIN roles r ON r.id = x.role_id";

/// Grants every system permission to a user in global scope.
pub async fn grant_all_system(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<(), Error> {
    let sql = "INSERT INTO assignments (user_id, org_id, permission_id, role_id, resource_id, created_at)
               SELECT CAST($1 AS BIGINT), NULL, id, NULL, NULL, CAST($2 AS BIGINT) FROM permissions WHERE is_system";
    execute(connection, sql, [user_id.into(), now.into()]).await.map(drop)
}

/// Who holds all system permissions, in an org or globally.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Holders {
    /// Somebody active.
    pub any_active: bool,
    /// Somebody active whose account and membership of the org have no end set.
    pub any_lasting: bool,
}

/// Grants something in an org, or globally: false when it is granted already.
pub async fn insert(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    org_id: Option<OrgId>,
    grant: &Grant,
    now: Timestamp,
) -> Result<bool, Error> {
    if exists(connection, user_id, org_id, grant).await? {
        return Ok(false);
    }
    let row = ActiveModel {
        user_id: Set(user_id),
        org_id: Set(org_id),
        permission_id: Set(grant.definition.permission_id()),
        role_id: Set(grant.definition.role_id()),
        resource_id: Set(grant.resource_id.clone()),
        created_at: Set(now),
        ..Default::default()
    };
    unique_or(Entity::insert(row).exec_without_returning(connection).await, Error::Collision)?;
    Ok(true)
}

const SAME: &str = "user_id = $1 AND COALESCE(org_id, 0) = $2 AND COALESCE(permission_id, 0) = $3
                    AND COALESCE(role_id, 0) = $4 AND COALESCE(resource_id, '') = $5";

fn same_values(user_id: UserId, org_id: Option<OrgId>, grant: &Grant) -> [sea_orm::Value; 5] {
    [
        user_id.into(),
        org_id.map_or(0, |id| id.0).into(),
        grant.definition.permission_id().map_or(0, |id| id.0).into(),
        grant.definition.role_id().map_or(0, |id| id.0).into(),
        grant.resource_id.clone().unwrap_or_default().into(),
    ]
}

async fn exists(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    org_id: Option<OrgId>,
    grant: &Grant,
) -> Result<bool, Error> {
    let sql = format!("SELECT 1 FROM assignments WHERE {SAME}");
    Ok(one_row(connection, &sql, same_values(user_id, org_id, grant)).await?.is_some())
}

/// Removes a grant: false when there was none.
pub async fn remove(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    org_id: Option<OrgId>,
    grant: &Grant,
) -> Result<bool, Error> {
    let sql = format!("DELETE FROM assignments WHERE {SAME}");
    Ok(execute(connection, &sql, same_values(user_id, org_id, grant)).await? > 0)
}

/// Removes all grants of a user in an org.
pub async fn remove_all_of_member(
    connection: &impl ConnectionTrait,
    org_id: OrgId,
    user_id: UserId,
) -> Result<(), Error> {
    let held = Entity::delete_many().filter(Column::OrgId.eq(org_id)).filter(Column::UserId.eq(user_id));
    held.exec(connection).await?;
    Ok(())
}

/// What a member of an org was granted there.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct InOrg {
    pub id: AssignmentId,
    pub user_id: UserId,
    #[sea_orm(nested)]
    pub granted: Granted,
}

/// What the members between two memberships (both included) were granted in an org.
pub async fn in_org(
    connection: &impl ConnectionTrait,
    org_id: OrgId,
    from: MembershipId,
    to: MembershipId,
) -> Result<Vec<InOrg>, Error> {
    let sql = format!(
        "SELECT x.id, x.user_id, {GRANTED}
         FROM assignments x
         JOIN orgs o ON o.id = x.org_id
         JOIN members m ON m.place_id = o.place_id AND m.user_id = x.user_id
         {DEFINITIONS}
         WHERE x.org_id = $1 AND m.id BETWEEN $2 AND $3 ORDER BY x.id"
    );
    all(connection, &sql, [org_id.into(), from.into(), to.into()]).await
}

/// A global grant.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Global {
    pub id: AssignmentId,
    #[sea_orm(nested)]
    pub granted: Granted,
}

async fn globals(
    connection: &impl ConnectionTrait,
    condition: &str,
    values: impl IntoIterator<Item = sea_orm::Value>,
) -> Result<Vec<Global>, Error> {
    let sql = format!(
        "SELECT x.id, {GRANTED} FROM assignments x {DEFINITIONS}
         WHERE x.user_id = $1 AND x.org_id IS NULL AND {condition}"
    );
    all(connection, &sql, values).await
}

/// A page of a user's global grants, after an assignment's id.
pub async fn global(connection: &impl ConnectionTrait, user_id: UserId, after: i64) -> Result<Page<Global>, Error> {
    let condition = format!("x.id > $2 ORDER BY x.id LIMIT {PAGE_AND_ONE}");
    let rows = globals(connection, &condition, [user_id.into(), after.into()]).await?;
    Ok(Page::cut(rows, |held: &Global| held.id.0))
}

/// [`global`] without the system's role and permissions, not narrowed: what makes a superuser.
pub async fn global_but_system(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    after: i64,
) -> Result<Page<Global>, Error> {
    let condition = format!(
        "x.id > $2 AND NOT (x.resource_id IS NULL AND COALESCE(r.is_system, p.is_system))
         ORDER BY x.id LIMIT {PAGE_AND_ONE}"
    );
    let rows = globals(connection, &condition, [user_id.into(), after.into()]).await?;
    Ok(Page::cut(rows, |held: &Global| held.id.0))
}

/// One global grant of a user.
pub async fn one_global(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    id: AssignmentId,
) -> Result<Option<Global>, Error> {
    Ok(globals(connection, "x.id = $2", [user_id.into(), id.into()]).await?.pop())
}

/// Removes the system's role and permissions, not narrowed, that a user has globally: false when there were none.
pub async fn remove_global_system(connection: &impl ConnectionTrait, user_id: UserId) -> Result<bool, Error> {
    let sql = "DELETE FROM assignments WHERE user_id = $1 AND org_id IS NULL AND resource_id IS NULL
               AND (permission_id IN (SELECT id FROM permissions WHERE is_system)
                    OR role_id IN (SELECT id FROM roles WHERE is_system))";
    Ok(execute(connection, sql, [user_id.into()]).await? > 0)
}

/// What a user was granted in one of several orgs.
#[derive(Clone, Debug, FromQueryResult)]
pub struct InOrgs {
    pub place_id: PlaceId,
    #[sea_orm(nested)]
    pub held: InOrg,
}

/// What a user was granted in the orgs between two places (both included).
pub async fn in_orgs(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    from: PlaceId,
    to: PlaceId,
) -> Result<Vec<InOrgs>, Error> {
    let sql = format!(
        "SELECT o.place_id, x.id, x.user_id, {GRANTED} FROM assignments x JOIN orgs o ON o.id = x.org_id {DEFINITIONS}
         WHERE x.user_id = $1 AND o.place_id BETWEEN $2 AND $3 ORDER BY x.id"
    );
    all(connection, &sql, [user_id.into(), from.into(), to.into()]).await
}

//! Permissions and roles: what is defined in an org or globally. Two tables of one shape.

use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{MOST_COUNTED, all, execute, is_in_org, like_literal, one_row, statement};
use crate::clock::Timestamp;
use crate::error::{AccessError, Error, unique_or};
use crate::ids::{DefinitionId, DefinitionKind, OrgId};

/// A permission or role, with its scope as programs know it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Definition {
    #[sea_orm(nested)]
    pub id: DefinitionId,
    pub uid: String,
    /// `None`: global.
    pub org_id: Option<OrgId>,
    pub org_uid: Option<String>,
    pub name: String,
    pub description: Option<String>,
    pub is_system: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// The columns of a [`Definition`], from `d` and its org `o`.
fn columns(kind: DefinitionKind) -> String {
    let (permission_id, role_id) = match kind {
        DefinitionKind::Permission => ("d.id", "CAST(NULL AS BIGINT)"),
        DefinitionKind::Role => ("CAST(NULL AS BIGINT)", "d.id"),
    };
    format!(
        "{permission_id} AS permission_id, {role_id} AS role_id, d.uid, d.org_id, o.uid AS org_uid, d.name,
         d.description, d.is_system, d.created_at, d.updated_at"
    )
}

/// `FROM` of a [`Definition`].
fn tables(kind: DefinitionKind) -> String {
    format!("FROM {} d LEFT JOIN orgs o ON o.id = d.org_id", kind.plural())
}

async fn such(
    connection: &impl ConnectionTrait,
    kind: DefinitionKind,
    condition: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Definition>, Error> {
    all(connection, &format!("SELECT {} {} WHERE {condition}", columns(kind), tables(kind)), values).await
}

/// A new permission or role.
#[derive(Clone, Debug)]
pub struct New<'a> {
    pub kind: DefinitionKind,
    pub uid: &'a str,
    pub org_id: Option<OrgId>,
    pub name: &'a str,
    pub description: Option<&'a str>,
    pub now: Timestamp,
}

/// Adds a permission, or a role without permissions.
///
/// # Errors
/// [`AccessError::NameTaken`].
pub async fn insert(connection: &impl ConnectionTrait, new: New<'_>) -> Result<DefinitionId, Error> {
    let New { kind, uid, org_id, name, description, now } = new;
    let sql = format!(
        "INSERT INTO {} (uid, org_id, name, description, is_system, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id",
        kind.plural()
    );
    let values = [uid.into(), org_id.into(), name.into(), description.into(), false.into(), now.into()];
    let inserted = connection.query_one_raw(statement(connection, &sql, values)).await;
    let row = unique_or(inserted, AccessError::NameTaken(kind, name.to_owned()))?;
    let row = row.ok_or_else(|| Error::internal("an inserted row has no id"))?;
    Ok(kind.id(row.try_get("", "id")?))
}

/// The permission or role of a uid.
pub async fn by_uid(
    connection: &impl ConnectionTrait,
    kind: DefinitionKind,
    uid: &str,
) -> Result<Option<Definition>, Error> {
    Ok(such(connection, kind, "d.uid = $1", [uid.into()]).await?.pop())
}

/// The permissions or roles of these uids, in no order.
pub async fn by_uids(
    connection: &impl ConnectionTrait,
    kind: DefinitionKind,
    uids: &[String],
) -> Result<Vec<Definition>, Error> {
    if uids.is_empty() {
        return Ok(Vec::new());
    }
    let gaps: Vec<String> = (1..=uids.len()).map(|number| format!("${number}")).collect();
    let values = uids.iter().map(|uid| uid.as_str().into());
    such(connection, kind, &format!("d.uid IN ({})", gaps.join(", ")), values).await
}

/// The permissions and roles of these ids, in no order.
pub async fn by_ids(connection: &impl ConnectionTrait, ids: &[DefinitionId]) -> Result<Vec<Definition>, Error> {
    let mut found = Vec::with_capacity(ids.len());
    for kind in DefinitionKind::ALL {
        // Ids are numbers of ours: they stand in the text as they are.
        let of_kind = ids.iter().filter(|id| id.kind() == kind).map(|id| id.number().to_string());
        let numbers: Vec<String> = of_kind.collect();
        if !numbers.is_empty() {
            found.extend(such(connection, kind, &format!("d.id IN ({})", numbers.join(", ")), []).await?);
        }
    }
    Ok(found)
}

/// The permissions that a role of an org may hold: the org's own and the global ones, in the order of their names. A
/// global role (`None`) holds global ones.
pub async fn usable_by_role(
    connection: &impl ConnectionTrait,
    org_id: Option<OrgId>,
    limit: i64,
) -> Result<Vec<Definition>, Error> {
    let condition = format!("(d.org_id IS NULL OR d.org_id = $1) ORDER BY d.is_system, d.name LIMIT {limit}");
    such(connection, DefinitionKind::Permission, &condition, [org_id.into()]).await
}

/// The permissions or roles of one org, or (`None`) the global ones, in the order of the uids.
pub async fn defined_in(
    connection: &impl ConnectionTrait,
    kind: DefinitionKind,
    org_id: Option<OrgId>,
    limit: i64,
) -> Result<Vec<Definition>, Error> {
    let condition = format!("{} ORDER BY d.uid LIMIT {limit}", is_of_scope(org_id));
    such(connection, kind, &condition, []).await
}

/// Ids are numbers of ours: they stand in the text as they are.
fn is_of_scope(org_id: Option<OrgId>) -> String {
    org_id.map_or_else(|| "d.org_id IS NULL".to_owned(), |id| format!("d.org_id = {id}"))
}

/// The system role.
pub async fn system_role(connection: &impl ConnectionTrait) -> Result<Definition, Error> {
    let role = such(connection, DefinitionKind::Role, "d.is_system", []).await?.pop();
    role.ok_or_else(|| Error::internal("the system role is missing"))
}

/// Whether another of the scope, or of the system, has that name.
pub async fn name_taken(
    connection: &impl ConnectionTrait,
    kind: DefinitionKind,
    org_id: Option<OrgId>,
    name: &str,
    but: Option<DefinitionId>,
) -> Result<bool, Error> {
    let sql = format!(
        "SELECT 1 FROM {} WHERE name = $1 AND id <> $2 AND (is_system OR COALESCE(org_id, 0) = $3)",
        kind.plural()
    );
    let (but, org_id) = (but.map_or(0, DefinitionId::number), org_id.map_or(0, |id| id.0));
    Ok(one_row(connection, &sql, [name.into(), but.into(), org_id.into()]).await?.is_some())
}

/// Changes name and description.
///
/// # Errors
/// [`AccessError::NameTaken`].
pub async fn change(
    connection: &impl ConnectionTrait,
    id: DefinitionId,
    name: &str,
    description: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let kind = id.kind();
    let sql = format!("UPDATE {} SET name = $1, description = $2, updated_at = $3 WHERE id = $4", kind.plural());
    let values = [name.into(), description.into(), now.into(), id.number().into()];
    let changed = connection.execute_raw(statement(connection, &sql, values)).await;
    unique_or(changed, AccessError::NameTaken(kind, name.to_owned()))?;
    Ok(())
}

/// Removes a permission or role from everywhere.
pub async fn delete(connection: &impl ConnectionTrait, id: DefinitionId) -> Result<bool, Error> {
    let sql = format!("DELETE FROM {} WHERE id = $1", id.kind().plural());
    Ok(execute(connection, &sql, [id.number().into()]).await? > 0)
}

/// Which permissions or roles a list holds.
#[derive(Clone, Debug)]
pub enum Scopes {
    /// Everything.
    All,
    /// Those of these orgs.
    Orgs(Vec<OrgId>),
}

impl Scopes {
    /// A condition on `column`. Ids are numbers of ours: they stand in the text as they are.
    pub(super) fn condition(&self, column: &str) -> String {
        match self {
            Self::All => "1 = 1".to_owned(),
            Self::Orgs(ids) if ids.is_empty() => "1 = 0".to_owned(),
            Self::Orgs(ids) => {
                let ids: Vec<String> = ids.iter().map(OrgId::to_string).collect();
                format!("{column} IN ({})", ids.join(", "))
            }
        }
    }
}

/// A permission or role in a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    #[sea_orm(nested)]
    pub definition: Definition,
    /// How many users have it. Those whose membership has ended are not counted.
    pub users_count: i64,
    /// How many roles hold the permission.
    pub roles_count: Option<i64>,
}

/// Which part of a list is wanted, in the order of the uids.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// What names begin with; empty: all.
    pub prefix: String,
    /// The uid after which the part begins; empty: from the start.
    pub after: String,
    pub limit: i64,
}

/// Permissions or roles of these scopes. All users are counted.
pub async fn list(
    connection: &impl ConnectionTrait,
    kind: DefinitionKind,
    scopes: &Scopes,
    part: &Part,
    now: Timestamp,
) -> Result<Vec<Listed>, Error> {
    // In an org, only members have anything: counted in an index, without the few whose membership ended.
    let (name, ended) = (kind.name(), "m.expires_at IS NOT NULL AND m.expires_at <= $2");
    let count = format!(
        "SELECT CASE WHEN d.org_id IS NULL THEN (SELECT COUNT(DISTINCT a.user_id) {})
                ELSE (SELECT COUNT(DISTINCT a.user_id) FROM assignments a WHERE a.{name}_id = d.id AND a.org_id = d.org_id)
                   - (SELECT COUNT(*) FROM members m WHERE m.place_id = o.place_id AND {ended}
                      AND EXISTS (SELECT 1 FROM assignments a WHERE a.{name}_id = d.id AND a.org_id = d.org_id
                                                                AND a.user_id = m.user_id)) END",
        holders(kind)
    );
    listed(connection, kind, &scopes.condition("d.org_id"), &count, part, now).await
}

/// Permissions or roles of one org, or (`None`) global ones. Users are counted up to [`MOST_COUNTED`]; one more means that
/// there are more.
pub async fn of_scope(
    connection: &impl ConnectionTrait,
    kind: DefinitionKind,
    org_id: Option<OrgId>,
    part: &Part,
    now: Timestamp,
) -> Result<Vec<Listed>, Error> {
    let more = MOST_COUNTED + 1;
    // Counts assignments: several of one user stop it a little early.
    let count = format!(
        "SELECT CASE WHEN COUNT(*) = {more} THEN {more} ELSE COUNT(DISTINCT few.user_id) END
         FROM (SELECT a.user_id {} LIMIT {more}) few",
        holders(kind)
    );
    listed(connection, kind, &is_of_scope(org_id), &count, part, now).await
}

/// Who holds `d`, at the time `$2`.
fn holders(kind: DefinitionKind) -> String {
    let (name, is_in_org) = (kind.name(), is_in_org("a.org_id", "a.user_id", "$2"));
    format!("FROM assignments a WHERE a.{name}_id = d.id AND (a.org_id IS NULL OR {is_in_org})")
}

async fn listed(
    connection: &impl ConnectionTrait,
    kind: DefinitionKind,
    condition: &str,
    users_count: &str,
    part: &Part,
    now: Timestamp,
) -> Result<Vec<Listed>, Error> {
    let roles_count = match kind {
        DefinitionKind::Permission => "(SELECT COUNT(*) FROM role_permissions r WHERE r.permission_id = d.id)",
        DefinitionKind::Role => "CAST(NULL AS BIGINT)",
    };
    let mut values: Vec<Value> = vec![part.after.as_str().into(), now.into()];
    let mut prefixed = "";
    if !part.prefix.is_empty() {
        prefixed = " AND d.name LIKE $3 ESCAPE '!'";
        values.push(format!("{}%", like_literal(&part.prefix.to_lowercase())).into());
    }
    let sql = format!(
        "SELECT {columns}, ({users_count}) AS users_count, {roles_count} AS roles_count
         {tables}
         WHERE {condition} AND d.uid > $1{prefixed} ORDER BY d.uid LIMIT {limit}",
        columns = columns(kind),
        tables = tables(kind),
        limit = part.limit,
    );
    all(connection, &sql, values).await
}

//! The lists of roles and permissions.

use rocket::{Route, State, get, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::PartLinks;
use super::super::orgs::views::May as MayInOrg;
use super::super::orgs::{head, path_of};
use super::super::places::PlaceHead;
use super::super::users::views::May;
use super::super::{Page, PageResult, SignedIn, View};
use crate::domain::access::definitions::of_scope;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::orgs;
use crate::error::Error;
use crate::ids::{DefinitionKind, OrgId};
use crate::store::definitions::{Listed, Part};
use crate::store::role_permissions::Holding;
use crate::store::{HALF_A_PAGE, PAGE};
use crate::usher::Usher;
use crate::web::path_id::{PlaceKey, Uid};

#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct RoleRow {
    uid: String,
    name: String,
    description: Option<String>,
    is_system: bool,
    /// The number of assignments.
    users: i64,
    /// Its permissions, by name.
    permissions: Vec<String>,
}

impl RoleRow {
    fn of((listed, held): &(Listed, Vec<Holding>)) -> Self {
        let role = &listed.definition;
        Self {
            uid: role.uid.clone(),
            name: role.name.clone(),
            description: role.description.clone(),
            is_system: role.is_system,
            users: listed.users_count,
            permissions: held.iter().map(|held| held.permission_name.clone()).collect(),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct PermissionRow {
    uid: String,
    name: String,
    description: Option<String>,
    /// The number of assignments.
    users: i64,
    /// The number of roles that contain it.
    roles: Option<i64>,
}

impl PermissionRow {
    fn of((listed, _): &(Listed, Vec<Holding>)) -> Self {
        let permission = &listed.definition;
        Self {
            uid: permission.uid.clone(),
            name: permission.name.clone(),
            description: permission.description.clone(),
            users: listed.users_count,
            roles: listed.roles_count,
        }
    }
}

/// The roles and permissions of an org that the visitor may see.
#[derive(Serialize)]
pub(in crate::web::html) struct OrgRolesView {
    #[serde(flatten)]
    head: PlaceHead,
    may: MayInOrg,
    roles: Vec<RoleRow>,
    roles_pages: PartLinks,
    permissions: Vec<PermissionRow>,
    permissions_pages: PartLinks,
}

impl View for OrgRolesView {
    const TEMPLATE: &'static str = "orgs/roles";
}

/// The roles of the installation.
#[derive(Serialize)]
pub(in crate::web::html) struct RolesView {
    roles: Vec<RoleRow>,
    may: May,
    #[serde(flatten)]
    links: PartLinks,
}

impl View for RolesView {
    const TEMPLATE: &'static str = "users/roles";
}

/// One page of a list.
struct List<T> {
    rows: Vec<T>,
    links: PartLinks,
}

impl<T> List<T> {
    /// If the visitor may not see the list.
    fn none() -> Self {
        Self { rows: Vec::new(), links: PartLinks::default() }
    }
}

/// A list and its page.
struct Wanted<'a> {
    kind: DefinitionKind,
    org_id: Option<OrgId>,
    path: &'a str,
    /// The query field with the uid before the page.
    field: &'a str,
    after: Option<Uid<'a>>,
    most: usize,
}

/// One page of the permissions or roles of a scope.
async fn part<T>(
    usher: &Usher,
    rights: &Rights,
    wanted: Wanted<'_>,
    row: impl Fn(&(Listed, Vec<Holding>)) -> T,
) -> Result<List<T>, Error> {
    let Wanted { kind, org_id, path, field, after, most } = wanted;
    // One extra row tells whether there is a next page.
    let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
    let part = Part { prefix: String::new(), after: after.map_or("", |uid| uid.0).to_owned(), limit };
    let mut listed = of_scope(usher, rights, kind, org_id, &part).await?;
    let has_more = listed.len() > most;
    listed.truncate(most);
    let last = listed.last().filter(|_| has_more).map(|(listed, _)| listed.definition.uid.clone());
    let links = PartLinks::new(path, field, last, after.is_none());
    Ok(List { rows: listed.iter().map(row).collect(), links })
}

#[get("/orgs/<slug>/roles?<roles_after>&<permissions_after>")]
async fn of_org(
    usher: &State<Usher>,
    user: SignedIn,
    slug: PlaceKey<'_>,
    roles_after: Option<Uid<'_>>,
    permissions_after: Option<Uid<'_>>,
) -> PageResult {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
    let path = format!("{}/roles", path_of(&seen));
    let sees = |right| seen.rights.hold(right, Some(seen.org.id));
    let (sees_roles, sees_permissions) = (sees(SystemPermission::RoleRead), sees(SystemPermission::PermissionRead));
    if !sees_roles && !sees_permissions {
        return Err(Error::Forbidden.into());
    }
    let wanted =
        |kind, field, after| Wanted { kind, org_id: Some(seen.org.id), path: &path, field, after, most: HALF_A_PAGE };
    let roles = wanted(DefinitionKind::Role, "roles_after", roles_after);
    let roles = if sees_roles { part(usher, &seen.rights, roles, RoleRow::of).await? } else { List::none() };
    let permissions = wanted(DefinitionKind::Permission, "permissions_after", permissions_after);
    let permissions =
        if sees_permissions { part(usher, &seen.rights, permissions, PermissionRow::of).await? } else { List::none() };
    let view = OrgRolesView {
        head: head(&seen),
        may: MayInOrg::of(&seen),
        roles: roles.rows,
        roles_pages: roles.links,
        permissions: permissions.rows,
        permissions_pages: permissions.links,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/roles?<after>")]
async fn of_installation(usher: &State<Usher>, user: SignedIn, after: Option<Uid<'_>>) -> PageResult {
    let kind = DefinitionKind::Role;
    let wanted = Wanted { kind, org_id: None, path: "/roles", field: "after", after, most: PAGE };
    let rights = rights::of(usher, &user.actor, None).await?;
    let List { rows, links } = part(usher, &rights, wanted, RoleRow::of).await?;
    Ok(Page::new(&user.visitor, &RolesView { roles: rows, may: May::of(&rights), links }))
}

#[cfg(test)]
impl Sample for RoleRow {
    fn samples() -> Vec<Self> {
        let role = |is_system, description: Option<&str>| Self {
            uid: "0198c2f1".to_owned(),
            name: "editor".to_owned(),
            description: description.map(str::to_owned),
            is_system,
            users: 3,
            permissions: vec!["berth.open".to_owned()],
        };
        vec![role(false, Some("Changes what is there")), role(true, None)]
    }
}

#[cfg(test)]
impl Sample for PermissionRow {
    fn samples() -> Vec<Self> {
        let permission = |users, description: Option<&str>| Self {
            uid: "0198c2f1".to_owned(),
            name: "berth.open".to_owned(),
            description: description.map(str::to_owned),
            users,
            roles: Some(2),
        };
        vec![permission(3, Some("Open a berth")), permission(0, None)]
    }
}

#[cfg(test)]
impl Sample for OrgRolesView {
    fn samples() -> Vec<Self> {
        let view = |may, roles, permissions, links: PartLinks| Self {
            head: PlaceHead::sample(),
            may,
            roles,
            roles_pages: links.clone(),
            permissions,
            permissions_pages: links,
        };
        vec![
            view(MayInOrg::sample(), RoleRow::samples(), PermissionRow::samples(), PartLinks::sample()),
            view(MayInOrg::sample(), Vec::new(), Vec::new(), PartLinks::sample()),
            view(MayInOrg::sample(), Vec::new(), Vec::new(), PartLinks::default()),
            view(MayInOrg::samples().remove(1), Vec::new(), Vec::new(), PartLinks::default()),
        ]
    }
}

#[cfg(test)]
impl Sample for RolesView {
    fn samples() -> Vec<Self> {
        vec![
            Self { roles: RoleRow::samples(), may: May::sample(), links: PartLinks::sample() },
            Self { roles: Vec::new(), may: May::samples().remove(1), links: PartLinks::default() },
        ]
    }
}

pub fn routes() -> Vec<Route> {
    routes![of_org, of_installation]
}

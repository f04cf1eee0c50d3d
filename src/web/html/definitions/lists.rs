use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::super::lists::part_links;
use super::super::orgs::{org_page, path_of};
use super::super::users::may;
use super::super::{Page, Shown, SignedIn};
use crate::domain::access::definitions::of_scope;
use crate::domain::access::rights::{Rights, SystemPermission};
use crate::domain::orgs;
use crate::error::Error;
use crate::ids::{DefinitionKind, OrgId};
use crate::store::definitions::{Listed, Part};
use crate::store::role_permissions::Holding;
use crate::store::{HALF_A_PAGE, PAGE};
use crate::usher::Usher;

/// A part of a list.
struct List {
    rows: Vec<Value>,
    older: Option<String>,
    newest: Option<String>,
}

/// Which list, and which part of it.
struct Wanted<'a> {
    kind: DefinitionKind,
    org_id: Option<OrgId>,
    path: &'a str,
    /// The field of the path with the uid after which the part begins.
    field: &'a str,
    after: Option<&'a str>,
    most: usize,
}

/// A part of the permissions or roles of a scope; and the visitor's rights.
async fn part(usher: &Usher, user: &SignedIn, wanted: Wanted<'_>) -> Result<(List, Rights), Error> {
    let Wanted { kind, org_id, path, field, after, most } = wanted;
    // One more tells whether there is a next part.
    let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
    let part = Part { prefix: String::new(), after: after.unwrap_or_default().to_owned(), limit };
    let (mut listed, rights) = of_scope(usher, &user.actor, kind, org_id, &part).await?;
    let has_more = listed.len() > most;
    listed.truncate(most);
    let last = listed.last().filter(|_| has_more).map(|(listed, _)| listed.definition.uid.clone());
    let (older, newest) = part_links(path, field, last, after.is_none());
    Ok((List { rows: listed.iter().map(row).collect(), older, newest }, rights))
}

fn row((listed, held): &(Listed, Vec<Holding>)) -> Value {
    let found = &listed.definition;
    json!({
        "uid": found.uid,
        "name": found.name,
        "description": found.description,
        "is_system": found.is_system,
        "users": listed.users_count,
        "roles": listed.roles_count,
        "permissions": held.iter().map(|held| &held.permission_name).collect::<Vec<_>>(),
    })
}

#[get("/orgs/<slug>/roles?<roles_after>&<permissions_after>")]
async fn of_org(
    usher: &State<Usher>,
    user: SignedIn,
    slug: &str,
    roles_after: Option<&str>,
    permissions_after: Option<&str>,
) -> Shown {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let path = format!("{}/roles", path_of(&seen));
    let lists = [
        (DefinitionKind::Role, SystemPermission::RoleRead, "roles_after", roles_after),
        (DefinitionKind::Permission, SystemPermission::PermissionRead, "permissions_after", permissions_after),
    ];
    if !lists.iter().any(|(_, right, ..)| seen.rights.hold(*right, Some(seen.org.id))) {
        return Err(Error::Forbidden.into());
    }
    let mut shown = json!({});
    for (kind, right, field, after) in lists {
        if !seen.rights.hold(right, Some(seen.org.id)) {
            continue;
        }
        let wanted = Wanted { kind, org_id: Some(seen.org.id), path: &path, field, after, most: HALF_A_PAGE };
        let (List { rows, older, newest }, _) = part(usher, &user, wanted).await?;
        let plural = kind.plural();
        shown[plural] = json!(rows);
        shown[format!("{plural}_older")] = json!(older);
        shown[format!("{plural}_newest")] = json!(newest);
    }
    Ok(org_page("orgs/roles", &user, &seen, shown))
}

#[get("/roles?<after>")]
async fn of_installation(usher: &State<Usher>, user: SignedIn, after: Option<&str>) -> Shown {
    let kind = DefinitionKind::Role;
    let wanted = Wanted { kind, org_id: None, path: "/roles", field: "after", after, most: PAGE };
    let (List { rows, older, newest }, rights) = part(usher, &user, wanted).await?;
    let shown = json!({ "roles": rows, "may": may(&rights), "older": older, "newest": newest });
    Ok(Page::new("users/roles", &user.visitor, shown))
}

pub fn routes() -> Vec<Route> {
    routes![of_org, of_installation]
}

//! Roles of an org, and its permissions beside them: who has them, what they hold; make, change, delete.

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::super::lists::part_links;
use super::super::role_form::{self, Given, ticked};
use super::super::{Done, Failure, FormState, Go, Notice, Shown, SignedIn, Submitted};
use super::{need, org_page, path_of};
use crate::domain::access::permissions::{self, Part};
use crate::domain::access::rights::SystemPermission;
use crate::domain::access::roles::usable::usable;
use crate::domain::access::roles::{self, Change, New, Role};
use crate::domain::orgs::{self, Seen};
use crate::error::{Error, Thing};
use crate::store::HALF_A_PAGE;
use crate::store::roles::{Holding, Listed};
use crate::usher::Usher;

/// `most` rows of a list after a uid, and one more, which tells whether there is a next part.
pub(in crate::web::html) fn part(after: Option<&str>, most: usize) -> Part {
    let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
    Part { prefix: String::new(), after: after.unwrap_or_default().to_owned(), limit }
}

/// Cuts the one more off; the uid after which the next part begins.
pub(in crate::web::html) fn cut<T>(rows: &mut Vec<T>, most: usize, uid: impl Fn(&T) -> &str) -> Option<String> {
    let next = if rows.len() > most { rows.get(most - 1).map(|row| uid(row).to_owned()) } else { None };
    rows.truncate(most);
    next
}

/// A role in a list.
pub(in crate::web::html) fn row((role, held): &(Listed, Vec<Holding>)) -> Value {
    json!({
        "uid": role.uid,
        "name": role.name,
        "description": role.description,
        "is_system": role.is_system,
        "users": role.users_count,
        "permissions": held.iter().map(|held| &held.permission_name).collect::<Vec<_>>(),
    })
}

#[get("/orgs/<slug>/roles?<roles_after>&<permissions_after>")]
async fn list(
    usher: &State<Usher>,
    user: SignedIn,
    slug: &str,
    roles_after: Option<&str>,
    permissions_after: Option<&str>,
) -> Shown {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let path = format!("{}/roles", path_of(&seen));
    let sees_permissions = seen.rights.hold(SystemPermission::PermissionRead, Some(seen.org.id));
    let mut shown = json!({});
    if seen.rights.hold(SystemPermission::RoleRead, Some(seen.org.id)) {
        let Part { after, limit, .. } = part(roles_after, HALF_A_PAGE);
        let (mut rows, _) = roles::of_scope(usher, &user.actor, Some(seen.org.id), &after, limit).await?;
        let next = cut(&mut rows, HALF_A_PAGE, |(role, _)| &role.uid);
        let (older, newest) = part_links(&path, "roles_after", next, roles_after.is_none());
        shown["roles"] = rows.iter().map(row).collect();
        shown["roles_older"] = json!(older);
        shown["roles_newest"] = json!(newest);
    } else if !sees_permissions {
        return Err(Error::Forbidden.into());
    }
    if sees_permissions {
        let mut rows =
            permissions::of_org(usher, &user.actor, seen.org.id, &part(permissions_after, HALF_A_PAGE)).await?;
        let next = cut(&mut rows, HALF_A_PAGE, |permission| &permission.uid);
        let (older, newest) = part_links(&path, "permissions_after", next, permissions_after.is_none());
        let row = |permission: &crate::store::permissions::Listed| {
            json!({
                "uid": permission.uid,
                "name": permission.name,
                "description": permission.description,
                "users": permission.users_count,
                "roles": permission.roles_count,
            })
        };
        shown["permissions"] = rows.iter().map(row).collect();
        shown["permissions_older"] = json!(older);
        shown["permissions_newest"] = json!(newest);
    }
    Ok(org_page("orgs/roles", &user, &seen, shown))
}

/// The form of a role: of a new one, or of one that is there.
async fn form_page(
    usher: &Usher,
    user: &SignedIn,
    seen: &Seen,
    role: Option<&Role>,
    ticked: &[String],
    form: FormState,
) -> Shown {
    let usable = usable(usher, &user.actor, Some(seen.org.id), role).await?;
    let role = role.map(|found| json!({ "uid": found.role.uid, "name": found.role.name }));
    let shown = json!({ "role": role, "choices": role_form::shown(&usable, ticked, user.visitor.language()) });
    Ok(org_page("orgs/role", user, seen, shown).with_form(form))
}

#[get("/orgs/<slug>/roles/new")]
async fn new_page(usher: &State<Usher>, user: SignedIn, slug: &str) -> Shown {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    form_page(usher, &user, &seen, None, &[], FormState::empty()).await
}

#[post("/orgs/<slug>/roles/new", data = "<form>")]
async fn create(usher: &State<Usher>, user: SignedIn, slug: &str, form: Submitted) -> Done {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let outcome = async {
        need(&seen, SystemPermission::RoleWrite)?;
        let Given { name, description, permissions } = Given::of(&form)?;
        let new = New { name, description, permissions, scope: Some(seen.org.uid.clone()) };
        roles::create(usher, &user.actor, new).await
    };
    match outcome.await {
        Ok(_) => Ok(Ok(Go::to(format!("{}/roles", path_of(&seen))).saying(Notice::Created))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(form_page(usher, &user, &seen, None, &ticked(&form), state).await?))
        }
    }
}

/// A role of this org that the visitor may change.
async fn writable(usher: &Usher, user: &SignedIn, slug: &str, uid: &str) -> Result<(Seen, Role), Failure> {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    need(&seen, SystemPermission::RoleWrite)?;
    let role = roles::info(usher, &user.actor, uid).await?;
    if role.role.org_id != Some(seen.org.id) {
        return Err(Error::NotFound(Thing::Role).into());
    }
    Ok((seen, role))
}

#[get("/orgs/<slug>/roles/<uid>", rank = 1)]
async fn show(usher: &State<Usher>, user: SignedIn, slug: &str, uid: &str) -> Shown {
    let (seen, role) = writable(usher, &user, slug, uid).await?;
    let held: Vec<String> = role.permissions.iter().map(|held| held.permission_uid.clone()).collect();
    let form = FormState::of([
        ("name", role.role.name.as_str()),
        ("description", role.role.description.as_deref().unwrap_or_default()),
    ]);
    form_page(usher, &user, &seen, Some(&role), &held, form).await
}

#[post("/orgs/<slug>/roles/<uid>", data = "<form>", rank = 1)]
async fn change(usher: &State<Usher>, user: SignedIn, slug: &str, uid: &str, form: Submitted) -> Done {
    let (seen, role) = writable(usher, &user, slug, uid).await?;
    let outcome = async {
        let kept = usable(usher, &user.actor, Some(seen.org.id), Some(&role)).await?.fixed;
        let Given { name, description, permissions } = Given::besides(&form, &kept)?;
        let change = Change {
            name: Some(name),
            description: Some(description.unwrap_or_default()),
            permissions: Some(permissions),
        };
        roles::edit(usher, &user.actor, uid, change).await
    };
    match outcome.await {
        Ok(_) => Ok(Ok(Go::to(format!("{}/roles", path_of(&seen))).saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(form_page(usher, &user, &seen, Some(&role), &ticked(&form), state).await?))
        }
    }
}

#[get("/orgs/<slug>/roles/<uid>/delete")]
async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, slug: &str, uid: &str) -> Shown {
    let (seen, role) = writable(usher, &user, slug, uid).await?;
    let shown = json!({ "what": "role", "thing": { "uid": uid, "name": role.role.name } });
    Ok(org_page("orgs/delete_right", &user, &seen, shown))
}

#[post("/orgs/<slug>/roles/<uid>/delete", data = "<_form>")]
async fn delete(usher: &State<Usher>, user: SignedIn, slug: &str, uid: &str, _form: Submitted) -> Result<Go, Failure> {
    let (seen, _) = writable(usher, &user, slug, uid).await?;
    roles::delete(usher, &user.actor, uid).await?;
    Ok(Go::to(format!("{}/roles", path_of(&seen))).saying(Notice::Deleted))
}

pub fn routes() -> Vec<Route> {
    routes![list, new_page, create, show, change, ask_to_delete, delete]
}

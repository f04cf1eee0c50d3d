//! Roles of the installation, which belong to no org: list, make, change, delete.

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::super::lists::part_links;
use super::super::orgs::roles::{cut, part, row};
use super::super::role_form::{self, Given, ticked};
use super::super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use super::may;
use crate::domain::access::permissions::Part;
use crate::domain::access::roles::usable::usable;
use crate::domain::access::roles::{self, Change, New, Role};
use crate::error::{Error, Thing};
use crate::store::PAGE;
use crate::usher::Usher;

#[get("/roles?<after>")]
async fn list(usher: &State<Usher>, user: SignedIn, after: Option<&str>) -> Shown {
    let Part { after: from, limit, .. } = part(after, PAGE);
    let (mut rows, rights) = roles::of_scope(usher, &user.actor, None, &from, limit).await?;
    let next = cut(&mut rows, PAGE, |(role, _)| &role.uid);
    let (older, newest) = part_links("/roles", "after", next, after.is_none());
    let shown = json!({
        "roles": rows.iter().map(row).collect::<Vec<Value>>(),
        "may": may(&rights),
        "older": older,
        "newest": newest,
    });
    Ok(Page::new("users/roles", &user.visitor, shown))
}

/// The form of a role: of a new one, or of one that is there.
async fn form_page(usher: &Usher, user: &SignedIn, role: Option<&Role>, ticked: &[String], form: FormState) -> Shown {
    let usable = usable(usher, &user.actor, None, role).await?;
    let role = role.map(|found| json!({ "uid": found.role.uid, "name": found.role.name }));
    let shown = json!({ "role": role, "choices": role_form::shown(&usable, ticked, user.visitor.language()) });
    Ok(Page::new("users/role", &user.visitor, shown).with_form(form))
}

#[get("/roles/new")]
async fn new_page(usher: &State<Usher>, user: SignedIn) -> Shown {
    form_page(usher, &user, None, &[], FormState::empty()).await
}

#[post("/roles/new", data = "<form>")]
async fn create(usher: &State<Usher>, user: SignedIn, form: Submitted) -> Done {
    let outcome = async {
        usable(usher, &user.actor, None, None).await?;
        let Given { name, description, permissions } = Given::of(&form)?;
        roles::create(usher, &user.actor, New { name, description, permissions, scope: None }).await
    };
    match outcome.await {
        Ok(_) => Ok(Ok(Go::to("/roles").saying(Notice::Created))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(form_page(usher, &user, None, &ticked(&form), state).await?))
        }
    }
}

/// A role of no org that the visitor may change.
async fn writable(usher: &Usher, user: &SignedIn, uid: &str) -> Result<Role, Failure> {
    roles::check_writable(usher, &user.actor, uid).await?;
    let role = roles::info(usher, &user.actor, uid).await?;
    if role.role.org_id.is_some() {
        return Err(Error::NotFound(Thing::Role).into());
    }
    if role.role.is_system {
        return Err(Error::SystemObject.into());
    }
    Ok(role)
}

#[get("/roles/<uid>", rank = 1)]
async fn show(usher: &State<Usher>, user: SignedIn, uid: &str) -> Shown {
    let role = writable(usher, &user, uid).await?;
    let held: Vec<String> = role.permissions.iter().map(|held| held.permission_uid.clone()).collect();
    let description = role.role.description.as_deref().unwrap_or_default();
    let form = FormState::of([("name", role.role.name.as_str()), ("description", description)]);
    form_page(usher, &user, Some(&role), &held, form).await
}

#[post("/roles/<uid>", data = "<form>", rank = 1)]
async fn change(usher: &State<Usher>, user: SignedIn, uid: &str, form: Submitted) -> Done {
    let role = writable(usher, &user, uid).await?;
    let outcome = async {
        let kept = usable(usher, &user.actor, None, Some(&role)).await?.fixed;
        let Given { name, description, permissions } = Given::besides(&form, &kept)?;
        let change = Change {
            name: Some(name),
            description: Some(description.unwrap_or_default()),
            permissions: Some(permissions),
        };
        roles::edit(usher, &user.actor, uid, change).await
    };
    match outcome.await {
        Ok(_) => Ok(Ok(Go::to("/roles").saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(form_page(usher, &user, Some(&role), &ticked(&form), state).await?))
        }
    }
}

#[get("/roles/<uid>/delete")]
async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, uid: &str) -> Shown {
    let role = writable(usher, &user, uid).await?;
    let shown = json!({ "role": { "uid": uid, "name": role.role.name } });
    Ok(Page::new("users/delete_role", &user.visitor, shown))
}

#[post("/roles/<uid>/delete", data = "<_form>")]
async fn delete(usher: &State<Usher>, user: SignedIn, uid: &str, _form: Submitted) -> Result<Go, Failure> {
    writable(usher, &user, uid).await?;
    roles::delete(usher, &user.actor, uid).await?;
    Ok(Go::to("/roles").saying(Notice::Deleted))
}

pub fn routes() -> Vec<Route> {
    routes![list, new_page, create, show, change, ask_to_delete, delete]
}

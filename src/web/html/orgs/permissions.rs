//! Permissions of an org: make, change, delete. Their list stands beside the roles.

use rocket::{Route, State, get, post, routes};
use serde_json::json;

use super::super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use super::{need, org_page, path_of};
use crate::domain::access::permissions::{self, Change, New};
use crate::domain::access::rights::SystemPermission;
use crate::domain::orgs::{self, Seen};
use crate::error::{Error, Thing};
use crate::fields::{Description, Fields, PermissionName};
use crate::store::permissions::Found;
use crate::usher::Usher;

fn form_page(user: &SignedIn, seen: &Seen, permission: Option<&Found>, form: FormState) -> Page {
    let permission = permission.map(|found| json!({ "uid": found.uid, "name": found.name }));
    org_page("orgs/permission", user, seen, json!({ "permission": permission })).with_form(form)
}

/// Name and description as they were given.
fn given(form: &Submitted) -> Result<(String, Option<String>), Error> {
    let mut fields = Fields::of(form);
    let name = fields.required::<PermissionName>("name");
    let description = fields.optional::<Description>("description");
    let name = fields.finish(|| name)?;
    Ok((name.into(), description.map(String::from)))
}

#[get("/orgs/<slug>/permissions/new")]
async fn new_page(usher: &State<Usher>, user: SignedIn, slug: &str) -> Shown {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    need(&seen, SystemPermission::PermissionWrite)?;
    Ok(form_page(&user, &seen, None, FormState::empty()))
}

#[post("/orgs/<slug>/permissions/new", data = "<form>")]
async fn create(usher: &State<Usher>, user: SignedIn, slug: &str, form: Submitted) -> Done {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let outcome = async {
        need(&seen, SystemPermission::PermissionWrite)?;
        let (name, description) = given(&form)?;
        let new = New { name, description, scope: Some(seen.org.uid.clone()) };
        permissions::create(usher, &user.actor, new).await
    };
    match outcome.await {
        Ok(_) => Ok(Ok(Go::to(format!("{}/roles", path_of(&seen))).saying(Notice::Created))),
        Err(error) => Ok(Err(form_page(&user, &seen, None, FormState::again(&form, error)?))),
    }
}

/// A permission of this org that the visitor may change.
async fn writable(usher: &Usher, user: &SignedIn, slug: &str, uid: &str) -> Result<(Seen, Found), Failure> {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    need(&seen, SystemPermission::PermissionWrite)?;
    let found = permissions::info(usher, &user.actor, uid).await?;
    if found.org_id != Some(seen.org.id) {
        return Err(Error::NotFound(Thing::Permission).into());
    }
    Ok((seen, found))
}

#[get("/orgs/<slug>/permissions/<uid>", rank = 1)]
async fn show(usher: &State<Usher>, user: SignedIn, slug: &str, uid: &str) -> Shown {
    let (seen, found) = writable(usher, &user, slug, uid).await?;
    let description = found.description.as_deref().unwrap_or_default();
    let form = FormState::of([("name", found.name.as_str()), ("description", description)]);
    Ok(form_page(&user, &seen, Some(&found), form))
}

#[post("/orgs/<slug>/permissions/<uid>", data = "<form>", rank = 1)]
async fn change(usher: &State<Usher>, user: SignedIn, slug: &str, uid: &str, form: Submitted) -> Done {
    let (seen, found) = writable(usher, &user, slug, uid).await?;
    let outcome = async {
        let (name, description) = given(&form)?;
        let change = Change { name: Some(name), description: Some(description.unwrap_or_default()) };
        permissions::update(usher, &user.actor, uid, change).await
    };
    match outcome.await {
        Ok(_) => Ok(Ok(Go::to(format!("{}/roles", path_of(&seen))).saying(Notice::Saved))),
        Err(error) => Ok(Err(form_page(&user, &seen, Some(&found), FormState::again(&form, error)?))),
    }
}

#[get("/orgs/<slug>/permissions/<uid>/delete")]
async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, slug: &str, uid: &str) -> Shown {
    let (seen, found) = writable(usher, &user, slug, uid).await?;
    let shown = json!({ "what": "permission", "thing": { "uid": uid, "name": found.name } });
    Ok(org_page("orgs/delete_right", &user, &seen, shown))
}

#[post("/orgs/<slug>/permissions/<uid>/delete", data = "<_form>")]
async fn delete(usher: &State<Usher>, user: SignedIn, slug: &str, uid: &str, _form: Submitted) -> Result<Go, Failure> {
    let (seen, _) = writable(usher, &user, slug, uid).await?;
    permissions::delete(usher, &user.actor, uid).await?;
    Ok(Go::to(format!("{}/roles", path_of(&seen))).saying(Notice::Deleted))
}

pub fn routes() -> Vec<Route> {
    routes![new_page, create, show, change, ask_to_delete, delete]
}

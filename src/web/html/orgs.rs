//! Orgs: list, make, look, rename, leave, delete.

pub(super) mod invitations;
pub(super) mod members;

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::lists::part_links;
use super::places::{Tab, joined_row, place_page};
use super::times::Time;
use super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::domain::access::rights::SystemPermission;
use crate::domain::offer::{Kind, Place};
use crate::domain::orgs::{self, Seen, members as org_members};
use crate::domain::places;
use crate::error::Error;
use crate::fields::{Fields, OrgName, ResourceId, Slug};
use crate::store::assignments::Granted;
use crate::usher::Usher;
use crate::words::Text;

/// What the visitor may do in an org.
fn may(seen: &Seen) -> Value {
    let hold = |permission| seen.rights.hold(permission, Some(seen.org.id));
    let assign = hold(SystemPermission::RoleAssignmentWrite) || hold(SystemPermission::PermissionAssignmentWrite);
    json!({
        "change": hold(SystemPermission::OrgWrite),
        "leave": seen.is_member,
        "see_members": hold(SystemPermission::UserRead),
        "change_rights": hold(SystemPermission::UserRead) && assign,
        "invite": hold(SystemPermission::UserWrite),
        "see_roles": hold(SystemPermission::RoleRead),
        "write_roles": hold(SystemPermission::RoleWrite),
        "see_permissions": hold(SystemPermission::PermissionRead),
        "write_permissions": hold(SystemPermission::PermissionWrite),
    })
}

/// The pages of an org that the visitor may open.
fn tabs(seen: &Seen) -> Vec<Tab> {
    let place = seen.org.place();
    let hold = |permission| seen.rights.hold(permission, Some(seen.org.id));
    let roles = hold(SystemPermission::RoleRead) || hold(SystemPermission::PermissionRead);
    let mut tabs = vec![Tab::overview(&place)];
    tabs.extend(hold(SystemPermission::UserRead).then(|| Tab::members(&place)));
    tabs.extend(hold(SystemPermission::UserWrite).then(|| Tab::invitations(&place)));
    tabs.extend(roles.then(|| Tab::of(&place, "roles", Text::of("orgs-roles"))));
    tabs.extend(seen.rights.administer(seen.org.id).then(|| Tab::activity(&place)));
    tabs
}

/// [`tabs`] of the org that a place is.
pub(super) async fn tabs_of(usher: &Usher, user: &SignedIn, place: &Place) -> Result<Vec<Tab>, Error> {
    Ok(tabs(&orgs::look(usher, &user.actor, &place.key).await?))
}

/// A page of an org: the frame, and what is special.
pub(super) fn org_page(template: &'static str, user: &SignedIn, seen: &Seen, special: Value) -> Page {
    place_page(template, user, &seen.org.place(), &tabs(seen), special).with("may", may(seen))
}

pub(super) fn path_of(seen: &Seen) -> String {
    format!("/orgs/{}", seen.org.slug)
}

/// A permission or role that somebody has or is offered, as the template `macros/org.html` takes it.
pub(super) fn granted(granted: &Granted) -> Value {
    shown_right(&granted.name, granted.resource_id.as_deref())
}

/// A right that is perhaps narrowed, as the template `macros/org.html` takes it.
pub(super) fn shown_right(name: &str, resource_id: Option<&str>) -> Value {
    json!({ "name": name, "resource": resource_id.map(ResourceId::as_typed) })
}

#[get("/orgs?<after>")]
async fn list(usher: &State<Usher>, user: SignedIn, after: Option<i64>) -> Shown {
    let page = places::mine(usher, &user.actor, Kind::Org, "", after.unwrap_or(0)).await?;
    let (older, newest) = part_links("/orgs", "after", page.next, after.is_none());
    let shown = json!({
        "orgs": page.rows.iter().map(joined_row).collect::<Vec<_>>(),
        "may_make": orgs::may_create(usher, &user.actor).await?,
        "older": older,
        "newest": newest,
    });
    Ok(Page::new("orgs/list", &user.visitor, shown))
}

#[get("/orgs/new")]
async fn new_page(usher: &State<Usher>, user: SignedIn) -> Shown {
    orgs::check_may_create(usher, &user.actor).await?;
    Ok(Page::new("orgs/new", &user.visitor, json!({})).with_form(FormState::empty()))
}

#[post("/orgs/new", data = "<form>")]
async fn create(usher: &State<Usher>, user: SignedIn, form: Submitted) -> Done {
    let outcome = async {
        orgs::check_may_create(usher, &user.actor).await?;
        let mut fields = Fields::of(&form);
        let name = fields.required::<OrgName>("name");
        let slug = fields.required::<Slug>("slug");
        let (name, slug) = fields.finish(|| Some((name?, slug?)))?;
        orgs::create(usher, &user.actor, name, slug).await
    };
    match outcome.await {
        Ok(org) => Ok(Ok(Go::to(format!("/orgs/{}", org.slug)).saying(Notice::Created))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(Page::new("orgs/new", &user.visitor, json!({})).with_form(state)))
        }
    }
}

async fn overview(usher: &Usher, user: &SignedIn, seen: &Seen, form: FormState) -> Shown {
    let (held, permissions) = org_members::mine(usher, &user.actor, &seen.org).await?;
    let roles: Vec<Value> = held
        .iter()
        .filter(|held| held.granted.is_role() && !held.granted.is_administration())
        .map(|held| granted(&held.granted))
        .collect();
    let is_administrator = held.iter().any(|held| held.granted.is_administration());
    // What an administrator may do is said in words.
    let mut rights: Vec<(&str, Option<&str>)> = permissions
        .iter()
        .filter(|permission| !(is_administrator && permission.is_system))
        .map(|permission| (permission.name.as_str(), permission.resource_id.as_deref()))
        .collect();
    rights.sort_unstable();
    rights.dedup();
    let shown = json!({
        "is_administrator": is_administrator,
        "is_member": seen.is_member,
        "roles": roles,
        "permissions": rights.into_iter().map(|(name, resource)| shown_right(name, resource)).collect::<Vec<_>>(),
        "created": Time::new(seen.org.created_at, usher.now()),
    });
    Ok(org_page("orgs/show", user, seen, shown).with_form(form))
}

#[get("/orgs/<slug>")]
async fn show(usher: &State<Usher>, user: SignedIn, slug: &str) -> Shown {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let form = FormState::of([("name", seen.org.name.as_str())]);
    overview(usher, &user, &seen, form).await
}

#[post("/orgs/<slug>", data = "<form>")]
async fn rename(usher: &State<Usher>, user: SignedIn, slug: &str, form: Submitted) -> Done {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let outcome = async {
        let mut fields = Fields::of(&form);
        let name = fields.required::<OrgName>("name");
        let name = fields.finish(|| name)?;
        orgs::rename(usher, &user.actor, &seen.org, name).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to(path_of(&seen)).saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(overview(usher, &user, &seen, state).await?))
        }
    }
}

#[get("/orgs/<slug>/delete")]
async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, slug: &str) -> Shown {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let counts = orgs::counts(usher, &user.actor, &seen.org).await?;
    let shown = json!({ "counts": {
        "members": counts.members,
        "roles": counts.roles,
        "permissions": counts.permissions,
        "invitations": counts.invitations,
    } });
    Ok(org_page("orgs/delete", &user, &seen, shown))
}

#[post("/orgs/<slug>/delete", data = "<_form>")]
async fn delete(usher: &State<Usher>, user: SignedIn, slug: &str, _form: Submitted) -> Result<Go, Failure> {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    orgs::delete(usher, &user.actor, &seen.org.uid).await?;
    Ok(Go::to("/orgs").saying(Notice::Deleted))
}

pub fn routes() -> Vec<Route> {
    let own = routes![list, new_page, create, show, rename, ask_to_delete, delete];
    [own, members::routes(), invitations::routes()].concat()
}

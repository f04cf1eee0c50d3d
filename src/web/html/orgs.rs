//! Orgs: list, create, show, rename, leave, delete.

pub(super) mod invitations;
pub(super) mod members;
pub(super) mod views;

use rocket::{Route, State, get, post, routes};

use super::lists::PartLinks;
use super::narrowed::NarrowedRight;
use super::places::{JoinedRow, PlaceHead, PlaceView, Tab};
use super::times::Time;
use super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted};
use crate::domain::access::rights::SystemPermission;
use crate::domain::offer::Kind;
use crate::domain::orgs::{self, Seen, members as org_members};
use crate::domain::places;
use crate::fields::{Fields, OrgName, Slug};
use crate::store::orgs::Counts;
use crate::usher::Usher;
use crate::web::path_id::PlaceKey;
use crate::words::Text;
use views::{DeleteOrgView, Lost, May, NewOrgView, OrgView, OrgsView};

/// The tabs that the visitor may open.
pub(super) fn tabs(seen: &Seen) -> Vec<Tab> {
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

/// The head of an org's pages.
pub(super) fn head(seen: &Seen) -> PlaceHead {
    PlaceHead::new(&seen.org.place(), tabs(seen))
}

pub(super) fn path_of(seen: &Seen) -> String {
    format!("/orgs/{}", seen.org.slug)
}

#[get("/orgs?<after>")]
async fn list(usher: &State<Usher>, user: SignedIn, after: Option<i64>) -> PageResult {
    let page = places::mine(usher, &user.actor, Kind::Org, "", after.unwrap_or(0)).await?;
    let view = OrgsView {
        orgs: page.rows.iter().map(JoinedRow::of).collect(),
        may_make: orgs::may_create(usher, &user.actor).await?,
        links: PartLinks::new("/orgs", "after", page.next, after.is_none()),
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/orgs/new")]
async fn new_page(usher: &State<Usher>, user: SignedIn) -> PageResult {
    orgs::check_may_create(usher, &user.actor).await?;
    Ok(Page::new(&user.visitor, &NewOrgView { form: FormState::empty() }))
}

#[post("/orgs/new", data = "<form>")]
async fn create(usher: &State<Usher>, user: SignedIn, form: Submitted) -> FormResult {
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
            let form = FormState::again(&form, error)?;
            Ok(Err(Page::new(&user.visitor, &NewOrgView { form })))
        }
    }
}

async fn overview(usher: &Usher, user: &SignedIn, seen: &Seen, form: FormState) -> PageResult {
    let (held, permissions) = org_members::mine(usher, &user.actor, &seen.org).await?;
    let roles = held
        .iter()
        .filter(|held| held.granted.is_role() && !held.granted.is_administration())
        .map(|held| NarrowedRight::from(&held.granted))
        .collect();
    let is_administrator = held.iter().any(|held| held.granted.is_administration());
    // Administrators' rights are described in words.
    let mut rights: Vec<(&str, Option<&str>)> = permissions
        .iter()
        .filter(|permission| !(is_administrator && permission.is_system))
        .map(|permission| (permission.name.as_str(), permission.resource_id.as_deref()))
        .collect();
    rights.sort_unstable();
    rights.dedup();
    let view = OrgView {
        head: head(seen),
        may: May::of(seen),
        is_administrator,
        is_member: seen.is_member,
        roles,
        permissions: rights.into_iter().map(|(name, resource)| NarrowedRight::new(name, resource)).collect(),
        created: Time::new(seen.org.created_at, usher.now()),
        form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/orgs/<slug>")]
async fn show(usher: &State<Usher>, user: SignedIn, slug: PlaceKey<'_>) -> PageResult {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
    let form = FormState::of([("name", seen.org.name.as_str())]);
    overview(usher, &user, &seen, form).await
}

#[post("/orgs/<slug>", data = "<form>")]
async fn rename(usher: &State<Usher>, user: SignedIn, slug: PlaceKey<'_>, form: Submitted) -> FormResult {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
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
async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, slug: PlaceKey<'_>) -> PageResult {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
    let counts = orgs::counts(usher, &user.actor, &seen.org).await?;
    let Counts { members, roles, permissions, invitations } = counts;
    let counts = Lost { members, roles, permissions, invitations };
    Ok(Page::new(&user.visitor, &DeleteOrgView { place: PlaceView::of(&seen.org.place()), counts }))
}

#[post("/orgs/<slug>/delete", data = "<_form>")]
async fn delete(usher: &State<Usher>, user: SignedIn, slug: PlaceKey<'_>, _form: Submitted) -> Result<Go, Failure> {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
    orgs::delete(usher, &user.actor, &seen.org.uid).await?;
    Ok(Go::to("/orgs").saying(Notice::Deleted))
}

pub fn routes() -> Vec<Route> {
    let own = routes![list, new_page, create, show, rename, ask_to_delete, delete];
    [own, members::routes(), invitations::routes()].concat()
}

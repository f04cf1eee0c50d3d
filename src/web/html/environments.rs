//! Environments: list, make, look, reveal, edit, hand over, delete.

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::lists::{part_links, searched};
use super::places::{Tab, place_page};
use super::times::Time;
use super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::domain::access::policy;
use crate::domain::environments::change;
use crate::domain::environments::look::{self, Seen};
use crate::domain::environments::sealing::Credentials;
use crate::domain::environments::{self, Secrets, members};
use crate::domain::offer::Place;
use crate::error::{Error, Thing};
use crate::fields::{Fields, RowId};
use crate::ids::{EnvironmentId, UserId};
use crate::store::environments::Access;
use crate::store::members::Membership;
use crate::usher::Usher;
use crate::web::environment_fields;
use crate::words::Text;

/// What somebody who is let into an environment sees of it, by the keys of the words.
pub(super) const FIELDS: [&str; 10] = [
    "invitations-field-access-key",
    "invitations-field-secret-key",
    "invitations-field-region",
    "invitations-field-bucket",
    "invitations-field-prefix",
    "invitations-field-db-name",
    "invitations-field-db-host",
    "invitations-field-db-user",
    "invitations-field-db-pass",
    "invitations-field-instance",
];

/// The pages of an environment that the visitor may open.
fn tabs(access: &Access) -> Vec<Tab> {
    let place = access.place();
    let mut tabs = vec![Tab::overview(&place), Tab::members(&place)];
    if policy::may_administer(access) {
        tabs.extend([Tab::activity(&place), Tab::of(&place, "slack", Text::of("environments-slack"))]);
    }
    tabs
}

/// [`tabs`] of the environment that a place is.
pub(super) async fn tabs_of(usher: &Usher, user: &SignedIn, place: &Place) -> Result<Vec<Tab>, Error> {
    let id = environments::id_of(place).ok_or(Error::NotFound(Thing::Unnamed))?;
    Ok(tabs(&look::access(usher, &user.actor, id).await?))
}

/// A page of an environment: the frame, and what is special.
pub(super) fn environment_page(template: &'static str, user: &SignedIn, access: &Access, special: Value) -> Page {
    place_page(template, user, &access.place(), &tabs(access), special)
}

#[get("/environments?<after>")]
async fn list(usher: &State<Usher>, user: SignedIn, after: Option<i64>) -> Shown {
    let page = environments::page(usher, &user.actor, after.unwrap_or(0)).await?;
    let rows: Vec<Value> = page
        .rows
        .iter()
        .map(|listed| {
            let is_owner = listed.owner_id == user.actor.user_id;
            json!({
                "id": listed.id,
                "name": listed.name,
                "owner": listed.owner_name,
                "region": listed.region,
                "is_admin": listed.level.is_admin() || is_owner,
                "is_owner": is_owner,
            })
        })
        .collect();
    let (older, newest) = part_links("/environments", "after", page.next, after.is_none());
    let shown = json!({ "environments": rows, "older": older, "newest": newest });
    Ok(Page::new("environments/list", &user.visitor, shown))
}

#[get("/environments/new")]
fn new_page(user: SignedIn) -> Page {
    Page::new("environments/new", &user.visitor, json!({})).with_form(FormState::empty())
}

#[post("/environments/new", data = "<form>")]
async fn create(usher: &State<Usher>, user: SignedIn, form: Submitted) -> Done {
    let outcome = async { environments::create(usher, &user.actor, environment_fields::new_environment(&form)?).await };
    match outcome.await {
        Ok(created) => Ok(Ok(Go::to(format!("/environments/{}", created.id)).saying(Notice::Created))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(Page::new("environments/new", &user.visitor, json!({})).with_form(state)))
        }
    }
}

#[get("/environments/<id>")]
async fn show(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> Shown {
    let seen = environments::look(usher, &user.actor, id).await?;
    overview(usher, &user, &seen, None).await
}

#[post("/environments/<id>/reveal", data = "<_form>")]
async fn reveal(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, _form: Submitted) -> Shown {
    let (seen, credentials) = environments::reveal(usher, &user.actor, id, Secrets::All).await?;
    overview(usher, &user, &seen, credentials.as_ref()).await
}

async fn overview(usher: &Usher, user: &SignedIn, seen: &Seen, credentials: Option<&Credentials>) -> Shown {
    let details = &seen.details;
    let members = members::count(usher, &user.actor, details.id).await?;
    let shown = json!({
        "environment": {
            "owner": details.owner_name,
            "owner_email": details.owner_address,
            "region": details.region,
            "keys_name": details.keys_name,
            "bucket": details.bucket,
            "prefix": details.prefix,
            "db_name": details.db_name,
            "host": details.host,
            "instance": details.instance,
            "parameter_group": details.parameter_group,
            "created": Time::new(details.created_at, usher.now()),
            "access_key": credentials.map(|credentials| credentials.access_key.expose()),
            "secret_key": credentials.map(|credentials| credentials.secret_key.expose()),
            "user": credentials.map(|credentials| credentials.db_user.expose()),
            "pass": credentials.map(|credentials| credentials.db_pass.expose()),
        },
        "revealed": credentials.is_some(),
        "withheld": !policy::may_see_credentials(&seen.access),
        "is_admin": policy::may_administer(&seen.access),
        "is_owner": policy::is_owner(&seen.access),
        "members": members,
    });
    Ok(environment_page("environments/show", user, &seen.access, shown))
}

async fn edit_page_of(
    usher: &Usher,
    user: &SignedIn,
    id: EnvironmentId,
    form: Option<FormState>,
    owner_form: FormState,
) -> Shown {
    look::administered(usher, &user.actor, id).await?;
    let seen = environments::look(usher, &user.actor, id).await?;
    let details = &seen.details;
    let form = form.unwrap_or_else(|| {
        FormState::of([
            ("envName", details.name.as_str()),
            ("region", &details.region),
            ("bucket", &details.bucket),
            ("prefix", details.prefix.as_deref().unwrap_or_default()),
            ("dbName", &details.db_name),
            ("host", &details.host),
            ("instance", &details.instance),
            ("parameterGroup", details.parameter_group.as_deref().unwrap_or_default()),
        ])
    });
    let is_owner = policy::is_owner(&seen.access);
    let page = if is_owner { Some(change::heirs(usher, &user.actor, id, "", 0).await?.1) } else { None };
    let candidates = page.as_ref().map_or(&[][..], |page| page.rows.as_slice()).iter().map(candidate);
    let candidates: Vec<Value> = candidates.collect();
    let shown = json!({
        "is_owner": is_owner,
        "candidates": candidates,
        "more_candidates": page.is_some_and(|page| page.next.is_some()),
    });
    let page = environment_page("environments/edit", user, &seen.access, shown);
    Ok(page.with_form(form).with_named_form("owner_form", owner_form))
}

fn candidate(member: &Membership) -> Value {
    json!({ "id": member.user_id, "name": member.name, "email": member.address })
}

#[get("/environments/<id>/edit")]
async fn edit_page(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> Shown {
    edit_page_of(usher, &user, id, None, FormState::empty()).await
}

#[post("/environments/<id>/edit", data = "<form>")]
async fn edit(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> Done {
    let outcome = async { change::change(usher, &user.actor, id, environment_fields::change(&form)?).await };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to(format!("/environments/{id}")).saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(edit_page_of(usher, &user, id, Some(state), FormState::empty()).await?))
        }
    }
}

fn chosen_heir(form: &Submitted) -> Result<UserId, Error> {
    let mut fields = Fields::of(form);
    let user_id = fields.required::<RowId>("userId");
    fields.finish(|| user_id).map(|id| UserId(id.0))
}

/// Everybody to whom the owner may hand over: they may be too many for the list on the page that changes.
#[get("/environments/<id>/owner?<search>&<after>")]
async fn find_heir(
    usher: &State<Usher>,
    user: SignedIn,
    id: EnvironmentId,
    search: Option<&str>,
    after: Option<i64>,
) -> Shown {
    let search = search.unwrap_or_default().trim();
    let (access, page) = change::heirs(usher, &user.actor, id, search, after.unwrap_or(0)).await?;
    let path = searched(&format!("/environments/{id}/owner"), search);
    let (older, newest) = part_links(&path, "after", page.next, after.is_none());
    let shown = json!({
        "candidates": page.rows.iter().map(candidate).collect::<Vec<_>>(),
        "search": search,
        "older": older,
        "newest": newest,
    });
    Ok(environment_page("environments/owner", &user, &access, shown))
}

#[post("/environments/<id>/owner", data = "<form>")]
async fn ask_to_hand_over(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> Shown {
    let to = match chosen_heir(&form) {
        Ok(to) => to,
        Err(error) => {
            let state = FormState::again(&form, error)?;
            return edit_page_of(usher, &user, id, None, state).await;
        }
    };
    let (access, heir) = change::heir(usher, &user.actor, id, to).await?;
    let shown = json!({
        "candidate": candidate(&heir),
        "action": format!("/environments/{id}/owner/confirmed"),
    });
    Ok(environment_page("environments/hand_over", &user, &access, shown))
}

#[post("/environments/<id>/owner/confirmed", data = "<form>")]
async fn hand_over(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> Result<Go, Failure> {
    change::hand_over(usher, &user.actor, id, chosen_heir(&form)?).await?;
    Ok(Go::to(format!("/environments/{id}")).saying(Notice::HandedOver))
}

#[get("/environments/<id>/delete")]
async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> Shown {
    let access = look::administered(usher, &user.actor, id).await?;
    let shown = json!({
        "action": format!("/environments/{id}/delete"),
    });
    Ok(environment_page("environments/delete", &user, &access, shown))
}

#[post("/environments/<id>/delete", data = "<_form>")]
async fn delete(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, _form: Submitted) -> Result<Go, Failure> {
    environments::delete(usher, &user.actor, id).await?;
    Ok(Go::to("/environments").saying(Notice::Deleted))
}

pub fn routes() -> Vec<Route> {
    routes![
        list,
        new_page,
        create,
        show,
        reveal,
        edit_page,
        edit,
        find_heir,
        ask_to_hand_over,
        hand_over,
        ask_to_delete,
        delete
    ]
}

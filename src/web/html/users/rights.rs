//! What a user may do everywhere: give a role or permission, take it back, make a superuser.

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::super::permissions::described;
use super::super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use super::{overview, path_of};
use crate::domain::access::assignments::{self, Assignment};
use crate::domain::access::choices::{Choice, choices};
use crate::domain::access::rights::{SystemPermission, right_for};
use crate::domain::access::superusers;
use crate::domain::users::people::{self, Overview};
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::fields::{Fields, ResourceId};
use crate::ids::{AssignmentId, DefinitionKind, UserId};
use crate::store::assignments::Global;
use crate::usher::Usher;
use crate::words::Language;

/// What a user has everywhere, as the template takes it.
pub(super) fn held(seen: &Overview, language: Language) -> Vec<Value> {
    let row = |held: &Global| {
        // Only the system's own are called so: their names are reserved among permissions.
        let Global { id, granted: held } = held;
        let system = SystemPermission::from_name(&held.name).filter(|_| !held.is_role());
        json!({
            "id": id,
            "name": held.name,
            "description": described(language, system, held.description.as_deref()),
            "resource": held.resource_id.as_deref().map(ResourceId::as_typed),
            "is_role": held.is_role(),
            "takeable": seen.rights.hold(right_for(held.definition.kind()), None),
        })
    };
    seen.global.rows.iter().map(row).collect()
}

/// What the visitor may give to somebody everywhere.
pub(super) async fn offered(usher: &Usher, user: &SignedIn) -> Result<Value, Error> {
    let choices = choices(usher, &user.actor, None).await?;
    let options = |kind: &str, choices: &[Choice]| -> Vec<Value> {
        let option = |choice: &Choice| json!({ "value": format!("{kind}:{}", choice.uid), "name": choice.name });
        choices.iter().map(option).collect()
    };
    Ok(json!({
        "roles": options("role", &choices.roles),
        "permissions": options("permission", &choices.permissions),
        "more": choices.more,
    }))
}

/// What is to be given, and for which resource.
fn wanted(form: &Submitted, uid: &str) -> Result<Assignment, Error> {
    let mut fields = Fields::of(form);
    let named = match form.get("right").and_then(|right| right.split_once(':')) {
        Some((kind, uid)) => {
            DefinitionKind::ALL.into_iter().find(|of| of.name() == kind).map(|kind| (kind, uid.to_owned()))
        }
        None => None,
    };
    if named.is_none() {
        fields.fault(Fault { field: "right", rule: Rule::Required });
    }
    let resource_id = fields.optional::<ResourceId>("resourceId").map(String::from);
    fields.finish(|| {
        let ((kind, right), user_uid) = (named?, uid.to_owned());
        Some(Assignment { user_uid, org_uid: None, kind, uid: right, resource_id })
    })
}

#[post("/users/<uid>/rights", data = "<form>")]
async fn give(usher: &State<Usher>, user: SignedIn, uid: &str, form: Submitted) -> Done {
    let outcome = async { assignments::assign(usher, &user.actor, wanted(&form, uid)?).await };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to(path_of(uid)).saying(Notice::Saved))),
        Err(error @ Error::NotFound(_)) => Err(error.into()),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(overview(usher, &user, uid, None, state).await?))
        }
    }
}

#[get("/users/<uid>/rights/<right>/take-back")]
async fn ask_to_take_back(usher: &State<Usher>, user: SignedIn, uid: &str, right: AssignmentId) -> Shown {
    let (found, held) = assignments::find_global(usher, &user.actor, uid, right).await?;
    let shown = json!({
        "person": { "uid": uid, "name": found.full_name },
        "right": {
            "id": held.id,
            "name": held.granted.name,
            "is_role": held.granted.is_role(),
            "resource": held.granted.resource_id.as_deref().map(ResourceId::as_typed),
        },
    });
    Ok(Page::new("users/take_back", &user.visitor, shown))
}

#[post("/users/<uid>/rights/<right>/take-back", data = "<_form>")]
async fn take_back(
    usher: &State<Usher>,
    user: SignedIn,
    uid: &str,
    right: AssignmentId,
    _form: Submitted,
) -> Result<Go, Failure> {
    let of = assignments::take_back_global(usher, &user.actor, uid, right).await?;
    Ok(on_to(&user, of, uid).saying(Notice::TakenBack))
}

/// Back to the user. Whoever took something from themselves may perhaps not see that page any more.
fn on_to(user: &SignedIn, of: UserId, uid: &str) -> Go {
    if user.actor.user_id == of { Go::to("/") } else { Go::to(path_of(uid)) }
}

#[get("/users/<uid>/superuser")]
async fn ask_to_make(usher: &State<Usher>, user: SignedIn, uid: &str) -> Shown {
    superuser_page("users/make_superuser", usher, &user, uid).await
}

#[post("/users/<uid>/superuser", data = "<_form>")]
async fn make(usher: &State<Usher>, user: SignedIn, uid: &str, _form: Submitted) -> Result<Go, Failure> {
    superusers::make(usher, &user.actor, uid).await?;
    Ok(Go::to(path_of(uid)).saying(Notice::SuperuserMade))
}

#[get("/users/<uid>/superuser/take-back")]
async fn ask_to_unmake(usher: &State<Usher>, user: SignedIn, uid: &str) -> Shown {
    superuser_page("users/unmake_superuser", usher, &user, uid).await
}

#[post("/users/<uid>/superuser/take-back", data = "<_form>")]
async fn unmake(usher: &State<Usher>, user: SignedIn, uid: &str, _form: Submitted) -> Result<Go, Failure> {
    let of = superusers::unmake(usher, &user.actor, uid).await?;
    Ok(on_to(&user, of, uid).saying(Notice::TakenBack))
}

/// A page that asks first, for superusers.
async fn superuser_page(template: &'static str, usher: &Usher, user: &SignedIn, uid: &str) -> Shown {
    let seen = people::look(usher, &user.actor, uid, 0).await?;
    if !seen.rights.are_superusers() {
        return Err(Error::Forbidden.into());
    }
    let shown = json!({
        "person": super::person(&seen.person.listed, usher.now()),
        "me_too": seen.person.listed.id == user.actor.user_id,
    });
    Ok(Page::new(template, &user.visitor, shown))
}

pub fn routes() -> Vec<Route> {
    routes![give, ask_to_take_back, take_back, ask_to_make, make, ask_to_unmake, unmake]
}

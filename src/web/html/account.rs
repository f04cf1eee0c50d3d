//! The user's own account: name, password, sessions.

use rocket::{Route, State, get, post, routes};
use serde_json::json;

use super::times::Time;
use super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::domain::accounts::passwords::NewPassword;
use crate::domain::accounts::{passwords, profile, verification};
use crate::domain::{environments, sessions};
use crate::entity::session::SessionKind;
use crate::error::{Error, Thing};
use crate::fields::{Fields, GivenPassword};
use crate::usher::Usher;
use crate::web::path_id::PathId;

async fn page(usher: &Usher, user: &SignedIn, form: FormState, password_form: FormState) -> Shown {
    let actor = &user.actor;
    let environments = environments::list(usher, actor).await?.len();
    let shown = json!({
        "profile": {
            "name": actor.full_name,
            "email": actor.address,
            "verified": actor.verified,
            "username": actor.username,
            "environments": environments,
        },
    });
    Ok(Page::new("account/profile", &user.visitor, shown)
        .with_form(form)
        .with_named_form("password_form", password_form))
}

fn name_form(user: &SignedIn) -> FormState {
    FormState::of([("fullName", user.actor.full_name.as_str())])
}

#[get("/account")]
async fn show(usher: &State<Usher>, user: SignedIn) -> Shown {
    let form = name_form(&user);
    page(usher, &user, form, FormState::empty()).await
}

#[post("/account", data = "<form>")]
async fn rename(usher: &State<Usher>, user: SignedIn, form: Submitted) -> Done {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let name = fields.required("fullName");
        profile::rename(usher, &user.actor, fields.finish(|| name)?).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/account").saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(page(usher, &user, state, FormState::empty()).await?))
        }
    }
}

#[post("/account/password", data = "<form>")]
async fn change_password(usher: &State<Usher>, user: SignedIn, form: Submitted) -> Done {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let old = fields.required::<GivenPassword>("oldPassword");
        let first = fields.required("newPassword");
        let again = fields.required("newPasswordAgain");
        let (old, new) = fields.finish(|| Some((old?, NewPassword { first: first?, again: again? })))?;
        passwords::change(usher, &user.actor, old.secret(), new).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/account").saying(Notice::PasswordChanged))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(page(usher, &user, name_form(&user), state).await?))
        }
    }
}

#[post("/account/verification", data = "<_form>")]
async fn send_verification(usher: &State<Usher>, user: SignedIn, _form: Submitted) -> Result<Go, Failure> {
    verification::send_again(usher, &user.actor).await?;
    Ok(Go::to("/account").saying(Notice::VerificationSent))
}

#[get("/account/sessions")]
async fn list_sessions(usher: &State<Usher>, user: SignedIn) -> Shown {
    let now = usher.now();
    let sessions = sessions::list(usher, &user.actor).await?;
    let rows: Vec<_> = sessions
        .iter()
        .map(|session| {
            json!({
                "id": session.id,
                "label": label(session.agent.as_deref()),
                "current": session.id == user.actor.session_id,
                "kind": match session.kind {
                    SessionKind::Browser => "browser",
                    SessionKind::Bearer => "program",
                },
                "created": Time::new(session.created_at, now),
                "seen": Time::new(session.seen_at, now),
            })
        })
        .collect();
    Ok(Page::new("account/sessions", &user.visitor, json!({ "sessions": rows })))
}

#[post("/account/sessions/<id>/end", data = "<_form>")]
async fn end_session(usher: &State<Usher>, user: SignedIn, id: PathId, _form: Submitted) -> Result<Go, Failure> {
    if !sessions::end(usher, &user.actor, id.0).await? {
        return Err(Error::NotFound(Thing::Unnamed).into());
    }
    Ok(Go::to("/account/sessions").saying(Notice::SessionEnded))
}

#[post("/account/sessions/end-others", data = "<_form>")]
async fn end_other_sessions(usher: &State<Usher>, user: SignedIn, _form: Submitted) -> Result<Go, Failure> {
    sessions::end_others(usher, &user.actor).await?;
    Ok(Go::to("/account/sessions").saying(Notice::SessionsEnded))
}

/// What a browser calls itself, as people call it: `Firefox on Linux`. Only for recognising one's own.
fn label(agent: Option<&str>) -> String {
    let Some(agent) = agent else { return "Unknown".to_owned() };
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, rename, change_password, send_verification, list_sessions, end_session, end_other_sessions]
}

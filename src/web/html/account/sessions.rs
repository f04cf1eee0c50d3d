//! Where the user is signed in.

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::super::lists::part_links;
use super::super::times::Time;
use super::super::{Failure, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::domain::sessions;
use crate::entity::session::SessionKind;
use crate::error::{Error, Thing};
use crate::ids::SessionId;
use crate::usher::Usher;
use crate::words::Text;

#[get("/account/sessions?<before>")]
async fn list(usher: &State<Usher>, user: SignedIn, before: Option<i64>) -> Shown {
    let now = usher.now();
    let page = sessions::list(usher, &user.actor, before.unwrap_or(i64::MAX)).await?;
    let rows: Vec<Value> = page
        .rows
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
                "ip": session.ip,
                "created": Time::new(session.created_at, now),
                "seen": Time::new(session.seen_at, now),
            })
        })
        .collect();
    let (older, newest) = part_links("/account/sessions", "before", page.next, before.is_none());
    let shown = json!({ "sessions": rows, "older": older, "newest": newest });
    Ok(Page::new("account/sessions", &user.visitor, shown))
}

#[post("/account/sessions/<id>/end", data = "<_form>")]
async fn end(usher: &State<Usher>, user: SignedIn, id: SessionId, _form: Submitted) -> Result<Go, Failure> {
    if !sessions::end(usher, &user.actor, id).await? {
        return Err(Error::NotFound(Thing::Unnamed).into());
    }
    Ok(Go::to("/account/sessions").saying(Notice::SessionEnded))
}

#[post("/account/sessions/end-others", data = "<_form>")]
async fn end_others(usher: &State<Usher>, user: SignedIn, _form: Submitted) -> Result<Go, Failure> {
    sessions::end_others(usher, &user.actor).await?;
    Ok(Go::to("/account/sessions").saying(Notice::SessionsEnded))
}

/// What a browser calls itself, as people call it: `Firefox on Linux`, in words or as a name. Only for recognising one's
/// own.
fn label(agent: Option<&str>) -> Value {
    let Some(agent) = agent else { return json!(Text::of("account-sessions-unknown")) };
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
        (Some(browser), Some(system)) => {
            json!(Text::of("account-sessions-browser").with("browser", browser).with("system", system))
        }
        (Some(one), None) | (None, Some(one)) => json!(one),
        (None, None) => json!(agent.chars().take(40).collect::<String>()),
    }
}

pub fn routes() -> Vec<Route> {
    routes![list, end, end_others]
}

//! The user's sessions.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::PartLinks;
use super::super::times::Time;
use super::super::{Failure, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::clock::Timestamp;
use crate::domain::sessions;
use crate::entity::session::SessionKind;
use crate::error::{Error, Thing};
use crate::ids::SessionId;
use crate::store::sessions::Listed;
use crate::usher::Usher;
use crate::words::Text;

#[derive(Serialize)]
pub(in crate::web::html) struct SessionsView {
    sessions: Vec<SessionRow>,
    #[serde(flatten)]
    links: PartLinks,
}

impl View for SessionsView {
    const TEMPLATE: &'static str = "account/sessions";
}

#[derive(Clone, Serialize)]
struct SessionRow {
    id: SessionId,
    label: Label,
    current: bool,
    kind: &'static str,
    ip: Option<String>,
    created: Time,
    seen: Time,
}

/// Known browsers in user agents. Only so that users recognise their own sessions.
#[derive(Clone, Serialize)]
#[serde(untagged)]
enum Label {
    Words(Text),
    Name(String),
}

impl SessionRow {
    fn of(session: &Listed, user: &SignedIn, now: Timestamp) -> Self {
        Self {
            id: session.id,
            label: label(session.agent.as_deref()),
            current: session.id == user.actor.session_id,
            kind: match session.kind {
                SessionKind::Browser => "browser",
                SessionKind::Bearer => "program",
            },
            ip: session.ip.clone(),
            created: Time::new(session.created_at, now),
            seen: Time::new(session.seen_at, now),
        }
    }
}

#[get("/account/sessions?<before>")]
async fn list(usher: &State<Usher>, user: SignedIn, before: Option<i64>) -> PageResult {
    let now = usher.now();
    let page = sessions::list(usher, &user.actor, before.unwrap_or(i64::MAX)).await?;
    let view = SessionsView {
        sessions: page.rows.iter().map(|session| SessionRow::of(session, &user, now)).collect(),
        links: PartLinks::new("/account/sessions", "before", page.next, before.is_none()),
    };
    Ok(Page::new(&user.visitor, &view))
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

fn label(agent: Option<&str>) -> Label {
    let Some(agent) = agent else { return Label::Words(Text::of("account-sessions-unknown")) };
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
            Label::Words(Text::of("account-sessions-browser").with("browser", browser).with("system", system))
        }
        (Some(one), None) | (None, Some(one)) => Label::Name(one.to_owned()),
        (None, None) => Label::Name(agent.chars().take(40).collect()),
    }
}

#[cfg(test)]
impl Sample for SessionsView {
    fn samples() -> Vec<Self> {
        let browser = SessionRow {
            id: SessionId(7),
            label: label(Some("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")),
            current: true,
            kind: "browser",
            ip: Some("192.0.2.7".to_owned()),
            created: Time::sample(),
            seen: Time::sample(),
        };
        let program =
            SessionRow { label: label(Some("curl/8")), current: false, kind: "program", ip: None, ..browser.clone() };
        vec![
            Self { sessions: vec![browser, program], links: PartLinks::default() },
            Self { sessions: Vec::new(), links: PartLinks::sample() },
        ]
    }
}

pub fn routes() -> Vec<Route> {
    routes![list, end, end_others]
}

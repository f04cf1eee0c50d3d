//! A form that is sent twice, or again after a lost answer: it is made once, and leads to where the first one led.

use std::sync::OnceLock;
use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Header, Status};
use rocket::{Request, Response};

use super::form_pages;
use crate::domain::actor::Actor;
use crate::domain::repeats::{self, Earlier, Once};
use crate::error::Error;
use crate::ids::UserId;
use crate::usher::Usher;
use crate::web::client::usher;
use crate::web::cookies::{self, Cookie};
use crate::web::{csrf, session};

/// Forms that only show something. Sent again, they show it again.
const LOOKS: [&str; 6] = [
    "/environments/<id>/reveal",
    "/environments/<id>/secrets/former/<former_id>/reveal",
    "/environments/<id>/take-away",
    "/environments/import",
    "/<kind>/<key>/invitations/<id>/link",
    "/sign-out",
];

/// Whoever sent a form that is made once.
fn sender<'r>(request: &'r Request<'_>) -> &'r OnceLock<Actor> {
    request.local_cache(OnceLock::new)
}

/// Lets a form of somebody signed in be made once. A token is of one rendered page, so with the path it tells forms apart.
/// Returns what tells it apart, for forms of nobody.
///
/// # Errors
/// [`Error::Repeated`] when it was made before.
pub async fn begin(request: &Request<'_>, token: &str, fields: &[(String, String)]) -> Result<Option<Once>, Error> {
    if request.route().is_none_or(|route| LOOKS.contains(&route.uri.path())) {
        return Ok(None);
    }
    // A wrong password leaves no row, so that passwords need not tell forms apart.
    let tells = |name: &str| name != csrf::FIELD && !name.to_ascii_lowercase().contains("password");
    let fields = fields.iter().filter(|(name, _)| tells(name));
    let fields: Vec<&[u8]> = fields.flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]).collect();
    let path = request.uri().path();
    let once = Once::of(&usher(request).keys, &[token.as_bytes(), path.as_str().as_bytes()], &fields);
    let Some(actor) = session::browsing(request).await? else { return Ok(Some(once)) };
    let earlier = repeats::earlier(usher(request), actor.user_id, &once).await?;
    actor.request.make_once(once);
    let _ = sender(request).set(actor.clone());
    if earlier == Earlier::None { Ok(None) } else { Err(actor.request.repeated()) }
}

/// How often a repeated form looks for the outcome of the first, and how long it waits in between.
const LOOKED: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// Notes where a form led to, and leads a repeated one there.
pub struct Outcomes;

#[rocket::async_trait]
impl Fairing for Outcomes {
    fn info(&self) -> Info {
        Info { name: "outcomes of forms", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let Some(actor) = sender(request).get() else { return };
        let Some(once) = actor.request.once() else { return };
        let page = || form_pages::of_request(request).unwrap_or_else(|| "/".to_owned());
        if actor.request.is_repeated() {
            let outcome = outcome(usher(request), actor.user_id, once).await;
            let (to, notice) = outcome.as_deref().and_then(|text| text.split_once(' ')).unwrap_or_default();
            let to = if to.is_empty() { page() } else { to.to_owned() };
            if !notice.is_empty() {
                cookies::set(request, Cookie::Notice, notice, Some(super::go::NOTICE_LIFE));
            }
            *response = Response::build().status(Status::SeeOther).header(Header::new("Location", to)).finalize();
        } else if actor.request.is_made() {
            // What a page shows is not kept.
            let to = response.headers().get_one("Location").filter(|_| response.status() == Status::SeeOther);
            let to = to.map_or_else(page, str::to_owned);
            let notice = cookies::to_be_set(request, Cookie::Notice).unwrap_or_default();
            repeats::keep(usher(request), actor.user_id, once, &format!("{to} {notice}"));
        }
    }
}

/// Where the first one led to, perhaps in a moment.
async fn outcome(usher: &Usher, user_id: UserId, once: &Once) -> Option<String> {
    for _ in 0..LOOKED {
        match repeats::earlier(usher, user_id, once).await {
            Ok(Earlier::Ended(outcome)) => return Some(outcome),
            Ok(Earlier::Made) => tokio::time::sleep(PAUSE).await,
            Ok(Earlier::None) | Err(_) => return None,
        }
    }
    None
}

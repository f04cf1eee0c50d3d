//! An environment's Slack notices.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::environments::head;
use super::places::{PlaceHead, PlaceView};
use super::times::Time;
use super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::clock::Timestamp;
use crate::config::slack_url::SlackUrl;
use crate::domain::environments::slack::{self, Changes};
use crate::entity::outbox::MessageState;
use crate::error::{Error, Thing};
use crate::fields::Fields;
use crate::ids::EnvironmentId;
use crate::outbox::reason::Explanation;
use crate::store::slack::LastNotice;
use crate::usher::Usher;

#[derive(Serialize)]
pub(super) struct SlackView {
    #[serde(flatten)]
    head: PlaceHead,
    configured: bool,
    /// Whether this installation has Slack enabled.
    reachable: bool,
    last: Option<Last>,
    form: FormState,
}

impl View for SlackView {
    const TEMPLATE: &'static str = "environments/slack";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// The outcome of the last notice.
#[derive(Serialize)]
struct Last {
    state: &'static str,
    reason: Option<Explanation>,
    when: Time,
}

impl Last {
    fn of(last: &LastNotice, now: Timestamp) -> Self {
        let state = match last.state {
            MessageState::Queued => "queued",
            MessageState::Sent => "sent",
            MessageState::Failed => "failed",
            MessageState::Dropped => "dropped",
        };
        Self { state, reason: last.fault.as_deref().map(Explanation::of), when: Time::new(last.at, now) }
    }
}

/// Confirmation before the notices are removed.
#[derive(Serialize)]
pub(super) struct RemoveSlackView {
    place: PlaceView,
    channel: String,
    action: String,
}

impl View for RemoveSlackView {
    const TEMPLATE: &'static str = "environments/slack_remove";
}

async fn page(usher: &Usher, user: &SignedIn, id: EnvironmentId, form: Option<FormState>) -> PageResult {
    let (access, configured, last) = slack::look(usher, &user.actor, id).await?;
    let form = form.unwrap_or_else(|| match &configured {
        Some(slack) => {
            FormState::of([("channel", slack.channel.as_str()), ("isOn", if slack.is_on { "true" } else { "" })])
        }
        None => FormState::empty(),
    });
    let view = SlackView {
        head: head(&access),
        configured: configured.is_some(),
        reachable: usher.config.slack_url != SlackUrl::Off,
        last: last.map(|last| Last::of(&last, usher.now())),
        form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/environments/<id>/slack")]
async fn show(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> PageResult {
    page(usher, &user, id, None).await
}

#[post("/environments/<id>/slack", data = "<form>")]
async fn save(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> FormResult {
    let (_, configured, _) = slack::look(usher, &user.actor, id).await?;
    let outcome = async {
        let mut fields = Fields::of(&form);
        let channel = fields.required("channel");
        if configured.is_some() {
            let token = fields.optional("token");
            // Browsers do not submit unchecked boxes.
            let is_on = Some(fields.optional("isOn").unwrap_or(false));
            let channel = fields.finish(|| channel)?;
            slack::change(usher, &user.actor, id, Changes { channel: Some(channel), token, is_on }).await
        } else {
            let token = fields.required("token");
            let (channel, token) = fields.finish(|| Some((channel?, token?)))?;
            slack::set_up(usher, &user.actor, id, channel, &token).await.map(drop)
        }
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to(format!("/environments/{id}/slack")).saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(page(usher, &user, id, Some(state)).await?))
        }
    }
}

#[get("/environments/<id>/slack/remove")]
async fn ask_to_remove(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> PageResult {
    let (access, configured, _) = slack::look(usher, &user.actor, id).await?;
    let configured = configured.ok_or(Error::NotFound(Thing::Unnamed))?;
    let view = RemoveSlackView {
        place: PlaceView::of(&access.place()),
        channel: configured.channel,
        action: format!("/environments/{id}/slack/remove"),
    };
    Ok(Page::new(&user.visitor, &view))
}

#[post("/environments/<id>/slack/remove", data = "<_form>")]
async fn remove(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, _form: Submitted) -> Result<Go, Failure> {
    slack::remove(usher, &user.actor, id).await?;
    Ok(Go::to(format!("/environments/{id}/slack")).saying(Notice::Deleted))
}

#[cfg(test)]
impl Sample for SlackView {
    fn samples() -> Vec<Self> {
        let view = |configured, last: Option<(&'static str, Option<Explanation>)>| Self {
            head: PlaceHead::sample(),
            configured,
            reachable: configured,
            last: last.map(|(state, reason)| Last { state, reason, when: Time::sample() }),
            form: FormState::sample(),
        };
        let refused = Explanation::of(r#"{"why":"reason-channel-archived","said":"is_archived"}"#);
        let fates = [("failed", Some(refused)), ("sent", None), ("queued", None), ("dropped", None)];
        fates.into_iter().map(|last| view(true, Some(last))).chain([view(false, None)]).collect()
    }
}

#[cfg(test)]
impl Sample for RemoveSlackView {
    fn samples() -> Vec<Self> {
        let action = "/environments/7/slack/remove".to_owned();
        vec![Self { place: PlaceView::sample(), channel: "#harbor".to_owned(), action }]
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, save, ask_to_remove, remove]
}

//! An environment's notices to Slack.

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::environments::environment_page;
use super::times::Time;
use super::{Done, Failure, FormState, Go, Notice, Shown, SignedIn, Submitted};
use crate::config::slack_url::SlackUrl;
use crate::domain::environments::slack::{self, Changes};
use crate::entity::outbox::MailState;
use crate::error::{Error, Thing};
use crate::fields::Fields;
use crate::ids::EnvironmentId;
use crate::outbox::reason::Told;
use crate::store::slack::LastNotice;
use crate::usher::Usher;

async fn page(usher: &Usher, user: &SignedIn, id: EnvironmentId, form: Option<FormState>) -> Shown {
    let (access, configured, last) = slack::look(usher, &user.actor, id).await?;
    let shown = json!({
        "configured": configured.is_some(),
        "reachable": usher.config.slack_url != SlackUrl::Off,
        "last": last.map(|last| last_notice(usher, &last)),
    });
    let form = form.unwrap_or_else(|| match &configured {
        Some(slack) => {
            FormState::of([("channel", slack.channel.as_str()), ("isOn", if slack.is_on { "true" } else { "" })])
        }
        None => FormState::empty(),
    });
    Ok(environment_page("environments/slack", user, &access, shown).with_form(form))
}

fn last_notice(usher: &Usher, last: &LastNotice) -> Value {
    let state = match last.state {
        MailState::Queued => "queued",
        MailState::Sent => "sent",
        MailState::Failed => "failed",
        MailState::Dropped => "dropped",
    };
    json!({ "state": state, "reason": last.fault.as_deref().map(Told::of), "when": Time::new(last.at, usher.now()) })
}

#[get("/environments/<id>/slack")]
async fn show(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> Shown {
    page(usher, &user, id, None).await
}

#[post("/environments/<id>/slack", data = "<form>")]
async fn save(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> Done {
    let (_, configured, _) = slack::look(usher, &user.actor, id).await?;
    let outcome = async {
        let mut fields = Fields::of(&form);
        let channel = fields.required("channel");
        if configured.is_some() {
            let token = fields.optional("token");
            // A box without a tick is not sent.
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
async fn ask_to_remove(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> Shown {
    let (access, configured, _) = slack::look(usher, &user.actor, id).await?;
    let configured = configured.ok_or(Error::NotFound(Thing::Unnamed))?;
    let shown = json!({
        "channel": configured.channel,
        "action": format!("/environments/{id}/slack/remove"),
    });
    Ok(environment_page("environments/slack_remove", &user, &access, shown))
}

#[post("/environments/<id>/slack/remove", data = "<_form>")]
async fn remove(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, _form: Submitted) -> Result<Go, Failure> {
    slack::remove(usher, &user.actor, id).await?;
    Ok(Go::to(format!("/environments/{id}/slack")).saying(Notice::Deleted))
}

pub fn routes() -> Vec<Route> {
    routes![show, save, ask_to_remove, remove]
}

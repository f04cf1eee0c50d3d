//! Slack's `chat.postMessage`: <https://docs.slack.dev/reference/methods/chat.postMessage>.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::{Response, StatusCode, Url, redirect};
use serde::Deserialize;
use serde_json::json;

use super::notice::Post;
use crate::outbox::delivery::SendError;
use crate::outbox::reason::{Reason, Why};

/// Timeout for the whole request.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much of an answer is read, in bytes; it is a short one.
const LONGEST: usize = 64 * 1024;

pub(super) struct Client {
    method: Url,
    http: OnceLock<Option<reqwest::Client>>,
}

/// Slack's answer: a 200 even for a refusal.
#[derive(Deserialize)]
struct Answer {
    ok: bool,
    error: Option<String>,
}

impl Client {
    pub(super) fn new(base: &Url) -> Self {
        let mut method = base.clone();
        let path = format!("{}chat.postMessage", base.path());
        method.set_path(&path);
        Self { method, http: OnceLock::new() }
    }

    /// # Errors
    /// [`SendError::Permanent`] when Slack rejects the token, the channel or the text; [`SendError::Temporary`] for
    /// everything else.
    pub(super) async fn post(&self, post: &Post) -> Result<(), SendError> {
        // Set up for the first notice: a machine without certificates can do everything else.
        let http = self.http.get_or_init(set_up).as_ref().ok_or(SendError::Temporary(Why::SlackWithoutTls.into()))?;
        let message = json!({
            "channel": post.channel,
            "text": post.text,
            // Names are plain text: no markup, links or mentions.
            "mrkdwn": false,
            "parse": "none",
            "unfurl_links": false,
            "unfurl_media": false,
        });
        let request = http.post(self.method.clone()).bearer_auth(post.token.expose()).json(&message);
        let answer = request.send().await.map_err(|error| unreachable(&error))?;
        match answer.status() {
            StatusCode::OK => {}
            status => return Err(SendError::Temporary(Reason::saying(Why::SlackAnswered, status.as_u16()))),
        }
        let answer = read(answer).await.ok_or(SendError::Temporary(Why::SlackUnreadable.into()))?;
        match answer.error {
            _ if answer.ok => Ok(()),
            Some(code) => Err(refusal(&code)),
            None => Err(SendError::Temporary(Why::SlackUnexplained.into())),
        }
    }
}

/// `None` for what is no answer of Slack's, and for one without end.
async fn read(mut response: Response) -> Option<Answer> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.ok()? {
        if body.len() + part.len() > LONGEST {
            return None;
        }
        body.extend_from_slice(&part);
    }
    serde_json::from_slice(&body).ok()
}

fn set_up() -> Option<reqwest::Client> {
    // Fails if one is installed already: the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .user_agent(concat!("usher/", env!("CARGO_PKG_VERSION")))
        .timeout(PATIENCE)
        .redirect(redirect::Policy::none())
        .build()
        .inspect_err(|error| tracing::error!(%error, "could not create a client for Slack"))
        .ok()
}

/// Without the error's own text, which may contain the URL.
fn unreachable(error: &reqwest::Error) -> SendError {
    if error.is_builder() {
        return SendError::Permanent(Why::TokenImpossible.into());
    }
    let why = if error.is_timeout() { Why::SlackTooSlow } else { Why::SlackUnreachable };
    SendError::Temporary(why.into())
}

/// Errors about Slack itself, not about the message.
const ITS_OWN_FAULTS: [&str; 6] =
    ["fatal_error", "internal_error", "rate_limited", "ratelimited", "request_timeout", "service_unavailable"];

fn refusal(code: &str) -> SendError {
    let said: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(60).collect();
    let why = match code {
        "channel_not_found" => Why::ChannelUnknown,
        "not_in_channel" => Why::ChannelWithoutApp,
        "is_archived" => Why::ChannelArchived,
        "invalid_auth" | "not_authed" | "account_inactive" | "token_revoked" | "token_expired" => Why::TokenRefused,
        "missing_scope" | "no_permission" => Why::TokenMayNotWrite,
        _ => Why::SlackRefused,
    };
    let reason = Reason::saying(why, said);
    if ITS_OWN_FAULTS.contains(&code) { SendError::Temporary(reason) } else { SendError::Permanent(reason) }
}

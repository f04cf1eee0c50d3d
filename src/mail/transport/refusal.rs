//! What a mail server's refusals and broken connections mean, in words.

use std::error::Error as _;
use std::io;
use std::iter::successors;

use lettre::transport::smtp;

use super::{SendError, temporary};
use crate::mail::message::clean;

/// The longest text of a server that is shown to an administrator, in characters.
const SHOWN: usize = 200;

/// The part of a mail's way that the server answered to.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Sender,
    Recipient,
    Content,
}

/// Whether the server said no and still listens.
pub(super) fn has_refused(error: &smtp::Error) -> bool {
    error.status().is_some_and(|code| u16::from(code) != 421)
}

pub(super) fn refusal(step: Step, error: &smtp::Error) -> SendError {
    let what = match step {
        Step::Sender => "the sender's address",
        Step::Recipient => "the address",
        Step::Content => "the mail",
    };
    let verb = if error.is_permanent() { "refused" } else { "put off" };
    let text = trouble(&format!("{verb} {what}"), error);
    match (step, error.status().map(u16::from)) {
        // Order of commands and signing in: the set-up is wrong, not the address.
        (_, Some(503 | 530 | 534 | 535 | 538)) | (Step::Sender, _) => SendError::Temporary(text),
        _ if error.is_permanent() => SendError::Permanent(text),
        _ => SendError::Temporary(text),
    }
}

pub(super) fn not_signed_in(error: &smtp::Error) -> SendError {
    temporary(match error.status() {
        // Without the server's text, which may repeat what it was sent.
        Some(code) => format!("the mail server refused user or password ({code})"),
        None if error.is_client() => "the mail server offers no way to sign in that we know (PLAIN, LOGIN)".to_owned(),
        None => trouble("refused user or password", error),
    })
}

pub(super) fn no_tls(error: smtp::Error) -> SendError {
    temporary(if error.status().is_some() {
        trouble("refused to encrypt", &error)
    } else if error.is_client() {
        "the mail server does not offer encryption (STARTTLS)".to_owned()
    } else {
        format!("no encrypted connection to the mail server: {}", root(&error))
    })
}

/// `the mail server <did>: 550 <its text>`, or what broke instead.
pub(super) fn trouble(did: &str, error: &smtp::Error) -> String {
    if let Some(code) = error.status() {
        return format!("the mail server {did}: {code} {}", root(error));
    }
    let mut sources = successors(error.source(), |error| (*error).source());
    match sources.find_map(|error| error.downcast_ref::<io::Error>()) {
        Some(error) => format!("the connection to the mail server broke: {error}"),
        // lettre calls the end of the connection an incomplete response.
        None if root(error) == "incomplete response" => "the mail server hung up".to_owned(),
        None => format!("the mail server answered something else than SMTP: {}", root(error)),
    }
}

/// The innermost text of an error, in one short line.
fn root(error: &smtp::Error) -> String {
    let root = successors(error.source(), |error| (*error).source()).last();
    let text = root.map_or_else(|| error.to_string(), ToString::to_string);
    clean(&text.replace(['\r', '\n'], " ")).chars().take(SHOWN).collect()
}

//! Classifies a mail server's refusals and broken connections.

use std::error::Error as _;
use std::io;
use std::iter::successors;

use lettre::transport::smtp;

use super::{SendError, temporary};
use crate::mail::message::clean;
use crate::outbox::reason::{Reason, Why};

/// How much of a server's text is shown to an administrator, in characters.
const SHOWN: usize = 200;

/// The step that the server answered.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Sender,
    Recipient,
    Content,
}

/// Whether the server refused and the connection is still usable.
pub(super) fn has_refused(error: &smtp::Error) -> bool {
    error.status().is_some_and(|code| u16::from(code) != 421)
}

pub(super) fn refusal(step: Step, error: &smtp::Error) -> SendError {
    let why = match (step, error.is_permanent()) {
        (Step::Sender, true) => Why::SenderRefused,
        (Step::Sender, false) => Why::SenderPutOff,
        (Step::Recipient, true) => Why::RecipientRefused,
        (Step::Recipient, false) => Why::RecipientPutOff,
        (Step::Content, true) => Why::ContentRefused,
        (Step::Content, false) => Why::ContentPutOff,
    };
    let reason = trouble(why, error);
    match (step, error.status().map(u16::from)) {
        // Command order and authentication: the set-up is wrong, not the address.
        (_, Some(503 | 530 | 534 | 535 | 538)) | (Step::Sender, _) => SendError::Temporary(reason),
        _ if error.is_permanent() => SendError::Permanent(reason),
        _ => SendError::Temporary(reason),
    }
}

pub(super) fn not_signed_in(error: &smtp::Error) -> SendError {
    temporary(match error.status() {
        // Without the server's text, which may repeat the credentials.
        Some(code) => Reason::saying(Why::SignInRefused, code),
        None if error.is_client() => Why::SignInUnknown.into(),
        None => trouble(Why::SignInRefused, error),
    })
}

pub(super) fn no_tls(error: &smtp::Error) -> SendError {
    temporary(if error.status().is_some() {
        trouble(Why::EncryptionRefused, error)
    } else if error.is_client() {
        Why::EncryptionMissing.into()
    } else {
        Reason::saying(Why::EncryptionBroke, root(error))
    })
}

/// The server's answer as `550 <its text>`, or else what broke.
pub(super) fn trouble(did: Why, error: &smtp::Error) -> Reason {
    if let Some(code) = error.status() {
        return Reason::saying(did, format!("{code} {}", root(error)));
    }
    let mut sources = successors(error.source(), |error| (*error).source());
    match sources.find_map(|error| error.downcast_ref::<io::Error>()) {
        Some(error) => Reason::saying(Why::ServerBroke, error),
        // lettre reports a closed connection as an incomplete response.
        None if root(error) == "incomplete response" => Why::ServerHungUp.into(),
        None => Reason::saying(Why::ServerNotSmtp, root(error)),
    }
}

/// The innermost error's text, in one short line.
fn root(error: &smtp::Error) -> String {
    let root = successors(error.source(), |error| (*error).source()).last();
    let text = root.map_or_else(|| error.to_string(), ToString::to_string);
    clean(&text.replace(['\r', '\n'], " ")).chars().take(SHOWN).collect()
}

//! Classifies a mail server's refusals and broken connections.

use std::error::Error as _;
use std::io;
use std::iter::successors;

use lettre::Address;
use lettre::address::Envelope;
use lettre::transport::smtp;

use super::{SendError, temporary};
use crate::outbox::reason::{Reason, Why};
use crate::plain_text::clean;

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

/// Only a refused recipient is final; everything else may be mended, on one side or the other.
pub(super) fn refusal(step: Step, error: &smtp::Error, envelope: &Envelope) -> SendError {
    let Some(code) = error.status().map(u16::from) else {
        return temporary(trouble(put_off(step), error));
    };
    let said = root(error);
    let why = answered(step, code, &said, envelope);
    let reason = Reason::saying(why, format!("{code} {said}"));
    if why == Why::RecipientRefused { SendError::Permanent(reason) } else { SendError::Temporary(reason) }
}

/// What an answer means: by its enhanced code (RFC 3463), or else by its code and the step.
fn answered(step: Step, code: u16, said: &str, envelope: &Envelope) -> Why {
    let is_final = code >= 500;
    let about_sender = || if is_final { Why::SenderRefused } else { Why::SenderPutOff };
    let about_recipient = || match (step, is_final) {
        (Step::Sender, _) => about_sender(),
        // Whoever looks at the sender only now repeats their address.
        (_, true) if names_the_sender_alone(said, envelope) => Why::SenderRefused,
        (_, true) => Why::RecipientRefused,
        (_, false) => Why::RecipientPutOff,
    };
    match (code, enhanced(code, said)) {
        (538, _) | (530, Some((7, 10))) => Why::EncryptionMissing,
        (530, _) if said.to_ascii_uppercase().contains("STARTTLS") => Why::EncryptionMissing,
        (530 | 534 | 535, _) | (_, Some((7, 8))) => Why::SignInNeeded,
        (_, Some((1, 7 | 8))) => about_sender(),
        (_, Some((1, _))) => about_recipient(),
        _ if is_about_hello(said) => Why::HelloRefused,
        (550 | 551 | 553, None) if matches!(step, Step::Recipient) => about_recipient(),
        (_, Some((2, 3) | (3, 4))) => Why::MailTooLarge,
        (552, None) if matches!(step, Step::Content) => Why::MailTooLarge,
        (500.., Some((2, _))) | (_, Some((2, 2))) | (552, None) => Why::MailboxClosed,
        (500.., Some((7, _))) => Why::PolicyRefused,
        (..500, Some((3..=5, _))) => Why::ServerPutOff,
        (..500, _) => put_off(step),
        (_, None | Some((6, _))) => match step {
            Step::Sender => Why::SenderRefused,
            Step::Recipient => Why::SetUpRefused,
            Step::Content => Why::ContentRefused,
        },
        (_, Some(_)) => Why::SetUpRefused,
    }
}

const fn put_off(step: Step) -> Why {
    match step {
        Step::Sender => Why::SenderPutOff,
        Step::Recipient => Why::RecipientPutOff,
        Step::Content => Why::ContentPutOff,
    }
}

/// Subject and detail of an enhanced code that agrees with the code.
fn enhanced(code: u16, said: &str) -> Option<(u16, u16)> {
    let mut parts = said.split(|c: char| c.is_whitespace()).next()?.splitn(3, '.');
    let mut part = || parts.next()?.parse::<u16>().ok();
    let (class, subject, detail) = (part()?, part()?, part()?);
    (class == code / 100).then_some((subject, detail))
}

fn names_the_sender_alone(said: &str, envelope: &Envelope) -> bool {
    let said = said.to_lowercase();
    let names = |address: &Address| said.contains(&address.to_string().to_lowercase());
    envelope.from().is_some_and(names) && !envelope.to().iter().any(names)
}

fn is_about_hello(said: &str) -> bool {
    let mut words = said.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| word.eq_ignore_ascii_case("helo") || word.eq_ignore_ascii_case("ehlo"))
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
        Some(error) if error.kind() == io::ErrorKind::InvalidData => Reason::saying(Why::ServerNotSmtp, error),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn why(step: Step, answer: &str) -> Why {
        let envelope =
            Envelope::new("usher@quay.test".parse().ok(), vec!["anna@harbor.test".parse().unwrap()]).unwrap();
        let (code, said) = answer.split_once(' ').unwrap();
        answered(step, code.parse().unwrap(), said, &envelope)
    }

    #[test]
    fn only_an_unknown_recipient_is_one() {
        for answer in [
            "550 5.1.1 <anna@harbor.test>: Recipient address rejected: User unknown in virtual mailbox table",
            "550 5.1.1 The email account that you tried to reach does not exist.",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
            "556 5.1.10 Recipient address has null MX",
            "550 No such user here",
            "551 User not local",
            "553 sorry, that domain isn't in my list of allowed rcpthosts",
            "550 5.1.1 <helo@harbor.test> unknown",
        ] {
            assert_eq!(why(Step::Recipient, answer), Why::RecipientRefused, "{answer}");
        }
        assert_eq!(why(Step::Content, "550 5.1.1 User unknown"), Why::RecipientRefused);
    }

    #[test]
    fn everything_else_can_be_mended() {
        for (answer, expected) in [
            ("504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname", Why::HelloRefused),
            ("450 4.7.1 <usher>: Helo command rejected: Host not found", Why::HelloRefused),
            ("550 5.7.1 Client host rejected: cannot find your hostname", Why::PolicyRefused),
            ("554 5.7.1 <anna@harbor.test>: Relay access denied", Why::PolicyRefused),
            ("550 5.1.0 <usher@quay.test>: Sender address rejected: User unknown", Why::SenderRefused),
            ("550 <usher@quay.test>: Sender address rejected", Why::SenderRefused),
            ("553 5.1.8 <usher@quay.test>... Domain of sender address does not exist", Why::SenderRefused),
            ("501 5.1.7 Bad sender address syntax", Why::SenderRefused),
            ("450 4.1.8 <usher@quay.test>: Sender address rejected: Domain not found", Why::SenderPutOff),
            ("552 5.2.2 Mailbox full", Why::MailboxClosed),
            ("550 5.2.1 The account is disabled", Why::MailboxClosed),
            ("452 4.2.2 Over quota", Why::MailboxClosed),
            ("552 Requested mail action aborted: exceeded storage allocation", Why::MailboxClosed),
            ("552 5.3.4 Message size exceeds fixed limit", Why::MailTooLarge),
            ("450 4.2.0 <anna@harbor.test>: Recipient address rejected: Greylisted", Why::RecipientPutOff),
            ("451 4.7.1 Please try again later", Why::RecipientPutOff),
            ("450 too many mails this hour", Why::RecipientPutOff),
            ("452 4.3.1 Insufficient system storage", Why::ServerPutOff),
            ("451 4.3.0 Temporary lookup failure", Why::ServerPutOff),
            ("530 5.7.57 Client not authenticated to send mail", Why::SignInNeeded),
            ("530 5.7.0 Must issue a STARTTLS command first", Why::EncryptionMissing),
            ("538 5.7.11 Encryption required for requested authentication mechanism", Why::EncryptionMissing),
            ("503 MAIL first", Why::SetUpRefused),
            ("501 Syntax error", Why::SetUpRefused),
            ("554 5.5.1 Error: no valid recipients", Why::SetUpRefused),
            ("550 4.1.1 a code that does not agree", Why::RecipientRefused),
        ] {
            assert_eq!(why(Step::Recipient, answer), expected, "{answer}");
        }
        for (answer, expected) in [
            ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", Why::PolicyRefused),
            ("552 message too big", Why::MailTooLarge),
            ("554 5.6.0 content rejected", Why::ContentRefused),
            ("554 this looks like spam", Why::ContentRefused),
            ("451 try again later", Why::ContentPutOff),
        ] {
            assert_eq!(why(Step::Content, answer), expected, "{answer}");
        }
        for (answer, expected) in [
            ("550 5.1.1 who are you", Why::SenderRefused),
            ("550 not you", Why::SenderRefused),
            ("550 5.7.1 not you", Why::PolicyRefused),
            ("451 later", Why::SenderPutOff),
        ] {
            assert_eq!(why(Step::Sender, answer), expected, "{answer}");
        }
    }
}

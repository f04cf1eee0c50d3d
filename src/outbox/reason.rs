//! Why a message was not sent.

mod masked;

use serde::{Deserialize, Serialize};

use crate::words::Text;

macro_rules! reasons {
    ($($name:ident = $key:literal,)*) => {
        /// What went wrong. The names are stored, and are keys of the catalogue: never rename one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Why {
            $(#[serde(rename = $key)] $name,)*
        }

        impl Why {
            /// The key in the catalogue.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

reasons! {
    MailUnread = "reason-mail-unread",
    MailUnwritable = "reason-mail-unwritable",
    FileUnwritable = "reason-file-unwritable",
    FileUnwrittenAtEnd = "reason-file-unwritten-at-end",
    ServerUnknown = "reason-server-unknown",
    ServerSilent = "reason-server-silent",
    ServerUnreachable = "reason-server-unreachable",
    ServerTooSlow = "reason-server-too-slow",
    ServerHungUp = "reason-server-hung-up",
    ServerBroke = "reason-server-broke",
    ServerNotSmtp = "reason-server-not-smtp",
    ServerTurnedAway = "reason-server-turned-away",
    ServerAsciiOnly = "reason-server-ascii-only",
    EncryptionRefused = "reason-encryption-refused",
    EncryptionMissing = "reason-encryption-missing",
    EncryptionBroke = "reason-encryption-broke",
    SignInRefused = "reason-sign-in-refused",
    SignInUnknown = "reason-sign-in-unknown",
    SenderRefused = "reason-sender-refused",
    SenderPutOff = "reason-sender-put-off",
    RecipientRefused = "reason-recipient-refused",
    RecipientPutOff = "reason-recipient-put-off",
    ContentRefused = "reason-content-refused",
    ContentPutOff = "reason-content-put-off",
    ServerPutOff = "reason-server-put-off",
    SetUpRefused = "reason-set-up-refused",
    HelloRefused = "reason-hello-refused",
    PolicyRefused = "reason-policy-refused",
    SignInNeeded = "reason-sign-in-needed",
    MailboxClosed = "reason-mailbox-closed",
    MailTooLarge = "reason-mail-too-large",
    NoticeUnread = "reason-notice-unread",
    SlackWithoutTls = "reason-slack-without-tls",
    SlackUnreachable = "reason-slack-unreachable",
    SlackTooSlow = "reason-slack-too-slow",
    SlackAnswered = "reason-slack-answered",
    SlackUnreadable = "reason-slack-unreadable",
    SlackUnexplained = "reason-slack-unexplained",
    SlackRefused = "reason-slack-refused",
    ChannelUnknown = "reason-channel-unknown",
    ChannelWithoutApp = "reason-channel-without-app",
    ChannelArchived = "reason-channel-archived",
    TokenImpossible = "reason-token-impossible",
    TokenRefused = "reason-token-refused",
    TokenMayNotWrite = "reason-token-may-not-write",
}

/// Which messages a fault keeps back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// This one.
    Message,
    /// This one, or many: the set-up of either side, or a limit of the server.
    SetUp,
    /// All: nothing was sent at all.
    All,
}

impl Why {
    pub const fn extent(self) -> Extent {
        match self {
            Self::MailUnread
            | Self::MailUnwritable
            | Self::RecipientRefused
            | Self::MailboxClosed
            | Self::ServerAsciiOnly
            | Self::NoticeUnread
            | Self::SlackRefused
            | Self::ChannelUnknown
            | Self::ChannelWithoutApp
            | Self::ChannelArchived
            | Self::TokenImpossible
            | Self::TokenRefused
            | Self::TokenMayNotWrite => Extent::Message,
            // What a server answers to one message, or leaves unanswered, may be about that one alone.
            Self::ServerTooSlow
            | Self::ServerHungUp
            | Self::ServerBroke
            | Self::ServerPutOff
            | Self::SenderRefused
            | Self::SenderPutOff
            | Self::RecipientPutOff
            | Self::ContentRefused
            | Self::ContentPutOff
            | Self::SetUpRefused
            | Self::HelloRefused
            | Self::PolicyRefused
            | Self::SignInNeeded
            | Self::MailTooLarge
            | Self::SlackTooSlow
            | Self::SlackAnswered
            | Self::SlackUnreadable
            | Self::SlackUnexplained => Extent::SetUp,
            Self::FileUnwritable
            | Self::FileUnwrittenAtEnd
            | Self::ServerUnknown
            | Self::ServerSilent
            | Self::ServerUnreachable
            | Self::ServerNotSmtp
            | Self::ServerTurnedAway
            | Self::EncryptionRefused
            | Self::EncryptionMissing
            | Self::EncryptionBroke
            | Self::SignInRefused
            | Self::SignInUnknown
            | Self::SlackWithoutTls
            | Self::SlackUnreachable => Extent::All,
        }
    }
}

/// What went wrong, with the message of the other side or the system: without credentials, but it may name the
/// recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    why: Why,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    said: String,
}

impl From<Why> for Reason {
    fn from(why: Why) -> Self {
        Self { why, said: String::new() }
    }
}

impl Reason {
    /// With the other side's message.
    pub fn saying(why: Why, said: impl ToString) -> Self {
        Self { why, said: said.to_string() }
    }

    pub const fn why(&self) -> Why {
        self.why
    }

    /// The other side's message for the log: without the recipient, whose address servers like to repeat.
    pub fn said_without(&self, recipient: &str) -> String {
        masked::masked(&self.said, recipient)
    }

    /// As stored in the outbox.
    pub fn stored(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A reason for a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Explanation {
    Words(Text),
    /// Earlier versions stored sentences.
    AsWritten(String),
}

impl Explanation {
    /// Parses a stored reason.
    pub fn of(stored: &str) -> Self {
        match serde_json::from_str::<Reason>(stored) {
            Ok(Reason { why, said }) => Self::Words(Text::of(why.key()).with("said", said)),
            Err(_) => Self::AsWritten(stored.to_owned()),
        }
    }

    /// [`Explanation::of`] for readers who may not know the recipient: without the other side's message. `None` for a
    /// sentence.
    pub fn without_recipient(stored: &str) -> Option<Self> {
        let Reason { why, .. } = serde_json::from_str(stored).ok()?;
        Some(Self::Words(Text::of(why.key()).with("said", "")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn reasons_are_explained_in_every_language_and_old_sentences_kept() {
        let stored = Reason::saying(Why::RecipientRefused, "550 no {such} \"user\"").stored();
        assert_eq!(stored, r#"{"why":"reason-recipient-refused","said":"550 no {such} \"user\""}"#);
        let Explanation::Words(text) = Explanation::of(&stored) else { panic!("{stored}") };
        let refused = "the mail server refused the address: 550 no {such} \"user\"";
        assert_eq!(text.in_language(Language::English), refused);
        let refused = "der Mailserver hat die Adresse abgelehnt: 550 no {such} \"user\"";
        assert_eq!(text.in_language(Language::German), refused);
        for old in [refused, "", "{", "{\"why\":\"reason-of-tomorrow\"}"] {
            assert_eq!(Explanation::of(old), Explanation::AsWritten(old.to_owned()));
        }
    }
}

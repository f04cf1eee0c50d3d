//! A change and its response.

use std::time::Duration;

use crate::support::process::Reply;

/// The longest time for any response.
const PATIENCE: Duration = Duration::from_secs(15);

/// The change that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum What {
    SignedUp { address: String },
    Made { name: String },
    Invited { environment: i64, address: String },
    Joined { environment: i64, code: String },
}

impl What {
    /// The kind of change, for reports.
    pub(super) const fn sort(&self) -> &'static str {
        match self {
            Self::SignedUp { .. } => "account",
            Self::Made { .. } => "environment",
            Self::Invited { .. } => "invitation",
            Self::Joined { .. } => "membership",
        }
    }
}

/// The response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// 200 or 303.
    Done,
    /// 503 with `Retry-After`. The outcome is unknown: the change may be there, but only once.
    Refused,
    /// Any other status.
    Wrong(String),
    /// The connection broke; the outcome is unknown. Allowed only where a server is killed.
    Broken,
}

impl Answer {
    pub(super) fn of(reply: Option<&Reply>) -> Self {
        let Some(reply) = reply else { return Self::Broken };
        let retry_after = reply.header("Retry-After").and_then(|seconds| seconds.parse().ok());
        match (reply.status, retry_after) {
            (200 | 303, _) => Self::Done,
            (503, Some(1..=60)) => Self::Refused,
            (503, _) => Self::Wrong("503 without Retry-After".to_owned()),
            (status, _) => Self::Wrong(status.to_string()),
        }
    }

    pub(super) fn is_done(&self) -> bool {
        *self == Self::Done
    }

    pub(super) fn is_refused(&self) -> bool {
        *self != Self::Done
    }
}

/// A change and its answer.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) what: What,
    pub(super) answer: Answer,
    pub(super) took: Duration,
}

impl Change {
    /// What is wrong with the response, whatever the outcome of the change.
    pub(super) fn fault(&self) -> Option<String> {
        match &self.answer {
            Answer::Wrong(answer) => Some(format!("{}: answered {answer}", self.what.sort())),
            _ if self.took > PATIENCE => Some(format!("{}: answered after more than 15 s", self.what.sort())),
            Answer::Done | Answer::Refused | Answer::Broken => None,
        }
    }
}

//! Durations that users choose.

use std::time::Duration;

use super::{FieldValue, Raw};
use crate::fault::Rule;

/// How long an invitation to an org is open: 1 second to 30 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitationLife(pub Duration);

impl InvitationLife {
    /// The maximum in seconds: 30 days.
    pub const LONGEST: u64 = 30 * 24 * 60 * 60;
}

impl FieldValue for InvitationLife {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let seconds = match raw {
            Raw::Integer(seconds) => u64::try_from(seconds).ok(),
            Raw::Text(text) => text.parse().ok(),
            _ => None,
        };
        let seconds = seconds.filter(|seconds| (1..=Self::LONGEST).contains(seconds)).ok_or(Rule::InvitationLife)?;
        Ok(Self(Duration::from_secs(seconds)))
    }
}

/// How long an access token works: one of a few choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenLife(pub Duration);

impl TokenLife {
    /// The choices, in days.
    pub const DAYS: [u64; 4] = [7, 30, 90, 365];
}

impl FieldValue for TokenLife {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let Raw::Text(text) = raw else { return Err(Rule::TokenLife) };
        let lives = Self::DAYS.map(|days| days * 24 * 60 * 60);
        let chosen = text.parse().ok().filter(|seconds| lives.contains(seconds));
        chosen.map(|seconds| Self(Duration::from_secs(seconds))).ok_or(Rule::TokenLife)
    }
}

//! Ids, and randomness.

mod definition;

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;
use std::sync::Mutex;

use sea_orm::DeriveValueType;
use serde::Serialize;

pub use definition::{DefinitionId, DefinitionKind};

use crate::clock::Timestamp;

/// Row ids, one type per table, so that they cannot be mixed up.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType, Serialize)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, ParseIntError> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    UserId,
    PlaceId,
    /// A membership that results from an invitation has the same number.
    InvitationId,
    MembershipId,
    /// MyCRT's clients know environments by it.
    EnvironmentId,
    /// An environment's Slack configuration.
    SlackId,
    CloudKeysId,
    FormerSecretId,
    OrgId,
    RoleId,
    PermissionId,
    /// A role or permission assigned to a user.
    AssignmentId,
    /// A role or permission offered by an invitation.
    OfferedGrantId,
    /// A session or access token.
    SessionId,
    AddressId,
    /// A password reset.
    ResetId,
    /// A message in the outbox.
    MessageId,
    /// An audit event.
    EventId,
}

impl From<InvitationId> for MembershipId {
    /// The membership that results from an invitation.
    fn from(id: InvitationId) -> Self {
        Self(id.0)
    }
}

/// `N` bytes from the operating system's generator.
///
/// # Panics
/// When the operating system provides no randomness; nothing safe could follow.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::disallowed_methods, reason = "the one place that asks for randomness")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A uid: 24 lower-case hex digits that rise with time. The first twelve are the millisecond; the rest is a number that
/// starts at random in each millisecond and counts up within it, so that the uids of one process always rise and those
/// of several do not collide.
pub fn new_uid(now: Timestamp) -> String {
    static LAST: Mutex<(i64, u64)> = Mutex::new((0, 0));
    let mut last = LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if now.millis() > last.0 {
        // The top bit stays free for counting up.
        let random = u64::from_be_bytes(random_bytes::<8>()) >> 17;
        *last = (now.millis(), random);
    } else {
        last.1 += 1;
    }
    format!("{:012x}{:012x}", last.0, last.1 & 0xffff_ffff_ffff)
}

/// Lower-case hex digits, two per byte.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of hex digits; `None` if there are not `N`.
pub fn bytes_of<const N: usize>(digits: &str) -> Option<[u8; N]> {
    if digits.len() != 2 * N || !digits.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_rise_within_one_millisecond_and_after_it() {
        let mut uids: Vec<String> = (0..100).map(|_| new_uid(Timestamp(1_800_000_000_000))).collect();
        uids.push(new_uid(Timestamp(1_800_000_000_001)));
        assert!(uids.is_sorted(), "{uids:?}");
        assert!(uids.iter().all(|uid| uid.len() == 24));
    }
}

//! Places and what is offered of them: the types that the rules of all kinds share. Differences between kinds are in
//! [`places`](super::places).

use std::time::Duration;

pub use crate::entity::Kind;
pub use crate::entity::member::Level;
pub use crate::store::places::{Joined, Place};

use crate::domain::access::grants::RequestedGrants;
use crate::domain::audit::Topic;
use crate::ids::{InvitationId, UserId};
use crate::store::assignments::{Grant, Granted};

/// The constants of a kind, defined in its own module.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Its name in the database and in Fluent selects.
    pub word: &'static str,
    /// First segment of its places' paths.
    pub segment: &'static str,
    /// The members page, relative to a place's path.
    pub members_page: &'static str,
    /// The page of open invitations, relative to a place's path.
    pub invitations_page: &'static str,
    /// How long an invitation is open by default.
    pub life: Duration,
    /// Whether invitations have a code for typing.
    pub has_code: bool,
    /// Whether invitations offer roles and permissions.
    pub has_grants: bool,
    /// Whether its members see secrets.
    pub has_secrets: bool,
    /// The topics of its events.
    pub topics: &'static [Topic],
}

/// What members of a place see of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sea_orm::EnumIter)]
pub enum Field {
    AccessKey,
    SecretKey,
    Region,
    Bucket,
    Prefix,
    DbName,
    DbHost,
    DbUser,
    DbPass,
    Instance,
    ParameterGroup,
}

/// What a user may do in a place.
#[derive(Clone, Debug)]
pub struct Held {
    /// `owner`, or a [level](Level::word).
    pub right: &'static str,
    pub grants: Vec<Granted>,
}

/// A place that loses more than a member when an account is deleted.
#[derive(Clone, Debug)]
pub struct Affected {
    pub place: Place,
    pub effect: Effect,
}

/// What deleting an account does to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Passes to another owner, by name.
    PassesTo(String),
    /// Deleted too: it has no other members.
    Deleted,
    /// Its other members could not own it: deleted only if confirmed.
    Unowned,
    /// Nobody would administer it, so the account cannot be deleted.
    LeftAlone,
}

/// An offer that has yet to be authorized.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub kind: Kind,
    pub place: Key,
    pub level: Level,
    pub grants: RequestedGrants,
}

/// A reference to a place.
#[derive(Clone, Debug)]
pub enum Key {
    /// The key in its path.
    Path(String),
    /// Its uid, used by programs.
    Uid(String),
}

/// What an invitation offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub place: Place,
    pub level: Level,
    pub grants: Vec<Grant>,
}

/// Events that a place's channel, if it has one, hears of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum News {
    Invited { by: UserId, invitation_id: InvitationId },
    Joined { user_id: UserId },
}

impl Level {
    pub const fn from_is_admin(is_admin: bool) -> Self {
        if is_admin { Self::Administrator } else { Self::Member }
    }

    pub fn is_admin(self) -> bool {
        self >= Self::Administrator
    }

    /// Its name in the database and in Fluent selects.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Administrator => "administrator",
        }
    }
}

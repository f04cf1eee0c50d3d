//! What people are let into, and what is offered of it: the words that the rules of every kind of place share. How kinds differ
//! is in [`places`](super::places).

use std::time::Duration;

pub use crate::entity::Kind;
pub use crate::entity::member::Level;
pub use crate::store::places::{Joined, Place};

use crate::domain::access::grants::RequestedGrants;
use crate::domain::audit::Topic;
use crate::ids::{InvitationId, UserId};
use crate::store::assignments::{Grant, Granted};

/// What is fixed for a kind. Each kind's own module has its own.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Its name, in the database and in the words' selects.
    pub word: &'static str,
    /// Where the paths of its places begin.
    pub segment: &'static str,
    /// The page of members, below a place's path.
    pub members_page: &'static str,
    /// The page of open invitations, below a place's path.
    pub invitations_page: &'static str,
    /// How long an invitation is open, unless somebody says otherwise.
    pub life: Duration,
    /// Whether invitations have a code to be typed by hand.
    pub has_code: bool,
    /// Whether invitations offer roles and permissions.
    pub has_grants: bool,
    /// What can have happened in its places.
    pub topics: &'static [Topic],
}

/// What somebody may do in a place.
#[derive(Clone, Debug)]
pub struct Held {
    /// `owner`, or a [level](Level::word).
    pub right: &'static str,
    /// Roles and permissions, by name.
    pub grants: Vec<Granted>,
}

/// A place to which the end of an account does more than to take a member.
#[derive(Clone, Debug)]
pub struct Affected {
    pub place: Place,
    pub effect: Effect,
}

/// What the end of an account does to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Somebody else, by name, owns it then.
    PassesTo(String),
    /// It goes as well: nobody else is in it.
    Deleted,
    /// It has others, of whom nobody could own it: it is deleted only if that is said.
    Unowned,
    /// Nobody would administer it. While there are such places, the account is not deleted.
    LeftAlone,
}

/// What somebody wants to offer, before it is known whether they may.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub kind: Kind,
    pub place: Key,
    pub level: Level,
    pub grants: RequestedGrants,
}

/// How somebody names a place of a kind.
#[derive(Clone, Debug)]
pub enum Key {
    /// As its path does.
    Path(String),
    /// As programs do.
    Uid(String),
}

/// What an invitation offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub place: Place,
    pub level: Level,
    /// The roles and permissions that go with it.
    pub grants: Vec<Grant>,
}

/// What a place's channel, if it has one, is told of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum News {
    Invited { by: UserId, invitation_id: InvitationId },
    Joined { user_id: UserId },
}

impl Level {
    /// The level that a flag means.
    pub const fn from_is_admin(is_admin: bool) -> Self {
        if is_admin { Self::Administrator } else { Self::Member }
    }

    /// The flag for this level.
    pub fn is_admin(self) -> bool {
        self >= Self::Administrator
    }

    /// Its name, in the database and in the words' selects.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Administrator => "administrator",
        }
    }
}

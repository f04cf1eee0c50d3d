//! What is offered, and what is different from offer to offer: nothing else in the engine is.

use std::time::Duration;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::policy;
use crate::entity::invitation::OfferKind;
use crate::error::{Error, Thing};
use crate::store;
use crate::store::invitations::{Found, Target};

/// What an invitation offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A place in an environment.
    Environment { id: i64, right: Right },
}

/// With which right a place in an environment is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// May look.
    Member,
    /// May look, change, invite and delete.
    Administrator,
}

impl Right {
    /// The right that a flag of MyCRT's means.
    pub fn from_is_admin(is_admin: bool) -> Self {
        if is_admin { Self::Administrator } else { Self::Member }
    }

    /// MyCRT's flag for this right.
    pub fn is_admin(self) -> bool {
        self == Self::Administrator
    }
}

const ENVIRONMENT_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) fn environment_target(id: i64) -> Target {
    Target { kind: OfferKind::Environment, environment_id: Some(id) }
}

impl Offer {
    /// What an invitation offers; `None` when its target is gone.
    pub fn of(invitation: &Found) -> Option<Self> {
        match invitation.kind {
            OfferKind::Environment => Some(Self::Environment {
                id: invitation.environment_id?,
                right: Right::from_is_admin(invitation.is_admin),
            }),
        }
    }

    /// How long an invitation to it is open.
    pub fn life(&self) -> Duration {
        match self {
            Self::Environment { .. } => ENVIRONMENT_LIFE,
        }
    }

    /// Whether its invitations have a code to be typed by hand.
    pub(super) fn has_code(&self) -> bool {
        match self {
            Self::Environment { .. } => true,
        }
    }

    pub(super) fn target(&self) -> Target {
        match self {
            Self::Environment { id, .. } => environment_target(*id),
        }
    }

    pub(super) fn is_admin(&self) -> bool {
        match self {
            Self::Environment { right, .. } => right.is_admin(),
        }
    }

    /// The environment in whose audit log it belongs.
    pub(super) fn environment_id(&self) -> Option<i64> {
        match self {
            Self::Environment { id, .. } => Some(*id),
        }
    }

    /// The ceiling: the target's name, if the user may offer this.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for whom the target is hidden from, [`Error::OnlyAdministratorsInvite`].
    pub(super) async fn allow(&self, connection: &impl ConnectionTrait, user_id: i64) -> Result<String, Error> {
        match self {
            Self::Environment { id, .. } => {
                let access = store::environments::access(connection, *id, user_id).await?;
                let access = access.filter(policy::may_see).ok_or(Error::NotFound(Thing::Environment(*id)))?;
                if policy::may_administer(&access) { Ok(access.name) } else { Err(Error::OnlyAdministratorsInvite) }
            }
        }
    }

    /// Whether the inviter may still offer this.
    pub(super) async fn is_still_allowed(
        &self,
        connection: &impl ConnectionTrait,
        inviter_id: Option<i64>,
    ) -> Result<bool, Error> {
        let Some(inviter_id) = inviter_id else { return Ok(false) };
        match self.allow(connection, inviter_id).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound(_) | Error::OnlyAdministratorsInvite) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether the user has already what membership would give.
    pub(super) async fn has_member(&self, connection: &impl ConnectionTrait, user_id: i64) -> Result<bool, Error> {
        match self {
            Self::Environment { id, .. } => {
                let access = store::environments::access(connection, *id, user_id).await?;
                Ok(access.is_some_and(|access| policy::may_see(&access)))
            }
        }
    }

    /// Gives what was offered, under the invitation's id: false when the user is a member already.
    pub(super) async fn grant(
        &self,
        txn: &impl ConnectionTrait,
        invitation_id: i64,
        user_id: i64,
        now: Timestamp,
    ) -> Result<bool, Error> {
        match self {
            Self::Environment { id, right } => {
                store::members::insert(txn, invitation_id, *id, user_id, right.is_admin(), now).await
            }
        }
    }
}

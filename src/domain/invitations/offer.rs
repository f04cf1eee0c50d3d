//! What is offered, and what is different from offer to offer: nothing else in the engine is.

use std::time::Duration;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::audit::things;
use crate::domain::environments::slack;
use crate::domain::grants::{WantedGrants, check_ceiling};
use crate::domain::policy;
use crate::domain::rights::{Rights, SystemPermission};
use crate::entity::invitation::OfferKind;
use crate::error::{Error, Thing};
use crate::ids::InvitationId;
use crate::store;
use crate::store::assignments::{Grant, Granted};
use crate::store::audit::{Details, Place};
use crate::store::invitations::{Found, Target};

/// What an invitation offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A place in an environment.
    Environment { id: i64, right: Right },
    /// Membership of an org, with roles and permissions.
    Org { id: i64, slug: String, right: Right, grants: Vec<Grant> },
}

/// With which right a place is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// May look; in an org, what its roles and permissions say.
    Member,
    /// May do everything there.
    Administrator,
}

impl Right {
    /// The right that a flag means.
    pub fn from_is_admin(is_admin: bool) -> Self {
        if is_admin { Self::Administrator } else { Self::Member }
    }

    /// The flag for this right.
    pub fn is_admin(self) -> bool {
        self == Self::Administrator
    }
}

/// What somebody wants to offer, before it is known whether they may.
#[derive(Clone, Debug)]
pub enum Proposal {
    /// A place in an environment.
    Environment { id: i64, right: Right },
    /// Membership of the org of this uid.
    Org { uid: String, right: Right, grants: WantedGrants },
}

const ENVIRONMENT_LIFE: Duration = Duration::from_secs(24 * 60 * 60);
const ORG_LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

pub(crate) fn environment_target(id: i64) -> Target {
    Target { kind: OfferKind::Environment, environment_id: Some(id), org_id: None }
}

pub(crate) fn org_target(id: i64) -> Target {
    Target { kind: OfferKind::Org, environment_id: None, org_id: Some(id) }
}

impl Proposal {
    /// The offer and its target's name, if the user may offer this.
    ///
    /// # Errors
    /// Environment: [`Error::NotFound`] also for whom it is hidden from, [`Error::OnlyAdministratorsInvite`].
    /// Org: [`Error::Forbidden`]; [`Error::NotFound`]; what [`WantedGrants::resolve`] says.
    pub(super) async fn offer(
        &self,
        connection: &impl ConnectionTrait,
        user_id: i64,
        now: Timestamp,
    ) -> Result<(Offer, String), Error> {
        match self {
            Self::Environment { id, right } => {
                let offer = Offer::Environment { id: *id, right: *right };
                let access = store::environments::access(connection, *id, user_id).await?;
                let access = access.filter(policy::may_see).ok_or(Error::NotFound(Thing::Environment(*id)))?;
                offer.allow(connection, user_id, now).await?;
                Ok((offer, access.name))
            }
            Self::Org { uid, right, grants } => {
                let org = store::orgs::by_uid(connection, uid).await?;
                let org_id = org.as_ref().map(|org| org.id);
                let rights = Rights::of(connection, user_id, now).await?;
                rights.need(SystemPermission::UserWrite, org_id)?;
                grants.need_rights(&rights, org_id)?;
                let org = org.ok_or(Error::NotFound(Thing::Org))?;
                let grants = grants.resolve(connection, org.id).await?;
                let offer = Offer::Org { id: org.id, slug: org.slug, right: *right, grants };
                offer.allow(connection, user_id, now).await?;
                Ok((offer, org.name))
            }
        }
    }
}

impl Offer {
    /// What an invitation offers; `None` when its target is gone.
    pub async fn of(connection: &impl ConnectionTrait, invitation: &Found) -> Result<Option<Self>, Error> {
        let right = Right::from_is_admin(invitation.is_admin);
        match invitation.kind {
            OfferKind::Environment => Ok(invitation.environment_id.map(|id| Self::Environment { id, right })),
            OfferKind::Org => {
                let (Some(id), Some(slug)) = (invitation.org_id, invitation.org_slug.clone()) else {
                    return Ok(None);
                };
                let grants = store::invitation_grants::of_invitation(connection, invitation.id).await?;
                Ok(Some(Self::Org { id, slug, right, grants }))
            }
        }
    }

    /// How long an invitation to it is open, unless somebody says otherwise.
    pub(super) fn life(&self) -> Duration {
        match self {
            Self::Environment { .. } => ENVIRONMENT_LIFE,
            Self::Org { .. } => ORG_LIFE,
        }
    }

    /// Whether its invitations have a code to be typed by hand.
    pub(super) fn has_code(&self) -> bool {
        match self {
            Self::Environment { .. } => true,
            Self::Org { .. } => false,
        }
    }

    pub(super) fn target(&self) -> Target {
        match self {
            Self::Environment { id, .. } => environment_target(*id),
            Self::Org { id, .. } => org_target(*id),
        }
    }

    pub(super) fn right(&self) -> Right {
        match self {
            Self::Environment { right, .. } | Self::Org { right, .. } => *right,
        }
    }

    /// The permissions and roles that go with it.
    pub fn grants(&self) -> &[Grant] {
        match self {
            Self::Environment { .. } => &[],
            Self::Org { grants, .. } => grants,
        }
    }

    /// The ceiling: whether the user may offer this.
    ///
    /// # Errors
    /// [`Error::OnlyAdministratorsInvite`], [`Error::Forbidden`].
    pub(super) async fn allow(
        &self,
        connection: &impl ConnectionTrait,
        user_id: i64,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self {
            Self::Environment { id, .. } => {
                let access = store::environments::access(connection, *id, user_id).await?;
                let may = access.is_some_and(|access| policy::may_administer(&access));
                if may { Ok(()) } else { Err(Error::OnlyAdministratorsInvite) }
            }
            Self::Org { id, right, grants, .. } => {
                let rights = Rights::of(connection, user_id, now).await?;
                policy::may_offer_in_org(&rights, *id, *right, grants)?;
                check_ceiling(connection, &rights, Some(*id), grants).await
            }
        }
    }

    /// Whether the inviter may still offer this.
    pub(super) async fn is_still_allowed(
        &self,
        connection: &impl ConnectionTrait,
        inviter_id: Option<i64>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let Some(inviter_id) = inviter_id else { return Ok(false) };
        if !store::users::is_active(connection, inviter_id, now).await? {
            return Ok(false);
        }
        match self.allow(connection, inviter_id, now).await {
            Ok(()) => Ok(true),
            Err(Error::Forbidden | Error::OnlyAdministratorsInvite) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether the user may see the open invitations to the target and take them back.
    pub(super) async fn is_managed_by(
        &self,
        connection: &impl ConnectionTrait,
        user_id: i64,
        now: Timestamp,
    ) -> Result<bool, Error> {
        match self {
            Self::Environment { .. } => self.is_still_allowed(connection, Some(user_id), now).await,
            Self::Org { id, .. } => {
                let rights = Rights::of(connection, user_id, now).await?;
                Ok(rights.hold(SystemPermission::UserWrite, Some(*id)))
            }
        }
    }

    /// Whether the user has already what membership would give.
    pub(crate) async fn has_member(
        &self,
        connection: &impl ConnectionTrait,
        user_id: i64,
        now: Timestamp,
    ) -> Result<bool, Error> {
        match self {
            Self::Environment { id, .. } => {
                let access = store::environments::access(connection, *id, user_id).await?;
                Ok(access.is_some_and(|access| policy::may_see(&access)))
            }
            Self::Org { id, .. } => store::org_members::is_member(connection, *id, user_id, now).await,
        }
    }

    /// Tells the target's channel, if it has one, that somebody is invited.
    pub(super) async fn announce_invitation(
        &self,
        txn: &impl ConnectionTrait,
        inviter_id: i64,
        invitation_id: InvitationId,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self {
            Self::Environment { id, .. } => {
                slack::owe(txn, *id, slack::Event::Invited { by: inviter_id, invitation_id }, now).await
            }
            Self::Org { .. } => Ok(()),
        }
    }

    /// Tells the target's channel, if it has one, that somebody is in.
    pub(super) async fn announce_member(
        &self,
        txn: &impl ConnectionTrait,
        user_id: i64,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self {
            Self::Environment { id, .. } => slack::owe(txn, *id, slack::Event::Joined { user_id }, now).await,
            Self::Org { .. } => Ok(()),
        }
    }

    /// What the audit log is told of it.
    pub(super) async fn details(&self, txn: &impl ConnectionTrait) -> Result<Details, Error> {
        let place = match self.right() {
            Right::Member => Place::Member,
            Right::Administrator => Place::Administrator,
        };
        Ok(Details { place: Some(place), gave: things(txn, self.grants()).await?, ..Details::default() })
    }

    /// Withholds what is secret in what was given under an invitation's id, until the mailbox is proved.
    pub(super) async fn await_proof(
        &self,
        txn: &impl ConnectionTrait,
        invitation_id: InvitationId,
    ) -> Result<(), Error> {
        match self {
            Self::Environment { .. } => store::members::await_proof(txn, invitation_id.0).await,
            Self::Org { .. } => Ok(()),
        }
    }

    /// Gives what was offered, under the invitation's id: false when the user is a member already.
    pub(super) async fn grant(
        &self,
        txn: &impl ConnectionTrait,
        invitation: &Found,
        user_id: i64,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let inviter = invitation.inviter_name.as_deref();
        match self {
            Self::Environment { id, right } => {
                store::members::insert(txn, invitation.id.0, *id, user_id, right.is_admin(), inviter, now).await
            }
            Self::Org { id, right, grants, .. } => {
                store::org_members::clear_ended(txn, *id, user_id, now).await?;
                if !store::org_members::insert(txn, invitation.id.0, *id, user_id, now, None, inviter).await? {
                    return Ok(false);
                }
                for grant in grants {
                    store::assignments::insert(txn, user_id, Some(*id), grant, now).await?;
                }
                if right.is_admin() {
                    let role = store::roles::system(txn).await?;
                    let grant = Grant { granted: Granted::Role(role.id), resource_id: None };
                    store::assignments::insert(txn, user_id, Some(*id), &grant, now).await?;
                }
                Ok(true)
            }
        }
    }
}

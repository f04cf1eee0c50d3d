//! What may be offered of a place, and by whom.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;

use super::PlaceAccess;
use crate::clock::Timestamp;
use crate::domain::access::choices::{self, Choices};
use crate::domain::access::grants::RequestedGrants;
use crate::domain::audit::things;
use crate::domain::offer::{Field, Kind, Level, News, Offer, Place, Proposal};
use crate::domain::{environments, orgs};
use crate::error::{EnvironmentError, Error};
use crate::ids::{InvitationId, UserId};
use crate::store;
use crate::store::assignments::Grant;
use crate::store::audit::{Details, Standing};
use crate::store::invitation_grants::Offered;
use crate::store::invitation_lists::Open;
use crate::store::invitations::Found;
use crate::store::locks::Locks;
use crate::store::members::NewMember;
use crate::usher::Usher;

impl Place {
    /// Looks up the requested roles and permissions, if the user may grant such things there.
    ///
    /// # Errors
    /// [`Error::Forbidden`], and those of [`RequestedGrants::resolve`].
    pub(in crate::domain) async fn resolve(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        wanted: &RequestedGrants,
        now: Timestamp,
    ) -> Result<Vec<Grant>, Error> {
        match self.kind {
            Kind::Environment => Ok(Vec::new()),
            Kind::Org => orgs::offering::resolve(connection, self, user_id, wanted, now).await,
        }
    }
}

impl Place {
    /// The fields that have a value.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(in crate::domain) async fn filled(&self, connection: &impl ConnectionTrait) -> Result<Vec<Field>, Error> {
        match self.kind {
            Kind::Environment => environments::offering::filled(connection, self).await,
            Kind::Org => Ok(Vec::new()),
        }
    }
}

impl PlaceAccess {
    /// What the user may offer.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn choices(&self, usher: &Usher) -> Result<Choices, Error> {
        match self {
            Self::Environment(_) => Ok(Choices { administrator: true, ..Choices::default() }),
            Self::Org(seen) => choices::of_rights(usher.db.read(), &seen.rights, Some(seen.org.id)).await,
        }
    }

    /// Which of a page's invitations the user may resend and copy the link of: checks the ceiling for all at once. The
    /// user must manage the place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn offerable(
        &self,
        connection: &impl ConnectionTrait,
        rows: &[Open],
        named: &[Offered],
    ) -> Result<HashSet<InvitationId>, Error> {
        match self {
            Self::Environment(_) => Ok(rows.iter().map(|open| open.id).collect()),
            Self::Org(seen) => orgs::offering::offerable(connection, seen, rows, named).await,
        }
    }
}

impl Proposal {
    /// The locks of a change that relies on the right to make it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(in crate::domain) async fn locks(&self, connection: &impl ConnectionTrait) -> Result<Locks, Error> {
        match self.kind {
            Kind::Environment => environments::offering::locks(connection, self).await,
            Kind::Org => orgs::offering::locks(connection, self).await,
        }
    }

    /// Authorizes the proposal.
    ///
    /// # Errors
    /// Environment: [`Error::NotFound`], also for non-members, [`EnvironmentError::OnlyAdministratorsInvite`]. Org:
    /// [`Error::Forbidden`]; [`Error::NotFound`]; those of [`RequestedGrants::resolve`].
    pub(in crate::domain) async fn offer(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<Offer, Error> {
        match self.kind {
            Kind::Environment => environments::offering::propose(connection, self, user_id, now).await,
            Kind::Org => orgs::offering::propose(connection, self, user_id, now).await,
        }
    }
}

impl Offer {
    /// What an invitation offers; `None` when its place was deleted.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn of(connection: &impl ConnectionTrait, invitation: &Found) -> Result<Option<Self>, Error> {
        let Some(place) = invitation.place() else { return Ok(None) };
        let grants = if place.kind.facts().has_grants {
            store::invitation_grants::of_invitation(connection, invitation.id).await?
        } else {
            Vec::new()
        };
        Ok(Some(Self { place, level: invitation.level, grants }))
    }

    /// The ceiling: checks that the user may offer this.
    ///
    /// # Errors
    /// [`EnvironmentError::OnlyAdministratorsInvite`], [`Error::Forbidden`].
    pub(in crate::domain) async fn allow(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.place.kind {
            Kind::Environment => environments::offering::allow(connection, self, user_id, now).await,
            Kind::Org => orgs::offering::allow(connection, self, user_id, now).await,
        }
    }

    /// Whether the inviter may still offer this.
    pub(in crate::domain) async fn is_still_allowed(
        &self,
        connection: &impl ConnectionTrait,
        inviter_id: Option<UserId>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let Some(inviter_id) = inviter_id else { return Ok(false) };
        if !store::users::is_active(connection, inviter_id, now).await? {
            return Ok(false);
        }
        match self.allow(connection, inviter_id, now).await {
            Ok(()) => Ok(true),
            Err(Error::Forbidden | Error::Environment(EnvironmentError::OnlyAdministratorsInvite)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether the user already has what membership would give.
    pub(crate) async fn has_member(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<bool, Error> {
        store::members::is_member(connection, self.place.id, user_id, now).await
    }

    /// Owes the place's channel a notice, if it has one.
    pub(in crate::domain) async fn announce(
        &self,
        txn: &impl ConnectionTrait,
        news: News,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.place.kind {
            Kind::Environment => {
                let event = environments::slack::Event::News(news);
                environments::slack::owe(txn, self.place.id, event, now).await
            }
            Kind::Org => Ok(()),
        }
    }

    /// The details for the audit log.
    pub(in crate::domain) async fn details(&self, txn: &impl ConnectionTrait) -> Result<Details, Error> {
        let standing = match self.level {
            Level::Member => Standing::Member,
            Level::Administrator => Standing::Administrator,
        };
        Ok(Details { standing: Some(standing), gave: things(txn, &self.grants).await?, ..Details::default() })
    }

    /// Admits the user under the invitation's id; returns false if they are a member already.
    pub(in crate::domain) async fn admit(
        &self,
        txn: &impl ConnectionTrait,
        invitation: &Found,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let place = &self.place;
        place.clear_ended(txn, user_id, now).await?;
        let member = NewMember {
            id: invitation.id.into(),
            place_id: place.id,
            user_id,
            // Where rights are granted, the grants say what a member may do.
            level: if place.kind.facts().has_grants { Level::Member } else { self.level },
            expires_at: None,
            let_in_by: invitation.inviter_name.as_deref(),
            now,
        };
        if !store::members::insert(txn, member).await? {
            return Ok(false);
        }
        match place.kind {
            Kind::Environment => {}
            Kind::Org => orgs::offering::assign(txn, self, user_id, now).await?,
        }
        Ok(true)
    }
}

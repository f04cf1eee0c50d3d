//! Looks an invitation up for one visitor. Previewing, accepting and declining start here.

use sea_orm::ConnectionTrait;

use super::locks;
use super::standing::{LinkAge, Standing, standing};
use super::token::Route;
use crate::clock::Timestamp;
use crate::domain::offer::Offer;
use crate::error::Error;
use crate::ids::{InvitationId, UserId};
use crate::store;
use crate::store::invitations::Found;
use crate::store::locks::Locks;

/// How a visitor refers to an invitation.
#[derive(Clone, Debug)]
pub(super) enum Lookup {
    /// The digest of its link.
    Link(String),
    /// The digest of its code.
    Code(String),
    /// Its id, from the list of invitations sent to a verified address.
    Listed(InvitationId),
}

/// An invitation with its standing for one visitor.
#[derive(Clone, Debug)]
pub(super) struct ResolvedInvitation {
    pub invitation: Found,
    /// `None`: its place was deleted.
    pub offer: Option<Offer>,
    pub route: Route,
    pub standing: Standing,
}

impl Lookup {
    /// The invitation for a visitor (`None`: signed out).
    ///
    /// # Errors
    /// [`Error::LinkUnknown`].
    pub async fn resolve(
        &self,
        connection: &impl ConnectionTrait,
        visitor: Option<UserId>,
        now: Timestamp,
    ) -> Result<ResolvedInvitation, Error> {
        let invitation = self.find(connection).await?.ok_or(Error::LinkUnknown)?;
        let (age, route) = self.age_and_route(&invitation);
        let offer = Offer::of(connection, &invitation).await?;
        let standing = match &offer {
            Some(offer) => standing(connection, &invitation, offer, age, visitor, now).await?,
            None => Standing::Gone,
        };
        Ok(ResolvedInvitation { invitation, offer, route, standing })
    }

    /// The locks of an answer to it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn locks(&self, connection: &impl ConnectionTrait) -> Result<Locks, Error> {
        Ok(self.find(connection).await?.as_ref().map_or_else(Locks::default, locks))
    }

    async fn find(&self, connection: &impl ConnectionTrait) -> Result<Option<Found>, Error> {
        match self {
            Self::Link(digest) => store::invitations::by_link(connection, digest).await,
            Self::Code(digest) => store::invitations::by_code(connection, digest).await,
            Self::Listed(id) => store::invitations::find(connection, *id).await,
        }
    }

    fn age_and_route(&self, invitation: &Found) -> (LinkAge, Route) {
        match self {
            Self::Link(digest) if *digest == invitation.mailed_digest => (LinkAge::Current, Route::Mailed),
            Self::Link(digest) if *digest == invitation.copied_digest => (LinkAge::Current, Route::Copied),
            Self::Link(_) => (LinkAge::Retired, Route::Copied),
            // A code or a list entry proves no further mailbox.
            Self::Code(_) | Self::Listed(_) => (LinkAge::Current, Route::Copied),
        }
    }
}

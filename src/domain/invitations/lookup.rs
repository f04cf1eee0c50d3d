//! An invitation as it stands for one visitor: what looking, accepting and declining decide on.

use sea_orm::ConnectionTrait;

use super::standing::{Standing, Way, standing};
use super::token::Route;
use crate::clock::Timestamp;
use crate::domain::offer::Offer;
use crate::error::Error;
use crate::ids::{InvitationId, UserId};
use crate::store;
use crate::store::invitations::Found;

/// How a visitor names an invitation.
#[derive(Clone, Debug)]
pub(super) enum Lookup {
    /// By the digest of its link.
    Link(String),
    /// By the digest of its code.
    Code(String),
    /// By its id, out of the list of what was sent to a verified address.
    Listed(InvitationId),
}

/// An invitation as it stands for one visitor.
#[derive(Clone, Debug)]
pub(super) struct ResolvedInvitation {
    pub invitation: Found,
    /// `None`: its place is gone.
    pub offer: Option<Offer>,
    pub route: Route,
    pub standing: Standing,
}

impl Lookup {
    /// The invitation as it stands for a visitor (`None`: signed out).
    ///
    /// # Errors
    /// [`Error::LinkUnknown`].
    pub async fn resolve(
        &self,
        connection: &impl ConnectionTrait,
        visitor: Option<UserId>,
        now: Timestamp,
    ) -> Result<ResolvedInvitation, Error> {
        let found = match self {
            Self::Link(digest) => store::invitations::by_link(connection, digest).await?,
            Self::Code(digest) => store::invitations::by_code(connection, digest).await?,
            Self::Listed(id) => store::invitations::find(connection, *id).await?,
        };
        let invitation = found.ok_or(Error::LinkUnknown)?;
        let (way, route) = self.way_and_route(&invitation);
        let offer = Offer::of(connection, &invitation).await?;
        let standing = match &offer {
            Some(offer) => standing(connection, &invitation, offer, way, visitor, now).await?,
            None => Standing::Gone,
        };
        Ok(ResolvedInvitation { invitation, offer, route, standing })
    }

    fn way_and_route(&self, invitation: &Found) -> (Way, Route) {
        match self {
            Self::Link(digest) if *digest == invitation.mailed_digest => (Way::Present, Route::Mailed),
            Self::Link(digest) if *digest == invitation.copied_digest => (Way::Present, Route::Copied),
            Self::Link(_) => (Way::Retired, Route::Copied),
            // A code and a list prove nothing of a mailbox that was not proved before.
            Self::Code(_) | Self::Listed(_) => (Way::Present, Route::Copied),
        }
    }
}

//! Looks an invitation up for one visitor. Previewing, accepting and declining start here.

use sea_orm::ConnectionTrait;

use super::locks;
use super::standing::{LinkAge, Standing, standing, standing_if_taken_up};
use super::token::{Route, link_digest};
use crate::clock::Timestamp;
use crate::domain::offer::Offer;
use crate::error::Error;
use crate::ids::{InvitationId, UserId};
use crate::keys::Keys;
use crate::store;
use crate::store::invitations::Found;
use crate::store::locks::{Lock, Locks};

/// How an invitation was shown to whoever answers it: nobody takes up what they do not know to be declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    Open,
    Declined,
}

/// How a visitor refers to an invitation.
#[derive(Clone, Debug)]
pub(super) enum Lookup {
    /// The digest of its link.
    Link(String),
    /// The digest of the link of a declined invitation, on its page: there it can be taken up again. To programs it is
    /// closed.
    LinkOfDeclined(String),
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
    /// An invitation that was seen so on the page of its link.
    pub fn on_page(keys: &Keys, link: &str, seen: Seen) -> Self {
        let digest = link_digest(keys, link);
        match seen {
            Seen::Open => Self::Link(digest),
            Seen::Declined => Self::LinkOfDeclined(digest),
        }
    }

    /// Whether it is the link, which only somebody has whom it was given to.
    pub const fn is_link(&self) -> bool {
        matches!(self, Self::Link(_) | Self::LinkOfDeclined(_))
    }

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
        let standing = match (&offer, self) {
            (Some(offer), Self::LinkOfDeclined(_)) if route == Route::Mailed => {
                standing_if_taken_up(connection, &invitation, offer, visitor, now).await?
            }
            (Some(offer), _) => standing(connection, &invitation, offer, age, visitor, now).await?,
            (None, _) => Standing::Gone,
        };
        Ok(ResolvedInvitation { invitation, offer, route, standing })
    }

    /// The locks of an answer to it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn locks(&self, connection: &impl ConnectionTrait) -> Result<Locks, Error> {
        let Some(invitation) = self.find(connection).await? else { return Ok(Locks::default()) };
        let locks = locks(&invitation);
        Ok(match (self, invitation.place_id) {
            // Nobody is to invite anew meanwhile.
            (Self::LinkOfDeclined(_), Some(place_id)) => locks.hold(Lock::Place(place_id)),
            _ => locks,
        })
    }

    async fn find(&self, connection: &impl ConnectionTrait) -> Result<Option<Found>, Error> {
        match self {
            Self::Link(digest) | Self::LinkOfDeclined(digest) => store::invitations::by_link(connection, digest).await,
            Self::Code(digest) => store::invitations::by_code(connection, digest).await,
            Self::Listed(id) => store::invitations::find(connection, *id).await,
        }
    }

    fn age_and_route(&self, invitation: &Found) -> (LinkAge, Route) {
        match self {
            Self::Link(digest) | Self::LinkOfDeclined(digest) => {
                if *digest == invitation.mailed_digest {
                    (LinkAge::Current, Route::Mailed)
                } else if *digest == invitation.copied_digest {
                    (LinkAge::Current, Route::Copied)
                } else {
                    (LinkAge::Retired, Route::Copied)
                }
            }
            // A code or a list entry proves no further mailbox.
            Self::Code(_) | Self::Listed(_) => (LinkAge::Current, Route::Copied),
        }
    }
}

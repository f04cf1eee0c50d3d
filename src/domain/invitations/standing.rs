//! The standing of an invitation for one visitor: the only table of states, for previewing and accepting.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::offer::Offer;
use crate::entity::invitation::InvitationState;
use crate::error::Error;
use crate::ids::UserId;
use crate::store;
use crate::store::invitations::Found;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Open, and nobody has the address: the visitor may create an account with it.
    Newcomer,
    /// Open; the invitee has an account, the visitor is signed out.
    SignIn,
    /// Open; the visitor is the invitee.
    Ready,
    /// Open; the visitor is signed in as somebody else.
    Other,
    /// The visitor is the invitee and joined by this invitation.
    AcceptedByMe,
    /// The visitor is the invitee and a member by other means.
    Member,
    /// Somebody else used it.
    Accepted,
    Expired,
    /// Revoked, or its inviter lost the right.
    Revoked,
    /// Replaced by a newer mail or invitation.
    Superseded,
    Declined,
    /// Its place was deleted.
    Gone,
}

/// The only definition of "expired". The queries on invitations in `store` say the same in SQL.
pub fn is_expired(expires_at: Timestamp, now: Timestamp) -> bool {
    expires_at <= now
}

/// The age of the link or code that a visitor presents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkAge {
    /// Works as long as the invitation is open.
    Current,
    /// From an earlier mail.
    Retired,
}

/// The standing of an invitation, whose place exists, for a visitor (`None`: signed out).
pub(super) async fn standing(
    connection: &impl ConnectionTrait,
    invitation: &Found,
    offer: &Offer,
    age: LinkAge,
    visitor: Option<UserId>,
    now: Timestamp,
) -> Result<Standing, Error> {
    if invitation.state == InvitationState::Accepted {
        let mine = visitor.filter(|_| invitation.answered_by == visitor);
        return Ok(match mine {
            Some(user_id) if offer.has_member(connection, user_id, now).await? => Standing::AcceptedByMe,
            _ => Standing::Accepted,
        });
    }
    let is_invitee = match visitor {
        Some(user_id) => is_invitee(connection, invitation, user_id).await?,
        None => false,
    };
    if let (Some(user_id), true) = (visitor, is_invitee)
        && offer.has_member(connection, user_id, now).await?
    {
        return Ok(Standing::Member);
    }
    let closed = match (invitation.state, age) {
        (InvitationState::Declined, _) => Some(Standing::Declined),
        (InvitationState::Revoked, _) => Some(Standing::Revoked),
        (InvitationState::Superseded, _) | (_, LinkAge::Retired) => Some(Standing::Superseded),
        (InvitationState::Pending | InvitationState::Accepted, LinkAge::Current) => None,
    };
    if let Some(closed) = closed {
        return Ok(closed);
    }
    if !offer.is_still_allowed(connection, invitation.inviter_id, now).await? {
        return Ok(Standing::Revoked);
    }
    if is_expired(invitation.expires_at, now) {
        return Ok(Standing::Expired);
    }
    Ok(match visitor {
        Some(_) if is_invitee => Standing::Ready,
        Some(_) => Standing::Other,
        None if has_account(connection, invitation).await? => Standing::SignIn,
        None => Standing::Newcomer,
    })
}

/// The standing of a declined invitation as if it had not been: open again for whoever may answer it, unless somebody
/// has invited them anew, which would have replaced it.
pub(super) async fn standing_if_taken_up(
    connection: &impl ConnectionTrait,
    invitation: &Found,
    offer: &Offer,
    visitor: Option<UserId>,
    now: Timestamp,
) -> Result<Standing, Error> {
    if invitation.state != InvitationState::Declined {
        return standing(connection, invitation, offer, LinkAge::Current, visitor, now).await;
    }
    let invitee_id = match invitation.invitee_id {
        Some(id) => Some(id),
        None => store::addresses::owner(connection, &invitation.normal).await?.map(|owner| owner.user_id),
    };
    if store::invitations::is_invited_anew(connection, invitation, invitee_id).await? {
        return Ok(Standing::Declined);
    }
    let open = Found { state: InvitationState::Pending, ..invitation.clone() };
    Ok(match standing(connection, &open, offer, LinkAge::Current, visitor, now).await? {
        Standing::Other | Standing::Expired | Standing::Revoked => Standing::Declined,
        standing => standing,
    })
}

/// Whether a user is the invitee: named by the invitation, or owner of the address by now.
pub(super) async fn is_invitee(
    connection: &impl ConnectionTrait,
    invitation: &Found,
    user_id: UserId,
) -> Result<bool, Error> {
    if let Some(invitee_id) = invitation.invitee_id {
        return Ok(invitee_id == user_id);
    }
    let owner = store::addresses::owner(connection, &invitation.normal).await?;
    Ok(owner.is_some_and(|owner| owner.user_id == user_id))
}

async fn has_account(connection: &impl ConnectionTrait, invitation: &Found) -> Result<bool, Error> {
    Ok(invitation.invitee_id.is_some() || store::addresses::owner(connection, &invitation.normal).await?.is_some())
}

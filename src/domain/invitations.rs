//! The invitation engine, for all kinds of place. What is offered ([`Offer`](super::places::Offer)), how long an
//! invitation lives and who may invite differ by kind; all else is here.

pub mod accept;
pub mod change;
pub mod decline;
pub mod invite;
pub mod list;
mod lookup;
pub mod mine;
pub mod newcomer;
pub mod preview;
pub mod redeem;
pub mod resend;
pub mod revoke;
pub mod standing;
pub mod token;

use sea_orm::ConnectionTrait;

pub use self::lookup::Seen;

use crate::clock::Timestamp;
use crate::entity::outbox::MessageKind;
use crate::error::Error;
use crate::ids::{InvitationId, UserId, new_uid};
use crate::store;
use crate::store::invitations::Found;
use crate::store::locks::{Lock, Locks};
use crate::store::outbox::NewMail;

/// The locks of a change to an invitation, or an answer to it. It may rely on the inviter's right, and on their account
/// being active.
fn locks(invitation: &Found) -> Locks {
    let place = invitation.place().map_or_else(Locks::default, |place| place.shared_lock());
    place.share(Lock::Global).hold(Lock::Invitation(invitation.id))
}

/// [`locks`] of the invitation with this id.
async fn locks_of(connection: &impl ConnectionTrait, id: InvitationId) -> Result<Locks, Error> {
    Ok(store::invitations::find(connection, id).await?.as_ref().map_or_else(Locks::default, locks))
}

/// Owes the inviter a mail about an invitation, if they still have an account.
async fn notify_inviter(
    txn: &impl ConnectionTrait,
    invitation: &Found,
    kind: MessageKind,
    about_user: Option<UserId>,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(address) = invitation.inviter_address.clone() else { return Ok(()) };
    let mail = NewMail {
        uid: new_uid(now),
        kind,
        address,
        user_id: about_user,
        invitation_id: Some(invitation.id),
        generation: None,
        subject_uid: None,
        now,
    };
    store::outbox::insert(txn, mail).await
}

//! Proving a mailbox. Until the primary one is proved, anybody may have made the account in its owner's name: it gains no
//! other way in, and whatever was there before the proof goes.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::audit;
use crate::entity::audit_event::Action;
use crate::error::{AccountError, Error};
use crate::ids::{SessionId, UserId};
use crate::store;
use crate::store::addresses::OfUser;

/// What came of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// Nothing else changed.
    Quietly,
    /// It was the first of the account, and other addresses, sessions or access tokens are gone.
    OthersGone,
}

/// Notes that whoever acts reads the mailbox of an address. With the first proof of the primary one go the addresses that
/// were added to the account, pending resets, and every session and access token but the one that presents the proof.
/// Addresses that the account was made with stay.
///
/// # Errors
/// [`AccountError::AddressTaken`] when it counts for another user.
pub(crate) async fn prove(
    txn: &impl ConnectionTrait,
    address: &OfUser,
    presented_in: Option<SessionId>,
    now: Timestamp,
) -> Result<Proved, Error> {
    if !store::addresses::verify(txn, address.id, now).await? || !address.is_primary {
        return Ok(Proved::Quietly);
    }
    let user_id = address.user_id;
    store::members::note_proof(txn, user_id).await?;
    store::resets::forget(txn, user_id).await?;
    let ended = match presented_in {
        Some(session_id) => store::sessions::end_others(txn, user_id, session_id).await?,
        None => store::sessions::end_all(txn, user_id).await?,
    };
    let added = store::addresses::added_later(txn, user_id).await?;
    for one in &added {
        store::addresses::remove(txn, user_id, one.id).await?;
        audit::record_own(txn, user_id, Action::AddressRemoved, &one.address, now).await?;
    }
    Ok(if ended || !added.is_empty() { Proved::OthersGone } else { Proved::Quietly })
}

/// # Errors
/// [`AccountError::Unproved`] while the primary address of a user is.
pub(crate) async fn need(connection: &impl ConnectionTrait, user_id: UserId) -> Result<(), Error> {
    if store::addresses::primary_is_verified(connection, user_id).await? {
        Ok(())
    } else {
        Err(AccountError::Unproved.into())
    }
}

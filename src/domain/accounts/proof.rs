//! Proof of a mailbox. Until the primary address is proved, anybody may have made the account in its owner's name: it
//! gains no further way to sign in, and the proof removes those that exist.

use std::net::IpAddr;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::audit::{self, About, By, Where};
use crate::entity::audit_event::Action;
use crate::error::{AccountError, Error};
use crate::ids::{SessionId, UserId};
use crate::store;
use crate::store::addresses::OfUser;

/// The result of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// Nothing else changed.
    Quietly,
    /// The account's first: other addresses, sessions or access tokens were removed.
    OthersGone,
}

/// Records that the caller reads the mailbox of an address. The first proof of the primary address removes addresses
/// added later than the account, pending resets, and every session and access token but the one that presents the
/// proof. Without a session of the user's it is done to the account by somebody: whoever made it is not told from where.
///
/// # Errors
/// [`AccountError::AddressTaken`] when it counts for another user.
pub(crate) async fn prove(
    txn: &impl ConnectionTrait,
    address: &OfUser,
    presented_in: Option<SessionId>,
    ip: Option<IpAddr>,
    now: Timestamp,
) -> Result<Proved, Error> {
    if !store::addresses::verify(txn, address.id, now).await? {
        return Ok(Proved::Quietly);
    }
    let user_id = address.user_id;
    let user = if presented_in.is_some() { store::users::find(txn, user_id).await? } else { None };
    let by = match &user {
        Some(user) => By { user_id: Some(user_id), name: &user.full_name, ip },
        None => By::somebody(ip),
    };
    let about = |address: &OfUser| About::user(address.address.as_str(), user_id);
    audit::record(txn, by, Action::AddressConfirmed, Where::NOWHERE, about(address), now).await?;
    if !address.is_primary {
        return Ok(Proved::Quietly);
    }
    store::members::note_proof(txn, user_id).await?;
    store::resets::forget(txn, user_id).await?;
    let ended = match presented_in {
        Some(session_id) => store::sessions::end_others(txn, user_id, session_id).await?,
        None => store::sessions::end_all(txn, user_id).await?,
    };
    let added = store::addresses::added_later(txn, user_id).await?;
    for one in &added {
        store::addresses::remove(txn, user_id, one.id).await?;
        audit::record(txn, by, Action::AddressRemoved, Where::NOWHERE, about(one), now).await?;
    }
    Ok(if ended || !added.is_empty() { Proved::OthersGone } else { Proved::Quietly })
}

/// # Errors
/// [`AccountError::Unproved`] while the user's primary address is unproved.
pub(crate) async fn need(connection: &impl ConnectionTrait, user_id: UserId) -> Result<(), Error> {
    if store::addresses::primary_is_verified(connection, user_id).await? {
        Ok(())
    } else {
        Err(AccountError::Unproved.into())
    }
}

//! Verifies addresses by a mailed link.

use std::net::IpAddr;
use std::time::Duration;

use sea_orm::DatabaseTransaction;

use super::proof::{self, Proved, prove};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::domain::throttle::{Counter, Limit};
use crate::entity::outbox::MessageKind;
use crate::error::{AccountError, Error, Thing};
use crate::ids::{AddressId, SessionId, new_uid};
use crate::keys::{Keys, Purpose};
use crate::store;
use crate::store::addresses::{OfUser, Verification};
use crate::store::locks::{Lock, Locks};
use crate::store::outbox::NewMail;
use crate::usher::Usher;

/// How long a verification link works.
pub const LIFE: Duration = Duration::from_hours(3 * 24);

pub(crate) fn token(keys: &Keys, address_uid: &str, generation: i64) -> String {
    keys.derived_token(Purpose::Link, &[b"verify", address_uid.as_bytes(), &generation.to_be_bytes()])
}

pub(crate) fn new_verification(keys: &Keys, address_uid: &str, generation: i64, now: Timestamp) -> Verification {
    Verification {
        digest: keys.digest(Purpose::Link, &token(keys, address_uid, generation)),
        expires_at: now.plus(LIFE),
    }
}

pub(crate) fn verification_mail(address_uid: &str, generation: i64, address: &str, now: Timestamp) -> NewMail {
    NewMail {
        uid: new_uid(now),
        kind: MessageKind::VerifyAddress,
        address: address.to_owned(),
        user_id: None,
        invitation_id: None,
        generation: Some(generation),
        subject_uid: Some(address_uid.to_owned()),
        now,
    }
}

/// The address that a link verifies, or has verified.
///
/// # Errors
/// [`Error::LinkUnknown`]; [`AccountError::AddressTaken`] when it counts for another user by now;
/// [`AccountError::Unproved`] when it was added to an account whose primary address is not verified yet.
pub async fn look(usher: &Usher, token: &str) -> Result<OfUser, Error> {
    let digest = usher.keys.digest(Purpose::Link, token);
    let address = store::addresses::by_verification(usher.db.read(), &digest).await?;
    let works = |address: &OfUser| {
        address.verified_at.is_some() || address.verify_expires_at.is_some_and(|at| at > usher.now())
    };
    let address = address.filter(works).ok_or(Error::LinkUnknown)?;
    let owner = store::addresses::owner(usher.db.read(), &address.normal).await?;
    if owner.is_some_and(|owner| owner.user_id != address.user_id) {
        return Err(AccountError::AddressTaken.into());
    }
    if !address.counts {
        proof::need(usher.db.read(), address.user_id).await?;
    }
    Ok(address)
}

/// The primary address of the account that an address was added to; `None` if it is the primary one. Whoever confirms
/// an address must see whose account gets it.
///
/// # Errors
/// When the database cannot be read.
pub async fn account_of(usher: &Usher, address: &OfUser) -> Result<Option<String>, Error> {
    if address.is_primary {
        return Ok(None);
    }
    let addresses = store::addresses::of_user(usher.db.read(), address.user_id).await?;
    Ok(addresses.into_iter().find(|address| address.is_primary).map(|primary| primary.address))
}

/// The result of verifying an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    pub proved: Proved,
    /// Whether an invitation to the address is open.
    pub is_invited: bool,
}

/// Verifies the address of a link; repeating it does no harm. If the visitor is signed in to that account, their
/// session survives the proof.
///
/// # Errors
/// As [`look`].
pub async fn verify(
    usher: &Usher,
    token: &str,
    visitor: Option<&Actor>,
    ip: Option<IpAddr>,
) -> Result<Verified, Error> {
    let address = look(usher, token).await?;
    let normal = address.normal.clone();
    let own = visitor.filter(|actor| actor.user_id == address.user_id);
    let operation = Verify { address, presented_in: own.map(|actor| actor.session_id), ip, now: usher.now() };
    let proved = usher.db.write(operation).await?;
    let invitations = store::invitations::count_sent_to(usher.db.read(), &normal, usher.now()).await?;
    Ok(Verified { proved, is_invited: invitations > 0 })
}

/// Sends the actor a new link for the primary address, which invalidates the previous one.
///
/// # Errors
/// [`Error::TooMany`].
pub async fn send_again(usher: &Usher, actor: &Actor) -> Result<(), Error> {
    let addresses = store::addresses::of_user(usher.db.read(), actor.user_id).await?;
    match addresses.into_iter().find(|address| address.is_primary) {
        Some(primary) => send(usher, actor, &primary).await,
        None => Ok(()),
    }
}

/// [`send_again`] for any of the actor's addresses.
///
/// # Errors
/// [`Error::NotFound`], [`AccountError::Unproved`], [`Error::TooMany`].
pub async fn send_again_to(usher: &Usher, actor: &Actor, address_id: AddressId) -> Result<(), Error> {
    let address = store::addresses::find(usher.db.read(), actor.user_id, address_id).await?;
    send(usher, actor, &address.ok_or(Error::NotFound(Thing::Unnamed))?).await
}

/// Owes a mail with a new link, unless the address is verified.
async fn send(usher: &Usher, actor: &Actor, address: &OfUser) -> Result<(), Error> {
    if address.verified_at.is_some() {
        return Ok(());
    }
    if !address.counts {
        proof::need(usher.db.read(), actor.user_id).await?;
    }
    let counter = Limit::VerificationMails { user_id: actor.user_id }.counter(usher);
    let now = usher.now();
    let generation = address.generation + 1;
    let verification = new_verification(&usher.keys, &address.uid, generation, now);
    let mut mail = verification_mail(&address.uid, generation, &address.address, now);
    mail.user_id = Some(actor.user_id);
    actor
        .write_and_mail(usher, SendAgain { address_id: address.id, generation, verification, mail, counter, now })
        .await
}

#[derive(Clone, Debug)]
struct Verify {
    address: OfUser,
    presented_in: Option<SessionId>,
    ip: Option<IpAddr>,
    now: Timestamp,
}

impl Operation for Verify {
    type Output = Proved;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.address.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Proved, Error> {
        if !self.address.counts {
            proof::need(txn, self.address.user_id).await?;
        }
        // It may have become primary, or have a newer link.
        let found = store::addresses::find(txn, self.address.user_id, self.address.id).await?;
        let found = found.filter(|found| found.generation == self.address.generation).ok_or(Error::LinkUnknown)?;
        prove(txn, &found, self.presented_in, self.ip, self.now).await
    }
}

#[derive(Clone, Debug)]
struct SendAgain {
    address_id: AddressId,
    generation: i64,
    verification: Verification,
    mail: NewMail,
    counter: Counter,
    now: Timestamp,
}

impl Operation for SendAgain {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        self.counter.count(txn, self.now).await?;
        store::addresses::renew_verification(txn, self.address_id, self.generation, &self.verification).await?;
        store::outbox::insert(txn, self.mail.clone()).await
    }
}

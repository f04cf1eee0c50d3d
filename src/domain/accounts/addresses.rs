//! An account's addresses: one primary, others as further ways to find the user.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::passwords::need_own;
use super::proof;
use super::verification::{new_verification, verification_mail};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::throttle::{Counter, Limit};
use crate::domain::{actor::Actor, audit};
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::entity::outbox::MessageKind;
use crate::error::{AccountError, Error, Thing};
use crate::ids::{AddressId, UserId, new_uid};
use crate::secret::Secret;
use crate::store;
use crate::store::addresses::{NewAddress, OfUser};
use crate::store::locks::{Lock, Locks};
use crate::store::outbox::NewMail;
use crate::usher::Usher;

/// Limit per user, including unconfirmed ones.
pub const MAX_ADDRESSES: usize = 10;

/// The actor's addresses, primary first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(usher: &Usher, actor: &Actor) -> Result<Vec<OfUser>, Error> {
    store::addresses::all_of_user(usher.db.read(), actor.user_id).await
}

/// Adds an address and owes a mail with a confirmation link; until then the address counts for nothing. Does not reveal
/// whether another account has it: only the link does, to whoever reads that mailbox.
///
/// # Errors
/// [`AccountError::Unproved`], [`AccountError::OwnPasswordWrong`], [`Error::TooMany`],
/// [`AccountError::TooManyAddresses`], [`AccountError::AddressOwn`].
pub async fn add(usher: &Usher, actor: &Actor, address: EmailAddress, password: Secret) -> Result<(), Error> {
    proof::need(usher.db.read(), actor.user_id).await?;
    need_own(usher, actor, password).await?;
    let now = usher.now();
    let uid = new_uid(now);
    let mail = verification_mail(&uid, 1, address.as_given(), now);
    let operation = Add {
        address: NewAddress {
            verification: Some(new_verification(&usher.keys, &uid, 1, now)),
            uid,
            user_id: actor.user_id,
            address,
            verified_at: None,
            now,
        },
        mail: NewMail { user_id: Some(actor.user_id), ..mail },
        counter: Limit::VerificationMails { user_id: actor.user_id }.counter(usher),
        actor: actor.clone(),
    };
    actor.write_and_mail(usher, operation).await
}

/// A confirmed address of the actor's that could become primary.
///
/// # Errors
/// [`Error::NotFound`], also when it is not confirmed.
pub async fn look_before_primary(usher: &Usher, actor: &Actor, id: AddressId) -> Result<OfUser, Error> {
    let found = store::addresses::find(usher.db.read(), actor.user_id, id).await?;
    found.filter(|address| address.verified_at.is_some()).ok_or(Error::NotFound(Thing::Unnamed))
}

/// Makes a confirmed address primary, notifies the former one, and invalidates links to a new password. An added
/// address cannot replace a primary one that was never proved.
///
/// # Errors
/// [`Error::NotFound`], also when it is not confirmed; [`AccountError::Unproved`], [`AccountError::OwnPasswordWrong`],
/// [`Error::TooMany`].
pub async fn make_primary(usher: &Usher, actor: &Actor, id: AddressId, password: Secret) -> Result<(), Error> {
    look_before_primary(usher, actor, id).await?;
    need_own(usher, actor, password).await?;
    actor.write_and_mail(usher, MakePrimary { actor: actor.clone(), id, now: usher.now() }).await
}

/// An address that may be removed, and how many open invitations the actor would lose sight of with it.
///
/// # Errors
/// [`Error::NotFound`], [`AccountError::PrimaryAddressStays`].
pub async fn look_before_removal(usher: &Usher, actor: &Actor, id: AddressId) -> Result<(OfUser, i64), Error> {
    let db = usher.db.read();
    let address = removable(store::addresses::find(db, actor.user_id, id).await?)?;
    let invitations = match address.verified_at {
        Some(_) => store::invitations::count_sent_to(db, &address.normal, usher.now()).await?,
        // Invitations to an unconfirmed address are not revealed.
        None => 0,
    };
    Ok((address, invitations))
}

fn removable(found: Option<OfUser>) -> Result<OfUser, Error> {
    let address = found.ok_or(Error::NotFound(Thing::Unnamed))?;
    if address.is_primary { Err(AccountError::PrimaryAddressStays.into()) } else { Ok(address) }
}

/// Removes an address, which becomes free for others. Invitations to it that name the actor stay theirs.
///
/// # Errors
/// As [`look_before_removal`].
pub async fn remove(usher: &Usher, actor: &Actor, id: AddressId) -> Result<(), Error> {
    actor.write(usher, Remove { actor: actor.clone(), id, now: usher.now() }).await
}

/// The user must be held.
///
/// # Errors
/// [`AccountError::TooManyAddresses`].
pub(crate) async fn check_has_room(txn: &impl ConnectionTrait, user_id: UserId) -> Result<(), Error> {
    let count = usize::try_from(store::addresses::count_of_user(txn, user_id).await?);
    if count.is_ok_and(|count| count >= MAX_ADDRESSES) { Err(AccountError::TooManyAddresses.into()) } else { Ok(()) }
}

#[derive(Clone, Debug)]
struct Add {
    actor: Actor,
    address: NewAddress,
    mail: NewMail,
    counter: Counter,
}

impl Operation for Add {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (user_id, now) = (self.actor.user_id, self.address.now);
        proof::need(txn, user_id).await?;
        self.counter.count(txn, now).await?;
        check_has_room(txn, user_id).await?;
        store::addresses::insert_waiting(txn, self.address.clone()).await?;
        store::outbox::insert(txn, self.mail.clone()).await?;
        let subject = Some(self.address.address.as_given().to_owned());
        audit::record(txn, &self.actor, Action::AddressAdded, audit::Where::NOWHERE, subject, now).await
    }
}

#[derive(Clone, Debug)]
struct MakePrimary {
    actor: Actor,
    id: AddressId,
    now: Timestamp,
}

impl Operation for MakePrimary {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (user_id, now) = (self.actor.user_id, self.now);
        if store::addresses::added_later(txn, user_id).await?.iter().any(|added| added.id == self.id) {
            proof::need(txn, user_id).await?;
        }
        let addresses = store::addresses::of_user(txn, user_id).await?;
        let chosen = addresses.iter().find(|address| address.id == self.id && address.verified_at.is_some());
        let chosen = chosen.ok_or(Error::NotFound(Thing::Unnamed))?;
        let Some(former) = addresses.iter().find(|address| address.is_primary && address.id != self.id) else {
            return Ok(());
        };
        store::addresses::make_primary(txn, user_id, self.id).await?;
        store::resets::forget(txn, user_id).await?;
        store::users::touch(txn, user_id, now).await?;
        let mail = NewMail {
            uid: new_uid(now),
            kind: MessageKind::PrimaryAddressChanged,
            address: former.address.clone(),
            user_id: Some(user_id),
            invitation_id: None,
            generation: None,
            subject_uid: None,
            now,
        };
        store::outbox::insert(txn, mail).await?;
        let subject = Some(chosen.address.clone());
        audit::record(txn, &self.actor, Action::PrimaryAddressChanged, audit::Where::NOWHERE, subject, now).await
    }
}

#[derive(Clone, Debug)]
struct Remove {
    actor: Actor,
    id: AddressId,
    now: Timestamp,
}

impl Operation for Remove {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let user_id = self.actor.user_id;
        let address = removable(store::addresses::find(txn, user_id, self.id).await?)?;
        if !store::addresses::remove(txn, user_id, self.id).await? {
            return Err(Error::NotFound(Thing::Unnamed));
        }
        // A reset link sent to this mailbox must not outlive it here.
        store::resets::forget(txn, user_id).await?;
        store::users::touch(txn, user_id, self.now).await?;
        audit::record(txn, &self.actor, Action::AddressRemoved, audit::Where::NOWHERE, Some(address.address), self.now)
            .await
    }
}

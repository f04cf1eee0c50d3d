//! Changes and resets passwords.

use std::net::IpAddr;

use sea_orm::DatabaseTransaction;

use super::proof::{Proved, prove};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::domain::throttle::{Clear, CountOne, Counter, Limit};
use crate::domain::users::activation::is_deactivated;
use crate::entity::audit_event::Action;
use crate::entity::outbox::MessageKind;
use crate::entity::password_reset::Model as Reset;
use crate::entity::user::Model as User;
use crate::error::{AccountError, Error};
use crate::fields::Password;
use crate::ids::{AddressId, ResetId, SessionId, UserId, new_uid};
use crate::keys::{Purpose, same};
use crate::secret::Secret;
use crate::store;
use crate::store::locks::{Lock, Locks};
use crate::store::outbox::NewMail;
use crate::usher::Usher;

/// A new password and its confirmation.
#[derive(Clone, Debug)]
pub struct NewPassword {
    pub first: Password,
    pub again: Password,
}

impl NewPassword {
    fn agreed(self) -> Result<Secret, Error> {
        if same(self.first.expose(), self.again.expose()) {
            Ok(self.first.secret())
        } else {
            Err(AccountError::PasswordsDiffer.into())
        }
    }
}

/// The result of checking the actor's password.
struct Checked {
    hash: String,
    /// Counts the attempts; to be cleared.
    counter: Counter,
}

/// Checks the actor's password and counts the attempt. `None`: wrong.
async fn check_own(usher: &Usher, actor: &Actor, password: Secret) -> Result<Option<Checked>, Error> {
    let user = store::users::find(usher.db.read(), actor.user_id).await?.ok_or(Error::SignInRequired)?;
    let counter = Limit::SignIn { user_id: user.id }.counter(usher);
    usher.db.write(CountOne { counter: counter.clone(), now: usher.now() }).await??;
    let is_right = usher.passwords.verify(Some(user.password_hash.clone()), password).await?;
    Ok(is_right.then_some(Checked { hash: user.password_hash, counter }))
}

/// Checks the actor's password before an action that could let somebody else take over the account.
///
/// # Errors
/// [`AccountError::OwnPasswordWrong`], [`Error::TooMany`].
pub(crate) async fn need_own(usher: &Usher, actor: &Actor, password: Secret) -> Result<(), Error> {
    let checked = check_own(usher, actor, password).await?.ok_or(AccountError::OwnPasswordWrong)?;
    usher.db.write(Clear { counter: checked.counter }).await
}

/// Changes the actor's password, ends their other sessions and owes a mail about it.
///
/// # Errors
/// [`AccountError::OldPasswordWrong`], [`AccountError::PasswordsDiffer`], [`Error::TooMany`].
pub async fn change(usher: &Usher, actor: &Actor, old: Secret, new: NewPassword) -> Result<(), Error> {
    let Checked { hash, counter } = check_own(usher, actor, old).await?.ok_or(AccountError::OldPasswordWrong)?;
    let operation = SetPassword {
        user_id: actor.user_id,
        password_hash: usher.passwords.hash(new.agreed()?).await?,
        by: By::OldPassword { checked: hash, session_id: actor.session_id },
        ip: actor.ip,
        counter,
        now: usher.now(),
    };
    actor.write_and_mail(usher, operation).await.map(drop)
}

/// Checks that a reset link works; returns an address of the account, for the password manager.
///
/// # Errors
/// [`AccountError::ResetUnknown`], [`AccountError::ResetUsed`], [`AccountError::ResetExpired`].
pub async fn look_at_reset(usher: &Usher, token: &str) -> Result<String, Error> {
    let reset = find_reset(usher, token).await?;
    let addresses = store::addresses::of_user(usher.db.read(), reset.user_id).await?;
    // The primary one is the first.
    let sent_to = addresses.iter().find(|address| Some(address.id) == reset.address_id).or(addresses.first());
    sent_to.map(|address| address.address.clone()).ok_or(AccountError::ResetUnknown.into())
}

async fn find_reset(usher: &Usher, token: &str) -> Result<Reset, Error> {
    let digest = usher.keys.digest(Purpose::Link, token);
    let reset = store::resets::find(usher.db.read(), &digest).await?.ok_or(AccountError::ResetUnknown)?;
    if reset.used_at.is_some() {
        return Err(AccountError::ResetUsed.into());
    }
    if reset.expires_at <= usher.now() {
        return Err(AccountError::ResetExpired.into());
    }
    Ok(reset)
}

/// Sets a new password by a reset link, once. Ends all sessions; the link proves the mailbox it was sent to.
///
/// # Errors
/// [`AccountError::ResetUnknown`], [`AccountError::ResetUsed`], [`AccountError::ResetExpired`],
/// [`AccountError::PasswordsDiffer`], [`AccountError::UserDeactivated`].
pub async fn reset(usher: &Usher, token: &str, new: NewPassword, ip: Option<IpAddr>) -> Result<Proved, Error> {
    let reset = find_reset(usher, token).await?;
    Ok(set_by(usher, reset, new.agreed()?, ip).await?.1)
}

/// [`reset`] for a program, which sends the password once. Returns the updated user.
///
/// # Errors
/// As [`reset`].
pub async fn reset_as_program(usher: &Usher, token: &str, password: Secret, ip: Option<IpAddr>) -> Result<User, Error> {
    let reset = find_reset(usher, token).await?;
    Ok(set_by(usher, reset, password, ip).await?.0)
}

async fn set_by(usher: &Usher, reset: Reset, password: Secret, ip: Option<IpAddr>) -> Result<(User, Proved), Error> {
    let user = store::users::find(usher.db.read(), reset.user_id).await?.ok_or(AccountError::ResetUnknown)?;
    if is_deactivated(user.deactivated_at, usher.now()) {
        return Err(AccountError::UserDeactivated(user.uid).into());
    }
    let password_hash = usher.passwords.hash(password).await?;
    let operation = SetPassword {
        user_id: reset.user_id,
        password_hash,
        by: By::Reset { id: reset.id, address_id: reset.address_id },
        ip,
        counter: Limit::SignIn { user_id: reset.user_id }.counter(usher),
        now: usher.now(),
    };
    let now = operation.now;
    let proved = usher.write_and_mail(operation).await?;
    Ok((User { updated_at: now, ..user }, proved))
}

/// The only way to change a password.
#[derive(Clone, Debug)]
struct SetPassword {
    user_id: UserId,
    password_hash: String,
    by: By,
    ip: Option<IpAddr>,
    counter: Counter,
    now: Timestamp,
}

/// What authorizes a new password. Checked again when it is set, because hashing takes long.
#[derive(Clone, Debug)]
enum By {
    /// The old password, by the hash it was checked against; the session that sent it stays.
    OldPassword { checked: String, session_id: SessionId },
    /// A reset link, and the address it was sent to, if known.
    Reset { id: ResetId, address_id: Option<AddressId> },
}

impl Operation for SetPassword {
    type Output = Proved;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Proved, Error> {
        let mut proved = Proved::Quietly;
        let (user_id, hash, now) = (self.user_id, &self.password_hash, self.now);
        match &self.by {
            By::OldPassword { checked, session_id } => {
                if !store::passwords::change(txn, user_id, checked, hash, now).await? {
                    return Err(AccountError::OldPasswordWrong.into());
                }
                store::sessions::end_others(txn, user_id, *session_id).await?;
                store::resets::forget(txn, user_id).await?;
            }
            By::Reset { id, address_id } => {
                let user = store::users::find(txn, user_id).await?.ok_or(AccountError::ResetUnknown)?;
                if is_deactivated(user.deactivated_at, now) {
                    return Err(AccountError::UserDeactivated(user.uid).into());
                }
                if !store::resets::consume(txn, *id, now).await? {
                    let is_there = store::resets::of_user(txn, user_id).await?.iter().any(|reset| reset.id == *id);
                    return Err(if is_there {
                        Error::Account(AccountError::ResetUsed)
                    } else {
                        Error::Account(AccountError::ResetUnknown)
                    });
                }
                store::passwords::set(txn, user_id, hash, now).await?;
                let address = match address_id {
                    Some(id) => store::addresses::find(txn, user_id, *id).await?,
                    None => None,
                };
                if let Some(address) = address {
                    proved = prove(txn, &address, None, self.ip, now).await?;
                }
                store::sessions::end_all(txn, user_id).await?;
                store::resets::forget(txn, user_id).await?;
            }
        }
        let action = match self.by {
            By::OldPassword { .. } => Action::PasswordChanged,
            By::Reset { .. } => Action::PasswordReset,
        };
        audit::record_own(txn, user_id, self.ip, action, About::nothing(), now).await?;
        self.counter.clear(txn).await?;
        let addresses = store::addresses::of_user(txn, user_id).await?;
        let primary = addresses.into_iter().find(|address| address.is_primary);
        let mail = NewMail {
            uid: new_uid(self.now),
            kind: MessageKind::PasswordChanged,
            address: primary.ok_or(AccountError::ResetUnknown)?.address,
            user_id: Some(self.user_id),
            invitation_id: None,
            generation: None,
            subject_uid: None,
            now: self.now,
        };
        store::outbox::insert(txn, mail).await?;
        Ok(proved)
    }
}

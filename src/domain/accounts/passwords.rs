//! Changing a password, and getting in again without one.

use std::time::Duration;

use sea_orm::DatabaseTransaction;

use super::proof::{Proved, prove};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::domain::throttle::{Clear, CountOne, Counter, Limit};
use crate::domain::users::activation::is_deactivated;
use crate::email_address::EmailAddress;
use crate::entity::outbox::MailKind;
use crate::entity::password_reset::Model as Reset;
use crate::entity::user::Model as User;
use crate::error::{Error, Thing};
use crate::fields::Password;
use crate::ids::new_uid;
use crate::keys::{Keys, Purpose, same};
use crate::secret::Secret;
use crate::store;
use crate::store::addresses::Owner;
use crate::store::outbox::NewMail;
use crate::store::resets::NewReset;
use crate::store::users::Login;
use crate::usher::Usher;

/// How long a link to a new password works when a page asks for it. Over JSON anybody may ask for anybody's, with any life:
/// shorter ones neither replace such a link nor count against its limit, so that they keep nobody out.
pub const RESET_LIFE: Duration = Duration::from_secs(60 * 60);

/// A new password, given twice.
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
            Err(Error::PasswordsDiffer)
        }
    }
}

/// The actor's own password, as it was checked.
struct Checked {
    hash: String,
    /// Of the tries, to be cleared.
    counter: Counter,
}

/// Checks the actor's own password; the try is counted. `None`: it is another.
async fn check_own(usher: &Usher, actor: &Actor, password: Secret) -> Result<Option<Checked>, Error> {
    let user = store::users::find(usher.db.read(), actor.user_id).await?.ok_or(Error::SignInRequired)?;
    let counter = Limit::SignIn { user_id: user.id }.counter(usher);
    usher.db.write(CountOne { counter: counter.clone(), now: usher.now() }).await??;
    let is_right = usher.passwords.verify(Some(user.password_hash.clone()), password).await?;
    Ok(is_right.then_some(Checked { hash: user.password_hash, counter }))
}

/// Insists on the actor's own password, before something that could lead an account away.
///
/// # Errors
/// [`Error::OwnPasswordWrong`], [`Error::TooMany`].
pub(crate) async fn need_own(usher: &Usher, actor: &Actor, password: Secret) -> Result<(), Error> {
    let checked = check_own(usher, actor, password).await?.ok_or(Error::OwnPasswordWrong)?;
    usher.db.write(Clear { counter: checked.counter }).await
}

/// Changes the actor's password; the other sessions end, a mail tells of it.
///
/// # Errors
/// [`Error::OldPasswordWrong`], [`Error::PasswordsDiffer`], [`Error::TooMany`].
pub async fn change(usher: &Usher, actor: &Actor, old: Secret, new: NewPassword) -> Result<(), Error> {
    let Checked { hash, counter } = check_own(usher, actor, old).await?.ok_or(Error::OldPasswordWrong)?;
    let operation = SetPassword {
        user_id: actor.user_id,
        password_hash: usher.passwords.hash(new.agreed()?).await?,
        by: By::OldPassword { checked: hash, session_id: actor.session_id },
        counter,
        now: usher.now(),
    };
    actor.write_and_mail(usher, operation).await.map(drop)
}

/// Sends a link to a new password to whom the address belongs. Nobody learns whether it belongs to anybody.
///
/// # Errors
/// When the database cannot be had.
pub async fn forgot(usher: &Usher, address: &EmailAddress) -> Result<(), Error> {
    let Some(owner) = store::addresses::owner(usher.db.read(), address.normal()).await? else {
        return Ok(());
    };
    if is_deactivated(owner.deactivated_at, usher.now()) {
        return Ok(());
    }
    send_reset(usher, owner, RESET_LIFE).await
}

/// [`forgot`] for a program, which is told whether there is such a user, and says how long the link is to work.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Deactivated`].
pub async fn forgot_as_program(usher: &Usher, login: &Login, life: Duration) -> Result<(), Error> {
    let db = usher.db.read();
    let owner = match login {
        Login::Address(normal) => store::addresses::owner(db, normal).await?,
        Login::Username(username) => store::addresses::primary_of_username(db, username).await?,
    };
    let owner = owner.ok_or(Error::NotFound(Thing::User))?;
    if is_deactivated(owner.deactivated_at, usher.now()) {
        return Err(Error::Deactivated);
    }
    send_reset(usher, owner, life).await
}

/// Owes a mail with a link to somebody; beyond the limit it is silently not sent. While a link works, a new one lives no
/// longer than that one was asked to, but for lives below [`RESET_LIFE`].
async fn send_reset(usher: &Usher, owner: Owner, life: Duration) -> Result<(), Error> {
    let now = usher.now();
    let uid = new_uid(now);
    let operation = SendReset {
        digest: usher.keys.digest(Purpose::Link, &reset_token(&usher.keys, &uid)),
        counter: if life < RESET_LIFE {
            Limit::ShortResetMails { user_id: owner.user_id }.counter(usher)
        } else {
            Limit::ResetMails { user_id: owner.user_id }.counter(usher)
        },
        mail: NewMail {
            uid: new_uid(now),
            kind: MailKind::ResetPassword,
            address: owner.address,
            user_id: Some(owner.user_id),
            invitation_id: None,
            generation: None,
            subject_uid: Some(uid.clone()),
            now,
        },
        uid,
        user_id: owner.user_id,
        address_id: owner.address_id,
        life,
        now,
    };
    match usher.write_and_mail(operation).await {
        // Told, it would tell that the address is known.
        Err(Error::TooMany { .. }) => Ok(()),
        outcome => outcome,
    }
}

/// The token of a link to a new password.
pub(crate) fn reset_token(keys: &Keys, reset_uid: &str) -> String {
    keys.derived_token(Purpose::Link, &[b"reset", reset_uid.as_bytes()])
}

/// Whether a link to a new password works.
///
/// # Errors
/// [`Error::ResetUnknown`], [`Error::ResetUsed`], [`Error::ResetExpired`].
pub async fn look_at_reset(usher: &Usher, token: &str) -> Result<(), Error> {
    find_reset(usher, token).await.map(drop)
}

async fn find_reset(usher: &Usher, token: &str) -> Result<Reset, Error> {
    let digest = usher.keys.digest(Purpose::Link, token);
    let reset = store::resets::find(usher.db.read(), &digest).await?.ok_or(Error::ResetUnknown)?;
    if reset.used_at.is_some() {
        return Err(Error::ResetUsed);
    }
    if reset.expires_at <= usher.now() {
        return Err(Error::ResetExpired);
    }
    Ok(reset)
}

/// Sets a new password by a link, once. All sessions end; holding the link proves the mailbox it went to.
///
/// # Errors
/// [`Error::ResetUnknown`], [`Error::ResetUsed`], [`Error::ResetExpired`], [`Error::PasswordsDiffer`],
/// [`Error::UserDeactivated`].
pub async fn reset(usher: &Usher, token: &str, new: NewPassword) -> Result<Proved, Error> {
    let reset = find_reset(usher, token).await?;
    Ok(set_by(usher, reset, new.agreed()?).await?.1)
}

/// [`reset`] by a program, which sends the password once. Answers the user as they are then.
///
/// # Errors
/// As [`reset`].
pub async fn reset_as_program(usher: &Usher, token: &str, password: Secret) -> Result<User, Error> {
    let reset = find_reset(usher, token).await?;
    Ok(set_by(usher, reset, password).await?.0)
}

async fn set_by(usher: &Usher, reset: Reset, password: Secret) -> Result<(User, Proved), Error> {
    let user = store::users::find(usher.db.read(), reset.user_id).await?.ok_or(Error::ResetUnknown)?;
    if is_deactivated(user.deactivated_at, usher.now()) {
        return Err(Error::UserDeactivated(user.uid));
    }
    let password_hash = usher.passwords.hash(password).await?;
    let operation = SetPassword {
        user_id: reset.user_id,
        password_hash,
        by: By::Reset { id: reset.id, address_id: reset.address_id },
        counter: Limit::SignIn { user_id: reset.user_id }.counter(usher),
        now: usher.now(),
    };
    let now = operation.now;
    let proved = usher.write_and_mail(operation).await?;
    Ok((User { updated_at: now, ..user }, proved))
}

#[derive(Clone, Debug)]
struct SendReset {
    uid: String,
    user_id: i64,
    digest: String,
    address_id: i64,
    mail: NewMail,
    counter: Counter,
    life: Duration,
    now: Timestamp,
}

impl Operation for SendReset {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        // Whoever asks is not told what has happened to the account meanwhile.
        let has_address = store::addresses::find(txn, self.user_id, self.address_id).await?.is_some();
        if !has_address || !store::users::is_active(txn, self.user_id, self.now).await? {
            return Ok(());
        }
        self.counter.count(txn, self.now).await?;
        let former = store::resets::of_user(txn, self.user_id).await?;
        let works = |reset: &Reset| reset.used_at.is_none() && reset.expires_at > self.now;
        let (life, replaced): (Duration, Vec<Reset>) = if self.life < RESET_LIFE {
            let is_longer = |reset: &Reset| works(reset) && asked_life(reset) > self.life;
            (self.life, former.into_iter().filter(|reset| !is_longer(reset)).collect())
        } else {
            let standing = former.iter().filter(|reset| works(reset) && asked_life(reset) >= RESET_LIFE);
            (standing.map(asked_life).fold(self.life, Duration::min), former)
        };
        store::resets::remove(txn, replaced.iter().map(|reset| reset.id).collect()).await?;
        let reset = NewReset {
            uid: self.uid.clone(),
            user_id: self.user_id,
            address_id: self.address_id,
            digest: self.digest.clone(),
            now: self.now,
            expires_at: self.now.plus(life),
        };
        store::resets::insert(txn, reset).await?;
        store::outbox::insert(txn, self.mail.clone()).await
    }
}

fn asked_life(reset: &Reset) -> Duration {
    reset.expires_at.since(reset.created_at)
}

/// The one way in which a password changes.
#[derive(Clone, Debug)]
struct SetPassword {
    user_id: i64,
    password_hash: String,
    by: By,
    counter: Counter,
    now: Timestamp,
}

/// What gives the right to set a new password. It is asked for again when the password is set: hashing takes long.
#[derive(Clone, Debug)]
enum By {
    /// The old one, whose hash it was checked against; the session in which it was typed goes on.
    OldPassword { checked: String, session_id: i64 },
    /// A link, and the address that it went to, if that is known.
    Reset { id: i64, address_id: Option<i64> },
}

impl Operation for SetPassword {
    type Output = Proved;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Proved, Error> {
        let mut proved = Proved::Quietly;
        let (user_id, hash, now) = (self.user_id, &self.password_hash, self.now);
        match &self.by {
            By::OldPassword { checked, session_id } => {
                if !store::users::change_password(txn, user_id, checked, hash, now).await? {
                    return Err(Error::OldPasswordWrong);
                }
                store::sessions::end_others(txn, user_id, *session_id).await?;
                store::resets::forget(txn, user_id).await?;
            }
            By::Reset { id, address_id } => {
                let user = store::users::find(txn, user_id).await?.ok_or(Error::ResetUnknown)?;
                if is_deactivated(user.deactivated_at, now) {
                    return Err(Error::UserDeactivated(user.uid));
                }
                if !store::resets::consume(txn, *id, now).await? {
                    let is_there = store::resets::of_user(txn, user_id).await?.iter().any(|reset| reset.id == *id);
                    return Err(if is_there { Error::ResetUsed } else { Error::ResetUnknown });
                }
                store::users::set_password(txn, user_id, hash, now).await?;
                let address = match address_id {
                    Some(id) => store::addresses::find(txn, user_id, *id).await?,
                    None => None,
                };
                if let Some(address) = address {
                    proved = prove(txn, &address, None, now).await?;
                }
                store::sessions::end_all(txn, user_id).await?;
                store::resets::forget(txn, user_id).await?;
            }
        }
        self.counter.clear(txn).await?;
        let addresses = store::addresses::of_user(txn, user_id).await?;
        let primary = addresses.into_iter().find(|address| address.is_primary);
        let mail = NewMail {
            uid: new_uid(self.now),
            kind: MailKind::PasswordChanged,
            address: primary.ok_or(Error::ResetUnknown)?.address,
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

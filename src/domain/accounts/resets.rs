//! Requests for a link to a new password.

use std::net::IpAddr;
use std::time::Duration;

use sea_orm::DatabaseTransaction;

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::audit::{self, About, By, Where};
use crate::domain::throttle::{Counter, Limit};
use crate::domain::users::activation::is_deactivated;
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::entity::outbox::MessageKind;
use crate::entity::password_reset::Model as Reset;
use crate::error::{AccountError, Error, Thing};
use crate::ids::{AddressId, UserId, new_uid};
use crate::keys::{Keys, Purpose};
use crate::store;
use crate::store::addresses::Owner;
use crate::store::locks::{Lock, Locks};
use crate::store::outbox::NewMail;
use crate::store::passwords::Login;
use crate::store::resets::NewReset;
use crate::usher::Usher;

/// How long a reset link requested on a page works. Over JSON anybody may request one for anybody, with any life:
/// shorter ones neither replace such a link nor count against its limit, so that they lock nobody out.
pub const RESET_LIFE: Duration = Duration::from_hours(1);

/// Sends a reset link to the user of an address, without revealing whether there is one.
///
/// # Errors
/// When the database cannot be used.
pub async fn forgot(usher: &Usher, address: &EmailAddress, ip: Option<IpAddr>) -> Result<(), Error> {
    let Some(owner) = store::addresses::owner(usher.db.read(), address.normal()).await? else {
        return Ok(());
    };
    if is_deactivated(owner.deactivated_at, usher.now()) {
        return Ok(());
    }
    send_reset(usher, owner, RESET_LIFE, ip).await
}

/// [`forgot`] for a program, which learns whether the user exists and sets how long the link works.
///
/// # Errors
/// [`Error::NotFound`], [`AccountError::Deactivated`].
pub async fn forgot_as_program(usher: &Usher, login: &Login, life: Duration, ip: Option<IpAddr>) -> Result<(), Error> {
    let db = usher.db.read();
    let owner = match login {
        Login::Address(normal) => store::addresses::owner(db, normal).await?,
        Login::Username(username) => store::addresses::primary_of_username(db, username).await?,
    };
    let owner = owner.ok_or(Error::NotFound(Thing::User))?;
    if is_deactivated(owner.deactivated_at, usher.now()) {
        return Err(AccountError::Deactivated.into());
    }
    send_reset(usher, owner, life, ip).await
}

/// Owes a mail with a reset link; silently none beyond the limit. While a link works, a new one gets at most the life
/// that was requested for that one, except for lives below [`RESET_LIFE`].
async fn send_reset(usher: &Usher, owner: Owner, life: Duration, ip: Option<IpAddr>) -> Result<(), Error> {
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
            kind: MessageKind::ResetPassword,
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
        ip,
        now,
    };
    match usher.write_and_mail(operation).await {
        // Reporting it would reveal that the address is known.
        Err(Error::TooMany { .. }) => Ok(()),
        outcome => outcome,
    }
}

pub(crate) fn reset_token(keys: &Keys, reset_uid: &str) -> String {
    keys.derived_token(Purpose::Link, &[b"reset", reset_uid.as_bytes()])
}

#[derive(Clone, Debug)]
struct SendReset {
    uid: String,
    user_id: UserId,
    digest: String,
    address_id: AddressId,
    mail: NewMail,
    counter: Counter,
    life: Duration,
    ip: Option<IpAddr>,
    now: Timestamp,
}

impl Operation for SendReset {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        // The requester does not learn what happened to the account meanwhile.
        let has_address = store::addresses::find(txn, self.user_id, self.address_id).await?.is_some();
        let user = store::users::find(txn, self.user_id).await?;
        let Some(user) = user.filter(|user| has_address && !is_deactivated(user.deactivated_at, self.now)) else {
            return Ok(());
        };
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
        let (by, about) = (By::somebody(self.ip), About::user(user.full_name, user.id));
        audit::record(txn, by, Action::ResetRequested, Where::NOWHERE, about, self.now).await?;
        store::outbox::insert(txn, self.mail.clone()).await
    }
}

fn asked_life(reset: &Reset) -> Duration {
    reset.expires_at.since(reset.created_at)
}

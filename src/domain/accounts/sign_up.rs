//! Signs up.

use std::net::IpAddr;

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::name_or_local_part;
use super::sign_in::sign_in_to;
use super::usernames::refuse_reserved;
use super::verification::{new_verification, verification_mail};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Client;
use crate::domain::audit::{self, About, By, Where};
use crate::domain::repeats::{Earlier, Once, earlier};
use crate::domain::sessions::{Opened, browser_session};
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::error::{AccountError, Error};
use crate::fields::{FullName, Password, Username};
use crate::ids::{UserId, new_uid};
use crate::store;
use crate::store::addresses::NewAddress;
use crate::store::outbox::NewMail;
use crate::store::sessions::NewSession;
use crate::store::users::NewUser;
use crate::usher::Usher;

#[derive(Clone, Debug)]
pub struct SignUp {
    pub full_name: Option<FullName>,
    pub address: EmailAddress,
    pub password: Password,
}

/// Creates an account with an unverified address and owes a mail with the verification link. Returns the user's id.
///
/// # Errors
/// [`AccountError::SignUpClosed`], [`AccountError::AddressTaken`], [`Error::TooMany`].
pub async fn sign_up(usher: &Usher, form: SignUp, ip: Option<IpAddr>) -> Result<UserId, Error> {
    let operation = prepare(usher, form, ip).await?;
    usher.write_and_mail(operation).await
}

/// Checks that a username is free and not reserved.
///
/// # Errors
/// [`AccountError::UsernameReserved`], [`AccountError::UsernameTaken`].
pub async fn check_username(usher: &Usher, username: &Username) -> Result<(), Error> {
    refuse_reserved(Some(username))?;
    match store::addresses::primary_of_username(usher.db.read(), username.as_str()).await? {
        Some(_) => Err(AccountError::UsernameTaken(username.as_str().to_owned()).into()),
        None => Ok(()),
    }
}

/// [`sign_up`], then signs in. The same form again signs in to the account that it has made: the answer to the first may
/// have been lost, and with it the session.
///
/// # Errors
/// As [`sign_up`].
pub async fn sign_up_and_in(
    usher: &Usher,
    form: SignUp,
    once: Option<&Once>,
    client: &Client,
) -> Result<Opened, Error> {
    let (address, password) = (form.address.clone(), form.password.secret());
    match make_account_and_session(usher, form, once, client).await {
        Err(Error::Account(AccountError::AddressTaken)) => {
            let owner = store::addresses::owner(usher.db.read(), address.normal()).await?;
            match (owner, once) {
                (Some(owner), Some(once)) if earlier(usher, owner.user_id, once).await? != Earlier::None => {
                    sign_in_to(usher, owner.user_id, password, client).await
                }
                _ => Err(AccountError::AddressTaken.into()),
            }
        }
        outcome => outcome,
    }
}

async fn make_account_and_session(
    usher: &Usher,
    form: SignUp,
    once: Option<&Once>,
    client: &Client,
) -> Result<Opened, Error> {
    let mut account = prepare(usher, form, client.ip).await?;
    account.account.user.language = client.language;
    let (secret, session) = browser_session(&usher.keys, client, usher.now());
    let user_id = usher.write_and_mail(MakeAccountAndSession { account, session, once: once.cloned() }).await?;
    Ok(Opened { secret, user_id })
}

async fn prepare(usher: &Usher, form: SignUp, ip: Option<IpAddr>) -> Result<MakeAccount, Error> {
    if !usher.config.sign_up_open {
        return Err(AccountError::SignUpClosed.into());
    }
    if store::addresses::owner(usher.db.read(), form.address.normal()).await?.is_some() {
        return Err(AccountError::AddressTaken.into());
    }
    let password_hash = usher.passwords.hash(form.password.secret()).await?;
    let now = usher.now();
    let address_uid = new_uid(now);
    let mail = verification_mail(&address_uid, 1, form.address.as_given(), now);
    let verification = Some(new_verification(&usher.keys, &address_uid, 1, now));
    Ok(MakeAccount {
        account: NewAccount {
            user: NewUser {
                uid: new_uid(now),
                username: None,
                full_name: name_or_local_part(form.full_name, &form.address),
                password_hash,
                birth_org_id: None,
                picture: None,
                language: None,
                now,
            },
            address_uid,
            address: form.address,
            verified_at: None,
            verification,
        },
        mail,
        ip,
    })
}

/// A user with a first address.
#[derive(Clone, Debug)]
pub(crate) struct NewAccount {
    pub user: NewUser,
    pub address_uid: String,
    pub address: EmailAddress,
    pub verified_at: Option<Timestamp>,
    pub verification: Option<store::addresses::Verification>,
}

impl NewAccount {
    /// An account whose address needs no verification link.
    pub fn ready_made(
        username: Option<Username>,
        full_name: Option<FullName>,
        address: EmailAddress,
        password_hash: String,
        verified_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        Self {
            user: NewUser {
                uid: new_uid(now),
                username: username.map(String::from),
                full_name: name_or_local_part(full_name, &address),
                password_hash,
                birth_org_id: None,
                picture: None,
                language: None,
                now,
            },
            address_uid: new_uid(now),
            address,
            verified_at,
            verification: None,
        }
    }

    /// Inserts user and address; returns the user's id.
    ///
    /// # Errors
    /// [`AccountError::AddressTaken`], [`AccountError::UsernameTaken`].
    pub async fn insert(&self, txn: &impl ConnectionTrait) -> Result<UserId, Error> {
        let user_id = store::users::insert(txn, self.user.clone()).await?;
        let address = NewAddress {
            uid: self.address_uid.clone(),
            user_id,
            address: self.address.clone(),
            verified_at: self.verified_at,
            verification: self.verification.clone(),
            now: self.user.now,
        };
        store::addresses::insert_first(txn, address).await?;
        Ok(user_id)
    }

    /// [`Self::insert`] of an account that its owner makes, which is an event.
    ///
    /// # Errors
    /// As [`Self::insert`].
    pub async fn insert_by_owner(&self, txn: &impl ConnectionTrait, ip: Option<IpAddr>) -> Result<UserId, Error> {
        let user_id = self.insert(txn).await?;
        let by = By { user_id: Some(user_id), name: &self.user.full_name, ip };
        let about = About::of(self.address.as_given());
        audit::record(txn, by, Action::AccountMade, Where::NOWHERE, about, self.user.now).await?;
        Ok(user_id)
    }
}

#[derive(Clone, Debug)]
struct MakeAccount {
    account: NewAccount,
    mail: NewMail,
    ip: Option<IpAddr>,
}

impl Operation for MakeAccount {
    type Output = UserId;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<UserId, Error> {
        let user_id = self.account.insert_by_owner(txn, self.ip).await?;
        let mail = NewMail { user_id: Some(user_id), ..self.mail.clone() };
        store::outbox::insert(txn, mail).await?;
        Ok(user_id)
    }
}

#[derive(Clone, Debug)]
struct MakeAccountAndSession {
    account: MakeAccount,
    session: NewSession,
    once: Option<Once>,
}

impl Operation for MakeAccountAndSession {
    type Output = UserId;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<UserId, Error> {
        let user_id = self.account.run(txn).await?;
        store::sessions::insert(txn, user_id, self.session.clone()).await?;
        if let Some(once) = &self.once {
            once.begin(txn, user_id, self.session.now).await?;
        }
        Ok(user_id)
    }
}

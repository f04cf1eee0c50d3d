//! Signs in with a password.

use sea_orm::DatabaseTransaction;

use super::refusals::{self, Account, Attempt};
use crate::db::Operation;
use crate::domain::actor::Client;
use crate::domain::audit::{self, About, By, Where};
use crate::domain::sessions::{Opened, bearer_session, browser_session};
use crate::domain::throttle::{CountOne, Counter, Limit};
use crate::domain::users::activation::is_deactivated;
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::error::{AccountError, Error};
use crate::ids::UserId;
use crate::mailboxes;
use crate::secret::Secret;
use crate::store;
use crate::store::locks::{Lock, Locks};
use crate::store::passwords::{Credentials, Login};
use crate::store::sessions::NewSession;
use crate::usher::Usher;

impl Login {
    /// An address if it parses as one, else a username.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        match EmailAddress::try_from(text) {
            Ok(address) => Self::Address(address.normal().to_owned()),
            Err(_) => Self::Username(text.to_lowercase()),
        }
    }

    /// [`Login::read`] of what people paste: the address of `Rosa <rosa@harbor.test>`.
    pub fn pasted(text: &str) -> Self {
        match mailboxes::only(text) {
            Some(named) => Self::Address(named.address.normal().to_owned()),
            None => Self::read(&mailboxes::username(text)),
        }
    }

    fn key(&self) -> &str {
        match self {
            Self::Address(normal) => normal,
            Self::Username(username) => username,
        }
    }
}

/// Signs in, or says why not: programs learn whether the user exists.
///
/// # Errors
/// [`AccountError::Unknown`], [`AccountError::Deactivated`], [`AccountError::WrongPassword`], [`Error::TooMany`].
pub async fn sign_in(usher: &Usher, login: &Login, password: Secret, client: &Client) -> Result<Opened, Error> {
    let credentials = known(usher, login, client).await?;
    open(usher, credentials, password, client).await
}

async fn known(usher: &Usher, login: &Login, client: &Client) -> Result<Credentials, Error> {
    let credentials = store::passwords::credentials(usher.db.read(), login).await?.ok_or(AccountError::Unknown)?;
    if is_deactivated(credentials.deactivated_at, usher.now()) {
        refusals::note_deactivated(usher, Account::of(&credentials, client)).await?;
        Err(AccountError::Deactivated.into())
    } else {
        Ok(credentials)
    }
}

/// [`sign_in`] for a program, with a bearer token. Tries the password as sent, then trimmed.
///
/// # Errors
/// As [`sign_in`].
pub async fn sign_in_as_program(
    usher: &Usher,
    login: &Login,
    password: Secret,
    client: &Client,
) -> Result<Opened, Error> {
    let credentials = known(usher, login, client).await?;
    let trimmed = password.expose().trim().to_owned();
    let tries = if trimmed == password.expose() { vec![password] } else { vec![password, trimmed.into()] };
    let (secret, session) = bearer_session(&usher.keys, client, usher.now());
    enter(usher, credentials, tries, client, session).await.map(|user_id| Opened { secret, user_id })
}

/// Signs in without revealing whether the user exists: same time, same answer.
///
/// # Errors
/// [`AccountError::WrongPassword`], also for an unknown user; [`AccountError::Deactivated`] with the right password;
/// [`Error::TooMany`].
pub async fn sign_in_discreetly(
    usher: &Usher,
    login: &Login,
    password: Secret,
    client: &Client,
) -> Result<Opened, Error> {
    let Some(credentials) = store::passwords::credentials(usher.db.read(), login).await? else {
        let counter = Limit::SignInUnknown { login: login.key().to_owned() }.counter(usher);
        usher.db.write(CountOne { counter, now: usher.now() }).await??;
        usher.passwords.verify(None, password).await?;
        refusals::note_unknown(usher, login.key()).await?;
        return Err(AccountError::WrongPassword.into());
    };
    open(usher, credentials, password, client).await
}

/// Signs in to one account and no other: the one that a form was made for.
///
/// # Errors
/// As [`sign_in_discreetly`].
pub async fn sign_in_to(usher: &Usher, id: UserId, password: Secret, client: &Client) -> Result<Opened, Error> {
    let credentials = store::passwords::credentials_of(usher.db.read(), id).await?;
    open(usher, credentials.ok_or(AccountError::WrongPassword)?, password, client).await
}

async fn open(usher: &Usher, credentials: Credentials, password: Secret, client: &Client) -> Result<Opened, Error> {
    let (secret, session) = browser_session(&usher.keys, client, usher.now());
    enter(usher, credentials, vec![password], client, session).await.map(|user_id| Opened { secret, user_id })
}

/// Opens a session if one of the passwords is right and the account is active. Counts the attempt first, so that parallel
/// attempts gain nothing; the counter is cleared when the session opens.
async fn enter(
    usher: &Usher,
    credentials: Credentials,
    passwords: Vec<Secret>,
    client: &Client,
    session: NewSession,
) -> Result<UserId, Error> {
    let account = Account::of(&credentials, client);
    let counter = Limit::SignIn { user_id: account.user_id }.counter(usher);
    let attempt = Attempt { account: account.clone(), counter: counter.clone(), now: usher.now() };
    usher.db.write(attempt).await??;
    if !is_one_right(usher, &credentials.password_hash, passwords).await? {
        refusals::note_wrong(usher, account).await?;
        return Err(AccountError::WrongPassword.into());
    }
    if is_deactivated(credentials.deactivated_at, session.now) {
        refusals::note_deactivated(usher, account).await?;
        return Err(AccountError::Deactivated.into());
    }
    let user_id = account.user_id;
    usher.db.write(Open { account, checked: credentials.password_hash, session, counter }).await?;
    Ok(user_id)
}

async fn is_one_right(usher: &Usher, hash: &str, passwords: Vec<Secret>) -> Result<bool, Error> {
    for password in passwords {
        if usher.passwords.verify(Some(hash.to_owned()), password).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[derive(Clone, Debug)]
struct Open {
    account: Account,
    checked: String,
    session: NewSession,
    counter: Counter,
}

impl Operation for Open {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().share(Lock::User(self.account.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let now = self.session.now;
        // Checking takes long: the password may have been changed meanwhile.
        if !store::passwords::note_sign_in(txn, self.account.user_id, &self.checked, now).await? {
            return Err(AccountError::WrongPassword.into());
        }
        self.counter.clear(txn).await?;
        let Account { user_id, name, ip } = &self.account;
        let by = By { user_id: Some(*user_id), name, ip: *ip };
        audit::record(txn, by, Action::SignedIn, Where::NOWHERE, About::nothing(), now).await?;
        store::sessions::insert(txn, self.account.user_id, self.session.clone()).await
    }
}

//! Signs in with a password.

use sea_orm::DatabaseTransaction;

use crate::db::Operation;
use crate::domain::actor::Client;
use crate::domain::sessions::{Opened, bearer_session, browser_session};
use crate::domain::throttle::{CountOne, Counter, Limit};
use crate::domain::users::activation::is_deactivated;
use crate::email_address::EmailAddress;
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
    let credentials = known(usher, login).await?;
    open(usher, credentials, password, client).await
}

async fn known(usher: &Usher, login: &Login) -> Result<Credentials, Error> {
    let credentials = store::passwords::credentials(usher.db.read(), login).await?.ok_or(AccountError::Unknown)?;
    if is_deactivated(credentials.deactivated_at, usher.now()) {
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
    let credentials = known(usher, login).await?;
    let (user_id, checked) = (credentials.user_id, credentials.password_hash.clone());
    let trimmed = password.expose().trim().to_owned();
    let tries = if trimmed == password.expose() { vec![password] } else { vec![password, trimmed.into()] };
    let counter = check(usher, credentials, tries).await?;
    let (secret, session) = bearer_session(&usher.keys, client, usher.now());
    usher.db.write(Open { user_id, checked, session, counter }).await?;
    Ok(Opened { secret, user_id })
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
        return Err(AccountError::WrongPassword.into());
    };
    let deactivated = is_deactivated(credentials.deactivated_at, usher.now());
    let opened = open(usher, credentials, password, client).await?;
    if deactivated { Err(AccountError::Deactivated.into()) } else { Ok(opened) }
}

async fn open(usher: &Usher, credentials: Credentials, password: Secret, client: &Client) -> Result<Opened, Error> {
    let (user_id, checked) = (credentials.user_id, credentials.password_hash.clone());
    let counter = check(usher, credentials, vec![password]).await?;
    let (secret, session) = browser_session(&usher.keys, client, usher.now());
    usher.db.write(Open { user_id, checked, session, counter }).await?;
    Ok(Opened { secret, user_id })
}

/// Checks whether one of the passwords is right. Counts the attempt first, so that parallel attempts gain nothing; the
/// caller clears the counter when the session opens.
async fn check(usher: &Usher, credentials: Credentials, passwords: Vec<Secret>) -> Result<Counter, Error> {
    let counter = Limit::SignIn { user_id: credentials.user_id }.counter(usher);
    usher.db.write(CountOne { counter: counter.clone(), now: usher.now() }).await??;
    for password in passwords {
        if usher.passwords.verify(Some(credentials.password_hash.clone()), password).await? {
            return Ok(counter);
        }
    }
    Err(AccountError::WrongPassword.into())
}

#[derive(Clone, Debug)]
struct Open {
    user_id: UserId,
    checked: String,
    session: NewSession,
    counter: Counter,
}

impl Operation for Open {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().share(Lock::User(self.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        // Checking takes long: the password may have been changed meanwhile.
        if !store::passwords::note_sign_in(txn, self.user_id, &self.checked, self.session.now).await? {
            return Err(AccountError::WrongPassword.into());
        }
        self.counter.clear(txn).await?;
        store::sessions::insert(txn, self.user_id, self.session.clone()).await
    }
}

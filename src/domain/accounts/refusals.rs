//! Refused sign-ins to known accounts, as events. Of a sign-in under an unknown name nothing is kept: what was typed may
//! be a password. What a stranger can have written is bounded: eleven events an account and window of the throttle, and
//! ten more that say that it is deactivated.

use std::net::IpAddr;

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Client;
use crate::domain::audit::{self, About, By, Where};
use crate::domain::throttle::{CountOne, Counted, Counter, Limit};
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::ids::UserId;
use crate::store::audit::{Details, Refusal};
use crate::store::passwords::Credentials;
use crate::usher::Usher;

/// Whose account somebody wants to sign in to, and from where.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub user_id: UserId,
    pub name: String,
    pub ip: Option<IpAddr>,
}

impl Account {
    pub fn of(credentials: &Credentials, client: &Client) -> Self {
        Self { user_id: credentials.user_id, name: credentials.full_name.clone(), ip: client.ip }
    }

    async fn record_refusal(&self, txn: &impl ConnectionTrait, why: Refusal, now: Timestamp) -> Result<(), Error> {
        let details = Details { why: Some(why), ..Details::default() };
        let about = About::user(self.name.as_str(), self.user_id).with(details);
        audit::record(txn, By::somebody(self.ip), Action::SignInRefused, Where::NOWHERE, about, now).await
    }
}

/// Counts an attempt in its own transaction, so that it stays counted. The first beyond the limit is an event, those
/// after it are none.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub account: Account,
    pub counter: Counter,
    pub now: Timestamp,
}

impl Operation for Attempt {
    /// Not an error, which would roll the count back.
    type Output = Result<(), Error>;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Self::Output, Error> {
        match self.counter.counted(txn, self.now).await? {
            Counted::Within => Ok(Ok(())),
            Counted::Beyond { retry_after, is_first } => {
                if is_first {
                    self.account.record_refusal(txn, Refusal::TooMany, self.now).await?;
                }
                Ok(Err(Error::TooMany { retry_after }))
            }
        }
    }
}

/// Notes a wrong password, which is counted already.
pub(super) async fn note_wrong(usher: &Usher, account: Account) -> Result<(), Error> {
    usher.db.write(Note { account, why: Refusal::WrongPassword, bound: None, now: usher.now() }).await
}

/// Notes a refusal of a deactivated account, up to a number: programs are told without a password, pages with the right one.
pub(super) async fn note_deactivated(usher: &Usher, account: Account) -> Result<(), Error> {
    let bound = Some(Limit::RefusalsToDeactivated { user_id: account.user_id }.counter(usher));
    let note = Note { account, why: Refusal::Deactivated, bound, now: usher.now() };
    usher.db.write(note).await
}

/// Writes as much as [`note_wrong`], but nothing of what was typed: an unknown name is not to be answered sooner.
pub(super) async fn note_unknown(usher: &Usher, login: &str) -> Result<(), Error> {
    let counter = Limit::RefusalsOfUnknown { login: login.to_owned() }.counter(usher);
    usher.db.write(CountOne { counter, now: usher.now() }).await.map(drop)
}

#[derive(Clone, Debug)]
struct Note {
    account: Account,
    why: Refusal,
    bound: Option<Counter>,
    now: Timestamp,
}

impl Operation for Note {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        if let Some(bound) = &self.bound
            && bound.counted(txn, self.now).await? != Counted::Within
        {
            return Ok(());
        }
        self.account.record_refusal(txn, self.why, self.now).await
    }
}

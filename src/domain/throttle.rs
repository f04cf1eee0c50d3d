//! Rate limits against guessing and flooding. An attempt that must count even when the request fails is counted in its
//! own transaction.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::error::Error;
use crate::ids::UserId;
use crate::keys::{Keys, Purpose};
use crate::store;
use crate::usher::Usher;

/// The longest window of any limit.
pub const LONGEST_WINDOW: Duration = Duration::from_hours(1);

/// What is counted, and for whom.
#[derive(Clone, Debug)]
pub enum Limit {
    /// Sign-ins to one account.
    SignIn { user_id: UserId },
    /// Sign-ins with an unknown name.
    SignInUnknown { login: String },
    /// Events of refused sign-ins to a deactivated account, which say that it is.
    RefusalsToDeactivated { user_id: UserId },
    /// As much work for an unknown name as the event of a wrong password; nothing is refused for it.
    RefusalsOfUnknown { login: String },
    /// Invitations from one inviter to one person: a user, however named, or an address without an account.
    InvitationsToPerson { inviter_id: UserId, user_id: Option<UserId>, normal: String },
    /// Invitations from one inviter.
    InvitationsOfInviter { inviter_id: UserId },
    /// Wrong invite codes by one user.
    Codes { user_id: UserId },
    /// Reset mails to one account.
    ResetMails { user_id: UserId },
    /// Those with links of a short or no life, counted apart so that they do not use up the others.
    ShortResetMails { user_id: UserId },
    /// Verification mails to one account.
    VerificationMails { user_id: UserId },
}

impl Limit {
    const fn most(&self) -> i64 {
        match self {
            Self::SignIn { .. }
            | Self::SignInUnknown { .. }
            | Self::RefusalsToDeactivated { .. }
            | Self::RefusalsOfUnknown { .. } => 10,
            Self::InvitationsToPerson { .. } => 20,
            Self::InvitationsOfInviter { .. } => 1000,
            Self::Codes { .. } => 30,
            Self::ResetMails { .. } | Self::ShortResetMails { .. } => 3,
            Self::VerificationMails { .. } => 10,
        }
    }

    const fn window(&self) -> Duration {
        match self {
            Self::SignIn { .. }
            | Self::SignInUnknown { .. }
            | Self::RefusalsToDeactivated { .. }
            | Self::RefusalsOfUnknown { .. } => Duration::from_mins(15),
            Self::InvitationsToPerson { .. }
            | Self::InvitationsOfInviter { .. }
            | Self::Codes { .. }
            | Self::ResetMails { .. }
            | Self::ShortResetMails { .. }
            | Self::VerificationMails { .. } => LONGEST_WINDOW,
        }
    }

    fn name(&self, keys: &Keys) -> String {
        let invitee;
        let (kind, id, text): (&str, UserId, &str) = match self {
            Self::SignIn { user_id } => ("sign-in", *user_id, ""),
            Self::SignInUnknown { login } => ("sign-in-unknown", UserId(0), login),
            Self::RefusalsOfUnknown { login } => ("refused-unknown", UserId(0), login),
            Self::RefusalsToDeactivated { user_id } => ("sign-in-deactivated", *user_id, ""),
            Self::InvitationsToPerson { inviter_id, user_id: None, normal } => ("invite-address", *inviter_id, normal),
            Self::InvitationsToPerson { inviter_id, user_id: Some(user_id), .. } => {
                invitee = user_id.to_string();
                ("invite-user", *inviter_id, &invitee)
            }
            Self::InvitationsOfInviter { inviter_id } => ("invite", *inviter_id, ""),
            Self::Codes { user_id } => ("code", *user_id, ""),
            Self::ResetMails { user_id } => ("reset-mail", *user_id, ""),
            Self::ShortResetMails { user_id } => ("short-reset-mail", *user_id, ""),
            Self::VerificationMails { user_id } => ("verification-mail", *user_id, ""),
        };
        let mac = keys.mac(Purpose::Throttle, &[kind.as_bytes(), &id.0.to_be_bytes(), text.as_bytes()]);
        crate::ids::hex(&mac[..16])
    }

    /// The counter of this limit.
    pub(crate) fn counter(self, usher: &Usher) -> Counter {
        self.counter_if(usher.config.rate_limits_enabled, &usher.keys)
    }

    /// [`Limit::counter`] for users known only within a transaction.
    pub(crate) fn counter_if(self, enabled: bool, keys: &Keys) -> Counter {
        Counter { name: self.name(keys), limit: self, enabled }
    }
}

/// A limit with its key in the database.
#[derive(Clone, Debug)]
pub struct Counter {
    name: String,
    limit: Limit,
    enabled: bool,
}

impl Counter {
    /// Counts one within a transaction.
    ///
    /// # Errors
    /// [`Error::TooMany`] beyond the limit.
    pub(crate) async fn count(&self, txn: &impl ConnectionTrait, now: Timestamp) -> Result<(), Error> {
        match self.counted(txn, now).await? {
            Counted::Within => Ok(()),
            Counted::Beyond { retry_after, .. } => Err(Error::TooMany { retry_after }),
        }
    }

    /// [`Self::count`], with the first one beyond the limit told from those after it.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub(crate) async fn counted(&self, txn: &impl ConnectionTrait, now: Timestamp) -> Result<Counted, Error> {
        if !self.enabled {
            return Ok(Counted::Within);
        }
        let count = store::throttles::count(txn, &self.name, now, self.limit.window()).await?;
        if count.count <= self.limit.most() {
            return Ok(Counted::Within);
        }
        let is_first = count.count == self.limit.most() + 1;
        Ok(Counted::Beyond { retry_after: count.resets_at.since(now), is_first })
    }

    /// Resets the count, after the right password.
    pub(crate) async fn clear(&self, txn: &impl ConnectionTrait) -> Result<(), Error> {
        if self.enabled { store::throttles::clear(txn, &self.name).await } else { Ok(()) }
    }

    /// Fails if the limit is reached, without counting.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub(crate) async fn check(&self, connection: &impl ConnectionTrait, now: Timestamp) -> Result<(), Error> {
        if !self.enabled {
            return Ok(());
        }
        match store::throttles::find(connection, &self.name, now, self.limit.window()).await? {
            Some(count) if count.count >= self.limit.most() => {
                Err(Error::TooMany { retry_after: count.resets_at.since(now) })
            }
            _ => Ok(()),
        }
    }
}

/// The result of counting one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    Within,
    Beyond {
        retry_after: Duration,
        /// In this window.
        is_first: bool,
    },
}

/// Resets a count in its own transaction.
#[derive(Clone, Debug)]
pub(crate) struct Clear {
    pub counter: Counter,
}

impl Operation for Clear {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        self.counter.clear(txn).await
    }
}

/// Counts one in its own transaction, so that it stays counted.
#[derive(Clone, Debug)]
pub(crate) struct CountOne {
    pub counter: Counter,
    pub now: Timestamp,
}

impl Operation for CountOne {
    /// Not an error, which would roll the count back.
    type Output = Result<(), Error>;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Self::Output, Error> {
        match self.counter.count(txn, self.now).await {
            Err(refusal @ Error::TooMany { .. }) => Ok(Err(refusal)),
            Err(fault) => Err(fault),
            Ok(()) => Ok(Ok(())),
        }
    }
}

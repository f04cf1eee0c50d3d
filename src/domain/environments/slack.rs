//! An environment's notices to Slack: their configuration and their events.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{held_lock, shared_lock};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::policy;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About, Where};
use crate::domain::offer::{News, Place};
use crate::entity::audit_event::Action;
use crate::entity::outbox::MessageKind;
use crate::error::{Error, Thing};
use crate::fields::{SlackChannel, SlackToken};
use crate::ids::{EnvironmentId, PlaceId, UserId, new_uid};
use crate::keys::Keys;
use crate::secret::Secret;
use crate::store;
use crate::store::environments::Access;
use crate::store::locks::Locks;
use crate::store::slack::{Configured, LastNotice, NewConfiguration};
use crate::usher::Usher;

/// The sealed column.
const TOKEN: &str = "environment_slack.token";

/// Opens the token of a configuration.
///
/// # Errors
/// [`Error::Internal`] when it was sealed with another key, or changed.
pub(crate) fn token_of(keys: &Keys, configured: &Configured) -> Result<Secret, Error> {
    keys.open(TOKEN, &configured.uid, &configured.token).map(Secret::from).map_err(Error::internal)
}

/// The configuration of an environment that the actor may see.
///
/// # Errors
/// [`Error::NotFound`] of the environment, [`Error::NotAllowed`], [`Error::NotFound`] of the configuration.
pub async fn find(usher: &Usher, actor: &Actor, environment_id: EnvironmentId) -> Result<Configured, Error> {
    let db = usher.db.read();
    policy::seeing(store::environments::access(db, environment_id, actor.user_id, usher.now()).await?, environment_id)?;
    configured(db, environment_id).await
}

/// The configuration of an environment that the actor administers, if any, and the state of the last notice.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn look(
    usher: &Usher,
    actor: &Actor,
    environment_id: EnvironmentId,
) -> Result<(Access, Option<Configured>, Option<LastNotice>), Error> {
    let db = usher.db.read();
    let access = store::environments::access(db, environment_id, actor.user_id, usher.now()).await?;
    let access = policy::administering(access, environment_id)?;
    let configured = store::slack::of_environment(db, environment_id).await?;
    let last = match configured {
        Some(_) => store::slack::last_notice(db, access.place_id).await?,
        None => None,
    };
    Ok((access, configured, last))
}

async fn configured(connection: &impl ConnectionTrait, environment_id: EnvironmentId) -> Result<Configured, Error> {
    let found = store::slack::of_environment(connection, environment_id).await?;
    found.ok_or(Error::NotFound(Thing::Unnamed))
}

/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`] without the right.
pub async fn check_may_set_up(usher: &Usher, actor: &Actor, environment_id: EnvironmentId) -> Result<(), Error> {
    administered(usher.db.read(), actor, environment_id, usher.now()).await.map(drop)
}

/// Sets notices up and switches them on; the first notice says so.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], `EnvironmentError::SlackConfigured`.
pub async fn set_up(
    usher: &Usher,
    actor: &Actor,
    environment_id: EnvironmentId,
    channel: SlackChannel,
    token: &SlackToken,
) -> Result<Configured, Error> {
    let now = usher.now();
    let uid = new_uid(now);
    let new = NewConfiguration {
        token: usher.keys.seal(TOKEN, &uid, token.expose()),
        uid,
        environment_id,
        channel: channel.into(),
        now,
    };
    actor.write_and_mail(usher, SetUp { actor: actor.clone(), new }).await
}

/// Fields to change; `None` leaves them as they are.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub channel: Option<SlackChannel>,
    pub token: Option<SlackToken>,
    pub is_on: Option<bool>,
}

impl Changes {
    fn is_none(&self) -> bool {
        self.channel.is_none() && self.token.is_none() && self.is_on.is_none()
    }
}

/// Changes how notices are sent.
///
/// # Errors
/// [`Error::NotFound`] of the environment, [`Error::NotAllowed`], [`Error::NotFound`] of the configuration.
pub async fn change(
    usher: &Usher,
    actor: &Actor,
    environment_id: EnvironmentId,
    changes: Changes,
) -> Result<(), Error> {
    actor.write(usher, Change::of(usher, actor, environment_id, changes)).await.map(drop)
}

/// [`change`]; returns the new configuration and its token. Records that the token was viewed, unless it was just
/// given.
///
/// # Errors
/// As [`change`].
pub async fn change_and_reveal(
    usher: &Usher,
    actor: &Actor,
    environment_id: EnvironmentId,
    changes: Changes,
) -> Result<(Configured, Secret), Error> {
    let change = Change::of(usher, actor, environment_id, changes);
    let configured = actor.write(usher, Reveal(change)).await?;
    let token = token_of(&usher.keys, &configured)?;
    Ok((configured, token))
}

/// Removes the configuration with its token.
///
/// # Errors
/// As [`change`].
pub async fn remove(usher: &Usher, actor: &Actor, environment_id: EnvironmentId) -> Result<(), Error> {
    actor.write(usher, Remove { actor: actor.clone(), environment_id, now: usher.now() }).await
}

async fn administered(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    environment_id: EnvironmentId,
    now: Timestamp,
) -> Result<Place, Error> {
    let access = store::environments::access(connection, environment_id, actor.user_id, now).await?;
    Ok(policy::administering(access, environment_id)?.place())
}

#[derive(Clone, Debug)]
struct SetUp {
    actor: Actor,
    new: NewConfiguration,
}

impl Operation for SetUp {
    type Output = Configured;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        shared_lock(txn, self.new.environment_id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Configured, Error> {
        let (id, now) = (self.new.environment_id, self.new.now);
        let place = administered(txn, &self.actor, id, now).await?;
        store::slack::insert(txn, self.new.clone()).await?;
        owe(txn, place.id, Event::SetUp { by: self.actor.user_id }, now).await?;
        let subject = Some(self.new.channel.clone());
        audit::record(txn, &self.actor, Action::SlackSetUp, &place, subject, now).await?;
        configured(txn, id).await
    }
}

#[derive(Clone, Debug)]
struct Change {
    actor: Actor,
    environment_id: EnvironmentId,
    changes: Changes,
    keys: Keys,
    now: Timestamp,
}

impl Change {
    fn of(usher: &Usher, actor: &Actor, environment_id: EnvironmentId, changes: Changes) -> Self {
        Self { actor: actor.clone(), environment_id, changes, keys: usher.keys.clone(), now: usher.now() }
    }
}

#[derive(Clone, Debug)]
struct Reveal(Change);

impl Operation for Reveal {
    type Output = Configured;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        self.0.locks(txn).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Configured, Error> {
        let change = &self.0;
        let configured = change.run(txn).await?;
        if change.changes.token.is_none() {
            let (action, place) = (Action::SlackTokenRevealed, Where::environment(configured.place_id));
            audit::record(txn, &change.actor, action, place, About::nothing(), change.now).await?;
        }
        Ok(configured)
    }
}

impl Operation for Change {
    type Output = Configured;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        if self.changes.is_none() {
            return shared_lock(txn, self.environment_id).await;
        }
        held_lock(txn, self.environment_id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Configured, Error> {
        let place = administered(txn, &self.actor, self.environment_id, self.now).await?;
        let mut slack = configured(txn, self.environment_id).await?;
        if self.changes.is_none() {
            return Ok(slack);
        }
        if let Some(channel) = &self.changes.channel {
            channel.as_str().clone_into(&mut slack.channel);
        }
        if let Some(token) = &self.changes.token {
            slack.token = self.keys.seal(TOKEN, &slack.uid, token.expose());
        }
        slack.is_on = self.changes.is_on.unwrap_or(slack.is_on);
        store::slack::update(txn, &slack, self.now).await?;
        let subject = Some(slack.channel.clone());
        audit::record(txn, &self.actor, Action::SlackChanged, &place, subject, self.now).await?;
        Ok(slack)
    }
}

#[derive(Clone, Debug)]
struct Remove {
    actor: Actor,
    environment_id: EnvironmentId,
    now: Timestamp,
}

impl Operation for Remove {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        held_lock(txn, self.environment_id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let place = administered(txn, &self.actor, self.environment_id, self.now).await?;
        let slack = configured(txn, self.environment_id).await?;
        store::slack::delete(txn, slack.id).await?;
        audit::record(txn, &self.actor, Action::SlackRemoved, &place, Some(slack.channel), self.now).await
    }
}

/// Events that a channel hears of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    SetUp { by: UserId },
    News(News),
    Promoted { user_id: UserId },
}

/// Owes a notice to the channel of an environment's place, if it wants this event.
pub(crate) async fn owe(
    txn: &impl ConnectionTrait,
    place_id: PlaceId,
    event: Event,
    now: Timestamp,
) -> Result<(), Error> {
    let (kind, user_id, invitation_id) = match event {
        Event::SetUp { by } => (MessageKind::SlackSetUp, by, None),
        Event::News(News::Invited { by, invitation_id }) => (MessageKind::SlackInvited, by, Some(invitation_id)),
        Event::News(News::Joined { user_id }) => (MessageKind::SlackJoined, user_id, None),
        Event::Promoted { user_id } => (MessageKind::SlackPromoted, user_id, None),
    };
    store::slack::owe(txn, place_id, kind, user_id, invitation_id, now).await
}

//! Where environments' notices go in Slack, and the notices themselves.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult};

use super::{execute, one};
use crate::clock::Timestamp;
use crate::entity::environment_slack::{ActiveModel, Entity};
use crate::entity::outbox::{Carrier, MailKind, MailState};
use crate::error::{EnvironmentError, Error, unique_or};
use crate::ids::{EnvironmentId, InvitationId, PlaceId, SlackId, UserId, new_uid};

/// A configuration with what it is about. The token is sealed.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Configured {
    pub id: SlackId,
    pub uid: String,
    pub environment_id: EnvironmentId,
    pub place_id: PlaceId,
    pub environment_name: String,
    pub channel: String,
    pub token: Vec<u8>,
    pub is_on: bool,
}

const CONFIGURED: &str = "SELECT s.id, s.uid, s.environment_id, e.place_id, p.name AS environment_name, s.channel,
                                 s.token, s.is_on
                          FROM environment_slack s
                          JOIN environments e ON e.id = s.environment_id
                          JOIN places p ON p.id = e.place_id";

/// The configuration of an environment, if it has one.
pub async fn of_environment(
    connection: &impl ConnectionTrait,
    environment_id: EnvironmentId,
) -> Result<Option<Configured>, Error> {
    one(connection, &format!("{CONFIGURED} WHERE s.environment_id = $1"), [environment_id.into()]).await
}

/// The configuration of the environment that a place is, if it has one.
pub async fn of_place(connection: &impl ConnectionTrait, place_id: PlaceId) -> Result<Option<Configured>, Error> {
    one(connection, &format!("{CONFIGURED} WHERE e.place_id = $1"), [place_id.into()]).await
}

/// A configuration to be.
#[derive(Clone, Debug)]
pub struct NewConfiguration {
    pub uid: String,
    pub environment_id: EnvironmentId,
    pub channel: String,
    pub token: Vec<u8>,
    pub now: Timestamp,
}

/// Adds a configuration, switched on.
///
/// # Errors
/// [`EnvironmentError::SlackConfigured`].
pub async fn insert(connection: &impl ConnectionTrait, new: NewConfiguration) -> Result<SlackId, Error> {
    let row = ActiveModel {
        uid: Set(new.uid),
        environment_id: Set(new.environment_id),
        channel: Set(new.channel),
        token: Set(new.token),
        is_on: Set(true),
        created_at: Set(new.now),
        updated_at: Set(new.now),
        ..Default::default()
    };
    Ok(unique_or(Entity::insert(row).exec(connection).await, EnvironmentError::SlackConfigured)?.last_insert_id)
}

/// Changes a configuration.
pub async fn update(connection: &impl ConnectionTrait, configured: &Configured, now: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE environment_slack SET channel = $1, token = $2, is_on = $3, updated_at = $4 WHERE id = $5";
    let values = [
        configured.channel.clone().into(),
        configured.token.clone().into(),
        configured.is_on.into(),
        now.into(),
        configured.id.into(),
    ];
    execute(connection, sql, values).await.map(drop)
}

/// Removes a configuration.
pub async fn delete(connection: &impl ConnectionTrait, id: SlackId) -> Result<(), Error> {
    execute(connection, "DELETE FROM environment_slack WHERE id = $1", [id.into()]).await.map(drop)
}

/// Puts a notice into the outbox, where an environment has notices and they are on.
pub async fn owe(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    kind: MailKind,
    user_id: UserId,
    invitation_id: Option<InvitationId>,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO outbox (uid, carrier, kind, address, user_id, invitation_id, place_id, state,
                                   attempts, next_at, created_at)
               SELECT $1, $2, $3, '', $4, $5, e.place_id, $6, 0, $7, $7
               FROM environments e JOIN environment_slack s ON s.environment_id = e.id
               WHERE e.place_id = $8 AND s.is_on";
    let values = [
        new_uid(now).into(),
        Carrier::Slack.into(),
        kind.into(),
        user_id.into(),
        invitation_id.into(),
        MailState::Queued.into(),
        now.into(),
        place_id.into(),
    ];
    execute(connection, sql, values).await.map(drop)
}

/// What became of the last notice of an environment.
#[derive(Clone, Debug, FromQueryResult)]
pub struct LastNotice {
    pub state: MailState,
    pub fault: Option<String>,
    pub at: Timestamp,
}

/// The last notice of the environment that a place is.
pub async fn last_notice(connection: &impl ConnectionTrait, place_id: PlaceId) -> Result<Option<LastNotice>, Error> {
    let sql = "SELECT state, fault, created_at AS at FROM outbox
               WHERE place_id = $1 AND carrier = 'slack' ORDER BY id DESC LIMIT 1";
    one(connection, sql, [place_id.into()]).await
}

//! Slack configurations of environments, and their notices.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, FromQueryResult, JoinType,
    QueryFilter, QuerySelect, RelationTrait, Select,
};

use super::{execute, one, unique};
use crate::clock::Timestamp;
use crate::entity::environment_slack::{ActiveModel, Column, Entity, Relation};
use crate::entity::outbox::{Carrier, MessageKind, MessageState};
use crate::entity::{environment, place};
use crate::error::{EnvironmentError, Error, unique_or};
use crate::ids::{EnvironmentId, InvitationId, PlaceId, SlackId, UserId, new_uid};

/// A configuration and its environment. The token is sealed.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Configured {
    pub id: SlackId,
    pub uid: String,
    pub environment_id: EnvironmentId,
    #[sea_orm(from_expr = "environment::Column::PlaceId")]
    pub place_id: PlaceId,
    #[sea_orm(from_expr = "place::Column::Name")]
    pub environment_name: String,
    pub channel: String,
    pub token: Vec<u8>,
    pub is_on: bool,
}

fn configured() -> Select<Entity> {
    Entity::find()
        .join(JoinType::InnerJoin, Relation::Environment.def())
        .join(JoinType::InnerJoin, environment::Relation::Place.def())
}

/// The configuration of an environment, if it has one.
pub async fn of_environment(
    connection: &impl ConnectionTrait,
    environment_id: EnvironmentId,
) -> Result<Option<Configured>, Error> {
    unique(connection, configured().filter(Column::EnvironmentId.eq(environment_id))).await
}

/// The configuration of the environment of a place, if it has one.
pub async fn of_place(connection: &impl ConnectionTrait, place_id: PlaceId) -> Result<Option<Configured>, Error> {
    unique(connection, configured().filter(environment::Column::PlaceId.eq(place_id))).await
}

/// A new configuration.
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
    let row = ActiveModel {
        channel: Set(configured.channel.clone()),
        token: Set(configured.token.clone()),
        is_on: Set(configured.is_on),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(configured.id)).exec(connection).await?;
    Ok(())
}

/// Deletes a configuration.
pub async fn delete(connection: &impl ConnectionTrait, id: SlackId) -> Result<(), Error> {
    Entity::delete_by_id(id).exec(connection).await?;
    Ok(())
}

/// Puts a notice into the outbox, if the environment has notices and they are on.
pub async fn owe(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    kind: MessageKind,
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
        MessageState::Queued.into(),
        now.into(),
        place_id.into(),
    ];
    execute(connection, sql, values).await.map(drop)
}

/// What became of the last notice of an environment.
#[derive(Clone, Debug, FromQueryResult)]
pub struct LastNotice {
    pub state: MessageState,
    pub fault: Option<String>,
    pub at: Timestamp,
}

/// The last notice of the environment of a place.
pub async fn last_notice(connection: &impl ConnectionTrait, place_id: PlaceId) -> Result<Option<LastNotice>, Error> {
    let sql = "SELECT state, fault, created_at AS at FROM outbox
               WHERE place_id = $1 AND carrier = 'slack' ORDER BY id DESC LIMIT 1";
    one(connection, sql, [place_id.into()]).await
}

//! How an open invitation changes, and how it ends.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::execute;
use crate::clock::Timestamp;
use crate::entity::invitation::{ActiveModel, Column, Entity, InvitationState};
use crate::entity::member::Level;
use crate::error::Error;
use crate::ids::{InvitationId, PlaceId, UserId};

/// Changes the inviter and the level of an open invitation: false when it is closed. A note goes with its writer: nobody
/// else's name stands above it.
pub async fn change(
    connection: &impl ConnectionTrait,
    id: InvitationId,
    level: Level,
    inviter_id: Option<UserId>,
) -> Result<bool, Error> {
    let sql = "UPDATE invitations
               SET level = $1, inviter_id = $2, note = CASE WHEN inviter_id = $2 THEN note END
               WHERE id = $3 AND state = 'pending'";
    Ok(execute(connection, sql, [level.into(), inviter_id.into(), id.into()]).await? > 0)
}

/// Marks the open invitations of an invitee to a place as superseded: how many there were.
pub async fn supersede(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    invitee_id: Option<UserId>,
    normal: &str,
    now: Timestamp,
) -> Result<u64, Error> {
    // A UNION, so that each half uses its index: an OR would read all open invitations to the place.
    let sql = "UPDATE invitations SET state = 'superseded', answered_at = $1
               WHERE state = 'pending' AND id IN (
                   SELECT id FROM invitations WHERE place_id = $2 AND normal = $3 AND state = 'pending'
                   UNION ALL
                   SELECT id FROM invitations WHERE place_id = $2 AND invitee_id = $4 AND state = 'pending')";
    execute(connection, sql, [now.into(), place_id.into(), normal.into(), invitee_id.into()]).await
}

/// Answers an invitation: false unless it is open and not expired.
pub async fn answer(
    connection: &impl ConnectionTrait,
    id: InvitationId,
    state: InvitationState,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET state = $1, answered_at = $2, answered_by = $3
               WHERE id = $4 AND state = 'pending' AND expires_at > $2";
    Ok(execute(connection, sql, [state.into(), now.into(), by.into(), id.into()]).await? > 0)
}

/// Accepts a declined invitation after all: false unless it is declined and not expired.
pub async fn take_up(
    connection: &impl ConnectionTrait,
    id: InvitationId,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET state = 'accepted', answered_at = $1, answered_by = $2
               WHERE id = $3 AND state = 'declined' AND expires_at > $1";
    Ok(execute(connection, sql, [now.into(), by.into(), id.into()]).await? > 0)
}

/// Sets who accepted: a newcomer gets an id only after the answer.
pub async fn set_answerer(connection: &impl ConnectionTrait, id: InvitationId, by: UserId) -> Result<(), Error> {
    let row = ActiveModel { answered_by: Set(Some(by)), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// Closes an invitation, expired or not: false when it was closed before.
pub async fn close(
    connection: &impl ConnectionTrait,
    id: InvitationId,
    state: InvitationState,
    by: UserId,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET state = $1, answered_at = $2, answered_by = $3
               WHERE id = $4 AND state = 'pending'";
    Ok(execute(connection, sql, [state.into(), now.into(), by.into(), id.into()]).await? > 0)
}

/// Revokes the open invitations of an inviter who lost the right to them.
pub async fn revoke_of_inviter(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    inviter_id: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE invitations SET state = 'revoked', answered_at = $1
               WHERE state = 'pending' AND place_id = $2 AND inviter_id = $3";
    let values = [now.into(), place_id.into(), inviter_id.into()];
    execute(connection, sql, values.clone()).await?;
    // Nor is one that they declined taken up again.
    let sql = "UPDATE invitations SET expires_at = $1
               WHERE state = 'declined' AND expires_at > $1 AND place_id = $2 AND inviter_id = $3";
    execute(connection, sql, values).await.map(drop)
}

/// Revokes the open invitations from and to a user whose account is deleted.
pub async fn revoke_of_user(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE invitations SET state = 'revoked', answered_at = $1
               WHERE state = 'pending' AND (inviter_id = $2 OR invitee_id = $2)";
    let values = [now.into(), user_id.into()];
    execute(connection, sql, values.clone()).await?;
    // Nor is one that they declined taken up again.
    let sql = "UPDATE invitations SET expires_at = $1
               WHERE state = 'declined' AND expires_at > $1 AND (inviter_id = $2 OR invitee_id = $2)";
    execute(connection, sql, values).await.map(drop)
}

/// Revokes the open invitations to a place that is deleted.
pub async fn close_of_place(connection: &impl ConnectionTrait, place_id: PlaceId, now: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE invitations SET state = 'revoked', answered_at = $1
               WHERE state = 'pending' AND place_id = $2";
    let values = [now.into(), place_id.into()];
    execute(connection, sql, values.clone()).await?;
    // Nor is one that they declined taken up again.
    let sql = "UPDATE invitations SET expires_at = $1
               WHERE state = 'declined' AND expires_at > $1 AND place_id = $2";
    execute(connection, sql, values).await.map(drop)
}

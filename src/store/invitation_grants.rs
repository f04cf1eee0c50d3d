//! Permissions and roles that an invitation to an org offers.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::assignments::{Grant, Granted};
use crate::entity::invitation_grant::{ActiveModel, Column, Entity};
use crate::error::Error;

/// Puts these grants in the place of an invitation's.
pub async fn replace(connection: &impl ConnectionTrait, invitation_id: i64, grants: &[Grant]) -> Result<(), Error> {
    Entity::delete_many().filter(Column::InvitationId.eq(invitation_id)).exec(connection).await?;
    insert(connection, invitation_id, grants).await
}

/// Adds grants to a new invitation.
pub async fn insert(connection: &impl ConnectionTrait, invitation_id: i64, grants: &[Grant]) -> Result<(), Error> {
    let rows = grants.iter().map(|grant| ActiveModel {
        invitation_id: Set(invitation_id),
        permission_id: Set(grant.granted.permission_id()),
        role_id: Set(grant.granted.role_id()),
        resource_id: Set(grant.resource_id.clone()),
        ..Default::default()
    });
    if grants.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows).exec_without_returning(connection).await?;
    Ok(())
}

/// The grants of an invitation, in the order in which they were given.
pub async fn of_invitation(connection: &impl ConnectionTrait, invitation_id: i64) -> Result<Vec<Grant>, Error> {
    let rows =
        Entity::find().filter(Column::InvitationId.eq(invitation_id)).order_by_asc(Column::Id).all(connection).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let granted = match (row.permission_id, row.role_id) {
                (Some(id), _) => Granted::Permission(id),
                (None, Some(id)) => Granted::Role(id),
                (None, None) => return None,
            };
            Some(Grant { granted, resource_id: row.resource_id })
        })
        .collect())
}

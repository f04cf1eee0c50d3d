//! Permissions and roles that an invitation to an org offers.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};

use super::assignments::{DEFINITIONS, GRANTED, Grant, Granted};
use crate::entity::invitation_grant::{ActiveModel, Column, Entity};
use crate::error::Error;
use crate::ids::{DefinitionId, InvitationId, OfferedGrantId};

/// Replaces the grants of an invitation.
pub async fn replace(
    connection: &impl ConnectionTrait,
    invitation_id: InvitationId,
    grants: &[Grant],
) -> Result<(), Error> {
    Entity::delete_many().filter(Column::InvitationId.eq(invitation_id)).exec(connection).await?;
    insert(connection, invitation_id, grants).await
}

/// Adds grants to a new invitation.
pub async fn insert(
    connection: &impl ConnectionTrait,
    invitation_id: InvitationId,
    grants: &[Grant],
) -> Result<(), Error> {
    let rows = grants.iter().map(|grant| ActiveModel {
        invitation_id: Set(invitation_id),
        permission_id: Set(grant.definition.permission_id()),
        role_id: Set(grant.definition.role_id()),
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
pub async fn of_invitation(
    connection: &impl ConnectionTrait,
    invitation_id: InvitationId,
) -> Result<Vec<Grant>, Error> {
    let rows = with_ids(connection, invitation_id).await?;
    Ok(rows.into_iter().map(|(_, grant)| grant).collect())
}

/// [`of_invitation`] with the ids of the rows.
pub async fn with_ids(
    connection: &impl ConnectionTrait,
    invitation_id: InvitationId,
) -> Result<Vec<(OfferedGrantId, Grant)>, Error> {
    let rows =
        Entity::find().filter(Column::InvitationId.eq(invitation_id)).order_by_asc(Column::Id).all(connection).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let definition = DefinitionId::of_row(row.permission_id, row.role_id)?;
            Some((row.id, Grant { definition, resource_id: row.resource_id }))
        })
        .collect())
}

/// What an invitation offers, by name.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Offered {
    pub id: OfferedGrantId,
    pub invitation_id: InvitationId,
    #[sea_orm(nested)]
    pub granted: Granted,
}

/// What invitations offer.
pub async fn named(connection: &impl ConnectionTrait, ids: &[InvitationId]) -> Result<Vec<Offered>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // Ids are numbers of ours: they stand in the text as they are.
    let ids: Vec<String> = ids.iter().map(InvitationId::to_string).collect();
    let sql = format!(
        "SELECT x.id, x.invitation_id, {GRANTED} FROM invitation_grants x {DEFINITIONS}
         WHERE x.invitation_id IN ({}) ORDER BY x.id",
        ids.join(", ")
    );
    super::all(connection, &sql, []).await
}

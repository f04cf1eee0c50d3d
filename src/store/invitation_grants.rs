//! Permissions and roles that an invitation to an org offers.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};

use super::assignments::{Grant, Granted, NamedGrant};
use crate::entity::invitation_grant::{ActiveModel, Column, Entity};
use crate::error::Error;
use crate::ids::{InvitationId, OfferedGrantId, PermissionId, PlaceId, RoleId};

/// Puts these grants in the place of an invitation's.
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
            let granted = match (row.permission_id, row.role_id) {
                (Some(id), _) => Granted::Permission(id),
                (None, Some(id)) => Granted::Role(id),
                (None, None) => return None,
            };
            Some((row.id, Grant { granted, resource_id: row.resource_id }))
        })
        .collect())
}

/// What an invitation offers, by name.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Named {
    pub id: OfferedGrantId,
    pub invitation_id: InvitationId,
    pub role_id: Option<RoleId>,
    pub role_uid: Option<String>,
    pub role_name: Option<String>,
    pub permission_id: Option<PermissionId>,
    pub permission_uid: Option<String>,
    pub permission_name: Option<String>,
    pub resource_id: Option<String>,
}

impl Named {
    /// What is granted, by name.
    pub fn named(self) -> Option<NamedGrant> {
        let granted = self.grant()?.granted;
        let name = self.role_name.or(self.permission_name)?;
        Some(NamedGrant { granted, name, resource_id: self.resource_id })
    }

    /// What is granted.
    pub fn grant(&self) -> Option<Grant> {
        let granted = match (self.permission_id, self.role_id) {
            (Some(id), _) => Granted::Permission(id),
            (None, Some(id)) => Granted::Role(id),
            (None, None) => return None,
        };
        Some(Grant { granted, resource_id: self.resource_id.clone() })
    }
}

/// What the invitations to a place offer, between two ids (both included).
pub async fn named(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    from: InvitationId,
    to: InvitationId,
) -> Result<Vec<Named>, Error> {
    let sql = "SELECT g.id, g.invitation_id, g.role_id, r.uid AS role_uid, r.name AS role_name, g.permission_id,
                      p.uid AS permission_uid, p.name AS permission_name, g.resource_id
               FROM invitation_grants g
               JOIN invitations i ON i.id = g.invitation_id
               LEFT JOIN roles r ON r.id = g.role_id
               LEFT JOIN permissions p ON p.id = g.permission_id
               WHERE i.place_id = $1 AND g.invitation_id BETWEEN $2 AND $3 ORDER BY g.id";
    super::all(connection, sql, [place_id.into(), from.into(), to.into()]).await
}

//! Looking at an invitation. It changes nothing, ever: mail scanners follow links.

use sea_orm::ConnectionTrait;

use super::offer::Offer;
use super::standing::{Standing, Way, standing};
use super::token::{self, Route};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::store;
use crate::store::assignments::Grant;
use crate::store::invitations::Found;
use crate::usher::Usher;

/// What a link leads to, for one visitor.
#[derive(Clone, Debug)]
pub struct Preview {
    pub invitation: Found,
    /// `None`: its target is gone.
    pub offer: Option<Offer>,
    /// The names of the roles and permissions that go with it.
    pub roles: Vec<String>,
    pub permissions: Vec<String>,
    pub standing: Standing,
    pub route: Route,
}

/// What a link leads to.
///
/// # Errors
/// [`Error::LinkUnknown`] for a link that never was.
pub async fn preview(usher: &Usher, link: &str, visitor: Option<&Actor>) -> Result<Preview, Error> {
    let db = usher.db.read();
    let digest = token::link_digest(&usher.keys, link);
    let invitation = store::invitations::by_link(db, &digest).await?.ok_or(Error::LinkUnknown)?;
    let (way, route) = way_and_route(&invitation, &digest);
    let visitor = visitor.map(|actor| actor.user_id);
    let standing = standing(db, &invitation, way, visitor, usher.now()).await?;
    let offer = Offer::of(db, &invitation).await?;
    let (roles, permissions) = names_of(db, offer.as_ref().map_or(&[], Offer::grants)).await?;
    Ok(Preview { invitation, offer, roles, permissions, standing, route })
}

/// The names of roles, and of permissions.
async fn names_of(connection: &impl ConnectionTrait, grants: &[Grant]) -> Result<(Vec<String>, Vec<String>), Error> {
    let role_ids: Vec<i64> = grants.iter().filter_map(|grant| grant.granted.role_id()).collect();
    let permission_ids: Vec<i64> = grants.iter().filter_map(|grant| grant.granted.permission_id()).collect();
    let roles = if role_ids.is_empty() { Vec::new() } else { store::roles::by_ids(connection, &role_ids).await? };
    let permissions = if permission_ids.is_empty() {
        Vec::new()
    } else {
        store::permissions::by_ids(connection, &permission_ids).await?
    };
    Ok((
        roles.into_iter().map(|role| role.name).collect(),
        permissions.into_iter().map(|permission| permission.name).collect(),
    ))
}

pub(super) fn way_and_route(invitation: &Found, digest: &str) -> (Way, Route) {
    if digest == invitation.mailed_digest {
        (Way::Present, Route::Mailed)
    } else if digest == invitation.copied_digest {
        (Way::Present, Route::Copied)
    } else {
        (Way::Retired, Route::Copied)
    }
}

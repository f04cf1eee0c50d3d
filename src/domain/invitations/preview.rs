//! Looking at an invitation. It changes nothing, ever: mail scanners follow links.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;

use super::standing::{Standing, Way, standing};
use super::token::{self, Route};
use crate::domain::actor::Actor;
use crate::domain::offer::Offer;
use crate::error::Error;
use crate::ids::{PermissionId, RoleId};
use crate::store;
use crate::store::assignments::{Grant, Granted};
use crate::store::invitations::Found;
use crate::usher::Usher;

/// What a link leads to, for one visitor.
#[derive(Clone, Debug)]
pub struct Preview {
    pub invitation: Found,
    /// `None`: its target is gone.
    pub offer: Option<Offer>,
    /// The roles and permissions that go with it.
    pub roles: Vec<Offered>,
    pub permissions: Vec<Offered>,
    pub standing: Standing,
    pub route: Route,
}

impl Preview {
    /// What the link tells of whom it is for. A copied one may still be in the hands of whoever copied it.
    pub fn invitee(&self) -> &str {
        match self.route {
            Route::Mailed => &self.invitation.address,
            Route::Copied => self.invitation.invitee(),
        }
    }
}

/// A role or permission that goes with an offer.
#[derive(Clone, Debug)]
pub struct Offered {
    pub name: String,
    /// The one thing that it is narrowed to. JSON: a number or a text.
    pub resource_id: Option<String>,
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
    let (roles, permissions) = names_of(db, offer.as_ref().map_or(&[], |offer| &offer.grants)).await?;
    Ok(Preview { invitation, offer, roles, permissions, standing, route })
}

/// The roles and the permissions of grants by name, in the order of the grants.
async fn names_of(connection: &impl ConnectionTrait, grants: &[Grant]) -> Result<(Vec<Offered>, Vec<Offered>), Error> {
    let role_ids: Vec<RoleId> = grants.iter().filter_map(|grant| grant.granted.role_id()).collect();
    let permission_ids: Vec<PermissionId> = grants.iter().filter_map(|grant| grant.granted.permission_id()).collect();
    let mut names = HashMap::new();
    if !role_ids.is_empty() {
        let found = store::roles::by_ids(connection, &role_ids).await?;
        names.extend(found.into_iter().map(|role| (Granted::Role(role.id), role.name)));
    }
    if !permission_ids.is_empty() {
        let found = store::permissions::by_ids(connection, &permission_ids).await?;
        names.extend(found.into_iter().map(|permission| (Granted::Permission(permission.id), permission.name)));
    }
    let (mut roles, mut permissions) = (Vec::new(), Vec::new());
    for grant in grants {
        let Some(name) = names.get(&grant.granted).cloned() else { continue };
        let offered = Offered { name, resource_id: grant.resource_id.clone() };
        match grant.granted {
            Granted::Role(_) => roles.push(offered),
            Granted::Permission(_) => permissions.push(offered),
        }
    }
    Ok((roles, permissions))
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

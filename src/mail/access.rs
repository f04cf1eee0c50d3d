//! What somebody may do in a place, as a mail tells it.

use super::render::{AccessChange, Grant, GrantKind};
use super::view::right;
use crate::domain::policy;
use crate::error::Error;
use crate::fields::ResourceId;
use crate::store;
use crate::store::invitations::Found;
use crate::store::outbox::Leased;
use crate::usher::Usher;

/// A place, and what somebody may do there.
#[derive(Default)]
pub(super) struct Access {
    /// `environment` or `org`; `None`: everywhere.
    pub kind: Option<&'static str>,
    pub target_name: String,
    /// `owner`, `administrator` or `member`.
    pub right: String,
    pub grants: Vec<Grant>,
    /// The page to go on at.
    pub path: String,
}

/// The roles and permissions that an invitation offers.
pub(super) async fn offered(usher: &Usher, found: &Found) -> Result<Vec<Grant>, Error> {
    let Some(org_id) = found.org_id else { return Ok(Vec::new()) };
    let named = store::invitation_grants::named(usher.db.read(), org_id, found.id, found.id).await?;
    Ok(grants(named.into_iter().map(|named| (named.role_name, named.permission_name, named.resource_id))))
}

/// What a user may do where a mail tells of; `None` when that is over, or was never so.
pub(super) async fn load(
    usher: &Usher,
    mail: &Leased,
    user_id: i64,
    change: AccessChange,
) -> Result<Option<Access>, Error> {
    let access = match (mail.environment_id, mail.org_id) {
        (Some(id), _) => in_environment(usher, id, user_id).await?,
        (None, Some(id)) => in_org(usher, id, user_id).await?,
        (None, None) => Some((everywhere(usher, user_id).await?, true)),
    };
    Ok(match (access, change) {
        (Some((access, _)), AccessChange::Removed) => Some(Access { path: "/".to_owned(), ..access }),
        (Some((access, true)), AccessChange::Added | AccessChange::Changed) => Some(access),
        (Some((_, false)) | None, _) => None,
    })
}

/// The access, and whether the user is in.
async fn in_environment(usher: &Usher, id: i64, user_id: i64) -> Result<Option<(Access, bool)>, Error> {
    let found = store::environments::access(usher.db.read(), id, user_id).await?;
    Ok(found.map(|found| {
        let right = if policy::is_owner(&found) { "owner".to_owned() } else { right(policy::may_administer(&found)) };
        let is_in = policy::may_see(&found);
        let path = format!("/environments/{id}");
        (Access { kind: Some("environment"), target_name: found.name, right, grants: Vec::new(), path }, is_in)
    }))
}

async fn in_org(usher: &Usher, id: i64, user_id: i64) -> Result<Option<(Access, bool)>, Error> {
    let db = usher.db.read();
    let Some(org) = store::orgs::find(db, id).await? else { return Ok(None) };
    let member = store::org_members::find(db, id, user_id, usher.now()).await?;
    let held = match &member {
        Some(member) => store::assignments::in_org(db, id, member.id, member.id).await?,
        None => Vec::new(),
    };
    let is_admin = held.iter().any(store::assignments::InOrg::is_administration);
    let granted = held.into_iter().filter(|held| !held.is_administration());
    let access = Access {
        kind: Some("org"),
        target_name: org.name,
        right: right(is_admin),
        grants: grants(granted.map(|held| (held.role_name, held.permission_name, held.resource_id))),
        path: format!("/orgs/{}", org.slug),
    };
    Ok(Some((access, member.is_some())))
}

async fn everywhere(usher: &Usher, user_id: i64) -> Result<Access, Error> {
    let held = store::assignments::global(usher.db.read(), user_id, 0).await?;
    let grants = grants(held.rows.into_iter().map(|held| match held.role_id {
        Some(_) => (Some(held.name), None, held.resource_id),
        None => (None, Some(held.name), held.resource_id),
    }));
    Ok(Access { grants, path: "/".to_owned(), ..Access::default() })
}

fn grants(named: impl Iterator<Item = (Option<String>, Option<String>, Option<String>)>) -> Vec<Grant> {
    named
        .filter_map(|(role, permission, resource)| {
            let (kind, name) = match (role, permission) {
                (Some(name), _) => (GrantKind::Role, name),
                (None, Some(name)) => (GrantKind::Permission, name),
                (None, None) => return None,
            };
            Some(Grant { kind, name, resource: resource.as_deref().map(ResourceId::as_typed) })
        })
        .collect()
}

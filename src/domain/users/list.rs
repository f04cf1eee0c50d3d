//! Lists users.

use std::collections::HashMap;

use super::{Belonging, Profile};
use crate::domain::access::rights::{self, SystemPermission};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::{OrgId, UserId};
use crate::store;
use crate::store::addresses::OfUser;
use crate::store::definitions::Scopes;
use crate::store::orgs::OrgOfUser;
use crate::usher::Usher;

/// At most `limit` users whose username begins with `prefix`, after a uid: all users with the global right to read
/// them, else the members of the orgs where the actor may read users, showing only these orgs.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    usher: &Usher,
    actor: &Actor,
    prefix: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Belonging>, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let scopes = rights::everywhere(db, actor, now).await?.scopes_of(SystemPermission::UserRead);
    let users = store::users::list(usher.db.search(), &scopes, prefix, after, limit, now).await?;
    let ids: Vec<UserId> = users.iter().map(|user| user.id).collect();
    let mut addresses: HashMap<UserId, Vec<OfUser>> = HashMap::new();
    for address in store::addresses::of_users(db, &ids).await? {
        addresses.entry(address.user_id).or_default().push(address);
    }
    let mut orgs: HashMap<UserId, Vec<OrgOfUser>> = HashMap::new();
    for org in store::orgs::of_users(db, &ids, now).await? {
        if shows(&scopes, org.org_id) {
            orgs.entry(org.user_id).or_default().push(org);
        }
    }
    let belonging = users.into_iter().map(|user| Belonging {
        orgs: orgs.remove(&user.id).unwrap_or_default(),
        profile: Profile { addresses: addresses.remove(&user.id).unwrap_or_default(), user },
    });
    Ok(belonging.collect())
}

fn shows(scopes: &Scopes, org_id: OrgId) -> bool {
    match scopes {
        Scopes::All => true,
        Scopes::Orgs(ids) => ids.contains(&org_id),
    }
}

//! Users as the pages show them to administrators of the installation.

use crate::domain::actor::Actor;
use crate::domain::rights::{self, Rights, SystemPermission};
use crate::error::{Error, Thing};
use crate::store;
use crate::store::Page;
use crate::store::addresses::OfUser;
use crate::store::assignments::{Global, InOrgs};
use crate::store::orgs::Listed as OrgListed;
use crate::store::people::{In, Listed, Org, Owned, Person, Wanted};
use crate::usher::Usher;

/// A part of all users, after an id, whose name, username or one of whose addresses holds `search`.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn page(
    usher: &Usher,
    actor: &Actor,
    wanted: Wanted,
    search: &str,
    after: i64,
) -> Result<(Page<Listed>, Rights), Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let rights = reading(usher, actor).await?;
    Ok((store::people::page(db, wanted, search, after, now).await?, rights))
}

/// After which key each part of a user's page begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    pub orgs: i64,
    pub environments: i64,
    pub rights: i64,
}

/// A user with all that belongs to them, as far as the actor may know it.
#[derive(Clone, Debug)]
pub struct Overview {
    pub person: Person,
    pub addresses: Vec<OfUser>,
    pub orgs: Page<OrgListed>,
    /// What they were granted in these orgs.
    pub in_orgs: Vec<InOrgs>,
    pub environments: Page<In>,
    /// What they were granted everywhere; of a superuser, without what makes them one.
    pub global: Page<Global>,
    /// The actor's.
    pub rights: Rights,
}

/// A user with all that belongs to them.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`].
pub async fn look(usher: &Usher, actor: &Actor, uid: &str, parts: Parts) -> Result<Overview, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let rights = reading(usher, actor).await?;
    let person = store::people::find(db, uid, now).await?.ok_or(Error::NotFound(Thing::User))?;
    let user_id = person.listed.id;
    let orgs = store::orgs::page_of_user(db, user_id, "", parts.orgs, now).await?;
    let mut in_orgs = match (orgs.rows.first(), orgs.rows.last()) {
        (Some(first), Some(last)) => store::assignments::in_orgs(db, user_id, first.id, last.id).await?,
        _ => Vec::new(),
    };
    in_orgs.retain(|held| may_see(&rights, held.role_name.is_some()));
    let mut global = if person.is_superuser {
        store::assignments::global_but_system(db, user_id, parts.rights).await?
    } else {
        store::assignments::global(db, user_id, parts.rights).await?
    };
    global.rows.retain(|held| may_see(&rights, held.role_id.is_some()));
    Ok(Overview {
        addresses: store::addresses::of_user(db, user_id).await?,
        environments: store::people::environments(db, user_id, parts.environments, now).await?,
        person,
        orgs,
        in_orgs,
        global,
        rights,
    })
}

fn may_see(rights: &Rights, is_role: bool) -> bool {
    let right = if is_role { SystemPermission::RoleAssignmentRead } else { SystemPermission::PermissionAssignmentRead };
    rights.hold(right, None)
}

/// A user whose account might be deactivated or deleted, and what would become of what is theirs.
#[derive(Clone, Debug)]
pub struct Fate {
    pub person: Person,
    pub owned: Vec<Owned>,
    /// The orgs that nobody else administers. While there are any, the account is not deleted.
    pub administered_alone: Vec<Org>,
    pub invitations: i64,
}

/// What would become of what is a user's, for somebody who could end the account.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`], [`Error::OwnAccount`].
pub async fn fate(usher: &Usher, actor: &Actor, uid: &str) -> Result<Fate, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    rights::of_actor(db, actor, now).await?.need(SystemPermission::UserWrite, None)?;
    let person = store::people::find(db, uid, now).await?.ok_or(Error::NotFound(Thing::User))?;
    let user_id = person.listed.id;
    super::safeguards::check_is_another(actor, user_id)?;
    Ok(Fate {
        person,
        owned: store::people::owned(db, user_id, now).await?,
        administered_alone: store::people::administered_alone(db, user_id, now).await?,
        invitations: store::people::count_invitations(db, user_id).await?,
    })
}

/// The rights of an actor who may read every user.
async fn reading(usher: &Usher, actor: &Actor) -> Result<Rights, Error> {
    let rights = rights::of_actor(usher.db.read(), actor, usher.now()).await?;
    rights.need(SystemPermission::UserRead, None)?;
    Ok(rights)
}

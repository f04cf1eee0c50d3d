//! Members of an environment. The owner is always a member and administrator.

use sea_orm::ConnectionTrait;

use super::{look, slack};
use crate::clock::Timestamp;
use crate::domain::access::policy;
use crate::domain::actor::Actor;
use crate::domain::offer::{Kind, Level, Place};
use crate::domain::{access_mails, audit, members};
use crate::entity::audit_event::Action;
use crate::error::{EnvironmentError, Error, Thing};
use crate::ids::{EnvironmentId, MembershipId};
use crate::store;
use crate::store::environments::Access;
use crate::store::members::{Admitted, Membership, Wanted};
use crate::store::{HALF_A_PAGE, Page};
use crate::usher::Usher;

/// A part of the members of an environment, after a membership's id.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn part(
    usher: &Usher,
    actor: &Actor,
    environment_id: EnvironmentId,
    after: i64,
) -> Result<Page<Membership>, Error> {
    let access = look::access(usher, actor, environment_id).await?;
    store::members::part(usher.db.search(), access.place_id, after, usher.now()).await
}

/// A page of the members of an environment that the actor may see, after a membership's id, with who let each in. Only
/// administrators see when somebody last viewed the credentials, as with all activity.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(usher: &Usher, access: &Access, after: i64) -> Result<Page<Admitted>, Error> {
    let wanted = Wanted { after, limit: HALF_A_PAGE, ..Wanted::default() };
    let mut page = store::members::page(usher.db.read(), access.place_id, wanted, usher.now()).await?;
    if !policy::may_administer(access) {
        for admitted in &mut page.rows {
            admitted.looked_at = None;
            admitted.knows_present = false;
            admitted.knew_former = false;
        }
    }
    Ok(page)
}

/// The number of members.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn count(usher: &Usher, actor: &Actor, environment_id: EnvironmentId) -> Result<i64, Error> {
    let access = look::access(usher, actor, environment_id).await?;
    store::members::count(usher.db.read(), access.place_id, usher.now()).await
}

/// The actor's own membership, if any.
///
/// # Errors
/// [`Error::NotFound`] when the environment does not exist.
pub async fn mine(usher: &Usher, actor: &Actor, environment_id: EnvironmentId) -> Result<Option<Membership>, Error> {
    let place_id = store::environments::place_id(usher.db.read(), environment_id).await?;
    let place_id = place_id.ok_or(Error::NotFound(Thing::Environment(environment_id)))?;
    store::members::of_user(usher.db.read(), place_id, actor.user_id, usher.now()).await
}

/// Promotes another member to administrator, for programs, which name the membership by its id alone.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn promote(usher: &Usher, actor: &Actor, membership_id: MembershipId) -> Result<(), Error> {
    let (_, place) = find(usher, membership_id).await?.ok_or(Error::NotFound(Thing::Unnamed))?;
    members::set_level(usher, actor, &place, membership_id.0, Level::Administrator).await
}

/// A membership and its environment.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn find(usher: &Usher, membership_id: MembershipId) -> Result<Option<(Membership, Place)>, Error> {
    let db = usher.db.read();
    let Some(membership) = store::members::find(db, membership_id, usher.now()).await? else { return Ok(None) };
    let place = store::places::find(db, membership.place_id).await?;
    Ok(place.filter(|place| place.kind == Kind::Environment).map(|place| (membership, place)))
}

/// See [`Place::set_level`].
pub(crate) async fn set_level(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    place: &Place,
    member: &Membership,
    level: Level,
    now: Timestamp,
) -> Result<(), Error> {
    let is_owner = is_owner(txn, place, member, now).await?;
    if is_owner && level < Level::Administrator {
        return Err(EnvironmentError::OwnerStays.into());
    }
    store::members::set_level(txn, member.id, level).await?;
    if member.level != level && !is_owner {
        if level > member.level {
            slack::owe(txn, place.id, slack::Event::Promoted { user_id: member.user_id }, now).await?;
        }
        access_mails::owe(txn, actor, access_mails::AccessChange::Changed, member.user_id, Some(place.id), now).await?;
    }
    let action = if level < Level::Administrator {
        store::invitation_changes::revoke_of_inviter(txn, place.id, member.user_id, now).await?;
        Action::MemberDemoted
    } else {
        Action::MemberPromoted
    };
    audit::record(txn, actor, action, place, audit::About::user(member.name.as_str(), member.user_id), now).await
}

/// See [`Place::check_may_go`].
pub(crate) async fn check_may_go(
    connection: &impl ConnectionTrait,
    place: &Place,
    member: &Membership,
    now: Timestamp,
) -> Result<(), Error> {
    if is_owner(connection, place, member, now).await? { Err(EnvironmentError::OwnerStays.into()) } else { Ok(()) }
}

/// See [`Place::end`].
pub(crate) async fn end(
    txn: &impl ConnectionTrait,
    place: &Place,
    member: &Membership,
    now: Timestamp,
) -> Result<(), Error> {
    check_may_go(txn, place, member, now).await?;
    store::members::remove(txn, member.id).await?;
    store::seen::lose(txn, member.user_id, place.id, now).await?;
    store::invitation_changes::revoke_of_inviter(txn, place.id, member.user_id, now).await
}

/// The owner cannot leave, be removed or be demoted.
async fn is_owner(
    connection: &impl ConnectionTrait,
    place: &Place,
    member: &Membership,
    now: Timestamp,
) -> Result<bool, Error> {
    let access = store::environments::access_to_place(connection, place.id, member.user_id, now).await?;
    Ok(access.as_ref().is_some_and(policy::is_owner))
}

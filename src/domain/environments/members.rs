//! Members of an environment and their rights. The owner is always member and administrator.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{look, slack};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::audit::{self, About};
use crate::domain::places::Level;
use crate::domain::{actor::Actor, policy, told};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::store;
use crate::store::environments::Access;
use crate::store::members::{Admitted, Membership, Wanted};
use crate::store::{HALF_A_PAGE, Page};
use crate::usher::Usher;

/// All members of an environment.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn list(usher: &Usher, actor: &Actor, environment_id: i64) -> Result<Vec<Membership>, Error> {
    let access = look::access(usher, actor, environment_id).await?;
    store::members::of_place(usher.db.read(), access.place_id, usher.now()).await
}

/// A part of [`list`], after a membership's id, with who let them in. When somebody last looked at the credentials is
/// for administrators, as all activity is.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn page(usher: &Usher, actor: &Actor, environment_id: i64, after: i64) -> Result<Page<Admitted>, Error> {
    let access = look::access(usher, actor, environment_id).await?;
    let wanted = Wanted { after, limit: HALF_A_PAGE, ..Wanted::default() };
    let mut page = store::members::page(usher.db.read(), access.place_id, wanted, usher.now()).await?;
    if !policy::may_administer(&access) {
        page.rows.iter_mut().for_each(|admitted| admitted.looked_at = None);
    }
    Ok(page)
}

/// How many members an environment has.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn count(usher: &Usher, actor: &Actor, environment_id: i64) -> Result<i64, Error> {
    let access = look::access(usher, actor, environment_id).await?;
    store::members::count(usher.db.read(), access.place_id, usher.now()).await
}

/// The actor's own membership, if any.
///
/// # Errors
/// [`Error::NotFound`] when there is no such environment.
pub async fn mine(usher: &Usher, actor: &Actor, environment_id: i64) -> Result<Option<Membership>, Error> {
    let place_id = store::environments::place_id(usher.db.read(), environment_id).await?;
    let place_id = place_id.ok_or(Error::NotFound(Thing::Environment(environment_id)))?;
    store::members::of_user(usher.db.read(), place_id, actor.user_id, usher.now()).await
}

/// A membership that the actor may change, and what they have to do with its environment.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn find(usher: &Usher, actor: &Actor, membership_id: i64) -> Result<(Access, Membership), Error> {
    administered(usher.db.read(), actor, membership_id, usher.now()).await
}

/// What is done to a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Give the administrator's right.
    Promote,
    /// Take it.
    Demote,
    /// Put out.
    Remove,
}

/// Does something to another's membership.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`Error::OwnerStays`].
pub async fn change(usher: &Usher, actor: &Actor, membership_id: i64, deed: Deed) -> Result<(), Error> {
    actor.write_and_mail(usher, Change { actor: actor.clone(), membership_id, deed, now: usher.now() }).await
}

/// Leaves an environment.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`Error::OwnerStays`].
pub async fn leave(usher: &Usher, actor: &Actor, environment_id: i64) -> Result<(), Error> {
    actor.write(usher, Leave { actor: actor.clone(), environment_id, now: usher.now() }).await
}

async fn administered(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    membership_id: i64,
    now: Timestamp,
) -> Result<(Access, Membership), Error> {
    let membership = store::members::find(connection, membership_id, now).await?;
    let membership = membership.ok_or(Error::NotFound(Thing::Unnamed))?;
    let access = store::environments::access_to_place(connection, membership.place_id, actor.user_id, now).await?;
    let access = access.ok_or(Error::NotFound(Thing::Unnamed))?;
    if policy::may_administer(&access) { Ok((access, membership)) } else { Err(Error::NotAllowed) }
}

#[derive(Clone, Debug)]
struct Change {
    actor: Actor,
    membership_id: i64,
    deed: Deed,
    now: Timestamp,
}

impl Operation for Change {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (access, membership) = administered(txn, &self.actor, self.membership_id, self.now).await?;
        let action = match self.deed {
            Deed::Promote => {
                self.promote(txn, &access, &membership).await?;
                Action::MemberPromoted
            }
            Deed::Demote | Deed::Remove if policy::is_owners(&access, &membership) => return Err(Error::OwnerStays),
            Deed::Demote => {
                if membership.level.is_admin() {
                    self.tell(txn, &membership, told::Deed::Changed).await?;
                }
                store::members::set_level(txn, membership.id, Level::Member).await?;
                void_invitations(txn, &membership, self.now).await?;
                Action::MemberDemoted
            }
            Deed::Remove => {
                end(txn, &membership, self.now).await?;
                self.tell(txn, &membership, told::Deed::Removed).await?;
                Action::MemberRemoved
            }
        };
        audit::record(txn, &self.actor, action, &access.place(), Some(membership.name), self.now).await
    }
}

impl Change {
    async fn promote(&self, txn: &impl ConnectionTrait, access: &Access, membership: &Membership) -> Result<(), Error> {
        store::members::set_level(txn, membership.id, Level::Administrator).await?;
        if membership.level.is_admin() || policy::is_owners(access, membership) {
            return Ok(());
        }
        let event = slack::Event::Promoted { user_id: membership.user_id };
        slack::owe(txn, membership.place_id, event, self.now).await?;
        self.tell(txn, membership, told::Deed::Changed).await
    }

    async fn tell(&self, txn: &impl ConnectionTrait, membership: &Membership, deed: told::Deed) -> Result<(), Error> {
        told::tell(txn, &self.actor, deed, membership.user_id, Some(membership.place_id), self.now).await
    }
}

#[derive(Clone, Debug)]
struct Leave {
    actor: Actor,
    environment_id: i64,
    now: Timestamp,
}

impl Operation for Leave {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let id = self.environment_id;
        let access = policy::seeing(store::environments::access(txn, id, self.actor.user_id, self.now).await?, id)?;
        let membership = store::members::of_user(txn, access.place_id, self.actor.user_id, self.now).await?;
        let membership = membership.ok_or(Error::NotAllowed)?;
        if policy::is_owners(&access, &membership) {
            return Err(Error::OwnerStays);
        }
        end(txn, &membership, self.now).await?;
        audit::record(txn, &self.actor, Action::MemberLeft, &access.place(), About::nothing(), self.now).await
    }
}

/// Ends a membership with the invitations that its holder sent.
async fn end(txn: &impl ConnectionTrait, membership: &Membership, now: Timestamp) -> Result<(), Error> {
    store::members::remove(txn, membership.id).await?;
    void_invitations(txn, membership, now).await
}

/// An open invitation dies when its inviter leaves or loses the right.
async fn void_invitations(txn: &impl ConnectionTrait, membership: &Membership, now: Timestamp) -> Result<(), Error> {
    store::invitations::revoke_of_inviter(txn, membership.place_id, membership.user_id, now).await
}

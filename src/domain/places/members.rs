//! One place: who sees and manages it, and its members.

use sea_orm::ConnectionTrait;

use super::PlaceAccess;
use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::domain::offer::{Held, Joined, Kind, Level, Place};
use crate::domain::{environments, members, orgs};
use crate::error::{Error, OrgError};
use crate::ids::{MembershipId, OrgId, UserId};
use crate::store;
use crate::store::locks::{Lock, Locks};
use crate::store::members::Membership;

impl Place {
    /// The locks of a change that relies on rights or memberships here. In an org global rights count too.
    pub(in crate::domain) fn shared_lock(&self) -> Locks {
        self.kind.rights().share(Lock::Place(self.id))
    }

    /// The locks of a change that takes rights, memberships or the place away, or counts them.
    pub(in crate::domain) fn held_lock(&self) -> Locks {
        self.kind.rights().hold(Lock::Place(self.id))
    }

    pub fn path(&self) -> String {
        format!("/{}/{}", self.kind.facts().segment, self.key)
    }

    pub fn members_path(&self) -> String {
        format!("{}/{}", self.path(), self.kind.facts().members_page)
    }

    pub fn invitations_path(&self) -> String {
        format!("{}/{}", self.path(), self.kind.facts().invitations_page)
    }

    /// Checks that the user may see it.
    ///
    /// # Errors
    /// [`Error::NotFound`]; environment: [`Error::NotAllowed`] for non-members.
    pub async fn check_sees(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        PlaceAccess::of(connection, self, user_id, now).await?.check_sees()
    }

    /// Checks that the user may remove members, and list and revoke open invitations.
    ///
    /// # Errors
    /// Environment: [`Error::NotFound`], [`Error::NotAllowed`]. Org: [`Error::Forbidden`].
    pub async fn check_manages(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        PlaceAccess::of(connection, self, user_id, now).await?.check_manages()
    }

    /// What a user may do in it; `None`: not a member.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn held(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<Option<Held>, Error> {
        let Some(member) = store::members::of_user(connection, self.id, user_id, now).await? else { return Ok(None) };
        let (level, awaits_proof) = (member.level, member.awaits_proof);
        let joined = Joined { place: self.clone(), level, awaits_proof };
        Ok(self.kind.held(connection, user_id, &[joined]).await?.pop())
    }

    /// The member with this number in a path: in environments the membership's id, in orgs the user's.
    ///
    /// # Errors
    /// [`Error::NotFound`]; org: [`OrgError::NoMember`].
    pub(in crate::domain) async fn member(
        &self,
        connection: &impl ConnectionTrait,
        number: i64,
        now: Timestamp,
    ) -> Result<Membership, Error> {
        match self.kind {
            Kind::Environment => members::of_id(connection, self, MembershipId(number), now).await,
            Kind::Org => store::members::of_user(connection, self.id, UserId(number), now)
                .await?
                .ok_or(Error::Org(OrgError::NoMember)),
        }
    }

    /// The user of [`Place::member`], whose membership may have ended.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(in crate::domain) async fn user_of(
        &self,
        connection: &impl ConnectionTrait,
        number: i64,
        now: Timestamp,
    ) -> Result<Option<UserId>, Error> {
        match self.kind {
            Kind::Environment => {
                let member = store::members::find(connection, MembershipId(number), now).await?;
                Ok(member.map(|member| member.user_id))
            }
            Kind::Org => Ok(Some(UserId(number))),
        }
    }

    /// Changes a member's level and owes the messages about it. The actor must manage the place.
    ///
    /// # Errors
    /// Environment: `EnvironmentError::OwnerStays`. Org: [`Error::Forbidden`], [`OrgError::LastAdministrator`].
    pub(in crate::domain) async fn set_level(
        &self,
        txn: &impl ConnectionTrait,
        actor: &Actor,
        member: &Membership,
        level: Level,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.kind {
            Kind::Environment => environments::members::set_level(txn, actor, self, member, level, now).await,
            Kind::Org => orgs::granting::set_level(txn, actor, self, member, level, now).await,
        }
    }

    /// Checks that a member may leave or be removed.
    ///
    /// # Errors
    /// Environment: `EnvironmentError::OwnerStays`.
    pub(in crate::domain) async fn check_may_go(
        &self,
        connection: &impl ConnectionTrait,
        member: &Membership,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.kind {
            Kind::Environment => environments::members::check_may_go(connection, self, member, now).await,
            Kind::Org => Ok(()),
        }
    }

    /// Removes the remains of a user's ended membership.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub(in crate::domain) async fn clear_ended(
        &self,
        txn: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        let has_ended = store::members::clear_ended(txn, self.id, user_id, now).await?;
        match self.kind {
            Kind::Org if has_ended => orgs::offering::clear_assignments(txn, self, user_id).await,
            Kind::Environment | Kind::Org => Ok(()),
        }
    }

    /// Ends a membership, with the member's grants in the place and the open invitations that they sent.
    ///
    /// # Errors
    /// Environment: `EnvironmentError::OwnerStays`. Org: [`OrgError::LastAdministrator`].
    pub(in crate::domain) async fn end(
        &self,
        txn: &impl ConnectionTrait,
        member: &Membership,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.kind {
            Kind::Environment => environments::members::end(txn, self, member, now).await,
            Kind::Org => orgs::leaving::end(txn, self, member, now).await,
        }
    }

    /// The org recorded as the origin of an account that an invitation to this place creates.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn birth_org(&self, connection: &impl ConnectionTrait) -> Result<Option<OrgId>, Error> {
        match self.kind {
            Kind::Environment => Ok(None),
            Kind::Org => Ok(store::orgs::of_place(connection, self.id).await?.map(|org| org.id)),
        }
    }
}

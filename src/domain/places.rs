//! Places: what people are let into. All rules that differ by kind are asked for here; what is special of a kind stands in a
//! module of its own, which the matches call.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::choices::{self, Choices};
use crate::domain::access::grants::WantedGrants;
use crate::domain::access::rights::{Rights, SystemPermission};
use crate::domain::accounts::delete::Ending;
use crate::domain::actor::Actor;
use crate::domain::audit::things;
use crate::domain::offer::{Affected, Facts, Held, Joined, Kind, Level, News, Offer, Place, Proposal};
use crate::domain::{environments, members, orgs};
use crate::error::{EnvironmentError, Error, OrgError, Thing};
use crate::ids::{InvitationId, MembershipId, OrgId, UserId};
use crate::store;
use crate::store::Page;
use crate::store::assignments::Grant;
use crate::store::audit::{Details, Standing, Told, Wanted};
use crate::store::invitation_grants::Offered;
use crate::store::invitations::{Found, Open};
use crate::store::members::Membership;
use crate::store::neglected::Managed;
use crate::usher::Usher;

impl Kind {
    /// All kinds.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as sea_orm::Iterable>::iter()
    }

    /// What is fixed for it.
    pub const fn facts(self) -> &'static Facts {
        match self {
            Self::Environment => &environments::FACTS,
            Self::Org => &orgs::FACTS,
        }
    }

    /// Its name, in the database and in the words' selects.
    pub const fn word(self) -> &'static str {
        self.facts().word
    }

    /// The path of the page that lists its places.
    pub fn list_path(self) -> String {
        format!("/{}", self.facts().segment)
    }

    /// Whether the actor may make a place of this kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn may_create(self, usher: &Usher, actor: &Actor) -> Result<bool, Error> {
        match self {
            Self::Environment => Ok(true),
            Self::Org => orgs::may_create(usher, actor).await,
        }
    }

    /// Whether somebody with these rights may look at every place of this kind, a member or not.
    pub fn is_open_to(self, rights: &Rights) -> bool {
        match self {
            Self::Environment => false,
            Self::Org => rights.hold(SystemPermission::OrgRead, None),
        }
    }

    /// Which of its places somebody with these rights manages, for a query over many of them; of one,
    /// [`Place::check_manages`] tells.
    pub(super) fn managed(self, rights: &Rights) -> Managed {
        match self {
            Self::Environment => Managed::ByLevel,
            Self::Org => Managed::Orgs(rights.scopes_of(SystemPermission::UserWrite)),
        }
    }

    /// What the end of a user's account would do to what is theirs of this kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn affected(
        self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<Vec<Affected>, Error> {
        match self {
            Self::Environment => environments::ownership::affected(connection, user_id, now).await,
            Self::Org => Ok(Vec::new()),
        }
    }

    /// Its places that nobody would administer without a user.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn left_alone(
        self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<Vec<Place>, Error> {
        match self {
            Self::Environment => Ok(Vec::new()),
            Self::Org => store::orgs::administered_alone(connection, user_id, now).await,
        }
    }

    /// Insists that nobody is left behind in a place of this kind that nobody administers when a user's account ends.
    ///
    /// # Errors
    /// Org: [`OrgError::LastAdministrator`].
    pub(super) async fn check_is_not_left_alone(
        self,
        txn: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self {
            Self::Environment => Ok(()),
            Self::Org => orgs::leaving::check_is_not_left_alone(txn, user_id, now).await,
        }
    }

    /// Gives what is a user's in places of this kind to others, since the account ends.
    ///
    /// # Errors
    /// Environment: [`EnvironmentError::NoHeir`].
    pub(super) async fn pass_on(self, txn: &impl ConnectionTrait, ending: &Ending<'_>) -> Result<(), Error> {
        match self {
            Self::Environment => environments::ownership::pass_on(txn, ending).await,
            Self::Org => Ok(()),
        }
    }

    /// What a user may do in these places of the kind, which are in the order of their ids: one for each.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn held(
        self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        joined: &[Joined],
    ) -> Result<Vec<Held>, Error> {
        match self {
            Self::Environment => environments::offering::held(connection, user_id, joined).await,
            Self::Org => orgs::offering::held(connection, user_id, joined).await,
        }
    }
}

impl Place {
    /// The path of its page.
    pub fn path(&self) -> String {
        format!("/{}/{}", self.kind.facts().segment, self.key)
    }

    /// The path of the page of its members.
    pub fn members_path(&self) -> String {
        format!("{}/{}", self.path(), self.kind.facts().members_page)
    }

    /// The path of the page of its open invitations.
    pub fn invitations_path(&self) -> String {
        format!("{}/{}", self.path(), self.kind.facts().invitations_page)
    }

    /// Insists that the user may look at it.
    ///
    /// # Errors
    /// [`Error::NotFound`]; environment: [`Error::NotAllowed`] for whom it is hidden from.
    pub async fn check_sees(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.kind {
            Kind::Environment => environments::offering::check_sees(connection, self, user_id, now).await,
            Kind::Org => orgs::offering::check_sees(connection, self, user_id, now).await,
        }
    }

    /// Insists that the user may put people out, see the open invitations and take them back.
    ///
    /// # Errors
    /// Environment: [`Error::NotFound`], [`Error::NotAllowed`]. Org: [`Error::Forbidden`].
    pub async fn check_manages(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.kind {
            Kind::Environment => environments::offering::check_manages(connection, self, user_id, now).await,
            Kind::Org => orgs::offering::check_manages(connection, self, user_id, now).await,
        }
    }

    /// The roles and permissions of it that somebody asks for, who may hand such out there.
    ///
    /// # Errors
    /// [`Error::Forbidden`], and what [`WantedGrants::resolve`] says.
    pub(super) async fn resolve(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        wanted: &WantedGrants,
        now: Timestamp,
    ) -> Result<Vec<Grant>, Error> {
        match self.kind {
            Kind::Environment => Ok(Vec::new()),
            Kind::Org => orgs::offering::resolve(connection, self, user_id, wanted, now).await,
        }
    }

    /// Insists that the user may read what happened there.
    ///
    /// # Errors
    /// Environment: [`Error::NotFound`], [`Error::NotAllowed`]. Org: [`Error::Forbidden`].
    async fn check_reads_activity(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.kind {
            Kind::Environment => environments::offering::check_manages(connection, self, user_id, now).await,
            Kind::Org => orgs::offering::check_administers(connection, self, user_id, now).await,
        }
    }

    /// What the actor may offer in it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn choices(&self, usher: &Usher, actor: &Actor) -> Result<Choices, Error> {
        match self.kind {
            Kind::Environment => Ok(Choices { administrator: true, ..Choices::default() }),
            Kind::Org => {
                let org = orgs::offering::org_of(usher.db.read(), self).await?;
                choices::choices(usher, actor, Some(org.id)).await
            }
        }
    }

    /// Those of the invitations of a page that the user may send again and show the link of: the ceiling, asked of all
    /// together. The user manages the place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn offerable(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        rows: &[Open],
        named: &[Offered],
        now: Timestamp,
    ) -> Result<HashSet<InvitationId>, Error> {
        match self.kind {
            Kind::Environment => Ok(rows.iter().map(|open| open.id).collect()),
            Kind::Org => orgs::offering::offerable(connection, self, user_id, rows, named, now).await,
        }
    }

    /// What a user may do in it; `None`: they are not in.
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

    /// The member whom a number in a path means: of the membership, in orgs of the user.
    ///
    /// # Errors
    /// [`Error::NotFound`]; org: [`OrgError::NoMember`].
    pub(super) async fn member(
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

    /// Gives a member another level, and tells who is to know. The actor manages the place.
    ///
    /// # Errors
    /// Environment: [`EnvironmentError::OwnerStays`]. Org: [`Error::Forbidden`], [`OrgError::LastAdministrator`].
    pub(super) async fn set_level(
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

    /// Insists that a member may go at all.
    ///
    /// # Errors
    /// Environment: [`EnvironmentError::OwnerStays`].
    pub(super) async fn check_may_go(
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

    /// Ends a membership, with what the member was granted in the place and the open invitations that they sent.
    ///
    /// # Errors
    /// Environment: [`EnvironmentError::OwnerStays`]. Org: [`OrgError::LastAdministrator`].
    pub(super) async fn end(
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

    /// The org in which an account is made that an invitation to this place makes.
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

/// How many places of each kind the actor is in.
///
/// # Errors
/// When the database cannot be read.
pub async fn numbers(usher: &Usher, actor: &Actor) -> Result<Vec<(Kind, i64)>, Error> {
    let numbers = store::places::numbers(usher.db.read(), &[actor.user_id], usher.now()).await?;
    let of_kind = |kind| numbers.iter().find(|number| number.kind == kind).map_or(0, |number| number.number);
    Ok(Kind::all().map(|kind| (kind, of_kind(kind))).collect())
}

/// The place of a path, for somebody who may look at it.
///
/// # Errors
/// [`Error::NotFound`], and what [`Place::check_sees`] says.
pub async fn look(usher: &Usher, actor: &Actor, kind: Kind, key: &str) -> Result<Place, Error> {
    let db = usher.db.read();
    let place = store::places::by_key(db, kind, key).await?.ok_or(Error::NotFound(Thing::Unnamed))?;
    place.check_sees(db, actor.user_id, usher.now()).await?;
    Ok(place)
}

/// What happened in a place, the latest first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`Error::Forbidden`].
pub async fn activity(usher: &Usher, actor: &Actor, place: &Place, wanted: Wanted<'_>) -> Result<Page<Told>, Error> {
    let db = usher.db.read();
    place.check_reads_activity(db, actor.user_id, usher.now()).await?;
    store::audit::told(db, place.id, wanted).await
}

/// A part of the places of a kind that the actor is in, after a place's id: those in whose name, or what else they are
/// found by, all words of `search` stand.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(usher: &Usher, actor: &Actor, kind: Kind, search: &str, after: i64) -> Result<Page<Joined>, Error> {
    store::places::of_user(usher.db.read(), kind, actor.user_id, search, after, usher.now()).await
}

impl Proposal {
    /// The offer, if the user may offer this.
    ///
    /// # Errors
    /// Environment: [`Error::NotFound`] also for whom it is hidden from, [`EnvironmentError::OnlyAdministratorsInvite`].
    /// Org: [`Error::Forbidden`]; [`Error::NotFound`]; what [`WantedGrants::resolve`] says.
    pub(super) async fn offer(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<Offer, Error> {
        match self.kind {
            Kind::Environment => environments::offering::propose(connection, self, user_id, now).await,
            Kind::Org => orgs::offering::propose(connection, self, user_id, now).await,
        }
    }
}

impl Offer {
    /// What an invitation offers; `None` when its place is gone.
    ///
    /// # Errors
    /// When the database cannot be had.
    pub async fn of(connection: &impl ConnectionTrait, invitation: &Found) -> Result<Option<Self>, Error> {
        let Some(place) = invitation.place() else { return Ok(None) };
        let grants = if place.kind.facts().has_grants {
            store::invitation_grants::of_invitation(connection, invitation.id).await?
        } else {
            Vec::new()
        };
        Ok(Some(Self { place, level: invitation.level, grants }))
    }

    /// The ceiling: whether the user may offer this.
    ///
    /// # Errors
    /// [`EnvironmentError::OnlyAdministratorsInvite`], [`Error::Forbidden`].
    pub(super) async fn allow(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.place.kind {
            Kind::Environment => environments::offering::allow(connection, self, user_id, now).await,
            Kind::Org => orgs::offering::allow(connection, self, user_id, now).await,
        }
    }

    /// Whether the inviter may still offer this.
    pub(super) async fn is_still_allowed(
        &self,
        connection: &impl ConnectionTrait,
        inviter_id: Option<UserId>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let Some(inviter_id) = inviter_id else { return Ok(false) };
        if !store::users::is_active(connection, inviter_id, now).await? {
            return Ok(false);
        }
        match self.allow(connection, inviter_id, now).await {
            Ok(()) => Ok(true),
            Err(Error::Forbidden | Error::Environment(EnvironmentError::OnlyAdministratorsInvite)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether the user has already what membership would give.
    pub(crate) async fn has_member(
        &self,
        connection: &impl ConnectionTrait,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<bool, Error> {
        store::members::is_member(connection, self.place.id, user_id, now).await
    }

    /// Tells the place's channel, if it has one.
    pub(super) async fn announce(&self, txn: &impl ConnectionTrait, news: News, now: Timestamp) -> Result<(), Error> {
        match self.place.kind {
            Kind::Environment => {
                let event = environments::slack::Event::News(news);
                environments::slack::owe(txn, self.place.id, event, now).await
            }
            Kind::Org => Ok(()),
        }
    }

    /// What the audit log is told of it.
    pub(super) async fn details(&self, txn: &impl ConnectionTrait) -> Result<Details, Error> {
        let standing = match self.level {
            Level::Member => Standing::Member,
            Level::Administrator => Standing::Administrator,
        };
        Ok(Details { standing: Some(standing), gave: things(txn, &self.grants).await?, ..Details::default() })
    }

    /// Gives what was offered, under the invitation's id: false when the user is a member already.
    pub(super) async fn admit(
        &self,
        txn: &impl ConnectionTrait,
        invitation: &Found,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<bool, Error> {
        match self.place.kind {
            Kind::Environment => environments::offering::admit(txn, self, invitation, user_id, now).await,
            Kind::Org => orgs::offering::admit(txn, self, invitation, user_id, now).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum as _;

    use super::Kind;

    #[test]
    fn a_kind_is_called_as_the_database_calls_it() {
        for kind in Kind::all() {
            assert_eq!(kind.word(), kind.to_value());
        }
    }
}

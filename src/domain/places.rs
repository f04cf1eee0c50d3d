//! Places: what people are let into. All that differs by kind is asked for here, in the matches of this module: an arm is a
//! plain answer or one call into a module of the kind.

mod members;
mod offers;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::rights::{Rights, SystemPermission};
use crate::domain::accounts::delete::Ending;
use crate::domain::actor::Actor;
use crate::domain::offer::{Affected, Facts, Held, Joined, Kind, Place};
use crate::domain::{environments, orgs};
use crate::error::{Error, Thing};
use crate::ids::UserId;
use crate::store;
use crate::store::Page;
use crate::store::audit::{Told, Wanted};
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
    /// Org: `OrgError::LastAdministrator`.
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
    /// Environment: `EnvironmentError::NoSuccessor`.
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

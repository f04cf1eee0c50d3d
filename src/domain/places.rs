//! Places: what people are invited to. All differences between kinds are matches in this module; an arm is a plain
//! value or one call into the kind's module.

mod access;
mod members;
mod offers;

use sea_orm::ConnectionTrait;

pub use self::access::PlaceAccess;

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
use crate::store::activity::{Of, Told, Wanted};
use crate::store::locks::{Lock, Locks};
use crate::store::neglected::Managed;
use crate::usher::Usher;

impl Kind {
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as sea_orm::Iterable>::iter()
    }

    pub const fn facts(self) -> &'static Facts {
        match self {
            Self::Environment => &environments::FACTS,
            Self::Org => &orgs::FACTS,
        }
    }

    /// Its name in the database and in Fluent selects.
    pub const fn word(self) -> &'static str {
        self.facts().word
    }

    /// The path of the page that lists its places.
    pub fn list_path(self) -> String {
        format!("/{}", self.facts().segment)
    }

    /// Whether the actor may create a place of this kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn may_create(self, usher: &Usher, actor: &Actor) -> Result<bool, Error> {
        match self {
            Self::Environment => Ok(true),
            Self::Org => orgs::may_create(usher, actor).await,
        }
    }

    /// Whether these rights let a non-member see every place of this kind.
    pub fn is_open_to(self, rights: &Rights) -> bool {
        match self {
            Self::Environment => false,
            Self::Org => rights.hold(SystemPermission::OrgRead, None),
        }
    }

    /// Which places of this kind these rights let somebody manage, for queries over many; for one place use
    /// [`Place::check_manages`].
    pub(super) fn managed(self, rights: &Rights) -> Managed {
        match self {
            Self::Environment => Managed::ByLevel,
            Self::Org => Managed::Orgs(rights.scopes_of(SystemPermission::UserWrite)),
        }
    }

    /// The locks of a change that relies on rights in a place of this kind, besides the place's own.
    fn rights(self) -> Locks {
        match self {
            Self::Environment => Locks::default(),
            Self::Org => Locks::default().share(Lock::Global),
        }
    }

    /// What deleting a user's account would do to their places of this kind.
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

    /// The places of this kind that nobody would administer without this user.
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

    /// Checks that deleting a user's account leaves no place of this kind without an administrator.
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

    /// Passes a user's places of this kind to others before the account is deleted.
    ///
    /// # Errors
    /// Environment: `EnvironmentError::NoSuccessor`.
    pub(super) async fn pass_on(self, txn: &impl ConnectionTrait, ending: &Ending<'_>) -> Result<(), Error> {
        match self {
            Self::Environment => environments::ownership::pass_on(txn, ending).await,
            Self::Org => Ok(()),
        }
    }

    /// What a user may do in these places, given in the order of their ids: one entry for each.
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

/// What the actor may do in the place of a path, if they may see it.
///
/// # Errors
/// [`Error::NotFound`], and those of [`PlaceAccess::check_sees`].
pub async fn access(usher: &Usher, actor: &Actor, kind: Kind, key: &str) -> Result<PlaceAccess, Error> {
    let db = usher.db.read();
    let place = store::places::by_key(db, kind, key).await?.ok_or(Error::NotFound(Thing::Unnamed))?;
    let access = PlaceAccess::of(db, &place, actor.user_id, usher.now()).await?;
    access.check_sees()?;
    Ok(access)
}

/// The place of a path, if the actor may see it.
///
/// # Errors
/// As [`access`].
pub async fn look(usher: &Usher, actor: &Actor, kind: Kind, key: &str) -> Result<Place, Error> {
    Ok(access(usher, actor, kind, key).await?.place())
}

/// The events of a place, latest first, without addresses: its administrators have no right to those.
///
/// # Errors
/// [`Error::NotAllowed`], [`Error::Forbidden`].
pub async fn activity(usher: &Usher, access: &PlaceAccess, wanted: Wanted<'_>) -> Result<Page<Told>, Error> {
    access.check_reads_activity()?;
    let db = if wanted.is_filtered() { usher.db.search() } else { usher.db.read() };
    let mut page = store::activity::told(db, Of::Place(access.place().id), wanted).await?;
    page.rows.iter_mut().for_each(|event| event.ip = None);
    Ok(page)
}

/// A page of the actor's places of a kind, after a place's id, whose search key contains all words of `search`.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(usher: &Usher, actor: &Actor, kind: Kind, search: &str, after: i64) -> Result<Page<Joined>, Error> {
    let db = if search.is_empty() { usher.db.read() } else { usher.db.search() };
    store::places::of_user(db, kind, actor.user_id, search, after, usher.now()).await
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

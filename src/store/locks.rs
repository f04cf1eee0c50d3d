//! Locks for the rules that span rows. SQLite has one writer, and so needs none.
//!
//! They are PostgreSQL's advisory locks rather than locks of rows: nobody overtakes a waiting change, so that what ends
//! access never starves, and nothing is written to the rows. A lock is a statement of its own, so that the statements
//! after it see what others committed.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use super::all;
use crate::error::Error;
use crate::ids::{InvitationId, PlaceId, UserId};

/// What a change relies on, or takes away. In the order in which all changes take them, so that no two wait for each
/// other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Global rights, what global roles hold, and which accounts exist and are active.
    Global,
    /// A user's sessions, addresses and password, and what the user is given.
    User(UserId),
    /// The rights and memberships in a place, and its own existence.
    Place(PlaceId),
    /// What an invitation offers, its links, and its answer.
    Invitation(InvitationId),
}

/// Deleting an account may lock any number of places, and the server's table of locks is bounded. Two places with one
/// number merely wait for each other.
const PLACES: i64 = 512;

impl Lock {
    /// The two halves of an advisory lock's key. Other programs may use the same database: the class is not a small
    /// number.
    const fn key(self) -> (i64, i64) {
        const CLASS: i64 = 0x7573_6800;
        const LARGEST: i64 = i32::MAX as i64;

        match self {
            Self::Global => (CLASS, 0),
            Self::User(id) => (CLASS + 1, id.0 & LARGEST),
            Self::Place(id) => (CLASS + 2, id.0.rem_euclid(PLACES)),
            Self::Invitation(id) => (CLASS + 3, id.0 & LARGEST),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mode {
    Shared,
    Held,
}

/// The locks of a change, each in the strongest mode that it needs: none is upgraded later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locks(BTreeMap<(i64, i64), Mode>);

impl Locks {
    /// With a lock on what the change relies on.
    #[must_use]
    pub fn share(self, lock: Lock) -> Self {
        self.with(lock, Mode::Shared)
    }

    /// With a lock on what the change takes away, or counts.
    #[must_use]
    pub fn hold(self, lock: Lock) -> Self {
        self.with(lock, Mode::Held)
    }

    fn with(mut self, lock: Lock, mode: Mode) -> Self {
        let kept = self.0.entry(lock.key()).or_insert(mode);
        *kept = mode.max(*kept);
        self
    }
}

/// Takes locks, in order, until the transaction ends.
pub async fn take(connection: &impl ConnectionTrait, locks: &Locks) -> Result<(), Error> {
    if locks.0.is_empty() || connection.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let calls = locks.0.iter().map(|((class, number), mode)| match mode {
        Mode::Shared => format!("pg_advisory_xact_lock_shared({class}, {number})"),
        Mode::Held => format!("pg_advisory_xact_lock({class}, {number})"),
    });
    // The timeout is that of a request: a waiting lock whose request is gone must not block those behind it.
    // Unprepared: there are too many different texts to keep.
    let sql = format!("SET LOCAL lock_timeout = '10s'; SELECT {}", calls.collect::<Vec<_>>().join(", "));
    connection.execute_unprepared(&sql).await?;
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Of {
    place_id: PlaceId,
}

/// The places that deleting a user's account may pass on, delete, or leave without an administrator.
pub async fn places_of(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<PlaceId>, Error> {
    let sql = "SELECT place_id FROM environments WHERE owner_id = $1
               UNION SELECT e.place_id FROM cloud_keys k JOIN environments e ON e.cloud_keys_id = k.id
                     WHERE k.user_id = $1
               UNION SELECT o.place_id FROM assignments a JOIN orgs o ON o.id = a.org_id WHERE a.user_id = $1";
    let rows: Vec<Of> = all(connection, sql, [user_id.into()]).await?;
    Ok(rows.into_iter().map(|of| of.place_id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_wanted_once_in_its_strongest_mode() {
        let user = Lock::User(UserId(7));
        let shared_first = Locks::default().share(user).hold(user);
        assert_eq!(shared_first, Locks::default().hold(user).share(user));
        assert_eq!(shared_first.0.into_values().collect::<Vec<_>>(), [Mode::Held]);
    }

    #[test]
    fn locks_are_in_the_order_of_their_kinds() {
        let last_places = Lock::Place(PlaceId(PLACES - 1));
        let all =
            [Lock::Global, Lock::User(UserId(i64::from(i32::MAX))), last_places, Lock::Invitation(InvitationId(1))];
        assert!(all.map(Lock::key).is_sorted());
    }
}

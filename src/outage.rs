//! Why the database cannot be used just now: its answers by class, and a log of them that does not flood.

mod codes;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};

/// What keeps the database from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// No space left: on the disk, in a quota, or below a limit of the process.
    Full,
    /// It can be read but not written, as a PostgreSQL server that is a standby.
    ReadOnly,
    /// Reading or writing its files failed.
    Io,
    /// Another program holds a lock for too long.
    Locked,
    /// The database file was removed or replaced under the running server.
    Replaced,
    /// The server refuses connections, or refuses ours.
    Refused,
    /// The server's host name does not resolve.
    NoSuchHost,
    /// The server is starting or stopping, or ended the statement.
    Stopping,
    /// The database has no memory, connections or other resources left.
    Exhausted,
    /// The connection broke.
    Lost,
    /// A pooler gives each transaction another connection, which does not know our prepared statements.
    Mixed,
    /// No answer in time.
    Silent,
    /// A search was ended because it took too long.
    TooLong,
    /// No connection became free in time.
    NoneFree,
    /// Too many changes wait already.
    Busy,
    /// Other transactions came in between, again and again.
    Contended,
    /// A transaction ended in an unexpected state.
    Fault,
}

impl Cause {
    const fn words(self) -> &'static str {
        match self {
            Self::Full => "no space is left",
            Self::ReadOnly => "it is read-only",
            Self::Io => "reading or writing its files failed",
            Self::Locked => "another program has locked it",
            Self::Replaced => "its file was removed or replaced",
            Self::Refused => "the server refuses the connection",
            Self::NoSuchHost => "the server's host name does not resolve",
            Self::Stopping => "the server is starting or stopping",
            Self::Exhausted => "it has no memory or connections left",
            Self::Lost => "the connection broke",
            Self::Mixed => {
                "a pooler loses prepared statements (set pool_mode = session, or max_prepared_statements = 200)"
            }
            Self::Silent => "it does not answer",
            Self::TooLong => "a search took too long",
            Self::NoneFree => "no connection became free in time",
            Self::Busy => "too many changes are waiting",
            Self::Contended => "other transactions came in between, again and again",
            Self::Fault => "a transaction ended in an unexpected state",
        }
    }

    /// Whether connections are of no further use after this. The other causes occur without one, or are about load.
    const fn spoils_connections(self) -> bool {
        !matches!(
            self,
            Self::Refused | Self::NoSuchHost | Self::TooLong | Self::NoneFree | Self::Busy | Self::Contended
        )
    }
}

/// The database cannot be used just now; it may be later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    pub cause: Cause,
    /// What the database or the system said.
    said: Arc<str>,
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.cause.words())?;
        if self.said.is_empty() { Ok(()) } else { write!(f, ": {}", self.said) }
    }
}

impl From<Cause> for Outage {
    fn from(cause: Cause) -> Self {
        Self { cause, said: "".into() }
    }
}

impl Outage {
    /// With what was said of it.
    pub fn saying(cause: Cause, said: impl fmt::Display) -> Self {
        let said = said.to_string();
        Self { cause, said: said.split_whitespace().collect::<Vec<_>>().join(" ").into() }
    }

    /// The outage behind an error; `None` when a retry would not help.
    pub fn of(error: &DbErr) -> Option<Self> {
        match error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Some(Cause::NoneFree.into()),
            DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed) => Some(Cause::Stopping.into()),
            DbErr::Conn(RuntimeErr::SqlxError(source)) => {
                // No connection could be opened, for whatever reason: a retry may help.
                Some(Self::of_driver(source).unwrap_or_else(|| Self::saying(Cause::Refused, source)))
            }
            DbErr::Exec(RuntimeErr::SqlxError(source)) | DbErr::Query(RuntimeErr::SqlxError(source)) => {
                Self::of_driver(source)
            }
            _ => None,
        }
    }

    /// The outage behind an error of the driver.
    pub fn of_driver(error: &SqlxError) -> Option<Self> {
        let cause = match error {
            SqlxError::Database(said) => {
                let code = said.code()?;
                let cause = match code.parse::<i32>() {
                    // PostgreSQL's codes have five characters, SQLite's are smaller numbers.
                    Ok(number) if code.len() < 5 => codes::of_sqlite(number),
                    _ => codes::of_postgres(&code),
                }?;
                return Some(Self::saying(cause, format_args!("{} ({code})", said.message())));
            }
            SqlxError::Io(source) if TookTooLong::is_behind(source) => Cause::TooLong,
            SqlxError::Io(source) if source.to_string().contains("lookup address") => Cause::NoSuchHost,
            SqlxError::Io(source) if source.kind() == std::io::ErrorKind::ConnectionRefused => Cause::Refused,
            SqlxError::Io(source) if source.kind() == std::io::ErrorKind::TimedOut => Cause::Silent,
            SqlxError::Io(_) | SqlxError::Tls(_) | SqlxError::Protocol(_) | SqlxError::WorkerCrashed => Cause::Lost,
            SqlxError::PoolTimedOut => Cause::NoneFree,
            SqlxError::PoolClosed => Cause::Stopping,
            SqlxError::BeginFailed => Cause::Fault,
            _ => return None,
        };
        Some(Self::saying(cause, error))
    }
}

/// The error of a timeout.
pub fn timed_out() -> DbErr {
    io_error(std::io::Error::new(std::io::ErrorKind::TimedOut, "no answer in time"))
}

/// The error of a search that was ended.
pub fn took_too_long() -> DbErr {
    io_error(std::io::Error::new(std::io::ErrorKind::TimedOut, TookTooLong))
}

fn io_error(source: std::io::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(SqlxError::Io(source))))
}

#[derive(Debug, thiserror::Error)]
#[error("a search was ended")]
struct TookTooLong;

impl TookTooLong {
    fn is_behind(error: &std::io::Error) -> bool {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        inner.is_some()
    }
}

/// How often one cause is logged.
const LOG_EVERY: Duration = Duration::from_mins(1);

/// The outages of this process: they are logged, and connections from before one are not used after it.
#[derive(Debug, Default)]
pub struct Outages(Mutex<Noted>);

#[derive(Debug, Default)]
struct Noted {
    logged: HashMap<Cause, Instant>,
    last: Option<Instant>,
    last_failed_change: Option<Instant>,
}

impl Outages {
    /// Notes an outage; it is logged unless its cause was within the last minute.
    pub fn note(&self, outage: &Outage) {
        if !self.is_to_be_logged(outage.cause) {
            return;
        }
        if outage.cause == Cause::TooLong {
            tracing::warn!("{outage}");
        } else {
            tracing::error!("the database cannot be used: {outage}");
        }
    }

    fn is_to_be_logged(&self, cause: Cause) -> bool {
        let now = Instant::now();
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cause.spoils_connections() {
            noted.last = Some(now);
        }
        let is_due = noted.logged.get(&cause).is_none_or(|logged| now.duration_since(*logged) >= LOG_EVERY);
        if is_due {
            noted.logged.insert(cause, now);
        }
        is_due
    }

    /// Notes an outage for which a change was refused.
    pub fn note_failed_change(&self, outage: &Outage) {
        self.note(outage);
        if outage.cause.spoils_connections() {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).last_failed_change = Some(Instant::now());
        }
    }

    /// Whether a change was refused since `then`.
    pub fn have_failed_a_change_since(&self, then: Instant) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.last_failed_change.is_some_and(|last| last >= then)
    }

    /// Whether there was none since `then`.
    pub fn none_since(&self, then: Instant) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.last.is_none_or(|last| last < then)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_the_load_spoils_no_connection() {
        let outages = Outages::default();
        let opened = Instant::now();
        outages.note(&Cause::Busy.into());
        outages.note(&Cause::Contended.into());
        outages.note(&Cause::Refused.into());
        assert!(outages.none_since(opened));
        outages.note(&Cause::ReadOnly.into());
        assert!(!outages.none_since(opened));
    }
}

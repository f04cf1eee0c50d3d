//! Why the database cannot be used just now: its answers by class, and a log of them that does not flood.

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
    /// No answer in time.
    Silent,
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
            Self::Silent => "it does not answer",
            Self::NoneFree => "no connection became free in time",
            Self::Busy => "too many changes are waiting",
            Self::Contended => "other transactions came in between, again and again",
            Self::Fault => "a transaction ended in an unexpected state",
        }
    }

    /// Whether a connection that met this is of no further use. The other causes are met without one, or are about the
    /// load.
    const fn spoils_connections(self) -> bool {
        !matches!(self, Self::Refused | Self::NoSuchHost | Self::NoneFree | Self::Busy | Self::Contended)
    }
}

/// The database cannot be used just now: worth another try later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    pub cause: Cause,
    /// In the words of the database or the system.
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

    /// The outage that an error of the database tells of; `None` when asking again would not help.
    pub fn of(error: &DbErr) -> Option<Self> {
        match error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Some(Cause::NoneFree.into()),
            DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed) => Some(Cause::Stopping.into()),
            DbErr::Conn(RuntimeErr::SqlxError(source)) => {
                // Whatever keeps a connection from being opened: it may be gone when it is tried again.
                Some(Self::of_driver(source).unwrap_or_else(|| Self::saying(Cause::Refused, source)))
            }
            DbErr::Exec(RuntimeErr::SqlxError(source)) | DbErr::Query(RuntimeErr::SqlxError(source)) => {
                Self::of_driver(source)
            }
            _ => None,
        }
    }

    /// The outage that an error of the driver tells of.
    pub fn of_driver(error: &SqlxError) -> Option<Self> {
        let cause = match error {
            SqlxError::Database(said) => {
                let code = said.code()?;
                let cause = match code.parse::<i32>() {
                    // PostgreSQL's codes have five characters, SQLite's are smaller numbers.
                    Ok(number) if code.len() < 5 => of_sqlite(number),
                    _ => of_postgres(&code),
                }?;
                return Some(Self::saying(cause, format_args!("{} ({code})", said.message())));
            }
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

/// The error of whoever has waited long enough for an answer.
pub fn timed_out() -> DbErr {
    let source = std::io::Error::new(std::io::ErrorKind::TimedOut, "no answer in time");
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(SqlxError::Io(source))))
}

/// By SQLite's primary result code, the low byte of the extended one (<https://sqlite.org/rescode.html>).
const fn of_sqlite(code: i32) -> Option<Cause> {
    match code & 0xff {
        // SQLITE_READONLY_DBMOVED
        8 if code == 1032 => Some(Cause::Replaced),
        // SQLITE_PERM, SQLITE_READONLY
        3 | 8 => Some(Cause::ReadOnly),
        // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL
        5 | 6 | 15 => Some(Cause::Locked),
        // SQLITE_NOMEM
        7 => Some(Cause::Exhausted),
        // SQLITE_IOERR, SQLITE_CANTOPEN
        10 | 14 => Some(Cause::Io),
        // SQLITE_FULL, SQLITE_NOLFS
        13 | 22 => Some(Cause::Full),
        _ => None,
    }
}

/// By PostgreSQL's class of error codes (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
fn of_postgres(code: &str) -> Option<Cause> {
    match code {
        "25006" => Some(Cause::ReadOnly),
        // idle_in_transaction_session_timeout, transaction_timeout, statement_completion_unknown
        "25P03" | "25P04" | "40003" => Some(Cause::Lost),
        "53100" => Some(Cause::Full),
        "55P03" => Some(Cause::Locked),
        // query_canceled, as by statement_timeout
        "57014" => Some(Cause::Silent),
        _ => match code.get(..2)? {
            "08" => Some(Cause::Lost),
            // Not our user, not our database: as it was set up for another server, or not yet.
            "28" | "3D" => Some(Cause::Refused),
            "53" => Some(Cause::Exhausted),
            "57" => Some(Cause::Stopping),
            "58" => Some(Cause::Io),
            _ => None,
        },
    }
}

/// How often one cause is logged.
const LOG_EVERY: Duration = Duration::from_mins(1);

/// The outages of one process: they are logged, and connections from before one are not used after it.
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
        if self.is_to_be_logged(outage.cause) {
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
    fn answers_of_sqlite_are_told_apart_by_class() {
        for (code, name, cause) in [
            (1, "SQLITE_ERROR", None),
            (3, "SQLITE_PERM", Some(Cause::ReadOnly)),
            (5, "SQLITE_BUSY", Some(Cause::Locked)),
            (261, "SQLITE_BUSY_RECOVERY", Some(Cause::Locked)),
            (517, "SQLITE_BUSY_SNAPSHOT", Some(Cause::Locked)),
            (773, "SQLITE_BUSY_TIMEOUT", Some(Cause::Locked)),
            (6, "SQLITE_LOCKED", Some(Cause::Locked)),
            (262, "SQLITE_LOCKED_SHAREDCACHE", Some(Cause::Locked)),
            (7, "SQLITE_NOMEM", Some(Cause::Exhausted)),
            (8, "SQLITE_READONLY", Some(Cause::ReadOnly)),
            (264, "SQLITE_READONLY_RECOVERY", Some(Cause::ReadOnly)),
            (1032, "SQLITE_READONLY_DBMOVED", Some(Cause::Replaced)),
            (1544, "SQLITE_READONLY_DIRECTORY", Some(Cause::ReadOnly)),
            (10, "SQLITE_IOERR", Some(Cause::Io)),
            (266, "SQLITE_IOERR_READ", Some(Cause::Io)),
            (522, "SQLITE_IOERR_SHORT_READ", Some(Cause::Io)),
            (778, "SQLITE_IOERR_WRITE", Some(Cause::Io)),
            (1034, "SQLITE_IOERR_FSYNC", Some(Cause::Io)),
            (4874, "SQLITE_IOERR_SHMSIZE", Some(Cause::Io)),
            (8714, "SQLITE_IOERR_IN_PAGE", Some(Cause::Io)),
            (11, "SQLITE_CORRUPT", None),
            (13, "SQLITE_FULL", Some(Cause::Full)),
            (14, "SQLITE_CANTOPEN", Some(Cause::Io)),
            (526, "SQLITE_CANTOPEN_ISDIR", Some(Cause::Io)),
            (15, "SQLITE_PROTOCOL", Some(Cause::Locked)),
            (19, "SQLITE_CONSTRAINT", None),
            (787, "SQLITE_CONSTRAINT_FOREIGNKEY", None),
            (2067, "SQLITE_CONSTRAINT_UNIQUE", None),
            (22, "SQLITE_NOLFS", Some(Cause::Full)),
            (26, "SQLITE_NOTADB", None),
        ] {
            assert_eq!(of_sqlite(code), cause, "{name}");
        }
    }

    #[test]
    fn answers_of_postgres_are_told_apart_by_class() {
        for (code, name, cause) in [
            ("08000", "connection_exception", Some(Cause::Lost)),
            ("08006", "connection_failure", Some(Cause::Lost)),
            ("08P01", "protocol_violation", Some(Cause::Lost)),
            ("22021", "character_not_in_repertoire", None),
            ("23503", "foreign_key_violation", None),
            ("23505", "unique_violation", None),
            ("25006", "read_only_sql_transaction", Some(Cause::ReadOnly)),
            ("25P02", "in_failed_sql_transaction", None),
            ("25P03", "idle_in_transaction_session_timeout", Some(Cause::Lost)),
            ("28P01", "invalid_password", Some(Cause::Refused)),
            ("3D000", "invalid_catalog_name", Some(Cause::Refused)),
            ("40001", "serialization_failure", None),
            ("40003", "statement_completion_unknown", Some(Cause::Lost)),
            ("40P01", "deadlock_detected", None),
            ("42703", "undefined_column", None),
            ("53000", "insufficient_resources", Some(Cause::Exhausted)),
            ("53100", "disk_full", Some(Cause::Full)),
            ("53200", "out_of_memory", Some(Cause::Exhausted)),
            ("53300", "too_many_connections", Some(Cause::Exhausted)),
            ("53400", "configuration_limit_exceeded", Some(Cause::Exhausted)),
            ("55000", "object_not_in_prerequisite_state", None),
            ("55P03", "lock_not_available", Some(Cause::Locked)),
            ("57014", "query_canceled", Some(Cause::Silent)),
            ("57P01", "admin_shutdown", Some(Cause::Stopping)),
            ("57P02", "crash_shutdown", Some(Cause::Stopping)),
            ("57P03", "cannot_connect_now", Some(Cause::Stopping)),
            ("57P04", "database_dropped", Some(Cause::Stopping)),
            ("57P05", "idle_session_timeout", Some(Cause::Stopping)),
            ("58030", "io_error", Some(Cause::Io)),
            ("XX000", "internal_error", None),
            ("XX001", "data_corrupted", None),
        ] {
            assert_eq!(of_postgres(code), cause, "{name}");
        }
    }

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

//! What databases answer when they mean "not now" or "not this server", by class.

use super::Cause;

/// By SQLite's primary result code, the low byte of the extended one (<https://sqlite.org/rescode.html>).
pub(super) const fn of_sqlite(code: i32) -> Option<Cause> {
    match code & 0xff {
        // SQLITE_READONLY_DBMOVED
        8 if code == 1032 => Some(Cause::Replaced),
        // SQLITE_PERM, SQLITE_READONLY
        3 | 8 => Some(Cause::ReadOnly),
        // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL
        5 | 6 | 15 => Some(Cause::Locked),
        // SQLITE_NOMEM
        7 => Some(Cause::Exhausted),
        // SQLITE_INTERRUPT: only searches are interrupted
        9 => Some(Cause::TooLong),
        // SQLITE_IOERR, SQLITE_CANTOPEN
        10 | 14 => Some(Cause::Io),
        // SQLITE_FULL, SQLITE_NOLFS
        13 | 22 => Some(Cause::Full),
        _ => None,
    }
}

/// By PostgreSQL's class of error codes (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
pub(super) fn of_postgres(code: &str) -> Option<Cause> {
    match code {
        "25006" => Some(Cause::ReadOnly),
        // idle_in_transaction_session_timeout, transaction_timeout, statement_completion_unknown
        "25P03" | "25P04" | "40003" => Some(Cause::Lost),
        "53100" => Some(Cause::Full),
        "55P03" => Some(Cause::Locked),
        // invalid_sql_statement_name, duplicate_prepared_statement: prepared by us, at another connection
        "26000" | "42P05" => Some(Cause::Mixed),
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
            (9, "SQLITE_INTERRUPT", Some(Cause::TooLong)),
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
            ("26000", "invalid_sql_statement_name", Some(Cause::Mixed)),
            ("42P05", "duplicate_prepared_statement", Some(Cause::Mixed)),
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
}

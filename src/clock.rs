//! Time is passed in: the domain asks a [`Clock`], never the system.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use sea_orm::DeriveValueType;
use serde_json::{Value, json};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

/// Whole milliseconds since 1970-01-01 00:00 UTC.
///
/// Both databases store it as an integer: as text in SQLite, `…01Z` sorts after `…01.5Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct Timestamp(pub i64);

/// How far the clocks of processes on one database may differ. A time farther in the future than any delay plus this
/// was set by a wrong clock.
pub const MAX_CLOCK_SKEW: Duration = Duration::from_mins(5);

const MINUTE_OF_DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]T[hour]:[minute]Z");
const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
const MINUTE: &[BorrowedFormatItem<'_>] = format_description!("[hour]:[minute]");
const ISO: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

impl Timestamp {
    /// The beginning of a day in UTC, from `2026-03-01`.
    pub fn day(text: &str) -> Option<Self> {
        let midnight = Date::parse(text, DAY).ok()?.midnight().assume_utc();
        midnight.unix_timestamp().checked_mul(1000).map(Self)
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)))
    }

    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(millis(duration)))
    }

    /// The time since `earlier`; zero if that is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    pub fn to_offset(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// ISO 8601 in UTC with three decimals: `2026-03-01T08:15:30.250Z`.
    pub fn iso(self) -> String {
        self.to_offset().format(ISO).unwrap_or_default()
    }

    /// To the minute, for HTML's `datetime`: `2026-03-01T08:15Z`.
    pub fn minute(self) -> String {
        self.to_offset().format(MINUTE_OF_DAY).unwrap_or_default()
    }

    /// The arguments for a time's message: `{"day": 1, "month": 3, "year": "2026", "clock": "08:15"}`, in UTC.
    pub fn parts(self) -> Value {
        let moment = self.to_offset();
        json!({
            "day": moment.day(),
            "month": u8::from(moment.month()),
            // A string: a number would be grouped.
            "year": moment.year().to_string(),
            "clock": moment.format(MINUTE).unwrap_or_default(),
        })
    }

    /// [`Self::parts`], and whether the year goes without saying at `now`.
    pub fn parts_at(self, now: Self) -> Value {
        let mut parts = self.parts();
        parts["this_year"] = json!(self.to_offset().year() == now.to_offset().year());
        parts
    }
}

impl From<Timestamp> for SystemTime {
    fn from(moment: Timestamp) -> Self {
        SystemTime::from(moment.to_offset())
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// A source of time.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still at `start` until it is moved.
    pub fn manual(start: Timestamp) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(start.0))))
    }

    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp(system_millis()),
            Source::Manual(millis) => Timestamp(millis.load(Ordering::SeqCst)),
        }
    }

    /// Sets a manual clock, also backwards; does nothing to the system's.
    pub fn set(&self, to: Timestamp) {
        if let Source::Manual(now) = &self.0 {
            now.store(to.0, Ordering::SeqCst);
        }
    }

    /// Advances a manual clock; does nothing to the system's.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(now) = &self.0 {
            now.fetch_add(millis(by), Ordering::SeqCst);
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now().iso())
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
fn system_millis() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, millis)
}

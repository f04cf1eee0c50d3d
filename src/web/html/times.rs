//! Times as a page shows them.

use std::time::Duration;

use serde::Serialize;

use crate::clock::Timestamp;

/// A time: exact for machines, exact for people, and how far away it is.
#[derive(Clone, Debug, Serialize)]
pub struct Time {
    iso: String,
    text: String,
    relative: String,
}

impl Time {
    /// `moment`, seen from `now`.
    pub fn new(moment: Timestamp, now: Timestamp) -> Self {
        let relative = if moment > now {
            format!("in {}", span(moment.since(now)))
        } else if now.since(moment) < Duration::from_secs(60) {
            "just now".to_owned()
        } else {
            format!("{} ago", span(now.since(moment)))
        };
        Self { iso: moment.iso(), text: moment.for_people(), relative }
    }
}

fn span(duration: Duration) -> String {
    let minutes = duration.as_secs().div_ceil(60);
    let (number, unit) = match minutes {
        0..=89 => (minutes.max(1), "minute"),
        90..=2879 => ((minutes + 30) / 60, "hour"),
        _ => ((minutes + 720) / 1440, "day"),
    };
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_do() {
        let now = Timestamp(1_800_000_000_000);
        let told = |seconds: i64| Time::new(Timestamp(now.0 + seconds * 1000), now).relative;
        assert_eq!(told(-5), "just now");
        assert_eq!(told(-120), "2 minutes ago");
        assert_eq!(told(-3 * 3600), "3 hours ago");
        assert_eq!(told(24 * 3600), "in 24 hours");
        assert_eq!(told(7 * 24 * 3600), "in 7 days");
        assert_eq!(told(30), "in 1 minute");
    }
}

//! End-to-end tests through the front door: HTTP in, HTTP and mail out, on the same `rocket()` that ships, on SQLite
//! and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "all of it is tests, which clippy knows only by their attribute")]
#![expect(clippy::too_many_lines, reason = "a story is told in one piece")]
#![expect(clippy::unchecked_time_subtraction, reason = "of lengths that the test itself names")]

mod chromium;
mod exposure;
mod faults;
mod formats;
mod html;
mod international;
mod large;
mod layers;
mod mail;
mod plans;
mod queries;
mod races;
mod rest;
mod rpc;
mod showcase;
mod slack;
mod support;
mod upgrades;
mod words;

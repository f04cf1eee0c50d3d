//! Waiting for another process.

use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::mailbox::{Mail, Mailbox};

/// How long [`wait_for`] waits.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Polls another process until it is as expected.
///
/// # Errors
/// If it is not within a minute.
pub fn wait_for(holds: impl FnMut() -> bool) -> Result<(), ()> {
    wait_at_most(PATIENCE, holds)
}

/// As [`wait_for`], with another timeout.
///
/// # Errors
/// If it is not within `patience`.
pub fn wait_at_most(patience: Duration, mut holds: impl FnMut() -> bool) -> Result<(), ()> {
    let deadline = Instant::now() + patience;
    while !holds() {
        if Instant::now() > deadline {
            return Err(());
        }
        sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// How long a mail may take that a killed process was sending: its lease expires first.
pub const MAIL_PATIENCE: Duration = Duration::from_secs(150);

/// Waits for a mail to an address.
pub fn wait_for_mail(mailbox: &Mailbox, to: &str) -> Mail {
    let mut found = None;
    let waited = wait_at_most(MAIL_PATIENCE, || {
        found = mailbox.new_mails().into_iter().find(|mail| mail.to == to);
        found.is_some()
    });
    assert!(waited.is_ok(), "no mail to {to}");
    found.unwrap()
}

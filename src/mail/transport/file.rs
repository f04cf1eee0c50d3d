//! Writes one file per mail, for trying Usher out and for tests.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use lettre::Message;
use lettre::message::header;
use time::OffsetDateTime;
use time::macros::format_description;

use super::{SendError, temporary};
use crate::mail::message::Composed;
use crate::outbox::reason::{Reason, Why};
use crate::private_file;

const EXTENSION: &str = ".eml";

/// Removes files that a killed process left unfinished.
pub(super) fn remove_unfinished(dir: &Path) -> io::Result<()> {
    private_file::remove_unfinished(dir, EXTENSION)
}

pub(super) async fn send(dir: PathBuf, message: &Composed) -> Result<(), SendError> {
    let path = dir.join(file_name(message.message()));
    let content = message.formatted(true);
    let written = tokio::task::spawn_blocking(move || write_file(&path, &content)).await;
    match written {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(temporary(Reason::saying(Why::FileUnwritable, error))),
        Err(_) => Err(temporary(Why::FileUnwrittenAtEnd)),
    }
}

/// `20261122T221305Z-00000007-<message id>.eml`: the mail's date, then a counter of this process.
fn file_name(message: &Message) -> String {
    static WRITTEN: AtomicU64 = AtomicU64::new(0);
    let date = message.headers().get::<header::Date>();
    let date = OffsetDateTime::from(date.map_or(SystemTime::UNIX_EPOCH, SystemTime::from));
    let date = date.format(format_description!("[year][month][day]T[hour][minute][second]Z")).unwrap_or_default();
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);

    let id = message.headers().get_raw("Message-ID").unwrap_or_default();
    let id = id.trim_start_matches('<');
    let id: String = id
        .chars()
        .take_while(|c| !matches!(c, '@' | '>'))
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '_' })
        .take(100)
        .collect();
    format!("{date}-{number:08}-{id}{EXTENSION}")
}

/// Atomic: readers of the directory see complete mails only.
fn write_file(path: &Path, content: &[u8]) -> io::Result<()> {
    match private_file::write(path, content) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            private_file::make_directory(path.parent().unwrap_or(Path::new(".")))?;
            private_file::write(path, content)
        }
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, UNIX_EPOCH};

    use super::super::Transport;
    use super::*;
    use crate::config::mail_url::MailUrl;
    use crate::mail::message::{Letter, compose};

    #[tokio::test]
    async fn a_mail_becomes_a_private_file() {
        let base = tempfile::tempdir().unwrap();
        let dir = base.path().join("data/mail");
        let transport = Transport::new(&MailUrl::File(dir.clone()), &"localhost".parse().unwrap(), None).unwrap();
        let letter = Letter {
            to: "ben@example.org".to_owned(),
            to_name: None,
            from_name: None,
            reply_to: None,
            subject: "Hello".to_owned(),
            text: "Hello\n".to_owned(),
            html: "<p>Hello</p>\n".to_owned(),
            message_id: "0123-1".to_owned(),
            date: UNIX_EPOCH + Duration::from_secs(1_700_000_000),
        };
        let message = compose(&letter, &"usher@localhost".parse().unwrap()).unwrap();
        transport.send(&message).await.unwrap();
        transport.send(&message).await.unwrap();

        let names = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names.len(), 2);
        assert!(names[0].starts_with("20231114T221320Z-") && names[0].ends_with("-0123-1.eml"));
        assert_eq!(fs::read(dir.join(&names[0])).unwrap(), message.formatted(true));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&dir), 0o700);
            assert_eq!(mode(&dir.join(&names[0])), 0o600);
        }
    }
}

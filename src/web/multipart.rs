//! Multipart forms with a picture, read part by part within limits.

use std::error::Error as _;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use multer::{Field, Multipart};
use rocket::Data;
use rocket::data::ToByteUnit;
use rocket::http::ContentType;
use tokio::io::{AsyncRead, ReadBuf};

use crate::domain::users::pictures::File;
use crate::error::Error;
use crate::uploads::Uploads;
use crate::web::body::{InTime, Slot, unreadable};

/// Limit of the whole body. A file that does not fit is skipped, not cut off, so that a response can be sent.
const LONGEST_FORM_MIB: u64 = 32;
/// Limits of text fields: bytes of each, and their number.
const LONGEST_FIELD: usize = 2048;
const MOST_FIELDS: usize = 100;

/// How much may come before the first part, as the headers of one, or at once of a file.
const LONGEST_BETWEEN: usize = 256 * 1024;
const PORTION: usize = 32 * 1024;

const FILE: &str = "picture";

/// The boundary; `None` if the content type is not multipart.
pub fn boundary(content_type: Option<&ContentType>) -> Option<String> {
    multer::parse_boundary(content_type?.to_string()).ok()
}

pub struct Parts<'r> {
    parts: Multipart<'r>,
    uploads: Uploads,
    unclaimed: Arc<AtomicUsize>,
    _slot: Slot,
    fields: usize,
    /// A file did not fit, so the rest need not be readable.
    did_not_fit: bool,
}

pub enum Part<'r> {
    /// Name and value.
    Text(String, String),
    /// A file, unread.
    File(Box<Field<'r>>),
}

impl<'r> Parts<'r> {
    pub fn of(boundary: String, data: Data<'r>, slot: Slot, uploads: &Uploads) -> Self {
        let unclaimed = Arc::new(AtomicUsize::new(0));
        let stream = InTime::new(data.open(LONGEST_FORM_MIB.mebibytes()));
        let stream = Portions { stream, unclaimed: unclaimed.clone(), portion: 0 };
        let parts = Multipart::with_reader(stream, boundary);
        Self { parts, uploads: uploads.clone(), unclaimed, _slot: slot, fields: 0, did_not_fit: false }
    }

    /// # Errors
    /// [`Error::BrokenBody`], [`Error::TooLarge`], [`Error::TooSlow`].
    pub async fn next(&mut self) -> Result<Option<Part<'r>>, Error> {
        let part = match self.parts.next_field().await {
            Ok(Some(part)) => {
                self.claim();
                part
            }
            Ok(None) => return Ok(None),
            // The body was cut off at its limit.
            Err(_) if self.did_not_fit => return Ok(None),
            Err(error) => return Err(broken(&error)),
        };
        let name = part.name().unwrap_or_default().to_owned();
        if name == FILE {
            return Ok(Some(Part::File(Box::new(part))));
        }
        let value = self.read_up_to(LONGEST_FIELD, part).await?.ok_or(Error::TooLarge)?;
        let text = String::from_utf8(value).map_err(|_| Error::BrokenBody)?;
        self.fields += 1;
        if self.fields > MOST_FIELDS { Err(Error::TooLarge) } else { Ok(Some(Part::Text(name, text))) }
    }

    /// Reads a file; `None` if none was chosen.
    ///
    /// # Errors
    /// [`Error::BrokenBody`], [`Error::TooSlow`].
    pub async fn read(&mut self, mut part: Box<Field<'r>>) -> Result<Option<File>, Error> {
        let mut file = File::Whole(self.uploads.begin());
        loop {
            self.did_not_fit = !matches!(file, File::Whole(_));
            match part.chunk().await {
                Ok(Some(chunk)) => {
                    self.claim();
                    file.extend(&chunk);
                }
                // Browsers send an empty file if none was chosen.
                Ok(None) => return Ok(Some(file).filter(|file| !file.is_empty())),
                // The body was cut off at its limit.
                Err(_) if self.did_not_fit => return Ok(Some(file)),
                Err(error) => return Err(broken(&error)),
            }
        }
    }

    /// The bytes of a text field; `None` if there are more than `longest`.
    async fn read_up_to(&self, longest: usize, mut part: Field<'_>) -> Result<Option<Vec<u8>>, Error> {
        let mut bytes = Vec::new();
        let mut fits = true;
        while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
            self.claim();
            fits = fits && bytes.len() + chunk.len() <= longest;
            if fits {
                bytes.extend_from_slice(&chunk);
            }
        }
        Ok(fits.then_some(bytes))
    }

    /// What was read so far is no longer held.
    fn claim(&self) {
        self.unclaimed.store(0, Ordering::Relaxed);
    }
}

fn broken(error: &multer::Error) -> Error {
    error.source().and_then(|source| source.downcast_ref()).map_or(Error::BrokenBody, unreadable)
}

/// A stream in portions, which fails with [`ErrorKind::FileTooLarge`] when too much of it was not claimed. multer by itself
/// reads whatever has come, and holds it until it finds a boundary or the end of a part's headers.
struct Portions<S> {
    stream: S,
    unclaimed: Arc<AtomicUsize>,
    portion: usize,
}

impl<S: AsyncRead + Unpin> AsyncRead for Portions<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.portion >= PORTION {
            self.portion = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        let length = buffer.filled().len() - before;
        self.portion += length;
        if self.unclaimed.fetch_add(length, Ordering::Relaxed) + length > LONGEST_BETWEEN {
            return Poll::Ready(Err(ErrorKind::FileTooLarge.into()));
        }
        Poll::Ready(Ok(()))
    }
}

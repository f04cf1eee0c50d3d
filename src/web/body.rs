//! Request bodies, within what clients may hold: bytes, time, and the memory of all bodies that are under way.

use std::future::Future as _;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use rocket::data::{ByteUnit, ToByteUnit as _};
use rocket::http::Status;
use rocket::{Data, Request};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::error::Error;
use crate::uploads::{Upload, Uploads};

/// How long a client may send nothing, and how long a whole body may take.
#[derive(Clone, Copy, Debug)]
struct Patience {
    idle: Duration,
    whole: Duration,
}

const PATIENCE: Patience = Patience { idle: Duration::from_secs(10), whole: Duration::from_mins(1) };
/// Bodies under way at once.
const AT_ONCE: usize = 1024;
/// What each may hold, and what all together may hold beyond that. So large bodies that come slowly are in the way of large
/// bodies only.
const SMALL: usize = 64 * 1024;
const LARGE: usize = 32 * 1024 * 1024;
const LARGEST_JSON_MIB: u64 = 1;
const CHUNK: usize = 8 * 1024;

/// The room for bodies under way.
pub struct Bodies {
    at_once: Arc<Semaphore>,
    uploads: Uploads,
    patience: Patience,
}

/// A body's turn among [`AT_ONCE`], until dropped.
#[derive(Debug)]
pub struct Turn {
    _turn: OwnedSemaphorePermit,
}

/// A body that was received. It counts as under way until dropped: what is made from it takes as much memory.
#[derive(Debug)]
pub struct Received {
    upload: Upload,
    _turn: Turn,
}

impl Bodies {
    pub fn new() -> Self {
        Self { at_once: Arc::new(Semaphore::new(AT_ONCE)), uploads: Uploads::beyond(SMALL, LARGE), patience: PATIENCE }
    }

    /// Waits for nobody: whoever waited would hold a connection.
    ///
    /// # Errors
    /// [`Error::Busy`].
    pub fn begin(&self) -> Result<Turn, Error> {
        let turn = self.at_once.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
        Ok(Turn { _turn: turn })
    }

    async fn read(&self, stream: impl AsyncRead, longest: usize) -> Result<Received, Error> {
        let mut received = Received { _turn: self.begin()?, upload: self.uploads.begin() };
        let mut stream = InTime::within(self.patience, stream);
        let mut chunk = [0; CHUNK];
        loop {
            let length = stream.read(&mut chunk).await.map_err(|error| unreadable(&error))?;
            if length == 0 {
                return Ok(received);
            }
            if received.bytes().len() + length > longest {
                return Err(Error::TooLarge);
            }
            received.upload.extend(&chunk[..length]).map_err(|_| Error::Busy)?;
        }
    }
}

impl Received {
    pub fn bytes(&self) -> &[u8] {
        self.upload.bytes()
    }

    /// A JSON value, perhaps behind a byte order mark.
    ///
    /// # Errors
    /// [`Error::BrokenBody`].
    pub fn json(&self) -> Result<Value, Error> {
        let bytes = self.bytes();
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        serde_json::from_slice(bytes).map_err(|_| Error::BrokenBody)
    }
}

/// The room for bodies of a server.
pub fn bodies<'r>(request: &'r Request<'_>) -> &'r Bodies {
    request.rocket().state::<Bodies>().expect("web::mount manages Bodies before it mounts a route")
}

/// Reads a body of at most `longest` bytes.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::TooSlow`], [`Error::Busy`], [`Error::BrokenBody`].
pub async fn read(request: &Request<'_>, data: Data<'_>, longest: ByteUnit) -> Result<Received, Error> {
    // One byte more shows that there is more.
    let stream = data.open(longest + 1.bytes());
    let longest = usize::try_from(longest.as_u64()).unwrap_or(usize::MAX);
    bodies(request).read(stream, longest).await
}

/// Reads the body of a JSON API.
///
/// # Errors
/// As [`read`].
pub async fn read_json(request: &Request<'_>, data: Data<'_>) -> Result<Received, Error> {
    read(request, data, LARGEST_JSON_MIB.mebibytes()).await
}

pub fn is_json(request: &Request<'_>) -> bool {
    request.content_type().is_some_and(|content_type| content_type.is_json())
}

/// The status of a body that cannot be taken.
pub fn status_of(error: &Error) -> Status {
    match error {
        Error::TooLarge => Status::PayloadTooLarge,
        Error::TooSlow => Status::RequestTimeout,
        Error::Busy => Status::ServiceUnavailable,
        Error::BrokenBody => Status::BadRequest,
        _ => Status::Forbidden,
    }
}

/// What a failed read of a stream [`InTime`] means.
pub fn unreadable(error: &io::Error) -> Error {
    if error.kind() == ErrorKind::TimedOut { Error::TooSlow } else { Error::BrokenBody }
}

/// A stream that fails with [`ErrorKind::TimedOut`] when it brings nothing for too long, or does not end in time.
pub struct InTime<S> {
    stream: Pin<Box<S>>,
    idle: Duration,
    until: Instant,
    timeout: Pin<Box<Sleep>>,
}

impl<S> InTime<S> {
    pub fn new(stream: S) -> Self {
        Self::within(PATIENCE, stream)
    }

    fn within(Patience { idle, whole }: Patience, stream: S) -> Self {
        let now = Instant::now();
        Self { stream: Box::pin(stream), idle, until: now + whole, timeout: Box::pin(sleep_until(now + idle)) }
    }
}

impl<S: AsyncRead> AsyncRead for InTime<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = self.stream.as_mut().poll_read(cx, buffer);
        if read.is_ready() {
            let next = (Instant::now() + self.idle).min(self.until);
            self.timeout.as_mut().reset(next);
            return read;
        }
        self.timeout.as_mut().poll(cx).map(|()| Err(ErrorKind::TimedOut.into()))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncWriteExt as _, duplex};
    use tokio::time::interval;

    use super::*;

    fn impatient(idle: u64, whole: u64) -> Bodies {
        let patience = Patience { idle: Duration::from_millis(idle), whole: Duration::from_millis(whole) };
        Bodies { patience, ..Bodies::new() }
    }

    #[tokio::test]
    async fn a_body_that_stalls_is_given_up() {
        let (mut client, stream) = duplex(64);
        client.write_all(b"{\"name\":").await.unwrap();
        let failed = impatient(20, 600_000).read(stream, 100).await;
        assert!(matches!(failed, Err(Error::TooSlow)), "{failed:?}");
    }

    #[tokio::test]
    async fn a_body_that_trickles_is_given_up() {
        let (mut client, stream) = duplex(64);
        tokio::spawn(async move {
            let mut pause = interval(Duration::from_millis(1));
            while client.write_all(b" ").await.is_ok() {
                pause.tick().await;
            }
        });
        let failed = impatient(600_000, 50).read(stream, usize::MAX).await;
        assert!(matches!(failed, Err(Error::TooSlow)), "{failed:?}");
    }

    #[tokio::test]
    async fn a_slow_large_body_is_in_the_way_of_large_ones_only() {
        let bodies = Bodies::new();
        let small = vec![b' '; SMALL];
        let large = vec![b' '; 1024 * 1024];
        let mut held = Vec::new();
        while let Ok(received) = bodies.read(&large[..], usize::MAX).await {
            held.push(received);
        }
        assert!((32..40).contains(&held.len()), "{}", held.len());
        assert!(bodies.read(&small[..], usize::MAX).await.is_ok());
        held.pop();
        assert!(bodies.read(&large[..], usize::MAX).await.is_ok());
    }

    #[tokio::test]
    async fn so_many_bodies_are_under_way_at_once() {
        let bodies = Bodies::new();
        let mut held: Vec<_> = (0..AT_ONCE).map(|_| bodies.begin().unwrap()).collect();
        assert!(matches!(bodies.begin(), Err(Error::Busy)));
        held.pop();
        assert!(bodies.begin().is_ok());
    }
}

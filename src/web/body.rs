//! Request bodies, within what clients may hold: bytes, time, and the memory of all bodies that are under way.

use std::collections::HashMap;
use std::future::Future as _;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use rocket::data::{ByteUnit, ToByteUnit as _};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{Data, Request};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep_until};

use super::client;
use super::limits::network;
use crate::error::Error;
use crate::uploads::{Upload, Uploads};

/// How long a client may send nothing, and how long a whole body may take.
#[derive(Clone, Copy, Debug)]
struct Patience {
    idle: Duration,
    whole: Duration,
}

const PATIENCE: Patience = Patience { idle: Duration::from_secs(10), whole: Duration::from_mins(1) };
/// Bodies under way at once: all, those of one address, and the larger ones of one address.
const AT_ONCE: usize = 1024;
const OF_ONE: usize = 128;
const LARGER_OF_ONE: usize = 8;
/// What each may hold, with what is made from it, and what all together may hold beyond that. So large bodies that come
/// slowly are in the way of large bodies only.
const SMALL: usize = 64 * 1024;
const LARGE: usize = 64 * 1024 * 1024;
const LARGEST_JSON_MIB: u64 = 1;
const CHUNK: usize = 8 * 1024;

/// The room for bodies under way.
pub struct Bodies {
    at_once: Arc<Semaphore>,
    uploads: Uploads,
    by_address: Arc<Mutex<HashMap<IpAddr, Share>>>,
    patience: Patience,
}

/// How many bodies of one address are under way, and how many of them are larger than [`SMALL`].
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    all: usize,
    larger: usize,
}

/// A body's turn, until dropped.
#[derive(Debug)]
pub struct Turn {
    _turn: OwnedSemaphorePermit,
    by_address: Arc<Mutex<HashMap<IpAddr, Share>>>,
    ip: IpAddr,
    is_larger: bool,
}

impl Turn {
    fn share(&self, change: impl FnOnce(&mut Share) -> Result<(), Error>) -> Result<(), Error> {
        let mut shares = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let share = shares.entry(self.ip).or_default();
        let changed = change(share);
        if share.all == 0 {
            shares.remove(&self.ip);
        }
        changed
    }

    fn grow(&mut self) -> Result<(), Error> {
        if self.is_larger {
            return Ok(());
        }
        self.share(|share| {
            if share.larger >= LARGER_OF_ONE {
                return Err(Error::Busy);
            }
            share.larger += 1;
            Ok(())
        })?;
        self.is_larger = true;
        Ok(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let larger = usize::from(self.is_larger);
        let _ = self.share(|share| {
            share.all -= 1;
            share.larger -= larger;
            Ok(())
        });
    }
}

/// A body that was received. It counts as under way until dropped.
#[derive(Debug)]
pub struct Received {
    upload: Upload,
    turn: Turn,
}

impl Bodies {
    pub fn new() -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            uploads: Uploads::beyond(SMALL, LARGE),
            by_address: Arc::default(),
            patience: PATIENCE,
        }
    }

    /// Waits for nobody: whoever waited would hold a connection.
    ///
    /// # Errors
    /// [`Error::Busy`].
    pub fn begin(&self, ip: IpAddr) -> Result<Turn, Error> {
        let turn = self.at_once.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
        let mut shares = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let ip = network(ip);
        let share = shares.entry(ip).or_default();
        if share.all >= OF_ONE {
            return Err(Error::Busy);
        }
        share.all += 1;
        drop(shares);
        Ok(Turn { _turn: turn, by_address: self.by_address.clone(), ip, is_larger: false })
    }

    async fn read(&self, ip: IpAddr, stream: impl AsyncRead, longest: usize) -> Result<Received, Error> {
        let mut received = Received { turn: self.begin(ip)?, upload: self.uploads.begin() };
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
            if received.bytes().len() + length > SMALL {
                received.turn.grow()?;
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
    /// [`Error::BrokenBody`], [`Error::Busy`].
    pub fn json(&mut self) -> Result<Value, Error> {
        // A number of one digit becomes a value of many bytes.
        self.count(values(self.bytes()) * size_of::<Value>())?;
        let bytes = self.bytes();
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        serde_json::from_slice(bytes).map_err(|_| Error::BrokenBody)
    }

    /// Counts what is made from the body, in bytes.
    ///
    /// # Errors
    /// [`Error::Busy`].
    pub fn count(&mut self, size: usize) -> Result<(), Error> {
        self.upload.make(size).map_err(|_| Error::Busy)
    }
}

/// How many values a JSON text has at most.
fn values(text: &[u8]) -> usize {
    let (mut values, mut is_in_text, mut is_escaped) = (1, false, false);
    for byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_in_text,
            b'"' => is_in_text = !is_in_text,
            b',' | b'[' | b'{' if !is_in_text => values += 1,
            _ => {}
        }
    }
    values
}

/// The room for bodies of a server.
fn bodies<'r>(request: &'r Request<'_>) -> &'r Bodies {
    request.rocket().state::<Bodies>().expect("web::mount manages Bodies before it mounts a route")
}

/// A turn for a body that is read elsewhere. Taken as `Result<Turn, Error>`.
///
/// # Errors
/// [`Error::Busy`].
pub fn begin(request: &Request<'_>) -> Result<Turn, Error> {
    bodies(request).begin(address(request))
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Turn {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match begin(request) {
            Ok(turn) => Outcome::Success(turn),
            Err(error) => Outcome::Error((status_of(&error), error)),
        }
    }
}

/// The client's address, by which bodies are shared out.
fn address(request: &Request<'_>) -> IpAddr {
    client::ip(request).unwrap_or(IpAddr::from(Ipv4Addr::UNSPECIFIED))
}

/// Reads a body of at most `longest` bytes.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::TooSlow`], [`Error::Busy`], [`Error::BrokenBody`].
pub async fn read(request: &Request<'_>, data: Data<'_>, longest: ByteUnit) -> Result<Received, Error> {
    // One byte more shows that there is more.
    let stream = data.open(longest + 1.bytes());
    let longest = usize::try_from(longest.as_u64()).unwrap_or(usize::MAX);
    bodies(request).read(address(request), stream, longest).await
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

/// What a failed read of a body means.
pub fn unreadable(error: &io::Error) -> Error {
    match error.kind() {
        ErrorKind::TimedOut => Error::TooSlow,
        ErrorKind::FileTooLarge => Error::TooLarge,
        _ => Error::BrokenBody,
    }
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

    const ONE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn client(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    fn impatient(idle: u64, whole: u64) -> Bodies {
        let patience = Patience { idle: Duration::from_millis(idle), whole: Duration::from_millis(whole) };
        Bodies { patience, ..Bodies::new() }
    }

    #[tokio::test]
    async fn a_body_that_stalls_is_given_up() {
        let (mut client, stream) = duplex(64);
        client.write_all(b"{\"name\":").await.unwrap();
        let failed = impatient(20, 600_000).read(ONE, stream, 100).await;
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
        let failed = impatient(600_000, 50).read(ONE, stream, usize::MAX).await;
        assert!(matches!(failed, Err(Error::TooSlow)), "{failed:?}");
    }

    #[tokio::test]
    async fn slow_large_bodies_are_in_the_way_of_large_ones_only() {
        let bodies = Bodies::new();
        let small = vec![b' '; SMALL];
        let large = vec![b' '; 1024 * 1024];
        let mut held = Vec::new();
        for last in 1.. {
            let Ok(received) = bodies.read(client(last / 8), &large[..], usize::MAX).await else { break };
            held.push(received);
        }
        assert!((60..70).contains(&held.len()), "{}", held.len());
        assert!(bodies.read(ONE, &small[..], usize::MAX).await.is_ok());
        held.pop();
        assert!(bodies.read(client(200), &large[..], usize::MAX).await.is_ok());
    }

    #[tokio::test]
    async fn nobody_has_all_turns() {
        let bodies = Bodies::new();
        let large = vec![b' '; 2 * SMALL];
        let mut larger = Vec::new();
        while let Ok(received) = bodies.read(ONE, &large[..], usize::MAX).await {
            larger.push(received);
        }
        assert_eq!(larger.len(), LARGER_OF_ONE);
        assert!(bodies.read(client(2), &large[..], usize::MAX).await.is_ok());
        let mut held: Vec<_> = std::iter::from_fn(|| bodies.begin(ONE).ok()).collect();
        assert_eq!(held.len(), OF_ONE - LARGER_OF_ONE);
        held.extend((2..9).flat_map(|last| (0..OF_ONE).map(move |_| client(last))).map(|ip| bodies.begin(ip).unwrap()));
        assert!(matches!(bodies.begin(client(9)), Err(Error::Busy)));
        held.clear();
        larger.clear();
        assert!(bodies.by_address.lock().unwrap().is_empty());
        assert!(bodies.begin(ONE).is_ok());
    }

    #[tokio::test]
    async fn what_is_made_from_a_body_counts() {
        let bodies = Bodies::new();
        let many = format!("{{\"a\":[{}0]}}", "0,".repeat(400_000));
        let mut first = bodies.read(ONE, many.as_bytes(), usize::MAX).await.unwrap();
        let value = first.json().unwrap();
        assert_eq!(value["a"].as_array().unwrap().len(), 400_001);
        let mut third = None;
        let mut second = bodies.read(ONE, many.as_bytes(), usize::MAX).await.unwrap();
        if second.json().is_ok() {
            third = Some(bodies.read(ONE, many.as_bytes(), usize::MAX).await.unwrap().json());
        }
        assert!(third.is_none_or(|third| matches!(third, Err(Error::Busy))));
        assert_eq!(values(br#"{"a,[":["\"",{}]}"#), 5);
    }
}

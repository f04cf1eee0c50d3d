//! Request bodies, within what clients may hold: bytes, time, and the memory of all bodies that are under way.

mod in_time;
mod slots;

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr};

use rocket::data::{ByteUnit, ToByteUnit as _};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{Data, Request};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt as _};

pub use self::in_time::InTime;
use self::in_time::{PATIENCE, Patience};
pub use self::slots::Slot;
use self::slots::Slots;
use super::client;
use crate::error::Error;
use crate::uploads::{Upload, Uploads};

/// What each may hold, with what is made from it, and what all together may hold beyond that. So large bodies that come
/// slowly are in the way of large bodies only.
const SMALL: usize = 64 * 1024;
const LARGE: usize = 64 * 1024 * 1024;
const LARGEST_JSON_MIB: u64 = 1;
const CHUNK: usize = 8 * 1024;

/// The room for bodies under way.
pub struct Bodies {
    slots: Slots,
    uploads: Uploads,
    patience: Patience,
}

/// A body that was received. It counts as under way until dropped.
#[derive(Debug)]
pub struct Received {
    upload: Upload,
    slot: Slot,
}

impl Bodies {
    pub fn new() -> Self {
        Self { slots: Slots::new(), uploads: Uploads::beyond(SMALL, LARGE), patience: PATIENCE }
    }

    async fn read(&self, ip: IpAddr, stream: impl AsyncRead, longest: usize) -> Result<Received, Error> {
        let mut received = Received { slot: self.slots.take(ip)?, upload: self.uploads.begin() };
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
                received.slot.grow()?;
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

/// A slot for a body that is read elsewhere. Taken as `Result<Slot, Error>`.
///
/// # Errors
/// [`Error::Busy`].
pub fn begin(request: &Request<'_>) -> Result<Slot, Error> {
    bodies(request).slots.take(address(request))
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Slot {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match begin(request) {
            Ok(slot) => Outcome::Success(slot),
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncWriteExt as _, duplex};
    use tokio::time::interval;

    use super::slots::{LARGER_OF_ONE, OF_ONE};
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
    async fn nobody_has_all_slots() {
        let bodies = Bodies::new();
        let large = vec![b' '; 2 * SMALL];
        let mut larger = Vec::new();
        while let Ok(received) = bodies.read(ONE, &large[..], usize::MAX).await {
            larger.push(received);
        }
        assert_eq!(larger.len(), LARGER_OF_ONE);
        assert!(bodies.read(client(2), &large[..], usize::MAX).await.is_ok());
        let mut held: Vec<_> = std::iter::from_fn(|| bodies.slots.take(ONE).ok()).collect();
        assert_eq!(held.len(), OF_ONE - LARGER_OF_ONE);
        held.extend(
            (2..9).flat_map(|last| (0..OF_ONE).map(move |_| client(last))).map(|ip| bodies.slots.take(ip).unwrap()),
        );
        assert!(matches!(bodies.slots.take(client(9)), Err(Error::Busy)));
        held.clear();
        larger.clear();
        assert!(bodies.slots.are_empty());
        assert!(bodies.slots.take(ONE).is_ok());
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

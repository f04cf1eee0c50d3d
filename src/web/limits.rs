//! The only limit by address: sign-ins and sign-ups a minute. Wrong passwords for one account are counted in the
//! database, so that they block nobody else.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::client::{ip, usher};
use crate::error::Error;

const A_MINUTE: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// Addresses kept before idle ones are dropped.
const REMEMBERED: usize = 10_000;

pub struct SignInRate(DefaultKeyedRateLimiter<IpAddr>);

impl SignInRate {
    pub fn new() -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(A_MINUTE)))
    }

    fn check(&self, ip: IpAddr) -> Result<(), Error> {
        if self.0.len() > REMEMBERED {
            self.0.retain_recent();
        }
        self.0.check_key(&network(ip)).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            Error::TooMany { retry_after: wait }
        })
    }
}

/// IPv6 clients are limited by /64.
pub fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

/// Counts a sign-in or sign-up of a request's address.
fn count(request: &Request<'_>) -> Result<(), Error> {
    let (Some(rate), Some(ip)) = (request.rocket().state::<SignInRate>(), ip(request)) else { return Ok(()) };
    if usher(request).config.rate_limits_enabled { rate.check(ip) } else { Ok(()) }
}

/// The same limit, for a form of which it turns out later whether it signs in.
pub struct SignInLimit<'r>(&'r Request<'r>);

impl SignInLimit<'_> {
    /// # Errors
    /// [`Error::TooMany`].
    pub fn count(&self) -> Result<(), Error> {
        count(self.0)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignInLimit<'r> {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Self(request))
    }
}

/// A sign-in or sign-up within the limit of its address. Taken as `Result<SignInTry, Error>`.
pub struct SignInTry;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignInTry {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match count(request) {
            Ok(()) => Outcome::Success(Self),
            Err(error) => Outcome::Error((Status::TooManyRequests, error)),
        }
    }
}

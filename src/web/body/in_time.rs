//! How long a body may take.

use std::future::Future as _;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a client may send nothing, and how long a whole body may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    pub idle: Duration,
    pub whole: Duration,
}

pub(super) const PATIENCE: Patience = Patience { idle: Duration::from_secs(10), whole: Duration::from_mins(1) };

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

    pub(super) fn within(Patience { idle, whole }: Patience, stream: S) -> Self {
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

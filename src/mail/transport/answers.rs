//! A mail server's answers, as lettre can read them: in UTF-8, and bounded.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The longest line that is read, in bytes; RFC 5321 allows 512.
const LINE: usize = 8 * 1024;
/// How much of a line is kept: lettre takes 1,000 bytes.
const KEPT: usize = 900;
/// The longest answer, in bytes.
const ANSWER: usize = 64 * 1024;

/// A socket that is read line by line. A line that is not in UTF-8 is read lossily (servers answer in Latin-1); a line
/// or an answer without end breaks the connection.
#[derive(Debug)]
pub(super) struct Answers<S> {
    socket: S,
    /// The beginning of a line.
    line: Vec<u8>,
    /// Lines to be read, and how much of them was.
    lines: Vec<u8>,
    read: usize,
    /// The length of the present answer: it begins anew with each command.
    length: usize,
}

impl<S> Answers<S> {
    pub fn of(socket: S) -> Self {
        Self { socket, line: Vec::new(), lines: Vec::new(), read: 0, length: 0 }
    }

    /// For a server that has greeted already: lettre waits for a greeting.
    pub fn after_the_greeting(socket: S) -> Self {
        Self { lines: b"220 \r\n".to_vec(), ..Self::of(socket) }
    }

    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len();
        if self.length > ANSWER {
            return Err(endless("an answer", ANSWER));
        }
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if self.line.len() > LINE {
                return Err(endless("a line", LINE));
            }
            if part.ends_with(b"\n") {
                self.end_line();
            }
        }
        Ok(())
    }

    fn end_line(&mut self) {
        let line = String::from_utf8_lossy(&self.line);
        let line = line.trim_end_matches(['\r', '\n']);
        let kept = line.floor_char_boundary(KEPT);
        self.lines.extend_from_slice(&line.as_bytes()[..kept]);
        // RFC 5321 allows a code without text (4.2), lettre does not.
        self.lines.extend_from_slice(if line.len() == 3 { b" \r\n" } else { b"\r\n" });
        self.line.clear();
    }
}

fn endless(what: &str, most: usize) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{what} of more than {most} bytes"))
}

impl<S: AsyncRead + Unpin> AsyncRead for Answers<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        while self.read == self.lines.len() {
            self.read = 0;
            self.lines.clear();
            let mut bytes = [0; 1024];
            let mut received = ReadBuf::new(&mut bytes);
            ready!(Pin::new(&mut self.socket).poll_read(cx, &mut received))?;
            if received.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
            self.take(received.filled())?;
        }
        let rest = &self.lines[self.read..];
        let length = rest.len().min(buf.remaining());
        buf.put_slice(&rest[..length]);
        self.read += length;
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Answers<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.length = 0;
        Pin::new(&mut self.socket).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

impl<S: AsyncTokioStream> AsyncTokioStream for Answers<S> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.socket.peer_addr()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt as _;

    use super::*;

    async fn read(said: &[u8]) -> io::Result<String> {
        let mut answers = Answers::of(said);
        let mut text = String::new();
        answers.read_to_string(&mut text).await?;
        Ok(text)
    }

    #[tokio::test]
    async fn answers_are_lines_in_utf_8() {
        assert_eq!(read(b"250-a\r\n250 b\r\n").await.unwrap(), "250-a\r\n250 b\r\n");
        assert_eq!(read(b"550 Empf\xe4nger unbekannt\r\n").await.unwrap(), "550 Empf\u{fffd}nger unbekannt\r\n");
        assert_eq!(read("550 Empfänger\n250\n".as_bytes()).await.unwrap(), "550 Empfänger\r\n250 \r\n");
        assert_eq!(read(b"250 cut").await.unwrap(), "");
        let long = read(&[b"550 ".as_slice(), &b"\xe4".repeat(2000), b"\r\n"].concat()).await.unwrap();
        assert!(long.len() <= 902 && long.ends_with("\u{fffd}\r\n"), "{long}");
    }

    #[tokio::test]
    async fn nothing_is_read_without_end() {
        let line = read(&b"250 ".repeat(LINE)).await.unwrap_err();
        assert_eq!(line.to_string(), "a line of more than 8192 bytes");
        let answer = read(&b"250-a\r\n".repeat(ANSWER)).await.unwrap_err();
        assert_eq!(answer.to_string(), "an answer of more than 65536 bytes");
    }
}

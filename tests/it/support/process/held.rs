//! A request held before the end of its body.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};

use serde_json::Value;

use super::Process;

/// How much of the body Rocket reads before it authenticates the request.
const LOOKED_AT: usize = 64;

/// A request that the server has authenticated, while the rest of its body is outstanding.
pub struct Held {
    stream: BufReader<TcpStream>,
    rest: String,
}

impl Process {
    /// Sends a request except the end of its body, and gives the server the time of some other requests to authenticate
    /// it.
    pub fn hold(&self, bearer: &str, method: &str, path: &str, body: &Value) -> Held {
        let body = body.to_string();
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer {bearer}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            body.len()
        )
        .unwrap();
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        assert_eq!(line, "HTTP/1.1 100 Continue\r\n", "{method} {path}");
        stream.read_line(&mut line).unwrap();
        let (begun, rest) = body.split_at(LOOKED_AT.min(body.len() - 1));
        stream.get_mut().write_all(begun.as_bytes()).unwrap();
        let other = self.client();
        (0..5).for_each(|_| assert_eq!(other.get("/sign-in").status, 200));
        Held { stream, rest: rest.to_owned() }
    }
}

impl Held {
    /// Sends the rest; returns status and text of the response.
    pub fn finish(mut self) -> (u16, String) {
        self.stream.get_mut().write_all(self.rest.as_bytes()).unwrap();
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).unwrap();
        let (head, text) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, text.to_owned())
    }
}

//! A fake Slack API inside the test process. It records requests, and responds as configured.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A call of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub path: String,
    pub authorization: String,
    pub body: Value,
}

impl Call {
    pub fn text(&self) -> &str {
        self.body["text"].as_str().unwrap()
    }
}

/// The server's response from now on.
#[derive(Clone, Debug)]
pub enum Says {
    Answer(u16, Value),
    /// None, until configured otherwise.
    Nothing,
}

/// Closes the port and all connections on drop.
pub struct SlackServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    _listener: JoinSet<()>,
}

struct Shared {
    calls: Mutex<Vec<Call>>,
    arrived: watch::Sender<usize>,
    says: watch::Sender<Says>,
}

impl SlackServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            calls: Mutex::default(),
            arrived: watch::Sender::new(0),
            says: watch::Sender::new(Says::Answer(200, json!({ "ok": true }))),
        });
        let mut tasks = JoinSet::new();
        let of_listener = Arc::clone(&shared);
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((socket, _)) = listener.accept().await {
                let shared = Arc::clone(&of_listener);
                // A client that disconnects ends only its own connection.
                connections.spawn(async move { drop(serve(socket, &shared).await) });
            }
        });
        Self { address, shared, _listener: tasks }
    }

    /// The base URL of its methods.
    pub fn url(&self) -> String {
        format!("http://{}/api/", self.address)
    }

    pub fn says(&self, says: Says) {
        self.shared.says.send_replace(says);
    }

    /// Rejects, as Slack does, with 200.
    pub fn refuses(&self, code: &str) {
        self.says(Says::Answer(200, json!({ "ok": false, "error": code })));
    }

    pub fn accepts(&self) {
        self.says(Says::Answer(200, json!({ "ok": true })));
    }

    /// All requests so far.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.calls.lock().unwrap().clone()
    }

    /// All texts so far, in the order of the events.
    pub fn texts(&self) -> Vec<String> {
        self.calls().iter().map(|call| call.text().to_owned()).collect()
    }

    pub async fn wait_for_calls(&self, count: usize) {
        self.shared.arrived.subscribe().wait_for(|arrived| *arrived >= count).await.unwrap();
    }
}

async fn serve(socket: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut socket = BufReader::new(socket);
    loop {
        let mut request = String::new();
        if socket.read_line(&mut request).await? == 0 {
            return Ok(());
        }
        let (mut length, mut authorization) = (0, String::new());
        loop {
            let mut line = String::new();
            socket.read_line(&mut line).await?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "authorization" => value.clone_into(&mut authorization),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        socket.read_exact(&mut body).await?;
        let path = request.split(' ').nth(1).unwrap().to_owned();
        let body = serde_json::from_slice(&body).unwrap();
        shared.calls.lock().unwrap().push(Call { path, authorization, body });
        shared.arrived.send_modify(|arrived| *arrived += 1);

        let mut says = shared.says.subscribe();
        let says = says.wait_for(|says| matches!(says, Says::Answer(..))).await.unwrap().clone();
        let Says::Answer(status, body) = says else { unreachable!() };
        let body = body.to_string();
        let answer = format!(
            "HTTP/1.1 {status} Somehow\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        socket.write_all(answer.as_bytes()).await?;
    }
}

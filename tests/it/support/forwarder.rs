//! A TCP forwarder that a test can close and reopen.

use std::net::SocketAddr;
use std::sync::Mutex;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

pub struct Forwarder {
    url: String,
    address: SocketAddr,
    target: SocketAddr,
    task: Mutex<AbortHandle>,
}

impl Forwarder {
    /// Forwards to the server of a URL.
    pub async fn to(url: &str) -> Self {
        let (before, rest) = url.rsplit_once('@').unwrap();
        let (target, name) = rest.split_once('/').unwrap();
        let target = target.parse().unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = Mutex::new(tokio::spawn(forward(listener, target)).abort_handle());
        Self { url: format!("{before}@{address}/{name}"), address, target, task }
    }

    /// The same URL through this port.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Closes the port and all connections.
    pub fn refuse(&self) {
        self.task.lock().unwrap().abort();
    }

    /// Reopens it.
    pub fn accept(&self) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(self.address).unwrap();
        let listener = socket.listen(64).unwrap();
        *self.task.lock().unwrap() = tokio::spawn(forward(listener, self.target)).abort_handle();
    }
}

async fn forward(listener: TcpListener, target: SocketAddr) {
    // Dropped with this task, which closes the connections.
    let mut connections = JoinSet::new();
    loop {
        let (mut from, _) = listener.accept().await.unwrap();
        connections.spawn(async move {
            if let Ok(mut to) = TcpStream::connect(target).await {
                let _ = copy_bidirectional(&mut from, &mut to).await;
            }
        });
    }
}

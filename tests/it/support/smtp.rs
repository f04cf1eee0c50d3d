//! An SMTP server inside the test process. It records mails, and misbehaves on demand.

mod session;
mod tests;
mod tls;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::timeout;

use self::session::Session;
pub use self::tls::authority;

const PATIENCE: Duration = Duration::from_secs(10);

/// The server's behaviour from now on, on open connections too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behaviour {
    Accept,
    /// The answer to every `RCPT`, for example 550.
    RefuseRecipient(u16, &'static str),
    /// This answer to a command, or `.` for the end of a mail, or `greeting`. Everything else is accepted.
    Answer(&'static str, &'static [u8]),
    /// An answer without end to a command, as in `Answer`. How much was sent is counted.
    AnswerForEver(&'static str, &'static [u8]),
    /// This answer to `RCPT` for addresses that contain this.
    RefuseOnly(&'static str, &'static [u8]),
    /// No answer to `RCPT` for addresses that contain this, until it behaves otherwise.
    StallFor(&'static str),
    /// Offers STARTTLS. Before it, nothing else is accepted.
    RequireStartTls,
    /// TLS from the first byte.
    Tls,
    /// 451 to `DATA`.
    RefuseTemporarily,
    /// Accepts connections and commands without responding, until it behaves otherwise.
    Stall,
    /// Closes instead of responding.
    CloseConnection,
    /// Keeps the mail, and closes instead of acknowledging it.
    TakeAndClose,
    /// 530 to `MAIL` before `AUTH PLAIN` or `AUTH LOGIN`. Both words go into a URL as they are.
    RequireAuth {
        user: &'static str,
        password: &'static str,
    },
}

/// A received mail: the envelope, and the data without dot-stuffing.
#[derive(Clone, Debug)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub data: Vec<u8>,
}

/// Closes the port and all connections on drop.
pub struct SmtpServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// How many mails `next_mail` has returned.
    taken: tokio::sync::Mutex<usize>,
    listener: AbortHandle,
}

struct Shared {
    behaviour: watch::Sender<Behaviour>,
    mails: Mutex<Vec<Received>>,
    /// How clients introduced themselves.
    hellos: Mutex<Vec<String>>,
    /// How many bytes of answers without end were sent.
    endless: AtomicUsize,
    arrived: watch::Sender<usize>,
    /// The number of connections opened so far.
    connections: watch::Sender<usize>,
    /// The number of open connections.
    open: watch::Sender<usize>,
    /// Signals that all connections are to be closed.
    hang_up: watch::Sender<()>,
}

impl SmtpServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            behaviour: watch::Sender::new(Behaviour::Accept),
            mails: Mutex::default(),
            hellos: Mutex::default(),
            endless: AtomicUsize::new(0),
            arrived: watch::Sender::new(0),
            connections: watch::Sender::new(0),
            open: watch::Sender::new(0),
            hang_up: watch::Sender::new(()),
        });
        let listener = tokio::spawn(listen(listener, Arc::clone(&shared))).abort_handle();
        Self { address, shared, taken: tokio::sync::Mutex::new(0), listener }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// With the credentials that the server currently requires.
    pub fn url_with_credentials(&self) -> String {
        let Behaviour::RequireAuth { user, password } = *self.shared.behaviour.borrow() else {
            panic!("the server requires no credentials");
        };
        format!("smtp://{user}:{password}@{}", self.address)
    }

    pub fn set(&self, behaviour: Behaviour) {
        self.shared.behaviour.send_replace(behaviour);
    }

    /// All mails so far, in order of arrival.
    pub fn mails(&self) -> Vec<Received> {
        self.shared.mails.lock().unwrap().clone()
    }

    /// How clients have introduced themselves so far.
    pub fn hellos(&self) -> Vec<String> {
        self.shared.hellos.lock().unwrap().clone()
    }

    /// How many bytes of answers without end were sent so far.
    pub fn endless(&self) -> usize {
        self.shared.endless.load(Ordering::Relaxed)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Waits until this many mails have arrived.
    pub async fn wait_for_mails(&self, count: usize) {
        let mut arrived = self.shared.arrived.subscribe();
        let waited = timeout(PATIENCE, arrived.wait_for(|arrived| *arrived >= count)).await;
        assert!(waited.is_ok(), "no {count} mails within {PATIENCE:?}");
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> usize {
        *self.shared.connections.borrow()
    }

    /// Waits until this many connections were opened.
    pub async fn wait_for_connections(&self, count: usize) {
        let mut connections = self.shared.connections.subscribe();
        let waited = timeout(PATIENCE, connections.wait_for(|opened| *opened >= count)).await;
        assert!(waited.is_ok(), "no {count} connections within {PATIENCE:?}");
    }

    /// Closes all connections; new ones are accepted.
    pub async fn close_connections(&self) {
        self.shared.hang_up.send_replace(());
        let mut open = self.shared.open.subscribe();
        let waited = timeout(PATIENCE, open.wait_for(|open| *open == 0)).await;
        assert!(waited.is_ok(), "connections are open after {PATIENCE:?}");
    }

    /// Waits for the oldest mail that this function has not returned yet.
    pub async fn next_mail(&self) -> Received {
        let mut taken = self.taken.lock().await;
        let mut arrived = self.shared.arrived.subscribe();
        let waited = timeout(PATIENCE, arrived.wait_for(|count| *count > *taken)).await;
        assert!(waited.is_ok(), "no mail within {PATIENCE:?}");
        *taken += 1;
        self.shared.mails.lock().unwrap()[*taken - 1].clone()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// A port that nobody listens on. A bound socket that never listens reserves it while the process lives.
pub async fn dead_port() -> u16 {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let port = socket.local_addr().unwrap().port();
    std::mem::forget(socket);
    port
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    // Aborting this task drops the set, which ends its tasks.
    let mut sessions = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        shared.connections.send_modify(|count| *count += 1);
        shared.open.send_modify(|count| *count += 1);
        let shared = Arc::clone(&shared);
        sessions.spawn(async move {
            let mut hang_up = shared.hang_up.subscribe();
            tokio::select! {
                // A client that disconnects ends its session, which is no fault of the test.
                _ = Session::new(stream, Arc::clone(&shared)).run() => {}
                _ = hang_up.changed() => {}
            }
            shared.open.send_modify(|count| *count -= 1);
        });
    }
}

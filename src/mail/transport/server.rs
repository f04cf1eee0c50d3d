//! A mail server, with a small connection pool.
//!
//! lettre 0.11 writes the body and the final dot separately with Nagle's algorithm on, which delays every mail by 40
//! ms. Hence our own connections with `TCP_NODELAY`, and a pool for them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset, Starttls};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter, ServerInfo};
use tokio::net::{TcpStream, lookup_host};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout};

use super::answers::Answers;
use super::encrypted::Encrypted;
use super::lent::Lent;
use super::refusal::{Step, has_refused, no_tls, not_signed_in, refusal, trouble};
use super::{SendError, temporary};
use crate::config::mail_ca::MailCa;
use crate::config::mail_hello::MailHello;
use crate::config::mail_url::{Encryption, MailUrlError, SmtpUrl};
use crate::mail::message::Composed;
use crate::outbox::reason::{Reason, Why};

/// Maximum number of connections; further calls of [`Transport::send`] wait.
pub const CONNECTIONS: usize = 5;

/// How long an idle connection is kept.
const IDLE: Duration = Duration::from_mins(1);
/// Resolving the server's name, and connecting to each address.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The first answer on a reused connection, which may be dead.
const KEPT_TIMEOUT: Duration = Duration::from_secs(10);
/// A whole mail, including connecting.
const SEND_TIMEOUT: Duration = Duration::from_mins(1);

pub(super) struct Server {
    pub(super) url: SmtpUrl,
    tls: Option<TlsParameters>,
    hello: ClientId,
    slots: Semaphore,
    kept: Mutex<Kept>,
}

/// Idle connections, oldest first.
#[derive(Default)]
struct Kept {
    connections: Vec<(Instant, AsyncSmtpConnection)>,
    /// Whether a task is running that closes them when they expire.
    watched: bool,
}

impl Server {
    pub(super) fn new(url: SmtpUrl, hello: &MailHello, ca: Option<&MailCa>) -> Result<Self, MailUrlError> {
        let tls = if url.encryption == Encryption::None {
            None
        } else {
            let mut tls = TlsParameters::builder(url.host.clone());
            if let Some(ca) = ca {
                tls = tls.add_root_certificate(ca.certificate().clone());
            }
            Some(tls.build().map_err(|_| MailUrlError::NoTls)?)
        };
        Ok(Self { tls, hello: hello.id().clone(), slots: Semaphore::new(CONNECTIONS), kept: Mutex::default(), url })
    }

    pub(super) async fn send(self: &Arc<Self>, message: &Composed) -> Result<(), SendError> {
        let _slot = self.slots.acquire().await.expect("the semaphore is never closed");
        match timeout(SEND_TIMEOUT, self.deliver(message)).await {
            Ok(sent) => sent,
            Err(_) => Err(temporary(Why::ServerTooSlow)),
        }
    }

    async fn deliver(self: &Arc<Self>, message: &Composed) -> Result<(), SendError> {
        let envelope = message.envelope();
        let (mut connection, begun) = self.begin(message).await?;
        let sent = match begun {
            Ok(content) => transfer(&mut connection, envelope, &content).await,
            Err(refused) => Err(refused),
        };
        match sent {
            Ok(()) => {
                self.keep(connection);
                Ok(())
            }
            Err((step, error)) => {
                if has_refused(&error)
                    && let Ok(Ok(_)) = timeout(KEPT_TIMEOUT, connection.command(Rset)).await
                {
                    self.keep(connection);
                }
                Err(refusal(step, &error, envelope))
            }
        }
    }

    /// Sends `MAIL FROM` on a reused connection if one is alive, else on a new one. Returns the content as this server
    /// takes it.
    ///
    /// A failure on a reused connection loses nothing, so it is simply replaced; only the answer on a new one counts.
    async fn begin(
        &self,
        message: &Composed,
    ) -> Result<(AsyncSmtpConnection, Result<Vec<u8>, (Step, smtp::Error)>), SendError> {
        if let Some(mut connection) = self.take_kept() {
            let content = content_for(connection.server_info(), message);
            let mail = mail_command(connection.server_info(), message.envelope(), &content)?;
            if let Ok(Ok(_)) = timeout(KEPT_TIMEOUT, connection.command(mail)).await {
                return Ok((connection, Ok(content)));
            }
        }
        let mut connection = self.connect().await?;
        let content = content_for(connection.server_info(), message);
        let mail = mail_command(connection.server_info(), message.envelope(), &content)?;
        let begun = connection.command(mail).await;
        let begun = begun.map(|_| content).map_err(|error| (Step::Sender, error));
        Ok((connection, begun))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let socket = self.open_socket().await?;
        let mut connection = match (&self.tls, self.url.encryption) {
            (None, _) | (_, Encryption::None) => self.greet(Answers::of(socket)).await?,
            (Some(tls), Encryption::Wrapped) => self.greet(Answers::of(encrypt(socket, tls).await?)).await?,
            (Some(tls), Encryption::Opportunistic | Encryption::Required) => self.start_tls(socket, tls).await?,
        };
        if let Some(credentials) = &self.url.credentials {
            let signed_in = connection.auth(DEFAULT_MECHANISMS, credentials).await;
            signed_in.map_err(|error| not_signed_in(&error))?;
        }
        Ok(connection)
    }

    async fn greet(&self, socket: impl AsyncTokioStream + 'static) -> Result<AsyncSmtpConnection, SendError> {
        let connection = AsyncSmtpConnection::connect_with_transport(Box::new(socket), &self.hello).await;
        connection.map_err(|error| temporary(trouble(Why::ServerTurnedAway, &error)))
    }

    /// STARTTLS, if the server offers it. What it said in clear is forgotten (RFC 3207, 4.2).
    async fn start_tls(&self, socket: TcpStream, tls: &TlsParameters) -> Result<AsyncSmtpConnection, SendError> {
        let socket = Arc::new(socket);
        let mut clear = self.greet(Answers::of(Lent(Arc::clone(&socket)))).await?;
        if !clear.can_starttls() {
            return match self.url.encryption {
                Encryption::Opportunistic => Ok(clear),
                _ => Err(temporary(Why::EncryptionMissing)),
            };
        }
        clear.command(Starttls).await.map_err(|error| no_tls(&error))?;
        drop(clear);
        let socket = Arc::into_inner(socket).ok_or_else(|| temporary(Why::ServerHungUp))?;
        self.greet(Answers::after_the_greeting(encrypt(socket, tls).await?)).await
    }

    async fn open_socket(&self) -> Result<TcpStream, SendError> {
        let host = &self.url.host;
        let unknown = || temporary(Reason::saying(Why::ServerUnknown, host));
        let found = timeout(CONNECT_TIMEOUT, lookup_host((host.as_str(), self.url.port))).await;
        let addresses = found.map_err(|_| unknown())?.map_err(|_| unknown())?;

        let mut failed = unknown();
        for address in addresses {
            let no_answer = |error: &std::io::Error| {
                temporary(Reason::saying(Why::ServerUnreachable, format!("{address}: {error}")))
            };
            match timeout(CONNECT_TIMEOUT, TcpStream::connect(address)).await {
                Ok(Ok(socket)) => match socket.set_nodelay(true) {
                    Ok(()) => return Ok(socket),
                    Err(error) => failed = no_answer(&error),
                },
                Ok(Err(error)) => failed = no_answer(&error),
                Err(_) => failed = temporary(Reason::saying(Why::ServerSilent, address)),
            }
        }
        Err(failed)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing in here can panic half-way.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_kept(&self) -> Option<AsyncSmtpConnection> {
        let (since, connection) = self.kept().connections.pop()?;
        (since.elapsed() < IDLE).then_some(connection)
    }

    fn keep(self: &Arc<Self>, connection: AsyncSmtpConnection) {
        let mut kept = self.kept();
        kept.connections.push((Instant::now(), connection));
        if !kept.watched {
            kept.watched = true;
            tokio::spawn(close_idle(Arc::downgrade(self)));
        }
    }

    /// Takes the expired connections out; also returns when the next one expires.
    fn take_idle(&self) -> (Vec<AsyncSmtpConnection>, Option<Instant>) {
        let mut kept = self.kept();
        let idle = kept.connections.iter().take_while(|(since, _)| since.elapsed() >= IDLE);
        let idle = idle.count();
        let idle = kept.connections.drain(..idle).map(|(_, connection)| connection);
        let idle = idle.collect();
        let next = kept.connections.first().map(|(since, _)| *since + IDLE);
        kept.watched = next.is_some();
        (idle, next)
    }
}

async fn encrypt(socket: TcpStream, tls: &TlsParameters) -> Result<Encrypted, SendError> {
    Encrypted::new(socket, tls.clone()).await.map_err(|error| no_tls(&error))
}

/// Runs as long as connections are kept, without keeping the server alive.
async fn close_idle(server: Weak<Server>) {
    let mut next = Some(Instant::now() + IDLE);
    while let Some(time) = next {
        sleep_until(time).await;
        let Some(server) = server.upgrade() else {
            return;
        };
        let idle;
        (idle, next) = server.take_idle();
        drop(server);
        for mut connection in idle {
            // Closes politely, but does not wait for a server that does not answer.
            let _ = timeout(Duration::from_secs(1), connection.quit()).await;
        }
    }
}

fn content_for(server: &ServerInfo, message: &Composed) -> Vec<u8> {
    message.formatted(server.supports_feature(Extension::EightBitMime))
}

/// `MAIL FROM` with the parameters that the mail needs.
fn mail_command(server: &ServerInfo, envelope: &Envelope, content: &[u8]) -> Result<Mail, SendError> {
    let mut parameters = Vec::new();
    let mut addresses = envelope.to().iter().chain(envelope.from());
    if addresses.any(|address| !address.to_string().is_ascii()) {
        if !server.supports_feature(Extension::SmtpUtfEight) {
            return Err(temporary(Why::ServerAsciiOnly));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !content.is_ascii() && server.supports_feature(Extension::EightBitMime) {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(Mail::new(envelope.from().cloned(), parameters))
}

async fn transfer(
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    content: &[u8],
) -> Result<(), (Step, smtp::Error)> {
    for to in envelope.to() {
        let rcpt = Rcpt::new(to.clone(), Vec::new());
        let taken = connection.command(rcpt).await;
        taken.map_err(|error| (Step::Recipient, error))?;
    }
    let ready = connection.command(Data).await;
    ready.map_err(|error| (Step::Content, error))?;
    let taken = connection.message(content).await;
    taken.map_err(|error| (Step::Content, error))?;
    Ok(())
}

//! Serves recorded responses to a real browser, whoever was signed in and whatever was posted.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::api::Answer;
use super::app::App;

/// `/replay/<n>` is the n-th response, every other path what the installation answers to an anonymous visitor. Closes
/// the port on drop.
pub struct Replay {
    address: SocketAddr,
    _listener: JoinSet<()>,
}

impl Replay {
    pub async fn start(app: Arc<App>, answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let answers = Arc::new(answers);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((socket, _)) = listener.accept().await {
                let (app, answers) = (Arc::clone(&app), Arc::clone(&answers));
                // A client that disconnects ends only its own connection.
                connections.spawn(async move { drop(serve(socket, &app, &answers).await) });
            }
        });
        Self { address, _listener: tasks }
    }

    /// The base URL.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The URL of a recorded response.
    pub fn url(&self, number: usize) -> String {
        format!("{}/replay/{number}", self.origin())
    }
}

async fn serve(socket: TcpStream, app: &App, answers: &[Answer]) -> std::io::Result<()> {
    let mut socket = BufReader::new(socket);
    loop {
        let mut request = String::new();
        if socket.read_line(&mut request).await? == 0 {
            return Ok(());
        }
        let mut header = String::new();
        while socket.read_line(&mut header).await? > 2 {
            header.clear();
        }
        let path = request.split(' ').nth(1).unwrap_or("/");
        let known = path.strip_prefix("/replay/").and_then(|number| answers.get(number.parse::<usize>().ok()?));
        if let Some(answer) = known {
            write(&mut socket, answer.status, &answer.headers, answer.text.as_bytes()).await?;
        } else {
            let response = app.client().get(path.to_owned()).dispatch().await;
            let headers = response.headers().iter();
            let headers: Vec<_> = headers.map(|one| (one.name().to_string(), one.value().to_string())).collect();
            let status = response.status().code;
            let body = response.into_bytes().await.unwrap_or_default();
            write(&mut socket, status, &headers, &body).await?;
        }
    }
}

async fn write(
    socket: &mut BufReader<TcpStream>,
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
) -> std::io::Result<()> {
    // A visitor's cookie would stay in the browser for the next page.
    let is_kept =
        |name: &str| !["content-length", "set-cookie", "location"].contains(&name.to_ascii_lowercase().as_str());
    let kept = headers.iter().filter(|(name, _)| is_kept(name));
    let kept: String = kept.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!("HTTP/1.1 {status} Again\r\nContent-Length: {}\r\n{kept}\r\n", body.len());
    socket.write_all(head.as_bytes()).await?;
    socket.write_all(body).await
}

//! `usher fetch`: takes an environment's values away from a server, for programs. Needs no configuration, and keeps
//! nothing on disk but the file that was asked for.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use clap::Args;
use clap::builder::PossibleValuesParser;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method, RequestBuilder, Response, Url, redirect};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::formats::{Format, Scheme};
use crate::private_file;
use crate::secret::Secret;
use crate::urls;

/// Timeout for each request: AWS' programs wait for a minute.
const PATIENCE: Duration = Duration::from_secs(30);

/// How much of an answer is read, in bytes: a list of 100,000 environments fits.
const LONGEST: usize = 32 * 1024 * 1024;

const NOT_USHERS: &str = "something that is not Usher's";

#[derive(Debug, Args)]
pub struct Fetch {
    /// The environment's id, or its name if that is no number.
    environment: String,
    /// How the values are written.
    #[arg(long, default_value = "json", value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name)))]
    format: String,
    /// Only these secrets, separated by commas: accessKey, secretKey, user, pass.
    #[arg(long, value_delimiter = ',')]
    fields: Option<Vec<String>>,
    /// Put before the name of each variable.
    #[arg(long)]
    prefix: Option<String>,
    /// The section of an AWS profile; defaults to the environment's name.
    #[arg(long)]
    profile: Option<String>,
    /// The scheme of the database's URL.
    #[arg(long, value_parser = PossibleValuesParser::new([Scheme::Mysql.name(), Scheme::Postgres.name()]))]
    scheme: Option<String>,
    /// Why, for the environment's activity.
    #[arg(long)]
    reason: Option<String>,
    /// A file to write, readable by its owner alone, instead of standard output.
    #[arg(long)]
    output: Option<PathBuf>,
    /// The server; defaults to `USHER_URL`.
    #[arg(long)]
    url: Option<String>,
    /// A file with an access token; without it the token is in `USHER_TOKEN`.
    #[arg(long)]
    token_file: Option<PathBuf>,
    /// Send the token to a server without https on another machine.
    #[arg(long)]
    insecure: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("{0}")]
    Usage(String),
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
    #[error("cannot reach {0}: {1}")]
    Unreachable(String, String),
    #[error("the server refused the token: make a new one at /account/tokens")]
    TokenRefused,
    #[error("no environment {0:?}, or you have no access to it")]
    Unknown(String),
    #[error("the server says: {0} (status {1})")]
    Refused(String, u16),
    #[error("standard output: {0}")]
    Output(io::Error),
}

/// Fetches, and writes what it got.
///
/// # Errors
/// [`FetchError`]; then nothing is written.
pub async fn fetch(wanted: Fetch) -> Result<(), FetchError> {
    let server = Server::of(&wanted)?;
    let id = server.id_of(&wanted.environment).await?;
    let answer = server.ask(Method::POST, &format!("api/environments/{id}/reveal"), Some(body(&wanted))).await;
    let text = answer.map_err(|error| match error {
        FetchError::Refused(_, 404) => FetchError::Unknown(wanted.environment.clone()),
        error => error,
    })?;
    if let Some(path) = &wanted.output {
        return private_file::write(path, text.as_bytes()).map_err(|error| at(path, error));
    }
    let line_end = if text.ends_with('\n') { "" } else { "\n" };
    io::stdout().write_all(format!("{text}{line_end}").as_bytes()).map_err(FetchError::Output)
}

fn at(path: &Path, error: io::Error) -> FetchError {
    FetchError::File { path: path.to_owned(), error }
}

fn body(wanted: &Fetch) -> Value {
    let mut body = Map::new();
    let texts = [
        ("format", Some(&wanted.format)),
        ("prefix", wanted.prefix.as_ref()),
        ("profile", wanted.profile.as_ref()),
        ("scheme", wanted.scheme.as_ref()),
        ("reason", wanted.reason.as_ref()),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            body.insert(name.to_owned(), text.as_str().into());
        }
    }
    if let Some(fields) = &wanted.fields {
        body.insert("fields".to_owned(), json!(fields));
    }
    Value::Object(body)
}

/// The server, and the right to ask it.
struct Server {
    base: Url,
    token: Secret,
    http: Client,
}

/// An environment in the list.
#[derive(Deserialize)]
struct Listed {
    id: i64,
    name: String,
}

impl Server {
    fn of(wanted: &Fetch) -> Result<Self, FetchError> {
        let usage = |text: String| FetchError::Usage(text);
        let base = wanted.url.clone().or_else(|| env::var("USHER_URL").ok());
        let base = base.ok_or_else(|| usage("set USHER_URL to the server's address, or give --url".to_owned()))?;
        let mut base =
            urls::without_extras(&base).ok_or_else(|| usage(format!("{base:?} is not a server's address")))?;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let is_safe = base.scheme() == "https" || base.host().is_some_and(|host| urls::is_loopback(&host));
        if !is_safe && !wanted.insecure {
            return Err(usage(format!("{base} has no https: the token could be read on the way; --insecure sends it")));
        }
        // Fails if one is installed already: the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder()
            .user_agent(concat!("usher/", env!("CARGO_PKG_VERSION")))
            .timeout(PATIENCE)
            .redirect(redirect::Policy::none());
        // A proxy would read the token, even on the way to this machine.
        let http = if base.scheme() == "https" { http } else { http.no_proxy() };
        let http =
            http.build().map_err(|error| FetchError::Unreachable(base.to_string(), error.without_url().to_string()))?;
        Ok(Self { base, token: token(wanted.token_file.as_deref())?, http })
    }

    /// The id of an environment by id or name.
    async fn id_of(&self, environment: &str) -> Result<i64, FetchError> {
        if let Ok(id) = environment.parse() {
            return Ok(id);
        }
        let listed = self.ask(Method::GET, "api/environments", None).await?;
        let unclear = |_| FetchError::Refused("the answer is no list of environments".to_owned(), 200);
        let listed: Vec<Listed> = serde_json::from_str(&listed).map_err(unclear)?;
        let found = listed.into_iter().find(|listed| listed.name.eq_ignore_ascii_case(environment));
        found.map(|listed| listed.id).ok_or_else(|| FetchError::Unknown(environment.to_owned()))
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<String, FetchError> {
        let unreachable = |error: reqwest::Error| {
            let why = if error.is_timeout() { "it takes too long".to_owned() } else { causes(&error.without_url()) };
            FetchError::Unreachable(self.base.to_string(), why)
        };
        let url = self.base.join(path).map_err(|error| FetchError::Usage(error.to_string()))?;
        let request = self.http.request(method, url).bearer_auth(self.token.expose());
        let request = body.iter().fold(request, RequestBuilder::json);
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        // What stands between may answer by a page of its own.
        let is_page = response.headers().get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/html"));
        let not_ushers = || FetchError::Refused(NOT_USHERS.to_owned(), status.as_u16());
        let text = read(response).await.map_err(unreachable)?.filter(|_| !is_page).ok_or_else(not_ushers)?;
        if status.is_success() {
            return Ok(text);
        }
        match (status.as_u16(), said(&text)) {
            (401 | 403, said) if said == "login required" => Err(FetchError::TokenRefused),
            (401, _) => Err(FetchError::Refused("you have no access to this environment".to_owned(), 401)),
            (status, said) => Err(FetchError::Refused(said, status)),
        }
    }
}

/// `None`: it is longer than any answer of Usher's.
async fn read(mut response: Response) -> Result<Option<String>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await? {
        if body.len() + part.len() > LONGEST {
            return Ok(None);
        }
        body.extend_from_slice(&part);
    }
    Ok(String::from_utf8(body).ok())
}

/// What went wrong, down to its cause: a refused connection, an unknown host.
fn causes(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}

/// The server's words, without what is no text of its own.
fn said(text: &str) -> String {
    let answer: Value = serde_json::from_str(text).unwrap_or_default();
    let faults = answer.as_array().map_or(std::slice::from_ref(&answer), Vec::as_slice);
    let said: Vec<&str> = faults.iter().filter_map(|fault| fault["message"].as_str()).collect();
    if said.is_empty() { NOT_USHERS.to_owned() } else { said.join("; ") }
}

fn token(file: Option<&Path>) -> Result<Secret, FetchError> {
    let token = match file {
        Some(path) => fs::read_to_string(path).map_err(|error| at(path, error))?,
        None => env::var("USHER_TOKEN")
            .map_err(|_| FetchError::Usage("set USHER_TOKEN to an access token, or give --token-file".to_owned()))?,
    };
    let token = token.trim();
    if token.is_empty() || token.contains(|c: char| !c.is_ascii_graphic()) {
        return Err(FetchError::Usage("the access token is not one".to_owned()));
    }
    Ok(Secret::from(token.to_owned()))
}

//! Compresses pages whose length cannot leak a secret.
//!
//! If a page holds a secret next to text that an attacker chooses, the length of the encrypted response lets the
//! attacker guess the secret piece by piece (BREACH). So these stay uncompressed:
//!
//! - responses to forms: only they show revealed credentials, copied links and new tokens;
//! - pages under a secret link, which repeat it in their forms;
//! - cross-site requests;
//! - JSON, which carries secrets to programs.
//!
//! The CSRF token in forms differs on every page ([`super::csrf`]). A sign-in page that leads back to a link (`next`)
//! repeats a secret too, but requesting it takes knowing the secret.

mod accepted;

use std::io::{self, Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{ContentType, Header, Method};
use rocket::{Request, Response};

/// Bytes. Anything shorter fits into one packet anyway.
const LEAST: usize = 1024;

/// Most of the gain for little time: a user is waiting.
const OF_PAGES: u32 = 4;

/// The compressed text; `None` if compression does not pay.
pub fn compressed_once(text: &[u8]) -> Option<Vec<u8>> {
    (text.len() >= LEAST).then(|| gzip(text, Compression::best()).ok()).flatten().filter(|less| less.len() < text.len())
}

/// Whether the client accepts gzip.
pub fn is_readable(request: &Request<'_>) -> bool {
    accepted::gzip(request.headers().get("Accept-Encoding"))
}

/// Marks a response as compressed.
pub fn mark(response: &mut Response<'_>) {
    response.set_header(Header::new("Content-Encoding", "gzip"));
}

/// Marks a response as depending on `Accept-Encoding`.
pub fn vary(response: &mut Response<'_>) {
    let also = response.headers().get_one("Vary").map(|also| format!("{also}, ")).unwrap_or_default();
    response.set_header(Header::new("Vary", format!("{also}Accept-Encoding")));
}

pub struct Pages;

#[rocket::async_trait]
impl Fairing for Pages {
    fn info(&self) -> Info {
        Info { name: "compression", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        if response.content_type() != Some(ContentType::HTML) || may_hold_a_secret(request) {
            return;
        }
        vary(response);
        if !is_readable(request) || is_for_another_site(request) {
            return;
        }
        if let Err(error) = compress(response).await {
            tracing::error!(%error, "a page could not be compressed");
        }
    }
}

fn may_hold_a_secret(request: &Request<'_>) -> bool {
    !matches!(request.method(), Method::Get | Method::Head)
        || request.route().is_some_and(|route| route.uri.path().contains("<token>"))
}

/// Every current browser sends `Sec-Fetch-Site`; a client that does not is not a browser under attack.
fn is_for_another_site(request: &Request<'_>) -> bool {
    request.headers().get("Sec-Fetch-Site").any(|site| site != "same-origin" && site != "none")
}

async fn compress(response: &mut Response<'_>) -> io::Result<()> {
    // A body without a size is streamed and must not be buffered.
    if response.body_mut().size().await.is_none_or(|size| size < LEAST) {
        return Ok(());
    }
    let page = response.body_mut().to_bytes().await?;
    let compressed = gzip(&page, Compression::new(OF_PAGES))?;
    mark(response);
    response.set_sized_body(compressed.len(), Cursor::new(compressed));
    Ok(())
}

fn gzip(text: &[u8], level: Compression) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 3), level);
    encoder.write_all(text)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rocket::async_test]
    async fn what_is_shorter_than_it_pays_stays_as_it_is() {
        for (length, is_compressed) in [(LEAST - 1, false), (LEAST, true)] {
            let mut response = Response::build().sized_body(length, Cursor::new(vec![b'a'; length])).finalize();
            compress(&mut response).await.unwrap();
            assert_eq!(response.headers().contains("Content-Encoding"), is_compressed, "{length}");
        }
    }
}

//! Static files, compiled into the program. File names contain a content fingerprint, so browsers may cache them
//! forever.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use rocket::http::{ContentType, Header};
use rocket::response::{self, Responder, Response};
use rocket::{Request, Route, State, get, routes};
use sha2::{Digest, Sha256};

use super::compression;
use crate::ids::hex;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The static files by served name.
pub struct Assets {
    by_name: HashMap<String, Asset>,
}

#[derive(Clone)]
struct Asset {
    content: Arc<[u8]>,
    /// Compressed at start; `None` if that saves nothing.
    compressed: Option<Arc<[u8]>>,
    content_type: ContentType,
    cache: &'static str,
}

const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const FOR_A_WHILE: &str = "public, max-age=300";

impl Assets {
    pub fn new() -> Self {
        let mut by_name = HashMap::new();
        for file in FILES.files() {
            let Some(name) = file.path().to_str() else { continue };
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            let content = served(extension, file.contents());
            let asset = Asset {
                compressed: compression::compressed_once(&content).map(Arc::from),
                content,
                content_type: ContentType::from_extension(extension).unwrap_or(ContentType::Binary),
                cache: FOR_GOOD,
            };
            by_name.insert(fingerprinted(name, file.contents()), asset.clone());
            by_name.insert(name.to_owned(), Asset { cache: FOR_A_WHILE, ..asset });
        }
        Self { by_name }
    }
}

/// A stylesheet or script without comments and indentation, anything else as it is.
fn served(extension: &str, content: &'static [u8]) -> Arc<[u8]> {
    let text = str::from_utf8(content).unwrap_or_default();
    let smaller = match extension {
        "css" => minifier::css::minify(text).ok().map(|minified| minified.to_string()),
        "js" => Some(without_comment_lines(text)),
        _ => None,
    };
    smaller.map_or_else(|| content.into(), |text| text.into_bytes().into())
}

/// Our script has no texts of several lines.
fn without_comment_lines(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The cacheable URL of a static file; `None` if there is no such file.
pub fn url(name: &str) -> Option<String> {
    let file = FILES.get_file(name)?;
    Some(format!("/static/{}", fingerprinted(name, file.contents())))
}

fn fingerprinted(name: &str, content: &[u8]) -> String {
    let fingerprint = hex(&Sha256::digest(content)[..5]);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{fingerprint}.{extension}"),
        None => format!("{name}-{fingerprint}"),
    }
}

impl<'r> Responder<'r, 'static> for Asset {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::new();
        response.set_header(self.content_type);
        response.set_header(Header::new("Cache-Control", self.cache));
        if self.compressed.is_some() {
            compression::vary(&mut response);
        }
        match self.compressed.filter(|_| compression::is_readable(request)) {
            Some(compressed) => {
                compression::mark(&mut response);
                response.set_sized_body(compressed.len(), Cursor::new(compressed));
            }
            None => response.set_sized_body(self.content.len(), Cursor::new(self.content)),
        }
        Ok(response)
    }
}

#[get("/<name>")]
fn file(name: &str, assets: &State<Assets>) -> Option<Asset> {
    assets.by_name.get(name).cloned()
}

pub fn routes() -> Vec<Route> {
    routes![file]
}

//! Static files, carried by the program. Each has a name that changes with its content, so that browsers may
//! keep it for good.

use std::collections::HashMap;

use include_dir::{Dir, include_dir};
use rocket::http::{ContentType, Header};
use rocket::{Responder, Route, State, get, routes};
use sha2::{Digest, Sha256};

use crate::ids::hex;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The static files by the names under which they are served.
pub struct Assets {
    by_name: HashMap<String, Asset>,
}

#[derive(Clone)]
struct Asset {
    content: &'static [u8],
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
            let asset = Asset {
                content: file.contents(),
                content_type: ContentType::from_extension(extension).unwrap_or(ContentType::Binary),
                cache: FOR_GOOD,
            };
            by_name.insert(fingerprinted(name, file.contents()), asset.clone());
            by_name.insert(name.to_owned(), Asset { cache: FOR_A_WHILE, ..asset });
        }
        Self { by_name }
    }
}

/// The URL under which a static file is kept for good; `None` when there is no such file.
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

#[derive(Responder)]
struct Served {
    content: &'static [u8],
    content_type: ContentType,
    cache: Header<'static>,
}

#[get("/<name>")]
fn file(name: &str, assets: &State<Assets>) -> Option<Served> {
    let asset = assets.by_name.get(name)?;
    Some(Served {
        content: asset.content,
        content_type: asset.content_type.clone(),
        cache: Header::new("Cache-Control", asset.cache),
    })
}

pub fn routes() -> Vec<Route> {
    routes![file]
}

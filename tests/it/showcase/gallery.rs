//! Makes `docs/gallery`: a picture of every page of the showcase, wide and light, narrow and dark.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::audit::{Stage, WIDE};
use crate::support::chromium::{Chromium, NARROW, Scheme, Scripts};

/// A longer page is cut off; nobody looks at fifty rows twice.
const HEIGHT: u64 = 1400;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "writes docs/gallery; cargo test --test it gallery -- --ignored"]
async fn gallery() {
    let chromium = Chromium::find().expect("the gallery needs Chromium");
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pictures = docs.join("gallery");
    let _ = fs::remove_dir_all(&pictures);
    fs::create_dir_all(&pictures).unwrap();
    let stage = Stage::set().await;
    let window = chromium.browser("gallery", Scripts::On).await;
    let mut text = String::from(HEAD);
    let mut last = "";
    let mut pages: Vec<_> = stage.pages.iter().enumerate().collect();
    pages.sort_by_key(|(_, (name, ..))| area(name));
    for (number, (name, about, _)) in pages {
        if area(name) != last {
            last = area(name);
            writeln!(text, "\n## {last}").unwrap();
        }
        let file = file_name(name);
        window.prefer(Scheme::Light).await;
        window.resize(WIDE).await;
        window.open(&stage.replay.url(number)).await;
        fs::write(pictures.join(format!("{file}.webp")), window.picture(HEIGHT).await).unwrap();
        window.prefer(Scheme::Dark).await;
        window.resize(NARROW).await;
        fs::write(pictures.join(format!("{file}-phone.webp")), window.picture(HEIGHT).await).unwrap();
        write!(
            text,
            "\n### {name}\n\n{about}\n\n<img src=\"gallery/{file}.webp\" width=\"70%\" alt=\"{name}, wide and light\"> \
             <img src=\"gallery/{file}-phone.webp\" width=\"25%\" alt=\"{name}, narrow and dark\">\n"
        )
        .unwrap();
    }
    fs::write(docs.join("gallery.md"), text).unwrap();
    window.close().await;
}

const HEAD: &str = "# Every page, in its states\n\n\
    Made by `cargo test --test it gallery -- --ignored` from the pages that the tests hold (`tests/it/showcase`); it needs Chromium.\n\
    Left: a wide window, light. Right: a phone, dark. Long pages are cut off.\n";

/// The folder of the template, or the template itself where it is in none.
fn area(name: &str) -> &str {
    name.split(['/', ':']).next().unwrap()
}

/// `environments/sharing: many` becomes `environments-sharing-many`.
fn file_name(name: &str) -> String {
    let parts = name.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

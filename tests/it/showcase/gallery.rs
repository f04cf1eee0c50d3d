//! Makes `docs/gallery`: a picture of every page of the showcase, wide and light, narrow and dark.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::Showcase;
use super::audit::{Stage, WIDE};
use crate::support::chromium::{Chromium, NARROW, Scheme, Window};

/// A longer page is cut off; nobody looks at fifty rows twice.
const HEIGHT: u64 = 1000;

/// Of the wide pictures: nobody has the room for more beside the narrow one.
const SMALLER: f64 = 0.75;

/// As wide as many mail programs show a mail.
const MAIL: u64 = 680;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "writes docs/gallery; cargo test --test it gallery -- --ignored"]
async fn gallery() {
    let chromium = Chromium::find().expect("the gallery needs Chromium");
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pictures = docs.join("gallery");
    let _ = fs::remove_dir_all(&pictures);
    fs::create_dir_all(&pictures).unwrap();
    let stage = Stage::of(Showcase::build().await).await;
    let mut gallery = Gallery { window: chromium.observer("gallery").await, pictures, text: HEAD.to_owned() };
    let mut last = "";
    let mut pages: Vec<_> = stage.pages.iter().enumerate().collect();
    pages.sort_by_key(|(_, (name, ..))| area(name));
    for (number, (name, about, _)) in pages {
        if area(name) != last {
            last = area(name);
            writeln!(gallery.text, "\n## {last}").unwrap();
        }
        gallery.hang(name, about, &stage.replay.url(number), WIDE).await;
    }

    writeln!(gallery.text, "\n## Mails").unwrap();
    gallery.window.open(&format!("{}/design/mails", stage.replay.origin())).await;
    for preview in gallery.window.all("td:first-child a", "href").await {
        gallery.window.open(&preview).await;
        let kind = preview.rsplit('/').next().unwrap().split('?').next().unwrap();
        for (number, mail) in gallery.window.all("iframe", "src").await.into_iter().enumerate() {
            gallery.hang(&format!("mail: {kind} {}", number + 1), "", &mail, MAIL).await;
            gallery.window.open(&preview).await;
        }
    }
    fs::write(docs.join("gallery.md"), &gallery.text).unwrap();
    gallery.window.close().await;
}

struct Gallery {
    window: Window,
    pictures: PathBuf,
    /// What is in it, in Markdown.
    text: String,
}

impl Gallery {
    async fn hang(&mut self, name: &str, about: &str, url: &str, width: u64) {
        let file = file_name(name);
        self.window.prefer(Scheme::Light).await;
        self.window.resize(width).await;
        self.window.open(url).await;
        fs::write(self.pictures.join(format!("{file}.webp")), self.window.picture(HEIGHT, SMALLER).await).unwrap();
        self.window.prefer(Scheme::Dark).await;
        self.window.resize(NARROW).await;
        fs::write(self.pictures.join(format!("{file}-phone.webp")), self.window.picture(HEIGHT, 1.0).await).unwrap();
        write!(
            self.text,
            "\n### {name}\n\n{about}\n\n<img src=\"gallery/{file}.webp\" width=\"70%\" alt=\"{name}, wide and light\"> \
             <img src=\"gallery/{file}-phone.webp\" width=\"25%\" alt=\"{name}, narrow and dark\">\n"
        )
        .unwrap();
    }
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

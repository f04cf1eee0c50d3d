//! Creates `gallery`, which git ignores: a picture of every page of the showcase and of every mail, wide and light,
//! narrow and dark. A few of them are in `docs`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::Showcase;
use super::audit::{Stage, WIDE};
use super::checks::here;
use crate::support::chromium::{Chromium, NARROW, Scheme, Window};

/// Longer pages are cut off.
const HEIGHT: u64 = 1000;

/// Width of the wide pictures, to fit beside the narrow ones.
const SMALLER: f64 = 0.75;

/// A usual width of mails.
const MAIL: u64 = 680;

/// Suffix of pictures in a narrow window.
const PHONE: &str = "-phone";

/// The pictures of `docs/pictures.md`, with captions. At most twenty: git keeps every version.
const SHOWN: [(&str, &str); 14] = [
    ("home-busy", "The start page"),
    ("environments-sharing-some", "Who has access to an environment, and who is invited"),
    ("mail-invitation-1", "The mail that invites"),
    ("invitations-show-ready", "What the link in it opens"),
    ("invitations-show-newcomer-phone", "The same for somebody without an account, on a phone"),
    ("environments-show-revealed", "The credentials of an environment"),
    ("places-activity-some", "What happened in an environment"),
    ("orgs-members-some", "The members of an org"),
    ("orgs-roles-some", "Its roles and permissions"),
    ("users-show-some", "A user, as a superuser sees them"),
    ("account-profile-two-addresses", "One's own account"),
    ("home-busy-german", "The start page in German"),
    ("environments-sharing-some-phone", "Sharing on a phone, in the dark"),
    ("mail-invitation-1-phone", "The mail on a phone, in the dark"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "writes gallery and docs; cargo test --test it gallery -- --ignored"]
async fn gallery() {
    let chromium = Chromium::find().expect("the gallery needs Chromium");
    let mut gallery = Gallery::empty(chromium.observer("gallery").await);
    let stage = Stage::of(Showcase::build().await).await;
    let mut last = "";
    let mut pages: Vec<_> = stage.pages.iter().enumerate().collect();
    pages.sort_by_key(|(_, (name, ..))| area(name));
    for (number, (name, about, _)) in pages {
        if area(name) != last {
            last = area(name);
            writeln!(gallery.index, "<h2>{last}</h2>").unwrap();
        }
        gallery.hang(name, about, &stage.replay.url(number), WIDE).await;
    }

    writeln!(gallery.index, "<h2>Mails</h2>").unwrap();
    gallery.window.open(&format!("{}/design/mails", stage.replay.origin())).await;
    for preview in gallery.window.all("td:first-child a", "href").await {
        gallery.window.open(&preview).await;
        let kind = preview.rsplit('/').next().unwrap().split('?').next().unwrap();
        for (number, mail) in gallery.window.all("iframe", "src").await.into_iter().enumerate() {
            gallery.hang(&format!("mail: {kind} {}", number + 1), "", &mail, MAIL).await;
            gallery.window.open(&preview).await;
        }
    }
    gallery.finish().await;
}

#[test]
fn the_docs_show_the_pictures_that_the_gallery_makes() {
    assert!(SHOWN.len() <= 20);
    let shown: BTreeSet<String> = SHOWN.iter().map(|(file, _)| format!("{file}.webp")).collect();
    let there = fs::read_dir(here("docs/pictures")).unwrap();
    let there: BTreeSet<String> = there.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(there, shown);
    assert_eq!(fs::read_to_string(here("docs/pictures.md")).unwrap(), page_of_the_docs());
    let readme = fs::read_to_string(here("README.md")).unwrap();
    for picture in readme.split("docs/pictures/").skip(1) {
        assert!(shown.contains(picture.split(')').next().unwrap()), "README shows {picture:.60}");
    }
}

struct Gallery {
    window: Window,
    folder: PathBuf,
    /// Its index, in HTML.
    index: String,
    /// The pictures for the docs so far.
    made: BTreeSet<&'static str>,
}

impl Gallery {
    fn empty(window: Window) -> Self {
        let folder = here("gallery");
        for folder in [&folder, &here("docs/pictures")] {
            let _ = fs::remove_dir_all(folder);
            fs::create_dir_all(folder).unwrap();
        }
        Self { window, folder, index: HEAD.to_owned(), made: BTreeSet::new() }
    }

    async fn hang(&mut self, name: &str, about: &str, url: &str, width: u64) {
        let file = file_name(name);
        self.window.prefer(Scheme::Light).await;
        self.window.resize(width).await;
        self.window.open(url).await;
        self.write(&file, &self.window.picture(HEIGHT, SMALLER).await);
        self.window.prefer(Scheme::Dark).await;
        self.window.resize(NARROW).await;
        self.write(&format!("{file}{PHONE}"), &self.window.picture(HEIGHT, 1.0).await);
        writeln!(
            self.index,
            "<h3>{name}</h3>\n<p>{about}</p>\n<img src=\"{file}.webp\" alt=\"wide and light\"> \
             <img src=\"{file}{PHONE}.webp\" alt=\"narrow and dark\">"
        )
        .unwrap();
    }

    fn write(&mut self, file: &str, picture: &[u8]) {
        let write = |folder: &Path| fs::write(folder.join(format!("{file}.webp")), picture).unwrap();
        write(&self.folder);
        if let Some((shown, _)) = SHOWN.iter().find(|(shown, _)| *shown == file) {
            write(&here("docs/pictures"));
            self.made.insert(shown);
        }
    }

    async fn finish(self) {
        fs::write(self.folder.join("index.html"), &self.index).unwrap();
        fs::write(here("docs/pictures.md"), page_of_the_docs()).unwrap();
        self.window.close().await;
        assert_eq!(self.made, SHOWN.iter().map(|(file, _)| *file).collect(), "no page has this name any more");
    }
}

const HEAD: &str = "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Every page, in its states</title>\n\
    <style>body { font-family: system-ui; margin: 2rem } img { vertical-align: top; border: 1px solid #ccc }</style>\n\
    <h1>Every page, in its states</h1>\n\
    <p>Left: a wide window, light. Right: a phone, dark. Long pages are cut off.</p>\n";

fn page_of_the_docs() -> String {
    let mut text = "# How it looks\n\n\
        Made by `cargo test --test it gallery -- --ignored`, which makes pictures of all pages and mails in all their \
        states, too.\nLong pages are cut off.\n"
        .to_owned();
    for (file, about) in SHOWN {
        write!(text, "\n## {about}\n\n![{about}](pictures/{file}.webp)\n").unwrap();
    }
    text
}

/// The template's folder, or the template itself if it is in none.
fn area(name: &str) -> &str {
    name.split(['/', ':']).next().unwrap()
}

/// `environments/sharing: many` becomes `environments-sharing-many`.
fn file_name(name: &str) -> String {
    let parts = name.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

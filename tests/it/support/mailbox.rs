//! Mails as the recipient sees them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

use mail_parser::MessageParser;

/// The folder of mails.
pub struct Mailbox {
    dir: PathBuf,
    seen: Mutex<BTreeSet<PathBuf>>,
}

/// A mail.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    pub from: String,
    /// The sender's name.
    pub from_name: Option<String>,
    /// The addresses that answers go to.
    pub reply_to: Vec<String>,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub message_id: String,
    pub raw: String,
}

impl Mailbox {
    pub fn at(dir: PathBuf) -> Self {
        Self { dir, seen: Mutex::default() }
    }

    /// The mails since the last call, oldest first.
    pub fn new_mails(&self) -> Vec<Mail> {
        let Ok(entries) = std::fs::read_dir(&self.dir) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
        paths.sort();
        let mut seen = self.seen.lock().unwrap();
        paths
            .into_iter()
            .filter(|path| seen.insert(path.clone()))
            .map(|path| Mail::parse(&std::fs::read(path).unwrap()))
            .collect()
    }
}

impl Mail {
    pub fn parse(raw: &[u8]) -> Self {
        let message = MessageParser::default().parse(raw).unwrap();
        let address = |addresses: Option<&mail_parser::Address<'_>>| {
            addresses.unwrap().first().unwrap().address.as_ref().unwrap().to_string()
        };
        Self {
            to: address(message.to()),
            from: address(message.from()),
            from_name: message.from().and_then(|from| from.first()?.name.as_ref().map(ToString::to_string)),
            reply_to: message
                .reply_to()
                .into_iter()
                .flat_map(|all| all.iter().filter_map(|one| one.address.as_ref().map(ToString::to_string)))
                .collect(),
            subject: message.subject().unwrap().to_owned(),
            text: message.body_text(0).unwrap().into_owned(),
            html: message.body_html(0).unwrap().into_owned(),
            message_id: message.message_id().unwrap().to_owned(),
            raw: String::from_utf8_lossy(raw).into_owned(),
        }
    }

    /// Whether the text part contains a text, ignoring line breaks.
    pub fn says(&self, words: &str) -> bool {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        flat(&self.text).contains(&flat(words))
    }

    /// The only URL of the text part, as a path of this host.
    #[track_caller]
    pub fn link(&self) -> String {
        let urls = urls(&self.text);
        assert_eq!(urls.len(), 1, "expected one URL: {}", self.text);
        urls[0].strip_prefix("http://127.0.0.1:8000").unwrap_or_else(|| panic!("a foreign URL: {urls:?}")).to_owned()
    }

    /// The last segment of the link's path.
    #[track_caller]
    pub fn token(&self) -> String {
        self.link().rsplit('/').next().unwrap().to_owned()
    }

    /// The code.
    #[track_caller]
    pub fn code(&self) -> String {
        let (_, code) = self.text.split_once("type this code: ").unwrap_or_else(|| panic!("no code: {}", self.text));
        code.split_whitespace().next().unwrap().to_owned()
    }
}

/// The distinct URLs in a text.
pub fn urls(text: &str) -> Vec<String> {
    let mut urls: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "\"'<>".contains(c)) {
        if word.contains("://") && !urls.iter().any(|known| known == word) {
            urls.push(word.to_owned());
        }
    }
    urls
}

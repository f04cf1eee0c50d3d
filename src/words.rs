//! The words of pages and mails, in every language: the catalogue in `locales`, one folder a language, in the syntax of
//! Fluent (<https://projectfluent.org/fluent/guide/>).
//!
//! Whoever makes a page names its words by their keys ([`Text`]); the language is chosen when the page is rendered
//! ([`speaking`]). English is complete; what another language lacks is said in English.

mod catalogue;
mod functions;
mod language;

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

pub use catalogue::say;
pub use functions::register;
pub use language::Language;

/// Words by their key, with what fills their gaps: a number, a text, other words or a list of them each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Text {
    key: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    args: BTreeMap<&'static str, Value>,
}

impl Text {
    /// Words without gaps.
    pub const fn of(key: &'static str) -> Self {
        Self { key, args: BTreeMap::new() }
    }

    /// Fills a gap.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args.insert(name, value.into());
        self
    }

    /// The words in a language.
    pub fn in_language(&self, language: Language) -> String {
        say(language, self.key, self.args.iter().map(|(name, value)| (*name, value)))
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        serde_json::json!(text)
    }
}

impl From<&'static str> for Text {
    fn from(key: &'static str) -> Self {
        Self::of(key)
    }
}

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// Does something (the rendering of a template, which awaits nothing) in a language.
pub fn speaking<T>(language: Language, rendering: impl FnOnce() -> T) -> T {
    /// Also after a panic the thread goes on with what it spoke before.
    struct Before(Language);

    impl Drop for Before {
        fn drop(&mut self) {
            SPOKEN.set(self.0);
        }
    }

    let _before = Before(SPOKEN.replace(language));
    rendering()
}

/// The language of what is being rendered.
fn spoken() -> Language {
    SPOKEN.get()
}

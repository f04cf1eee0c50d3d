//! The messages of pages and mails: the catalogue in `locales`, one folder per language, in Fluent
//! (<https://projectfluent.org/fluent/guide/>).
//!
//! Handlers name messages by their keys ([`Text`]); the language is chosen when the page is rendered ([`speaking`]).
//! English is complete, and the fallback of the other languages.

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

/// A message by its key, with its arguments: a number, a string, other messages or a list of them each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Text {
    key: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    args: BTreeMap<&'static str, Value>,
}

impl Text {
    /// A message without arguments.
    pub const fn of(key: &'static str) -> Self {
        Self { key, args: BTreeMap::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args.insert(name, value.into());
        self
    }

    /// Formats the message.
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

/// Renders a template in a language. Thread-local: `rendering` must not await.
pub fn speaking<T>(language: Language, rendering: impl FnOnce() -> T) -> T {
    /// Restores the thread's language, also after a panic.
    struct Before(Language);

    impl Drop for Before {
        fn drop(&mut self) {
            SPOKEN.set(self.0);
        }
    }

    let _before = Before(SPOKEN.replace(language));
    rendering()
}

/// The language being rendered.
fn spoken() -> Language {
    SPOKEN.get()
}

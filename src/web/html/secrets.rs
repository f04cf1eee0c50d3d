//! Secrets of environments by name, and what people know of them.

use serde::Serialize;
use serde_json::Value;

#[cfg(test)]
use super::Sample;
use super::times::Time;
use crate::clock::Timestamp;
use crate::store::secrets::Field;
use crate::store::sightings::{Known, Way};
use crate::words::Text;

/// What a secret is called.
pub(super) fn secret(field: Field) -> Text {
    Text::of(match field {
        Field::AccessKey => "secret-access-key",
        Field::SecretKey => "secret-secret-key",
        Field::DbUser => "secret-db-user",
        Field::DbPass => "secret-db-pass",
    })
}

/// The names of secrets.
pub(super) fn secrets(fields: impl IntoIterator<Item = Field>) -> Value {
    fields.into_iter().map(secret).collect::<Vec<_>>().into()
}

/// What whoever knows a secret is called; the account may be gone.
pub(super) fn called(known: &Known) -> &str {
    match (known.user_name.as_str(), &known.address) {
        ("", Some(address)) => address,
        (name, _) => name,
    }
}

/// How somebody came to know a secret.
fn way(way: Way) -> Text {
    Text::of(match way {
        Way::Page => "known-by-page",
        Way::Json => "known-by-json",
        Way::Accept => "known-by-accept",
        Way::Keys => "known-by-keys",
        Way::Export => "known-by-export",
        Way::Entered => "known-by-entered",
        Way::Event => "known-by-event",
    })
}

/// Secrets that somebody saw at the same time in the same way, for `macros/secrets.html`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct KnownItem {
    what: Text,
    seen: Time,
}

impl KnownItem {
    /// What one person knows of one environment.
    pub fn all(known: &[Known], now: Timestamp) -> Vec<Self> {
        let seen_together = |known: &Known| (known.last_at, known.way, known.is_certain);
        let mut sorted: Vec<&Known> = known.iter().collect();
        sorted.sort_by_key(|known| known.field);
        let mut items: Vec<(&Known, Vec<Field>)> = Vec::new();
        for one in sorted {
            match items.iter_mut().find(|(first, _)| seen_together(first) == seen_together(one)) {
                Some((_, fields)) => fields.push(one.field),
                None => items.push((one, vec![one.field])),
            }
        }
        items.into_iter().map(|(first, fields)| Self::of(first, fields, now)).collect()
    }

    fn of(known: &Known, fields: Vec<Field>, now: Timestamp) -> Self {
        let what = Text::of(if known.is_certain { "known-item" } else { "known-item-perhaps" });
        let what = what.with("secrets", secrets(fields)).with("way", way(known.way));
        Self { what, seen: Time::new(known.last_at, now) }
    }
}

/// Whose knowledge a page is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whose<'a> {
    /// Somebody's, by name.
    Of(&'a str),
    /// The visitor's.
    Yours,
    /// The visitor's, who goes on having access.
    YoursStill,
}

impl Whose<'_> {
    /// What the list below is about, or that there is none.
    fn about(self, is_empty: bool) -> Text {
        match (self, is_empty) {
            (Self::Of(name), false) => Text::of("known-of").with("name", name),
            (Self::Of(name), true) => Text::of("known-of-none").with("name", name),
            (Self::Yours, false) => Text::of("known-yours"),
            (Self::YoursStill, false) => Text::of("known-yours-still"),
            (Self::Yours | Self::YoursStill, true) => Text::of("known-yours-none"),
        }
    }
}

/// What somebody knows of an environment, on a page that asks before their access changes.
#[derive(Clone, Debug, Serialize)]
pub(super) struct KnownView {
    about: Text,
    items: Vec<KnownItem>,
    /// The secrets that they do not know.
    unseen: Option<Text>,
}

impl KnownView {
    pub fn of(known: &[Known], whose: Whose<'_>, now: Timestamp) -> Self {
        let unseen: Vec<Field> =
            Field::ALL.into_iter().filter(|field| known.iter().all(|known| known.field != *field)).collect();
        Self {
            about: whose.about(known.is_empty()),
            items: KnownItem::all(known, now),
            unseen: (!unseen.is_empty() && !known.is_empty())
                .then(|| Text::of("known-not-seen").with("secrets", secrets(unseen))),
        }
    }
}

/// What somebody knows of one of several environments.
#[derive(Clone, Debug, Serialize)]
pub(super) struct KnownPlace {
    name: String,
    items: Vec<KnownItem>,
}

impl KnownPlace {
    /// What one person knows, in the order of the environments.
    pub fn all(known: &[Known], now: Timestamp) -> Vec<Self> {
        let by_place = known.chunk_by(|one, next| one.place_id == next.place_id);
        by_place
            .map(|known| Self {
                name: known.first().map(|known| known.place_name.clone()).unwrap_or_default(),
                items: KnownItem::all(known, now),
            })
            .collect()
    }
}

#[cfg(test)]
impl Sample for KnownItem {
    fn samples() -> Vec<Self> {
        let what = Text::of("known-item").with("secrets", secrets(Field::ALL)).with("way", way(Way::Page));
        vec![Self { what, seen: Time::sample() }]
    }
}

#[cfg(test)]
impl Sample for KnownView {
    fn samples() -> Vec<Self> {
        let unseen = Text::of("known-not-seen").with("secrets", secrets([Field::DbUser]));
        let view = |is_empty: bool| Self {
            about: Whose::Of("Tomas Vale").about(is_empty),
            items: if is_empty { Vec::new() } else { KnownItem::samples() },
            unseen: (!is_empty).then(|| unseen.clone()),
        };
        vec![view(false), view(true)]
    }
}

#[cfg(test)]
impl Sample for KnownPlace {
    fn samples() -> Vec<Self> {
        vec![Self { name: "Harbor staging".to_owned(), items: KnownItem::samples() }]
    }
}

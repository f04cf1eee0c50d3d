//! What a user knows of the secrets of all environments.

use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::{PartLinks, with};
use super::super::secrets::KnownPlace;
use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::domain::exposure::{self, Everywhere};
use crate::error::Error;
use crate::store::sightings::Side;
use crate::usher::Usher;
use crate::words::Text;

/// Environments that a confirmation page names; the others are counted.
const NAMED: usize = 20;

/// What somebody knows, before their account ends.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct KnownEverywhere {
    about: Text,
    places: Vec<KnownPlace>,
    /// How many environments are not named.
    more: Option<Text>,
}

impl KnownEverywhere {
    pub fn of(everywhere: &Everywhere, name: &str, now: Timestamp) -> Self {
        match everywhere {
            Everywhere::Named { known, goes_on } => {
                let mut places = KnownPlace::all(known, now);
                let about = if places.is_empty() { "known-of-none" } else { "known-of" };
                let more = more(places.len().saturating_sub(NAMED), *goes_on);
                places.truncate(NAMED);
                Self { about: Text::of(about).with("name", name), places, more }
            }
            Everywhere::Counted { secrets: 0, .. } => {
                Self { about: Text::of("known-of-none").with("name", name), places: Vec::new(), more: None }
            }
            Everywhere::Counted { secrets, environments, goes_on } => {
                let key = if *goes_on { "known-number-at-least" } else { "known-number" };
                let about = Text::of(key).with("name", name).with("secrets", *secrets);
                Self { about: about.with("environments", *environments), places: Vec::new(), more: None }
            }
        }
    }
}

/// That there are more environments than are named.
fn more(number: usize, goes_on: bool) -> Option<Text> {
    match (number, goes_on) {
        (0, _) => None,
        (number, false) => Some(Text::of("known-more").with("number", number)),
        (number, true) => Some(Text::of("known-more-at-least").with("number", number)),
    }
}

/// The requested pages of the two lists.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct KnownParts {
    pub out: Option<i64>,
    pub inside: Option<i64>,
}

impl KnownParts {
    const fn of(self, side: Side) -> Option<i64> {
        match side {
            Side::Out => self.out,
            Side::In => self.inside,
        }
    }

    /// The position of the other list.
    const fn beside(self, side: Side) -> [(&'static str, Option<i64>); 1] {
        match side {
            Side::Out => [("inside", self.inside)],
            Side::In => [("out", self.out)],
        }
    }
}

/// What somebody knows, for superusers.
#[derive(Serialize)]
pub(super) struct UserKnown {
    /// Without access: to be changed.
    out: KnownPart,
    /// With access.
    inside: KnownPart,
}

/// A page of environments.
#[derive(Serialize)]
struct KnownPart {
    places: Vec<KnownPlace>,
    #[serde(flatten)]
    links: PartLinks,
}

impl UserKnown {
    /// `path`: the page with the positions of its other lists.
    pub async fn read(usher: &Usher, actor: &Actor, uid: &str, parts: KnownParts, path: &str) -> Result<Self, Error> {
        Ok(Self {
            out: KnownPart::read(usher, actor, uid, (Side::Out, "out"), parts, path).await?,
            inside: KnownPart::read(usher, actor, uid, (Side::In, "inside"), parts, path).await?,
        })
    }
}

impl KnownPart {
    async fn read(
        usher: &Usher,
        actor: &Actor,
        uid: &str,
        (side, field): (Side, &str),
        parts: KnownParts,
        path: &str,
    ) -> Result<Self, Error> {
        let after = parts.of(side);
        let path = with(path, &parts.beside(side));
        let page = exposure::of_user(usher, actor, uid, side, after.unwrap_or(0)).await?;
        Ok(Self {
            places: KnownPlace::all(&page.rows, usher.now()),
            links: PartLinks::new(&path, field, page.next, after.is_none()),
        })
    }
}

#[cfg(test)]
impl Sample for KnownEverywhere {
    fn samples() -> Vec<Self> {
        let about = |key| Text::of(key).with("name", "Tomas Vale");
        vec![
            Self { about: about("known-of"), places: KnownPlace::samples(), more: more(2, false) },
            Self { about: about("known-of-none"), places: Vec::new(), more: None },
        ]
    }
}

#[cfg(test)]
impl Sample for UserKnown {
    fn samples() -> Vec<Self> {
        let known = |places: fn() -> Vec<KnownPlace>, links: fn() -> PartLinks| {
            let part = || KnownPart { places: places(), links: links() };
            Self { out: part(), inside: part() }
        };
        vec![
            known(KnownPlace::samples, PartLinks::sample),
            known(Vec::new, PartLinks::sample),
            known(Vec::new, PartLinks::default),
        ]
    }
}

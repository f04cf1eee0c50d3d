//! Views of [`super`].

use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::SearchLinks;
use super::super::places::{PlaceHead, PlaceView};
use super::super::secrets::{KnownItem, called, secret};
use super::super::times::Time;
use super::super::{FormState, View};
use crate::clock::Timestamp;
use crate::ids::UserId;
use crate::store::secrets::{Field, Present};
use crate::store::sightings::Known;
use crate::web::secret_names::SecretName;
use crate::words::Text;

/// The secrets of an environment, and who knows them.
#[derive(Serialize)]
pub(in crate::web::html) struct SecretsView {
    #[serde(flatten)]
    pub head: PlaceHead,
    pub secrets: Vec<SecretRow>,
    /// People without access.
    pub out: People,
    /// People with access.
    pub inside: People,
}

impl View for SecretsView {
    const TEMPLATE: &'static str = "environments/secrets";
}

/// A secret, and since when it is as it is.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct SecretRow {
    name: Text,
    changed: Time,
    /// `None`: unknown.
    by: Option<String>,
}

impl SecretRow {
    pub fn of(present: &Present, now: Timestamp) -> Self {
        let by = &present.made_by_name;
        Self {
            name: secret(present.field),
            changed: Time::new(present.made_at, now),
            by: (!by.is_empty()).then(|| by.clone()),
        }
    }
}

/// A page of those who know secrets.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct People {
    people: Vec<Person>,
    #[serde(flatten)]
    links: SearchLinks,
}

/// What one person knows.
#[derive(Clone, Debug, Serialize)]
struct Person {
    id: UserId,
    name: String,
    /// `None`: the account is gone.
    email: Option<String>,
    items: Vec<KnownItem>,
}

impl People {
    pub fn of(known: &[Known], links: SearchLinks, now: Timestamp) -> Self {
        let people = known.chunk_by(|one, next| one.user_id == next.user_id);
        let people = people.filter_map(|known| Some(Person::of(known.first()?, known, now))).collect();
        Self { people, links }
    }
}

impl Person {
    fn of(first: &Known, known: &[Known], now: Timestamp) -> Self {
        Self {
            id: first.user_id,
            name: called(first).to_owned(),
            email: first.address.clone(),
            items: KnownItem::all(known, now),
        }
    }
}

/// The form that says that it does not matter what somebody knows.
#[derive(Serialize)]
pub(in crate::web::html) struct DismissView {
    pub place: PlaceView,
    pub person: String,
    pub person_id: UserId,
    pub boxes: Vec<SecretChoice>,
    pub form: FormState,
}

impl View for DismissView {
    const TEMPLATE: &'static str = "environments/dismiss";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// The checkbox of a secret.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct SecretChoice {
    value: SecretName,
    label: Text,
    ticked: bool,
}

impl SecretChoice {
    /// `ticked`: as the form was sent; `None`: all.
    pub fn of(known: &Known, ticked: Option<&[Field]>) -> Self {
        Self {
            value: SecretName(known.field),
            label: secret(known.field),
            ticked: ticked.is_none_or(|ticked| ticked.contains(&known.field)),
        }
    }
}

/// The form that replaces secrets.
#[derive(Serialize)]
pub(in crate::web::html) struct ReplaceView {
    pub place: PlaceView,
    pub form: FormState,
}

impl View for ReplaceView {
    const TEMPLATE: &'static str = "environments/replace";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[cfg(test)]
impl Sample for SecretsView {
    fn samples() -> Vec<Self> {
        let person = |email: Option<&str>| Person {
            id: UserId(7),
            name: "Tomas Vale".to_owned(),
            email: email.map(str::to_owned),
            items: KnownItem::samples(),
        };
        let row = |by: Option<&str>| SecretRow {
            name: secret(Field::AccessKey),
            changed: Time::sample(),
            by: by.map(str::to_owned),
        };
        let view = |people: Vec<Person>, links: SearchLinks| {
            let people = People { people, links };
            Self {
                head: PlaceHead::sample(),
                secrets: vec![row(Some("Rosa Marlow")), row(None)],
                out: people.clone(),
                inside: people,
            }
        };
        vec![
            view(vec![person(Some("tomas@harbor.test")), person(None)], SearchLinks::sample()),
            view(Vec::new(), SearchLinks::sample()),
            view(Vec::new(), SearchLinks::default()),
        ]
    }
}

#[cfg(test)]
impl Sample for DismissView {
    fn samples() -> Vec<Self> {
        let one =
            |ticked| SecretChoice { value: SecretName(Field::AccessKey), label: secret(Field::AccessKey), ticked };
        let boxes = vec![one(true), one(false)];
        let (place, person) = (PlaceView::sample(), "Tomas Vale".to_owned());
        vec![Self { place, person, person_id: UserId(7), boxes, form: FormState::sample() }]
    }
}

#[cfg(test)]
impl Sample for ReplaceView {
    fn samples() -> Vec<Self> {
        vec![Self { place: PlaceView::sample(), form: FormState::sample() }]
    }
}

//! Names of secrets, and of the ways in which they are seen, for programs and forms.

use serde::{Serialize, Serializer};

use crate::fault::Rule;
use crate::fields::{FieldValue, Raw};
use crate::store::secrets::Field;
use crate::store::sightings::Way;

/// A secret by the name of its field in MyCRT's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretName(pub Field);

impl SecretName {
    pub const fn as_str(self) -> &'static str {
        match self.0 {
            Field::AccessKey => "accessKey",
            Field::SecretKey => "secretKey",
            Field::DbUser => "user",
            Field::DbPass => "pass",
        }
    }
}

impl SecretName {
    pub fn named(name: &str) -> Option<Self> {
        Field::ALL.map(Self).into_iter().find(|known| known.as_str() == name)
    }
}

impl Serialize for SecretName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl FieldValue for SecretName {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        match raw {
            Raw::Text(text) => Self::named(&text).ok_or(Rule::Choice),
            _ => Err(Rule::Choice),
        }
    }
}

/// How somebody came to know a secret.
pub const fn way(way: Way) -> &'static str {
    match way {
        Way::Page => "page",
        Way::Json => "json",
        Way::Accept => "accept",
        Way::Keys => "keys",
        Way::Export => "export",
        Way::Entered => "entered",
        Way::Event => "event",
    }
}

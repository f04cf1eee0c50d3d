//! Typed ids in paths and queries.

use rocket::form::{self, FromFormField, ValueField};
use rocket::request::FromParam;

use crate::ids::{
    AddressId, AssignmentId, CloudKeysId, DefinitionKind, EnvironmentId, FormerSecretId, InvitationId, MembershipId,
    MessageId, SessionId, UserId,
};

/// Digits only, else the route does not match. A number too large for the database is one that does not exist.
fn number(text: &str) -> Result<i64, &str> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(text);
    }
    Ok(text.parse().unwrap_or(i64::MAX))
}

/// A member in a path: membership or user id, depending on the kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberNumber(pub i64);

impl<'r> FromParam<'r> for MemberNumber {
    type Error = &'r str;

    fn from_param(text: &'r str) -> Result<Self, &'r str> {
        number(text).map(Self)
    }
}

/// A place in a path: a number or a slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceKey<'r>(pub &'r str);

impl<'r> FromParam<'r> for PlaceKey<'r> {
    type Error = &'r str;

    fn from_param(text: &'r str) -> Result<Self, &'r str> {
        let may_be = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
        if text.bytes().all(may_be) { Ok(Self(text)) } else { Err(text) }
    }
}

/// The uid of a row: 24 hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uid<'r>(pub &'r str);

impl<'r> Uid<'r> {
    /// `None` if no row can have it.
    pub fn read(text: &'r str) -> Option<Self> {
        (text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(Self(text))
    }
}

impl<'r> FromParam<'r> for Uid<'r> {
    type Error = &'r str;

    fn from_param(text: &'r str) -> Result<Self, &'r str> {
        Self::read(text).ok_or(text)
    }
}

impl<'r> FromFormField<'r> for Uid<'r> {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        Self::read(field.value).ok_or_else(|| form::Error::validation("must be a uid").into())
    }
}

/// The name of a stored file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileName<'r>(pub &'r str);

impl<'r> FromParam<'r> for FileName<'r> {
    type Error = &'r str;

    fn from_param(text: &'r str) -> Result<Self, &'r str> {
        let may_be = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        if text.bytes().all(may_be) { Ok(Self(text)) } else { Err(text) }
    }
}

impl<'r> FromParam<'r> for DefinitionKind {
    type Error = &'r str;

    fn from_param(text: &'r str) -> Result<Self, &'r str> {
        Self::ALL.into_iter().find(|kind| kind.plural() == text).ok_or(text)
    }
}

macro_rules! from_param {
    ($($name:ident),*) => {$(
        impl<'r> FromParam<'r> for $name {
            type Error = &'r str;

            fn from_param(text: &'r str) -> Result<Self, &'r str> {
                number(text).map(Self)
            }
        }
    )*};
}

from_param!(
    AddressId,
    AssignmentId,
    CloudKeysId,
    EnvironmentId,
    InvitationId,
    MembershipId,
    FormerSecretId,
    MessageId,
    SessionId,
    UserId
);

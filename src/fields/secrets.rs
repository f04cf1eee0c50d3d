//! Strings that are never printed.

use super::{FieldValue, Raw, text_that};
use crate::fault::Rule;
use crate::secret::Secret;

macro_rules! secret_types {
    ($($(#[$doc:meta])* $name:ident = $rule:ident, $keeps:literal, $holds:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Secret);

        impl $name {
            pub fn expose(&self) -> &str {
                self.0.expose()
            }

            pub fn secret(&self) -> Secret {
                self.0.clone()
            }
        }

        impl FieldValue for $name {
            const KEEPS_SPACE: bool = $keeps;

            fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
                let holds: fn(&str) -> bool = $holds;
                text_that(raw, Rule::$rule, holds).map(|text| Self(Secret::from(text)))
            }
        }
    )*};
}

secret_types! {
    /// A password: 8–64 characters, no line break; spaces at the ends are part of it.
    Password = Password, true, |text| (8..=64).contains(&text.chars().count()) && is_one_line(text);
    /// The current password, as entered: any text, since the rules may have changed.
    GivenPassword = NotEmpty, true, |text| !text.is_empty();
    /// The public half of a key pair: upper-case letters and digits.
    AccessKey = AccessKey, false, |text| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    /// The secret half of a key pair: no whitespace.
    SecretKey = SecretKey, false, |text| !text.is_empty() && !text.contains(char::is_whitespace);
    /// The token of a Slack app.
    SlackToken = NotEmpty, false, |text| !text.is_empty();
    /// A database user.
    DbUser = NotEmpty, false, |text| !text.is_empty();
    /// A database password.
    DbPass = OneLine, true, |text| !text.is_empty() && is_one_line(text);
}

fn is_one_line(text: &str) -> bool {
    !text.contains(['\n', '\r'])
}

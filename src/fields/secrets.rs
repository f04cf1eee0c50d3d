//! Texts that are never printed.

use super::{FieldValue, Raw, text_that};
use crate::fault::Rule;
use crate::secret::Secret;

macro_rules! secret_types {
    ($($(#[$doc:meta])* $name:ident = $rule:ident, $keeps:literal, $holds:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Secret);

        impl $name {
            /// The text itself.
            pub fn expose(&self) -> &str {
                self.0.expose()
            }

            /// The text, kept from being printed.
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
    /// A password: 8–64 characters, no line break; spaces at its ends are part of it.
    Password = Password, true, |text| (8..=64).contains(&text.chars().count()) && is_one_line(text);
    /// What somebody gives as the present password: any text, since the rule may have changed.
    GivenPassword = NotEmpty, true, |text| !text.is_empty();
    /// The public half of a pair of keys: upper-case letters and digits.
    AccessKey = AccessKey, false, |text| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    /// The secret half of a pair of keys: no white space.
    SecretKey = SecretKey, false, |text| !text.is_empty() && !text.contains(char::is_whitespace);
    /// What Slack knows a program by.
    SlackToken = NotEmpty, false, |text| !text.is_empty();
    /// The name of a database's user.
    DbUser = NotEmpty, false, |text| !text.is_empty();
    /// The password of a database's user.
    DbPass = OneLine, true, |text| !text.is_empty() && is_one_line(text);
}

fn is_one_line(text: &str) -> bool {
    !text.contains(['\n', '\r'])
}

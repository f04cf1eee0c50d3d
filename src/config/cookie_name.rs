//! The configuration key `cookie_name`.

use std::str::FromStr;

/// What the names of all our cookies begin with, so that two installations on one host name do not sign each other out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CookieName(String);

impl CookieName {
    pub const DEFAULT: &'static str = "usher";
    const LONGEST: usize = 40;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CookieName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        // Browsers have rules for names that begin with `__Host-` and the like.
        if is_plain && (1..=Self::LONGEST).contains(&text.len()) && !text.starts_with("__") {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!("must be 1 to {} letters, digits or the signs _ -, and not begin with __", Self::LONGEST))
        }
    }
}

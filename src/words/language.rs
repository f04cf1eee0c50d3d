//! The supported languages.

use fluent_langneg::{NegotiationStrategy, negotiate_languages, parse_accepted_languages};
use sea_orm::entity::prelude::*;
use unic_langid::LanguageIdentifier;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Language {
    #[default]
    #[sea_orm(string_value = "en")]
    English,
    #[sea_orm(string_value = "de")]
    German,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its BCP 47 tag: `lang` in HTML, and the name of its folder.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The inverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The best match for an `Accept-Language` header; English if there is none.
    pub fn accepted(header: &str) -> Self {
        let wanted = parse_accepted_languages(header);
        let known = Self::ALL.map(Self::identifier);
        let best = negotiate_languages(&wanted, &known, None, NegotiationStrategy::Lookup);
        let best = best.first().and_then(|best| Self::ALL.into_iter().find(|language| language.identifier() == **best));
        best.unwrap_or_default()
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.code().parse().expect("the codes above are tags of BCP 47")
    }

    /// The thousands separator.
    pub(super) const fn thousands(self) -> char {
        match self {
            Self::English => ',',
            Self::German => '.',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, English, German};

    #[test]
    fn the_best_of_what_a_browser_asks_for_is_spoken() {
        let asked = [
            ("", English),
            ("de", German),
            ("de-AT,de;q=0.9,en;q=0.5", German),
            ("en-GB,en;q=0.9,de;q=0.8", English),
            ("fr,de;q=0.5", German),
            ("fr", English),
            ("*", English),
            ("\u{7f};;q=x,,", English),
        ];
        for (header, language) in asked {
            assert_eq!(Language::accepted(header), language, "{header:?}");
        }
    }
}

//! Texts as lists are sorted and searched by them: without accents and capitals.

use deunicode::deunicode;

/// A text without accents and capitals, its words parted by one space: `Gül  Özdemir` becomes `gul ozdemir`.
pub fn folded(text: &str) -> String {
    let plain = deunicode(text).to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is searched for in texts that belong together, as in a name and an address.
pub fn search_key<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let folded: Vec<String> = texts.into_iter().map(folded).filter(|text| !text.is_empty()).collect();
    folded.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_capitals_do_not_matter() {
        for (text, expected) in [
            ("Gül Özdemir", "gul ozdemir"),
            ("  Łukasz\tŻak ", "lukasz zak"),
            ("Søren Weiß", "soren weiss"),
            ("Иван", "ivan"),
            ("", ""),
        ] {
            assert_eq!(folded(text), expected);
        }
        assert_eq!(search_key(["Gül", "", "GUEL@a.test"]), "gul guel@a.test");
    }
}

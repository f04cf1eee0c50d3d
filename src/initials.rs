//! The initials that replace a missing picture, on pages and in mails.

/// The first letters or digits of the first and the last word.
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = letters.next();
    let last = letters.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        for (name, expected) in [
            ("Rosa Kay Marlow", "RM"),
            ("rosa", "R"),
            ("  émile  zola ", "ÉZ"),
            ("", ""),
            ("<b> \"Q\" (ops)", "BO"),
            ("— …", ""),
        ] {
            assert_eq!(initials(name), expected);
        }
    }
}

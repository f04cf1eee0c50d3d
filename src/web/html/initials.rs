//! The initials that replace a missing picture.

/// The first letters of the first and the last word.
pub(super) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        for (name, expected) in [("Rosa Kay Marlow", "RM"), ("rosa", "R"), ("  émile  zola ", "ÉZ"), ("", "")] {
            assert_eq!(initials(name), expected);
        }
    }
}

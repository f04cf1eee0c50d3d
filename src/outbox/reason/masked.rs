//! A server's text without addresses.

/// Stands for what was masked.
const MASK: &str = "***";

/// Masks every address in a text, and the recipient's local part wherever it stands alone.
pub(super) fn masked(text: &str, recipient: &str) -> String {
    let local = recipient.rsplit_once('@').map_or(recipient, |(local, _)| local);
    // A quoted local part may hold spaces.
    let text = without(text, recipient);
    let text = without(&text, local);
    let ends = |c: char| c.is_whitespace() || "<>()[],;:\"'".contains(c);
    text.split_inclusive(ends)
        .map(|part| {
            let word = part.trim_end_matches(ends);
            if word.contains('@') { format!("{MASK}{}", &part[word.len()..]) } else { part.to_owned() }
        })
        .collect()
}

/// Masks a name, in any case, where no letter or digit is before or behind it.
fn without(text: &str, name: &str) -> String {
    if name.is_empty() {
        return text.to_owned();
    }
    // Of the same length in bytes.
    let (lower, name) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, _) in lower.match_indices(&name) {
        let end = start + name.len();
        let is_part = text[..start].ends_with(char::is_alphanumeric) || text[end..].starts_with(char::is_alphanumeric);
        if !is_part {
            masked.push_str(&text[copied..start]);
            masked.push_str(MASK);
            copied = end;
        }
    }
    masked.push_str(&text[copied..]);
    masked
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_servers_text_names_nobody() {
        for (said, logged) in [
            (
                "550 5.1.1 <Anna.Reed@harbor.test>: Recipient address rejected",
                "550 5.1.1 <***>: Recipient address rejected",
            ),
            ("550 anna.reed@harbor.test... User unknown", "550 ***... User unknown"),
            ("550 user=anna.reed: no such user", "550 user=***: no such user"),
            ("450 <bounce+anna.reed=harbor.test@mx.test> try later", "450 <***> try later"),
            ("550 Anna.Reed's mailbox is full", "550 ***'s mailbox is full"),
            ("550 relay of joanna.reeder not permitted", "550 relay of joanna.reeder not permitted"),
            ("504 5.5.2 <localhost>: Helo command rejected", "504 5.5.2 <localhost>: Helo command rejected"),
            ("", ""),
        ] {
            assert_eq!(masked(said, "anna.reed@harbor.test"), logged);
        }
        assert_eq!(masked("550 \"a b\"@harbor.test gone; ä@b", "\"a b\"@harbor.test"), "550 *** gone; ***");
        assert_eq!(masked("nothing to mask", ""), "nothing to mask");
    }
}

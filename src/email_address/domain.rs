//! Domains of addresses. International ones (IDNA, UTS 46) have two spellings: Unicode for people, punycode for mail.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

/// The ASCII spelling in lower case; `None`: no domain that mail goes to.
///
/// Of a domain in Unicode only what is international is read: the full-width spelling of an ASCII domain is none.
pub(super) fn ascii(domain: &str) -> Option<String> {
    let spelled = if domain.is_ascii() && !is_international(domain) {
        domain.to_ascii_lowercase()
    } else {
        // UTS 46 drops what is invisible: two texts that look alike are then one domain, but nobody meant to type it.
        if !domain.chars().all(|c| super::is_visible(c) || is_joiner(c)) || domain.contains('\u{ad}') {
            return None;
        }
        let (dots, hyphens) = (DnsLength::Verify, Hyphens::Check);
        let spelled = Uts46::new().to_ascii(domain.as_bytes(), AsciiDenyList::STD3, hyphens, dots).ok()?;
        spelled.into_owned()
    };
    let is_international = is_international(&spelled);
    let is_spelled_well = if is_international { is_of_letters(&spelled) } else { domain.is_ascii() };
    (is_domain(&spelled) && is_spelled_well).then_some(spelled)
}

/// Without quotes, brackets and dashes, which UTS 46 takes and no registry does.
fn is_of_letters(domain: &str) -> bool {
    let categories = CodePointMapData::<GeneralCategory>::new();
    let none = GeneralCategoryGroup::OpenPunctuation
        .union(GeneralCategoryGroup::ClosePunctuation)
        .union(GeneralCategoryGroup::InitialPunctuation)
        .union(GeneralCategoryGroup::FinalPunctuation)
        .union(GeneralCategoryGroup::DashPunctuation)
        .union(GeneralCategoryGroup::ConnectorPunctuation);
    let (read, _) = Uts46::new().to_unicode(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::Check);
    read.chars().all(|c| c.is_ascii() || !none.contains(categories.get(c)))
}

/// Whether a label is in punycode.
pub(super) fn is_international(domain: &str) -> bool {
    domain.split('.').any(|label| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")))
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    let ends_well = last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic()) || is_international(last);
    labels.len() >= 2
        && ends_well
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
}

/// The Unicode spelling of a domain in ASCII, but for labels that could be taken for others.
pub(super) fn shown(domain: &str) -> String {
    let (shown, is_valid) = Uts46::new().to_user_interface(
        domain.as_bytes(),
        AsciiDenyList::STD3,
        Hyphens::Check,
        |label, top_level, _| is_plain(label, top_level),
    );
    if is_valid.is_ok() { shown.into_owned() } else { domain.to_owned() }
}

/// The ASCII spelling of a part of a domain; `None`: it is the same.
pub(super) fn searched(part: &str) -> Option<String> {
    if part.is_ascii() {
        return None;
    }
    let spelled =
        Uts46::new().to_ascii(part.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow, DnsLength::Ignore).ok()?;
    Some(spelled.into_owned())
}

/// Cyrillic letters that look like Latin ones.
const LIKE_LATIN: &str = "аԁеһіјӏорԛѕԝхуъьпгѵѡ";

/// Whether a label is in one script, or in those that are written together, and not in Cyrillic letters alone that look
/// Latin, below a Latin ending: what browsers ask, in short.
fn is_plain(label: &[char], top_level: &[char]) -> bool {
    let scripts = CodePointMapData::<Script>::new();
    let mut of_all: Vec<Script> = label.iter().map(|c| scripts.get(*c)).collect();
    of_all.retain(|script| !matches!(*script, Script::Common | Script::Inherited));
    of_all.sort_unstable();
    of_all.dedup();
    let written_together =
        [Script::Latin, Script::Han, Script::Hiragana, Script::Katakana, Script::Hangul, Script::Bopomofo];
    let is_mixed = of_all.len() > 1 && !of_all.iter().all(|script| written_together.contains(script));
    let looks_latin =
        top_level.iter().all(char::is_ascii) && label.iter().all(|c| c.is_ascii() || LIKE_LATIN.contains(*c));
    !is_mixed && !looks_latin && !label.iter().any(|c| is_joiner(*c))
}

/// Zero-width characters that some scripts need between letters; IDNA knows where.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

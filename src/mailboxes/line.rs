//! One line of a list.

use super::{Entry, NamedAddress, Person, clean};
use crate::email_address::EmailAddress;
use crate::fault::Rule;
use crate::fields::{FullName, Named as _, Username};

/// What stands between the separators of a line.
enum Part {
    /// Addresses; a single one perhaps with a name.
    Addresses(Vec<NamedAddress>),
    Usernames(Vec<Username>),
    /// Words without an address.
    Words(Words),
    /// A single word that is to be an address, and is none.
    Wrong(String),
}

struct Words {
    text: String,
    /// It cannot be a username.
    is_name: bool,
}

/// The people of a line; `None`: it is unclear.
pub(super) fn read(text: &str) -> Option<Vec<Entry>> {
    let line = clean::line(text);
    let columns = parts(&line, '\t');
    if columns.len() > 1 {
        return people(&columns, Between::Columns);
    }
    let items = parts(&line, ';');
    if items.len() > 1 && items.iter().filter(|item| item.contains('@')).count() != 1 {
        // No name has a semicolon.
        let read = |item: &&str| if item.contains('@') { people(&parts(item, ','), Between::Commas) } else { None };
        return items.iter().map(read).collect::<Option<Vec<_>>>().map(|people| people.concat());
    }
    let parts = match items.as_slice() {
        [only] => parts(only, ','),
        _ => items,
    };
    people(&parts, Between::Commas)
}

/// What parts of a line stand between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// Tabs, in what comes from a spreadsheet.
    Columns,
    Commas,
}

fn people(parts: &[&str], between: Between) -> Option<Vec<Entry>> {
    match parts {
        [] => return Some(Vec::new()),
        [only] if !only.contains('@') => return alone(only).map(|entry| vec![entry]),
        _ => {}
    }
    let parts: Vec<Part> = parts.iter().map(|text| part(text)).collect::<Option<_>>()?;
    let addresses: usize = parts.iter().map(|part| if let Part::Addresses(all) = part { all.len() } else { 0 }).sum();
    let rest_is_names = parts.iter().all(|part| matches!(part, Part::Addresses(_) | Part::Words(_)));
    if addresses == 1 && rest_is_names && parts.len() > 1 {
        return with_columns(parts, between);
    }
    with_names_before(parts)
}

/// The parts of a line that hold something, between separators outside of quotes and brackets.
fn parts(line: &str, separator: char) -> Vec<&str> {
    let mut parts = split(line, separator);
    parts.retain(|part| !is_empty(part));
    parts
}

fn split(line: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut is_quoted, mut is_escaped, mut is_in_brackets) = (false, false, false);
    // What nobody closes is a sign like any other.
    let (last_quote, last_bracket) = (line.rfind('"').unwrap_or(0), line.rfind('>').unwrap_or(0));
    for (at, c) in line.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' if is_quoted || last_quote > at => is_quoted = !is_quoted,
            '<' if !is_quoted => is_in_brackets = last_bracket > at,
            '>' if !is_quoted => is_in_brackets = false,
            _ if c == separator && !is_quoted && !is_in_brackets => {
                parts.push(&line[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&line[start..]);
    parts
}

fn is_empty(part: &str) -> bool {
    clean::unquoted(part).trim_matches(['.', ',', ';', ' ']).is_empty()
}

/// A line without an address: a username, if it is nothing but one word.
fn alone(line: &str) -> Option<Entry> {
    let written = clean::word(clean::unquoted(line));
    if written.contains(char::is_whitespace) {
        return None;
    }
    let person = Username::read(&written).map(Person::Username).map_err(|_| Rule::Username);
    Some(Entry { written, person })
}

/// A part of a line with an address; `None`: it is unclear.
fn part(text: &str) -> Option<Part> {
    if text.contains('<') {
        let wrong = || Part::Wrong(clean::trimmed(text).to_owned());
        return Some(in_brackets(text).map_or_else(wrong, Part::Addresses));
    }
    if !text.contains('@') {
        let name = clean::unquoted(text);
        let is_name = name.len() < clean::trimmed(text).len() || Username::read(&clean::word(name)).is_err();
        return Some(Part::Words(Words { text: name.to_owned(), is_name }));
    }
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_empty(word)).collect();
    let mut addresses = Vec::new();
    let mut usernames = Vec::new();
    let mut others = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(address) = address(word) {
            addresses.push((at, address));
        } else if let Some(username) = username(word) {
            usernames.push(username);
        } else {
            others.push(*word);
        }
    }
    let is_wrong = others.iter().any(|word| word.contains('@'));
    match (addresses.as_slice(), usernames.len(), others.as_slice()) {
        ([(at, address)], 0, _) if !is_wrong => {
            let (before, after) = (&words[..*at], &words[at + 1..]);
            let says = |words: &[&str]| words.iter().any(|word| word.contains(char::is_alphanumeric));
            let name = match (says(before), says(after)) {
                (true, false) => name_of(&before.join(" ")),
                (false, true) => name_of(&after.join(" ")),
                // Words on both sides are a sentence.
                _ => None,
            };
            Some(Part::Addresses(vec![NamedAddress { name, address: address.clone() }]))
        }
        ([_, ..], 0, []) => Some(Part::Addresses(addresses.into_iter().map(|(_, address)| address.into()).collect())),
        ([], 1.., []) => Some(Part::Usernames(usernames)),
        ([], 0, [wrong]) => Some(Part::Wrong(clean::word(wrong))),
        _ => None,
    }
}

/// `Name <address>`, perhaps several times; `None`: it is something else.
fn in_brackets(text: &str) -> Option<Vec<NamedAddress>> {
    let mut addresses = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = outside_quotes(rest, '<') {
        let (inside, after) = after.split_once('>').unwrap_or((after, ""));
        let address = address(inside)?;
        let is_another = self::address(before).is_some_and(|before| before.normal() != address.normal());
        if is_another {
            return None;
        }
        addresses.push(NamedAddress { name: name_of(before), address });
        rest = after;
    }
    let rest = clean::trimmed(rest);
    let is_comment = rest.starts_with('(') && rest.ends_with(')');
    (is_comment || rest.trim_matches(['.', '>', ' ']).is_empty()).then_some(addresses)
}

/// Splits at a sign that is not in quotes.
fn outside_quotes(text: &str, sign: char) -> Option<(&str, &str)> {
    let mut is_quoted = false;
    let last_quote = text.rfind('"').unwrap_or(0);
    for (at, c) in text.char_indices() {
        if c == '"' && (is_quoted || last_quote > at) {
            is_quoted = !is_quoted;
        } else if c == sign && !is_quoted {
            return Some((&text[..at], &text[at + sign.len_utf8()..]));
        }
    }
    None
}

/// A line of one address: the other columns are its name. A single word beside a bare address may be a username.
fn with_columns(parts: Vec<Part>, between: Between) -> Option<Vec<Entry>> {
    let has_columns = between == Between::Columns;
    let mut found = None;
    let mut names = Vec::new();
    let mut is_asked = false;
    for part in parts {
        match part {
            Part::Addresses(mut addresses) => {
                let own = addresses.pop()?;
                // `Diaz, Rosa <…>`
                is_asked &= own.name.is_none();
                names.extend(own.name.clone().map(String::from));
                found = Some(own);
            }
            Part::Words(words) => {
                is_asked |= !words.is_name && !has_columns;
                is_asked |= !has_columns && found.as_ref().is_some_and(|own| own.name.is_some());
                if words.text.contains(char::is_alphabetic) {
                    names.push(words.text);
                }
            }
            Part::Usernames(_) | Part::Wrong(_) => return None,
        }
    }
    let name = name_of(&names.join(if has_columns { " " } else { ", " }));
    if is_asked { None } else { Some(vec![entry(NamedAddress { name, ..found? })]) }
}

/// A line of several: `Diaz, Rosa <…>, tomas@harbor.test, @ines`. `None` if words are left over.
fn with_names_before(parts: Vec<Part>) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for part in parts {
        match part {
            Part::Words(words) => before.push(words.text),
            Part::Addresses(addresses) if before.is_empty() => entries.extend(addresses.into_iter().map(entry)),
            Part::Addresses(addresses) => {
                let [NamedAddress { name: Some(name), address }] = addresses.as_slice() else { return None };
                before.push(name.as_str().to_owned());
                let name = name_of(&std::mem::take(&mut before).join(", "));
                entries.push(entry(NamedAddress { name, address: address.clone() }));
            }
            Part::Usernames(_) | Part::Wrong(_) if !before.is_empty() => return None,
            Part::Usernames(usernames) => entries.extend(usernames.into_iter().map(|username| Entry {
                written: format!("@{}", username.as_str()),
                person: Ok(Person::Username(username)),
            })),
            Part::Wrong(written) => entries.push(Entry { written, person: Err(Rule::EmailAddress) }),
        }
    }
    before.is_empty().then_some(entries)
}

fn entry(person: NamedAddress) -> Entry {
    let address = person.address.as_sent();
    let written = match person.name.as_ref().map(FullName::as_str) {
        Some(name) if name.contains(|c: char| c.is_ascii_punctuation() && !"-.'".contains(c)) => {
            format!("\"{}\" <{address}>", name.replace('\\', "\\\\").replace('"', "\\\""))
        }
        Some(name) => format!("{name} <{address}>"),
        None => address.to_owned(),
    };
    Entry { written, person: Ok(Person::Address(person)) }
}

/// Signs around an address in a text.
const AROUND: [char; 16] = ['.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '{', '}', '<', '>', '*', '|'];

fn address(text: &str) -> Option<EmailAddress> {
    let word = clean::word(text);
    let read = |word: &str| EmailAddress::try_from(word).ok();
    // The quotes of a local part are its own.
    read(&word).filter(|_| word.starts_with('"') || clean::unquoted(&word) == word).or_else(|| {
        let around = |c: char| AROUND.contains(&c);
        read(clean::unquoted(clean::unquoted(&word).trim_matches(around)))
    })
}

fn username(word: &str) -> Option<Username> {
    let word = clean::word(word);
    Username::read(word.strip_prefix('@')?.trim_end_matches([',', ';', ':', '!', '?', ')'])).ok()
}

/// Words that stand before an address and are nobody's name.
const LABELS: [&str; 9] = ["e-mail", "email", "mail", "e-mail address", "to", "cc", "bcc", "an", "e-mail-adresse"];

/// Quotes that come in pairs and part nothing, unlike `"`.
const PAIRED: [char; 5] = ['“', '”', '„', '«', '»'];

/// A name as it stands beside an address: `None` if it is none.
fn name_of(text: &str) -> Option<FullName> {
    let text = clean::trimmed(text).trim_matches([':', ',', ';', '-', '–', '—', '|', ' ']);
    let plain = match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => text.to_owned(),
    };
    let mut plain = clean::bare(&plain);
    // Half of a pair: the comma of `“Diaz, Rosa” <…>` parted it.
    if plain.matches(PAIRED).count() == 1 {
        plain = plain.trim_matches(PAIRED);
    }
    let plain: String = plain.chars().filter(|c| !c.is_control()).collect();
    let is_name = plain.contains(char::is_alphabetic)
        && !LABELS.contains(&plain.to_lowercase().as_str())
        && !plain.split_whitespace().any(|word| address(word).is_some());
    FullName::read(&plain).ok().filter(|_| is_name)
}

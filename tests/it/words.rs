//! The catalogue: every language has every key with the same placeholders, every key is used, and every used key
//! exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::parser;
use usher::domain::offer::Kind;

const LANGUAGES: [&str; 2] = ["en", "de"];

/// Keys whose last part is computed at runtime.
const COMPUTED: [&str; 3] = ["choice-", "notice-", "time-"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// A language's keys and their placeholders.
fn catalogue(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for file in files(&root().join("locales").join(language)) {
        let text = fs::read_to_string(&file).unwrap();
        let parsed =
            parser::parse(text.as_str()).unwrap_or_else(|(_, faults)| panic!("{}: {faults:?}", file.display()));
        for entry in parsed.body {
            match entry {
                Entry::Message(message) => {
                    let key = message.id.name.to_owned();
                    let pattern = message.value.unwrap_or_else(|| panic!("{key} is empty"));
                    let before = keys.insert(key, gaps(&pattern));
                    assert_eq!(before, None, "{} is there twice in {language}", message.id.name);
                }
                Entry::Junk { content } => panic!("{}: {content}", file.display()),
                Entry::Term(_) | Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            }
        }
    }
    keys
}

fn gaps(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            gaps_of(expression, &mut found);
        }
    }
    found
}

fn gaps_of(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => gap_of(inline, found),
        Expression::Select { selector, variants } => {
            gap_of(selector, found);
            found.extend(variants.iter().flat_map(|variant| gaps(&variant.value)));
        }
    }
}

fn gap_of(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(found.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => gaps_of(expression, found),
        _ => {}
    }
}

/// The keys that other messages refer to.
fn references(language: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files(&root().join("locales").join(language)) {
        let text = fs::read_to_string(&file).unwrap();
        found.extend(text.split("{ ").skip(1).filter_map(|rest| rest.split_once(" }")).map(|(key, _)| key.to_owned()));
    }
    found
}

/// The string literals in all templates and sources.
fn quoted() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let sources = ["templates", "src"].map(|dir| files(&root().join(dir)));
    for file in sources.into_iter().flatten() {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        found.extend(text.split(['"', '|', '=']).filter(|part| is_key(part)).map(str::to_owned));
    }
    found
}

fn is_key(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') && text.contains(char::is_alphabetic)
}

/// The keys that templates and handlers use literally.
fn said() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (dir, before) in [("templates", "(key=\""), ("src", "Text::of(\"")] {
        for file in files(&root().join(dir)) {
            let Ok(text) = fs::read_to_string(&file) else { continue };
            let keys = text.split(before).skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
            found.extend(keys.filter(|key| !key.ends_with('-')).map(str::to_owned));
        }
    }
    found
}

/// The variants of every select on the kind of a place, with their keys.
fn selects_on_kinds(language: &str) -> Vec<(String, Vec<(String, bool)>)> {
    let mut found = Vec::new();
    for file in files(&root().join("locales").join(language)) {
        let text = fs::read_to_string(&file).unwrap();
        for entry in parser::parse(text.as_str()).unwrap().body {
            let Entry::Message(message) = entry else { continue };
            let mut variants = Vec::new();
            selects(message.value.as_ref().unwrap(), &mut variants);
            found.extend(variants.into_iter().map(|variants| (message.id.name.to_owned(), variants)));
        }
    }
    found
}

fn selects(pattern: &Pattern<&str>, found: &mut Vec<Vec<(String, bool)>>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression: Expression::Select { selector, variants } } = element else {
            continue;
        };
        if matches!(selector, InlineExpression::VariableReference { id } if id.name == "kind") {
            found.push(variants.iter().map(variant).collect());
        }
        for variant in variants {
            selects(&variant.value, found);
        }
    }
}

/// A variant's name, and whether it is the default.
fn variant(variant: &Variant<&str>) -> (String, bool) {
    let (VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key }) = variant.key;
    (key.to_owned(), variant.default)
}

/// Otherwise a new kind would be described as another one.
#[test]
fn every_select_on_a_kind_names_all_kinds_and_falls_back_on_none() {
    let kinds = Kind::all().map(Kind::word).collect::<Vec<_>>();
    for language in LANGUAGES {
        let selects = selects_on_kinds(language);
        assert!(selects.len() >= 8, "{language}: {selects:?}");
        for (key, variants) in selects {
            let named: BTreeSet<&str> = variants.iter().map(|(key, _)| key.as_str()).collect();
            let missing: Vec<&str> = kinds.iter().copied().filter(|kind| !named.contains(kind)).collect();
            assert!(missing.is_empty(), "{key} in {language} does not name {missing:?}");
            let default = variants.iter().find(|(_, is_default)| *is_default).map(|(key, _)| key.as_str());
            assert!(default.is_none_or(|key| !kinds.contains(&key)), "{key} in {language} falls back on {default:?}");
        }
    }
}

#[test]
fn every_language_has_every_key_with_the_same_gaps() {
    let english = catalogue(LANGUAGES[0]);
    for language in &LANGUAGES[1..] {
        let other = catalogue(language);
        let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        let unknown: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{language}: missing {missing:?}, unknown {unknown:?}");
        let differ: Vec<_> = english.iter().filter(|(key, gaps)| other[*key] != **gaps).map(|(key, _)| key).collect();
        assert!(differ.is_empty(), "{language}: other gaps in {differ:?}");
    }
}

#[test]
fn every_key_is_used_and_every_key_that_is_used_is_there() {
    let keys = catalogue("en");
    let quoted = quoted();
    let referred: BTreeSet<String> = LANGUAGES.iter().flat_map(|language| references(language)).collect();
    let idle: Vec<_> = keys
        .keys()
        .filter(|key| !quoted.contains(*key) && !referred.contains(*key))
        .filter(|key| !COMPUTED.iter().any(|start| key.starts_with(start)))
        .collect();
    assert!(idle.is_empty(), "unused: {idle:?}");
    let missing: Vec<_> = said().into_iter().filter(|key| !keys.contains_key(key)).collect();
    assert!(missing.is_empty(), "not in the catalogue: {missing:?}");
}

#[test]
fn every_notice_has_its_words() {
    let keys = catalogue("en");
    let source = fs::read_to_string(root().join("src/web/html/go.rs")).unwrap();
    let notices: Vec<&str> = source
        .lines()
        .filter_map(|line| line.trim().strip_suffix("\",")?.split_once(" = \"").map(|(_, key)| key))
        .collect();
    assert!(notices.len() > 20, "{notices:?}");
    for notice in notices {
        assert!(keys.contains_key(&format!("notice-{notice}")), "{notice}");
    }
}

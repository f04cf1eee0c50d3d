//! The catalogue, embedded in the program and parsed once.

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use serde_json::Value;

use super::Language;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<HashMap<Language, Bundle>> =
    LazyLock::new(|| Language::ALL.into_iter().map(|language| (language, bundle(language))).collect());

/// Formats a message in a language, or in English if the language lacks it.
pub fn say<'a>(language: Language, key: &str, args: impl IntoIterator<Item = (&'a str, &'a Value)>) -> String {
    let filled: FluentArgs<'_> = args.into_iter().map(|(name, value)| (name, fluent_value(language, value))).collect();
    let spoken = words(language, key, &filled).or_else(|| words(Language::English, key, &filled));
    spoken.unwrap_or_else(|| {
        tracing::error!(key, "missing message");
        key.to_owned()
    })
}

fn words(language: Language, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = BUNDLES.get(&language)?;
    let pattern = bundle.get_message(key)?.value()?;
    let mut faults = Vec::new();
    let words = bundle.format_pattern(pattern, Some(args), &mut faults).into_owned();
    if !faults.is_empty() {
        tracing::error!(key, ?faults, "message with faults");
    }
    Some(words)
}

fn fluent_value(language: Language, value: &Value) -> FluentValue<'_> {
    match value {
        Value::String(text) => FluentValue::from(text.as_str()),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => FluentValue::from(whole),
            None => FluentValue::from(number.as_f64().unwrap_or_default()),
        },
        Value::Bool(true) => FluentValue::from("true"),
        Value::Bool(false) => FluentValue::from("false"),
        Value::Null | Value::Array(_) | Value::Object(_) => FluentValue::from(plain(language, value)),
    }
}

/// An argument as text: messages ([`super::Text`]) are formatted, lists joined.
pub(super) fn plain(language: Language, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => joined(language, parts.iter().map(|part| plain(language, part)).collect()),
        Value::Object(words) => {
            let args = words.get("args").and_then(Value::as_object).into_iter().flatten();
            let key = words.get("key").and_then(Value::as_str).unwrap_or_default();
            say(language, key, args.map(|(name, value)| (name.as_str(), value)))
        }
        Value::Null => String::new(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn joined(language: Language, mut parts: Vec<String>) -> String {
    let Some(last) = parts.pop() else { return String::new() };
    if parts.is_empty() {
        return last;
    }
    let [start, last] = [parts.join(", "), last].map(Value::from);
    say(language, "list-and", [("start", &start), ("last", &last)])
}

fn bundle(language: Language) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
    // Pages isolate names with <bdi>; mails drop direction marks.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::English => |value, _| grouped(value, Language::English),
        Language::German => |value, _| grouped(value, Language::German),
    }));
    for resource in resources(language) {
        bundle.add_resource(resource).expect("keys are unique, which the tests check");
    }
    bundle
}

fn resources(language: Language) -> Vec<FluentResource> {
    let files = FILES.get_dir(language.code()).into_iter().flat_map(Dir::files);
    files
        .map(|file| {
            let text = file.contents_utf8().unwrap_or_default().to_owned();
            FluentResource::try_new(text)
                .unwrap_or_else(|(_, faults)| panic!("{} is not valid Fluent: {faults:?}", file.path().display()))
        })
        .collect()
}

/// `12,345`, in the language's style.
fn grouped(value: &FluentValue<'_>, language: Language) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else { return None };
    let digits = value.abs().to_string();
    if digits.len() < 4 || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if *value < 0.0 {
        grouped.push('-');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(language.thousands());
        }
        grouped.push(digit);
    }
    Some(grouped)
}

//! The template functions for messages.
//!
//! - `t(key=…, name=…)`: formats a message with its arguments. The key may be a [`super::Text`] from a handler.
//! - `th(key=…, name=…)`: the same for messages that contain markup; the arguments are escaped.
//! - `exact(time=…)`, `ago(time=…)`: a time to the minute, or relative to now.
//! - `said(time=…)`: a time to the minute, the year only if it is another one.
//! - `language()`: the language's tag.

use std::collections::HashMap;

use serde_json::Value;
use tera::{Error, Function, Result, Tera};

use super::catalogue::plain;
use super::{say, spoken};

type Arguments = HashMap<String, Value>;

/// Registers the functions and the escaping.
pub fn register(tera: &mut Tera) {
    tera.set_escape_fn(escape);
    tera.register_function("t", t);
    tera.register_function("th", Marked);
    tera.register_function("ago", |arguments: &Arguments| Ok(Value::from(ago(time(arguments)?))));
    tera.register_function("exact", |arguments: &Arguments| Ok(Value::from(exact(time(arguments)?))));
    tera.register_function("said", |arguments: &Arguments| Ok(Value::from(said(time(arguments)?))));
    tera.register_function("language", |_: &Arguments| Ok(Value::from(spoken().code())));
}

/// Escapes only what HTML requires: Tera's own also rewrites `/`, which makes paths unreadable.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn t(arguments: &Arguments) -> Result<Value> {
    let (key, args) = words_of(arguments)?;
    Ok(Value::from(say(spoken(), key, args)))
}

/// `th`.
struct Marked;

impl Function for Marked {
    fn call(&self, arguments: &Arguments) -> Result<Value> {
        let (key, args) = words_of(arguments)?;
        let escaped: Vec<(&str, Value)> = args
            .into_iter()
            .map(|(name, value)| match value {
                Value::String(text) => (name, Value::from(escape(text))),
                // Nested messages contain no markup.
                Value::Object(_) | Value::Array(_) => (name, Value::from(escape(&plain(spoken(), value)))),
                other => (name, other.clone()),
            })
            .collect();
        Ok(Value::from(say(spoken(), key, escaped.iter().map(|(name, value)| (*name, value)))))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

fn words_of(arguments: &Arguments) -> Result<(&str, Vec<(&str, &Value)>)> {
    let key = arguments.get("key").ok_or_else(|| Error::msg("a message needs a key"))?;
    let mut args: Vec<(&str, &Value)> =
        arguments.iter().filter(|(name, _)| *name != "key").map(|(name, value)| (name.as_str(), value)).collect();
    if let Some(key) = key.as_str() {
        return Ok((key, args));
    }
    let inner = key.get("key").and_then(Value::as_str).ok_or_else(|| Error::msg(format!("{key} is no key")))?;
    let gaps = key.get("args").and_then(Value::as_object);
    args.extend(gaps.into_iter().flatten().map(|(name, value)| (name.as_str(), value)));
    Ok((inner, args))
}

fn time(arguments: &Arguments) -> Result<&Value> {
    arguments.get("time").ok_or_else(|| Error::msg("which time?"))
}

/// A relative time: `ahead` seconds, negative for the past.
fn ago(time: &Value) -> String {
    let language = spoken();
    let ahead = time.get("ahead").and_then(Value::as_i64).unwrap_or_default();
    let minutes = ahead.unsigned_abs().div_ceil(60);
    let (number, unit) = match minutes {
        0..=89 => (minutes.max(1), "minutes"),
        90..=2879 => ((minutes + 30) / 60, "hours"),
        _ => ((minutes + 720) / 1440, "days"),
    };
    let number = Value::from(number);
    let key = match ahead {
        1.. => format!("time-in-{unit}"),
        -59..=0 => "time-just-now".to_owned(),
        _ => format!("time-{unit}-ago"),
    };
    say(language, &key, [("number", &number)])
}

/// Day, month, year and minute in UTC, from [`crate::clock::Timestamp::parts`].
fn exact(parts: &Value) -> String {
    in_words("time-exact", parts)
}

/// From [`crate::clock::Timestamp::parts_at`].
fn said(parts: &Value) -> String {
    let is_this_year = parts.get("this_year").and_then(Value::as_bool).unwrap_or_default();
    in_words(if is_this_year { "time-said" } else { "time-said-year" }, parts)
}

fn in_words(key: &str, parts: &Value) -> String {
    let language = spoken();
    let month = parts.get("month").and_then(Value::as_i64).unwrap_or_default();
    let month = Value::from(say(language, &format!("time-month-{month}"), []));
    let given = ["day", "year", "clock"].map(|name| (name, parts.get(name).unwrap_or(&Value::Null)));
    say(language, key, given.into_iter().chain([("month", &month)]))
}

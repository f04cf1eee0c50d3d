//! The functions by which templates say words.
//!
//! - `t(key=…, name=…)`: the words of a key, with what fills their gaps. The key may be a [`super::Text`] that a handler
//!   made.
//! - `th(key=…, name=…)`: the same for words that hold markup of their own; what fills the gaps is escaped.
//! - `exact(time=…)`, `ago(time=…)`: a time, to the minute or by how far away it is.
//! - `language()`: the tag of the language.

use std::collections::HashMap;

use serde_json::Value;
use tera::{Error, Function, Result, Tera};

use super::catalogue::plain;
use super::{say, spoken};

type Arguments = HashMap<String, Value>;

/// Lets templates say words, and has them escape what they show.
pub fn register(tera: &mut Tera) {
    tera.set_escape_fn(escape);
    tera.register_function("t", t);
    tera.register_function("th", Marked);
    tera.register_function("ago", |arguments: &Arguments| Ok(Value::from(ago(time(arguments)?))));
    tera.register_function("exact", |arguments: &Arguments| Ok(Value::from(exact(time(arguments)?))));
    tera.register_function("language", |_: &Arguments| Ok(Value::from(spoken().code())));
}

/// What HTML needs and no more: Tera's own also rewrites `/`, which makes paths unreadable.
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

/// Words with markup of their own.
struct Marked;

impl Function for Marked {
    fn call(&self, arguments: &Arguments) -> Result<Value> {
        let (key, args) = words_of(arguments)?;
        let escaped: Vec<(&str, Value)> = args
            .into_iter()
            .map(|(name, value)| match value {
                Value::String(text) => (name, Value::from(escape(text))),
                // What they say in turn holds no markup.
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
    let key = arguments.get("key").ok_or_else(|| Error::msg("words need a key"))?;
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

/// How far away a time is: `ahead` seconds, below zero for what was.
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

/// Day, month, year and minute, in UTC: the words of what [`crate::clock::Timestamp::parts`] gives.
fn exact(parts: &Value) -> String {
    let language = spoken();
    let month = parts.get("month").and_then(Value::as_i64).unwrap_or_default();
    let month = Value::from(say(language, &format!("time-month-{month}"), []));
    let given = ["day", "year", "clock"].map(|name| (name, parts.get(name).unwrap_or(&Value::Null)));
    say(language, "time-exact", given.into_iter().chain([("month", &month)]))
}

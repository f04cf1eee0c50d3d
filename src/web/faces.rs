//! Faces of people and tiles of places: initials, in one of twelve hues.

use std::collections::HashMap;

use rocket_dyn_templates::tera::{Error, Function, Result, Tera, Value};

use crate::initials::initials;

/// The hues in `usher.css`.
const HUES: u32 = 12;

/// Registers the template functions.
///
/// - `face(name=…, of=…)`: the initials of a person; `of` is what sets the hue, such as the address. With `waits=true`
///   of somebody who is invited, `big=true` for the ticket.
/// - `tile(name=…)`: the initials of a place; `small=true` in rows.
/// - `initials(name=…)`: as text.
pub fn register(tera: &mut Tera) {
    tera.register_function("face", Initials(face));
    tera.register_function("tile", Initials(tile));
    tera.register_function("initials", |arguments: &Arguments| Ok(initials(text(arguments, "name")?).into()));
}

type Arguments = HashMap<String, Value>;

/// A function whose result is markup.
struct Initials(fn(&Arguments) -> Result<String>);

impl Function for Initials {
    fn call(&self, arguments: &Arguments) -> Result<Value> {
        self.0(arguments).map(Value::from)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

fn face(arguments: &Arguments) -> Result<String> {
    let (name, of) = (text(arguments, "name")?, text(arguments, "of")?);
    let mut classes = format!("face h{}", hue(of));
    for (flag, class) in [("waits", " wait"), ("big", " big")] {
        if is_set(arguments, flag) {
            classes.push_str(class);
        }
    }
    Ok(markup(&classes, if name.is_empty() { of } else { name }))
}

fn tile(arguments: &Arguments) -> Result<String> {
    let classes = if is_set(arguments, "small") { "tile small-tile" } else { "tile" };
    Ok(markup(classes, text(arguments, "name")?))
}

/// The name is beside it: initials are drawn by the stylesheet, neither read aloud nor copied with the text. They are
/// letters and digits, so there is nothing to escape.
fn markup(classes: &str, name: &str) -> String {
    format!("<i class=\"{classes}\" data-is=\"{}\"></i>", initials(name))
}

fn text<'a>(arguments: &'a Arguments, name: &str) -> Result<&'a str> {
    let value = arguments.get(name).and_then(Value::as_str);
    value.ok_or_else(|| Error::msg(format!("a face needs {name:?}")))
}

fn is_set(arguments: &Arguments, flag: &str) -> bool {
    arguments.get(flag).and_then(Value::as_bool).unwrap_or_default()
}

/// From 1; the same for the same text at all times.
fn hue(of: &str) -> u32 {
    of.bytes().fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into())) % HUES + 1
}

#[cfg(test)]
mod tests {
    use super::{HUES, hue};

    #[test]
    fn a_team_has_several_hues_and_each_is_in_the_stylesheet() {
        let style = include_str!("../../static/usher.css");
        let of = |number: u32| hue(&format!("person-{number}@harbor.test"));
        let hues: std::collections::BTreeSet<u32> = (0..200).map(of).collect();
        assert_eq!(hues, (1..=HUES).collect());
        for hue in hues {
            assert!(style.contains(&format!(".h{hue} ")), "{hue}");
        }
    }
}

//! The notice that says which secrets were replaced, and which had that value already.

use std::fmt;

use super::secrets::secrets;
use crate::domain::environments::change::Replaced;
use crate::store::secrets::Field;
use crate::web::secret_names::SecretName;
use crate::words::Text;

/// Which form it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The one of the secrets alone.
    Secrets,
    /// The one of the whole environment.
    All,
}

/// As text, for a cookie: `secrets.accessKey_secretKey.pass`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplacedNotice {
    pub form: Form,
    pub replaced: Replaced,
}

impl ReplacedNotice {
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let form = match parts.next()? {
            "secrets" => Form::Secrets,
            "all" => Form::All,
            _ => return None,
        };
        let replaced = Replaced { changed: fields(parts.next()?)?, same: fields(parts.next()?)? };
        parts.next().is_none().then_some(Self { form, replaced })
    }

    pub fn text(&self) -> Text {
        let Replaced { changed, same } = &self.replaced;
        let key = match (self.form, changed.is_empty(), same.is_empty()) {
            (_, false, true) => return Text::of("replaced").with("changed", secrets(changed.iter().copied())),
            (_, false, false) => "replaced-but",
            (Form::Secrets, true, _) => "replaced-nothing",
            (Form::All, true, _) => "replaced-no-secret",
        };
        let text = Text::of(key).with("same", secrets(same.iter().copied()));
        if changed.is_empty() { text } else { text.with("changed", secrets(changed.iter().copied())) }
    }
}

impl fmt::Display for ReplacedNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = match self.form {
            Form::Secrets => "secrets",
            Form::All => "all",
        };
        write!(f, "{form}.{}.{}", names(&self.replaced.changed), names(&self.replaced.same))
    }
}

fn names(fields: &[Field]) -> String {
    let names: Vec<&str> = fields.iter().map(|field| SecretName(*field).as_str()).collect();
    names.join("_")
}

fn fields(names: &str) -> Option<Vec<Field>> {
    let names = names.split('_').filter(|name| !name.is_empty());
    names.map(|name| SecretName::named(name).map(|name| name.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Field, Form, Replaced, ReplacedNotice};

    #[test]
    fn a_cookie_holds_it_and_nothing_else() {
        let lists = [vec![], vec![Field::DbPass], Field::ALL.to_vec()];
        for form in [Form::Secrets, Form::All] {
            for (changed, same) in lists.iter().flat_map(|one| lists.iter().map(move |other| (one, other))) {
                let replaced = Replaced { changed: changed.clone(), same: same.clone() };
                let notice = ReplacedNotice { form, replaced };
                assert_eq!(ReplacedNotice::read(&notice.to_string()), Some(notice));
            }
        }
        for other in ["", "saved", "all", "all.", "all.pass", "some.pass.", "all.pass.harbor", "all.pass..pass"] {
            assert_eq!(ReplacedNotice::read(other), None, "{other}");
        }
    }
}

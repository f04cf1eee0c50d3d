//! How a stale form's fields are shown again.

use serde::Serialize;

use crate::web::csrf;
use crate::web::html::form::{KEPT, Submitted};
#[cfg(test)]
use crate::web::html::sample::Sample;

/// A field that is shown again.
#[derive(Clone, Debug, Serialize)]
pub struct Typed {
    name: String,
    /// A message key.
    label: &'static str,
    kind: Shown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Shown {
    Line,
    Lines,
    /// A secret that is kept sealed.
    Kept,
    /// A password of an account: it is typed again.
    Password,
}

/// Longer texts are shown in several lines.
const LONGEST_LINE: usize = 80;

/// Passwords of accounts.
const PASSWORDS: [(&str, &str); 4] = [
    ("password", "account-field-password"),
    ("oldPassword", "account-field-old-password"),
    ("newPassword", "account-field-new-password"),
    ("newPasswordAgain", "account-field-password-again"),
];

/// Secrets.
const SECRETS: [(&str, &str); KEPT.len()] = [
    ("accessKey", "environments-access-key"),
    ("secretKey", "environments-secret-key"),
    ("user", "environments-db-user"),
    ("pass", "environments-db-password"),
    ("token", "slack-token"),
];

/// What people type. Everything else (ids, boxes, choices) is sent again as it is.
const TEXTS: [(&str, &str); 22] = [
    ("email", "account-field-email"),
    ("fullName", "account-field-name"),
    ("username", "account-field-username"),
    ("userEmail", "sharing-address"),
    ("userKey", "orgs-invite-whom"),
    ("envName", "environments-name"),
    ("region", "environments-region"),
    ("keysName", "environments-keys-name"),
    ("bucket", "environments-bucket"),
    ("prefix", "environments-prefix"),
    ("dbName", "environments-db-name"),
    ("host", "environments-host"),
    ("instance", "environments-instance"),
    ("parameterGroup", "environments-parameter-group"),
    ("name", "account-field-name"),
    ("slug", "orgs-slug"),
    ("description", "role-form-description"),
    ("resourceId", "orgs-resource"),
    ("inviteCode", "invitations-code"),
    ("channel", "slack-channel"),
    ("reason", "dismiss-reason"),
    ("text", "import-text"),
];

/// The fields to show, and the names and values of all others.
pub fn typed(form: &Submitted) -> (Vec<Typed>, Vec<(String, String)>) {
    let mut shown: Vec<Typed> = Vec::new();
    let mut hidden = Vec::new();
    for (name, value) in form.fields() {
        if name == csrf::FIELD {
            continue;
        }
        let is_shown = shown.iter().any(|typed| typed.name == *name);
        match kind(name, value) {
            // A repeated field has values that nobody typed.
            Some((label, kind)) if !is_shown => shown.push(Typed { name: name.clone(), label, kind }),
            Some((_, Shown::Kept | Shown::Password)) => {}
            _ => hidden.push((name.clone(), value.clone())),
        }
    }
    (shown, hidden)
}

fn kind(name: &str, value: &str) -> Option<(&'static str, Shown)> {
    let of = |fields: &[(&str, &'static str)]| fields.iter().find(|(of, _)| *of == name).map(|(_, label)| *label);
    let text = || {
        let is_long = value.contains('\n') || value.chars().count() > LONGEST_LINE;
        Some((of(&TEXTS)?, if is_long { Shown::Lines } else { Shown::Line }))
    };
    let secret = || of(&SECRETS).map(|label| (label, Shown::Kept));
    of(&PASSWORDS).map(|label| (label, Shown::Password)).or_else(secret).or_else(text)
}

#[cfg(test)]
impl Sample for Typed {
    fn samples() -> Vec<Self> {
        let typed = |name: &str, label, kind| Self { name: name.to_owned(), label, kind };
        vec![
            typed("name", "account-field-name", Shown::Line),
            typed("text", "import-text", Shown::Lines),
            typed("pass", "environments-db-password", Shown::Kept),
            typed("oldPassword", "account-field-old-password", Shown::Password),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::kind;
    use crate::web::templates;

    /// The names of the fields that a template's `form::field` and `form::area` make.
    fn named(source: &str) -> Vec<&str> {
        let of = |call: &'static str| source.split(call).skip(1).filter_map(|rest| rest.split("name=\"").nth(1));
        of("form::field(").chain(of("form::area(")).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn whatever_can_be_typed_has_a_label_when_it_is_shown_again() {
        // GET forms, the samples of parts, and the page's own.
        const OTHERS: [&str; 8] = ["person", "place", "from", "to", "search", "optional", "several", "againPassword"];
        let mut count = 0;
        for (template, source) in templates::sources() {
            for name in named(source).into_iter().filter(|name| !OTHERS.contains(name)) {
                assert!(kind(name, "").is_some(), "{template}: {name} has no label");
                count += 1;
            }
        }
        assert!(count > 40, "{count} fields");
    }
}

//! Renders every mail: a subject, a text part and an HTML part from the templates in `templates/mail`.
//!
//! The templates are embedded in the program and rendered outside any request, by their own `Tera`: names ending in
//! `.html` are escaped, those ending in `.txt` are not.

mod wrapped;

use std::collections::HashMap;

use serde::Serialize;
use tera::{Context, Tera, Value};

use crate::email_address::shown;
use crate::initials::initials;
use crate::plain_text::{clean, link_in, unlinked};
use crate::words::{self, Language};

/// The content of a mail. All strings are ready to be shown; links are complete URLs.
///
/// No `Debug`: links and codes are secrets.
#[derive(Serialize)]
#[serde(untagged)]
pub enum MailView {
    Invitation {
        /// The name that the inviter gave the reader, who has no account; may be empty.
        name: String,
        /// The full name of the inviter; may be empty.
        inviter_name: String,
        /// The address of the inviter, if they proved it.
        inviter_address: Option<String>,
        /// The kind of the place, e.g. `environment`.
        kind: String,
        /// The name of the environment or org.
        target_name: String,
        /// `administrator` or `member`.
        right: String,
        /// The offered roles and permissions.
        grants: Vec<Grant>,
        /// What the inviter wrote, in lines.
        note: Option<String>,
        /// When the link expires, from [`crate::clock::Timestamp::parts_at`].
        expires: Value,
        /// The page to accept or decline on.
        link: String,
        /// The code to type instead of the link, for an environment.
        code: Option<String>,
        /// The address that was invited.
        to_address: String,
    },
    /// To the inviter: the invitation was accepted or declined.
    InvitationAnswered {
        /// The full name of the invitee; may be empty.
        who_name: String,
        /// The address of the invitee, or the invited username.
        who_address: String,
        /// The kind of the place.
        kind: String,
        /// The name of the environment or org.
        target_name: String,
        accepted: bool,
        /// The page that shows the members.
        link: String,
    },
    /// To the inviter: the invitee asks for a new link, the old one having expired.
    NewLinkWanted {
        /// The invited address or username.
        who_address: String,
        /// The kind of the place.
        kind: String,
        /// The name of the environment or org.
        target_name: String,
        /// The page to invite from.
        link: String,
    },
    /// An address needs confirmation. Has no name: the reader may not know whoever chose it.
    VerifyAddress {
        /// The address to confirm.
        address: String,
        /// The page with the button.
        link: String,
        /// When the link expires.
        expires: Value,
        /// The primary address of the account that this one was added to.
        account: Option<String>,
    },
    /// Somebody requested a new password.
    ResetPassword {
        /// The full name of the user; may be empty.
        name: String,
        /// The page to choose a password on.
        link: String,
        /// When the link expires.
        expires: Value,
    },
    /// Somebody else changed the reader's access.
    AccessChanged {
        /// The full name of the reader.
        name: String,
        /// The full name of whoever did it; empty if their account is gone.
        who: String,
        change: AccessChange,
        /// `environment` or `org`; `None`: global.
        kind: Option<&'static str>,
        /// The name of the environment or org.
        target_name: String,
        /// `owner`, `administrator` or `member`.
        right: String,
        /// The roles and permissions after the change.
        grants: Vec<Grant>,
        /// The page of the place, or the start page.
        link: String,
    },
    PasswordChanged {
        /// The full name of the user; may be empty.
        name: String,
        /// When it was changed.
        when: Value,
        /// The page to request a new password on.
        link: String,
    },
    /// To the former primary address: it was replaced.
    PrimaryAddressChanged {
        /// The full name of the user; may be empty.
        name: String,
        /// The former primary address.
        address: String,
        /// When it was changed.
        when: Value,
        /// The page to request a new password on.
        link: String,
    },
    /// To an account's primary address and one that was just added.
    AddressAdded {
        /// The full name of the user; may be empty.
        name: String,
        /// The added address.
        address: String,
        /// When it was added.
        when: Value,
        /// The page to request a new password on.
        link: String,
    },
}

/// The change to somebody's access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessChange {
    Added,
    Changed,
    Removed,
}

/// A role or permission by name.
#[derive(Clone, Debug, Serialize)]
pub struct Grant {
    pub kind: GrantKind,
    pub name: String,
    /// The only resource that it covers.
    pub resource: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    Role,
    Permission,
}

impl MailView {
    /// The folder of its templates.
    pub(crate) fn folder(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::InvitationAnswered { .. } => "invitation_answered",
            Self::NewLinkWanted { .. } => "new_link_wanted",
            Self::VerifyAddress { .. } => "verify_address",
            Self::ResetPassword { .. } => "reset_password",
            Self::AccessChanged { .. } => "access_changed",
            Self::PasswordChanged { .. } => "password_changed",
            Self::PrimaryAddressChanged { .. } => "primary_address_changed",
            Self::AddressAdded { .. } => "address_added",
        }
    }
}

/// A rendered mail. No `Debug`: it holds the link.
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The text part, wrapped; the link is alone on its line.
    pub text: String,
    /// The HTML part, a complete document.
    pub html: String,
}

pub struct Renderer {
    tera: Tera,
}

macro_rules! templates {
    ($($folder:literal),+ $(,)?) => {
        [$(
            (concat!($folder, "/subject.txt"), include_str!(concat!("../../templates/mail/", $folder, "/subject.txt"))),
            (concat!($folder, "/body.txt"), include_str!(concat!("../../templates/mail/", $folder, "/body.txt"))),
            (concat!($folder, "/body.html"), include_str!(concat!("../../templates/mail/", $folder, "/body.html"))),
        )+]
    };
}

impl Renderer {
    /// Parses the embedded templates.
    ///
    /// # Panics
    ///
    /// When a template is invalid, which the tests rule out.
    #[must_use]
    pub fn new() -> Self {
        let mut tera = Tera::default();
        words::register(&mut tera);
        tera.register_filter("initials", |name: &Value, _: &HashMap<String, Value>| {
            Ok(Value::from(initials(name.as_str().unwrap_or_default())))
        });
        tera.register_filter("server", |link: &Value, _: &HashMap<String, Value>| Ok(Value::from(server(link))));
        let layouts = [
            ("layout.txt", include_str!("../../templates/mail/layout.txt")),
            ("layout.html", include_str!("../../templates/mail/layout.html")),
            ("parts.txt", include_str!("../../templates/mail/parts.txt")),
            ("parts.html", include_str!("../../templates/mail/parts.html")),
        ];
        let mails = templates!(
            "invitation",
            "invitation_answered",
            "new_link_wanted",
            "verify_address",
            "reset_password",
            "access_changed",
            "password_changed",
            "primary_address_changed",
            "address_added",
        );
        tera.add_raw_templates(layouts.into_iter().chain(mails))
            .expect("the templates are part of the program, and the tests render every one of them");
        Self { tera }
    }

    #[cfg(test)]
    pub(crate) fn engine(&self) -> &Tera {
        &self.tera
    }

    /// Renders a mail in a language. Cleans names with [`clean`], and keeps them from becoming links.
    ///
    /// # Errors
    ///
    /// When a template uses a field that the view does not have.
    pub fn render(&self, mail: &MailView, language: Language) -> Result<Rendered, tera::Error> {
        let mut view = sanitized(mail)?;
        let context = Context::from_value(view.clone())?;
        let note = view["note"].clone();
        wrapped::hold_together(&mut view);
        // Prose, not a name: its lines may break.
        view["note"] = note;
        let held_together = Context::from_value(view)?;
        let render = |file, context| self.tera.render(&format!("{}/{file}", mail.folder()), context);
        words::speaking(language, || {
            Ok(Rendered {
                subject: render("subject.txt", &context)?.trim().to_owned(),
                text: wrapped::wrap(&render("body.txt", &held_together)?),
                html: render("body.html", &context)?,
            })
        })
    }
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

/// Fields with names that people chose.
const NAMES: [&str; 6] = ["name", "inviter_name", "who", "who_name", "target_name", "grants"];

fn sanitized(mail: &MailView) -> Result<Value, tera::Error> {
    let mut view = tera::to_value(mail)?;
    for (key, value) in view.as_object_mut().into_iter().flatten() {
        match key.as_str() {
            "link" => {}
            "note" => change(value, &note),
            name if NAMES.contains(&name) => change(value, &|text| unlinked(&clean(text))),
            "account" | "address" | "inviter_address" | "to_address" | "who_address" => change(value, &address),
            _ => change(value, &clean),
        }
    }
    Ok(view)
}

/// Lines that held no link when they were written; should the rule have changed, they lead nowhere all the same.
fn note(text: &str) -> String {
    let line = |line: &str| if link_in(line).is_some() { unlinked(&clean(line)) } else { clean(line) };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Host and port of a link: which server wrote the mail.
fn server(link: &Value) -> &str {
    let link = link.as_str().unwrap_or_default();
    let (_, after) = link.split_once("://").unwrap_or_default();
    after.split('/').next().unwrap_or_default()
}

/// An address as people read it, unchanged if its local part is plain; anything else, and a username, could be a URL.
fn address(text: &str) -> String {
    let text = clean(text);
    let is_plain = |local: &str| local.chars().all(|c| c.is_alphanumeric() || "._+-".contains(c));
    match text.rsplit_once('@') {
        Some((local, _)) if is_plain(local) => shown(&text).into_owned(),
        _ => unlinked(&text),
    }
}

/// Changes every string in a value.
fn change(value: &mut Value, with: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = with(text),
        Value::Array(values) => values.iter_mut().for_each(|value| change(value, with)),
        Value::Object(fields) => fields.values_mut().for_each(|value| change(value, with)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests;

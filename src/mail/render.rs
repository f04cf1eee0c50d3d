//! The words of every mail: a subject, a text part and an HTML part from the templates in `templates/mail`.
//!
//! The templates are part of the program. They are rendered outside any request, by a `Tera` of their own: names ending
//! in `.html` are escaped, those ending in `.txt` are not.

mod wrapped;

use serde::Serialize;
use tera::{Context, Tera, Value};

use super::message::{clean, unlinked};
use crate::words::{self, Language};

/// What a mail says. All strings are ready to be shown; a link is a complete URL.
///
/// There is no `Debug`: links and codes are secrets.
#[derive(Serialize)]
#[serde(untagged)]
pub enum MailView {
    /// Somebody is invited.
    Invitation {
        /// The full name of the inviter; may be empty.
        inviter_name: String,
        /// The address of the inviter.
        inviter_address: String,
        /// What the invitation is to, e.g. `environment`.
        kind: String,
        /// The name of the environment or org.
        target_name: String,
        /// `administrator` or `member`.
        right: String,
        /// The roles and permissions that go with it.
        grants: Vec<Grant>,
        /// Until when the link works, as [`crate::clock::Timestamp::parts`] gives it.
        expires: Value,
        /// The page on which to accept or decline.
        link: String,
        /// The code that does the same as the link, for an environment.
        code: Option<String>,
        /// The address that was invited.
        to_address: String,
    },
    /// To the inviter: the invitation was accepted or declined.
    InvitationAnswered {
        /// The full name of who answered; may be empty.
        who_name: String,
        /// The address of who answered, or the username that was invited.
        who_address: String,
        /// What the invitation was to.
        kind: String,
        /// The name of the environment or org.
        target_name: String,
        /// Whether it was accepted.
        accepted: bool,
        /// The page that shows the members.
        link: String,
    },
    /// To the inviter: somebody opened an expired invitation and asks for a new link.
    NewLinkWanted {
        /// The address or username that was invited.
        who_address: String,
        /// What the invitation was to.
        kind: String,
        /// The name of the environment or org.
        target_name: String,
        /// The page from which to invite.
        link: String,
    },
    /// An address waits to be confirmed. Without a name: its reader may be a stranger to whoever chose that.
    VerifyAddress {
        /// The address to confirm.
        address: String,
        /// The page with the button.
        link: String,
        /// Until when the link works.
        expires: Value,
        /// The primary address of the account that this one was added to.
        account: Option<String>,
    },
    /// Somebody asked for a new password.
    ResetPassword {
        /// The full name of the user; may be empty.
        name: String,
        /// The page on which to choose a password.
        link: String,
        /// Until when the link works.
        expires: Value,
    },
    /// Somebody else changed what the reader may do.
    AccessChanged {
        /// The full name of the reader.
        name: String,
        /// The full name of who did it; empty when they are gone.
        who: String,
        /// What was done.
        change: AccessChange,
        /// `environment` or `org`; `None`: everywhere.
        kind: Option<&'static str>,
        /// The name of the environment or org.
        target_name: String,
        /// `owner`, `administrator` or `member`.
        right: String,
        /// The roles and permissions from now on.
        grants: Vec<Grant>,
        /// The page of the place, or the start page.
        link: String,
    },
    /// The password was changed.
    PasswordChanged {
        /// The full name of the user; may be empty.
        name: String,
        /// When it was changed.
        when: Value,
        /// The page on which to ask for a new password.
        link: String,
    },
    /// To the former primary address: another one took its place.
    PrimaryAddressChanged {
        /// The full name of the user; may be empty.
        name: String,
        /// The former primary address.
        address: String,
        /// When it was changed.
        when: Value,
        /// The page on which to ask for a new password.
        link: String,
    },
}

/// What was done to somebody's access.
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
    /// The one thing that it is narrowed to.
    pub resource: Option<String>,
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    Role,
    Permission,
}

impl MailView {
    /// The folder of the templates.
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
        }
    }
}

/// A rendered mail. There is no `Debug`: it holds the link.
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The text part, wrapped; the link is alone on a line.
    pub text: String,
    /// The HTML part, a whole document.
    pub html: String,
}

/// Renders mails.
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
    /// Reads the templates of the program.
    ///
    /// # Panics
    ///
    /// When a template is broken, which no input can cause and the tests rule out.
    #[must_use]
    pub fn new() -> Self {
        let mut tera = Tera::default();
        words::register(&mut tera);
        let layouts = [
            ("layout.txt", include_str!("../../templates/mail/layout.txt")),
            ("layout.html", include_str!("../../templates/mail/layout.html")),
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
        );
        tera.add_raw_templates(layouts.into_iter().chain(mails))
            .expect("the templates are part of the program, and the tests render every one of them");
        Self { tera }
    }

    /// The engine with the templates.
    #[cfg(test)]
    pub(crate) fn engine(&self) -> &Tera {
        &self.tera
    }

    /// Renders a mail in a language. Names go through [`clean`], and none of them becomes a link.
    ///
    /// # Errors
    ///
    /// When a template asks for something that the view does not have.
    pub fn render(&self, mail: &MailView, language: Language) -> Result<Rendered, tera::Error> {
        let mut view = sanitized(mail)?;
        let context = Context::from_value(view.clone())?;
        wrapped::hold_together(&mut view);
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

/// What people have named.
const NAMES: [&str; 6] = ["name", "inviter_name", "who", "who_name", "target_name", "grants"];

fn sanitized(mail: &MailView) -> Result<Value, tera::Error> {
    let mut view = tera::to_value(mail)?;
    for (key, value) in view.as_object_mut().into_iter().flatten() {
        match key.as_str() {
            "link" => {}
            name if NAMES.contains(&name) => change(value, &|text| unlinked(&clean(text))),
            "account" | "address" | "inviter_address" | "to_address" | "who_address" => change(value, &address),
            _ => change(value, &clean),
        }
    }
    Ok(view)
}

/// An address, which may stand as it is where its local part reads like one; what else it may hold could be a URL. So could
/// a username.
fn address(text: &str) -> String {
    let text = clean(text);
    let is_plain = |local: &str| local.chars().all(|c| c.is_alphanumeric() || "._+-".contains(c));
    match text.rsplit_once('@') {
        Some((local, _)) if is_plain(local) => text,
        _ => unlinked(&text),
    }
}

/// Changes every text in a value.
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

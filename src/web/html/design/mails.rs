//! Every mail in every language, from sample data, rendered by the production renderer.

use std::sync::LazyLock;

use rocket::http::{ContentType, Header};
use rocket::request::{FromParam, Request};
use rocket::response::{self, Responder, Response};
use rocket::{Route, State, get, routes};
use sea_orm::{ActiveEnum as _, Iterable as _};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::{Failure, Page, View, Visitor};
use crate::entity::outbox::MessageKind;
use crate::error::Error;
use crate::mail::render::{Rendered, Renderer};
use crate::mail::samples;
use crate::usher::Usher;
use crate::web::headers::CSP;
use crate::words::Language;

/// As strict as a mail client that shows styles: no external resources, scripts or forms. Our own pages may frame it.
const OF_A_MAIL: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; \
                         frame-ancestors 'self'; sandbox";
/// As a mail client that drops all styles.
const WITHOUT_STYLES: &str = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

static RENDERER: LazyLock<Renderer> = LazyLock::new(Renderer::new);

/// A kind by its name in the path.
struct Kind(MessageKind);

impl<'r> FromParam<'r> for Kind {
    type Error = &'r str;

    fn from_param(name: &'r str) -> Result<Self, &'r str> {
        MessageKind::iter().find(|kind| kind.to_value() == name).map(Self).ok_or(name)
    }
}

/// The sample mails of a kind in a language; empty if the kind is not a mail.
fn rendered(usher: &Usher, kind: MessageKind, language: Language) -> Result<Vec<Rendered>, Error> {
    let mails = samples::of(kind, &usher.config.public_url);
    let render = |mail| RENDERER.render(mail, language).map_err(|error| Error::internal(error.to_string()));
    mails.iter().map(render).collect()
}

/// One of them by index.
fn one(
    usher: &Usher,
    kind: MessageKind,
    number: Option<usize>,
    language: Option<&str>,
) -> Result<Option<Rendered>, Error> {
    Ok(rendered(usher, kind, asked_for(language))?.into_iter().nth(number.unwrap_or(0)))
}

/// All subjects, one row each, with languages side by side.
#[derive(Serialize)]
pub(in crate::web::html) struct MailsView {
    rows: Vec<Vec<MailLink>>,
    languages: [&'static str; Language::ALL.len()],
}

impl View for MailsView {
    const TEMPLATE: &'static str = "design/mails";
}

#[derive(Serialize)]
struct MailLink {
    language: &'static str,
    page: String,
    subject: String,
}

/// The mails of a kind in a language.
#[derive(Serialize)]
pub(in crate::web::html) struct MailsOfKindView {
    mails: Vec<ShownMail>,
    mail_language: &'static str,
    languages: [&'static str; Language::ALL.len()],
    preview: String,
}

impl View for MailsOfKindView {
    const TEMPLATE: &'static str = "design/mail";
}

/// A mail's texts, and where its parts are.
#[derive(Serialize)]
struct ShownMail {
    subject: String,
    text: String,
    html_href: String,
    unstyled_href: String,
    text_href: String,
}

impl ShownMail {
    fn new(mail: Rendered, path: &str, language: Language, number: usize) -> Self {
        let query = format!("?language={}&number={number}", language.code());
        Self {
            subject: mail.subject,
            text: mail.text,
            html_href: format!("{path}/html{query}"),
            unstyled_href: format!("{path}/html{query}&styles=off"),
            text_href: format!("{path}/text{query}"),
        }
    }
}

/// The subjects of a kind's mails.
fn links(usher: &Usher, kind: MessageKind, language: Language) -> Result<Vec<MailLink>, Error> {
    let code = language.code();
    let link = |mail: Rendered| MailLink {
        language: code,
        page: format!("{}?language={code}", path(kind)),
        subject: mail.subject,
    };
    Ok(rendered(usher, kind, language)?.into_iter().map(link).collect())
}

fn path(kind: MessageKind) -> String {
    format!("/design/mails/{}", kind.to_value())
}

fn asked_for(language: Option<&str>) -> Language {
    language.and_then(Language::from_code).unwrap_or_default()
}

#[get("/design/mails")]
fn list(usher: &State<Usher>, visitor: Visitor) -> Result<Page, Failure> {
    let mut rows: Vec<Vec<MailLink>> = Vec::new();
    for kind in MessageKind::iter() {
        let in_every_language = Language::ALL.into_iter().map(|language| links(usher, kind, language));
        let mut columns = in_every_language.collect::<Result<Vec<_>, Error>>()?;
        let count = columns.iter().map(Vec::len).min().unwrap_or(0);
        rows.extend((0..count).map(|_| columns.iter_mut().map(|column| column.remove(0)).collect()));
    }
    Ok(Page::new(&visitor, &MailsView { rows, languages: Language::ALL.map(Language::code) }))
}

#[get("/design/mails/<kind>?<language>")]
fn show(
    usher: &State<Usher>,
    visitor: Visitor,
    kind: Kind,
    language: Option<&str>,
) -> Result<Option<Framing>, Failure> {
    let language = asked_for(language);
    let preview = path(kind.0);
    let mails = rendered(usher, kind.0, language)?.into_iter().enumerate();
    let mails: Vec<_> = mails.map(|(number, mail)| ShownMail::new(mail, &preview, language, number)).collect();
    if mails.is_empty() {
        return Ok(None);
    }
    let languages = Language::ALL.map(Language::code);
    let view = MailsOfKindView { mails, mail_language: language.code(), languages, preview };
    Ok(Some(Framing(Page::new(&visitor, &view))))
}

#[get("/design/mails/<kind>/html?<language>&<number>&<styles>")]
fn html(
    usher: &State<Usher>,
    kind: Kind,
    language: Option<&str>,
    number: Option<usize>,
    styles: Option<&str>,
) -> Result<Option<HtmlPart>, Failure> {
    let policy = if styles == Some("off") { WITHOUT_STYLES } else { OF_A_MAIL };
    Ok(one(usher, kind.0, number, language)?.map(|mail| HtmlPart { html: mail.html, policy }))
}

#[get("/design/mails/<kind>/text?<language>&<number>")]
fn text(
    usher: &State<Usher>,
    kind: Kind,
    language: Option<&str>,
    number: Option<usize>,
) -> Result<Option<(ContentType, String)>, Failure> {
    let mail = one(usher, kind.0, number, language)?;
    Ok(mail.map(|mail| (ContentType::Plain, format!("{}\n\n{}", mail.subject, mail.text))))
}

/// A page that frames the HTML part of a mail.
struct Framing(Page);

impl<'r> Responder<'r, 'static> for Framing {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = self.0.respond_to(request)?;
        response.set_header(Header::new("Content-Security-Policy", format!("{CSP}; frame-src 'self'")));
        Ok(response)
    }
}

/// The HTML part of a mail, under the policy of a mail client.
struct HtmlPart {
    html: String,
    policy: &'static str,
}

impl<'r> Responder<'r, 'static> for HtmlPart {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        Response::build_from((ContentType::HTML, self.html).respond_to(request)?)
            .header(Header::new("Content-Security-Policy", self.policy))
            .header(Header::new("X-Frame-Options", "SAMEORIGIN"))
            .ok()
    }
}

#[cfg(test)]
impl Sample for MailsView {
    fn samples() -> Vec<Self> {
        let link = || MailLink {
            language: "en",
            page: "/design/mails/reset_password?language=en".to_owned(),
            subject: "Choose a new password".to_owned(),
        };
        vec![Self { rows: vec![vec![link(), link()]], languages: Language::ALL.map(Language::code) }]
    }
}

#[cfg(test)]
impl Sample for MailsOfKindView {
    fn samples() -> Vec<Self> {
        let text = || "Choose a new password".to_owned();
        let mail = Rendered { subject: text(), text: text(), html: String::new() };
        let preview = "/design/mails/reset_password".to_owned();
        vec![Self {
            mails: vec![ShownMail::new(mail, &preview, Language::English, 0)],
            mail_language: "en",
            languages: Language::ALL.map(Language::code),
            preview,
        }]
    }
}

pub fn routes() -> Vec<Route> {
    routes![list, show, html, text]
}

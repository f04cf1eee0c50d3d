//! Renders every mail in every language, without sending.

use super::*;
use crate::clock::Timestamp;

const WHEN: Timestamp = Timestamp(1_795_385_580_000);
const NOTE: &str =
    "Hi Ben,\nhere are the keys for the Tuesday migration, and this is a long line that has to be wrapped.";
const LINK: &str = "http://127.0.0.1:8000/invitations/abcdefghijklmnopqrstuvwxyz01";

fn invitation(target_name: &str, code: Option<&str>) -> MailView {
    MailView::Invitation {
        name: String::new(),
        inviter_name: "Anna Smith".to_owned(),
        inviter_address: Some("anna@example.org".to_owned()),
        note: code.map(|_| NOTE.to_owned()),
        kind: "environment".to_owned(),
        target_name: target_name.to_owned(),
        right: "administrator".to_owned(),
        grants: vec![grant(GrantKind::Role, "editor", None), grant(GrantKind::Permission, "read", Some("r://7"))],
        expires: WHEN.parts_at(WHEN),
        link: LINK.to_owned(),
        code: code.map(str::to_owned),
        to_address: "ben@example.org".to_owned(),
    }
}

fn grant(kind: GrantKind, name: &str, resource: Option<&str>) -> Grant {
    Grant { kind, name: name.to_owned(), resource: resource.map(str::to_owned) }
}

fn access_changed(change: AccessChange, kind: Option<&'static str>, right: &str, grants: Vec<Grant>) -> MailView {
    MailView::AccessChanged {
        name: "Ben".to_owned(),
        who: "Anna Smith".to_owned(),
        change,
        kind,
        target_name: "Shop".to_owned(),
        right: right.to_owned(),
        grants,
        link: LINK.to_owned(),
    }
}

#[expect(clippy::too_many_lines, reason = "one value for each mail")]
fn every_mail() -> Vec<MailView> {
    let answered = |who_name: &str, accepted| MailView::InvitationAnswered {
        who_name: who_name.to_owned(),
        who_address: "ben@example.org".to_owned(),
        kind: "org".to_owned(),
        target_name: "Shop".to_owned(),
        accepted,
        link: LINK.to_owned(),
    };
    vec![
        invitation("Shop", Some("0f3a9c5e")),
        invitation("http://evil.example/", None),
        answered("Ben", true),
        answered("", false),
        MailView::NewLinkWanted {
            who_address: "ben@example.org".to_owned(),
            kind: "environment".to_owned(),
            target_name: "Shop".to_owned(),
            link: LINK.to_owned(),
        },
        MailView::VerifyAddress {
            address: "ben@example.org".to_owned(),
            link: LINK.to_owned(),
            expires: WHEN.parts_at(WHEN),
            account: Some("benjamin@example.org".to_owned()),
        },
        MailView::ResetPassword { name: String::new(), link: LINK.to_owned(), expires: WHEN.parts_at(WHEN) },
        access_changed(
            AccessChange::Added,
            Some("org"),
            "member",
            vec![grant(GrantKind::Role, "http://evil.example/", None)],
        ),
        access_changed(AccessChange::Changed, Some("environment"), "member", Vec::new()),
        access_changed(AccessChange::Changed, None, "", vec![grant(GrantKind::Permission, "read", Some("7"))]),
        access_changed(AccessChange::Removed, Some("org"), "member", Vec::new()),
        MailView::AccessChanged {
            name: String::new(),
            who: String::new(),
            change: AccessChange::Changed,
            kind: None,
            target_name: String::new(),
            right: String::new(),
            grants: Vec::new(),
            link: LINK.to_owned(),
        },
        access_changed(AccessChange::Changed, Some("environment"), "owner", Vec::new()),
        access_changed(
            AccessChange::Changed,
            Some("org"),
            "administrator",
            vec![grant(GrantKind::Role, "editor", None)],
        ),
        MailView::Invitation {
            name: "Ben".to_owned(),
            inviter_name: String::new(),
            inviter_address: Some("anna@example.org".to_owned()),
            note: None,
            kind: "org".to_owned(),
            target_name: "Shop".to_owned(),
            right: "member".to_owned(),
            grants: Vec::new(),
            expires: WHEN.parts_at(WHEN),
            link: LINK.to_owned(),
            code: None,
            to_address: "ben@example.org".to_owned(),
        },
        MailView::VerifyAddress {
            address: "ben@example.org".to_owned(),
            link: LINK.to_owned(),
            expires: WHEN.parts_at(WHEN),
            account: None,
        },
        MailView::PasswordChanged { name: "Ben".to_owned(), when: WHEN.parts_at(WHEN), link: LINK.to_owned() },
        MailView::PrimaryAddressChanged {
            name: "Ben".to_owned(),
            address: "ben@example.org".to_owned(),
            when: WHEN.parts_at(WHEN),
            link: LINK.to_owned(),
        },
        MailView::AddressAdded {
            name: "Ben".to_owned(),
            address: "ben@example.net".to_owned(),
            when: WHEN.parts_at(WHEN),
            link: LINK.to_owned(),
        },
    ]
}

#[test]
fn every_mail_has_one_link_in_each_part_and_a_subject_of_one_line() {
    let renderer = Renderer::new();
    let in_every_language = |mail| Language::ALL.map(|language| (renderer.render(&mail, language).unwrap(), language));
    for (rendered, language) in every_mail().into_iter().flat_map(in_every_language) {
        assert_eq!(rendered.text.matches("://").count(), 1, "{}", rendered.text);
        assert_eq!(rendered.text.lines().filter(|line| *line == LINK).count(), 1);
        assert_eq!(rendered.html.matches("://").count(), 2, "{}", rendered.html);
        assert!(rendered.html.contains(&format!("href=\"{LINK}\"")) && rendered.html.contains(&format!("\n{LINK}\n")));
        assert!(rendered.text.lines().all(|line| line.chars().count() <= 72), "{}", rendered.text);
        assert!(!rendered.html.contains("overflow:hidden;mso-hide:all\"></div>"), "no preheader: {}", rendered.html);
        assert!(rendered.html.contains(&format!("<html lang=\"{}\">", language.code())));
        assert!(!rendered.subject.is_empty() && !rendered.subject.contains(['\r', '\n']));
        assert!(!rendered.subject.contains("://"));
        assert!(!rendered.text.contains("\n\n\n"), "{}", rendered.text);
    }
}

#[test]
fn every_mail_is_said_in_every_language() {
    let renderer = Renderer::new();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for language in Language::ALL {
        let shown = every_mail().into_iter().map(|mail| {
            let Rendered { subject, text, html } = renderer.render(&mail, language).unwrap();
            let (_, shown) = html.split_once("<title>").unwrap();
            format!("Subject: {subject}\n\n{text}\n----\n\n{shown}")
        });
        let shown: Vec<String> = shown.collect();
        settings.bind(|| insta::assert_snapshot!(format!("mails_{}", language.code()), shown.join("\n====\n\n")));
    }
}

#[test]
fn only_html_is_escaped_and_names_are_cleaned() {
    let mail = invitation("<b>\u{202e}O'Neil & \"Co\"<b>\r\n", None);
    let rendered = Renderer::new().render(&mail, Language::English).unwrap();
    assert!(rendered.text.contains("\"<b>O'Neil & \"Co\"<b>\""));
    assert!(rendered.html.contains("&lt;b&gt;O&#39;Neil &amp; &quot;Co&quot;&lt;b&gt;"));
}

#[test]
fn the_code_stands_in_both_parts_only_when_there_is_one() {
    let renderer = Renderer::new();
    let with = renderer.render(&invitation("Shop", Some("0f3a9c5e")), Language::English).unwrap();
    assert!(with.text.contains("type this code: 0f3a9c5e\n"));
    assert!(with.html.contains("0f3a9c5e"));
    let without = renderer.render(&invitation("Shop", None), Language::English).unwrap();
    assert!(!without.text.contains("code") && !without.html.contains("code"));
}

/// The most words before the button.
const MOST_WORDS: usize = 30;

#[test]
fn the_button_comes_after_thirty_words_at_most() {
    let renderer = Renderer::new();
    for mail in every_mail() {
        for language in Language::ALL {
            let Rendered { text, html, .. } = renderer.render(&mail, language).unwrap();
            let (before, _) = text.split_once(LINK).unwrap();
            let before: Vec<&str> = before.lines().filter(|line| !line.starts_with('>')).collect();
            assert!(before.join(" ").split_whitespace().count() <= MOST_WORDS, "{text}");

            let (_, html) = html.split_once("</head>").unwrap();
            let (_, html) = html.split_once("mso-hide:all\">").unwrap().1.split_once("</div>").unwrap();
            let (before, _) = html.split_once("<a").unwrap();
            let (before, note) = before.split_once("<blockquote").unwrap_or((before, ""));
            let (_, after) = note.split_once("</blockquote>").unwrap_or_default();
            let words =
                tera::Tera::one_off("{{ html | striptags }}", &context(&format!("{before}{after}")), false).unwrap();
            assert!(words.split_whitespace().count() <= MOST_WORDS, "{words}");
        }
    }
}

fn context(html: &str) -> Context {
    // Tags part words.
    Context::from_value(serde_json::json!({ "html": html.replace('<', " <") })).unwrap()
}

#[test]
fn a_note_is_a_quotation_of_whole_lines() {
    let rendered = Renderer::new().render(&invitation("Shop", Some("0f3a9c5e")), Language::English).unwrap();
    assert!(rendered.text.contains("\n> Hi Ben,\n> here are the keys"), "{}", rendered.text);
    assert!(rendered.text.contains("\n> that has to be wrapped.\n"), "{}", rendered.text);
    assert!(rendered.html.contains("Hi Ben,<br>\nhere are the keys"), "{}", rendered.html);
}

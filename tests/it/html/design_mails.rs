//! The preview of mails in debug builds.

use sea_orm::{ActiveEnum as _, Iterable as _};
use usher::entity::outbox::MessageKind;

use crate::support::on_both;

const LANGUAGES: [&str; 2] = ["en", "de"];

on_both! {
    async fn every_mail_is_shown_in_every_language(app: App) {
        let mut browser = app.browser();
        let kinds: Vec<String> = MessageKind::iter().map(|kind| kind.to_value()).collect();
        let (notices, mails): (Vec<&String>, Vec<&String>) = kinds.iter().partition(|kind| kind.starts_with("slack_"));
        assert!(mails.len() > 10, "{mails:?}");
        for kind in mails {
            for (language, other) in [(LANGUAGES[0], LANGUAGES[1]), (LANGUAGES[1], LANGUAGES[0])] {
                let path = format!("/design/mails/{kind}?language={language}");
                browser.get("/design/mails").await;
                let subject = browser.select(&format!("main a[href='{path}']")).remove(0);
                browser.get(&path).await;
                assert!(browser.status == 200 && browser.select("h1") == [subject.as_str()], "{path}");
                let policy = browser.header("Content-Security-Policy").unwrap();
                assert!(policy.contains("frame-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
                let text = browser.select("pre").remove(0);
                let frame = browser.attribute("iframe", "src").unwrap();
                assert!(browser.attribute(&format!("a[href='/design/mails/{kind}?language={other}']"), "lang").is_some());

                browser.get(&frame).await;
                assert_eq!(browser.attribute("html", "lang").as_deref(), Some(language), "{frame}");
                assert!(browser.select("title").remove(0).len() > 5, "{frame}: {}", browser.body);
                let link = browser.attribute("a", "href").unwrap();
                assert!(link.starts_with("http://127.0.0.1:8000/") && text.contains(&link), "{frame}: {link}");
                browser.get(&format!("/design/mails/{kind}/text?language={language}")).await;
                assert_eq!(browser.header("Content-Type"), Some("text/plain; charset=utf-8"));
                assert_eq!(browser.body.trim_end(), format!("{subject}\n\n{text}"));
            }
        }
        for kind in notices.into_iter().map(String::as_str).chain(["nonsense", "invitation/html?number=9"]) {
            assert_eq!(browser.get(&format!("/design/mails/{kind}")).await.status, 404, "{kind}");
        }
    }

    async fn the_part_in_html_is_kept_to_what_mail_programs_allow(app: App) {
        let mut browser = app.browser();
        for (styles, inline) in [("on", true), ("off", false)] {
            browser.get(&format!("/design/mails/invitation/html?styles={styles}")).await;
            let policy = browser.header("Content-Security-Policy").unwrap();
            assert!(policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'self'"), "{policy}");
            assert!(policy.ends_with("; sandbox") && !policy.contains("script"), "{policy}");
            assert_eq!(policy.contains("style-src 'unsafe-inline'"), inline, "{policy}");
            assert_eq!(browser.header("X-Frame-Options"), Some("SAMEORIGIN"));
        }
        browser.get("/design/mails").await;
        assert!(!browser.header("Content-Security-Policy").unwrap().contains("frame-src"));
    }
}

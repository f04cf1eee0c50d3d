//! User-chosen names in mails to others.

use mail_parser::MessageParser;
use scraper::{Html, Selector};
use serde_json::json;

use crate::support::app::{App, PASSWORD};
use crate::support::mailbox::{Mail, urls};
use crate::support::on_both;
use crate::support::rpc::{permission, role};
use crate::support::sharing::Sharing;

/// Signs up with a name and invites; returns the invitation's mail.
async fn invited_by(app: &App, number: usize, name: &str) -> Mail {
    let address = format!("inviter-{number}@harbor.test");
    let fields = [("fullName", name), ("email", address.as_str()), ("password", PASSWORD)];
    let mut browser = app.browser();
    browser.get("/sign-up").await.submit("Sign up", &fields).await;
    assert_eq!((browser.status, browser.path.as_str()), (200, "/"), "{name:?}: {}", browser.text());
    let mail = app.mail_to(&address).await;
    // The reader may be a stranger to the sender.
    assert_eq!(mail.text.lines().next(), Some("Hello,"), "{name:?}");
    assert!(
        mail.raw.contains(&format!("To: {address}\r\n")) || mail.raw.contains(&format!("To: <{address}>")),
        "{}",
        mail.raw
    );
    browser.get(&mail.link()).await.submit("Confirm this address", &[]).await;
    assert_harmless(name, &mail);
    let mut api = app.api();
    api.log_in(&address).await;
    let mut sharing = Sharing::named(app, api, &format!("Harbor {number}")).await;
    let invitation = sharing.invite_by_mail(&format!("invitee-{number}@harbor.test")).await;
    app.browser().get(&invitation.link()).await.submit("Decline", &[]).await;
    assert_harmless(name, &app.mail_to(&address).await);
    invitation
}

fn assert_harmless(name: &str, mail: &Mail) {
    let (headers, _) = mail.raw.split_once("\r\n\r\n").unwrap();
    for header in ["Bcc", "Cc", "X-Evil"] {
        let prefix = format!("{}:", header.to_ascii_lowercase());
        assert!(!headers.lines().any(|line| line.to_ascii_lowercase().starts_with(&prefix)), "{name:?}: {headers}");
    }
    let message = MessageParser::default().parse(mail.raw.as_bytes()).unwrap();
    for addresses in [message.from(), message.to()] {
        assert_eq!(addresses.unwrap().iter().count(), 1, "{name:?}: {headers}");
    }
    assert!(mail.from == "usher@localhost" && mail.to.ends_with("@harbor.test"), "{name:?}: {headers}");
    let given = mail.from_name.as_deref().unwrap();
    assert!(given == "Usher" || given.ends_with(" via Usher"), "{name:?}: {headers}");
    assert!(!given.contains("evil.test") && given.chars().count() < 200, "{name:?}: {headers}");
    assert!(mail.reply_to.iter().all(|to| to.starts_with("inviter-") && to.ends_with("@harbor.test")), "{headers}");
    assert!(mail.raw.is_ascii(), "{name:?}");
    assert!(mail.raw.lines().all(|line| line.len() <= 998), "{name:?}: a line that mail servers refuse");
    for part in [&mail.subject, &mail.text, &mail.html] {
        let odd = |c: char| {
            (c.is_control() && !"\r\n".contains(c)) || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!part.contains(odd), "{name:?}: {part:?}");
    }
    assert!(!mail.subject.contains(['\r', '\n']), "{name:?}: {:?}", mail.subject);
    assert_eq!(urls(&mail.text).len(), 1, "{name:?}: {}", mail.text);
    assert_eq!(urls(&mail.html), urls(&mail.text), "{name:?}: {}", mail.html);

    let page = Html::parse_document(&mail.html);
    let found = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
    assert_eq!((found("a"), found("img, script, svg, iframe, form, i, u")), (1, 0), "{name:?}: {}", mail.html);
    let text: String = page.select(&Selector::parse("body").unwrap()).flat_map(|body| body.text()).collect();
    assert!(!text.contains("&lt;"), "{name:?} is escaped twice: {}", mail.html);
}

on_both! {
    async fn do_no_harm(app: App) {
        let longest = "漢".repeat(100);
        let faces = "👩‍💻".repeat(33);
        let names = [
            // The input, and what a reader sees.
            ("Zoë Ångström-李", "Zoë Ångström-李"),
            ("Rosa \u{202e}evil\u{202c} \u{2066}x\u{2069}", "Rosa evil x"),
            ("Rosa\u{2028}Bcc: all@evil.test", "RosaBcc: all@\u{200a}evil.\u{200a}test"),
            ("<b>Rosa</b><img src=x onerror=y>", "<b>Rosa</\u{200a}b><img src=x onerror=y>"),
            ("</title><script>x</script>", "</\u{200a}title><script>x</\u{200a}script>"),
            ("\"Rosa\" <eve@evil.test>, x", "\"Rosa\" <eve@\u{200a}evil.\u{200a}test>, x"),
            ("Rosa http://evil.test/login", "Rosa http:\u{200a}/\u{200a}/\u{200a}evil.\u{200a}test/\u{200a}login"),
            ("{{ link }}{% if 1 %}&amp;", "{{ link }}{% if 1 %}&amp;"),
            ("=?utf-8?q?Eve=E2=80=AE?=", "=?utf-8?q?Eve=E2=80=AE?="),
            (longest.as_str(), longest.as_str()),
            (faces.as_str(), faces.as_str()),
        ];
        for (number, (given, seen)) in names.into_iter().enumerate() {
            let mail = invited_by(&app, number, given).await;
            assert_harmless(given, &mail);
            // An encoded word in a header stays undecoded.
            let in_subject = seen.replace("=?", "= ?");
            assert_eq!(mail.subject, format!("{in_subject} invites you to the environment \"Harbor {number}\""));
            assert!(mail.says(&format!("{seen} (inviter-{number}@harbor.test) invites you")), "{}", mail.text);
            let page = Html::parse_document(&mail.html);
            let text: String = page.root_element().text().collect();
            let text: String = text.split('\n').filter(|line| !line.is_empty()).collect::<Vec<_>>().join("|");
            assert!(
                text.contains(&format!("{seen}|inviter-{number}@harbor.test|invites you to Harbor {number}|")),
                "{given:?}: {text}"
            );
            assert_eq!(mail.reply_to, [format!("inviter-{number}@harbor.test")], "{given:?}");
            let shown: String = in_subject.chars().take(50).collect();
            let beside = mail.from_name.as_deref().unwrap().replace(" via Usher", "");
            assert!(in_subject.starts_with(&beside) || beside.starts_with(&shown), "{given:?}: {beside}");
        }
    }

    async fn lead_nowhere(app: App) {
        let advert = "Congratulations! Claim your prize at www.evil.test/claim";
        let mut eve = app.browser();
        let fields = [("fullName", advert), ("email", "eve@harbor.test"), ("password", PASSWORD)];
        eve.get("/sign-up").await.submit("Sign up", &fields).await;
        let mut mails = vec![app.mail_to("eve@harbor.test").await];
        app.api().forget_password("eve@harbor.test").await.ok();
        mails.push(app.mail_to("eve@harbor.test").await);
        for mail in &mails {
            assert!(!mail.raw.contains("prize") && !mail.text.contains("prize"), "{}", mail.text);
        }
        eve.get(&mails[0].link()).await.submit("Confirm this address", &[]).await;
        eve.add_address("stranger@harbor.test").await;
        let mail = app.mail_to("stranger@harbor.test").await;
        assert!(!mail.raw.contains("prize") && !mail.text.contains("prize"), "{}", mail.text);

        // An address may contain unexpected characters.
        let odd = "\"https://evil.test/claim\"@harbor.test";
        app.api().sign_up(odd).await;
        app.deliver().await;
        let mut odd_one = app.api();
        odd_one.log_in(odd).await;
        let environment = odd_one.environment("Harbor odd").await;
        odd_one.invite(environment, "eve@harbor.test", false).await;
        let mail = app.mail_to("eve@harbor.test").await;
        assert!(!mail.text.contains("evil.test") && urls(&mail.text).len() == 1, "{}", mail.text);

        let api = app.rpc_as("eve@harbor.test").await;
        let made = api.call("org.create", json!({ "name": "Prizes of www.evil.test", "slug": "prizes" })).await.ok();
        let org = made["org"]["id"].as_str().unwrap();
        let permission = permission(&api, org, "evil.test").await;
        let role = role(&api, org, "http:www.evil.test", &[&permission]).await;
        let ask = json!({
            "userKey": "tomas@harbor.test",
            "orgId": org,
            "roles": [{ "id": role, "resourceId": "https://evil.test/claim" }],
            "permissions": [{ "id": permission, "resourceId": "eve@evil.test" }],
        });
        api.call("user.invite", ask).await.plain();
        let invitation = app.mail_to("tomas@harbor.test").await;
        let fields = [("fullName", advert), ("password", PASSWORD)];
        app.browser().get(&invitation.link()).await.submit("Join", &fields).await;
        let answer = app.mail_to("eve@harbor.test").await;
        let tomas = app.rpc_as("tomas@harbor.test").await.id().await;
        let body = json!({ "userId": tomas, "orgId": org, "permissionId": permission });
        api.call("user.assignPermission", body).await.ok();
        let changed = app.mail_to("tomas@harbor.test").await;
        for mail in [&invitation, &answer, &changed] {
            for part in [&mail.subject, &mail.text, &mail.html] {
                assert!(part.contains("evil.\u{200a}test") && !part.contains("evil.test"), "{part}");
                assert!(!part.contains("www.e") && !part.contains("@evil") && !part.contains("://evil"), "{part}");
            }
            assert_eq!(urls(&mail.text).len(), 1, "{}", mail.text);
        }
    }

    async fn with_line_breaks_are_refused(app: App) {
        let mut browser = app.browser();
        for name in ["Rosa\r\nBcc: all@evil.test", "Rosa\nX-Evil: 1", "Rosa\0", "Rosa\u{85}x"] {
            let fields = [("fullName", name), ("email", "rosa@harbor.test"), ("password", PASSWORD)];
            browser.get("/sign-up").await.submit("Sign up", &fields).await;
            assert_eq!(browser.status, 422, "{name:?}");
            assert!(browser.attribute("#fullName", "aria-invalid").is_some(), "{name:?}: {}", browser.body);
        }
        assert!(app.deliver().await.is_empty());
    }
}

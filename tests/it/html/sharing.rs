//! Sharing an environment: invite, pending invitations, responses.

use std::time::Duration;

use crate::support::api::Api;
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;

const DAY: Duration = Duration::from_hours(24);

/// The sharing page of a new environment, as its owner.
async fn sharing<'a>(app: &'a App, owner: &Api<'a>) -> (i64, Browser<'a>) {
    let id = owner.environment("Harbor staging").await;
    let mut browser = app.browser_of(owner);
    browser.get(&format!("/environments/{id}/sharing")).await;
    (id, browser)
}

fn invited(browser: &Browser<'_>, column: &str) -> Vec<String> {
    let cells = browser.select(&format!("section[aria-labelledby=invited] {column}"));
    cells.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

on_both! {
    async fn the_pending_list_tells_who_when_and_what_became_of_the_mail(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        app.user("tomas@harbor.test").await;
        let (id, mut browser) = sharing(&app, &rosa).await;
        assert!(browser.shows("No invitation is waiting for an answer."), "{}", browser.text());
        browser.submit("Invite", &[("userEmail", " Tomas@harbor.test ")]).await;
        assert_eq!(browser.notice(), "Invited. The mail is on its way.");
        browser.submit("Invite", &[("userEmail", "nora@harbor.test"), ("isAdmin", "true")]).await;
        assert_eq!(invited(&browser, "th[scope=row]"), ["nora@harbor.test Administrator", "tomas@harbor.test Member"]);
        assert_eq!(invited(&browser, "td[data-label=Invited]"), ["just now by rosa"; 2]);
        assert_eq!(invited(&browser, "td[data-label=State]"), ["Sending… Expires in 24 hours"; 2]);
        app.advance(Duration::from_hours(1));
        assert_eq!(app.deliver().await.len(), 2);
        browser.get(&format!("/environments/{id}/sharing")).await;
        assert_eq!(invited(&browser, "td[data-label=State]"), ["Mail sent Expires in 23 hours"; 2]);
        assert_eq!(invited(&browser, "td[data-label=Invited]"), ["60 minutes ago by rosa"; 2]);
    }

    async fn who_cannot_be_invited_is_told_beside_the_field(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let (id, mut browser) = sharing(&app, &rosa).await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        app.deliver().await;
        for (address, fault) in [
            ("", "Enter an e-mail address."),
            ("tomas", "This is not an e-mail address. It looks like name@example.org."),
            ("a@b@c", "This is not an e-mail address. It looks like name@example.org."),
            ("tomas@harbor.test\r\nBcc: all@harbor.test",
                "This is not an e-mail address. It looks like name@example.org."),
            ("ROSA@harbor.test", "This is your own address."),
            ("Tomas@harbor.test", "Whoever has this address is in already."),
        ] {
            browser.submit("Invite", &[("userEmail", address), ("isAdmin", "true")]).await;
            assert_eq!((browser.status, browser.fault("userEmail").as_str()), (422, fault), "{address:?}");
            assert_eq!(browser.value("userEmail"), address.replace('\r', ""));
            assert!(browser.attribute("#isAdmin", "checked").is_some(), "the right was not filled in again");
        }
        assert!(invited(&browser, "th").is_empty() && app.deliver().await.is_empty());
    }

    async fn an_unverified_inviter_invites_users_but_no_newcomers(app: App) {
        app.user("tomas@harbor.test").await;
        let rosa = app.unverified_user("rosa@harbor.test").await;
        app.deliver().await;
        let (_, mut browser) = sharing(&app, &rosa).await;
        browser.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let fault = "Nobody with an account has this address. Confirm your own address first to invite newcomers.";
        assert_eq!((browser.status, browser.fault("userEmail").as_str()), (422, fault));
        assert!(app.deliver().await.is_empty(), "no mail to somebody without an account");
        browser.submit("Invite", &[("userEmail", "tomas@harbor.test")]).await;
        assert!(browser.shows("Invited."), "{}", browser.text());
        app.mail_to("tomas@harbor.test").await;
    }

    async fn inviting_again_retires_the_first_link(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (_, mut browser) = sharing(&app, &rosa).await;
        browser.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let first = app.mail_to("nora@harbor.test").await.link();
        browser.submit("Invite", &[("userEmail", "NORA@harbor.test"), ("isAdmin", "true")]).await;
        let notice = "Invited. The mail is on its way, and the earlier invitation no longer works.";
        assert_eq!(browser.notice(), notice);
        assert_eq!(invited(&browser, "th[scope=row]"), ["nora@harbor.test Administrator"]);
        let second = app.mail_to("nora@harbor.test").await.link();
        let mut nora = app.browser();
        assert_eq!(nora.get(&first).await.status, 410);
        nora.get(&second).await;
        assert!(nora.shows("as an administrator"), "{}", nora.text());
        nora.submit("Join", &[("password", PASSWORD)]).await;
        assert!(nora.shows("Welcome! You are in."), "{}", nora.text());
        nora.get(&first).await;
        assert!([200, 410].contains(&nora.status) && nora.shows("already"), "{}", nora.text());
    }

    async fn sending_again_makes_a_new_link_and_a_new_life(app: App, session_idle_minutes = 10080) {
        let rosa = app.user("rosa@harbor.test").await;
        let (id, mut browser) = sharing(&app, &rosa).await;
        browser.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let first = app.mail_to("nora@harbor.test").await;
        app.advance(DAY / 2);
        browser.get(&format!("/environments/{id}/sharing")).await.submit("Resend", &[]).await;
        assert_eq!(browser.notice(), "A new mail is on its way. The earlier link no longer works.");
        assert_eq!(invited(&browser, "td[data-label=State]"), ["Sending… Expires in 24 hours"]);
        let second = app.mail_to("nora@harbor.test").await;
        assert_ne!((first.link(), first.code()), (second.link(), second.code()));
        let mut nora = app.browser();
        assert_eq!(nora.get(&first.link()).await.status, 410);
        app.advance(DAY - Duration::from_millis(1));
        nora.get(&second.link()).await.submit("Join", &[("password", PASSWORD)]).await;
        assert!(nora.shows("Welcome! You are in."), "the last millisecond counts: {}", nora.text());
    }

    async fn a_revoked_invitation_leaves_the_list(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (_, mut browser) = sharing(&app, &rosa).await;
        browser.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let link = app.mail_to("nora@harbor.test").await.link();
        let action = browser.attribute("[formaction$='/revoke']", "formaction").unwrap();
        browser.submit("Revoke", &[]).await;
        assert_eq!(browser.notice(), "Revoked. The link in the mail no longer works.");
        assert!(!browser.shows("nora@harbor.test"), "{}", browser.text());
        assert_eq!(app.browser().get(&link).await.status, 410);
        for form in ["revoke", "resend", "link"] {
            browser.get("/account").await.post_fields(&action.replace("revoke", form), &[]).await;
            assert_eq!(browser.status, 404, "{form}");
        }
        assert!(app.deliver().await.is_empty());
    }

    async fn a_copied_link_lets_in_but_does_not_prove_the_mailbox(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (id, mut browser) = sharing(&app, &rosa).await;
        browser.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let mailed = app.mail_to("nora@harbor.test").await.link();
        browser.submit("Copy link", &[]).await;
        let link = browser.value("link");
        let copied = link.strip_prefix("http://127.0.0.1:8000").unwrap().to_owned();
        assert_ne!(copied, mailed);
        let mut nora = app.browser();
        nora.get(&copied).await.submit("Join", &[("password", PASSWORD)]).await;
        assert!(nora.shows("Welcome! You are in."), "{}", nora.text());
        assert!(nora.get("/account").await.shows("Not confirmed"), "{}", nora.text());
        browser.get(&format!("/environments/{id}/activity")).await;
        assert!(browser.shows("copied the link for nora@harbor.test"), "{}", browser.text());
    }

    async fn an_expired_invitation_stays_in_the_list_and_a_new_link_can_be_asked_for(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (id, mut browser) = sharing(&app, &rosa).await;
        browser.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let link = app.mail_to("nora@harbor.test").await.link();
        app.advance(DAY);
        browser.sign_in("rosa@harbor.test").await;
        browser.get(&format!("/environments/{id}/sharing")).await;
        assert_eq!(invited(&browser, "td[data-label=State]"), ["Expired Expired just now"]);
        assert_eq!(browser.attribute("[formaction$='/link']", "formaction"), None, "a dead link was copied");

        let mut nora = app.browser();
        nora.get(&link).await.submit("Ask for a new link", &[]).await;
        assert_eq!(nora.notice(), "We have asked for a new link. It will come by mail.");
        assert!(nora.buttons().is_empty(), "{}", nora.text());
        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.text.contains("nora@harbor.test"), "{}", mail.text);
        nora.post_fields(&format!("{link}/ask"), &[]).await;
        assert!(app.deliver().await.is_empty(), "once an expiry");
        browser.get(&format!("/environments/{id}/sharing")).await;
        assert_eq!(invited(&browser, "td[data-label=State]"), ["Expired Asks for a new link Expired just now"]);
        browser.submit("Resend", &[]).await;
        assert_eq!(invited(&browser, "td[data-label=State]"), ["Sending… Expires in 24 hours"]);
        let link = app.mail_to("nora@harbor.test").await.link();
        nora.post_fields(&format!("{link}/ask"), &[]).await;
        assert!(app.deliver().await.is_empty(), "it has not expired");
        assert_eq!(nora.get(&link).await.status, 200);
    }

    async fn declining_tells_the_inviter(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (id, mut browser) = sharing(&app, &rosa).await;
        browser.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let link = app.mail_to("nora@harbor.test").await.link();
        let mut nora = app.browser();
        nora.get(&link).await.submit("Decline", &[]).await;
        assert_eq!(nora.notice(), "Declined. We have told the person who invited you.");
        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.text.contains("nora@harbor.test") && mail.text.contains("Harbor staging"), "{}", mail.text);
        nora.post_fields(&format!("{link}/decline"), &[]).await;
        assert!(nora.status == 410 && app.deliver().await.is_empty());
        browser.get(&format!("/environments/{id}/sharing")).await;
        assert!(!browser.shows("nora@harbor.test"), "{}", browser.text());
    }

    async fn pending_invitations_are_paged(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (_, mut browser) = sharing(&app, &rosa).await;
        let expected: Vec<String> = (0..51).rev().map(|number| format!("nora{number}@harbor.test Member")).collect();
        for number in 0..51 {
            browser.submit("Invite", &[("userEmail", &format!("nora{number}@harbor.test"))]).await;
        }
        let mut seen = Vec::new();
        for rows in [20, 20, 11] {
            let page = invited(&browser, "th[scope=row]");
            assert_eq!(page.len(), rows);
            seen.extend(page);
            let more = browser.attribute("nav[aria-label='More invitations'] a:last-child", "href").unwrap();
            browser.get(&more).await;
        }
        assert_eq!(seen, expected);
    }

    async fn members_are_paged(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (id, mut browser) = sharing(&app, &rosa).await;
        for number in 0..51 {
            let address = format!("nora{number}@harbor.test");
            let nora = app.unverified_user(&address).await;
            nora.join(&rosa, id, &address, false).await;
        }
        let path = format!("/environments/{id}/sharing");
        let mut seen = Vec::new();
        browser.get(&path).await;
        for rows in [20, 20, 12] {
            let page = browser.select("section[aria-labelledby=members] tbody th > bdi");
            assert_eq!(page.len(), rows);
            seen.extend(page);
            let more = browser.attribute("nav[aria-label='More people'] a:last-child", "href").unwrap();
            browser.get(&more).await;
        }
        let mut expected = vec!["rosa".to_owned()];
        expected.extend((0..51).map(|number| format!("nora{number}")));
        assert_eq!(seen, expected);
        assert_eq!(browser.path, path, "the last page leads back to the first");
        browser.get(&format!("/environments/{id}")).await;
        assert!(browser.shows("52 people"), "{}", browser.text());
    }

    async fn an_invitation_is_managed_on_the_page_of_its_environment_alone(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        app.user("tomas@harbor.test").await;
        let (one, other) = (rosa.environment("Harbor one").await, rosa.environment("Harbor other").await);
        let invitation = rosa.invite(one, "tomas@harbor.test", false).await["id"].clone();
        let mut browser = app.browser_of(&rosa);
        for action in ["resend", "revoke", "link"] {
            browser.get(&format!("/environments/{other}/sharing")).await;
            let path = format!("/environments/{other}/invitations/{invitation}/{action}");
            browser.post_fields(&path, &[]).await;
            assert_eq!(browser.status, 404, "{action}");
        }
        browser.get(&format!("/environments/{one}/sharing")).await;
        assert!(browser.shows("tomas@harbor.test"));
    }
}

//! The invitee's side: the accept page, the list of open invitations, the code.

use rocket::http::Method;
use serde_json::json;

use crate::support::api::Api;
use crate::support::app::{App, PASSWORD};
use crate::support::on_both;
use crate::support::rpc::org;

async fn invited(app: &App, inviter: &Api<'_>, name: &str, address: &str) -> crate::support::mailbox::Mail {
    let id = inviter.environment(name).await;
    let mut browser = app.browser_of(inviter);
    browser.get(&format!("/environments/{id}/sharing")).await.submit("Invite", &[("userEmail", address)]).await;
    app.mail_to(address).await
}

const WRONG_CODE: &str = "This code does not work. Check it, or ask for a new invitation.";

on_both! {
    async fn the_page_tells_who_invites_to_what(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mail = invited(&app, &rosa, "Harbor staging", "nora@harbor.test").await;
        let mut nora = app.browser();
        nora.get(&mail.link()).await;
        for told in ["rosa@harbor.test", "Harbor staging", "as a member · open until ", "Access key",
            "Secret key", "Database user", "Database password"]
        {
            assert!(nora.shows(told), "{told}: {}", nora.text());
        }
        assert_eq!(nora.value("email"), "nora@harbor.test");
        for secret in ["AKHARBOR01", "s3cr3t", "salt-water", "harbor-logs", "tides"] {
            assert!(!nora.body.contains(secret), "{secret} shows to somebody who is not in");
        }
    }

    async fn nobody_is_let_in_by_somebody_deactivated(app: App) {
        let sofia = app.superuser().await;
        let rosa = app.user("rosa@harbor.test").await;
        let program = app.rpc_as("rosa@harbor.test").await;
        let id = program.id().await;
        let to_environment = invited(&app, &rosa, "Harbor staging", "nora@harbor.test").await;
        org(&program, "harbor").await;
        let mut page = app.browser_of(&rosa);
        let fields = [("userKey", "bo@harbor.test"), ("administrator", "true")];
        page.get("/orgs/harbor/invitations").await.submit("Invite", &fields).await;
        let to_org = app.mail_to("bo@harbor.test").await;
        let (mut nora, mut bo) = (app.browser(), app.browser());
        nora.get(&to_environment.link()).await;
        bo.get(&to_org.link()).await;

        sofia.call("user.deactivate", json!({ "id": id })).await.ok();
        for (invitee, mail) in [(&mut nora, &to_environment), (&mut bo, &to_org)] {
            invitee.submit("Join", &[("password", PASSWORD)]).await;
            assert_eq!(invitee.status, 410, "{}", invitee.text());
            invitee.get(&mail.link()).await;
            assert_eq!(invitee.status, 410, "{}", invitee.text());
        }
        let join = json!({ "token": to_org.token(), "username": "bo", "password": PASSWORD, "fullName": "Bo" });
        app.rpc().call("user.join", join).await.refused(10027, "Token does not exist or has already expired");

        sofia.call("user.activate", json!({ "id": id })).await.ok();
        bo.get(&to_org.link()).await.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!((bo.status, bo.path.as_str()), (200, "/orgs/harbor"), "{}", bo.text());
    }

    async fn the_page_speaks_german_to_who_asks_for_it(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        app.browser_of(&rosa).get("/account").await.submit("Save", &[("fullName", "Rosa <b>")]).await;
        let mail = invited(&app, &rosa, "Harbor staging", "nora@harbor.test").await;
        let page = app.api().send(Method::Get, &mail.link(), &[("Accept-Language", "de-AT,de;q=0.9")], "").await.text;
        for told in ["<html lang=\"de\">", "<b><bdi>Rosa &lt;b&gt;</bdi></b> (rosa@harbor.test) lädt Sie ein zu",
            "<h1><bdi>Harbor staging</bdi></h1>", "als Mitglied · offen bis", "in 24 Stunden", "Geheimer Schlüssel",
            ">Beitreten</button>", ">Ablehnen</button>"]
        {
            assert!(page.contains(told), "{told}: {page}");
        }
        for english in ["invites you", "Access key", "Join", "Decline", "Password", "until"] {
            assert!(!page.contains(english), "{english}: {page}");
        }
    }

    async fn an_inviter_who_is_gone_has_no_name(app: App) {
        app.superuser().await;
        let rosa = app.user("rosa@harbor.test").await;
        let ines = app.user("ines@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        ines.join(&rosa, id, "ines@harbor.test", true).await;
        let sharing = format!("/environments/{id}/sharing");
        app.browser_of(&ines).get(&sharing).await.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let link = app.mail_to("nora@harbor.test").await.link();
        let mut nora = app.browser();
        nora.get(&link).await.submit("Decline", &[]).await;
        assert!(nora.get(&link).await.shows("ines (ines@harbor.test) invites you to"), "{}", nora.text());

        let mut sofia = app.browser();
        sofia.sign_in("sofia@orbit.test").await;
        let found = sofia.get("/users?search=ines").await.attribute("tbody th a", "href").unwrap();
        sofia.get(&format!("{found}/delete")).await.submit("Delete", &[]).await;
        assert!(sofia.shows("Deleted. The account is gone."), "{}", sofia.text());
        let told = "Somebody who has left invited nora@harbor.test to Harbor staging";
        assert!(nora.get(&link).await.shows(told), "{}", nora.text());
        assert_eq!(nora.attribute("a[href^=mailto]", "href"), None, "a mail to a missing inviter");
    }

    async fn somebody_else_is_told_both_addresses_and_can_switch(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        app.user("tomas@harbor.test").await;
        let sam = app.user("sam@harbor.test").await;
        let mail = invited(&app, &rosa, "Harbor staging", "tomas@harbor.test").await;
        let mut browser = app.browser_of(&sam);
        browser.get(&mail.link()).await;
        let told = "This invitation is for tomas@harbor.test ; you are signed in as sam@harbor.test";
        assert!(browser.shows(told), "{}", browser.text());
        for action in ["accept", "decline"] {
            browser.post_fields(&format!("{}/{action}", mail.link()), &[]).await;
            assert!(browser.shows(told), "{action}: {}", browser.text());
        }
        assert!(app.deliver().await.is_empty(), "the invitation was answered");
        browser.submit("Switch to tomas@harbor.test", &[]).await;
        assert_eq!(browser.path, mail.link(), "switching does not lead back to the invitation");
        browser.submit("Sign in and accept", &[("password", PASSWORD)]).await;
        assert!(browser.shows("Welcome! You are in."), "{}", browser.text());
        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.text.contains("tomas"), "{}", mail.text);
    }

    async fn who_signs_up_instead_of_joining_accepts_afterwards(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mail = invited(&app, &rosa, "Harbor staging", "nora@harbor.test").await;
        let mut nora = app.browser();
        nora.sign_up("nora@harbor.test").await;
        nora.get(&mail.link()).await.submit("Accept", &[]).await;
        assert!(nora.shows("Welcome! You are in."), "{}", nora.text());
        assert!(!nora.get("/account").await.shows("Not confirmed"), "the mailed link did not verify the address");
    }

    async fn only_what_was_sent_to_a_verified_address_waits(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        invited(&app, &rosa, "Harbor staging", "nora@harbor.test").await;
        invited(&app, &rosa, "Harbor live", "nora@harbor.test").await;
        invited(&app, &rosa, "Harbor of others", "else@harbor.test").await;
        let mut nora = app.browser();
        nora.sign_up("nora@harbor.test").await;
        for page in ["/invitations", "/"] {
            nora.get(page).await;
            assert!(!nora.shows("invites you"), "{page}: {}", nora.text());
        }
        nora.get("/invitations").await;
        assert!(nora.shows("once you have confirmed your address"), "{}", nora.text());
        let ids: Vec<i64> = (1..12).collect();
        for action in ["accept", "decline"] {
            for id in &ids {
                nora.get("/account").await.post_fields(&format!("/invitations/mine/{id}/{action}"), &[]).await;
                assert_eq!(nora.status, 404, "an unverified address {action}s");
            }
        }
        let link = app.mail_to("nora@harbor.test").await.link();
        nora.get(&link).await.submit("Confirm this address", &[]).await;
        assert_eq!(nora.path, "/invitations");
        assert_eq!(nora.notice(), "Thank you. Your address is confirmed. An invitation is waiting for you.");
        assert_eq!(nora.select("ul.rows strong"), ["Harbor live", "Harbor staging"]);

        nora.submit("Accept", &[]).await;
        assert!(nora.title().contains("Harbor staging"), "the last one: {}", nora.title());
        app.mail_to("rosa@harbor.test").await;
        nora.get("/invitations").await;
        assert_eq!(nora.select("ul.rows strong"), ["Harbor live"]);
        nora.submit("Decline", &[]).await;
        assert!(nora.path == "/invitations" && nora.shows("Declined.") && nora.shows("No invitations"));
        app.mail_to("rosa@harbor.test").await;
        for id in &ids {
            nora.get("/account").await.post_fields(&format!("/invitations/mine/{id}/accept"), &[]).await;
            assert_eq!(nora.status, 404, "{id}");
        }
    }

    async fn a_code_is_typed_by_hand(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let sam = app.user("sam@harbor.test").await;
        let for_sam = invited(&app, &rosa, "Harbor of Sam", "sam@harbor.test").await.code();
        let mail = invited(&app, &rosa, "Harbor staging", "nora@harbor.test").await;
        let mut nora = app.browser();
        nora.sign_up("nora@harbor.test").await;
        for (code, fault) in [
            ("", "Enter the code."),
            ("0123456", "A code has 8 characters: digits and the letters a to f."),
            ("ghijklmn", "A code has 8 characters: digits and the letters a to f."),
            ("00000000", WRONG_CODE),
            (for_sam.as_str(), WRONG_CODE),
        ] {
            nora.get("/invitations").await.submit("Use the code", &[("inviteCode", code)]).await;
            assert_eq!((nora.status, nora.fault("inviteCode").as_str()), (422, fault), "{code}");
            assert_eq!(nora.value("inviteCode"), code, "what was typed is lost");
        }
        let code = mail.code();
        let code = format!(" {} {}-{}\u{2013} ", &code[..2], &code[2..4], &code[4..]).to_uppercase();
        nora.submit("Use the code", &[("inviteCode", &code)]).await;
        assert!(nora.title().contains("Harbor staging") && nora.shows("Welcome! You are in."), "{}", nora.text());
        nora.get("/invitations").await.submit("Use the code", &[("inviteCode", &mail.code())]).await;
        assert_eq!(nora.fault("inviteCode"), "This code was used already.");
        assert!(nora.get("/account").await.shows("Not confirmed"), "the code verified the address");
        sam.accept(&for_sam).await.ok();
    }

    async fn guessing_codes_is_slowed_down(app: App, rate_limits_enabled = true) {
        let rosa = app.user("rosa@harbor.test").await;
        let mail = invited(&app, &rosa, "Harbor staging", "nora@harbor.test").await;
        let mut nora = app.browser();
        nora.sign_up("nora@harbor.test").await;
        nora.get("/invitations").await;
        for number in 0..30 {
            nora.submit("Use the code", &[("inviteCode", &format!("{number:08}"))]).await;
            assert_eq!(nora.status, 422, "{number}");
        }
        nora.submit("Use the code", &[("inviteCode", &mail.code())]).await;
        assert_eq!((nora.status, nora.header("Retry-After")), (429, Some("3600")));
        assert!(nora.shows("Too many tries. Try again in 60 minutes."), "{}", nora.text());
        app.advance(std::time::Duration::from_hours(1));
        nora.submit("Use the code", &[("inviteCode", &mail.code())]).await;
        assert!(nora.shows("Welcome! You are in."), "{}", nora.text());
    }

    async fn what_waits_is_paged(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let nora = app.user("nora@harbor.test").await;
        for number in 0..51 {
            let id = rosa.environment(&format!("Harbor {number:02}")).await;
            rosa.invite(id, "nora@harbor.test", false).await;
        }
        let mut browser = app.browser_of(&nora);
        browser.get("/invitations").await;
        let mut seen = browser.select("ul.rows strong");
        assert_eq!(seen.len(), 50);
        let more = browser.attribute("nav.pages a:last-child", "href").unwrap();
        seen.extend(browser.get(&more).await.select("ul.rows strong"));
        assert_eq!(seen, (0..51).rev().map(|number| format!("Harbor {number:02}")).collect::<Vec<_>>());
        browser.submit("Accept", &[]).await;
        assert!(browser.title().contains("Harbor 00"), "one accepts on the second page too: {}", browser.text());
    }
}

//! The page of an invitation's link: one step from there into the place, also when it is pressed twice or the first
//! answer was lost; and an invitation that was declined.

use std::time::Duration;

use serde_json::json;

use crate::support::api::environment_body;
use crate::support::app::PASSWORD;
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::org;
use crate::support::sharing::Sharing;

const WRONG: &str = "The address or the password is wrong.";
const OTHER: &str = "another horse 2";

fn is_in(browser: &Browser<'_>, sharing: &Sharing<'_>) -> bool {
    browser.path == format!("/environments/{}", sharing.environment)
        && browser.notice() == "Welcome! You are in."
        && browser.cookie("usher_session").is_some()
}

on_both! {
    async fn an_account_signs_in_and_accepts_in_one_step(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        app.user("tomas@harbor.test").await;
        let link = rosa.invite_by_mail("tomas@harbor.test").await.link();
        let mut tomas = app.browser();
        tomas.get(&link).await;
        assert_eq!(tomas.value("email"), "tomas@harbor.test");
        for (email, password, field, fault) in [
            ("tomas@harbor.test", "", "password", "Enter the password."),
            ("", PASSWORD, "email", "Enter the address."),
        ] {
            tomas.submit("Sign in and accept", &[("email", email), ("password", password)]).await;
            assert_eq!(tomas.status, 422, "{}", tomas.text());
            assert!(!tomas.fault(field).is_empty(), "{field}, as {fault}: {}", tomas.text());
        }
        tomas.submit("Sign in and accept", &[("email", "tomas@harbor.test"), ("password", OTHER)]).await;
        assert!(tomas.status == 422 && tomas.shows(WRONG) && tomas.shows("Harbor staging"), "{}", tomas.text());
        assert_eq!((tomas.value("email").as_str(), tomas.cookie("usher_session")), ("tomas@harbor.test", None));
        tomas.submit("Sign in and accept", &[("password", PASSWORD)]).await;
        assert!(is_in(&tomas, &rosa), "{}", tomas.text());
        assert_eq!(app.deliver().await.len(), 1, "the mail to the inviter");
    }

    async fn guessing_passwords_at_an_invitation_is_slowed_down(app: App, rate_limits_enabled = true) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        app.user("tomas@harbor.test").await;
        let link = rosa.invite_by_mail("tomas@harbor.test").await.link();
        let mut guest = app.browser();
        guest.get(&link).await;
        for _ in 0..10 {
            guest.submit("Sign in and accept", &[("password", OTHER)]).await;
            assert_eq!(guest.status, 422);
        }
        guest.submit("Sign in and accept", &[("password", PASSWORD)]).await;
        assert!(guest.status == 429 && guest.header("Retry-After").is_some(), "{}", guest.text());
        assert_eq!(app.browser().sign_in("tomas@harbor.test").await.status, 429, "counted apart");
    }

    async fn whoever_signs_in_as_somebody_else_is_told_so(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        app.user("tomas@harbor.test").await;
        app.user("sam@harbor.test").await;
        let link = rosa.invite_by_mail("tomas@harbor.test").await.link();
        let mut sam = app.browser();
        let fields = [("email", "sam@harbor.test"), ("password", PASSWORD)];
        sam.get(&link).await.submit("Sign in and accept", &fields).await;
        assert_eq!((sam.status, &sam.path), (200, &link));
        assert!(sam.shows("for tomas@harbor.test ; you are signed in as sam@harbor.test"), "{}", sam.text());
        assert!(app.deliver().await.is_empty(), "the invitation was answered");
    }

    async fn a_form_sent_twice_leads_to_the_place_twice(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        // A newcomer, whose first answer was lost.
        let link = rosa.invite_by_mail("nora@harbor.test").await.link();
        let (mut first, mut second, mut guest) = (app.browser(), app.browser(), app.browser());
        for browser in [&mut first, &mut second, &mut guest] {
            browser.get(&link).await;
        }
        for nora in [&mut first, &mut second] {
            nora.submit("Join", &[("password", PASSWORD)]).await;
            assert!(is_in(nora, &rosa), "{}", nora.text());
        }
        // The password decides, not who has the link.
        guest.submit("Join", &[("password", OTHER)]).await;
        assert!(guest.status == 410 && guest.shows("This invitation was used already"), "{}", guest.text());
        assert_eq!(guest.cookie("usher_session"), None);
        assert_eq!(app.deliver().await.len(), 1, "the mail to the inviter");

        // Somebody with an account, signed out and signed in.
        for signed_in in [false, true] {
            let mut sharing = Sharing::named(&app, app.user(&format!("mia-{signed_in}@harbor.test")).await, "Berth").await;
            let link = sharing.invite_by_mail("tomas@harbor.test").await.link();
            let mut browsers = if signed_in {
                [app.browser_of(&tomas), app.browser_of(&tomas)]
            } else {
                [app.browser(), app.browser()]
            };
            for browser in &mut browsers {
                browser.get(&link).await;
            }
            for browser in &mut browsers {
                let fields: &[(&str, &str)] = if signed_in { &[] } else { &[("password", PASSWORD)] };
                browser.submit(if signed_in { "Accept" } else { "Sign in and accept" }, fields).await;
                assert!(is_in(browser, &sharing), "{}", browser.text());
            }
            sharing.browser.get(&format!("/environments/{}", sharing.environment)).await;
            let path = format!("/environments/{}/edit", sharing.environment);
            sharing.browser.get(&path).await.submit("Save", &[("envName", &format!("Berth {signed_in}"))]).await;
            app.deliver().await;
        }
    }

    async fn a_used_invitation_leads_to_the_place_by_signing_in(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let link = rosa.invite_by_mail("nora@harbor.test").await.link();
        app.browser().get(&link).await.submit("Join", &[("password", PASSWORD)]).await;
        let mut nora = app.browser();
        nora.get(&link).await;
        assert_eq!((nora.status, nora.buttons()), (410, Vec::new()), "{}", nora.text());
        let place = format!("/environments/{}", rosa.environment);
        let sign_in = nora.attribute("main a.button", "href").unwrap();
        assert_eq!(sign_in, format!("/sign-in?next={place}"));
        nora.get(&sign_in).await.submit("Sign in", &[("email", "nora@harbor.test"), ("password", PASSWORD)]).await;
        assert_eq!(nora.path, place);
        nora.get(&link).await;
        assert_eq!(nora.attribute("main a.button", "href"), Some(place), "{}", nora.text());
        let sam = app.user("sam@harbor.test").await;
        let mut sam = app.browser_of(&sam);
        sam.get(&link).await.submit("Switch account", &[]).await;
        assert_eq!(sam.path, link);
    }

    async fn the_ticket_leads_nowhere_else(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let link = rosa.invite_by_mail("tomas@harbor.test").await.link();
        for (mut browser, links) in [(app.browser(), vec!["/password/forgot"]), (app.browser_of(&tomas), Vec::new())] {
            browser.get(&link).await;
            let shown = scraper::Html::parse_document(&browser.body);
            let found = scraper::Selector::parse("a:not(.skip)").unwrap();
            let found: Vec<&str> = shown.select(&found).filter_map(|link| link.attr("href")).collect();
            assert_eq!(found, links);
            assert!(browser.select("header").is_empty() && browser.shows("Usher · 127.0.0.1:8000"), "{}", browser.text());
        }
    }

    async fn only_fields_with_a_value_are_announced(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut body = environment_body("Harbor staging");
        body.as_object_mut().unwrap().remove("parameterGroup");
        let id = rosa.post("/api/environments", body).await.ok()["id"].as_i64().unwrap();
        let mut browser = app.browser_of(&rosa);
        let sharing = format!("/environments/{id}/sharing");
        browser.get(&sharing).await.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let link = app.mail_to("nora@harbor.test").await.link();
        let mut nora = app.browser();
        nora.get(&link).await;
        assert!(nora.shows("Bucket") && nora.shows("Database password"), "{}", nora.text());
        assert!(!nora.shows("Prefix") && !nora.shows("Parameter group"), "{}", nora.text());
        let fields = [("prefix", "logs"), ("parameterGroup", "tides")];
        browser.get(&format!("/environments/{id}/edit")).await.submit("Save", &fields).await;
        nora.get(&link).await;
        assert!(nora.shows("Prefix") && nora.shows("Parameter group"), "{}", nora.text());
        assert!(!nora.shows("logs") && !nora.shows("tides"), "a value shows to somebody who is not in");
    }

    async fn a_declined_invitation_can_be_taken_up_again(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        for (address, signed_in, button, fields) in [
            ("nora@harbor.test", false, "Join", &[("password", PASSWORD)][..]),
            ("tomas@harbor.test", true, "Accept", &[][..]),
        ] {
            let mail = rosa.invite_by_mail(address).await;
            let mut invitee = if signed_in { app.browser_of(&tomas) } else { app.browser() };
            let mut open = if signed_in { app.browser_of(&tomas) } else { app.browser() };
            open.get(&mail.link()).await;
            invitee.get(&mail.link()).await.submit("Decline", &[]).await;
            app.deliver().await;
            // A page from before does not take it up unasked.
            open.submit(button, fields).await;
            assert!(open.status == 410 && open.shows("You declined this."), "{}", open.text());
            // Programs find it closed.
            let mut api = app.api();
            api.cookie.clone_from(&tomas.cookie);
            assert_eq!(api.accept(&mail.code()).await.status, 404);
            invitee.get(&mail.link()).await;
            assert!(invitee.status == 410 && invitee.shows("You declined this."), "{}", invitee.text());
            assert!(!invitee.buttons().contains(&"Decline".to_owned()), "{:?}", invitee.buttons());
            invitee.submit(button, fields).await;
            assert!(is_in(&invitee, &rosa), "{}", invitee.text());
            let told = app.mail_to("rosa@harbor.test").await;
            assert!(told.subject.contains("accepted"), "{}", told.subject);
        }
    }

    async fn an_org_is_joined_after_all_but_not_by_programs(app: App) {
        app.user("rosa@harbor.test").await;
        let rosa = app.rpc_as("rosa@harbor.test").await;
        let orbit = org(&rosa, "orbit").await;
        rosa.call("user.invite", json!({ "userKey": "nora@harbor.test", "orgId": orbit })).await.plain();
        let mail = app.mail_to("nora@harbor.test").await;
        let mut nora = app.browser();
        nora.get(&mail.link()).await.submit("Decline", &[]).await;
        let join = json!({ "token": mail.token(), "username": "nora", "password": PASSWORD, "fullName": "Nora" });
        app.rpc().call("user.join", join).await.refused(10027, "Token does not exist or has already expired");
        nora.get(&mail.link()).await.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!((nora.status, nora.path.as_str()), (200, "/orgs/orbit"), "{}", nora.text());
    }

    async fn what_was_declined_stays_so_once_it_would_be_over(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        app.user("sam@harbor.test").await;
        let mut stays = Vec::new();
        // By a copied link.
        rosa.invite("copied@harbor.test").await;
        rosa.press("Copy link").await;
        let copied = rosa.browser.value("link").replace("http://127.0.0.1:8000", "");
        app.browser().get(&copied).await.submit("Decline", &[]).await;
        stays.push(copied);
        // Invited anew, which would have replaced it.
        app.deliver().await;
        let link = rosa.invite_by_mail("nora@harbor.test").await.link();
        app.browser().get(&link).await.submit("Decline", &[]).await;
        app.deliver().await;
        rosa.invite_by_mail("nora@harbor.test").await;
        rosa.press("Revoke").await;
        stays.push(link);
        let expired = rosa.invite_by_mail("late@harbor.test").await.link();
        app.browser().get(&expired).await.submit("Decline", &[]).await;
        let mut guest = app.browser();
        for link in &stays {
            guest.get(link).await;
            assert!(guest.status == 410 && guest.shows("This invitation was declined"), "{link}: {}", guest.text());
            guest.post_fields(&format!("{link}/accept"), &[("password", PASSWORD), ("declined", "true")]).await;
            assert!(guest.status == 410 && guest.cookie("usher_session").is_none(), "{link}: {}", guest.text());
        }
        assert!(guest.get(&expired).await.shows("You declined this."), "{}", guest.text());
        app.advance(Duration::from_hours(24));
        guest.submit("Join", &[("password", PASSWORD)]).await;
        assert!(guest.status == 410 && guest.shows("This invitation was declined"), "{}", guest.text());
    }
    async fn what_was_declined_stays_so_once_its_inviter_lost_the_right(app: App) {
        let owner = app.user("rosa@harbor.test").await;
        let id = owner.environment("Harbor staging").await;
        let tomas = app.user("tomas@harbor.test").await;
        tomas.join(&owner, id, "tomas@harbor.test", true).await;
        app.deliver().await;
        let path = format!("/environments/{id}/sharing");
        let mut inviter = app.browser_of(&tomas);
        inviter.get(&path).await.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let link = app.mail_to("nora@harbor.test").await.link();
        let mut nora = app.browser();
        nora.get(&link).await.submit("Decline", &[]).await;
        assert!(nora.get(&link).await.shows("You declined this."), "{}", nora.text());
        let mut rosa = app.browser_of(&owner);
        rosa.demote_first(&path).await;
        rosa.get(&path).await.submit("Make administrator", &[]).await;
        assert!(nora.get(&link).await.shows("This invitation was declined"), "{}", nora.text());
    }
}

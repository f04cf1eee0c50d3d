//! Sign-up, sign-in, sign-out, and the paths to return to.

use std::time::Duration;

use crate::support::app::PASSWORD;
use crate::support::browser::Browser;
use crate::support::on_both;

const WRONG: &str = "The address or the password is wrong.";

async fn sign_in_with<'a, 'b>(browser: &'a mut Browser<'b>, login: &str, password: &str) -> &'a mut Browser<'b> {
    browser.get("/sign-in").await;
    browser.submit("Sign in", &[("email", login), ("password", password)]).await
}

/// The use of a session is recorded after the response, so that no page waits for it.
async fn until_noted(browser: &mut Browser<'_>) {
    for _ in 0..10_000 {
        if browser.get("/account/sessions").await.select("td[data-label='Last seen']") == ["just now"] {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the use of the session was never recorded: {}", browser.text());
}

on_both! {
    async fn signing_up_signs_in(app: App) {
        let mut rosa = app.browser();
        rosa.get("/").await;
        assert!(rosa.shows("Share access without sharing passwords around"), "{}", rosa.text());
        rosa.get("/sign-up").await;
        let fields = [("fullName", "  Rosa Marlow "), ("email", "Rosa@Harbor.test"), ("password", PASSWORD)];
        rosa.submit("Sign up", &fields).await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/"));
        assert!(rosa.shows("Hello, Rosa Marlow"), "{}", rosa.text());
        rosa.get("/account").await;
        assert!(rosa.shows("rosa@harbor.test") && rosa.shows("Not confirmed"), "{}", rosa.text());
        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.link().starts_with("/verify/"), "{}", mail.text);

        let mut elsewhere = app.browser();
        elsewhere.sign_in("rosa@harbor.TEST").await;
        assert!(elsewhere.shows("Hello, Rosa Marlow"), "{}", elsewhere.text());
    }

    async fn a_sign_up_with_faults_comes_back(app: App) {
        app.browser().sign_up("rosa@harbor.test").await;
        let mut tomas = app.browser();
        tomas.get("/sign-up").await.submit("Sign up", &[]).await;
        assert_eq!(tomas.status, 422);
        assert_eq!(tomas.fault("email"), "Enter your e-mail address.");
        assert_eq!(tomas.fault("password"), "Enter a password.");
        assert!(tomas.title().starts_with("Error: "), "{}", tomas.title());

        for (address, password, field, fault) in [
            ("no address", PASSWORD, "email", "This is not an e-mail address. It looks like name@example.org."),
            ("tomas@harbor.test", "short", "password", "Use 8 to 64 characters."),
            ("rosa@harbor.test", PASSWORD, "email", "There is an account with this address already. Sign in instead."),
            ("ROSA@harbor.test", PASSWORD, "email", "There is an account with this address already. Sign in instead."),
        ] {
            tomas.get("/sign-up").await;
            tomas.submit("Sign up", &[("fullName", "Tomas <Vale>"), ("email", address), ("password", password)]).await;
            assert_eq!((tomas.status, tomas.fault(field).as_str()), (422, fault), "{address}");
            assert_eq!((tomas.value("fullName").as_str(), tomas.value("email").as_str()), ("Tomas <Vale>", address));
            assert!(!tomas.body.contains(password), "the password was filled in again: {}", tomas.body);
            assert_eq!(tomas.attribute(&format!("#{field}"), "aria-invalid").as_deref(), Some("true"));
            assert_eq!(tomas.attribute(".faults a", "href"), Some(format!("#{field}")));
        }
        let of_65 = "x".repeat(65);
        tomas.get("/sign-up").await;
        tomas.submit("Sign up", &[("email", "tomas@harbor.test"), ("password", &of_65)]).await;
        assert_eq!(tomas.fault("password"), "Use 8 to 64 characters.");
        sign_in_with(&mut tomas, "tomas@harbor.test", &of_65).await;
        assert_eq!(tomas.status, 422, "nobody was signed up");
    }

    async fn an_unknown_address_answers_like_a_wrong_password(app: App) {
        app.browser().sign_up("rosa@harbor.test").await;
        let mut rosa = app.browser();
        sign_in_with(&mut rosa, "rosa@harbor.test", "not my horse").await;
        let known = (rosa.status, rosa.text());
        assert_eq!((rosa.status, rosa.select(".faults").join(" ").as_str()), (422, WRONG));
        assert_eq!((rosa.value("email").as_str(), rosa.value("password").as_str()), ("rosa@harbor.test", ""));
        assert!(!rosa.body.contains("not my horse"));
        assert_eq!(rosa.cookie("usher_session"), None);
        for unknown in ["nobody@harbor.test", "nobody", "nobody@@", "ROSA"] {
            sign_in_with(&mut rosa, unknown, "not my horse").await;
            assert_eq!((rosa.status, rosa.text()), known, "{unknown}");
        }
        sign_in_with(&mut rosa, "", "").await;
        assert_eq!((rosa.fault("email").as_str(), rosa.fault("password").as_str()),
            ("Enter your e-mail address.", "Enter a password."));
    }

    async fn a_username_signs_in_as_an_address_does(app: App) {
        let mut ada = app.browser();
        ada.get(&format!("/setup/{}", app.setup_token().await)).await;
        let fields = [("username", "Ada.L"), ("email", "ada@harbor.test"), ("password", PASSWORD)];
        ada.submit("Make the first administrator", &fields).await;
        for login in ["ada.l", "ADA.L", " ada.l ", "ada@harbor.test"] {
            let mut elsewhere = app.browser();
            elsewhere.sign_in(login).await;
            assert_eq!((elsewhere.status, elsewhere.path.as_str()), (200, "/"), "{login}");
        }
    }

    async fn signing_in_leads_back_to_paths_of_this_host_alone(app: App) {
        app.browser().sign_up("rosa@harbor.test").await;
        let mut rosa = app.browser();
        rosa.get("/environments/new?after=1&b=%2F").await;
        assert_eq!(rosa.path, "/sign-in?next=%2Fenvironments%2Fnew%3Fafter%3D1%26b%3D%252F");
        rosa.submit("Sign in", &[("email", "rosa@harbor.test"), ("password", "not my horse")]).await;
        rosa.submit("Sign in", &[("email", "rosa@harbor.test"), ("password", PASSWORD)]).await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/environments/new?after=1&b=%2F"));

        for elsewhere in [
            "https://evil.test", "//evil.test", "///evil.test", "/\\evil.test", "\\\\evil.test", "/\t/evil.test",
            "/\n/evil.test", " //evil.test", "javascript:alert(1)", "evil.test", "/\r\nSet-Cookie: a=b", "",
        ] {
            let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", elsewhere).finish();
            for page in ["/sign-in", "/sign-up"] {
                let mut visitor = app.browser();
                visitor.get(&format!("{page}?{query}")).await;
                assert_eq!(visitor.status, 200);
                assert_eq!(visitor.attribute("input[name=next]", "value"), None, "{page} takes {elsewhere:?}");
            }
            let mut visitor = app.browser();
            let fields = [("email", "rosa@harbor.test"), ("password", PASSWORD), ("next", elsewhere)];
            visitor.post_fields("/sign-in", &fields).await;
            assert_eq!((visitor.status, visitor.path.as_str()), (200, "/"), "{elsewhere:?}");
            visitor.post_fields("/sign-out", &[("next", elsewhere)]).await;
            assert_eq!((visitor.status, visitor.path.as_str()), (200, "/"), "{elsewhere:?}");
        }
        let mut newcomer = app.browser();
        newcomer.get("/sign-up?next=/invitations").await;
        newcomer.submit("Sign up", &[("email", "tomas@harbor.test"), ("password", PASSWORD)]).await;
        assert_eq!(newcomer.path, "/invitations");
    }

    async fn signing_out_ends_the_session(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        let session = rosa.cookie("usher_session").unwrap().to_owned();
        rosa.submit("Sign out", &[]).await;
        assert_eq!((rosa.path.as_str(), rosa.notice().as_str()), ("/", "You are signed out."), "{}", rosa.text());
        assert_eq!(rosa.cookie("usher_session"), None);
        rosa.get("/").await;
        assert!(!rosa.shows("You are signed out."), "the notice was shown twice");
        rosa.set_cookie("usher_session", &session);
        rosa.get("/account").await;
        assert!(rosa.path.starts_with("/sign-in"), "the cookie still works: {}", rosa.path);
    }

    async fn signing_in_makes_a_new_session_whatever_the_browser_brings(app: App) {
        app.browser().sign_up("rosa@harbor.test").await;
        let mut rosa = app.browser();
        rosa.set_cookie("usher_session", "chosen-by-somebody-else");
        rosa.sign_in("rosa@harbor.test").await;
        let first = rosa.cookie("usher_session").unwrap().to_owned();
        assert!(first != "chosen-by-somebody-else" && first.len() >= 22, "128 bits or more: {first}");
        rosa.sign_in("rosa@harbor.test").await;
        assert_ne!(rosa.cookie("usher_session"), Some(first.as_str()));
    }

    async fn a_session_slides_for_seven_days_at_most(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        for hour in 0..(7 * 24 / 2) {
            assert_eq!(rosa.get("/account").await.path, "/account", "after {} hours", 2 * hour);
            until_noted(&mut rosa).await;
            app.advance(Duration::from_secs(2 * 60 * 60 - 61));
        }
        app.advance(Duration::from_secs(7 * 24 / 2 * 61));
        rosa.get("/account").await;
        assert!(rosa.path.starts_with("/sign-in"), "after 7 days: {}", rosa.path);

        rosa.sign_in("rosa@harbor.test").await;
        app.advance(Duration::from_hours(2));
        rosa.get("/account").await;
        assert!(rosa.path.starts_with("/sign-in"), "after 2 idle hours: {}", rosa.path);
    }

    async fn guessing_one_password_is_slowed_down(app: App, rate_limits_enabled = true) {
        for address in ["rosa@harbor.test", "tomas@harbor.test"] {
            app.browser().sign_up(address).await;
        }
        for login in ["rosa@harbor.test", "nobody@harbor.test"] {
            let mut guesser = app.browser();
            for _ in 0..10 {
                sign_in_with(&mut guesser, login, "not my horse").await;
                assert_eq!((guesser.status, guesser.header("Retry-After")), (422, None), "{login}");
            }
            app.advance(Duration::from_mins(5));
            for password in ["not my horse", PASSWORD] {
                sign_in_with(&mut guesser, login, password).await;
                assert_eq!((guesser.status, guesser.header("Retry-After")), (429, Some("600")), "{login}");
                assert_eq!(guesser.select(".faults").join(" "), "Too many tries. Try again in 10 minutes.");
                assert_eq!(guesser.value("email"), login);
            }
            assert_eq!(app.browser().sign_in("tomas@harbor.test").await.path, "/", "other users are locked out");
        }
        app.advance(Duration::from_mins(10));
        assert_eq!(app.browser().sign_in("rosa@harbor.test").await.path, "/");
    }

    async fn a_right_password_forgets_the_wrong_ones(app: App, rate_limits_enabled = true) {
        app.browser().sign_up("rosa@harbor.test").await;
        for _ in 0..3 {
            let mut rosa = app.browser();
            for _ in 0..9 {
                sign_in_with(&mut rosa, "rosa@harbor.test", "not my horse").await;
                assert_eq!(rosa.status, 422);
            }
            assert_eq!(rosa.sign_in("rosa@harbor.test").await.path, "/");
        }
    }
}

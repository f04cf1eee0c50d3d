//! Verifying an address, resetting and changing the password, and the list of sessions.

use std::time::Duration;

use crate::support::app::{App, PASSWORD};
use crate::support::on_both;

const NEW: &str = "another horse 2";
const BOTH: [(&str, &str); 2] = [("newPassword", NEW), ("newPasswordAgain", NEW)];

async fn ask_for_a_link(app: &App, address: &str) -> String {
    let mut browser = app.browser();
    browser.get("/password/forgot").await.submit("Send me a link", &[("email", address)]).await;
    assert_eq!(browser.status, 200);
    browser.text()
}

on_both! {
    async fn an_address_is_confirmed_by_the_button_not_by_looking(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        let link = app.mail_to("rosa@harbor.test").await.link();
        let mut scanner = app.browser();
        for _ in 0..2 {
            scanner.get(&link).await;
            assert_eq!((scanner.status, scanner.buttons()), (200, vec!["Confirm this address".to_owned()]));
        }
        assert!(rosa.get("/account").await.shows("Not confirmed"));

        rosa.get(&link).await.submit("Confirm this address", &[]).await;
        assert!(rosa.path == "/" && rosa.shows("Your address is confirmed."), "{}", rosa.text());
        rosa.get("/account").await;
        assert!(rosa.shows("Confirmed") && !rosa.shows("Not confirmed"), "{}", rosa.text());
        rosa.get(&link).await;
        assert!(rosa.status == 200 && rosa.shows("Your address is confirmed"), "{}", rosa.text());
    }

    async fn password_managers_learn_whose_new_password_it_is(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let named = "form:has([autocomplete=new-password]) [autocomplete=username]";
        let mut rosa = app.browser_of(&rosa);
        rosa.get("/account").await;
        assert_eq!(rosa.attribute(named, "value").as_deref(), Some("rosa@harbor.test"));
        // What it fills in there is not taken.
        let fields = [("oldPassword", PASSWORD), BOTH[0], BOTH[1], ("account", "somebody@harbor.test")];
        rosa.submit("Change the password", &fields).await;
        assert!(rosa.status == 200 && app.deliver().await.len() == 1, "{}", rosa.text());
        ask_for_a_link(&app, "rosa@harbor.test").await;
        let link = app.mail_to("rosa@harbor.test").await.link();
        rosa.get(&link).await;
        assert_eq!(rosa.attribute(named, "value").as_deref(), Some("rosa@harbor.test"));
        rosa.submit("Change the password", &[BOTH[0], ("newPasswordAgain", "another house 2")]).await;
        assert_eq!((rosa.status, rosa.attribute(named, "value").as_deref()), (422, Some("rosa@harbor.test")));
        rosa.submit("Change the password", &BOTH).await;
        rosa.get(&link).await;
        assert!(rosa.status == 410 && !rosa.body.contains("rosa@harbor.test\" readonly"), "{}", rosa.text());
    }

    async fn a_link_to_confirm_dies_of_age_and_of_a_newer_one(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        let first = app.mail_to("rosa@harbor.test").await.link();
        rosa.get("/account").await.submit("Send the mail again", &[]).await;
        let second = app.mail_to("rosa@harbor.test").await.link();
        assert_ne!(first, second);
        for dead in [first.as_str(), "/verify/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v"] {
            rosa.get(dead).await;
            assert!(rosa.status == 404 && rosa.shows("This link does not work"), "{}", rosa.text());
            rosa.post_fields(dead, &[]).await;
            assert_eq!(rosa.status, 404);
        }
        assert_eq!(rosa.get(&second).await.status, 200);
        app.advance(Duration::from_hours(3 * 24));
        assert_eq!(rosa.get(&second).await.status, 404, "after three days");
        rosa.sign_in("rosa@harbor.test").await;
        assert!(rosa.get("/account").await.shows("Not confirmed"));
    }

    async fn a_forgotten_password_is_set_anew_by_the_mailed_link(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        app.deliver().await;
        let unknown = ask_for_a_link(&app, "nobody@harbor.test").await;
        assert!(app.deliver().await.is_empty());
        assert_eq!(ask_for_a_link(&app, "Rosa@harbor.test").await, unknown, "account existence was revealed");
        let link = app.mail_to("rosa@harbor.test").await.link();

        let mut visitor = app.browser();
        for _ in 0..2 {
            assert_eq!(visitor.get(&link).await.status, 200);
        }
        for (fields, field, fault) in [
            ([("newPassword", NEW), ("newPasswordAgain", "different horse")], "newPasswordAgain",
                "This differs from the new password above."),
            ([("newPassword", "short"), ("newPasswordAgain", "short")], "newPassword", "Use 8 to 64 characters."),
            ([("newPassword", ""), ("newPasswordAgain", NEW)], "newPassword", "Enter a new password."),
        ] {
            visitor.get(&link).await.submit("Change the password", &fields).await;
            assert_eq!((visitor.status, visitor.fault(field).as_str()), (422, fault));
            assert!(!visitor.body.contains(NEW), "{}", visitor.body);
        }
        visitor.submit("Change the password", &BOTH).await;
        assert!(visitor.path == "/sign-in" && visitor.shows("Your password is changed"), "{}", visitor.text());
        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.subject.to_lowercase().contains("password"), "{}", mail.subject);

        visitor.get(&link).await;
        assert!(visitor.status == 410 && visitor.shows("This link was used already"), "{}", visitor.text());
        visitor.post_fields(&link, &[("newPassword", "third horse 3"), ("newPasswordAgain", "third horse 3")]).await;
        assert_eq!(visitor.status, 410);
        rosa.get("/account").await;
        assert!(rosa.path.starts_with("/sign-in"), "the sessions have ended");
        assert_eq!(rosa.sign_in("rosa@harbor.test").await.status, 422, "the old password is gone");
        rosa.submit("Sign in", &[("password", NEW)]).await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/"));

        ask_for_a_link(&app, "rosa@harbor.test").await;
        let link = app.mail_to("rosa@harbor.test").await.link();
        visitor.get(&link).await.submit("Change the password", &BOTH).await;
        assert_eq!(visitor.notice(), "Your password is changed. You can sign in with it now.");
    }

    async fn a_link_to_a_new_password_expires_is_replaced_or_was_never_there(app: App) {
        app.browser().sign_up("rosa@harbor.test").await;
        app.deliver().await;
        ask_for_a_link(&app, "rosa@harbor.test").await;
        let first = app.mail_to("rosa@harbor.test").await.link();
        ask_for_a_link(&app, "rosa@harbor.test").await;
        let second = app.mail_to("rosa@harbor.test").await.link();
        let mut visitor = app.browser();
        for unknown in [first.as_str(), "/password/reset/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v"] {
            visitor.get(unknown).await;
            assert!(visitor.status == 404 && visitor.shows("This link does not work"), "{}", visitor.text());
            for fields in [&BOTH[..], &[]] {
                visitor.post_fields(unknown, fields).await;
                assert_eq!((visitor.status, visitor.buttons()), (404, vec![]));
            }
        }
        assert_eq!(visitor.get(&second).await.status, 200);
        app.advance(Duration::from_hours(1));
        visitor.get(&second).await;
        assert!(visitor.status == 410 && visitor.shows("This link has expired"), "{}", visitor.text());
        visitor.post_fields(&second, &BOTH).await;
        assert_eq!(visitor.status, 410);
        assert_eq!(app.browser().sign_in("rosa@harbor.test").await.path, "/", "the password was changed");
    }

    async fn no_more_than_three_reset_mails_an_hour_are_sent_and_nobody_is_told(app: App, rate_limits_enabled = true) {
        app.browser().sign_up("rosa@harbor.test").await;
        app.deliver().await;
        let told = ask_for_a_link(&app, "rosa@harbor.test").await;
        for _ in 0..4 {
            assert_eq!(ask_for_a_link(&app, "rosa@harbor.test").await, told);
        }
        let mails = app.deliver().await;
        assert!(mails.len() <= 3, "{}", mails.len());
        app.advance(Duration::from_hours(1));
        ask_for_a_link(&app, "rosa@harbor.test").await;
        app.mail_to("rosa@harbor.test").await;
    }

    async fn changing_the_password_ends_the_other_sessions(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        app.deliver().await;
        let mut elsewhere = app.browser();
        elsewhere.sign_in("rosa@harbor.test").await;
        for (old, new, again, field, fault) in [
            ("not my horse", NEW, NEW, "oldPassword", "This is not your present password."),
            (PASSWORD, NEW, "different horse", "newPasswordAgain", "This differs from the new password above."),
            (PASSWORD, "short", "short", "newPassword", "Use 8 to 64 characters."),
            ("", NEW, NEW, "oldPassword", "Enter your present password."),
        ] {
            let fields = [("oldPassword", old), ("newPassword", new), ("newPasswordAgain", again)];
            rosa.get("/account").await.submit("Change the password", &fields).await;
            assert_eq!((rosa.status, rosa.fault(field).as_str()), (422, fault));
            assert!(!rosa.body.contains(NEW) && !rosa.body.contains(PASSWORD), "{}", rosa.body);
        }
        assert_eq!(elsewhere.get("/account").await.path, "/account", "the password was changed already");
        assert!(app.deliver().await.is_empty());

        rosa.submit("Change the password", &[("oldPassword", PASSWORD), BOTH[0], BOTH[1]]).await;
        assert_eq!((rosa.path.as_str(), rosa.notice().as_str()), ("/account", "Your password is changed."));
        assert!(elsewhere.get("/account").await.path.starts_with("/sign-in"), "the other session is still open");
        app.mail_to("rosa@harbor.test").await;
        assert_eq!(elsewhere.sign_in("rosa@harbor.test").await.status, 422);
    }

    async fn one_sees_and_ends_ones_sessions(app: App) {
        let mut here = app.browser();
        here.sign_up("rosa@harbor.test").await;
        let mut others = [app.browser(), app.browser(), app.browser()];
        for other in &mut others {
            other.sign_in("rosa@harbor.test").await;
        }
        let mut tomas = app.browser();
        tomas.sign_up("tomas@harbor.test").await;

        here.get("/account/sessions").await;
        assert_eq!(here.select("tbody tr").len(), 4, "{}", here.text());
        assert_eq!(here.select("tbody .badge"), ["This one"]);
        let end = here.attribute("tr:not(:has(.badge)) button", "formaction").unwrap();
        tomas.post_fields(&end, &[]).await;
        assert_eq!(tomas.status, 404, "another's session");
        here.get("/account/sessions").await;
        assert_eq!(here.select("tbody tr").len(), 4);
        here.post_fields(&end, &[]).await;
        assert_eq!(here.notice(), "Ended. That device is signed out.");
        assert_eq!(here.select("tbody tr").len(), 3);
        let mut out = 0;
        for other in &mut others {
            out += usize::from(other.get("/account").await.path.starts_with("/sign-in"));
        }
        assert_eq!(out, 1);
        here.post_fields(&end, &[]).await;
        assert_eq!(here.status, 404, "it had ended before");

        here.get("/account/sessions").await.submit("End all others", &[]).await;
        assert_eq!(here.notice(), "Ended. All other devices are signed out.");
        assert_eq!(here.select("tbody tr").len(), 1, "{}", here.text());
        for other in &mut others {
            assert!(other.get("/account").await.path.starts_with("/sign-in"));
        }
        assert_eq!(tomas.get("/account").await.path, "/account");
    }

    async fn one_changes_ones_name(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        rosa.get("/account").await.submit("Save", &[("fullName", "Rosa \"Kay\" <Marlow>")]).await;
        assert!(rosa.shows("Saved."), "{}", rosa.text());
        assert_eq!(rosa.value("fullName"), "Rosa \"Kay\" <Marlow>");
        let of_101 = "x".repeat(101);
        rosa.submit("Save", &[("fullName", &of_101)]).await;
        assert_eq!((rosa.status, rosa.fault("fullName").as_str()), (422, "Use at most 100 characters."));
        assert_eq!(rosa.value("fullName"), of_101);
        rosa.get("/account").await;
        assert_eq!(rosa.value("fullName"), "Rosa \"Kay\" <Marlow>");
        assert!(!rosa.select("label[for=fullName]").join("").contains("optional"), "an empty name was accepted");
    }
}

//! Addresses and lists of people as they are pasted into forms. `src/mailboxes` has the cases.

use serde_json::json;

use super::orgs::{harbor, somebody};
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::user_body;
use crate::support::sharing::Sharing;

const PATH: &str = "/orgs/harbor/invitations";

/// Rosa's org, in an installation whose users have the usernames `reed` and `com`.
async fn among_users(app: &App) -> Browser<'_> {
    let sofia = app.superuser().await;
    for name in ["reed", "com"] {
        sofia.call("user.create", user_body(name)).await.ok();
    }
    let mut rosa = somebody(app, "rosa@harbor.test").await;
    harbor(&mut rosa).await;
    app.deliver().await;
    rosa
}

on_both! {
    async fn a_name_in_a_list_invites_no_user(app: App) {
        let mut rosa = among_users(&app).await;
        let list = "Reed, Tomas <tomas@harbor.test>\r\n\"Reed, Ines\" <ines@harbor.test>; uwe@harbor.test\n\
                    Ada\tReed\tada@harbor.test";
        rosa.get(PATH).await.submit("Invite", &[("userKey", list), ("administrator", "true")]).await;
        assert_eq!(rosa.notice(), "All invited. The mails are on their way.");
        let mut to: Vec<String> = app.deliver().await.into_iter().map(|mail| mail.to).collect();
        to.sort();
        assert_eq!(to, ["ada@harbor.test", "ines@harbor.test", "tomas@harbor.test", "uwe@harbor.test"]);
        assert!(!rosa.get(PATH).await.text().contains("reed"), "{}", rosa.text());
    }

    async fn a_line_that_could_mean_several_things_is_asked_about(app: App) {
        let mut rosa = among_users(&app).await;
        for line in ["bob@example,com", "Tomas Reed", "reed, com", "reed tomas", "tomas@harbor.test, reed"] {
            let keys = format!("ines@harbor.test\n\n{line}");
            let fields = [("userKey", keys.as_str()), ("administrator", "true")];
            rosa.get(PATH).await.submit("Invite", &fields).await;
            assert_eq!((rosa.status, rosa.select("textarea[name=userKey]")), (422, vec![keys]), "{line}");
            let fault = format!(
                "Nobody was invited yet: line 3 (“{line}”) is not clear. Write one person a line: an address, or @ and \
                 a username."
            );
            assert_eq!(rosa.fault("userKey"), fault);
            assert!(rosa.attribute("#administrator", "checked").is_some(), "{}", rosa.body);
            assert!(app.deliver().await.is_empty(), "{line}");
        }
        rosa.get(PATH).await.submit("Invite", &[("userKey", "Tomas Reed\nines@harbor.test\nAda Lind\nUwe Lind")]).await;
        assert!(rosa.fault("userKey").contains("line 1 (“Tomas Reed”) and 2 more are not clear"), "{}", rosa.text());
    }

    async fn a_username_is_taken_where_it_is_meant(app: App) {
        let mut rosa = among_users(&app).await;
        for (keys, to) in [("Reed", "reed@orbit.test"), ("- @com, tomas@harbor.test", "com@orbit.test")] {
            rosa.get(PATH).await.submit("Invite", &[("userKey", keys)]).await;
            assert_eq!(rosa.status, 200, "{}", rosa.text());
            assert!(app.deliver().await.iter().any(|mail| mail.to == to), "{keys}");
        }
    }

    async fn without_usernames_none_is_asked_for(app: App, usernames_enabled = false) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        rosa.get(PATH).await.submit("Invite", &[("userKey", "Tomas Reed")]).await;
        assert!(rosa.fault("userKey").ends_with("is not clear. Write one address a line."), "{}", rosa.text());
        for key in ["reed", "@reed"] {
            rosa.get(PATH).await.submit("Invite", &[("userKey", key)]).await;
            assert!(rosa.status == 422 && rosa.shows("This is not an e-mail address"), "{}", rosa.text());
        }
    }

    async fn who_was_refused_is_filled_in_as_it_was_meant(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        let keys = "Diaz, Rosa <rosa@harbor.test>, oops@harbor, ines@harbor.test";
        rosa.get(PATH).await.submit("Invite", &[("userKey", keys)]).await;
        let again = "\"Diaz, Rosa\" <rosa@harbor.test>\noops@harbor";
        assert_eq!(rosa.select("textarea[name=userKey]"), [again]);
        assert!(rosa.shows("Invited: ines@harbor.test."), "{}", rosa.text());
    }

    async fn every_form_reads_an_address_with_its_name(app: App) {
        let mut ada = app.browser();
        ada.get(&format!("/setup/{}", app.setup_token().await)).await;
        let fields = [("username", "ada"), ("email", "Ada Lind <ada@harbor.test>"), ("password", PASSWORD)];
        ada.submit("Make the first administrator", &fields).await;
        assert!(ada.get("/account").await.shows("ada@harbor.test") && ada.value("fullName") == "Ada Lind");

        let mut rosa = app.browser();
        rosa.get("/sign-up").await;
        rosa.submit("Sign up", &[("email", "mailto:rosa%40harbor.test?subject=x"), ("password", PASSWORD)]).await;
        let mail = app.mail_to("rosa@harbor.test").await;
        rosa.get(&mail.link()).await.submit("Confirm this address", &[]).await;

        for login in ["Rosa <rosa@harbor.test>", "\u{feff}rosa＠harbor.test.", "'ROSA@harbor.test'"] {
            assert_eq!(app.browser().sign_in(login).await.path, "/", "{login:?}");
        }
        for login in ["@ada", "\u{200b}Ada", "＠ada"] {
            assert_eq!(app.browser().sign_in(login).await.path, "/", "{login:?}");
        }
        rosa.get("/password/forgot").await.submit("Send me a link", &[("email", "<rosa@harbor.test>;")]).await;
        assert_eq!(rosa.status, 200, "{}", rosa.text());
        app.mail_to("rosa@harbor.test").await;
        rosa.add_address("\"Rosa\" <rosa@quay.test>").await;
        app.mail_to("rosa@quay.test").await;
    }

    async fn the_name_greets_whoever_has_no_account(app: App) {
        app.user("tomas@harbor.test").await;
        let mut sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        sharing.invite("\"Diaz, Nora\" <nora@harbor.test>").await;
        let mail = app.mail_to("nora@harbor.test").await;
        assert_eq!(mail.text.lines().next(), Some("Hello Diaz, Nora,"));
        sharing.page().await.submit("Resend", &[]).await;
        let mail = app.mail_to("nora@harbor.test").await;
        assert_eq!(mail.text.lines().next(), Some("Hello Diaz, Nora,"));
        let mut nora = app.browser();
        assert_eq!(nora.get(&mail.link()).await.value("fullName"), "Diaz, Nora");
        nora.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!(nora.get("/account").await.value("fullName"), "Diaz, Nora");
        app.deliver().await;

        // Whoever has an account chose a name.
        sharing.invite("Somebody Else <tomas@harbor.test>").await;
        let mail = app.mail_to("tomas@harbor.test").await;
        assert!(!mail.raw.contains("Somebody") && mail.text.starts_with("Hello,"), "{}", mail.text);
        let mut tomas = app.browser();
        tomas.sign_in("tomas@harbor.test").await;
        assert!(!tomas.get(&mail.link()).await.body.contains("Somebody"));
    }

    async fn a_given_name_does_no_harm(app: App) {
        let mut sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        sharing.invite("No\u{202e}ra www.evil.test/claim \u{7} <nora@harbor.test>").await;
        let mail = app.mail_to("nora@harbor.test").await;
        assert_eq!(mail.text.lines().next(), Some("Hello Nora www.\u{200a}evil.\u{200a}test/\u{200a}claim,"));
        assert!(mail.raw.is_ascii() && !mail.html.contains("evil.test"), "{}", mail.raw);
        let mut nora = app.browser();
        // As given, trimmed.
        assert_eq!(nora.get(&mail.link()).await.value("fullName"), "No\u{202e}ra www.evil.test/claim");
    }

    async fn the_apis_take_addresses_alone(app: App) {
        let api = app.user("rosa@harbor.test").await;
        let environment = api.environment("Harbor staging").await;
        let rpc = app.founder("nadia@harbor.test").await;
        let org = crate::support::rpc::org(&rpc, "harbor").await;
        for address in ["Tomas <tomas@harbor.test>", "<tomas@harbor.test>", "tomas＠harbor.test", "tomas@harbor.test."] {
            let body = json!({ "environmentId": environment, "userEmail": address });
            api.post("/api/environments/invites", body).await.invalid(&["userEmail"]);
            rpc.call("user.invite", json!({ "userKey": address, "orgId": org })).await.invalid(json!([
                [["userKey"], "string.regex.name"], [["userKey"], "string.email"],
            ]));
        }
        assert!(app.deliver().await.is_empty());
    }
}

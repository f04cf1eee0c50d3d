//! The first verification: until then an account gains no other way to sign in, and it removes those that exist.

use serde_json::json;

use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::mailbox::Mail;
use crate::support::on_both;
use crate::support::rpc::Rpc;
use crate::support::sharing::Sharing;

const GONE: &str = "Other sign-ins, access tokens and addresses from before are gone.";

/// An account under somebody else's address, signed in with a browser and an API client.
async fn hijacker<'a>(app: &'a App, address: &str) -> (Browser<'a>, Rpc<'a>) {
    let mut browser = app.browser();
    browser.sign_up(address).await;
    (browser, app.rpc_as(address).await)
}

async fn is_in(browser: &mut Browser<'_>) -> bool {
    browser.get("/account").await.path == "/account"
}

async fn works(program: &Rpc<'_>) -> bool {
    program.call("session.info", json!({})).await.0.json()["ok"] == true
}

/// The path of a copied link for an address.
async fn copied_link(sharing: &mut Sharing<'_>, address: &str) -> String {
    sharing.invite(address).await;
    let copy = sharing.page().await.attribute("[formaction$='/link']", "formaction").unwrap();
    sharing.browser.post_fields(&copy, &[]).await;
    let link = sharing.browser.value("link");
    link.strip_prefix("http://127.0.0.1:8000").unwrap().to_owned()
}

on_both! {
    async fn an_account_that_was_never_proved_gains_no_other_way_in(app: App) {
        let (mut browser, _) = hijacker(&app, "victim@harbor.test").await;
        browser.get("/account").await;
        assert!(!browser.buttons().contains(&"Add this address".to_owned()), "{:?}", browser.buttons());
        let fields = [("email", "mine@evil.test"), ("password", PASSWORD)];
        browser.post_fields("/account/addresses", &fields).await;
        assert!(browser.shows("Confirm your address first"), "{}", browser.text());
        browser.get("/account/tokens").await;
        assert!(!browser.buttons().contains(&"Make a token".to_owned()), "{:?}", browser.buttons());
        let fields = [("name", "door"), ("expiresInSeconds", "31536000"), ("password", PASSWORD)];
        browser.post_fields("/account/tokens", &fields).await;
        assert!(browser.shows("Confirm your address first"), "{}", browser.text());
        let to: Vec<String> = app.deliver().await.into_iter().map(|mail| mail.to).collect();
        assert_eq!(to, ["victim@harbor.test"]);
    }

    async fn a_verification_ends_all_sessions_but_the_one_that_it_is_done_in(app: App) {
        let (mut browser, program) = hijacker(&app, "rosa@harbor.test").await;
        let mut other = app.browser();
        other.sign_in("rosa@harbor.test").await;
        let link = app.mail_to("rosa@harbor.test").await.link();
        other.get(&link).await.submit("Confirm this address", &[]).await;
        assert_eq!(other.notice(), format!("Thank you. Your address is confirmed. {GONE}"));
        assert!(is_in(&mut other).await && !is_in(&mut browser).await && !works(&program).await);

        // A second verification proves nothing new.
        browser.sign_in("rosa@harbor.test").await;
        other.get(&link).await;
        app.browser().post_fields(&link, &[]).await;
        assert!(is_in(&mut other).await && is_in(&mut browser).await);
    }

    async fn a_verification_by_whoever_is_signed_out_ends_all(app: App) {
        let (mut browser, program) = hijacker(&app, "rosa@harbor.test").await;
        app.api().forget_password("rosa@harbor.test").await.ok();
        let mails = app.deliver().await;
        let link_to = |page: &str| mails.iter().map(Mail::link).find(|link| link.starts_with(page)).unwrap();
        let mut visitor = app.browser();
        visitor.get(&link_to("/verify/")).await.submit("Confirm this address", &[]).await;
        assert!(visitor.path == "/sign-in" && visitor.shows(GONE), "{}", visitor.text());
        assert!(!is_in(&mut browser).await && !works(&program).await);
        let token = link_to("/password/reset/").rsplit('/').next().unwrap().to_owned();
        app.api().reset_password(&token, "better horse 2").await.refused_somehow(400);
    }

    async fn nothing_is_said_where_nothing_went(app: App) {
        let mut browser = app.browser();
        browser.sign_up("rosa@harbor.test").await;
        let link = app.mail_to("rosa@harbor.test").await.link();
        browser.get(&link).await.submit("Confirm this address", &[]).await;
        assert_eq!(browser.notice(), "Thank you. Your address is confirmed.");
    }

    async fn a_reset_proves_the_mailbox_that_its_link_went_to(app: App) {
        let (mut browser, program) = hijacker(&app, "victim@harbor.test").await;
        app.api().forget_password("victim@harbor.test").await.ok();
        let mails = app.deliver().await;
        let link = mails.iter().map(Mail::link).find(|link| link.starts_with("/password/reset/")).unwrap();
        let mut victim = app.browser();
        let fields = [("newPassword", "better horse 2"), ("newPasswordAgain", "better horse 2")];
        victim.get(&link).await.submit("Change the password", &fields).await;
        let notice = "Your password is changed and your address confirmed. All sign-ins, access tokens and other addresses from \
                      before are gone. You can sign in now.";
        assert_eq!(victim.notice(), notice);
        assert!(!is_in(&mut browser).await && !works(&program).await);
        victim.sign_in_with("victim@harbor.test", "better horse 2").await;
        assert!(!victim.get("/account").await.shows("Not confirmed"), "{}", victim.text());
    }

    async fn the_link_of_an_invitation_is_a_proof_too(app: App) {
        let mut sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let (mut browser, program) = hijacker(&app, "tomas@harbor.test").await;
        app.deliver().await;
        let link = sharing.invite_by_mail("tomas@harbor.test").await.link();
        let mut tomas = app.browser();
        tomas.sign_in("tomas@harbor.test").await;
        tomas.get(&link).await.submit("Accept", &[]).await;
        assert_eq!(tomas.notice(), format!("Welcome! You are in, and your address is confirmed. {GONE}"));
        assert!(is_in(&mut tomas).await && !is_in(&mut browser).await && !works(&program).await);
    }

    async fn addresses_given_by_an_administrator_stay(app: App) {
        let sofia = app.superuser().await;
        let body = json!({
            "username": "nadia", "password": PASSWORD, "fullName": "Nadia",
            "emails": [{ "address": "nadia@orbit.test", "isPrimary": true }, { "address": "nadia@quay.test" }],
        });
        sofia.call("user.create", body).await.ok();
        app.api().forget_password("nadia@orbit.test").await.ok();
        let token = app.mail_to("nadia@orbit.test").await.token();
        app.api().reset_password(&token, PASSWORD).await.ok();
        let info = app.rpc_as("nadia@quay.test").await.call("session.info", json!({})).await.ok();
        assert_eq!(info["session"]["user"]["emails"], json!([
            { "address": "nadia@orbit.test", "isVerified": true, "isPrimary": true },
            { "address": "nadia@quay.test", "isVerified": false, "isPrimary": false },
        ]));
    }

    async fn who_came_by_a_copied_link_sees_no_credentials_before_the_proof(app: App) {
        let mut sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let link = copied_link(&mut sharing, "nora@harbor.test").await;
        assert!(sharing.browser.shows("Give it to nobody else"), "{}", sharing.browser.text());
        assert!(sharing.browser.shows("sees no credentials before that"), "{}", sharing.browser.text());
        app.deliver().await;
        let mut stranger = app.browser();
        stranger.get(&link).await.submit("Join", &[("password", PASSWORD)]).await;
        let path = format!("/environments/{}", sharing.environment);
        assert!(stranger.path == path && stranger.shows("Confirm your e-mail address to see"), "{}", stranger.text());
        assert!(!stranger.buttons().contains(&"Reveal credentials".to_owned()));
        stranger.post_fields(&format!("{path}/reveal"), &[]).await;
        let mut api = app.api();
        api.log_in("nora@harbor.test").await;
        let seen = api.get(&format!("/api{path}")).await;
        for secret in ["AKHARBOR01", "s3cr3t/harbor+1", "reader", "salt-water"] {
            assert!(!stranger.body.contains(secret), "{secret}: {}", stranger.text());
            assert!(!seen.text.contains(secret), "{secret}: {}", seen.text);
        }
        let seen = seen.ok();
        assert_eq!((&seen["user"], &seen["pass"], &seen["envName"]), (&json!(""), &json!(""), &json!("Harbor staging")));
        sharing.browser.get(&format!("{path}/activity")).await;
        assert!(!sharing.browser.shows("looked at the credentials"), "{}", sharing.browser.text());
        assert!(sharing.page().await.shows("Not confirmed"), "{}", sharing.browser.text());

        // Not as the owner, either.
        let nora = api.id.to_string();
        sharing.browser.post_fields(&format!("{path}/owner/confirmed"), &[("userId", &nora)]).await;
        assert_eq!(sharing.browser.status, 409, "{}", sharing.browser.text());

        // The address is verified: everything is shown.
        stranger.get(&path).await.submit("Send the mail again", &[]).await;
        let link = app.mail_to("nora@harbor.test").await.link();
        stranger.get(&link).await.submit("Confirm this address", &[]).await;
        stranger.get(&path).await.submit("Reveal credentials", &[]).await;
        assert!(stranger.shows("salt-water"), "{}", stranger.text());
        api.log_in("nora@harbor.test").await;
        assert_eq!(api.get(&format!("/api{path}")).await.ok()["pass"], "salt-water");
        assert!(!sharing.page().await.shows("Not confirmed"), "{}", sharing.browser.text());
    }

    async fn an_administrator_who_came_so_administers_nothing_before_the_proof(app: App) {
        let mut sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let slack = format!("/api/environments/{}/slack", sharing.environment);
        sharing.api.post(&slack, json!({ "token": "xoxb-1", "channel": "C0HARBOR" })).await.ok();
        sharing.page().await.submit("Invite", &[("userEmail", "nora@harbor.test"), ("isAdmin", "true")]).await;
        sharing.press("Copy link").await;
        let link = sharing.browser.value("link");
        let link = link.strip_prefix("http://127.0.0.1:8000").unwrap();
        app.deliver().await;
        app.browser().get(link).await.submit("Join", &[("password", PASSWORD)]).await;
        let verify = app.mail_to("nora@harbor.test").await.link();
        let mut nora = app.api();
        nora.log_in("nora@harbor.test").await;
        nora.put(&slack, json!({})).await.refused_somehow(401);
        // Not even to admit her own second account, whose address is verified.
        app.user("eve@evil.test").await;
        let body = json!({ "environmentId": sharing.environment, "userEmail": "eve@evil.test", "isAdmin": false });
        nora.post("/api/environment/invites", body.clone()).await.refused_somehow(403);
        let mut page = app.browser_of(&nora);
        let path = format!("/environments/{}/sharing", sharing.environment);
        assert!(!page.get(&path).await.buttons().contains(&"Invite".to_owned()), "{:?}", page.buttons());
        page.post_fields(&path, &[("userEmail", "eve@evil.test")]).await;
        assert_eq!(page.status, 403, "{}", page.text());

        page.get(&verify).await.submit("Confirm this address", &[]).await;
        nora.post("/api/environment/invites", body).await.ok();
        assert_eq!(nora.put(&slack, json!({})).await.ok()["token"], "xoxb-1");
    }

    async fn whoever_signs_up_first_or_uses_two_copied_links_sees_no_more(app: App) {
        let mut sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let mut other = Sharing::named(&app, sharing.api.log_in_again("rosa@harbor.test").await, "Harbor live").await;
        let (first, second) =
            (copied_link(&mut sharing, "nora@harbor.test").await, copied_link(&mut other, "nora@harbor.test").await);
        let third = copied_link(&mut sharing, "tomas@harbor.test").await;
        let mut nora = app.browser();
        nora.get(&first).await.submit("Join", &[("password", PASSWORD)]).await;
        nora.get(&second).await.submit("Accept", &[]).await;
        let mut tomas = app.browser();
        tomas.sign_up("tomas@harbor.test").await;
        tomas.get(&third).await.submit("Accept", &[]).await;
        for (stranger, environments) in
            [(nora, vec![sharing.environment, other.environment]), (tomas, vec![sharing.environment])]
        {
            let mut stranger = stranger;
            for environment in environments {
                stranger.get(&format!("/environments/{environment}")).await;
                assert!(stranger.shows("Confirm your e-mail address to see"), "{}", stranger.text());
            }
        }
    }

    async fn a_code_shows_the_credentials_as_before(app: App) {
        let sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let invite = sharing.api.invite(sharing.environment, "tomas@harbor.test", false).await;
        let answer = tomas.accept(invite["inviteCode"].as_str().unwrap()).await.ok();
        assert_eq!((&answer["pass"], &answer["secretKey"]), (&json!("salt-water"), &json!("s3cr3t/harbor+1")));
        let seen = tomas.get(&format!("/api/environments/{}", sharing.environment)).await.ok();
        assert_eq!(seen["pass"], "salt-water");
    }
}

//! Concurrent responses to an invitation, and its revocation.

use futures_util::future::join_all;
use serde_json::json;

use super::{browser_of, member_addresses};
use crate::support::app::PASSWORD;
use crate::support::on_both;
use crate::support::sharing::Sharing;

on_both! {
    async fn many_accepts_of_one_link_make_one_membership(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let link = rosa.invite_by_mail("tomas@harbor.test").await.link();
        let mut browsers = Vec::new();
        for _ in 0..4 {
            let mut browser = browser_of(&app, &tomas);
            browser.get(&link).await;
            browsers.push(browser);
        }
        join_all(browsers.iter_mut().map(|browser| browser.submit("Accept", &[]))).await;
        let environment = format!("/environments/{}", rosa.environment);
        for browser in &browsers {
            assert_eq!((browser.status, &browser.path), (200, &environment), "{}", browser.text());
        }
        assert_eq!(member_addresses(&rosa.api, rosa.environment).await, ["rosa@harbor.test", "tomas@harbor.test"]);
        assert_eq!(app.deliver().await.len(), 1, "not exactly one mail to the inviter");
    }

    async fn many_accepts_of_one_code_make_one_membership(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let tomas = app.user("tomas@harbor.test").await;
        let invite = rosa.invite(environment, "tomas@harbor.test", false).await;
        let code = invite["inviteCode"].as_str().unwrap();
        let answers = join_all((0..6).map(|_| tomas.accept(code))).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses[0], 200);
        assert!(statuses[1..].iter().all(|status| (400..500).contains(status)), "{statuses:?}");
        assert_eq!(member_addresses(&rosa, environment).await.len(), 2);
    }

    async fn many_newcomers_with_one_link_make_one_account(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let link = rosa.invite_by_mail("tomas@harbor.test").await.link();
        let mut browsers = Vec::new();
        for _ in 0..3 {
            let mut browser = app.browser();
            browser.get(&link).await;
            browsers.push(browser);
        }
        let passwords = ["correct horse 1", "another horse 2", "a third horse 3"];
        let fields = passwords.map(|password| [("password", password)]);
        join_all(browsers.iter_mut().zip(&fields).map(|(browser, fields)| browser.submit("Join", fields))).await;
        let environment = format!("/environments/{}", rosa.environment);
        let winner = browsers.iter().position(|browser| browser.path == environment).unwrap();
        let late = browsers.iter().enumerate().filter(|(number, _)| *number != winner).map(|(_, browser)| browser);
        for browser in late {
            assert_eq!(browser.status, 410, "{}", browser.text());
            assert!(browser.cookie("usher_session").is_none(), "somebody is signed in without an account");
        }
        assert_eq!(member_addresses(&rosa.api, rosa.environment).await, ["rosa@harbor.test", "tomas@harbor.test"]);
        assert_eq!(app.browser().sign_in_with("tomas@harbor.test", passwords[winner]).await.path, "/");
        assert_eq!(app.deliver().await.len(), 1);
    }

    async fn one_newcomer_with_two_links_has_one_account(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let mia = app.user("mia@harbor.test").await;
        let mut mia = Sharing::named(&app, mia, "Harbor other").await;
        let mut one = app.browser();
        one.get(&rosa.invite_by_mail("tomas@harbor.test").await.link()).await;
        let mut other = app.browser();
        other.get(&mia.invite_by_mail("tomas@harbor.test").await.link()).await;
        let fields = [("password", PASSWORD)];
        tokio::join!(one.submit("Join", &fields), other.submit("Join", &fields));
        // For the later one the account exists by now: it signs in to it, and accepts.
        for (browser, sharing) in [(&one, &rosa), (&other, &mia)] {
            assert_eq!(browser.path, format!("/environments/{}", sharing.environment), "{}", browser.text());
            let members = member_addresses(&sharing.api, sharing.environment).await;
            assert!(members.contains(&"tomas@harbor.test".to_owned()), "{members:?}");
        }
    }

    async fn accepting_and_revoking_have_one_winner(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        for number in 0..8 {
            let address = format!("invitee-{number}@harbor.test");
            let invitee = app.unverified_user(&address).await;
            let invite = rosa.invite(environment, &address, false).await;
            let revocation = format!("/api/environment/invites/{}", invite["id"]);
            let code = json!({ "inviteCode": invite["inviteCode"] });
            let (accepted, revoked) = tokio::join!(
                invitee.put("/api/environments/invites/accept", code),
                rosa.delete(&revocation)
            );
            // MyCRT revokes and removes by the same request: an accepted invitation is removed as a membership.
            assert_eq!(revoked.status, 200, "{revoked:?}");
            assert!([200, 400, 403, 404].contains(&accepted.status), "{accepted:?}");
            assert_eq!(member_addresses(&rosa, environment).await, ["rosa@harbor.test"]);
        }
    }

    async fn accepting_and_revoking_by_the_pages_have_one_winner(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let mut members = 1;
        for number in 0..6 {
            let address = format!("invitee-{number}@harbor.test");
            let invitee = app.unverified_user(&address).await;
            app.deliver().await;
            let link = rosa.invite_by_mail(&address).await.link();
            let mut browser = browser_of(&app, &invitee);
            browser.get(&link).await;
            rosa.page().await;
            tokio::join!(browser.submit("Accept", &[]), rosa.browser.submit("Revoke", &[]));
            let accepted = browser.path == format!("/environments/{}", rosa.environment) && browser.status == 200;
            let revoked = rosa.browser.status == 200;
            assert!(accepted != revoked, "{} {}", browser.text(), rosa.browser.text());
            let (accept, revoke) = if accepted { (200, 404) } else { (410, 200) };
            assert_eq!((browser.status, rosa.browser.status), (accept, revoke));
            members += usize::from(accepted);
            assert_eq!(member_addresses(&rosa.api, rosa.environment).await.len(), members);
        }
    }

    async fn accepting_and_declining_have_one_winner(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let link = rosa.invite_by_mail("tomas@harbor.test").await.link();
        let (mut one, mut other) = (browser_of(&app, &tomas), browser_of(&app, &tomas));
        one.get(&link).await;
        other.get(&link).await;
        tokio::join!(one.submit("Accept", &[]), other.submit("Decline", &[]));
        assert!(one.status < 500 && other.status < 500, "{} {}", one.text(), other.text());
        let mails = app.deliver().await;
        assert_eq!(mails.len(), 1);
        let is_member = member_addresses(&rosa.api, rosa.environment).await.len() == 2;
        assert_eq!(mails[0].subject.contains("accepted"), is_member, "{}", mails[0].subject);
    }
}

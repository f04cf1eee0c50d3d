//! A mail reflects the state when it is sent; if it is obsolete, it is not sent.

use std::time::Duration;

use crate::support::app::App;
use crate::support::on_both;
use crate::support::sharing::Sharing;

const DAY: Duration = Duration::from_hours(24);

async fn sharing(app: &App) -> Sharing<'_> {
    Sharing::by_verified(app, "rosa@harbor.test").await
}

on_both! {
    async fn a_resend_drops_the_mail_that_was_not_sent_yet(app: App) {
        let mut rosa = sharing(&app).await;
        rosa.invite("tomas@harbor.test").await;
        rosa.press("Resend").await;
        let mail = app.mail_to("tomas@harbor.test").await;
        let mut tomas = app.browser();
        tomas.get(&mail.link()).await;
        assert_eq!(tomas.status, 200, "{}", tomas.text());
        assert!(tomas.buttons().contains(&"Join".to_owned()), "{:?}", tomas.buttons());
        assert!(app.deliver().await.is_empty());
        assert!(rosa.page().await.shows("Mail sent"));
    }

    async fn a_resend_sends_another_link_and_the_old_one_is_retired(app: App) {
        let mut rosa = sharing(&app).await;
        let old = rosa.invite_by_mail("tomas@harbor.test").await;
        rosa.press("Resend").await;
        let new = app.mail_to("tomas@harbor.test").await;
        assert_ne!(old.link(), new.link());
        assert_ne!(old.message_id, new.message_id);
        let mut tomas = app.browser();
        assert_eq!(tomas.get(&old.link()).await.status, 410);
        assert_eq!(tomas.get(&new.link()).await.status, 200);
    }

    async fn a_revoked_invitation_is_not_sent(app: App) {
        let mut rosa = sharing(&app).await;
        rosa.invite("tomas@harbor.test").await;
        rosa.press("Revoke").await;
        assert!(app.deliver().await.is_empty());
    }

    async fn an_invitation_accepted_by_its_code_is_not_sent(app: App) {
        let tomas = app.user("tomas@harbor.test").await;
        let rosa = sharing(&app).await;
        tomas.join(&rosa.api, rosa.environment, "tomas@harbor.test", false).await;
        let mails = app.deliver().await;
        let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["rosa@harbor.test"], "only that he accepted");
    }

    async fn an_invitation_to_a_deleted_environment_is_not_sent(app: App) {
        let mut rosa = sharing(&app).await;
        rosa.invite("tomas@harbor.test").await;
        assert_eq!(rosa.api.delete(&format!("/api/environments/{}", rosa.environment)).await.status, 200);
        assert!(app.deliver().await.is_empty());
    }

    async fn an_invitation_whose_inviter_lost_the_right_is_not_sent(app: App) {
        let tomas = app.user("tomas@harbor.test").await;
        let rosa = sharing(&app).await;
        let membership = tomas.join(&rosa.api, rosa.environment, "tomas@harbor.test", true).await;
        app.deliver().await;
        app.user("mia@harbor.test").await;
        tomas.invite(rosa.environment, "mia@harbor.test", false).await;
        assert_eq!(rosa.api.delete(&format!("/api/environment/invites/{membership}")).await.status, 200);
        let to: Vec<String> = app.deliver().await.into_iter().map(|mail| mail.to).collect();
        assert_eq!(to, ["tomas@harbor.test"], "not exactly one mail, to the removed member");
    }

    async fn an_expired_invitation_is_not_sent(app: App) {
        let mut rosa = sharing(&app).await;
        rosa.invite("tomas@harbor.test").await;
        app.advance(DAY);
        assert!(app.deliver().await.is_empty());
    }

    async fn only_the_newest_verification_is_sent(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        rosa.get("/account").await.submit("Send the mail again", &[]).await;
        let mail = app.mail_to("rosa@harbor.test").await;
        rosa.get(&mail.link()).await.submit("Confirm this address", &[]).await;
        assert!(rosa.shows("confirmed"), "{}", rosa.text());
        assert!(app.deliver().await.is_empty());
    }

    async fn an_old_reset_is_not_sent(app: App) {
        app.user("rosa@harbor.test").await;
        app.browser().get("/password/forgot").await.submit("Send me a link", &[("email", "rosa@harbor.test")]).await;
        app.advance(Duration::from_hours(1));
        assert!(app.deliver().await.is_empty());
    }

    async fn nothing_is_sent_twice(app: App) {
        let mut rosa = sharing(&app).await;
        rosa.invite_by_mail("tomas@harbor.test").await;
        app.advance(DAY / 2);
        assert!(app.deliver().await.is_empty());
    }
}

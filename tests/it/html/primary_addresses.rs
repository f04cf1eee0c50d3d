//! The primary address: changed, announced, kept.

use serde_json::json;

use super::addresses::{add, add_confirmed, emails, rosa, rows, signs_in, way};
use crate::support::app::PASSWORD;
use crate::support::on_both;

on_both! {
    async fn a_confirmed_address_becomes_primary_and_the_former_one_is_told(app: App) {
        let mut rosa = rosa(&app).await;
        add(&mut rosa, "rosa@quay.test").await;
        let again = way(&mut rosa, "rosa@quay.test", "verification").await;
        let primary = again.replace("/verification", "/primary");
        let password = [("password", PASSWORD)];
        assert_eq!(rosa.post_fields(&primary, &password).await.status, 404, "it is not confirmed");
        let link = app.mail_to("rosa@quay.test").await.link();
        rosa.get(&link).await.submit("Confirm this address", &[]).await;
        let mut tomas = app.browser();
        tomas.sign_up("tomas@harbor.test").await;
        assert_eq!(tomas.post_fields(&primary, &password).await.status, 404, "another's address");
        app.deliver().await;

        rosa.make_primary(PASSWORD).await;
        assert_eq!(rosa.notice(), "Done. Our mails go to this address from now on. We have told the former one.");
        assert_eq!(rows(&mut rosa).await, ["rosa@quay.test Primary Confirmed", "rosa@harbor.test Confirmed"]);
        let mail = app.mail_to("rosa@harbor.test").await;
        assert_eq!(mail.subject, "Your primary address was changed");
        assert!(!mail.text.contains("quay.test"), "{}", mail.text);
        assert_eq!(emails(&app, "rosa@harbor.test").await, json!([
            { "address": "rosa@quay.test", "isVerified": true, "isPrimary": true },
            { "address": "rosa@harbor.test", "isVerified": true, "isPrimary": false },
        ]));
        // A second click changes nothing and notifies nobody.
        rosa.post_fields(&primary, &password).await;
        assert!(app.deliver().await.is_empty());
        rosa.get("/account").await.submit("Change the password", &[
            ("oldPassword", PASSWORD), ("newPassword", "another horse 2"), ("newPasswordAgain", "another horse 2"),
        ]).await;
        app.mail_to("rosa@quay.test").await;
    }

    async fn the_primary_address_stays(app: App) {
        let mut rosa = rosa(&app).await;
        add_confirmed(&app, &mut rosa, "rosa@quay.test").await;
        let ask = way(&mut rosa, "rosa@quay.test", "remove").await;
        rosa.make_primary(PASSWORD).await;
        assert!(rosa.get(&ask).await.status == 409 && rosa.shows("The primary address stays"), "{}", rosa.text());
        assert_eq!(rosa.post_fields(&ask, &[]).await.status, 409);
        assert_eq!(rows(&mut rosa).await.len(), 2);
        let former = way(&mut rosa, "rosa@harbor.test", "remove").await;
        rosa.get(&former).await.submit("Remove", &[]).await;
        assert_eq!(rows(&mut rosa).await, ["rosa@quay.test Confirmed"]);
        assert!(signs_in(&app, "rosa@quay.test").await && !signs_in(&app, "rosa@harbor.test").await);
    }

    async fn a_new_primary_address_ends_the_links_to_a_new_password(app: App) {
        let mut rosa = rosa(&app).await;
        add_confirmed(&app, &mut rosa, "rosa@quay.test").await;
        app.api().forget_password("rosa@harbor.test").await.ok();
        let token = app.mail_to("rosa@harbor.test").await.token();
        rosa.make_primary(PASSWORD).await;
        app.api().reset_password(&token, "better horse 2").await.refused_somehow(400);
    }
}

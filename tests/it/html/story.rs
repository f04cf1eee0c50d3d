//! The main story, from an empty folder to an accepted invitation.

use crate::support::app::PASSWORD;
use crate::support::on_both;

const ENVIRONMENT: [(&str, &str); 11] = [
    ("envName", "Harbor staging"),
    ("accessKey", "AKHARBOR01"),
    ("secretKey", "s3cr3t/harbor+1"),
    ("region", "eu-west-1"),
    ("bucket", "harbor-logs"),
    ("dbName", "tides"),
    ("host", "tides.db.harbor.test"),
    ("user", "reader"),
    ("pass", "salt-water"),
    ("instance", "tides-1"),
    ("keysName", "harborKeys"),
];

on_both! {
    async fn a_newcomer_is_let_into_an_environment(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/"), "{}", rosa.body);
        let mail = app.mail_to("rosa@harbor.test").await;
        rosa.get(&mail.link()).await.submit("Confirm this address", &[]).await;
        assert!(rosa.shows("confirmed"), "{}", rosa.text());

        rosa.get("/environments/new").await.submit("Make the environment", &ENVIRONMENT).await;
        assert!(rosa.title().contains("Harbor staging"), "{}", rosa.body);
        assert!(!rosa.body.contains("salt-water"));
        let environment = rosa.path.clone();

        rosa.get(&format!("{environment}/sharing")).await;
        rosa.submit("Invite", &[("userEmail", "tomas@harbor.test")]).await;
        assert!(rosa.shows("tomas@harbor.test"), "{}", rosa.text());

        let mail = app.mail_to("tomas@harbor.test").await;
        let mut tomas = app.browser();
        tomas.get(&mail.link()).await;
        assert_eq!(tomas.status, 200);
        assert!(tomas.shows("rosa@harbor.test") && tomas.shows("Harbor staging"));
        tomas.submit("Join", &[("fullName", "Tomas Vale"), ("password", PASSWORD)]).await;
        assert_eq!((tomas.status, tomas.path.as_str()), (200, environment.as_str()), "{}", tomas.body);
        tomas.submit("Reveal credentials", &[]).await;
        for secret in ["AKHARBOR01", "s3cr3t/harbor+1", "reader", "salt-water"] {
            assert!(tomas.shows(secret), "{secret} is not shown");
        }

        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.text.contains("Tomas Vale"), "{}", mail.text);
        rosa.get(&format!("{environment}/sharing")).await;
        assert!(rosa.shows("Tomas Vale"));
    }
}

//! The language of pages and mails: `Accept-Language`, and the user's setting.

use crate::support::app::PASSWORD;
use crate::support::on_both;
use crate::support::sharing::Sharing;

const GERMAN: Option<&str> = Some("de-AT,de;q=0.9,en;q=0.5");

on_both! {
    async fn a_stranger_is_spoken_to_as_the_browser_asks(app: App) {
        let mut browser = app.browser();
        for (languages, code, button) in [
            (None, "en", "Sign in"),
            (GERMAN, "de", "Anmelden"),
            (Some("fr"), "en", "Sign in"),
            (Some("\u{e4};;,q="), "en", "Sign in"),
        ] {
            browser.languages = languages;
            browser.get("/sign-in").await;
            assert_eq!(browser.attribute("html", "lang").as_deref(), Some(code), "{languages:?}");
            assert!(browser.buttons().contains(&button.to_owned()), "{languages:?}: {:?}", browser.buttons());
            assert_eq!(browser.header("Vary"), Some("Accept-Language, Accept-Encoding"));
        }
        browser.languages = GERMAN;
        browser.get("/no/such/page").await;
        assert!(browser.shows("Diese Seite gibt es nicht"), "{}", browser.text());
        browser.get("/sign-in").await.submit("Anmelden", &[("email", "nobody@harbor.test"), ("password", "x")]).await;
        assert!(browser.shows("Die Adresse oder das Passwort ist falsch."), "{}", browser.text());
    }

    async fn whoever_signs_up_is_written_to_in_that_language(app: App) {
        let mut rosa = app.browser();
        rosa.languages = GERMAN;
        let fields = [("email", "rosa@harbor.test"), ("password", PASSWORD)];
        rosa.get("/sign-up").await.submit("Registrieren", &fields).await;
        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.html.contains("<html lang=\"de\">"), "{}", mail.html);
        assert!(mail.text.starts_with("Guten Tag"), "{}", mail.text);
        // Another browser of hers sends another language.
        rosa.languages = Some("en");
        rosa.get("/account").await;
        assert_eq!(rosa.attribute("html", "lang").as_deref(), Some("de"));
    }

    async fn a_user_chooses_and_takes_the_choice_back(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut browser = app.browser_of(&rosa);
        browser.get("/account").await.submit("Save the language", &[("language", "de")]).await;
        assert!(browser.shows("Gespeichert."), "{}", browser.text());
        assert_eq!(browser.attribute("html", "lang").as_deref(), Some("de"));
        assert_eq!(browser.attribute("#language option[selected]", "value").as_deref(), Some("de"));
        browser.submit("Sprache speichern", &[("language", "")]).await;
        assert_eq!(browser.attribute("html", "lang").as_deref(), Some("en"));
        browser.post_fields("/account/language", &[("language", "xx")]).await;
        assert_eq!((browser.status, browser.fault("language")), (422, "Choose one of these.".to_owned()));
    }

    async fn what_a_system_permission_allows_is_said_in_the_language_of_the_page(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut browser = app.browser_of(&rosa);
        browser.get("/orgs/new").await.submit("Make the org", &[("name", "Harbor"), ("slug", "harbor")]).await;
        browser.get("/orgs/harbor/roles/new").await;
        assert!(browser.shows("Invite, add and remove people"), "{}", browser.text());
        browser.languages = GERMAN;
        browser.get("/orgs/harbor/roles/new").await;
        assert!(browser.shows("Personen einladen, aufnehmen und entfernen"), "{}", browser.text());
        assert!(!browser.shows("Invite, add and remove people"), "{}", browser.text());
    }

    async fn a_newcomer_is_written_to_in_the_inviters_language(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        app.browser_of(&rosa.api).post_fields("/account/language", &[("language", "de")]).await;
        rosa.browser.get(&format!("/environments/{}/sharing", rosa.environment)).await;
        rosa.browser.submit("Einladen", &[("userEmail", "tomas@harbor.test")]).await;
        let mail = app.mail_to("tomas@harbor.test").await;
        assert!(mail.subject.contains("lädt Sie"), "{}", mail.subject);
        let mut tomas = app.browser();
        tomas.get(&mail.link()).await.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!(tomas.attribute("html", "lang").as_deref(), Some("en"));
        // Users with an account get mail in their own language.
        app.deliver().await;
        let ines = app.user("ines@harbor.test").await;
        rosa.browser.get(&format!("/environments/{}/sharing", rosa.environment)).await;
        rosa.browser.submit("Einladen", &[("userEmail", "ines@harbor.test")]).await;
        let mail = app.mail_to("ines@harbor.test").await;
        assert!(mail.subject.contains("invites you"), "{}", mail.subject);
        drop(ines);
    }
}

//! The profile page: username.

use crate::support::on_both;

on_both! {
    async fn one_takes_and_changes_a_username(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        rosa.get("/account").await.submit("Save", &[("username", " Rosa.Kay ")]).await;
        assert_eq!((rosa.path.as_str(), rosa.notice().as_str()), ("/account", "Saved."), "{}", rosa.text());
        assert_eq!(rosa.value("username"), "rosa.kay");
        assert_eq!(app.browser().sign_in("ROSA.kay").await.path, "/");
        rosa.submit("Save", &[("username", "rosa_2"), ("fullName", "Rosa Marlow")]).await;
        assert_eq!((rosa.value("username").as_str(), rosa.value("fullName").as_str()), ("rosa_2", "Rosa Marlow"));
        assert_eq!(app.browser().sign_in("rosa.kay").await.status, 422, "the old username still works");
        assert_eq!(app.browser().sign_in("rosa_2").await.path, "/");
        rosa.submit("Save", &[]).await;
        assert!(rosa.shows("Saved."), "the user's own counts as taken: {}", rosa.text());
    }

    async fn a_username_has_its_rules(app: App) {
        let mut tomas = app.browser();
        tomas.sign_up("tomas@harbor.test").await;
        tomas.get("/account").await.submit("Save", &[("username", "tomas")]).await;
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        let of_31 = "x".repeat(31);
        let rule = "Use 2 to 30 letters, digits or the signs _ - .";
        let taken = "This username is taken. Choose another one.";
        for (username, fault) in [
            ("r", rule), (of_31.as_str(), rule), ("rosa kay", rule), ("rosa@harbor", rule), ("rösa", rule),
            ("tomas", taken), ("TOMAS", taken), ("admin", taken), ("Invitations", taken),
        ] {
            rosa.get("/account").await.submit("Save", &[("username", username), ("fullName", "Rosa Marlow")]).await;
            assert_eq!((rosa.status, rosa.fault("username").as_str()), (422, fault), "{username}");
            assert_eq!((rosa.value("username").as_str(), rosa.value("fullName").as_str()), (username, "Rosa Marlow"));
        }
        rosa.get("/account").await;
        assert_eq!((rosa.value("username").as_str(), rosa.value("fullName").as_str()), ("", "rosa"), "nothing changed");
        rosa.submit("Save", &[]).await;
        assert!(rosa.shows("Saved."), "a username is required: {}", rosa.text());
        rosa.submit("Save", &[("username", "rosa")]).await;
        rosa.submit("Save", &[("username", " ")]).await;
        assert_eq!((rosa.status, rosa.fault("username").as_str()), (422, "Enter a username."));
    }

    async fn without_usernames_there_is_none_to_take(app: App, usernames_enabled = false) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        rosa.get("/account").await;
        assert_eq!(rosa.attribute("#username", "name"), None);
        rosa.post_fields("/account", &[("fullName", "Rosa Marlow"), ("username", "rosa")]).await;
        assert_eq!(rosa.status, 400);
        assert_eq!(rosa.get("/account").await.value("fullName"), "rosa");
        rosa.submit("Save", &[("fullName", "Rosa Marlow")]).await;
        assert!(rosa.shows("Saved."), "{}", rosa.text());
    }
}

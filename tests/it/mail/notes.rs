//! What inviters write, and who writes.

use serde_json::json;

use crate::support::on_both;
use crate::support::sharing::Sharing;

const NOTE: &str = "Hi Tomas,\r\nhere are the keys for the \"Tuesday\" <b>migration</b>. – R.";

on_both! {
    async fn stand_in_the_mail_and_on_the_page_of_the_link(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut sharing = Sharing::of(&app, rosa).await;
        sharing.page().await.submit("Invite", &[("userEmail", "tomas@harbor.test"), ("note", NOTE)]).await;
        let first = app.mail_to("tomas@harbor.test").await;
        sharing.page().await.submit("Resend", &[]).await;
        let second = app.mail_to("tomas@harbor.test").await;
        assert_ne!(first.link(), second.link());
        for mail in [&first, &second] {
            let text = mail.text.replace("\r\n", "\n");
            let quoted = "\n> Hi Tomas,\n> here are the keys for the \"Tuesday\" <b>migration</b>. – R.\n";
            assert!(text.contains(quoted), "{text}");
            let html = "Hi Tomas,<br>\nhere are the keys for the &quot;Tuesday&quot; &lt;b&gt;migration&lt;/b&gt;. – R.";
            assert!(mail.html.replace("\r\n", "\n").contains(html), "{}", mail.html);
        }
        let mut tomas = app.browser();
        tomas.get(&second.link()).await;
        assert!(tomas.select("blockquote").remove(0).contains("here are the keys"), "{}", tomas.body);
    }

    async fn hold_no_link(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut sharing = Sharing::of(&app, rosa).await;
        for (link, named) in [
            ("https://evil.test/claim", "https://evil.test/claim"),
            ("evil.test", "evil.test"),
            ("eve@evil.test", "eve@evil.test"),
            ("ev\u{202e}il.test", "evil.test"),
            ("www.evil", "www.evil"),
        ] {
            let note = format!("Look at {link} today");
            let page = sharing.page().await;
            page.submit("Invite", &[("userEmail", "tomas@harbor.test"), ("note", &note)]).await;
            assert_eq!(page.status, 422, "{link:?}");
            let fault = page.select("#note-fault").remove(0);
            assert!(fault.contains(&format!("Leave out “{named}”")), "{link:?}: {fault}");
            assert!(page.select("#note").remove(0).contains("Look at"), "what was written stays: {}", page.body);
        }
        let long = "ü".repeat(281);
        let page = sharing.page().await;
        page.submit("Invite", &[("userEmail", "tomas@harbor.test"), ("note", &long)]).await;
        assert!(page.status == 422 && page.select("#note-fault").remove(0).contains("280 characters"), "{}", page.body);
        assert!(app.deliver().await.is_empty());
    }

    async fn are_of_people_who_proved_their_address(app: App) {
        app.user("tomas@harbor.test").await;
        let rosa = app.unverified_user("rosa@harbor.test").await;
        app.deliver().await;
        let mut sharing = Sharing::of(&app, rosa).await;
        let page = sharing.page().await;
        assert!(page.select("#note").is_empty());
        let path = page.path.clone();
        page.post_fields(&path, &[("userEmail", "tomas@harbor.test"), ("note", "Hi")]).await;
        assert_eq!(page.status, 422);
        assert!(page.shows("Confirm your own address first to add a note."), "{}", page.text());
        assert!(app.deliver().await.is_empty());

        // Without one they invite, and the mail says no address that may be somebody else's.
        sharing.page().await.submit("Invite", &[("userEmail", "tomas@harbor.test")]).await;
        let mail = app.mail_to("tomas@harbor.test").await;
        assert!(mail.reply_to.is_empty() && !mail.raw.contains("rosa@harbor.test"), "{}", mail.raw);
    }

    async fn go_with_their_writer(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mara = app.user("mara@harbor.test").await;
        let mut sharing = Sharing::of(&app, rosa).await;
        sharing.page().await.submit("Invite", &[("userEmail", "mara@harbor.test"), ("isAdmin", "true")]).await;
        let link = app.mail_to("mara@harbor.test").await.link();
        let mut maras = app.browser_of(&mara);
        maras.get(&link).await.submit("Accept", &[]).await;
        app.deliver().await;
        sharing.page().await.submit("Invite", &[("userEmail", "tomas@harbor.test"), ("note", NOTE)]).await;
        assert!(app.mail_to("tomas@harbor.test").await.text.contains("> Hi Tomas,"));
        let path = sharing.page().await.path.clone();
        maras.get(&path).await.submit("Resend", &[]).await;
        let mail = app.mail_to("tomas@harbor.test").await;
        assert_eq!(mail.reply_to, ["mara@harbor.test"]);
        assert!(!mail.text.contains("Hi Tomas"), "Mara did not write it: {}", mail.text);
    }

    async fn stay_with_a_changed_offer_of_an_org(app: App) {
        drop(app.user("rosa@harbor.test").await);
        let rosa = app.rpc_as("rosa@harbor.test").await;
        rosa.call("org.create", json!({ "name": "Harbor Labs", "slug": "harbor" })).await.ok();
        let mut page = app.browser();
        page.sign_in("rosa@harbor.test").await;
        page.get("/orgs/harbor/invitations").await;
        let fields = [("userKey", "tomas@harbor.test"), ("note", "See evil.test")];
        page.submit("Invite", &fields).await;
        assert!(page.status == 422 && page.select("#note-fault").remove(0).contains("“evil.test”"), "{}", page.body);
        page.submit("Invite", &[("userKey", "tomas@harbor.test"), ("note", "Welcome aboard.")]).await;
        let mail = app.mail_to("tomas@harbor.test").await;
        assert!(mail.text.contains("\n> Welcome aboard.") && mail.from_name.unwrap().ends_with(" via Usher"));
        let change = page.attribute("a[href^='/orgs/harbor/invitations/']", "href").unwrap();
        page.get(&change).await.submit("Save", &[]).await;
        page.get("/orgs/harbor/invitations").await.submit("Resend", &[]).await;
        assert!(app.mail_to("tomas@harbor.test").await.text.contains("\n> Welcome aboard."));
    }

    async fn leave_the_configured_sender(app: App, mail_from = "Harbor Office <office@harbor.test>") {
        let rosa = app.user("rosa@harbor.test").await;
        app.deliver().await;
        let mut sharing = Sharing::of(&app, rosa).await;
        let mail = sharing.invite_by_mail("tomas@harbor.test").await;
        assert_eq!(mail.from, "office@harbor.test");
        assert!(mail.from_name.as_deref().unwrap().ends_with(" via Harbor Office"), "{:?}", mail.from_name);
        app.browser().get("/password/forgot").await.submit("Send me a link", &[("email", "rosa@harbor.test")]).await;
        let mail = app.mail_to("rosa@harbor.test").await;
        assert_eq!((mail.from_name.as_deref(), mail.reply_to.len()), (Some("Harbor Office"), 0));
    }
}

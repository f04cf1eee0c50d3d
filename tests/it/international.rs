//! Addresses with international domains: both spellings are one mailbox, everywhere. Kept is punycode; people read
//! Unicode.

use serde_json::json;

use crate::html::orgs::{harbor, somebody};
use crate::support::app::PASSWORD;
use crate::support::on_both;
use crate::support::rpc::{org, user_body};
use crate::support::sharing::Sharing;

/// Two mailboxes: as people read them, and as they are kept.
const IVAN: [&str; 2] = ["ivan@пример.рф", "ivan@xn--e1afmkfd.xn--p1ai"];
const JAN: [&str; 2] = ["jan@bücher.example", "jan@xn--bcher-kva.example"];

on_both! {
    async fn accounts_over_mycrts_api(app: App) {
        for [read, kept] in [IVAN, JAN] {
            let mut api = app.api();
            let made = api.sign_up(read).await;
            assert_eq!(made["email"], kept);
            let mail = app.mail_to(kept).await;
            assert!(mail.raw.is_ascii() && mail.says(read) && !mail.text.contains("xn--"), "{}", mail.text);
            for spelled in [read, kept, &read.to_uppercase()] {
                let body = json!({ "email": spelled, "password": PASSWORD, "agreeToTerms": true });
                let taken = app.api().post("/api/users/signup", body).await;
                taken.refused(400, "An account with that email address already exists");
                api.log_in(spelled).await;
                assert_eq!(api.get("/api/users/me").await.ok()["email"], kept);
                api.forget_password(spelled).await.ok();
                app.mail_to(kept).await;
            }
        }
    }

    async fn invitations_over_mycrts_api(app: App) {
        let ivan = app.user(IVAN[1]).await;
        let rosa = app.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let body = |address: &str| json!({ "environmentId": environment, "userEmail": address });
        // Of somebody unknown it is told as it was sent.
        let unknown = rosa.post("/api/environments/invites", body(JAN[0])).await;
        unknown.refused(400, &format!("User {} does not exist", JAN[0]));
        let invite = rosa.post("/api/environments/invites", body(IVAN[0])).await.ok();
        assert_eq!(invite["email"], IVAN[1]);
        app.mail_to(IVAN[1]).await;
        ivan.accept(invite["inviteCode"].as_str().unwrap()).await.ok();
        for spelled in IVAN {
            let again = rosa.post("/api/environments/invites", body(spelled)).await;
            again.refused(409, &format!("User {spelled} is already a member"));
            ivan.post("/api/validate/invites", body(spelled)).await
                .refused(409, "Cannot invite yourself to environment");
        }
        for bad in ["ivan@xn--a.example", "ivan@пример", "ivan@при мер.рф", "ivan@-пример.рф"] {
            rosa.post("/api/environments/invites", body(bad)).await.invalid(&["userEmail"]);
        }
    }

    async fn users_over_yeeps_api(app: App) {
        let sofia = app.superuser().await;
        let mut body = user_body("jan");
        body["emails"][0]["address"] = json!(JAN[0]);
        let made = sofia.call("user.create", body.clone()).await.ok();
        assert_eq!(made["user"]["emails"][0]["address"], JAN[1]);
        body["username"] = json!("other");
        body["emails"] = json!([
            { "address": IVAN[0], "isPrimary": true }, { "address": IVAN[1] },
        ]);
        sofia.call("user.create", body.clone()).await.invalid(json!([[["emails", 1], "array.unique"]]));
        body["emails"] = json!([{ "address": JAN[1], "isPrimary": true }]);
        sofia.call("user.create", body).await.refused(10005, "Email address already in use");

        let founder = app.founder("nadia@orbit.test").await;
        let orbit = org(&founder, "orbit").await;
        app.deliver().await;
        for spelled in JAN {
            app.rpc_as(spelled).await;
            app.rpc().call("user.forgotPassword", json!({ "userKey": spelled })).await.plain();
            app.mail_to(JAN[1]).await;
            founder.call("user.invite", json!({ "userKey": spelled, "orgId": orbit })).await.plain();
            app.mail_to(JAN[1]).await;
        }
        founder.call("user.invite", json!({ "userKey": IVAN[0], "orgId": orbit })).await.plain();
        let token = app.mail_to(IVAN[1]).await.token();
        let join = json!({ "token": token, "username": "ivan", "password": PASSWORD, "fullName": "Ivan" });
        let joined = app.rpc().call("user.join", join).await.ok();
        assert_eq!(joined["user"]["emails"][0]["address"], IVAN[1]);
    }

    async fn pages_show_what_people_read(app: App) {
        let mut sharing = Sharing::by_verified(&app, JAN[1]).await;
        let mails = async |sharing: &mut Sharing<'_>, address: &str| {
            sharing.invite(address).await;
            app.mail_to(IVAN[1]).await
        };
        mails(&mut sharing, IVAN[0]).await;
        // The other spelling supersedes it.
        let mail = mails(&mut sharing, IVAN[1]).await;
        assert!(mail.raw.is_ascii() && mail.says(JAN[0]) && mail.says(IVAN[0]), "{}", mail.text);
        assert!(!mail.text.contains("xn--") && !mail.html.contains("xn--"), "{}", mail.html);
        let rosa = sharing.page().await;
        assert_eq!(rosa.select("tbody th").iter().filter(|row| row.contains(IVAN[0])).count(), 1, "{}", rosa.text());
        assert!(!rosa.body.contains("xn--"), "{}", rosa.body);

        let mut ivan = app.browser();
        ivan.get(&mail.link()).await;
        assert!(ivan.value("email") == IVAN[0] && !ivan.body.contains("xn--"), "{}", ivan.body);
        ivan.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!(ivan.status, 200, "{}", ivan.text());
        assert!(ivan.get("/account").await.shows(IVAN[0]) && !ivan.body.contains("xn--"), "{}", ivan.body);
        for spelled in IVAN {
            assert_eq!(app.browser().sign_in(spelled).await.path, "/");
        }
        // A link for writing leads to what every mail program can send to.
        let mut visitor = app.browser();
        visitor.get(&mail.link()).await;
        assert_eq!(visitor.attribute("a[href^=mailto]", "href"), Some(format!("mailto:{}", JAN[1])), "{}", visitor.body);
        app.deliver().await;
        let activity = format!("/environments/{}/activity", sharing.environment);
        let rosa = &mut sharing.browser;
        rosa.get(&activity).await;
        assert!(rosa.shows(&format!("invited {} as a member", IVAN[0])) && !rosa.body.contains("xn--"), "{}", rosa.text());
        rosa.get(&format!("{activity}.csv")).await;
        assert!(rosa.body.contains(IVAN[0]) && !rosa.body.contains("xn--"), "{}", rosa.body);
    }

    async fn searches_find_either_spelling(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        let path = "/orgs/harbor/invitations";
        rosa.get(path).await.submit("Invite", &[("userKey", &format!("{}\n{}", IVAN[0], JAN[1]))]).await;
        let mails = app.deliver().await;
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        for (search, found) in [(IVAN[0], IVAN[0]), (IVAN[1], IVAN[0]), ("Bücher.ex", JAN[0]), ("jan@xn--bcher", JAN[0])] {
            rosa.get(&format!("{path}?search={}", encoded(search))).await;
            let rows = rosa.select("tbody th");
            assert!(rows.len() == 1 && rows[0].contains(found), "{search}: {rows:?}");
            rosa.get(&format!("/orgs/harbor/activity?search={}", encoded(search))).await;
            assert_eq!(rosa.select("td[data-label=What]").len(), 1, "{search}: {}", rosa.text());
        }
        let link = mails.iter().find(|mail| mail.to == JAN[1]).unwrap().link();
        let mut jan = app.browser();
        jan.get(&link).await.submit("Join", &[("password", PASSWORD)]).await;
        app.deliver().await;
        jan.add_address(IVAN[0]).await;
        let link = app.mail_to(IVAN[1]).await.link();
        jan.get(&link).await.submit("Confirm this address", &[]).await;
        app.superuser().await;
        let mut sofia = app.browser();
        sofia.sign_in("sofia").await;
        for search in [JAN[0], JAN[1], "bucher", "büch", IVAN[0], IVAN[1], "пример"] {
            sofia.get(&format!("/users?search={}", encoded(search))).await;
            let rows = sofia.select("tbody tr");
            assert!(rows.len() == 1 && rows[0].contains(JAN[0]), "{search}: {rows:?}");
            rosa.get(&format!("/orgs/harbor/members?search={}", encoded(search))).await;
            // Members see the primary address alone.
            assert_eq!(rosa.select("tbody tr").len(), usize::from(!search.contains("ivan") && search != "пример"), "{search}");
        }
    }

    async fn limits_count_both_spellings(app: App, rate_limits_enabled = true) {
        let api = app.api();
        api.sign_up(JAN[0]).await;
        let mut last = 0;
        for number in 0..11 {
            let body = json!({ "email": JAN[number % 2], "password": "a wrong guess" });
            last = api.post("/api/users/login", body).await.status;
        }
        assert_eq!(last, 429);
        let mut visitor = app.browser();
        for number in 0..11 {
            visitor.sign_in_with(IVAN[number % 2], "a wrong guess").await;
        }
        assert_eq!(visitor.status, 429, "{}", visitor.text());
    }

    async fn the_sender_may_have_such_a_domain(app: App, mail_from = "Büro Hafen <usher@bücher.example>") {
        app.api().sign_up("rosa@harbor.test").await;
        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.raw.is_ascii() && mail.message_id.ends_with("@xn--bcher-kva.example"), "{}", mail.raw);
        let message = mail_parser::MessageParser::default().parse(mail.raw.as_bytes()).unwrap();
        let from = message.from().unwrap().first().unwrap();
        assert_eq!(from.name(), Some("Büro Hafen"));
        assert_eq!(from.address(), Some("usher@xn--bcher-kva.example"));
    }
}

//! Inviting by username does not reveal the address.

use serde_json::json;

use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::{Rpc, org, user_body};

const ADDRESS: &str = "rosa.private@orbit.test";

/// Rosa, with username `rosa`, and Eve with an org.
async fn world(app: &App) -> (Browser<'_>, Rpc<'_>, String) {
    let sofia = app.superuser().await;
    let mut body = user_body("rosa");
    body["emails"][0]["address"] = json!(ADDRESS);
    sofia.call("user.create", body).await.ok();
    let eve = app.founder("eve@evil.test").await;
    let evil = org(&eve, "evil").await;
    let mut browser = app.browser();
    browser.sign_in("eve@evil.test").await;
    (browser, eve, evil)
}

/// Everything that shows the invitation to the inviting side.
async fn told(browser: &mut Browser<'_>) -> String {
    let mut all = String::new();
    for path in [
        "/orgs/evil/invitations",
        "/orgs/evil/invitations?state=declined",
        "/orgs/evil/invitations?state=revoked",
        "/orgs/evil/invitations?search=rosa",
        "/orgs/evil/activity",
        "/orgs/evil/activity.csv",
        "/orgs/evil/members",
        "/",
    ] {
        browser.get(path).await;
        assert_eq!(browser.status, 200, "{path}");
        all += &browser.body;
    }
    all
}

on_both! {
    async fn the_inviting_side_sees_the_username_until_the_invitee_is_in(app: App) {
        let (mut eve, api, evil) = world(&app).await;
        eve.get("/orgs/evil/invitations").await.submit("Invite", &[("userKey", "rosa")]).await;
        let mailed = app.mail_to(ADDRESS).await.link();
        let pages = told(&mut eve).await;
        assert!(pages.contains("rosa") && !pages.contains(ADDRESS), "{pages}");
        // Nor by searching.
        eve.get("/orgs/evil/invitations?search=rosa.priv").await;
        assert_eq!(eve.select("tbody tr"), [""; 0]);

        eve.get("/orgs/evil/invitations").await;
        let one = eve.attribute("tbody a", "href").unwrap();
        assert!(!eve.get(&one).await.body.contains(ADDRESS));
        eve.get("/orgs/evil/invitations").await.submit("Copy link", &[]).await;
        assert!(eve.shows("rosa") && !eve.body.contains(ADDRESS), "{}", eve.text());
        let link = eve.value("link");
        let link = link.strip_prefix("http://127.0.0.1:8000").unwrap();
        for visitor in [&mut eve, &mut app.browser()] {
            assert!(!visitor.get(link).await.body.contains(ADDRESS), "{}", visitor.text());
        }
        app.browser().get(&mailed).await.submit("Decline", &[]).await;
        let mail = app.mail_to("eve@evil.test").await;
        assert!(mail.says("rosa") && !mail.text.contains(ADDRESS) && !mail.html.contains(ADDRESS), "{}", mail.text);
        let pages = told(&mut eve).await;
        assert!(!pages.contains(ADDRESS), "{pages}");

        // Once they have joined, members see the address.
        api.call("user.invite", json!({ "userKey": "rosa", "orgId": evil })).await.plain();
        let link = app.mail_to(ADDRESS).await.link();
        let mut rosa = app.browser();
        rosa.sign_in("rosa").await;
        rosa.get(&link).await.submit("Accept", &[]).await;
        assert!(eve.get("/orgs/evil/members").await.shows(ADDRESS), "{}", eve.text());
        assert!(eve.get("/orgs/evil/invitations?state=accepted").await.shows(ADDRESS), "{}", eve.text());
    }

    async fn an_address_that_was_typed_is_shown_as_before(app: App) {
        let (mut eve, ..) = world(&app).await;
        eve.get("/orgs/evil/invitations").await.submit("Invite", &[("userKey", ADDRESS)]).await;
        assert!(told(&mut eve).await.contains(ADDRESS));
    }

    async fn an_address_is_shown_as_it_was_typed(app: App) {
        let (mut eve, api, _) = world(&app).await;
        let sofia = app.rpc_as("sofia@orbit.test").await;
        let mut body = user_body("dora");
        body["emails"][0]["address"] = json!("dora.quay+private@gmail.com");
        sofia.call("user.create", body).await.ok();
        eve.get("/orgs/evil/invitations").await.submit("Invite", &[("userKey", "DoraQuay@gmail.com")]).await;
        app.mail_to("dora.quay+private@gmail.com").await;
        let pages = told(&mut eve).await;
        assert!(pages.contains("doraquay@gmail.com") && !pages.contains("private"), "{pages}");
        drop(api);
    }
}

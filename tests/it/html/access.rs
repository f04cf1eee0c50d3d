//! Who has access, who admitted them, and when they last looked.

use std::time::Duration;

use serde_json::json;

use crate::support::on_both;

const HOUR: Duration = Duration::from_hours(1);

on_both! {
    async fn everybody_with_access_is_shown_with_who_let_them_in(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let nadia = app.user("nadia@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let other = rosa.environment("Quay").await;
        tomas.join(&rosa, environment, "tomas@harbor.test", true).await;
        nadia.join(&tomas, environment, "nadia@harbor.test", false).await;
        let mut page = app.browser_of(&tomas);
        // Accepting over JSON returns the credentials, which counts as a look.
        app.advance(HOUR);
        page.get(&format!("/environments/{environment}")).await.submit("Reveal credentials", &[]).await;
        app.browser_of(&rosa).post_fields(&format!("/environments/{other}/reveal"), &[]).await;
        app.advance(HOUR / 2);

        let sharing = format!("/environments/{environment}/sharing");
        page.get(&sharing).await;
        let since = page.select("td[data-label=Since] .sub");
        assert_eq!(since, ["from the start", "invited by rosa", "invited by tomas"]);
        let looked = page.select("td[data-label='Last saw the credentials']");
        // The owner has entered them.
        let present = "has seen the present ones";
        assert_eq!(looked, [present.to_owned(), format!("30 minutes ago {present}"), format!("2 hours ago {present}")]);
        // Looks are activity, visible to administrators only.
        let mut member = app.browser_of(&nadia);
        member.get(&sharing).await;
        assert_eq!(member.select("td[data-label=Since] .sub").len(), 3, "{}", member.text());
        assert!(!member.body.contains("Last saw") && !member.shows("30 minutes ago"), "{}", member.text());
        page.languages = Some("de");
        assert!(page.get(&sharing).await.shows("eingeladen von rosa"), "{}", page.text());
    }

    async fn who_let_somebody_in_is_known_after_their_account_is_gone(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let nadia = app.user("nadia@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, environment, "tomas@harbor.test", true).await;
        nadia.join(&tomas, environment, "nadia@harbor.test", false).await;
        let gone = app.rpc_as("tomas@harbor.test").await;
        let id = gone.id().await;
        gone.call("user.delete", json!({ "id": id })).await.plain();
        let mut page = app.browser_of(&rosa);
        page.get(&format!("/environments/{environment}/sharing")).await;
        assert_eq!(page.select("td[data-label=Since] .sub"), ["from the start", "invited by tomas"]);
    }

    async fn an_org_shows_who_was_invited_and_who_was_added(app: App) {
        let rosa = app.founder("rosa@harbor.test").await;
        let tomas = app.founder("tomas@harbor.test").await;
        let nadia = app.founder("nadia@harbor.test").await;
        let org = rosa.call("org.create", json!({ "name": "Harbor", "slug": "harbor" })).await.ok();
        let org = org["org"]["id"].clone();
        rosa.call("org.addMember", json!({ "orgId": org, "userId": tomas.id().await })).await.plain();
        app.deliver().await;
        rosa.call("user.invite", json!({ "userKey": "nadia@harbor.test", "orgId": org })).await.plain();
        let link = app.mail_to("nadia@harbor.test").await.link();
        drop(nadia);
        let mut browser = app.browser();
        browser.sign_in("nadia@harbor.test").await;
        browser.get(&link).await.submit("Accept", &[]).await;
        let mut page = app.browser();
        page.sign_in("rosa@harbor.test").await.get("/orgs/harbor/members").await;
        let since = page.select("td[data-label=Since] .sub");
        assert!(since[0] == "from the start" && since.len() == 3, "{since:?}");
        assert!(since[1].starts_with("added by ") && since[2].starts_with("invited by "), "{since:?}");
        page.get("/orgs/harbor/activity?kind=access").await;
        assert!(page.select("td[data-label=What]").iter().any(|told| told.starts_with("added ")), "{}", page.text());
    }
}

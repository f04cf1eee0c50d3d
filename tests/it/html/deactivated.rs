//! Deactivated users: shown as such where they are members, and given nothing.

use serde_json::json;

use crate::support::app::{App, PASSWORD};
use crate::support::on_both;
use crate::support::rpc::{admin_role, org};
use crate::support::sharing::Sharing;

async fn deactivate(app: &App, address: &str) {
    let sofia = app.superuser().await;
    let users = sofia.call("user.list", json!({})).await.ok();
    let is = |user: &&serde_json::Value| user["emails"][0]["address"] == address;
    let id = users["users"].as_array().unwrap().iter().find(is).unwrap()["id"].clone();
    sofia.call("user.deactivate", json!({ "id": id })).await.ok();
}

on_both! {
    async fn a_member_who_is_deactivated_is_no_acting_administrator(app: App) {
        let mut sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        tomas.join(&sharing.api, sharing.environment, "tomas@harbor.test", true).await;
        assert_eq!(sharing.page().await.select("tr.off"), [""; 0]);
        deactivate(&app, "tomas@harbor.test").await;
        let page = sharing.page().await;
        let off = page.select("tr.off td:nth-of-type(1)");
        assert_eq!(off.len(), 1);
        assert_eq!(off[0].split_whitespace().collect::<Vec<_>>(), ["Deactivated", "Administrator"]);
        assert_eq!(page.select("tr.off .badge-good"), [""; 0]);
    }

    async fn a_member_who_is_deactivated_is_not_offered_as_the_owner(app: App) {
        let mut sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        tomas.join(&sharing.api, sharing.environment, "tomas@harbor.test", true).await;
        let path = format!("/environments/{}/owner", sharing.environment);
        assert!(sharing.browser.get(&path).await.shows("tomas@harbor.test"));
        deactivate(&app, "tomas@harbor.test").await;
        assert!(!sharing.browser.get(&path).await.shows("tomas@harbor.test"));
        let chosen = [("userId", tomas.id.to_string())];
        let chosen = chosen.each_ref().map(|(name, value)| (*name, value.as_str()));
        for path in [path.clone(), format!("{path}/confirmed")] {
            sharing.browser.post_fields(&path, &chosen).await;
            assert_eq!((sharing.browser.status, sharing.browser.title().contains("cannot own it yet")), (409, true), "{path}");
        }
        let seen = sharing.api.get(&format!("/api/environments/{}", sharing.environment)).await.ok();
        assert_eq!(seen["ownerId"], sharing.api.id);
    }

    async fn in_an_org_too(app: App) {
        let rosa = app.founder("rosa@harbor.test").await;
        let harbor = org(&rosa, "harbor").await;
        let tomas = app.founder("tomas@harbor.test").await.id().await;
        rosa.call("org.addMember", json!({ "userId": tomas, "orgId": harbor })).await.plain();
        rosa.call("user.assignRole", json!({ "userId": tomas, "orgId": harbor, "roleId": admin_role() })).await.ok();
        deactivate(&app, "tomas@harbor.test").await;
        let mut page = app.browser();
        page.sign_in("rosa@harbor.test").await;
        page.get("/orgs/harbor/members").await;
        let off = page.select("tr.off td:nth-of-type(1)");
        assert_eq!(off.len(), 1);
        assert_eq!(off[0].split_whitespace().collect::<Vec<_>>(), ["Deactivated", "Administrator"]);
    }

    async fn an_account_whose_environment_nobody_could_have_is_not_deleted(app: App) {
        let sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        tomas.join(&sharing.api, sharing.environment, "tomas@harbor.test", true).await;
        deactivate(&app, "tomas@harbor.test").await;
        let rosa = app.rpc_as("rosa@harbor.test").await.id().await;
        let mut page = app.browser();
        page.sign_in("sofia@orbit.test").await;
        page.get(&format!("/users/{rosa}/delete")).await;
        assert!(page.shows("nobody else in them could") && page.shows("Harbor staging"), "{}", page.text());
        page.submit("Delete", &[]).await;
        assert_eq!((page.status, page.fault("unowned").contains("to be deleted, too")), (422, true));
        sharing.api.get("/api/users/me").await.ok();
        page.submit("Delete", &[("unowned", "true")]).await;
        assert_eq!((page.status, page.path.as_str()), (200, "/users"), "{}", page.text());
        sharing.api.get("/api/users/me").await.refused_somehow(403);
        app.api().post("/api/users/signup", json!({ "email": "rosa@harbor.test", "password": PASSWORD, "agreeToTerms": true })).await.ok();
    }

    async fn somebody_deactivated_is_grey_on_their_own_page_too(app: App) {
        let sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let rosa = app.rpc_as("rosa@harbor.test").await.id().await;
        deactivate(&app, "rosa@harbor.test").await;
        let mut page = app.browser();
        page.sign_in("sofia@orbit.test").await;
        page.get(&format!("/users/{rosa}")).await;
        assert!(page.shows("Harbor staging"), "{}", page.text());
        assert_eq!(page.select("section[aria-labelledby=environments] .badge-good"), [""; 0]);
        drop(sharing);
    }

    async fn what_somebody_deactivated_offered_is_shown_as_void_until_another_sends_it(app: App) {
        let mut sharing = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        tomas.join(&sharing.api, sharing.environment, "tomas@harbor.test", true).await;
        let mut page = app.browser_of(&tomas);
        let path = format!("/environments/{}/sharing", sharing.environment);
        page.get(&path).await.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        app.deliver().await;
        deactivate(&app, "tomas@harbor.test").await;
        let page = sharing.page().await;
        assert!(page.shows("Not valid") && !page.buttons().contains(&"Copy link".to_owned()), "{}", page.text());
        sharing.press("Resend").await;
        let link = app.mail_to("nora@harbor.test").await.link();
        assert!(app.browser().get(&link).await.buttons().contains(&"Join".to_owned()));
        assert!(!sharing.page().await.shows("Not valid"));
    }
}

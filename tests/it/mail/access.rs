//! Mails about changed access: who gets one, and who does not.

use serde_json::json;

use crate::support::app::App;
use crate::support::mailbox::Mail;
use crate::support::on_both;
use crate::support::rpc::{Rpc, USER_READ, USER_WRITE, org};

/// The recipients of the mails due now.
async fn told(app: &App) -> Vec<String> {
    app.deliver().await.into_iter().map(|mail: Mail| mail.to).collect()
}

/// Sofia's org `orbit` with Nadia in it; returns the ids of both.
async fn orbit_with_nadia(app: &App, sofia: &Rpc<'_>) -> (String, String) {
    let orbit = org(sofia, "orbit").await;
    let nadia = sofia.make_user("nadia", &[&orbit]).await;
    app.deliver().await;
    (orbit, nadia)
}

on_both! {
    async fn several_changes_that_nobody_was_told_of_make_one_mail(app: App) {
        let sofia = app.superuser().await;
        let (orbit, nadia) = orbit_with_nadia(&app, &sofia).await;
        sofia.grant(&nadia, Some(&orbit), USER_READ).await;
        sofia.grant(&nadia, Some(&orbit), USER_WRITE).await;
        let mail = app.mail_to("nadia@orbit.test").await;
        assert!(mail.says("yeep. user. read") && mail.says("yeep. user. write"), "{}", mail.text);
        let taken = json!({ "userId": nadia, "orgId": orbit, "permissionId": format!("{USER_READ:024x}") });
        sofia.call("user.revokePermission", taken).await.ok();
        let mail = app.mail_to("nadia@orbit.test").await;
        assert!(!mail.says("yeep. user. read") && mail.says("yeep. user. write"), "{}", mail.text);
    }

    async fn nobody_is_told_of_what_they_did_themselves(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let id = sofia.id().await;
        sofia.grant(&id, Some(&orbit), USER_READ).await;
        sofia.call("org.removeMember", json!({ "orgId": orbit, "userId": id })).await.ok();
        assert_eq!(told(&app).await, [""; 0]);
    }

    async fn what_was_refused_tells_nobody(app: App) {
        let sofia = app.superuser().await;
        let (orbit, nadia) = orbit_with_nadia(&app, &sofia).await;
        sofia.grant(&nadia, Some(&orbit), USER_READ).await;
        app.deliver().await;
        let again = json!({ "userId": nadia, "orgId": orbit, "permissionId": format!("{USER_READ:024x}") });
        assert_eq!(sofia.call("user.assignPermission", again).await.0.json()["ok"], json!(false));
        let add = json!({ "orgId": orbit, "userId": nadia });
        assert_eq!(sofia.call("org.addMember", add).await.0.json()["ok"], json!(false));
        assert_eq!(told(&app).await, [""; 0]);
    }

    async fn whoever_was_put_out_before_the_mail_left_is_told_that_alone(app: App) {
        let sofia = app.superuser().await;
        let (orbit, nadia) = orbit_with_nadia(&app, &sofia).await;
        sofia.grant(&nadia, Some(&orbit), USER_READ).await;
        sofia.call("org.removeMember", json!({ "orgId": orbit, "userId": nadia })).await.ok();
        let mail = app.mail_to("nadia@orbit.test").await;
        assert_eq!(mail.subject, "Sofia removed you from \"Org orbit\"");
    }

    async fn an_org_that_is_gone_is_not_written_of(app: App) {
        let sofia = app.superuser().await;
        let (orbit, nadia) = orbit_with_nadia(&app, &sofia).await;
        sofia.grant(&nadia, Some(&orbit), USER_READ).await;
        sofia.call("org.delete", json!({ "id": orbit })).await.ok();
        assert_eq!(told(&app).await, [""; 0]);
    }

    async fn whoever_is_deactivated_gets_none(app: App) {
        let sofia = app.superuser().await;
        let (orbit, nadia) = orbit_with_nadia(&app, &sofia).await;
        sofia.call("user.deactivate", json!({ "id": nadia })).await.ok();
        sofia.grant(&nadia, Some(&orbit), USER_READ).await;
        assert_eq!(told(&app).await, [""; 0]);
    }

    async fn the_pages_tell_too_and_only_of_a_change(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let mut browser = app.browser_of(&rosa);
        browser.get("/orgs/new").await.submit("Make the org", &[("name", "Orbit"), ("slug", "orbit")]).await;
        browser.get("/orgs/orbit/invitations").await.submit("Invite", &[("userKey", "tomas@harbor.test")]).await;
        let invitation = app.mail_to("tomas@harbor.test").await;
        app.browser_of(&tomas).get(&invitation.link()).await.submit("Accept", &[]).await;
        app.deliver().await;
        let page = format!("/orgs/orbit/members/{}", tomas.id);
        browser.get(&page).await.submit("Save", &[]).await;
        assert_eq!(told(&app).await, [""; 0]);
        browser.get(&page).await.submit("Save", &[("administrator", "true")]).await;
        let mail = app.mail_to("tomas@harbor.test").await;
        assert_eq!(mail.subject, "rosa changed your rights in \"Orbit\"");
        assert!(mail.says("You are an administrator there."), "{}", mail.text);
        browser.post_fields(&format!("{page}/remove"), &[]).await;
        assert_eq!(app.mail_to("tomas@harbor.test").await.subject, "rosa removed you from \"Orbit\"");
    }
}

//! Access to an environment by right, and to a missing one.

use serde_json::json;

use super::environments::GOOD;
use crate::support::api::Api;
use crate::support::app::App;
use crate::support::on_both;

/// The environment as its owner sees it.
async fn everything(app: &App, owner: &Api<'_>, id: i64) -> Vec<String> {
    let mut browser = app.browser_of(owner);
    let mut shown = Vec::new();
    for page in ["", "/edit", "/sharing", "/activity"] {
        shown.push(browser.get(&format!("/environments/{id}{page}")).await.text());
    }
    shown
}

on_both! {
    async fn ids_that_are_none_are_not_found(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        let good = id.to_string();
        for odd in ["0", "-1", "+1", "1e3", "x", "99999999999999999999", "9223372036854775807", "%00", "%201", "%D9%A1"] {
            for page in ["", "/edit", "/sharing", "/activity", "/delete", "/leave", "/members/1/remove",
                "/members/1/demote", "/secrets", "/secrets/replace", "/secrets/dismiss?person=1"]
            {
                assert_eq!(browser.get(&format!("/environments/{odd}{page}")).await.status, 404, "{odd}{page}");
            }
            for form in ["reveal", "edit", "owner", "owner/confirmed", "delete", "leave", "sharing", "secrets/replace",
                "secrets/dismiss"]
            {
                let fields = [("userEmail", "x@harbor.test"), ("userId", "1"), ("pass", "x")];
                browser.get("/account").await.post_fields(&format!("/environments/{odd}/{form}"), &fields).await;
                assert!([404, 422].contains(&browser.status), "{odd}/{form}: {}", browser.status);
            }
            for form in ["members/ID/promote", "members/ID/demote", "members/ID/remove", "invitations/ID/resend",
                "invitations/ID/revoke", "invitations/ID/link"]
            {
                let path = format!("/environments/{good}/{}", form.replace("ID", odd));
                browser.get("/account").await.post_fields(&path, &[]).await;
                assert_eq!(browser.status, 404, "{path}");
            }
        }
    }

    async fn strangers_and_plain_members_get_no_further_than_they_may(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let sam = app.user("sam@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let membership = tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        let invitation = rosa.invite(id, "sam@harbor.test", false).await["id"].as_i64().unwrap();
        app.deliver().await;
        let before = everything(&app, &rosa, id).await;
        let gets = ["", "/edit", "/sharing", "/activity", "/delete", "/leave", "/secrets", "/secrets/replace",
            "/secrets/dismiss?person=1"].map(str::to_owned);
        let posts = [
            "reveal".to_owned(), "edit".to_owned(), "owner".to_owned(), "owner/confirmed".to_owned(), "delete".to_owned(),
            "secrets/replace".to_owned(), "secrets/dismiss".to_owned(), "sharing".to_owned(), format!("members/{membership}/promote"), format!("members/{membership}/demote"),
            format!("members/{membership}/remove"), format!("invitations/{invitation}/resend"),
            format!("invitations/{invitation}/revoke"), format!("invitations/{invitation}/link"),
        ];
        for (who, may_get, may_post) in
            [(&sam, &[][..], &[][..]), (&tomas, &["", "/sharing", "/leave"][..], &["reveal"][..])]
        {
            let mut browser = app.browser_of(who);
            for page in &gets {
                browser.get(&format!("/environments/{id}{page}")).await;
                let allowed = if may_get.contains(&page.as_str()) { &[200][..] } else { &[403, 404] };
                assert!(allowed.contains(&browser.status), "{page:?}: {}", browser.status);
                assert!(browser.status == 200 || !browser.shows("Harbor staging"), "{page:?}: {}", browser.text());
            }
            let mut fields = GOOD.to_vec();
            let user_id = tomas.id.to_string();
            fields.extend([("userEmail", "nora@harbor.test"), ("userId", user_id.as_str())]);
            for form in posts.iter().filter(|form| !may_post.contains(&form.as_str())) {
                browser.get("/account").await.post_fields(&format!("/environments/{id}/{form}"), &fields).await;
                assert!([403, 404].contains(&browser.status), "{form}: {} {}", browser.status, browser.text());
            }
        }
        let mut tomas = app.browser_of(&tomas);
        tomas.get(&format!("/environments/{id}/sharing")).await;
        assert!(tomas.buttons().is_empty() && !tomas.shows("sam@harbor.test"), "{}", tomas.text());
        assert_eq!(everything(&app, &rosa, id).await, before);
        assert!(app.deliver().await.is_empty());
    }

    async fn an_unknown_environment_and_a_form_of_others_tell_the_same(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mine = rosa.environment("Harbor staging").await;
        let sam = app.user("sam@harbor.test").await;
        let body = json!({ "environmentId": mine, "userEmail": "x@harbor.test" });
        let answer = sam.post("/api/environment/invites", body).await;
        answer.refused(404, &format!("Environment {mine} does not exist"));
        let mut browser = app.browser_of(&sam);
        browser.post_fields(&format!("/environments/{mine}/sharing"), &[("userEmail", "x@harbor.test")]).await;
        assert_eq!(browser.status, 404, "{}", browser.text());
    }
}

//! A form that is sent twice, or again after a lost answer, is made once and shows the outcome of the first.

use std::time::Duration;

use futures_util::future::join_all;
use rocket::http::Method;

use super::forms::FORM;
use crate::support::api::Answer;
use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;

async fn send(app: &App, browser: &Browser<'_>, path: &str, body: &str) -> Answer {
    let cookies = browser.cookies();
    app.api().send(Method::Post, path, &[FORM, ("Cookie", &cookies)], body).await
}

/// Where an answer leads, and its notice.
fn outcome(answer: &Answer) -> (u16, Option<String>, Option<String>) {
    let mut cookies = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("Set-Cookie"));
    let notice = cookies.find_map(|(_, cookie)| cookie.strip_prefix("usher_notice="));
    let notice = notice.map(|cookie| cookie.split(';').next().unwrap().to_owned());
    (answer.status, answer.header("Location").map(str::to_owned), notice)
}

on_both! {
    async fn a_form_that_is_sent_again_shows_the_outcome_of_the_first(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        let path = format!("/environments/{id}/sharing");
        let token = browser.get(&path).await.csrf().await;
        app.deliver().await;
        let body = format!("csrf={token}&userEmail=tomas@harbor.test");
        let first = outcome(&send(&app, &browser, &path, &body).await);
        assert_eq!(first, (303, Some(path.clone()), Some("invited".to_owned())));
        for _ in 0..2 {
            assert_eq!(outcome(&send(&app, &browser, &path, &body).await), first);
        }
        assert_eq!(app.deliver().await.len(), 1);
        // Another text in the same form is another form.
        let other = body.replace("tomas", "wanda");
        assert_eq!(outcome(&send(&app, &browser, &path, &other).await), first);
        assert_eq!(app.deliver().await.len(), 1);
        // The same text on a new page is meant.
        let token = browser.get(&path).await.csrf().await;
        let meant = format!("csrf={token}&userEmail=tomas@harbor.test");
        let again = outcome(&send(&app, &browser, &path, &meant).await);
        assert_eq!(again.2.as_deref(), Some("invited-superseded"));

        let path = format!("/environments/{id}/delete");
        let token = browser.get(&path).await.csrf().await;
        let deleted = (303, Some("/environments".to_owned()), Some("deleted".to_owned()));
        for _ in 0..2 {
            assert_eq!(outcome(&send(&app, &browser, &path, &format!("csrf={token}")).await), deleted);
        }
    }

    async fn forms_sent_at_once_are_made_once(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        let path = format!("/environments/{id}/sharing");
        for name in ["tomas", "wanda", "jonas"] {
            app.deliver().await;
            let token = browser.get(&path).await.csrf().await;
            let body = format!("csrf={token}&userEmail={name}@harbor.test");
            let answers = join_all((0..5).map(|_| send(&app, &browser, &path, &body))).await;
            for answer in &answers {
                let invited = (303, Some(path.clone()), Some("invited".to_owned()));
                assert_eq!(outcome(answer), invited, "{answer:?}");
            }
            assert_eq!(app.deliver().await.len(), 1, "{name}");
        }
    }

    async fn a_form_that_is_sent_again_is_no_attempt(app: App, rate_limits_enabled = true) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        let path = format!("/environments/{id}/sharing");
        let token = browser.get(&path).await.csrf().await;
        let body = format!("csrf={token}&userEmail=tomas@harbor.test");
        // More often than one may invite somebody in an hour.
        for _ in 0..25 {
            assert_eq!(outcome(&send(&app, &browser, &path, &body).await).2.as_deref(), Some("invited"));
        }
        browser.get(&path).await.submit("Invite", &[("userEmail", "tomas@harbor.test")]).await;
        assert_eq!(browser.status, 200, "{}", browser.text());
    }

    async fn signing_up_twice_by_one_form_signs_in(app: App) {
        let mut browser = app.browser();
        let token = browser.get("/sign-up").await.csrf().await;
        let password = crate::support::app::PASSWORD.replace(' ', "+");
        let body = format!("csrf={token}&email=rosa@harbor.test&password={password}");
        for answer in join_all((0..3).map(|_| send(&app, &browser, "/sign-up", &body))).await {
            assert_eq!(outcome(&answer), (303, Some("/".to_owned()), None), "{answer:?}");
            assert!(answer.session_cookie().is_some());
        }
        assert_eq!(app.deliver().await.len(), 1);
        let changed = body.replace("correct", "another");
        assert_eq!(send(&app, &browser, "/sign-up", &changed).await.status, 422);
        // Another page with the same text is meant, and the address is taken.
        let token = browser.get("/sign-up").await.csrf().await;
        let meant = format!("csrf={token}&email=rosa@harbor.test&password={password}");
        assert_eq!(send(&app, &browser, "/sign-up", &meant).await.status, 422);
    }

    async fn a_refused_form_can_be_tried_again(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut browser = app.browser_of(&rosa);
        let mut wanda = app.browser();
        wanda.sign_up("wanda@harbor.test").await.get("/orgs/new").await;
        wanda.submit("Make the org", &[("name", "Orbit"), ("slug", "orbit")]).await;
        let token = browser.get("/orgs/new").await.csrf().await;
        let body = format!("csrf={token}&name=Orbit&slug=orbit");
        assert_eq!(send(&app, &browser, "/orgs/new", &body).await.status, 422);
        wanda.get("/orgs/orbit/delete").await.submit("Delete", &[]).await;
        let made = outcome(&send(&app, &browser, "/orgs/new", &body).await);
        assert_eq!(made, (303, Some("/orgs/orbit".to_owned()), Some("created".to_owned())));
    }

    async fn what_only_shows_something_shows_it_again(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        let token = browser.get(&format!("/environments/{id}")).await.csrf().await;
        let answers = [(); 2].map(|()| async {
            send(&app, &browser, &format!("/environments/{id}/reveal"), &format!("csrf={token}")).await
        });
        for answer in join_all(answers).await {
            assert!(answer.status == 200 && answer.text.contains("salt-water"), "{answer:?}");
        }
    }

    async fn what_a_page_showed_once_is_not_kept(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut browser = app.browser_of(&rosa);
        let token = browser.get("/account/tokens").await.csrf().await;
        let password = crate::support::app::PASSWORD.replace(' ', "+");
        let body = format!("csrf={token}&name=Backup&expiresInSeconds=604800&password={password}");
        let first = send(&app, &browser, "/account/tokens", &body).await;
        assert!(first.status == 200 && first.text.contains("usher_"), "{first:?}");
        let again = send(&app, &browser, "/account/tokens", &body).await;
        assert_eq!(outcome(&again), (303, Some("/account/tokens".to_owned()), None));
        browser.get("/account/tokens").await;
        assert_eq!(browser.select("tbody tr").len(), 1, "{}", browser.text());
    }

    async fn a_request_is_known_for_a_day(app: App, session_idle_minutes = 10080) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut browser = app.browser_of(&rosa);
        let token = browser.get("/account").await.csrf().await;
        let body = format!("csrf={token}&fullName=Rosa+Marlow");
        let saved = (303, Some("/account".to_owned()), Some("saved".to_owned()));
        assert_eq!(outcome(&send(&app, &browser, "/account", &body).await), saved);
        app.advance(Duration::from_hours(25));
        browser.get("/account").await.submit("Save", &[("fullName", "Somebody")]).await;
        assert_eq!(outcome(&send(&app, &browser, "/account", &body).await), saved);
        assert_eq!(browser.get("/account").await.value("fullName"), "Rosa Marlow");
    }
}

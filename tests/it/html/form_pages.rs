//! Reload and Back never end at a path that only takes forms: a GET of it leads to the page of its form.

use rocket::http::Method;

use super::forms::form_routes;
use super::forms::world::World;
use crate::support::api::Api;
use crate::support::app::App;
use crate::support::on_both;

on_both! {
    async fn a_get_of_every_path_of_a_form_leads_to_a_page(app: App) {
        let world = World::make(&app).await;
        let mut lines = Vec::new();
        let is_of_superusers = |route: &str| ["/users/", "/mails/", "/roles/"].iter().any(|path| route.starts_with(path));
        let (of_superusers, others): (Vec<_>, Vec<_>) =
            world.paths(form_routes(&app)).await.into_iter().partition(|(route, _)| is_of_superusers(route));
        for (route, path) in others {
            let mut browser = app.browser_of(&world.owner);
            browser.get(&path).await;
            // A page of its own may have nothing to ask: the owner of an environment cannot leave it.
            let is_there = browser.status == 200 || browser.path == path;
            assert!(is_there, "{route} at {}: {}", browser.path, browser.text());
            lines.push(line(&app, &world.owner, &route, &path).await);
        }
        let rosa = Api::superuser(&app, "rosa@harbor.test").await;
        for (route, path) in of_superusers {
            let mut browser = app.browser_of(&rosa);
            browser.get(&path).await;
            let is_there = browser.status == 200 || browser.path == path;
            assert!(is_there, "{route} at {}: {}", browser.path, browser.text());
            lines.push(line(&app, &rosa, &route, &path).await);
        }
        lines.retain(|line| !line.is_empty());
        insta::assert_snapshot!("pages_of_forms", lines.join("\n"));
    }

    async fn a_page_that_answers_a_form_names_the_forms_page(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        let page = |browser: &crate::support::browser::Browser<'_>| browser.attribute("body", "data-page");
        assert_eq!(page(browser.get(&format!("/environments/{id}")).await), None);
        browser.submit("Reveal credentials", &[]).await;
        assert_eq!(page(&browser), Some(format!("/environments/{id}")));
        browser.get("/account").await.submit("Add this address", &[("email", "nobody")]).await;
        assert_eq!((browser.status, page(&browser)), (422, Some("/account".to_owned())));
    }

    async fn a_path_that_takes_no_form_is_still_not_there(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        for (path, cookie) in [("/nowhere", None), ("/nowhere", rosa.cookie.clone()),
            ("/environments/abc/edit", rosa.cookie.clone()), ("/static/nowhere", None), ("/sign-in/nowhere", None)]
        {
            let mut api = app.api();
            api.cookie = cookie;
            let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")];
            let answer = api.send(Method::Post, path, &headers, "csrf=x").await;
            assert_eq!(answer.status, 404, "{path}: {answer:?}");
        }
    }
}

/// Where a path that only takes forms leads; nothing for a page.
async fn line(app: &App, api: &Api<'_>, route: &str, path: &str) -> String {
    let mut sender = app.api();
    sender.cookie.clone_from(&api.cookie);
    let answer = sender.send(Method::Get, path, &[], "").await;
    let Some(page) = answer.header("Location") else { return String::new() };
    let count = page.split('/').filter(|segment| !segment.is_empty()).count();
    let begins = path.starts_with(page);
    if begins {
        format!("{route} → its first {count}")
    } else {
        format!("{route} → another page: …/{}", page.rsplit('/').next().unwrap_or_default())
    }
}

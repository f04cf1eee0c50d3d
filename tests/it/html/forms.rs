//! Every form of every page, submitted cross-site. The routes come from the server itself, so new forms are covered
//! too.

use rocket::http::Method;

use self::world::World;
use crate::support::api::{Answer, Api};
use crate::support::app::App;
use crate::support::on_both;

pub mod world;

/// A route that serves several kinds of place, or permissions and roles, once for each.
pub fn of_every_kind(route: &str) -> Vec<String> {
    if let Some(below) = route.strip_prefix("/orgs/<slug>/<kind>") {
        return ["permissions", "roles"].map(|kind| format!("/orgs/<slug>/{kind}{below}")).into();
    }
    let Some(below) = route.strip_prefix("/<kind>/<key>") else { return vec![route.to_owned()] };
    vec![format!("/environments/<id>{}", below.replacen("<id>", "<invitation>", 1)), format!("/orgs/<slug>{below}")]
}

/// All routes that take a form.
pub fn form_routes(app: &App) -> Vec<String> {
    let routes = app.client().rocket().routes().filter(|route| route.method == Method::Post);
    let mut routes: Vec<String> = routes.flat_map(|route| of_every_kind(&route.uri.to_string())).collect();
    routes.retain(|route| !route.starts_with("/api"));
    routes.sort();
    // What answers a form that its route does not take has the same path.
    routes.dedup();
    assert!(routes.len() > 20, "{routes:?}");
    routes
}

pub const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const OTHER_SITE: [(&str, &str); 3] =
    [("Origin", "https://evil.test"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")];

async fn post(app: &App, cookie: Option<&str>, path: &str, header: Option<(&str, &str)>, body: &str) -> Answer {
    let mut sender = app.api();
    sender.cookie = cookie.map(str::to_owned);
    let headers: Vec<(&str, &str)> = [FORM].into_iter().chain(header).collect();
    sender.send(Method::Post, path, &headers, body).await
}

/// Cookies and token from the sign-in page.
async fn page_of(app: &App, session: Option<&Api<'_>>) -> (String, String) {
    let mut browser = session.map_or_else(|| app.browser(), |api| app.browser_of(api));
    let token = browser.get("/sign-in").await.csrf().await;
    (browser.cookies(), token)
}

#[track_caller]
fn refused(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 403, "{what}: {answer:?}");
    assert!(answer.text.contains("This form"), "{what}: the page says why: {}", answer.text);
}

on_both! {
    async fn a_form_that_is_not_ours_does_nothing_for_whoever_is_signed_in(app: App) {
        let world = World::make(&app).await;
        let (cookies, token) = page_of(&app, Some(&world.owner)).await;
        let (_, of_another) = page_of(&app, Some(&world.member)).await;
        let (_, of_nobody) = page_of(&app, None).await;
        let before = world.shown().await;
        for route in form_routes(&app) {
            let path = world.path(&route).await;
            for wrong in [None, Some(""), Some("nonsense"), Some(of_another.as_str()), Some(of_nobody.as_str())] {
                let answer = post(&app, Some(&cookies), &path, None, &world.body(wrong)).await;
                refused(&answer, &format!("{route} with the token {wrong:?}"));
            }
            for from_elsewhere in OTHER_SITE {
                let answer = post(&app, Some(&cookies), &path, Some(from_elsewhere), &world.body(Some(&token))).await;
                refused(&answer, &format!("{route} with {from_elsewhere:?}"));
            }
            assert_eq!(world.shown().await, before, "{route} changed something");
        }
        // The rejected token is valid: only the origin was wrong.
        let answer = post(&app, Some(&cookies), "/account", None, &world.body(Some(&token))).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        assert_ne!(world.shown().await, before);
    }

    async fn a_form_that_is_not_ours_does_nothing_for_whoever_is_signed_out(app: App) {
        let world = World::make(&app).await;
        let (cookies, token) = page_of(&app, None).await;
        let (_, of_another) = page_of(&app, None).await;
        let (_, of_a_user) = page_of(&app, Some(&world.owner)).await;
        let before = world.shown().await;
        for route in form_routes(&app) {
            let path = world.path(&route).await;
            let for_everybody = post(&app, None, &path, None, &world.body(None)).await.status == 403;
            for wrong in [None, Some(""), Some("nonsense"), Some(of_another.as_str()), Some(of_a_user.as_str())] {
                for cookies in [Some(cookies.as_str()), None] {
                    let answer = post(&app, cookies, &path, None, &world.body(wrong)).await;
                    let what = format!("{route} with the token {wrong:?}");
                    if for_everybody {
                        refused(&answer, &what);
                    } else {
                        assert_eq!((answer.status, answer.header("Location")), (303, Some("/sign-in")), "{what}");
                    }
                }
            }
            for from_elsewhere in OTHER_SITE {
                let answer = post(&app, Some(&cookies), &path, Some(from_elsewhere), &world.body(Some(&token))).await;
                refused(&answer, &format!("{route} with {from_elsewhere:?}"));
            }
            if !for_everybody {
                let answer = post(&app, Some(&cookies), &path, None, &world.body(Some(&token))).await;
                assert_eq!((answer.status, answer.header("Location")), (303, Some("/sign-in")), "{route}");
            }
            assert_eq!(world.shown().await, before, "{route} changed something");
        }
        let in_vain = app.browser().sign_in("intruder@harbor.test").await.shows("The address or the password is wrong.");
        assert!(in_vain, "an account was made");
        // The rejected token is valid: only the origin was wrong.
        let answer = post(&app, Some(&cookies), "/sign-up", None, &world.body(Some(&token))).await;
        assert_eq!(answer.status, 303, "{answer:?}");
    }

    async fn a_form_from_this_host_is_taken(app: App) {
        let (cookies, token) = page_of(&app, None).await;
        for (number, header) in [("Origin", "http://127.0.0.1:8000"), ("Sec-Fetch-Site", "same-origin"),
            ("Sec-Fetch-Site", "none")].into_iter().enumerate()
        {
            let body = format!("csrf={token}&email=rosa{number}@harbor.test&password=correct+horse+1");
            let answer = post(&app, Some(&cookies), "/sign-up", Some(header), &body).await;
            assert_eq!(answer.status, 303, "{header:?}: {answer:?}");
        }
    }

    async fn a_form_may_have_64_kib_and_no_more(app: App) {
        let world = World::make(&app).await;
        let (cookies, token) = page_of(&app, Some(&world.owner)).await;
        let before = world.shown().await;
        for route in form_routes(&app) {
            let path = world.path(&route).await;
            let mut body = world.body(Some(&token));
            body.push_str("&padding=");
            body.push_str(&"x".repeat(64 * 1024 + 1 - body.len()));
            let answer = post(&app, Some(&cookies), &path, None, &body).await;
            assert_eq!(answer.status, 413, "{route}: {answer:?}");
            assert!(answer.text.contains("What was sent is too large."), "{route}: {}", answer.text);
        }
        assert_eq!(world.shown().await, before);
        let mut body = world.body(Some(&token));
        body.push_str("&padding=");
        body.push_str(&"x".repeat(64 * 1024 - body.len()));
        let answer = post(&app, Some(&cookies), "/account", None, &body).await;
        assert_eq!(answer.status, 303, "64 KiB are not too large: {answer:?}");
    }

    async fn a_token_is_another_text_on_every_page_and_works_from_each(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        for session in [Some(&rosa), None] {
            let mut browser = session.map_or_else(|| app.browser(), |api| app.browser_of(api));
            let mut tokens = Vec::new();
            for _ in 0..2 {
                tokens.push(browser.get(if session.is_some() { "/account" } else { "/sign-in" }).await.csrf().await);
            }
            // Constant text could be recovered from the length of compressed pages.
            let longest_common = (0..tokens[0].len()).flat_map(|from| (from + 1..=tokens[0].len()).map(move |to| from..to));
            let longest_common = longest_common.filter(|part| tokens[1].contains(&tokens[0][part.clone()])).map(|part| part.len());
            assert!(longest_common.max().unwrap_or_default() < 8, "{tokens:?}");
            let path = if session.is_some() { "/account" } else { "/sign-in" };
            let shortened: Vec<String> = [1, 16, tokens[0].len() - 1].map(|left| tokens[0][..left].to_owned()).into();
            let exchanged = format!("{}{}", &tokens[1][..16], &tokens[0][16..]);
            for wrong in shortened.iter().chain([&exchanged]) {
                let answer = post(&app, Some(&browser.cookies()), path, None, &format!("csrf={wrong}")).await;
                refused(&answer, &format!("{path} with {wrong} of {tokens:?}"));
            }
            for token in &tokens {
                let body = format!("csrf={token}&fullName=Rosa&email=nobody&password=x");
                let answer = post(&app, Some(&browser.cookies()), path, None, &body).await;
                assert!([303, 422].contains(&answer.status), "{path}: {answer:?}");
            }
        }
    }

    async fn a_token_ends_with_its_session(app: App) {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        let of_the_first = rosa.get("/account").await.csrf().await;
        rosa.submit("Sign out", &[]).await;
        rosa.sign_in("rosa@harbor.test").await;
        rosa.post("/account", &format!("csrf={of_the_first}&fullName=Somebody")).await;
        assert_eq!(rosa.status, 403);
        assert!(rosa.get("/account").await.attribute("#fullName", "value").is_some_and(|name| name != "Somebody"));
    }
}

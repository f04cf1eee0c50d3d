//! Common to all pages: headers, cookies, host names, errors.

use std::collections::BTreeSet;

use rocket::http::Method;
use scraper::{Html, Selector};

use crate::support::api::Answer;
use crate::support::app::{App, PASSWORD};
use crate::support::on_both;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
                   base-uri 'none'; frame-ancestors 'none'";

async fn ask(app: &App, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    app.api().send(method, path, headers, "").await
}

/// The pages of a signed-in user with an environment, an invitation and a mailed link.
async fn pages_of_rosa(app: &App) -> (String, Vec<String>) {
    let rosa = app.user("rosa@harbor.test").await;
    let id = rosa.environment("Harbor staging").await;
    app.browser().sign_up("tomas@harbor.test").await;
    let verify = app.mail_to("tomas@harbor.test").await.link();
    rosa.invite(id, "tomas@harbor.test", true).await;
    let invitation = app.mail_to("tomas@harbor.test").await.link();
    let of_environment = ["", "/edit", "/sharing", "/secrets", "/secrets/replace", "/activity", "/delete"];
    let mut paths: Vec<String> = of_environment.iter().map(|page| format!("/environments/{id}{page}")).collect();
    paths.extend(
        [
            "/",
            "/search?search=harbor",
            "/environments",
            "/environments/new",
            "/invitations",
            "/account",
            "/account/sessions",
            "/account/tokens",
            "/account/picture",
            "/account/picture/remove",
            "/sign-in",
            "/sign-up",
            "/password/forgot",
            "/nowhere",
            "/invitations/nonsense",
            "/password/reset/nonsense",
        ]
        .map(str::to_owned),
    );
    paths.extend([invitation, verify, format!("/setup/{}", app.setup_token().await)]);
    (rosa.cookie.unwrap(), paths)
}

#[track_caller]
fn has_headers(answer: &Answer, what: &str) {
    for (name, value) in [
        ("Content-Security-Policy", CSP),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name} of {what}");
    }
    assert_eq!(answer.header("Server"), None, "{what} tells what it runs on");
    if answer.header("Content-Type").is_some_and(|kind| kind.starts_with("text/html")) {
        assert_eq!(answer.header("Cross-Origin-Opener-Policy"), Some("same-origin"), "{what}");
        assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{what}");
    }
}

on_both! {
    async fn every_answer_has_its_headers(app: App) {
        let (cookie, paths) = pages_of_rosa(&app).await;
        for path in paths.iter().map(String::as_str) {
            for headers in [&[][..], &[("Cookie", cookie.as_str())]] {
                has_headers(&ask(&app, Method::Get, path, headers).await, path);
            }
        }
        for (method, path, status) in [
            (Method::Get, "/health/live", 200), (Method::Get, "/health/ready", 200),
            (Method::Get, "/static/usher.css", 200), (Method::Get, "/static/nothing.css", 404),
            (Method::Get, "/api/ping", 200), (Method::Get, "/api/users/me", 403), (Method::Get, "/api/nowhere", 404),
            (Method::Post, "/sign-in", 403), (Method::Delete, "/sign-in", 404), (Method::Options, "/", 404),
            (Method::Put, "/api/environments/invites/accept", 403), (Method::Get, "/account", 303),
        ] {
            let answer = ask(&app, method, path, &[]).await;
            assert_eq!(answer.status, status, "{method} {path}: {answer:?}");
            has_headers(&answer, path);
            assert_eq!(answer.header("Strict-Transport-Security"), None);
        }
    }

    async fn with_https_cookies_are_secure_and_bound_to_the_host(app: App, public_url = "https://usher.harbor.test") {
        let page = ask(&app, Method::Get, "/sign-up", &[]).await;
        assert_eq!(page.header("Strict-Transport-Security"), Some("max-age=31536000"));
        let cookie = page.header("Set-Cookie").unwrap();
        assert!(cookie.starts_with("__Host-usher_visitor=") && cookie.contains("; Secure"), "{cookie}");

        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        assert_eq!(rosa.path, "/", "{}", rosa.text());
        assert!(rosa.cookie("__Host-usher_session").is_some() && rosa.cookie("usher_session").is_none());
        let session = rosa.cookie("__Host-usher_session").unwrap().to_owned();
        for name in [
            "usher_session",
            "%5F%5FHost-usher_session",
            "__host-usher_session",
            "\u{2000}__Host-usher_session",
            "\u{85}__Host-usher_session",
        ] {
            let answer = ask(&app, Method::Get, "/account", &[("Cookie", &format!("{name}={session}"))]).await;
            assert_eq!(answer.status, 303, "{name} passes for the session's cookie");
        }
        let cookie = format!("__Host-usher_session={session}");
        assert_eq!(ask(&app, Method::Get, "/account", &[("Cookie", &cookie)]).await.status, 200);
    }

    async fn names_below_the_host_need_https_where_that_is_wanted(
        app: App, public_url = "https://usher.harbor.test", hsts_include_subdomains = true
    ) {
        let page = ask(&app, Method::Get, "/sign-up", &[]).await;
        assert_eq!(page.header("Strict-Transport-Security"), Some("max-age=31536000; includeSubDomains"));
    }

    async fn cookies_have_a_name_of_their_own(app: App, cookie_name = "harbor-2") {
        let mut rosa = app.browser();
        rosa.sign_up("rosa@harbor.test").await;
        assert_eq!(rosa.path, "/", "{}", rosa.text());
        let session = rosa.cookie("harbor-2_session").unwrap().to_owned();
        assert!(rosa.cookie("usher_session").is_none());
        // Beside those of another installation.
        for (cookies, status) in [
            (format!("usher_session=x; harbor-2_session={session}; harbor_session=x"), 200),
            (format!("usher_session={session}"), 303),
            (format!("harbor_session={session}"), 303),
            (format!("_session={session}"), 303),
        ] {
            let answer = ask(&app, Method::Get, "/account", &[("Cookie", &cookies)]).await;
            assert_eq!(answer.status, status, "{cookies}");
            assert!(answer.header("Set-Cookie").is_none_or(|cookie| cookie.starts_with("harbor-2_")), "{answer:?}");
        }
    }

    async fn cookies_are_for_this_host_and_no_script(app: App) {
        let mut rosa = app.browser();
        let mut seen = BTreeSet::new();
        rosa.get("/sign-up").await;
        let mut answers = vec![rosa.answer.take().unwrap()];
        rosa.submit("Sign up", &[("email", "rosa@harbor.test"), ("password", PASSWORD)]).await;
        answers.push(rosa.answer.take().unwrap());
        rosa.get("/account").await;
        let token = rosa.csrf().await;
        let body = format!("csrf={token}&fullName=Rosa+Marlow");
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", &rosa.cookies())];
        answers.push(app.api().send(Method::Post, "/account", &headers, &body).await);
        let headers = answers.iter().flat_map(|answer| &answer.headers);
        for (_, cookie) in headers.filter(|(name, _)| name.eq_ignore_ascii_case("Set-Cookie")) {
            let (name, rest) = cookie.split_once('=').unwrap();
            let attributes: Vec<&str> = rest.split("; ").skip(1).collect();
            for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(attributes.contains(&attribute), "{cookie}");
            }
            assert!(!attributes.iter().any(|attribute| attribute.starts_with("Domain")), "{cookie}");
            assert!(!attributes.contains(&"Secure"), "there is no https: {cookie}");
            if name == "usher_session" {
                assert!(attributes.contains(&"Max-Age=7200"), "{cookie}");
            }
            seen.insert(name.to_owned());
        }
        assert_eq!(seen, ["usher_notice", "usher_session", "usher_visitor"].map(str::to_owned).into());
    }

    async fn static_files_are_kept_for_good_under_their_fingerprint(app: App) {
        let page = ask(&app, Method::Get, "/", &[]).await;
        let html = Html::parse_document(&page.text);
        let linked = Selector::parse("link[href], script[src], img[src]").unwrap();
        let urls: BTreeSet<&str> =
            html.select(&linked).map(|element| element.attr("href").or(element.attr("src")).unwrap()).collect();
        assert_eq!(urls.len(), 3, "stylesheet, script and picture: {urls:?}");
        for url in urls {
            let file = ask(&app, Method::Get, url, &[]).await;
            assert_eq!((file.status, file.header("Cache-Control")), (200, Some("public, max-age=31536000, immutable")));
            let (name, fingerprint) = url.rsplit_once('-').unwrap();
            let plain = format!("{name}.{}", fingerprint.rsplit_once('.').unwrap().1);
            let same = ask(&app, Method::Get, &plain, &[]).await;
            assert_eq!((same.status, &same.text), (200, &file.text), "{plain}");
            assert_ne!(same.header("Cache-Control"), file.header("Cache-Control"));
            assert_eq!(same.header("Content-Type"), file.header("Content-Type"));
            assert_eq!(ask(&app, Method::Get, &format!("{name}-0000000000.css"), &[]).await.status, 404);
        }
        for outside in ["/static/../Cargo.toml", "/static/%2e%2e%2fCargo.toml", "/static/", "/static/.%2e/x"] {
            assert_eq!(ask(&app, Method::Get, outside, &[]).await.status, 404, "{outside}");
        }
    }

    async fn health_is_told_to_whoever_asks(app: App) {
        for path in ["/health/live", "/health/ready"] {
            let answer = ask(&app, Method::Get, path, &[("Host", "10.0.0.7:8000")]).await;
            assert_eq!((answer.status, answer.header("Set-Cookie")), (200, None), "{path}");
        }
    }

    async fn an_error_has_a_page_with_a_way_on(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut tomas = app.browser();
        tomas.sign_up("tomas@harbor.test").await;
        for (path, statuses, words) in [
            ("/nowhere".to_owned(), [404, 404], "There is no such page"),
            ("/environments/999".to_owned(), [404, 404], "There is no such page"),
            (format!("/environments/{id}"), [403, 404], "You have no right"),
            ("/%00".to_owned(), [404, 404], "There is no such page"),
        ] {
            tomas.get(&path).await;
            assert!(statuses.contains(&tomas.status), "{path}: {}", tomas.status);
            assert!(tomas.shows(words), "{path}: {}", tomas.text());
            assert_eq!(tomas.attribute("main a.button", "href").as_deref(), Some("/"), "{path}: no way on");
            let kind = tomas.header("Content-Type").unwrap().to_owned();
            assert!(kind.starts_with("text/html"), "{path}: {kind}");
            assert_eq!(tomas.select("h1").len(), 1);
        }
        tomas.post("/account", &"x".repeat(70_000)).await;
        assert!(tomas.status == 413 && tomas.shows("What was sent is too large."), "{}", tomas.text());
        tomas.post("/account", "fullName=Somebody").await;
        assert!(tomas.status == 403 && tomas.shows("Reload the page and try again."), "{}", tomas.text());
    }

    async fn a_loopback_installation_has_one_name(app: App) {
        for host in ["localhost:8000", "localhost", "[::1]:8000", "127.0.0.2:8000", "LOCALHOST:8000"] {
            let answer = ask(&app, Method::Get, "/sign-in?next=/account", &[("Host", host)]).await;
            let to = Some("http://127.0.0.1:8000/sign-in?next=/account");
            assert!([301, 302, 303, 307, 308].contains(&answer.status), "{host}: {answer:?}");
            assert_eq!(answer.header("Location"), to, "{host}");
            has_headers(&answer, host);
        }
        for host in ["127.0.0.1:8000", "127.0.0.1", "usher.harbor.test", "127.0.0.1.evil.test"] {
            let answer = ask(&app, Method::Get, "/sign-in", &[("Host", host)]).await;
            assert_eq!((answer.status, answer.header("Location")), (200, None), "{host}");
        }
        // API clients need no cookie: they get a response under every name.
        assert_eq!(ask(&app, Method::Get, "/api/ping", &[("Host", "localhost:8000")]).await.status, 200);
    }

    async fn no_link_is_built_from_the_host_that_was_asked_for(app: App) {
        let headers = [("Host", "evil.test"), ("X-Forwarded-Host", "evil.test"), ("X-Forwarded-Proto", "https")];
        let body = format!(r#"{{"email":"rosa@harbor.test","password":"{PASSWORD}","agreeToTerms":true}}"#);
        let headers: Vec<(&str, &str)> = [("Content-Type", "application/json")].into_iter().chain(headers).collect();
        assert_eq!(app.api().send(Method::Post, "/api/users/signup", &headers, &body).await.status, 200);
        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.link().starts_with("/verify/") && !mail.raw.contains("evil.test"), "{}", mail.raw);
    }

    async fn no_page_loads_or_posts_anything_elsewhere(app: App) {
        let (cookie, paths) = pages_of_rosa(&app).await;
        let elements = Selector::parse("[href], [src], [action], [srcset], [data], [poster]").unwrap();
        for path in paths {
            let page = ask(&app, Method::Get, &path, &[("Cookie", &cookie)]).await;
            let html = Html::parse_document(&page.text);
            for element in html.select(&elements) {
                for name in ["href", "src", "action", "srcset", "data", "poster"] {
                    let url = element.attr(name).unwrap_or("/");
                    let own = url.starts_with('/') && !url.starts_with("//");
                    assert!(own || url.starts_with('#') || url.starts_with("mailto:"), "{path}: {url}");
                }
            }
            let inline = Selector::parse("style, script:not([src]), [style], [onclick], [onload]").unwrap();
            assert_eq!(html.select(&inline).count(), 0, "{path}: the policy forbids what stands inline");
            let lang = html.root_element().attr("lang");
            assert_eq!(lang, Some("en"), "{path}");
        }
    }

    async fn a_slash_at_the_end_changes_nothing(app: App) {
        let (cookie, paths) = pages_of_rosa(&app).await;
        for path in paths.iter().filter(|path| *path != "/") {
            let with = ask(&app, Method::Get, &format!("{path}/"), &[("Cookie", &cookie)]).await;
            let without = ask(&app, Method::Get, path, &[("Cookie", &cookie)]).await;
            assert!(with.status == without.status || with.status == 308, "{path}/: {}", with.status);
        }
    }

    async fn head_answers_like_get_without_the_page(app: App) {
        let (cookie, paths) = pages_of_rosa(&app).await;
        for path in paths.iter().map(String::as_str).chain(["/static/usher.css", "/health/ready"]) {
            let get = ask(&app, Method::Get, path, &[("Cookie", &cookie)]).await;
            let head = ask(&app, Method::Head, path, &[("Cookie", &cookie)]).await;
            assert_eq!((head.status, head.text.as_str()), (get.status, ""), "{path}");
            assert_eq!(head.header("Content-Type"), get.header("Content-Type"), "{path}");
        }
    }
}

//! Text that nobody expects, in every path, query and field. The routes come from the server itself, so new ones are covered
//! too.

use rocket::http::Method;
use serde_json::{Value, json};

use super::forms::world::World;
use super::forms::{FORM, form_routes, of_every_kind};
use crate::support::api::{Answer, Api};
use crate::support::app::App;
use crate::support::on_both;

/// NUL, which PostgreSQL does not take; bytes that are not UTF-8; controls; quotes; far too much, of one word and of many.
fn hostile() -> Vec<String> {
    let short = ["%00", "a%00b", "%FF%FE", "%01%1B%0D%0A", "%27%22%3C%25_", "-1", "99999999999999999999"];
    short.map(str::to_owned).into_iter().chain(["a".repeat(60_000), "a+".repeat(30_000)]).collect()
}

/// All routes that read, with their queries.
fn readable(app: &App) -> Vec<String> {
    let routes = app.client().rocket().routes().filter(|route| route.method == Method::Get);
    let routes = routes.map(|route| route.uri.to_string().replace("<place_kind>", "<kind>"));
    let mut routes: Vec<String> = routes.flat_map(|route| of_every_kind(&route)).collect();
    routes.sort();
    routes.dedup();
    assert!(routes.len() > 60, "{routes:?}");
    routes
}

/// Requests that the server failed at.
#[derive(Default)]
struct Failed(Vec<String>);

impl Failed {
    fn note(&mut self, answer: &Answer, request: &str) {
        if answer.status >= 500 || answer.text.contains("\"code\":500") {
            self.0.push(request.chars().take(100).collect());
        }
    }
}

impl Drop for Failed {
    fn drop(&mut self) {
        assert!(self.0.is_empty() || std::thread::panicking(), "{:#?}", self.0);
    }
}

on_both! {
    async fn every_page_answers_to_whatever_stands_in_its_path_and_query(app: App) {
        let world = World::make(&app).await;
        let superuser = Api::superuser(&app, "rosa@harbor.test").await;
        let mut failed = Failed::default();
        for route in readable(&app).iter().filter(|route| !route.starts_with("/design")) {
            let (path, query) = route.split_once('?').unwrap_or((route, ""));
            for text in hostile() {
                let parts = path.split('/').map(|part| if part.starts_with('<') { &text } else { part });
                let evil = parts.collect::<Vec<_>>().join("/");
                failed.note(&superuser.get(&evil).await, &evil);
                if query.is_empty() {
                    continue;
                }
                let names = query.split('&').map(|name| name.trim_matches(['<', '>', '.']));
                let query: Vec<String> = names.map(|name| format!("{name}={text}")).collect();
                let path = format!("{}?{}", world.path(path).await, query.join("&"));
                for api in [&superuser, &world.owner] {
                    failed.note(&api.get(&path).await, &path);
                }
            }
        }
    }

    async fn every_form_answers_to_nul_in_any_field(app: App) {
        let world = World::make(&app).await;
        let mut routes = form_routes(&app);
        // First what leaves something for the others.
        routes.sort_by_key(|route| ENDING.iter().any(|end| route.ends_with(end)));
        let mut failed = Failed::default();
        for (route, path) in world.paths(routes).await {
            let mut browser = app.browser();
            browser.sign_in("olga@harbor.test").await;
            let token = browser.get("/account").await.csrf().await;
            let mut sender = app.api();
            sender.cookie = Some(browser.cookies());
            for field in World::fields() {
                let body = World::body_with_nul(&token, field);
                failed.note(&sender.send(Method::Post, &path, &[FORM], body).await, &format!("{route} {field}"));
            }
        }
    }

    async fn every_method_answers_to_controls_in_any_text(app: App) {
        let superuser = Api::superuser(&app, "rosa@harbor.test").await;
        let routes = app.client().rocket().routes().filter(|route| route.uri.path().starts_with("/api"));
        let routes: Vec<(Method, String)> = routes.map(|route| (route.method, route.uri.path().to_string())).collect();
        let mut failed = Failed::default();
        for text in ["\0", "a\0b", "a\u{1}\u{1b}\r\nb", "\u{202e}a\u{200b}", "\u{fffd}\u{10ffff}"] {
            let fields: Value = FIELDS.iter().map(|field| ((*field).to_owned(), json!(text))).collect();
            for (method, path) in &routes {
                let path = path.replace("<id>", "1");
                failed.note(&superuser.json(*method, &path, fields.clone()).await, &path);
                for field in FIELDS {
                    let answer = superuser.json(*method, &path, json!({ field: text })).await;
                    failed.note(&answer, &format!("{path} {field} {text:?}"));
                }
            }
        }
    }
}

/// Forms that end something.
const ENDING: [&str; 9] =
    ["/delete", "/leave", "/sign-out", "/remove", "/revoke", "/end", "/take-back", "/deactivate", "/decline"];

/// The text fields of both JSON APIs.
const FIELDS: [&str; 30] = [
    "email",
    "password",
    "user",
    "userKey",
    "username",
    "fullName",
    "token",
    "inviteCode",
    "resetToken",
    "newPassword",
    "name",
    "slug",
    "description",
    "scope",
    "orgId",
    "id",
    "userId",
    "cursor",
    "q",
    "roles",
    "permissions",
    "emails",
    "picture",
    "resourceId",
    "envName",
    "keysName",
    "userEmail",
    "host",
    "prefix",
    "channel",
];

//! Every form of every page, as another site would send it. The routes are taken from the server itself: a
//! form that is added later is tried here too.

use rocket::http::Method;
use serde_json::{Value, json};

use crate::support::api::{Answer, Api};
use crate::support::app::{App, PASSWORD};
use crate::support::on_both;

/// Fields that every one of the forms would take, were it sent from a page of ours.
const FIELDS: [(&str, &str); 26] = [
    ("email", "intruder@harbor.test"),
    ("password", PASSWORD),
    ("oldPassword", PASSWORD),
    ("newPassword", "another horse 2"),
    ("newPasswordAgain", "another horse 2"),
    ("fullName", "Evil Twin"),
    ("username", "eviltwin"),
    ("userEmail", "intruder@harbor.test"),
    ("isAdmin", "true"),
    ("envName", "Harbor stolen"),
    ("accessKey", "AKSTOLEN01"),
    ("secretKey", "stolen"),
    ("region", "eu-west-1"),
    ("keysName", "stolenKeys"),
    ("bucket", "stolen-bucket"),
    ("prefix", "stolen"),
    ("dbName", "stolen"),
    ("host", "stolen.harbor.test"),
    ("user", "stolen"),
    ("pass", "stolen"),
    ("instance", "stolen"),
    ("parameterGroup", "stolen"),
    ("next", "/"),
    ("tokenExpiresInSeconds", "60"),
    ("name", "Stolen"),
    ("expiresInSeconds", "604800"),
];

/// An installation with something in every place that a form could change.
struct World<'a> {
    app: &'a App,
    owner: Api<'a>,
    member: Api<'a>,
    /// A second session of the owner.
    second: String,
    environment: i64,
    membership: i64,
    invitation: i64,
    /// The one that waits for the owner.
    waiting: i64,
    invite_code: String,
    /// The owner's second address, which waits to be confirmed.
    address: String,
    /// The owner's access token.
    access_token: String,
    invitation_token: String,
    verification_token: String,
    reset_token: String,
    setup_token: String,
    org: Org,
}

/// An org of the owner, with something in every place.
struct Org {
    role: String,
    permission: String,
    invitation: String,
    /// The member's uid.
    member: String,
}

impl Org {
    async fn make(app: &App) -> Self {
        let owner = app.rpc_as("olga@harbor.test").await;
        let member = app.rpc_as("mara@harbor.test").await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let org = owner.call("org.create", json!({ "name": "Orbit Labs", "slug": "orbit" })).await.ok();
        let org = text(&org["org"]["id"]);
        let new = json!({ "name": "orbit.deploy", "scope": org });
        let permission = text(&owner.call("permission.create", new).await.ok()["permission"]["id"]);
        let new = json!({ "name": "operator", "scope": org, "permissions": permission });
        let role = text(&owner.call("role.create", new).await.ok()["role"]["id"]);
        let add = json!({ "orgId": org, "userId": member.id().await, "roles": role });
        owner.call("org.addMember", add).await.plain();
        owner.call("user.invite", json!({ "userKey": "ines@harbor.test", "orgId": org })).await.plain();
        let members_uid = member.id().await;
        for api in [owner, member] {
            api.call("session.destroy", json!({})).await.plain();
        }
        let mut browser = app.browser();
        browser.sign_in("olga@harbor.test").await;
        browser.get("/orgs/orbit/invitations").await;
        let action = browser.attribute("[formaction$='/revoke']", "formaction").unwrap();
        browser.submit("Sign out", &[]).await;
        Self { role, permission, invitation: action.rsplit('/').nth(1).unwrap().to_owned(), member: members_uid }
    }
}

impl<'a> World<'a> {
    async fn make(app: &'a App) -> Self {
        let owner = app.user("olga@harbor.test").await;
        let member = app.user("mara@harbor.test").await;
        let environment = owner.environment("Harbor staging").await;
        let membership = member.join(&owner, environment, "mara@harbor.test", false).await;
        let theirs = member.environment("Harbor of Mara").await;
        let waiting = member.invite(theirs, "olga@harbor.test", false).await;

        let mut second = app.browser();
        second.sign_in("olga@harbor.test").await;
        let mut browser = app.browser_of(&owner);
        browser.make_token("Backup").await;
        let revoke = browser.attribute("a[href$='/revoke']", "href").unwrap();
        browser.add_address("olga@quay.test").await;
        let remove = browser.attribute(".rows a[href$='/remove']", "href").unwrap();
        let org = Org::make(app).await;
        app.deliver().await;
        browser.get(&format!("/environments/{environment}/sharing")).await;
        browser.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let action = browser.attribute("[formaction$='/revoke']", "formaction").unwrap();
        let invitation_token = app.mail_to("nora@harbor.test").await.token();
        app.browser().sign_up("vera@harbor.test").await;
        let verification_token = app.mail_to("vera@harbor.test").await.token();
        app.browser().get("/password/forgot").await.submit("Send me a link", &[("email", "vera@harbor.test")]).await;
        Self {
            app,
            second: format!("usher_session={}", second.cookie("usher_session").unwrap()),
            environment,
            membership,
            invitation: action.rsplit('/').nth(1).unwrap().parse().unwrap(),
            waiting: waiting["id"].as_i64().unwrap(),
            invite_code: waiting["inviteCode"].as_str().unwrap().to_owned(),
            address: remove.rsplit('/').nth(1).unwrap().to_owned(),
            access_token: revoke.rsplit('/').nth(1).unwrap().to_owned(),
            invitation_token,
            verification_token,
            reset_token: app.mail_to("vera@harbor.test").await.token(),
            setup_token: app.setup_token().await,
            org,
            owner,
            member,
        }
    }

    /// A path that the route answers, with things that are there.
    async fn path(&self, route: &str) -> String {
        let mut path = Vec::new();
        for segment in route.split('/') {
            path.push(match segment {
                "<token>" if route.starts_with("/invitations/") => self.invitation_token.clone(),
                "<token>" if route.starts_with("/verify/") => self.verification_token.clone(),
                "<token>" if route.starts_with("/password/") => self.reset_token.clone(),
                "<token>" if route.starts_with("/setup/") => self.setup_token.clone(),
                "<id>" if route.starts_with("/environments/") => self.environment.to_string(),
                "<id>" if route.starts_with("/invitations/mine/") => self.waiting.to_string(),
                "<id>" if route.starts_with("/account/sessions/") => self.second_session().await,
                "<id>" if route.starts_with("/account/addresses/") => self.address.clone(),
                "<id>" if route.starts_with("/account/tokens/") => self.access_token.clone(),
                "<slug>" => "orbit".to_owned(),
                "<uid>" if route.starts_with("/users/") => self.org.member.clone(),
                "<right>" => "1".to_owned(),
                "<uid>" if route.contains("/roles/") => self.org.role.clone(),
                "<uid>" if route.contains("/permissions/") => self.org.permission.clone(),
                "<id>" if route.starts_with("/orgs/<slug>/invitations/") => self.org.invitation.clone(),
                "<id>" if route.starts_with("/orgs/<slug>/members/") => self.member.id.to_string(),
                "<member>" => self.membership.to_string(),
                "<invitation>" => self.invitation.to_string(),
                open if open.starts_with('<') => panic!("say with what {route} is to be tried"),
                word => word.to_owned(),
            });
        }
        path.join("/")
    }

    async fn second_session(&self) -> String {
        let mut browser = self.app.browser_of(&self.owner);
        browser.get("/account/sessions").await;
        let action = browser.attribute("tr:not(:has(.badge)) button", "formaction").unwrap();
        action.rsplit('/').nth(1).unwrap().to_owned()
    }

    /// Everything that a form could change, as it shows.
    async fn shown(&self) -> Vec<String> {
        let id = self.environment;
        let mut shown = Vec::new();
        let mut owner = self.app.browser_of(&self.owner);
        for path in ["/", "/environments", "/invitations", "/account", "/account/sessions", "/account/tokens"] {
            shown.push(owner.get(path).await.text());
        }
        for page in ["", "/edit", "/sharing", "/activity"] {
            shown.push(owner.get(&format!("/environments/{id}{page}")).await.text());
        }
        for page in ["", "/members", "/roles", "/invitations", "/activity"] {
            shown.push(owner.get(&format!("/orgs/orbit{page}")).await.text());
        }
        let mut member = self.app.browser_of(&self.member);
        for path in ["/environments", "/orgs"] {
            shown.push(member.get(path).await.text());
        }
        for path in [
            format!("/invitations/{}", self.invitation_token),
            format!("/verify/{}", self.verification_token),
            format!("/password/reset/{}", self.reset_token),
            format!("/setup/{}", self.setup_token),
        ] {
            let mut visitor = self.app.browser();
            visitor.get(&path).await;
            shown.push(format!("{} {}", visitor.status, visitor.text()));
        }
        let mut second = self.app.api();
        second.cookie = Some(self.second.clone());
        shown.push(second.get("/api/users/me").await.text);
        shown.extend(self.app.deliver().await.into_iter().map(|mail| mail.raw));
        shown
    }

    fn body(&self, token: Option<&str>) -> String {
        let member = self.member.id.to_string();
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(FIELDS).append_pair("userId", &member).append_pair("inviteCode", &self.invite_code);
        if let Some(token) = token {
            body.append_pair("csrf", token);
        }
        body.finish()
    }
}

/// A route that serves several kinds of place, or permissions and roles, as each of them has it.
fn of_every_kind(route: &str) -> Vec<String> {
    if let Some(below) = route.strip_prefix("/orgs/<slug>/<kind>") {
        return ["permissions", "roles"].map(|kind| format!("/orgs/<slug>/{kind}{below}")).into();
    }
    let Some(below) = route.strip_prefix("/<kind>/<key>") else { return vec![route.to_owned()] };
    vec![format!("/environments/<id>{}", below.replacen("<id>", "<invitation>", 1)), format!("/orgs/<slug>{below}")]
}

/// All routes that take a form.
fn form_routes(app: &App) -> Vec<String> {
    let routes = app.client().rocket().routes().filter(|route| route.method == Method::Post);
    let mut routes: Vec<String> = routes.flat_map(|route| of_every_kind(&route.uri.to_string())).collect();
    routes.retain(|route| !route.starts_with("/api"));
    routes.sort();
    assert!(routes.len() > 20, "{routes:?}");
    routes
}

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const OTHER_SITE: [(&str, &str); 3] =
    [("Origin", "https://evil.test"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")];

async fn post(app: &App, cookie: Option<&str>, path: &str, header: Option<(&str, &str)>, body: &str) -> Answer {
    let mut sender = app.api();
    sender.cookie = cookie.map(str::to_owned);
    let headers: Vec<(&str, &str)> = [FORM].into_iter().chain(header).collect();
    sender.send(Method::Post, path, &headers, body).await
}

/// Cookies and token of somebody who looks at the sign-in page.
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
        // The token that was refused for its origin is a good one.
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
        // The token that was refused for its origin is a good one.
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
            // What stays the same from page to page could be found out by the length of pages that are compressed.
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

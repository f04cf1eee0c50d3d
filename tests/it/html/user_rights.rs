//! Users' global rights: roles and permissions of no org, and superusers.

use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::{
    PERMISSION_ASSIGNMENT_WRITE, ROLE_ASSIGNMENT_WRITE, USER_READ, USER_WRITE, admin_role, system_permission,
};

async fn signed_in<'a>(app: &'a App, login: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.sign_in(login).await;
    assert_eq!(browser.path, "/", "{}", browser.text());
    browser
}

/// The option with this name in the form that assigns a right.
fn choice(browser: &Browser<'_>, name: &str) -> Option<String> {
    let position = browser.select("#right option").iter().position(|option| option == name)?;
    let page = scraper::Html::parse_document(&browser.body);
    let options = scraper::Selector::parse("#right option").unwrap();
    page.select(&options).nth(position)?.value().attr("value").map(str::to_owned)
}

/// Creates a global role by its page.
async fn make_role(browser: &mut Browser<'_>, name: &str, permissions: &[&str]) {
    browser.get("/roles/new").await;
    let values: Vec<String> = permissions.iter().map(|permission| browser.box_of(permission)).collect();
    let mut fields = vec![("name", name)];
    fields.extend(values.iter().map(|value| ("permissions", value.as_str())));
    browser.submit("Make the role", &fields).await;
    assert_eq!((browser.status, browser.path.as_str()), (200, "/roles"), "{}", browser.text());
}

on_both! {
    async fn a_role_is_given_and_taken_back(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let one = format!("/users/{id}");
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        make_role(&mut browser, "desk", &["yeep.user.read"]).await;
        assert!(browser.shows("desk yeep.user.read 0 people"), "{}", browser.text());
        let mut nadia = signed_in(&app, "nadia").await;

        browser.get(&one).await.submit("Give", &[]).await;
        assert_eq!((browser.status, browser.fault("right").as_str()), (422, "Choose a role or permission."));
        let desk = choice(&browser, "desk").unwrap();
        browser.submit("Give", &[("right", &desk)]).await;
        assert!(browser.path == one && browser.shows("desk Role"), "{}", browser.text());
        assert_eq!(nadia.get("/users").await.status, 200);
        assert_eq!(nadia.attribute("header a[href='/users']", "href").as_deref(), Some("/users"));
        browser.submit("Give", &[("right", &desk)]).await;
        assert_eq!((browser.status, browser.fault("right").as_str()), (422, "This person has it already."));
        browser.submit("Give", &[("right", &desk), ("resourceId", "x")]).await;
        assert_eq!(browser.status, 422);
        browser.submit("Give", &[("right", &desk), ("resourceId", "berth-7")]).await;
        assert!(browser.shows("desk , for berth-7 only"), "{}", browser.text());

        let take_back = browser.attribute("main a[href$='/take-back']", "href").unwrap();
        browser.get(&take_back).await;
        assert!(browser.shows("nadia of Orbit loses the role desk"), "{}", browser.text());
        assert_eq!(nadia.get("/users").await.status, 200, "GET revoked something");
        browser.submit("Take back", &[]).await;
        assert_eq!((&browser.path, browser.notice().as_str()), (&one, "Taken back. It counts from now on."));
        assert!(browser.shows("for berth-7 only"), "{}", browser.text());
        // What is left is limited to a resource: it opens no page.
        assert_eq!(nadia.get("/users").await.status, 403);
        assert_eq!(browser.get(&take_back).await.status, 404);
    }

    async fn a_role_is_described_in_the_words_of_who_made_it(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        browser.get("/roles/new").await;
        let read = browser.box_of("yeep.user.read");
        let fields = [("name", "yeep.user.write"), ("description", "For the desk"), ("permissions", read.as_str())];
        browser.submit("Make the role", &fields).await;
        assert_eq!((browser.status, browser.path.as_str()), (200, "/roles"), "{}", browser.text());
        browser.get(&format!("/users/{id}")).await;
        let role = choice(&browser, "yeep.user.write").filter(|choice| choice.starts_with("role:")).unwrap();
        browser.submit("Give", &[("right", &role)]).await;
        assert!(browser.shows("For the desk"), "{}", browser.text());
        assert!(!browser.shows("Invite, add and remove people"), "{}", browser.text());
    }

    async fn roles_are_changed_and_deleted(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        make_role(&mut browser, "desk", &["yeep.org.read"]).await;
        browser.get(&format!("/users/{id}")).await;
        let desk = choice(&browser, "desk").unwrap();
        browser.submit("Give", &[("right", &desk)]).await;
        let mut nadia = signed_in(&app, "nadia").await;
        assert_eq!(nadia.get("/users").await.status, 403);
        let uid = desk.strip_prefix("role:").unwrap();
        browser.get(&format!("/roles/{uid}")).await;
        let read = browser.box_of("yeep.user.read");
        browser.submit("Save", &[("name", "counter"), ("permissions", &read)]).await;
        assert!(browser.path == "/roles" && browser.shows("counter yeep.user.read 1 person"), "{}", browser.text());
        assert_eq!(nadia.get("/users").await.status, 200);
        browser.get("/roles/new").await.submit("Make the role", &[("name", "Counter"), ("permissions", &read)]).await;
        assert!(browser.status == 422 && browser.fault("name").contains("There is a role of this name"));
        browser.get(&format!("/roles/{uid}/delete")).await;
        assert_eq!(nadia.get("/users").await.status, 200, "GET deleted something");
        browser.submit("Delete", &[]).await;
        assert!(browser.path == "/roles" && !browser.shows("counter"), "{}", browser.text());
        assert_eq!(nadia.get("/users").await.status, 403);
        // The system role cannot be changed.
        let admin = admin_role();
        assert!(browser.shows("admin Built in"));
        for path in [format!("/roles/{admin}"), format!("/roles/{admin}/delete")] {
            assert_eq!(browser.get(&path).await.status, 403, "{path}");
            browser.get("/account").await.post_fields(&path, &[("name", "x1"), ("permissions", &read)]).await;
            assert_eq!(browser.status, 403, "{path}");
        }
    }

    async fn nobody_gives_what_they_do_not_have(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let walt = sofia.make_user("walt", &[]).await;
        for number in [USER_READ, PERMISSION_ASSIGNMENT_WRITE, ROLE_ASSIGNMENT_WRITE] {
            sofia.grant(&walt, None, number).await;
        }
        sofia.grant(&id, None, USER_WRITE).await;
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        make_role(&mut browser, "desk", &["yeep.user.read"]).await;
        make_role(&mut browser, "office", &["yeep.user.write"]).await;
        browser.get(&format!("/users/{id}")).await;
        let office = choice(&browser, "office").unwrap();
        let take_back = browser.attribute("main a[href$='/take-back']", "href").unwrap();

        let mut clerk = signed_in(&app, "walt").await;
        clerk.get(&format!("/users/{id}")).await;
        assert!(choice(&clerk, "desk").is_some() && choice(&clerk, "yeep.user.read").is_some());
        assert_eq!((choice(&clerk, "office"), choice(&clerk, "yeep.user.write"), choice(&clerk, "admin")), (None, None, None));
        let write = format!("permission:{}", system_permission(USER_WRITE));
        let admin = format!("role:{}", admin_role());
        for right in [&office, &write, &admin] {
            clerk.get("/account").await.post_fields(&format!("/users/{id}/rights"), &[("right", right)]).await;
            assert_eq!(clerk.status, 403, "{right}");
            clerk.get("/account").await.post_fields(&format!("/users/{walt}/rights"), &[("right", right)]).await;
            assert_eq!(clerk.status, 403, "{right}");
        }
        // Nobody may revoke what they could not assign.
        assert_eq!(clerk.get(&take_back).await.status, 403);
        clerk.get("/account").await.post_fields(&take_back, &[]).await;
        assert_eq!(clerk.status, 403);
        for path in [format!("/users/{walt}/superuser"), format!("/users/{id}/superuser/take-back")] {
            assert_eq!(clerk.get(&path).await.status, 403);
            clerk.get("/account").await.post_fields(&path, &[]).await;
            assert_eq!(clerk.status, 403, "{path}");
        }
    }

    async fn superusers_are_made_and_unmade(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let sofias = sofia.id().await;
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        let mut nadia = signed_in(&app, "nadia").await;
        // The last superuser stays, also when made so by a role.
        browser.get(&format!("/users/{sofias}/superuser/take-back")).await;
        assert!(browser.shows("You lose the right to do everything."), "{}", browser.text());
        browser.submit("Make a plain user", &[]).await;
        assert!(browser.status == 409 && browser.shows("The last superuser stays"), "{}", browser.text());

        browser.get(&format!("/users/{id}")).await;
        assert!(browser.select("main h2").contains(&"System-wide rights".to_owned()));
        browser.get(&format!("/users/{id}/superuser")).await;
        assert_eq!(nadia.get("/users").await.status, 403, "GET made a superuser");
        browser.submit("Make superuser", &[]).await;
        assert_eq!(browser.notice(), "Done. This person is a superuser now.");
        nadia.get(&format!("/users/{sofias}")).await;
        assert!(nadia.status == 200 && nadia.shows("Superuser"), "{}", nadia.text());
        nadia.get(&format!("/users/{sofias}/superuser/take-back")).await.submit("Make a plain user", &[]).await;
        assert!(nadia.shows("Taken back."), "{}", nadia.text());
        assert_eq!(browser.get("/users").await.status, 403);
        // Now she is the last one.
        nadia.get(&format!("/users/{id}/superuser/take-back")).await.submit("Make a plain user", &[]).await;
        assert_eq!(nadia.status, 409);
    }

    async fn the_last_superuser_stays_though_a_role_makes_them_one(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let sofias = sofia.id().await;
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        browser.get("/roles/new").await;
        let all = browser.select("#permissions .check label");
        assert_eq!(all.len(), 12);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        make_role(&mut browser, "everything", &all).await;
        browser.get(&format!("/users/{id}")).await;
        let everything = choice(&browser, "everything").unwrap();
        browser.submit("Give", &[("right", &everything)]).await;
        let mut nadia = signed_in(&app, "nadia").await;
        nadia.get(&format!("/users/{sofias}/superuser/take-back")).await.submit("Make a plain user", &[]).await;
        assert!(nadia.shows("Taken back."), "{}", nadia.text());
        let role = format!("/roles/{}", everything.strip_prefix("role:").unwrap());
        nadia.get(&format!("{role}/delete")).await.submit("Delete", &[]).await;
        assert!(nadia.status == 409 && nadia.shows("The last superuser stays"), "{}", nadia.text());
        nadia.get(&role).await;
        let read = nadia.box_of("yeep.user.read");
        nadia.submit("Save", &[("permissions", &read)]).await;
        assert!(nadia.status == 422 && nadia.shows("The last superuser stays."), "{}", nadia.text());
        nadia.get(&format!("/users/{id}")).await;
        let take_back = nadia.attribute("main a[href*='/rights/']", "href").unwrap();
        nadia.get(&take_back).await.submit("Take back", &[]).await;
        assert_eq!(nadia.status, 409);
        assert_eq!(nadia.get("/users").await.status, 200);
    }
}

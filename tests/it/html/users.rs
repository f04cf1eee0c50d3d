//! User administration: search, show, deactivate, activate, delete.

use std::time::Duration;

use serde_json::json;

use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::{USER_READ, USER_WRITE, org};

/// A browser signed in as a user.
async fn signed_in<'a>(app: &'a App, login: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.sign_in(login).await;
    assert_eq!(browser.path, "/", "{}", browser.text());
    browser
}

/// The names in the list of users.
fn names(browser: &Browser<'_>) -> Vec<String> {
    browser.select("tbody th a")
}

on_both! {
    async fn users_are_found_by_name_username_and_address(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let oleg = sofia.make_user("oleg", &[]).await;
        org(&app.rpc_as("nadia").await, "harbor").await;
        app.unverified_user("mara_k@harbor.test").await.environment("Harbor staging").await;
        sofia.call("user.deactivate", json!({ "id": oleg })).await.ok();

        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        assert_eq!(browser.attribute("header a[href='/users']", "href").as_deref(), Some("/users"));
        browser.get("/users").await;
        assert_eq!(names(&browser), ["Sofia", "nadia of Orbit", "oleg of Orbit", "mara_k"]);
        let rows = browser.select("tbody tr");
        assert!(rows[0].contains("You"), "{rows:?}");
        assert!(rows[1].contains("nadia@orbit.test") && rows[1].contains("0 environments and 1 org"), "{rows:?}");
        assert!(!rows[1].contains("not confirmed"), "{rows:?}");
        assert!(rows[2].contains("Deactivated"), "{rows:?}");
        assert!(rows[3].contains("not confirmed") && rows[3].contains("1 environment and 0 orgs"), "{rows:?}");
        for (query, found) in [
            ("search=NADIA", vec!["nadia of Orbit"]),
            ("search=orbit+OLEG", vec!["oleg of Orbit"]),
            ("search=n%C3%A0dia", vec!["nadia of Orbit"]),
            ("search=k%40harbor", vec!["mara_k"]),
            ("search=a_k", vec!["mara_k"]),
            ("state=deactivated", vec!["oleg of Orbit"]),
            ("state=active", vec!["Sofia", "nadia of Orbit", "mara_k"]),
            ("search=nadia&state=deactivated", vec![]),
        ] {
            browser.get(&format!("/users?{query}")).await;
            assert_eq!(names(&browser), found, "{query}");
        }
        assert!(browser.shows("Nobody was found."), "{}", browser.text());
    }

    async fn the_list_is_paged(app: App) {
        let sofia = app.superuser().await;
        for number in 0..51 {
            sofia.make_user(&format!("u{number:02}"), &[]).await;
        }
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        browser.get("/users?search=u+of+Orbit&state=active").await;
        assert_eq!(names(&browser).len(), 50);
        let next = browser.attribute("nav.pages a", "href").unwrap();
        browser.get(&next).await;
        assert_eq!(names(&browser), ["u50 of Orbit"], "{next}");
        assert!(browser.attribute("nav.pages a", "href").unwrap().contains("search=u+of+Orbit"));
    }

    async fn others_do_not_get_there(app: App) {
        let sofia = app.superuser().await;
        let nadia = sofia.make_user("nadia", &[]).await;
        let oleg = sofia.make_user("oleg", &[]).await;
        let mut browser = signed_in(&app, "nadia").await;
        assert_eq!(browser.attribute("header a[href='/users']", "href"), None);
        let one = format!("/users/{oleg}");
        let pages = ["/deactivate", "/delete", "/superuser", "/superuser/take-back", "/rights/1/take-back"];
        for path in ["/users".to_owned(), one.clone(), "/users/0".to_owned(), "/roles".to_owned(), "/roles/new".to_owned()]
            .into_iter()
            .chain(pages.iter().map(|page| format!("{one}{page}")))
        {
            browser.get(&path).await;
            assert!(matches!(browser.status, 403 | 404), "{path}: {}", browser.status);
        }
        let forms = ["/deactivate", "/activate", "/delete", "/superuser", "/superuser/take-back", "/rights",
            "/rights/1/take-back"];
        for form in forms {
            browser.get("/account").await.post_fields(&format!("{one}{form}"), &[("right", "role:1")]).await;
            assert!(matches!(browser.status, 403 | 404), "{form}: {}", browser.status);
        }
        browser.get("/account").await.post_fields("/roles/new", &[("name", "mine"), ("permissions", "1")]).await;
        assert_eq!(browser.status, 403);

        // With the right to read only.
        sofia.grant(&nadia, None, USER_READ).await;
        browser.get("/users").await;
        assert!(browser.status == 200 && names(&browser).len() == 3);
        browser.get(&one).await;
        assert_eq!((browser.status, browser.select("main a.button, main button")), (200, vec![]), "{}", browser.body);
        assert_eq!(browser.get(&format!("{one}/delete")).await.status, 403);
        assert!(app.rpc_as("oleg").await.id().await == oleg, "Oleg was changed");
        browser.get("/users/0123456789abcdef01234567").await;
        assert_eq!(browser.status, 404);
    }

    async fn a_user_is_shown_with_all_that_is_theirs(app: App) {
        let sofia = app.superuser().await;
        let owner = app.user("olga@harbor.test").await;
        owner.environment("Harbor staging").await;
        let olga = app.rpc_as("olga@harbor.test").await;
        let harbor = org(&olga, "harbor").await;
        let id = olga.id().await;
        let walt = sofia.make_user("walt", &[&harbor]).await;
        sofia.grant(&walt, Some(&harbor), USER_WRITE).await;
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        browser.get(&format!("/users/{id}")).await;
        for text in ["olga@harbor.test Primary Confirmed", "Org harbor Administrator", "Harbor staging Owner", "Active"] {
            assert!(browser.shows(text), "{text}: {}", browser.text());
        }
        browser.get(&format!("/users/{walt}")).await;
        assert!(browser.shows("walt@orbit.test") && browser.shows("Org harbor Member yeep.user.write"), "{}", browser.text());
        assert!(browser.shows("not since joining"), "{}", browser.text());
    }

    async fn it_is_known_when_somebody_was_last_here(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let mut nadia = signed_in(&app, "nadia").await;
        app.advance(Duration::from_mins(30));
        nadia.get("/account").await;
        // Recorded after the response.
        nadia.get("/account").await.submit("Sign out", &[]).await;
        app.advance(Duration::from_hours(3));
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        browser.get(&format!("/users/{id}")).await;
        assert!(browser.shows("Last seen 3 hours ago"), "{}", browser.text());
    }

    async fn deactivating_asks_first_and_signs_out(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let program = app.rpc_as("nadia").await;
        org(&program, "harbor").await;
        let mut nadia = signed_in(&app, "nadia").await;
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        browser.get(&format!("/users/{id}/deactivate")).await;
        assert!(browser.shows("is signed out everywhere at once") && browser.shows("Org harbor"), "{}", browser.text());
        assert_eq!(nadia.get("/account").await.path, "/account", "GET changed something");
        browser.submit("Deactivate", &[]).await;
        assert_eq!(browser.notice(), "Deactivated. This person is signed out everywhere and cannot sign in.");
        assert_eq!(browser.path, format!("/users/{id}"));
        assert!(nadia.get("/account").await.path.starts_with("/sign-in"));
        program.call("session.info", json!({})).await.masked();
        nadia.sign_in("nadia").await;
        assert!(nadia.shows("This account is deactivated."), "{}", nadia.text());
        assert!(browser.get("/users?state=deactivated").await.shows("nadia of Orbit"));

        browser.get(&format!("/users/{id}")).await.submit("Activate", &[]).await;
        assert_eq!(browser.notice(), "Activated. This person can sign in.");
        assert_eq!(nadia.sign_in("nadia").await.path, "/");
    }

    async fn deleting_asks_first_and_says_what_is_lost(app: App) {
        app.superuser().await;
        let owner = app.user("olga@harbor.test").await;
        let shared = owner.environment("Harbor staging").await;
        owner.environment("Harbor alone").await;
        let member = app.user("mara@harbor.test").await;
        member.join(&owner, shared, "mara@harbor.test", false).await;
        owner.invite(shared, "sofia@orbit.test", false).await;
        let olga = app.rpc_as("olga@harbor.test").await;
        let harbor = org(&olga, "harbor").await;
        let id = olga.id().await;
        let mara = app.rpc_as("mara@harbor.test").await.id().await;
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        let page = format!("/users/{id}/delete");
        browser.get(&page).await;
        assert!(browser.shows("This account cannot be deleted yet.") && browser.shows("Org harbor"), "{}", browser.text());
        assert_eq!(browser.attribute("main a[href='/orgs/harbor/members']", "href").as_deref(), Some("/orgs/harbor/members"));
        assert!(browser.buttons().is_empty(), "{:?}", browser.buttons());
        browser.get("/account").await.post_fields(&page, &[]).await;
        assert!(browser.status == 409 && browser.shows("Make somebody else an administrator first."), "{}", browser.text());

        // A deactivated administrator does not count.
        olga.call("org.addMember", json!({ "orgId": harbor, "userId": mara })).await.plain();
        browser.get(&format!("/orgs/harbor/members/{}", member.id)).await.submit("Save", &[("administrator", "true")]).await;
        browser.get(&format!("/users/{mara}/deactivate")).await.submit("Deactivate", &[]).await;
        assert!(browser.get(&page).await.shows("cannot be deleted yet"));
        browser.get(&format!("/users/{mara}")).await.submit("Activate", &[]).await;

        browser.get(&page).await;
        for text in [
            "the environment Harbor alone with its credentials",
            "Harbor staging goes to mara",
            "2 environments and 1 org",
            "1 open invitation, sent or received",
        ] {
            assert!(browser.shows(text), "{text}: {}", browser.text());
        }
        assert_eq!(olga.id().await, id, "GET deleted something");
        browser.submit("Delete", &[]).await;
        assert_eq!((browser.path.as_str(), browser.notice().as_str()), ("/users", "Deleted. The account is gone."));
        assert_eq!(browser.get(&format!("/users/{id}")).await.status, 404);
        olga.call("session.info", json!({})).await.masked();
        let mut mara = signed_in(&app, "mara@harbor.test").await;
        mara.get(&format!("/environments/{shared}")).await;
        assert!(mara.status == 200 && mara.shows("Owner"), "{}", mara.text());
    }

    async fn nobody_shuts_themselves_out_nor_the_last_superuser(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.id().await;
        let walt = sofia.make_user("walt", &[]).await;
        sofia.grant(&walt, None, USER_READ).await;
        sofia.grant(&walt, None, USER_WRITE).await;
        let mut browser = signed_in(&app, "sofia@orbit.test").await;
        browser.get(&format!("/users/{id}")).await;
        assert_eq!(browser.attribute("main a[href$='/deactivate'], main a[href$='/delete']", "href"), None);
        let mut writer = signed_in(&app, "walt").await;
        for action in ["deactivate", "delete"] {
            let path = format!("/users/{id}/{action}");
            assert_eq!(browser.get(&path).await.status, 409);
            browser.get("/account").await.post_fields(&path, &[]).await;
            assert!(browser.status == 409 && browser.shows("This is your own account"), "{}", browser.text());
            writer.get(&path).await.submit(if action == "delete" { "Delete" } else { "Deactivate" }, &[]).await;
            assert!(writer.status == 409 && writer.shows("Make somebody else a superuser first."), "{}", writer.text());
        }
        assert_eq!(sofia.id().await, id);

        // With a second active superuser, the first may go.
        browser.get(&format!("/users/{walt}/superuser")).await.submit("Make superuser", &[]).await;
        writer.get(&format!("/users/{id}/delete")).await.submit("Delete", &[]).await;
        assert!(writer.shows("The account is gone."), "{}", writer.text());
    }
}

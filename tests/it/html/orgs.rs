//! Org pages: create, define rights, invite several people at once, change rights.

use serde_json::json;

use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;

/// A browser signed in as a new user with a verified address.
pub async fn somebody<'a>(app: &'a App, address: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.sign_up(address).await;
    let mail = app.mail_to(address).await;
    browser.get(&mail.link()).await.submit("Confirm this address", &[]).await;
    browser
}

/// An org `harbor` with two permissions, and the role `runner` that contains them.
pub async fn harbor(rosa: &mut Browser<'_>) {
    rosa.get("/orgs/new").await;
    rosa.submit("Make the org", &[("name", "Harbor"), ("slug", "harbor")]).await;
    assert_eq!((rosa.status, rosa.path.as_str()), (200, "/orgs/harbor"), "{}", rosa.body);
    for (name, description) in [("berth.open", "Opens a berth"), ("berth.close", "Closes a berth")] {
        rosa.get("/orgs/harbor/permissions/new").await;
        rosa.submit("Make the permission", &[("name", name), ("description", description)]).await;
        assert_eq!(rosa.path, "/orgs/harbor/roles", "{}", rosa.body);
    }
    rosa.get("/orgs/harbor/roles/new").await;
    let (open, close) = (rosa.box_of("berth.open"), rosa.box_of("berth.close"));
    let fields = [("name", "runner"), ("permissions", open.as_str()), ("permissions", close.as_str())];
    rosa.submit("Make the role", &fields).await;
    assert!(rosa.shows("runner") && rosa.shows("0 people"), "{}", rosa.text());
}

/// Invites an address with a role; the invitee joins with a new account.
pub async fn join<'a>(app: &'a App, rosa: &mut Browser<'_>, address: &str, extra: &[(&str, &str)]) -> Browser<'a> {
    rosa.get("/orgs/harbor/invitations").await;
    let mut fields = vec![("userKey", address)];
    fields.extend(extra);
    rosa.submit("Invite", &fields).await;
    assert_eq!(rosa.status, 200, "{}", rosa.text());
    let mail = app.mail_to(address).await;
    let mut browser = app.browser();
    browser.get(&mail.link()).await.submit("Join", &[("password", PASSWORD)]).await;
    assert_eq!((browser.status, browser.path.as_str()), (200, "/orgs/harbor"), "{}", browser.body);
    app.deliver().await;
    browser
}

on_both! {
    async fn several_are_invited_at_once(app: App) {
        let mut tomas = somebody(&app, "tomas@harbor.test").await;
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;

        rosa.get("/orgs/harbor/invitations").await;
        let runner = rosa.box_of("runner");
        let keys = "tomas@harbor.test, nadia@harbor.test\noops@harbor\n";
        rosa.submit("Invite", &[("userKey", keys), ("roles", &runner)]).await;
        assert_eq!(rosa.status, 422);
        assert_eq!(rosa.select("textarea[name=userKey]"), ["oops@harbor"]);
        assert!(rosa.shows("oops@harbor: This is not an e-mail address"), "{}", rosa.text());
        assert!(rosa.shows("Invited: tomas@harbor.test, nadia@harbor.test."), "{}", rosa.text());
        assert!(rosa.attribute("input[name=roles][checked]", "value").is_some());

        let mails = app.deliver().await;
        let link = |to: &str| mails.iter().find(|mail| mail.to == to).unwrap().link();
        let mut nadia = app.browser();
        nadia.get(&link("nadia@harbor.test")).await;
        assert!(nadia.shows("Harbor") && nadia.shows("runner") && nadia.shows("rosa@harbor.test"), "{}", nadia.text());
        let given = [("username", "nadia"), ("fullName", "Nadia Quay"), ("password", PASSWORD)];
        nadia.submit("Join", &given).await;
        assert_eq!((nadia.status, nadia.path.as_str()), (200, "/orgs/harbor"), "{}", nadia.body);
        assert!(nadia.shows("runner") && nadia.shows("berth.open") && nadia.shows("berth.close"));
        nadia.get("/").await;
        assert!(nadia.shows("Harbor"));

        tomas.get(&link("tomas@harbor.test")).await.submit("Accept", &[]).await;
        assert_eq!((tomas.status, tomas.path.as_str()), (200, "/orgs/harbor"), "{}", tomas.body);

        rosa.get("/orgs/harbor/members").await;
        let row = rosa.select("tbody tr").into_iter().find(|row| row.contains("Nadia Quay")).unwrap();
        assert!(row.contains("runner") && row.contains("nadia@harbor.test"), "{row}");
        rosa.get("/orgs/harbor/members?search=NADIA").await;
        assert_eq!(rosa.select("tbody tr").len(), 1);
        rosa.get("/orgs/harbor/roles").await;
        assert!(rosa.shows("2 people"), "{}", rosa.text());
        rosa.get("/orgs/harbor/activity").await;
        assert!(rosa.shows("invited nadia@harbor.test with the role ‘runner’") && rosa.shows("made the role ‘runner’"));
        rosa.get("/orgs/harbor/invitations?state=accepted").await;
        assert_eq!(rosa.select("tbody tr").len(), 2, "{}", rosa.text());

        rosa.get("/orgs/harbor/invitations").await.submit("Invite", &[("userKey", "bo@harbor.test, ed@harbor.test")]).await;
        assert_eq!(rosa.notice(), "All invited. The mails are on their way.");
    }

    async fn whoever_has_a_role_is_listed_by_it(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        rosa.get("/orgs/harbor/invitations").await;
        let (runner, open) = (rosa.box_of("runner"), rosa.box_of("berth.open"));
        join(&app, &mut rosa, "nadia@harbor.test", &[("roles", &runner)]).await;
        join(&app, &mut rosa, "tomas@harbor.test", &[("permissions", &open)]).await;
        rosa.get("/orgs/harbor/roles").await;
        let listed = async |rosa: &mut Browser<'_>, path: &str| {
            rosa.get(path).await;
            rosa.select("tbody th .sub")
        };
        let links = ["roles", "permissions"].map(|list| {
            let link = rosa.attribute(&format!("section[aria-labelledby={list}] a[href*=having]"), "href");
            link.unwrap_or_else(|| panic!("no link to the members with one of the {list}: {}", rosa.body))
        });
        assert_eq!(listed(&mut rosa, &links[0]).await, ["nadia@harbor.test"]);
        assert!(rosa.shows("People who have runner"), "{}", rosa.text());
        assert_eq!(listed(&mut rosa, &links[1]).await, ["tomas@harbor.test"]);
        assert_eq!(listed(&mut rosa, &format!("{}&search=nadia", links[1])).await, [""; 0]);
        assert_eq!(listed(&mut rosa, "/orgs/harbor/members?having=nothing").await, [""; 0]);
    }

    async fn the_activity_is_searched_by_who_did_it_and_to_whom(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        join(&app, &mut rosa, "nadia@harbor.test", &[]).await;
        let told = async |rosa: &mut Browser<'_>, search: &str| {
            rosa.get(&format!("/orgs/harbor/activity?search={search}")).await;
            rosa.select("td[data-label=What]")
        };
        assert_eq!(told(&mut rosa, "NADIA").await, ["joined as a member, invited by rosa", "invited nadia@harbor.test as a member"]);
        assert_eq!(rosa.value("search"), "NADIA");
        assert!(told(&mut rosa, "").await.len() > 5);
        assert_eq!(told(&mut rosa, "%25").await, [""; 0]);
        assert!(rosa.shows("Nothing was found."), "{}", rosa.text());

        let program = app.api().log_in_again("rosa@harbor.test").await;
        let environment = program.environment("Harbor staging").await;
        program.invite(environment, "nadia@harbor.test", false).await;
        rosa.get(&format!("/environments/{environment}/activity?search=nadia")).await;
        assert_eq!(rosa.select("td[data-label=What]"), ["invited nadia@harbor.test as a member"]);
        rosa.get(&format!("/environments/{environment}/activity?search=nobody")).await;
        assert!(rosa.shows("Nothing was found."), "{}", rosa.text());
    }

    async fn a_mistake_keeps_the_form(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        rosa.get("/orgs/new").await;
        rosa.submit("Make the org", &[("name", "Harbor"), ("slug", "new")]).await;
        assert_eq!((rosa.status, rosa.attribute("#name", "value").as_deref()), (422, Some("Harbor")));
        harbor(&mut rosa).await;
        rosa.get("/orgs/new").await;
        rosa.submit("Make the org", &[("name", "Other"), ("slug", "Harbor")]).await;
        assert_eq!(rosa.status, 422);
        rosa.get("/orgs/harbor/roles/new").await;
        rosa.submit("Make the role", &[("name", "idle")]).await;
        assert!(rosa.status == 422 && rosa.shows("Choose at least one permission."), "{}", rosa.text());
        rosa.get("/orgs/harbor/invitations").await;
        rosa.submit("Invite", &[("userKey", "rosa@harbor.test\nnobody"), ("resourceId", "x")]).await;
        assert!(rosa.status == 422 && rosa.shows("Use a number, or 2 to 140 characters."), "{}", rosa.text());
        rosa.submit("Invite", &[("resourceId", "")]).await;
        assert!(rosa.status == 422 && rosa.shows("nobody: Nobody has this username."), "{}", rosa.text());
        assert!(rosa.shows("rosa@harbor.test: This is your own address."));
        assert_eq!(rosa.select("textarea[name=userKey]"), ["rosa@harbor.test\nnobody"]);
    }

    async fn at_most_a_hundred_are_invited_at_once(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        rosa.get("/orgs/harbor/invitations").await;
        let keys: Vec<String> = (0..101).map(|number| format!("nobody{number}")).collect();
        rosa.submit("Invite", &[("userKey", &keys.join("\n"))]).await;
        assert!(rosa.shows("nobody99: Nobody has this username."), "{}", rosa.text());
        assert!(rosa.shows("nobody100: More than 100 at once."), "{}", rosa.text());
    }

    async fn what_is_in_another_org_is_not_here(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        rosa.get("/orgs/harbor/invitations").await;
        let runner = rosa.box_of("runner");
        rosa.submit("Invite", &[("userKey", "bo@harbor.test"), ("roles", &runner)]).await;
        let pending = rosa.attribute("tbody a", "href").unwrap();
        let mut tomas = somebody(&app, "tomas@harbor.test").await;
        tomas.get("/orgs/new").await.submit("Make the org", &[("name", "Quay"), ("slug", "quay")]).await;
        let csrf = tomas.attribute("input[name=csrf]", "value").unwrap();
        let there = pending.replace("/orgs/harbor", "/orgs/quay");
        assert_eq!(tomas.get(&there).await.status, 404);
        for action in ["", "/resend", "/link", "/revoke"] {
            tomas.post(&format!("{there}{action}"), &format!("csrf={csrf}")).await;
            assert!(matches!(tomas.status, 403 | 404), "{action}: {}", tomas.status);
        }
        for path in [format!("/orgs/quay/roles/{runner}"), format!("/orgs/quay/roles/{runner}/delete")] {
            tomas.post(&path, &format!("csrf={csrf}&name=taken&permissions=0")).await;
            assert!(matches!(tomas.status, 403 | 404), "{path}: {}", tomas.status);
        }
        tomas.post("/orgs/quay/invitations", &format!("csrf={csrf}&userKey=bo%40harbor.test&roles={runner}")).await;
        assert!(matches!(tomas.status, 403 | 404), "{}", tomas.status);
        assert!(rosa.get("/orgs/harbor/invitations").await.shows("bo@harbor.test"));
    }

    async fn environments_use_the_same_pieces(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        let mut api = app.api();
        api.log_in("rosa@harbor.test").await;
        let base = format!("/environments/{}", api.environment("Harbor staging").await);
        rosa.get(&format!("{base}/sharing")).await.submit("Invite", &[("userEmail", "bo@harbor.test")]).await;
        assert!(rosa.shows("bo@harbor.test") && rosa.buttons().contains(&"Revoke".to_owned()), "{}", rosa.text());
        rosa.submit("Copy link", &[]).await;
        assert!(rosa.attribute("#link", "value").unwrap().contains("/invitations/"));
        rosa.get(&format!("{base}/activity")).await;
        assert!(rosa.shows("copied the link for bo@harbor.test"), "{}", rosa.text());
        rosa.get(&format!("{base}/delete")).await.submit("Delete", &[]).await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/environments"));
    }

    async fn roles_are_changed_and_deleted(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        rosa.get("/orgs/harbor/invitations").await;
        let runner = rosa.box_of("runner");
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[("roles", &runner)]).await;
        rosa.get(&format!("/orgs/harbor/roles/{runner}")).await;
        let open = rosa.box_of("berth.open");
        rosa.submit("Save", &[("name", "opener"), ("permissions", &open)]).await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/orgs/harbor/roles"), "{}", rosa.text());
        nadia.get("/orgs/harbor").await;
        assert!(nadia.shows("opener") && nadia.shows("berth.open") && !nadia.shows("berth.close"));
        rosa.get(&format!("/orgs/harbor/permissions/{open}/delete")).await.submit("Delete", &[]).await;
        nadia.get("/orgs/harbor").await;
        assert!(nadia.shows("opener") && !nadia.shows("berth.open"));
        rosa.get(&format!("/orgs/harbor/roles/{runner}/delete")).await.submit("Delete", &[]).await;
        assert!(rosa.shows("No roles yet"), "{}", rosa.text());
        assert_eq!(rosa.get(&format!("/orgs/harbor/roles/{runner}")).await.status, 404);
    }

    async fn making_orgs_can_be_closed(app: App, org_creation_open = false) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let mut nadia = app.browser();
        nadia.sign_in("nadia").await;
        for page in ["/", "/orgs"] {
            assert_eq!(nadia.get(page).await.attribute("a[href='/orgs/new']", "href"), None, "{page}");
        }
        nadia.get("/orgs/new").await;
        assert!(nadia.status == 403 && nadia.shows("Making orgs is closed"), "{}", nadia.text());
        let told = nadia.select("main").join(" ");
        for fields in [vec![("name", "Harbor"), ("slug", "harbor")], vec![]] {
            nadia.get("/account").await.post_fields("/orgs/new", &fields).await;
            assert_eq!((nadia.status, nadia.select("main").join(" ")), (403, told.clone()));
        }
        let body = json!({ "name": "Harbor", "slug": "harbor" });
        app.rpc_as("nadia").await.call("org.create", body).await.forbidden("nadia");
        let mut browser = app.browser();
        browser.sign_in("sofia@orbit.test").await;
        for page in ["/", "/orgs"] {
            assert!(browser.get(page).await.attribute("a[href='/orgs/new']", "href").is_some(), "{page}");
        }
        browser.get("/orgs/new").await.submit("Make the org", &[("name", "Harbor"), ("slug", "harbor")]).await;
        assert_eq!((browser.status, browser.path.as_str()), (200, "/orgs/harbor"), "{}", browser.text());
    }
}

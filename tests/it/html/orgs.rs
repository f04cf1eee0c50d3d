//! Orgs by their pages: make one, say what may be done in it, invite several people at once, change rights.

use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;

/// A browser signed in as a new user with a verified address.
async fn somebody<'a>(app: &'a App, address: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.sign_up(address).await;
    let mail = app.mail_to(address).await;
    browser.get(&mail.link()).await.submit("Confirm this address", &[]).await;
    browser
}

/// An org `harbor` with two permissions, and the role `runner` that holds them.
async fn harbor(rosa: &mut Browser<'_>) {
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

/// Invites one with a role; they join with a new account.
async fn join<'a>(app: &'a App, rosa: &mut Browser<'_>, address: &str, extra: &[(&str, &str)]) -> Browser<'a> {
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
            link.unwrap_or_else(|| panic!("no link to who has one of the {list}: {}", rosa.body))
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
        rosa.submit("Invite", &[("userKey", "rosa@harbor.test,nobody"), ("resourceId", "x")]).await;
        assert!(rosa.status == 422 && rosa.shows("Use a number, or 2 to 140 characters."), "{}", rosa.text());
        rosa.submit("Invite", &[("resourceId", "")]).await;
        assert!(rosa.status == 422 && rosa.shows("nobody: Nobody has this username."), "{}", rosa.text());
        assert!(rosa.shows("rosa@harbor.test: This is your own address."));
        assert_eq!(rosa.select("textarea[name=userKey]"), ["rosa@harbor.test\nnobody"]);
    }

    async fn a_member_without_rights_sees_no_buttons(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        let mut stranger = somebody(&app, "stranger@harbor.test").await;
        harbor(&mut rosa).await;
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[]).await;
        nadia.get("/orgs/harbor").await;
        assert_eq!(nadia.buttons(), ["Send the mail again"; 0]);
        assert_eq!(nadia.select("main a.button"), ["Leave"]);
        let csrf = nadia.attribute("input[name=csrf]", "value").unwrap();
        let strangers = stranger.get("/orgs").await.attribute("input[name=csrf]", "value").unwrap();
        let paths = [
            "/orgs/harbor",
            "/orgs/harbor/delete",
            "/orgs/harbor/invitations",
            "/orgs/harbor/roles/new",
            "/orgs/harbor/permissions/new",
            "/orgs/harbor/members/1",
            "/orgs/harbor/members/1/remove",
        ];
        for path in paths {
            nadia.post(path, &format!("csrf={csrf}&name=Other&userKey=x%40y.test&permissions=0")).await;
            assert_eq!(nadia.status, 403, "{path}");
            stranger.post(path, &format!("csrf={strangers}&name=Other&userKey=x%40y.test")).await;
            assert_eq!(stranger.status, 404, "{path}");
        }
        for page in ["members", "roles", "invitations", "activity", "delete"] {
            nadia.get(&format!("/orgs/harbor/{page}")).await;
            assert_eq!(nadia.status, 403, "{page}");
            stranger.get(&format!("/orgs/harbor/{page}")).await;
            assert_eq!(stranger.status, 404, "{page}");
        }
    }

    async fn rights_take_effect_at_once(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[]).await;
        rosa.get("/orgs/harbor/members?search=nadia").await;
        let one = rosa.attribute("tbody a", "href").unwrap();
        rosa.get(&one).await.submit("Save", &[("administrator", "true")]).await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/orgs/harbor/members"), "{}", rosa.text());
        nadia.get("/orgs/harbor").await;
        assert!(nadia.shows("Administrator") && nadia.shows("Members"));
        rosa.get(&one).await;
        let runner = rosa.box_of("runner");
        let body = format!("csrf={}&roles={runner}", rosa.attribute("input[name=csrf]", "value").unwrap());
        rosa.post(&one, &body).await;
        nadia.get("/orgs/harbor/members").await;
        assert_eq!(nadia.status, 403);
        nadia.get("/orgs/harbor").await;
        assert!(nadia.shows("runner"));

        rosa.get(&format!("{one}/remove")).await.submit("Remove", &[]).await;
        assert_eq!(rosa.select("tbody tr").len(), 1);
        nadia.get("/orgs/harbor").await;
        assert_eq!(nadia.status, 404);
    }

    async fn the_last_administrator_stays(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        rosa.get("/orgs/harbor/leave").await.submit("Leave", &[]).await;
        assert!(rosa.status == 409 && rosa.shows("The last administrator stays"), "{}", rosa.text());
        rosa.get("/orgs/harbor/members").await;
        let one = rosa.attribute("tbody a", "href").unwrap();
        rosa.get(&format!("{one}/remove")).await.submit("Remove", &[]).await;
        assert_eq!(rosa.status, 409);
        rosa.get(&one).await;
        let csrf = rosa.attribute("input[name=csrf]", "value").unwrap();
        rosa.post(&one, &format!("csrf={csrf}")).await;
        assert!(rosa.status == 422 && rosa.shows("The last administrator stays."), "{}", rosa.text());
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[("administrator", "true")]).await;
        rosa.get("/orgs/harbor/leave").await.submit("Leave", &[]).await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/orgs"));
        nadia.get("/orgs/harbor/delete").await;
        assert!(nadia.shows("1 membership") && nadia.shows("1 role"), "{}", nadia.text());
        nadia.submit("Delete", &[]).await;
        assert_eq!((nadia.status, nadia.path.as_str()), (200, "/orgs"));
        assert_eq!(nadia.get("/orgs/harbor").await.status, 404);
    }

    async fn nobody_offers_more_than_they_hold(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        rosa.get("/orgs/harbor/roles/new").await;
        let write = rosa.box_of("yeep.user.write");
        rosa.submit("Make the role", &[("name", "clerk"), ("permissions", &write)]).await;
        rosa.get("/orgs/harbor/invitations").await;
        let (clerk, runner) = (rosa.box_of("clerk"), rosa.box_of("runner"));
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[("roles", &clerk)]).await;
        // The newcomer's address is proved by the mail's link: she may invite, but hands out nothing.
        nadia.get("/orgs/harbor/invitations").await;
        assert_eq!(nadia.attribute("input[name=roles]", "value"), None);
        let csrf = nadia.attribute("input[name=csrf]", "value").unwrap();
        for offer in [format!("roles={runner}"), "administrator=true".to_owned()] {
            let body = format!("csrf={csrf}&userKey=bo%40harbor.test&{offer}");
            nadia.post("/orgs/harbor/invitations", &body).await;
            assert_eq!(nadia.status, 403, "{offer}");
        }
        nadia.get("/orgs/harbor/invitations").await.submit("Invite", &[("userKey", "bo@harbor.test")]).await;
        let mail = app.mail_to("bo@harbor.test").await;
        let pending = nadia.attribute("tbody a", "href").unwrap();
        nadia.post(&pending, &format!("csrf={csrf}&roles={runner}")).await;
        assert_eq!(nadia.status, 403);

        // Rosa may give more than Nadia could: from then on she answers for it.
        rosa.get(&pending).await.submit("Save", &[("roles", &runner), ("resourceId", "7")]).await;
        assert_eq!(rosa.status, 200, "{}", rosa.text());
        assert!(rosa.shows("runner , for 7 only"), "{}", rosa.text());
        let mut bo = app.browser();
        bo.get(&mail.link()).await;
        assert!(bo.shows("runner"), "{}", bo.text());
        bo.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!((bo.status, bo.path.as_str()), (200, "/orgs/harbor"), "{}", bo.text());
        assert!(bo.shows("runner , for 7 only") && bo.shows("berth.open , for 7 only"), "{}", bo.text());

        // What the checkboxes do not stand for stays, unless it is dropped by itself.
        rosa.get("/orgs/harbor/members?search=bo%40").await;
        let one = rosa.attribute("tbody a", "href").unwrap();
        rosa.get(&one).await.submit("Save", &[]).await;
        assert!(bo.get("/orgs/harbor").await.shows("runner , for 7 only"));
        rosa.get(&one).await;
        let shown = rosa.attribute("input[name=shown]", "value").unwrap();
        let csrf = rosa.attribute("input[name=csrf]", "value").unwrap();
        rosa.post(&one, &format!("csrf={csrf}&shown={shown}")).await;
        assert!(!bo.get("/orgs/harbor").await.shows("runner"));
    }

    async fn an_invitation_is_void_when_its_inviter_lost_the_right(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[("administrator", "true")]).await;
        nadia.get("/orgs/harbor/invitations").await.submit("Invite", &[("userKey", "bo@harbor.test")]).await;
        let mail = app.mail_to("bo@harbor.test").await;
        rosa.get("/orgs/harbor/members?search=nadia").await;
        let one = rosa.attribute("tbody a", "href").unwrap();
        let csrf = rosa.attribute("input[name=csrf]", "value").unwrap();
        rosa.post(&one, &format!("csrf={csrf}")).await;
        let mut bo = app.browser();
        bo.get(&mail.link()).await;
        assert!(bo.status == 410 && bo.shows("taken back"), "{}", bo.text());

        // Sent again by somebody who has the right, it works.
        rosa.get("/orgs/harbor/invitations").await.submit("Resend", &[]).await;
        let mail = app.mail_to("bo@harbor.test").await;
        rosa.submit("Copy link", &[]).await;
        assert!(rosa.attribute("#link", "value").unwrap().contains("/invitations/"));
        bo.get(&mail.link()).await.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!((bo.status, bo.path.as_str()), (200, "/orgs/harbor"), "{}", bo.text());
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
        for deed in ["", "/resend", "/link", "/revoke"] {
            tomas.post(&format!("{there}{deed}"), &format!("csrf={csrf}")).await;
            assert!(matches!(tomas.status, 403 | 404), "{deed}: {}", tomas.status);
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
}

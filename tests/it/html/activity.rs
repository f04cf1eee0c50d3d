//! Activity pages: sentences that name everybody, a filter, and a CSV file.

use crate::support::api::environment_body;
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;

/// A browser signed in as a new user with this name and a verified address.
async fn somebody<'a>(app: &'a App, address: &str, name: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.get("/sign-up").await;
    browser.submit("Sign up", &[("email", address), ("fullName", name), ("password", PASSWORD)]).await;
    let mail = app.mail_to(address).await;
    browser.get(&mail.link()).await.submit("Confirm this address", &[]).await;
    browser
}

/// A new environment; returns its path.
async fn environment(app: &App, address: &str, name: &str) -> String {
    let program = app.api().log_in_again(address).await;
    format!("/environments/{}", program.environment(name).await)
}

/// Actor and action, latest first.
async fn told(browser: &mut Browser<'_>, path: &str) -> Vec<String> {
    browser.get(path).await;
    assert_eq!(browser.status, 200, "{}", browser.body);
    let who = browser.select("td[data-label=Who]");
    who.iter().zip(browser.select("td[data-label=What]")).map(|(who, what)| format!("{who} {what}")).collect()
}

/// The rows of a CSV file with all cells quoted, after its BOM.
fn rows(csv: &str) -> Vec<Vec<String>> {
    assert!(csv.ends_with("\r\n"), "{csv}");
    let csv = csv.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("no BOM: {csv}"));
    let line = |line: &str| {
        let cells = line.strip_prefix('"').unwrap().strip_suffix('"').unwrap().split("\",\"");
        cells.map(|cell| cell.replace("\"\"", "\"")).collect()
    };
    csv.trim_end_matches("\r\n").split("\r\n").map(line).collect()
}

on_both! {
    async fn every_row_of_an_environment_names_who_and_what(app: App) {
        let mut tomas = somebody(&app, "tomas@harbor.test", "Özlem Vale").await;
        let mut rosa = somebody(&app, "rosa@harbor.test", "Rosa Marlow").await;
        let base = environment(&app, "rosa@harbor.test", "Harbor staging").await;
        let sharing = format!("{base}/sharing");
        for (address, right) in [("tomas@harbor.test", "true"), ("nadia@harbor.test", "")] {
            rosa.get(&sharing).await;
            rosa.submit("Invite", &[("userEmail", address), ("isAdmin", right)]).await;
            assert_eq!(rosa.status, 200, "{}", rosa.text());
        }
        let mails = app.deliver().await;
        let link = |to: &str| mails.iter().find(|mail| mail.to == to).unwrap().link();
        tomas.get(&link("tomas@harbor.test")).await.submit("Accept", &[]).await;
        app.browser().get(&link("nadia@harbor.test")).await.submit("Decline", &[]).await;
        tomas.get(&base).await.submit("Reveal credentials", &[]).await;
        rosa.demote_first(&sharing).await;
        assert_eq!(rosa.status, 200, "{}", rosa.text());
        rosa.get(&format!("{base}/edit")).await;
        rosa.submit("Save", &[("envName", "Harbor production"), ("pass", "another-secret-1")]).await;
        assert_eq!(rosa.status, 200, "{}", rosa.text());
        assert_eq!(
            told(&mut rosa, &format!("{base}/activity")).await,
            [
                "Rosa Marlow changed the credentials: database password",
                "Rosa Marlow renamed the environment from ‘Harbor staging’ to ‘Harbor production’",
                "Rosa Marlow made Özlem Vale a plain member",
                "Özlem Vale looked at the credentials",
                "nadia@harbor.test declined the invitation of Rosa Marlow",
                "Özlem Vale joined as an administrator, invited by Rosa Marlow",
                "Rosa Marlow invited nadia@harbor.test as a member",
                "Rosa Marlow invited tomas@harbor.test as an administrator",
                "Rosa Marlow made the environment ‘Harbor staging’",
            ]
        );
        assert!(!rosa.body.contains("another-secret-1"), "{}", rosa.body);
        assert_eq!(told(&mut rosa, &format!("{base}/activity?search=%C3%96zlem")).await.len(), 3);
        rosa.languages = Some("de");
        rosa.get(&format!("{base}/activity")).await;
        let shown = "hat die Umgebung von „Harbor staging“ in „Harbor production“ umbenannt";
        assert!(rosa.shows(shown) && rosa.shows("ist als Administrator beigetreten"), "{}", rosa.text());
    }

    async fn every_row_of_an_org_names_what_was_given_and_taken(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test", "Rosa Marlow").await;
        rosa.get("/orgs/new").await.submit("Make the org", &[("name", "Harbor"), ("slug", "harbor")]).await;
        for name in ["berth.open", "berth.close"] {
            rosa.get("/orgs/harbor/permissions/new").await.submit("Make the permission", &[("name", name)]).await;
        }
        rosa.get("/orgs/harbor/roles/new").await;
        let (open, close) = (rosa.box_of("berth.open"), rosa.box_of("berth.close"));
        rosa.submit("Make the role", &[("name", "runner"), ("permissions", &open)]).await;
        rosa.get("/orgs/harbor/invitations").await;
        let runner = rosa.box_of("runner");
        rosa.submit("Invite", &[("userKey", "nadia@harbor.test"), ("roles", &runner), ("resourceId", "berth-7")]).await;
        let link = app.mail_to("nadia@harbor.test").await.link();
        let mut nadia = app.browser();
        nadia.get(&link).await;
        let given = [("username", "nadia"), ("fullName", "Nadia Quay"), ("password", PASSWORD)];
        nadia.submit("Join", &given).await;

        rosa.get("/orgs/harbor/members").await;
        let members = rosa.attribute("tr:nth-child(2) .actions a", "href").unwrap();
        let narrowed = rosa.get(&members).await.attribute("input[name=shown]", "value").unwrap();
        let first = [("permissions", open.as_str()), ("administrator", "true"), ("shown", narrowed.as_str())];
        for fields in [&first[..], &[("roles", runner.as_str())]] {
            rosa.post_fields(&members, fields).await;
            assert_eq!(rosa.status, 200, "{}", rosa.text());
        }
        // No change, so no event.
        rosa.get(&members).await.submit("Save", &[]).await;
        rosa.get("/orgs/harbor/roles").await;
        let role = rosa.attribute("section[aria-labelledby=roles] .actions a", "href").unwrap();
        rosa.get(&role).await.submit("Save", &[("name", "pilot"), ("permissions", &close)]).await;
        assert_eq!(rosa.status, 200, "{}", rosa.text());
        for _ in 0..2 {
            rosa.get("/orgs/harbor").await.submit("Save", &[("name", "Harbour")]).await;
            assert_eq!(rosa.status, 200, "{}", rosa.text());
        }
        assert_eq!(
            told(&mut rosa, "/orgs/harbor/activity").await,
            [
                "Rosa Marlow renamed the org from ‘Harbor’ to ‘Harbour’",
                "Rosa Marlow changed the role ‘pilot’: it was called ‘runner’, now also allows ‘berth.close’ and no \
                 longer allows ‘berth.open’",
                "Rosa Marlow gave Nadia Quay the role ‘runner’, and took away the permission ‘berth.open’ and the \
                 rights of an administrator",
                "Rosa Marlow gave Nadia Quay the permission ‘berth.open’ and the rights of an administrator, and \
                 took away the role ‘runner’ for berth-7 only",
                "Nadia Quay joined with the role ‘runner’ for berth-7 only, invited by Rosa Marlow",
                "Rosa Marlow invited nadia@harbor.test with the role ‘runner’ for berth-7 only",
                "Rosa Marlow made the role ‘runner’, which allows ‘berth.open’",
                "Rosa Marlow made the permission ‘berth.close’",
                "Rosa Marlow made the permission ‘berth.open’",
                "Rosa Marlow made the org ‘Harbor’",
            ]
        );
        let roles = told(&mut rosa, "/orgs/harbor/activity?kind=roles").await;
        assert_eq!(
            roles,
            [
                "Rosa Marlow changed the role ‘pilot’: it was called ‘runner’, now also allows ‘berth.close’ and no \
                 longer allows ‘berth.open’",
                "Rosa Marlow made the role ‘runner’, which allows ‘berth.open’",
                "Rosa Marlow made the permission ‘berth.close’",
                "Rosa Marlow made the permission ‘berth.open’",
            ]
        );
        assert_eq!(told(&mut rosa, "/orgs/harbor/activity?kind=access&search=quay").await.len(), 3);
        assert_eq!(told(&mut rosa, "/orgs/harbor/activity?kind=settings").await.len(), 2);
        // A search finds grants and former names, not the syntax of the stored JSON.
        for (search, number) in [
            ("RUNNER", 6),
            ("BERTH-7", 3),
            ("berth.close", 2),
            ("harbor%E2%80%99", 0),
            ("Harbor", 3),
            ("name", 0),
            ("resource", 0),
        ] {
            let found = told(&mut rosa, &format!("/orgs/harbor/activity?search={search}")).await;
            assert_eq!(found.len(), number, "{search}: {found:?}");
        }
    }

    async fn former_names_are_found_as_they_were_written(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test", "Rosa Marlow").await;
        let name = "Ö \"Quay\" \\ 100%";
        rosa.get("/orgs/new").await.submit("Make the org", &[("name", name), ("slug", "harbor")]).await;
        for name in ["Harbor", "Berth"] {
            rosa.get("/orgs/harbor").await.submit("Save", &[("name", name)]).await;
        }
        let renamed = format!("Rosa Marlow renamed the org from ‘{name}’ to ‘Harbor’");
        let made = format!("Rosa Marlow made the org ‘{name}’");
        for search in ["%C3%96", "%22quay%22", "%22Quay%22", "%5C", "0%25"] {
            let path = format!("/orgs/harbor/activity?search={search}");
            assert_eq!(told(&mut rosa, &path).await, [renamed.as_str(), made.as_str()], "{search}");
        }
        assert_eq!(told(&mut rosa, "/orgs/harbor/activity?search=%22%22").await, [""; 0]);
    }

    async fn the_same_name_is_no_event(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test", "Rosa Marlow").await;
        let base = environment(&app, "rosa@harbor.test", "Harbor staging").await;
        let program = app.api().log_in_again("rosa@harbor.test").await;
        for _ in 0..2 {
            program.put(&format!("/api{base}"), environment_body("Harbor live")).await.ok();
        }
        let renamed = "Rosa Marlow renamed the environment from ‘Harbor staging’ to ‘Harbor live’";
        let made = "Rosa Marlow made the environment ‘Harbor staging’";
        assert_eq!(told(&mut rosa, &format!("{base}/activity")).await, [renamed, made]);
    }

    async fn a_name_keeps_its_direction_to_itself(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test", "Rosa Marlow").await;
        rosa.get("/orgs/new").await.submit("Make the org", &[("name", "Harbor"), ("slug", "harbor")]).await;
        rosa.get("/orgs/harbor").await.submit("Save", &[("name", "Quay \u{2069}\u{202e}1")]).await;
        rosa.get("/orgs/harbor/activity").await;
        let sentence = "renamed the org from ‘\u{2068}Harbor\u{2069}’ to ‘\u{2068}Quay 1\u{2069}’";
        assert!(rosa.body.contains(sentence), "{}", rosa.body);
        rosa.get("/orgs/harbor/activity.csv").await;
        let found = rows(&rosa.body);
        assert_eq!(found[1][2..4], ["renamed the org from ‘Harbor’ to ‘Quay 1’", "Quay 1"]);
    }

    async fn a_filter_holds_from_part_to_part(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test", "Rosa Marlow").await;
        let base = environment(&app, "rosa@harbor.test", "Harbor staging").await;
        for _ in 0..52 {
            rosa.post_fields(&format!("{base}/reveal"), &[]).await;
        }
        let path = format!("{base}/activity");
        let first = told(&mut rosa, &format!("{path}?kind=secrets&search=MARLOW")).await;
        assert!(first.len() == 50 && first.iter().all(|told| told == "Rosa Marlow looked at the credentials"));
        let chosen = rosa.attribute("#kind option[selected]", "value");
        assert_eq!((rosa.value("search").as_str(), chosen.as_deref()), ("MARLOW", Some("secrets")));
        let older = rosa.attribute(".pages a", "href").unwrap();
        assert_eq!(told(&mut rosa, &older).await, ["Rosa Marlow looked at the credentials"; 2]);
        assert_eq!(rosa.attribute("#kind option[selected]", "value").as_deref(), Some("secrets"));

        assert_eq!(told(&mut rosa, &format!("{path}?kind=access")).await, [""; 0]);
        assert!(rosa.shows("Nothing was found."), "{}", rosa.text());
        assert_eq!(rosa.attribute(".search a", "href").as_deref(), Some(path.as_str()));
        // An unknown topic matches everything, and the form shows no selection.
        assert_eq!(told(&mut rosa, &format!("{path}?kind=roles")).await.len(), 50);
        assert_eq!(rosa.attribute("#kind option[selected]", "value").as_deref(), Some(""));
    }

    async fn a_copy_holds_all_that_the_filter_finds(app: App) {
        somebody(&app, "nadia@harbor.test", "Nadia Quay").await;
        let mut rosa = somebody(&app, "rosa@harbor.test", "=HYPERLINK(\"http://quay.test\", \"Rosa\")").await;
        let base = environment(&app, "rosa@harbor.test", "Harbor staging").await;
        let program = app.api().log_in_again("rosa@harbor.test").await;
        let token = rosa.get(&base).await.csrf().await;
        for _ in 0..505 {
            rosa.post(&format!("{base}/reveal"), &format!("csrf={token}")).await;
        }
        let id = base.rsplit('/').next().unwrap().parse().unwrap();
        program.invite(id, "nadia@harbor.test", false).await;
        let before = told(&mut rosa, &format!("{base}/activity")).await;
        let copy = rosa.attribute("main a[href*='.csv']", "href").unwrap();
        rosa.get(&copy).await;
        assert_eq!(rosa.header("Content-Type"), Some("text/csv; charset=utf-8"));
        let disposition = "attachment; filename=\"activity-harbor-staging-2026-03-01.csv\"";
        assert_eq!(rosa.header("Content-Disposition"), Some(disposition));
        assert_eq!(rosa.header("Cache-Control"), Some("no-store"));
        let found = rows(&rosa.body);
        assert_eq!(found[0], ["When (UTC)", "Who", "What", "To whom or what", "Topic"]);
        assert_eq!(found.len(), 1 + 1 + 505 + 1);
        let name = "'=HYPERLINK(\"http://quay.test\", \"Rosa\")";
        let time = "2026-03-01T08:15:30.250Z";
        let invited = "invited nadia@harbor.test as a member";
        assert_eq!(found[1], [time, name, invited, "nadia@harbor.test", "Access"]);
        assert_eq!(found[506], [time, name, "looked at the credentials", "", "Credentials"]);
        assert_eq!(found[507][2], "made the environment ‘Harbor staging’");

        rosa.get(&format!("{base}/activity?kind=secrets&search=quay")).await;
        let copy = rosa.attribute("main a[href*='.csv']", "href").unwrap();
        assert_eq!(rows(&rosa.get(&copy).await.body).len(), 1 + 505);
        // Viewing the activity is not an event.
        assert_eq!(told(&mut rosa, &format!("{base}/activity")).await, before);
    }

    async fn a_copy_opens_in_columns_where_commas_are_decimal(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test", "Rosa;=1+1").await;
        let base = environment(&app, "rosa@harbor.test", "Harbor staging").await;
        let english = rosa.get(&format!("{base}/activity.csv")).await.body.clone();
        assert!(english.contains("\"Rosa;'=1+1\",\"made"), "{english}");
        rosa.languages = Some("de");
        let german = rosa.get(&format!("{base}/activity.csv")).await.body.clone();
        let head = german.lines().next().unwrap();
        assert_eq!(head.split("\";\"").count(), 5, "{head}");
        assert!(german.contains("\";\"Rosa;'=1+1\";\""), "{german}");
    }

    async fn a_copy_is_for_those_who_may_see_the_page(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test", "Rosa Marlow").await;
        rosa.get("/orgs/new").await.submit("Make the org", &[("name", "Harbor"), ("slug", "harbor")]).await;
        let base = environment(&app, "rosa@harbor.test", "Harbor staging").await;
        let id: i64 = base.rsplit('/').next().unwrap().parse().unwrap();
        let mut nadia = somebody(&app, "nadia@harbor.test", "Nadia Quay").await;
        let (environments, orgs) = (format!("{base}/activity"), "/orgs/harbor/activity".to_owned());
        for page in [&environments, &orgs] {
            let (page, copy) = (page.as_str(), format!("{page}.csv"));
            assert_eq!(rosa.get(&copy).await.status, 200);
            let of_page = nadia.get(page).await.status;
            assert_eq!(nadia.get(&copy).await.status, of_page);
            assert!(of_page == 403 || of_page == 404, "{of_page}");
            assert!(!nadia.body.contains("Rosa Marlow"), "{}", nadia.body);
            let mut nobody = app.browser();
            assert!(nobody.get(&copy).await.path.starts_with("/sign-in?next="), "{}", nobody.path);
        }
        let program = app.api().log_in_again("rosa@harbor.test").await;
        let member = app.api().log_in_again("nadia@harbor.test").await;
        member.join(&program, id, "nadia@harbor.test", false).await;
        assert_eq!(nadia.get(&format!("{environments}.csv")).await.status, 403);
    }
}

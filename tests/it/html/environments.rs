//! Environment pages: create, list, show, reveal, edit.

use crate::support::api::environment_body;
use crate::support::browser::Browser;
use crate::support::on_both;

pub const GOOD: [(&str, &str); 13] = [
    ("envName", "Harbor staging"),
    ("accessKey", "AKHARBOR01"),
    ("secretKey", "s3cr3t/harbor+1"),
    ("region", "eu-west-1"),
    ("keysName", "harborKeys"),
    ("bucket", "harbor-logs"),
    ("prefix", "logs/2026"),
    ("dbName", "tides"),
    ("host", "tides.db.harbor.test"),
    ("user", "reader"),
    ("pass", "salt water"),
    ("instance", "tides-1"),
    ("parameterGroup", "tides-params"),
];

/// Valid fields of the form, one of them replaced.
fn but<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    GOOD.iter().map(|(name, good)| (*name, if *name == field { value } else { *good })).collect()
}

/// The revealed access key, secret key, database user and password.
async fn revealed(browser: &mut Browser<'_>, id: i64) -> Vec<String> {
    browser.get(&format!("/environments/{id}")).await.submit("Reveal credentials", &[]).await;
    browser.select("dd code")
}

async fn changes_in_activity(browser: &mut Browser<'_>, id: i64) -> Vec<String> {
    browser.get(&format!("/environments/{id}/activity")).await.select("td[data-label=What]")
}

fn id_of(browser: &Browser<'_>) -> i64 {
    browser.path.rsplit('/').next().unwrap().parse().unwrap_or_else(|_| panic!("{}: {}", browser.path, browser.text()))
}

on_both! {
    async fn an_environment_is_made_and_shown_masked(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut browser = app.browser_of(&rosa);
        browser.get("/environments").await;
        assert!(browser.shows("No environments yet"), "{}", browser.text());
        browser.get("/environments/new").await.submit("Make the environment", &GOOD).await;
        let id = id_of(&browser);
        assert_eq!(browser.notice(), "Created.");
        for plain in ["eu-west-1", "harborKeys", "harbor-logs", "logs/2026", "tides", "tides.db.harbor.test", "tides-1",
            "tides-params", "rosa@harbor.test"]
        {
            assert!(browser.shows(plain), "{plain}: {}", browser.text());
        }
        for page in ["", "/edit", "/sharing", "/activity", "/delete"] {
            browser.get(&format!("/environments/{id}{page}")).await;
            for secret in ["AKHARBOR01", "s3cr3t/harbor+1", "\"reader\"", ">reader<", "salt water"] {
                assert!(!browser.body.contains(secret), "{secret} on the page {page:?}");
            }
        }
        browser.get("/environments").await;
        assert_eq!(browser.select("tbody th"), ["Harbor staging"]);
    }

    async fn revealing_is_a_post_and_is_noted(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        let mut browser = app.browser_of(&tomas);
        browser.get(&format!("/environments/{id}/reveal")).await;
        assert_eq!(browser.path, format!("/environments/{id}"), "a GET reveals nothing");
        assert!(browser.select("main code").is_empty(), "{}", browser.text());
        let mut owner = app.browser_of(&rosa);
        // Accepting over JSON returns the credentials at once.
        let before = changes_in_activity(&mut owner, id).await;
        assert_eq!(revealed(&mut browser, id).await, ["AKHARBOR01", "s3cr3t/harbor+1", "reader", "salt-water"]);
        assert_eq!(browser.header("Cache-Control"), Some("no-store"));
        let after = changes_in_activity(&mut owner, id).await;
        assert_eq!((after[0].as_str(), &after[1..]), ("looked at the credentials", before.as_slice()));
        assert_eq!(owner.select("td[data-label=Who]")[0], "tomas");
        assert!(app.browser_of(&tomas).get(&format!("/environments/{id}")).await.select("dd code").is_empty());
    }

    async fn every_fault_stands_beside_its_field(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        rosa.environment("Harbor of Rosa").await;
        let mut browser = app.browser_of(&rosa);
        let too_long = "x".repeat(1025);
        let name = "Use 4 to 25 letters, digits, spaces or the signs : _ -";
        let host = "Give a host name such as db.example.org.";
        let bucket = "Use 3 to 63 small letters, digits, dots or hyphens; begin and end with a letter or digit.";
        for (field, value, fault) in [
            ("envName", "", "Enter a name."), ("envName", "abc", name), ("envName", "Harbor & staging", name),
            ("envName", "harbor OF rosa", "There is an environment of this name. Choose another name."),
            ("accessKey", "", "Fill this in."), ("accessKey", "lower", "Use capital letters and digits only."),
            ("secretKey", "", "Fill this in."), ("secretKey", "a b", "Leave no space in it."),
            ("region", "Mars", "Give a region such as eu-west-1."), ("keysName", "abc", name),
            ("bucket", "No", bucket), ("bucket", "-harbor", bucket), ("prefix", &too_long, "Use at most 1024 characters."),
            ("dbName", "a-b", "Use 1 to 64 letters, digits or the signs $ _"),
            ("host", "-x", host), ("host", "a..b", host), ("host", "", "Fill this in."),
            ("user", "", "Fill this in."), ("pass", "", "Fill this in."), ("instance", "", "Fill this in."),
            ("pass", "a\nb", "Use at most 256 characters, on one line."), ("instance", "a\0b", "Use at most 256 characters."),
        ] {
            let fields = but(field, value);
            browser.get("/environments/new").await.submit("Make the environment", &fields).await;
            assert_eq!((browser.status, browser.fault(field).as_str()), (422, fault), "{field}: {value:?}");
            assert_eq!(browser.select(".field-fault").len(), 1, "{field}: {value:?}: {}", browser.text());
            assert_eq!(browser.attribute(".faults a", "href"), Some(format!("#{field}")));
            for (name, given) in fields {
                let kept = browser.value(name);
                match name {
                    "secretKey" | "pass" => assert_eq!(kept, "", "{name} comes back"),
                    _ if given.contains('\0') => {}
                    _ => assert_eq!(kept, given, "{name} is not kept"),
                }
            }
            assert!(!browser.body.contains("salt water") && !browser.body.contains("s3cr3t"), "a secret was filled in again");
        }
        browser.get("/environments/new").await.submit("Make the environment", &[]).await;
        assert_eq!(browser.select(".field-fault").len(), 10, "not all errors at once: {}", browser.text());
        assert_eq!(browser.get("/environments").await.select("tbody th"), ["Harbor of Rosa"], "something was created");
    }

    async fn the_list_is_paged(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut names = Vec::new();
        for number in 0..101 {
            names.push(format!("Harbor {number:03}"));
            rosa.environment(&names[number]).await;
        }
        app.user("tomas@harbor.test").await.environment("Of somebody else").await;
        let mut browser = app.browser_of(&rosa);
        browser.get("/environments").await;
        let mut seen = Vec::new();
        for rows in [50, 50, 1] {
            let page = browser.select("tbody th");
            assert_eq!(page.len(), rows);
            seen.extend(page);
            let more = browser.attribute("nav.pages a:last-child", "href").unwrap();
            browser.get(&more).await;
        }
        assert_eq!(browser.path, "/environments", "the last page leads back to the first");
        seen.sort();
        assert_eq!(seen, names);
        for odd in ["?after=0", "?after=-5", "?after=99999999999999999999", "?after=x", "?after=%00", "?after="] {
            assert_eq!(browser.get(&format!("/environments{odd}")).await.status, 200, "{odd}");
        }
    }

    async fn editing_keeps_the_secrets_that_are_left_empty(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        let edit = format!("/environments/{id}/edit");
        browser.get(&edit).await;
        assert_eq!((browser.value("envName").as_str(), browser.value("host").as_str()),
            ("Harbor staging", "tides.db.harbor.test"));
        for secret in ["accessKey", "secretKey", "user", "pass"] {
            assert_eq!(browser.value(secret), "", "{secret}");
        }
        browser.submit("Save", &[("envName", "Harbor live"), ("host", "live.harbor.test")]).await;
        assert!(browser.shows("Saved.") && browser.shows("Harbor live") && browser.shows("live.harbor.test"));
        let renamed = "renamed the environment from ‘Harbor staging’ to ‘Harbor live’";
        assert_eq!(changes_in_activity(&mut browser, id).await[..2], ["changed the environment", renamed]);
        assert_eq!(revealed(&mut browser, id).await, ["AKHARBOR01", "s3cr3t/harbor+1", "reader", "salt-water"]);

        for (field, name, value, expected) in [
            ("accessKey", "access key", "AKHARBOR02", ["AKHARBOR02", "s3cr3t/harbor+1", "reader", "salt-water"]),
            ("secretKey", "secret key", "s3cr3t/2", ["AKHARBOR02", "s3cr3t/2", "reader", "salt-water"]),
            ("user", "database user", "writer", ["AKHARBOR02", "s3cr3t/2", "writer", "salt-water"]),
            ("pass", "database password", " fresh & sweet ", ["AKHARBOR02", "s3cr3t/2", "writer", "fresh & sweet"]),
        ] {
            browser.get(&edit).await.submit("Save", &[(field, value)]).await;
            assert!(browser.shows("Saved."), "{}", browser.text());
            assert_eq!(changes_in_activity(&mut browser, id).await[0], format!("changed the credentials: {name}"));
            assert_eq!(revealed(&mut browser, id).await, expected);
        }
        assert!(browser.body.contains(">AKHARBOR02<"));

        browser.get(&edit).await.submit("Save", &[("region", "Mars"), ("secretKey", "s3cr3t/3"), ("bucket", "b")]).await;
        assert_eq!((browser.status, browser.select(".field-fault").len()), (422, 2));
        assert_eq!((browser.value("region").as_str(), browser.value("secretKey").as_str()), ("Mars", ""));
        assert_eq!(revealed(&mut browser, id).await[1], "s3cr3t/2");
    }

    async fn shared_keys_change_for_one_environment_alone(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let first = rosa.environment("Harbor one").await;
        let keys = rosa.get(&format!("/api/environments/{first}")).await.ok()["keysId"].clone();
        let mut body = environment_body("Harbor two");
        body["keysId"] = if keys.is_null() { rosa.get("/api/keys/").await.ok()[0]["id"].clone() } else { keys };
        let second = rosa.post("/api/environments", body).await.ok()["id"].as_i64().unwrap();
        let mut browser = app.browser_of(&rosa);
        browser.get(&format!("/environments/{second}/edit")).await.submit("Save", &[("accessKey", "AKCHANGED")]).await;
        assert!(browser.shows("Saved."), "{}", browser.text());
        assert_eq!(revealed(&mut browser, second).await[..2], ["AKCHANGED", "s3cr3t/harbor+1"]);
        assert_eq!(revealed(&mut browser, first).await[..2], ["AKHARBOR01", "s3cr3t/harbor+1"]);
        browser.get(&format!("/environments/{first}/edit")).await.submit("Save", &[("secretKey", "changed")]).await;
        assert_eq!(revealed(&mut browser, first).await[..2], ["AKHARBOR01", "changed"]);
        assert_eq!(revealed(&mut browser, second).await[..2], ["AKCHANGED", "s3cr3t/harbor+1"]);
    }

    async fn a_taken_name_is_refused_beside_the_field(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        app.user("tomas@harbor.test").await.environment("Harbor of Tomas").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        browser.get(&format!("/environments/{id}/edit")).await;
        browser.submit("Save", &[("envName", "HARBOR of tomas"), ("accessKey", "AKNEW")]).await;
        let fault = "There is an environment of this name. Choose another name.";
        assert_eq!((browser.status, browser.fault("envName").as_str()), (422, fault));
        assert_eq!(browser.value("envName"), "HARBOR of tomas");
        assert_eq!(revealed(&mut browser, id).await[0], "AKHARBOR01", "something was changed");
        browser.get(&format!("/environments/{id}/edit")).await.submit("Save", &[("envName", "HARBOR Staging")]).await;
        assert!(browser.shows("Saved."), "its own name in another case: {}", browser.text());
    }
}

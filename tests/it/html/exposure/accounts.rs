//! Deactivating and deleting whoever knows secrets of several environments, and the user's page.

use serde_json::json;

use super::{ALL, Harbor, known, people};
use crate::support::api::Api;
use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::{USER_READ, USER_WRITE};

/// A superuser, and somebody who is in several environments of somebody else.
struct Fleet<'a> {
    sofia: Browser<'a>,
    rosa: Api<'a>,
    tomas: Api<'a>,
    /// Tomas.
    uid: String,
    ids: Vec<i64>,
}

impl<'a> Fleet<'a> {
    async fn of(app: &'a App, names: &[&str]) -> Self {
        app.superuser().await;
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let mut ids = Vec::new();
        for name in names {
            let id = rosa.environment(name).await;
            tomas.join(&rosa, id, "tomas@harbor.test", false).await;
            ids.push(id);
        }
        app.deliver().await;
        let uid = app.rpc_as("tomas@harbor.test").await.id().await;
        let mut sofia = app.browser();
        sofia.sign_in("sofia@orbit.test").await;
        Self { sofia, rosa, tomas, uid, ids }
    }

    fn path(&self, page: &str) -> String {
        format!("/users/{}{page}", self.uid)
    }
}

/// The environments of a list.
fn named(browser: &Browser<'_>, list: &str) -> Vec<String> {
    browser.select(&format!("{list} ul > li > strong"))
}

const FIVE: [&str; 5] = ["Harbor east", "Harbor north", "Harbor old", "Harbor south", "Harbor west"];

on_both! {
    async fn deactivating_somebody_who_is_in_five_gives_one_list(app: App) {
        let mut fleet = Fleet::of(&app, &FIVE).await;
        fleet.sofia.get(&fleet.path("")).await;
        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=inside]"), FIVE);
        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=out]"), Vec::<String>::new());
        assert!(fleet.sofia.shows("Nothing to be changed."), "{}", fleet.sofia.text());

        fleet.sofia.get(&fleet.path("/deactivate")).await;
        assert!(fleet.sofia.shows("tomas knows these secrets in their present form:"), "{}", fleet.sofia.text());
        assert_eq!(named(&fleet.sofia, ".danger-zone"), FIVE);
        let what = fleet.sofia.select(".danger-zone li li");
        assert_eq!(what, vec![format!("{ALL}: seen by a program when joining just now"); 5]);
        fleet.sofia.submit("Deactivate", &[]).await;

        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=out]"), FIVE);
        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=inside]"), Vec::<String>::new());
        let rpc = app.rpc_as("sofia@orbit.test").await;
        let exposed = rpc.call("user.exposure", json!({ "id": fleet.uid })).await.ok();
        let environments: Vec<&str> =
            exposed["exposed"].as_array().unwrap().iter().map(|one| one["environment"]["name"].as_str().unwrap()).collect();
        assert_eq!(environments, FIVE.iter().flat_map(|name| [*name; 4]).collect::<Vec<_>>());
        let mut rosa = app.browser_of(&fleet.rosa);
        assert_eq!(rosa.get("/").await.select("section[aria-labelledby=exposed] a"), FIVE);

        // One of them is changed.
        let replace = format!("/environments/{}/secrets/replace", fleet.ids[2]);
        let secrets = [("accessKey", "AKHARBOR02"), ("secretKey", "n3w"), ("user", "writer"), ("pass", "sweet")];
        rosa.get(&replace).await.submit("Replace", &secrets).await;
        let rest = ["Harbor east", "Harbor north", "Harbor south", "Harbor west"];
        assert_eq!(rosa.get("/").await.select("section[aria-labelledby=exposed] a"), rest);
        fleet.sofia.get(&fleet.path("")).await;
        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=out]"), rest);
        fleet.sofia.submit("Activate", &[]).await;
        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=inside]"), rest);
    }

    async fn what_is_seen_before_a_later_deactivation_is_listed_after_it(app: App) {
        let mut fleet = Fleet::of(&app, &FIVE[..1]).await;
        let rpc = app.rpc_as("sofia@orbit.test").await;
        let later = json!({ "id": fleet.uid, "deactivateAfterSeconds": 60 });
        rpc.call("user.deactivate", later).await.ok();
        // Both are seen once more, and one of them is new.
        let id = fleet.ids[0];
        fleet.rosa.put(&format!("/api/environments/{id}/credentials"), json!({ "pass": "sweet" })).await.ok();
        fleet.tomas.get(&format!("/api/environments/{id}")).await.ok();
        fleet.sofia.get(&fleet.path("")).await;
        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=out]"), Vec::<String>::new());

        app.advance(std::time::Duration::from_mins(1));
        fleet.sofia.get(&fleet.path("")).await;
        let out = fleet.sofia.select("section[aria-labelledby=out] li li");
        assert_eq!(out.iter().map(|line| line.split(':').next().unwrap()).collect::<Vec<_>>(), [
            "access key and secret key",
            "database user and database password",
        ]);
        let exposure = fleet.rosa.get(&format!("/api/environments/{id}/exposure")).await.ok();
        assert_eq!(exposure["exposed"].as_array().unwrap().len(), 4, "{exposure}");
    }

    async fn who_has_seen_nothing_is_said_to_know_nothing(app: App) {
        let mut fleet = Fleet::of(&app, &[]).await;
        for page in ["/deactivate", "/delete"] {
            fleet.sofia.get(&fleet.path(page)).await;
            assert!(fleet.sofia.shows("tomas has seen none of the present secrets."), "{}", fleet.sofia.text());
        }
    }

    async fn the_lists_of_a_user_go_on_after_an_environment(app: App) {
        let mut fleet = Fleet::of(&app, &FIVE[..2]).await;
        fleet.sofia.get(&fleet.path("?inside=9223372036854775807&out=0&orgs=7")).await;
        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=inside]"), Vec::<String>::new());
        let first = fleet.sofia.attribute("section[aria-labelledby=inside] nav.pages a", "href");
        assert_eq!(first, Some(fleet.path("?orgs=7&out=0")));
        let first = fleet.sofia.attribute("section[aria-labelledby=orgs] nav.pages a", "href");
        assert_eq!(first, Some(fleet.path("?out=0&inside=9223372036854775807")));
    }

    async fn who_may_not_know_the_environments_gets_their_number(app: App) {
        let mut fleet = Fleet::of(&app, &FIVE).await;
        let sofia = app.rpc_as("sofia@orbit.test").await;
        let nadia = sofia.make_user("nadia", &[]).await;
        for right in [USER_READ, USER_WRITE] {
            sofia.grant(&nadia, None, right).await;
        }
        let mut browser = app.browser();
        browser.sign_in("nadia").await;
        for page in ["/deactivate", "/delete"] {
            browser.get(&fleet.path(page)).await;
            let said = "tomas knows 20 secrets in 5 environments in their present form.";
            assert!(browser.shows(said), "{}", browser.text());
            assert!(!browser.shows("Harbor"), "{}", browser.text());
        }
        browser.get(&fleet.path("")).await;
        assert!(!browser.shows("to be changed") && !browser.shows("Known with access"), "{}", browser.text());
        assert!(fleet.sofia.get(&fleet.path("")).await.shows("Known with access"));
    }

    async fn more_than_twenty_are_counted(app: App) {
        let names: Vec<String> = (10..32).map(|number| format!("Harbor {number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut fleet = Fleet::of(&app, &names).await;
        for page in ["/deactivate", "/delete"] {
            fleet.sofia.get(&fleet.path(page)).await;
            assert_eq!(named(&fleet.sofia, ".danger-zone"), names[..20]);
            assert!(fleet.sofia.shows("And secrets of 2 more environments."), "{}", fleet.sofia.text());
        }

        // The start page says that there are more.
        fleet.sofia.submit("Delete", &[]).await;
        let mut rosa = app.browser_of(&fleet.rosa);
        let more = "There are more. They appear here as these are changed.";
        for (ended, left, says_more) in [(0, 20, true), (1, 20, true), (2, 20, false), (3, 19, false)] {
            if let Some(last) = fleet.ids.len().checked_sub(ended).filter(|_| ended > 0) {
                fleet.rosa.delete(&format!("/api/environments/{}", fleet.ids[last])).await.ok();
            }
            rosa.get("/").await;
            assert_eq!(rosa.select("section[aria-labelledby=exposed] a").len(), left);
            assert_eq!(rosa.shows(more), says_more, "{}", rosa.text());
        }
    }

    async fn what_is_known_without_access_counts_before_an_account_ends(app: App) {
        let mut fleet = Fleet::of(&app, &FIVE[..2]).await;
        let mut tomas = app.browser_of(&fleet.tomas);
        tomas.get(&format!("/environments/{}/leave", fleet.ids[0])).await.submit("Leave", &[]).await;
        fleet.sofia.get(&fleet.path("")).await;
        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=out]"), FIVE[..1]);
        assert_eq!(named(&fleet.sofia, "section[aria-labelledby=inside]"), FIVE[1..2]);
        fleet.sofia.get(&fleet.path("/delete")).await;
        assert_eq!(named(&fleet.sofia, ".danger-zone"), FIVE[..2]);
    }

    async fn a_deleted_account_keeps_its_name_on_the_list(app: App) {
        app.superuser().await;
        let mut harbor = Harbor::of(&app).await;
        harbor.tomas_looks().await;
        let uid = app.rpc_as("tomas@harbor.test").await.id().await;
        let mut sofia = app.browser();
        sofia.sign_in("sofia@orbit.test").await;
        sofia.get(&format!("/users/{uid}/delete")).await;
        assert!(sofia.shows("tomas knows these secrets in their present form: Harbor staging"), "{}", sofia.text());
        sofia.submit("Delete", &[]).await;
        assert_eq!(sofia.notice(), "Deleted. The account is gone.");
        harbor.page("/secrets").await;
        assert_eq!(people(&harbor.rosa, "out"), [known("tomas", &format!("{ALL}: seen on a page just now"))]);
        assert!(harbor.rosa.shows("account deleted"), "{}", harbor.rosa.text());
        assert!(harbor.page("").await.shows("4 secrets are known to people who are out: tomas."));
        let tomas = harbor.tomas_api.id;
        harbor.page(&format!("/secrets/dismiss?person={tomas}")).await;
        harbor.rosa.submit("Does not matter", &[("reason", "Never used")]).await;
        assert_eq!(harbor.out().await, []);
    }
}

//! Who knows which secrets: on the pages that ask before access ends, afterwards, and until they are changed.

mod accounts;
mod dismissed;
mod replaced;

use std::time::Duration;

use serde_json::json;

use crate::support::api::{Answer, Api};
use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::sharing::Sharing;

const HOUR: Duration = Duration::from_hours(1);
const ALL: &str = "access key, secret key, database user and database password";

/// An environment of Rosa's with a member who has seen nothing yet.
struct Harbor<'a> {
    id: i64,
    rosa: Browser<'a>,
    rosa_api: Api<'a>,
    tomas: Browser<'a>,
    tomas_api: Api<'a>,
    tomas_membership: i64,
}

impl<'a> Harbor<'a> {
    async fn of(app: &'a App) -> Self {
        Self::with(app, false).await
    }

    async fn with(app: &'a App, is_admin: bool) -> Self {
        let mut rosa = Sharing::by_verified(app, "rosa@harbor.test").await;
        let tomas_api = app.user("tomas@harbor.test").await;
        let mut tomas = app.browser_of(&tomas_api);
        let invited = rosa.api.invite(rosa.environment, "tomas@harbor.test", is_admin).await;
        let link = app.mail_to("tomas@harbor.test").await.link();
        tomas.get(&link).await.submit("Accept", &[]).await;
        assert_eq!(tomas.status, 200, "{}", tomas.text());
        rosa.page().await;
        Self {
            id: rosa.environment,
            rosa: rosa.browser,
            rosa_api: rosa.api,
            tomas,
            tomas_api,
            tomas_membership: invited["id"].as_i64().unwrap(),
        }
    }

    fn path(&self, page: &str) -> String {
        format!("/environments/{}{page}", self.id)
    }

    fn member(&self, page: &str) -> String {
        self.path(&format!("/members/{}/{page}", self.tomas_membership))
    }

    /// A page, as Rosa gets it.
    async fn page(&mut self, page: &str) -> &mut Browser<'a> {
        let path = self.path(page);
        self.rosa.get(&path).await;
        assert_eq!(self.rosa.status, 200, "{}", self.rosa.text());
        &mut self.rosa
    }

    async fn tomas_looks(&mut self) {
        let path = self.path("");
        self.tomas.get(&path).await.submit("Reveal credentials", &[]).await;
        assert_eq!(self.tomas.select("dd code").len(), 4, "{}", self.tomas.text());
    }

    /// Removes Tomas by the page.
    async fn remove_tomas(&mut self) {
        let path = self.member("remove");
        self.rosa.get(&path).await.submit("Remove", &[]).await;
        assert_eq!(self.rosa.notice(), "Removed. This person has no access any more.");
    }

    /// Replaces secrets by the page.
    async fn replace(&mut self, secrets: &[(&str, &str)]) -> String {
        self.page("/secrets/replace").await.submit("Replace", secrets).await;
        self.rosa.notice()
    }

    /// People without access, with what they know, as the page has it.
    async fn out(&mut self) -> Vec<(String, String)> {
        people(self.page("/secrets").await, "out")
    }

    async fn inside(&mut self) -> Vec<(String, String)> {
        people(self.page("/secrets").await, "inside")
    }

    /// Who knows what without access, over JSON: pairs of name and field.
    async fn out_over_json(&self) -> Vec<(String, String)> {
        let answer: Answer = self.rosa_api.get(&format!("/api/environments/{}/exposure", self.id)).await;
        let answer = answer.ok();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let exposed = answer["exposed"].as_array().unwrap().iter();
        let mut pairs: Vec<_> = exposed.map(|one| (text(&one["name"]), text(&one["field"]))).collect();
        pairs.sort();
        pairs
    }

    async fn activity(&mut self) -> Vec<String> {
        self.page("/activity").await.select("td[data-label=What]")
    }
}

/// The people of a list, with what each knows.
fn people(browser: &Browser<'_>, list: &str) -> Vec<(String, String)> {
    let rows = format!("section[aria-labelledby={list}] tbody");
    let names = browser.select(&format!("{rows} th bdi"));
    names.into_iter().zip(browser.select(&format!("{rows} td[data-label=Knows] li"))).collect()
}

fn known(name: &str, what: &str) -> (String, String) {
    (name.to_owned(), what.to_owned())
}

/// What a page that asks says.
fn asked(browser: &Browser<'_>) -> Vec<String> {
    browser.select(".danger-zone li")
}

on_both! {
    async fn the_page_that_removes_says_what_is_known_now(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let remove = harbor.member("remove");
        harbor.rosa.get(&remove).await;
        assert!(harbor.rosa.shows("tomas has seen none of the present secrets."), "{}", harbor.rosa.text());
        harbor.tomas_looks().await;
        app.advance(HOUR);
        harbor.rosa.get(&remove).await;
        assert!(harbor.rosa.shows("tomas knows these secrets in their present form:"), "{}", harbor.rosa.text());
        assert_eq!(asked(&harbor.rosa), [format!("{ALL}: seen on a page 60 minutes ago")]);
        assert!(!harbor.rosa.shows("Not seen since"), "{}", harbor.rosa.text());

        harbor.replace(&[("secretKey", "n3w/harbor")]).await;
        harbor.tomas_api.get(&format!("/api/environments/{}", harbor.id)).await.ok();
        harbor.rosa.get(&remove).await;
        assert_eq!(asked(&harbor.rosa), [
            "access key: seen on a page 60 minutes ago",
            "database user and database password: seen by a program just now",
        ]);
        assert!(harbor.rosa.shows("Not seen since the last change: secret key."), "{}", harbor.rosa.text());
    }

    async fn what_somebody_knew_is_listed_until_it_is_changed(app: App) {
        let mut harbor = Harbor::of(&app).await;
        harbor.tomas_looks().await;
        assert_eq!(harbor.out().await, []);
        assert!(harbor.rosa.shows("Nobody without access knows any of the present secrets."));
        assert_eq!(harbor.inside().await, [
            known("rosa", &format!("{ALL}: entered just now")),
            known("tomas", &format!("{ALL}: seen on a page just now")),
        ]);
        assert!(!harbor.page("").await.shows("people who are out"));
        app.advance(HOUR);
        harbor.remove_tomas().await;

        assert!(harbor.page("").await.shows("4 secrets are known to people who are out: tomas."));
        let look = harbor.rosa.attribute("main .banner a", "href");
        assert_eq!(look, Some(harbor.path("/secrets")));
        harbor.rosa.get("/").await;
        assert_eq!(harbor.rosa.attribute("section[aria-labelledby=exposed] a", "href"), look);
        assert_eq!(harbor.out().await, [known("tomas", &format!("{ALL}: seen on a page 60 minutes ago"))]);
        assert_eq!(harbor.inside().await.len(), 1);
        let fields = ["accessKey", "pass", "secretKey", "user"].map(|field| known("tomas", field));
        assert_eq!(harbor.out_over_json().await, fields);
        harbor.tomas.get("/").await;
        assert!(!harbor.tomas.shows("To be changed"), "{}", harbor.tomas.text());

        harbor.replace(&[("accessKey", "AKHARBOR02"), ("secretKey", "n3w/harbor"), ("user", "writer")]).await;
        assert_eq!(harbor.out().await, [known("tomas", "database password: seen on a page 60 minutes ago")]);
        assert_eq!(harbor.out_over_json().await, [known("tomas", "pass")]);
        assert!(harbor.page("").await.shows("1 secret is known to people who are out: tomas."));
        harbor.replace(&[("pass", "sweet-water")]).await;
        assert_eq!((harbor.out().await, harbor.out_over_json().await), (vec![], vec![]));
        assert!(!harbor.page("").await.shows("people who are out"));
        assert!(!harbor.rosa.get("/").await.shows("To be changed"));
    }

    async fn the_page_of_secrets_is_for_administrators(app: App) {
        let mut harbor = Harbor::of(&app).await;
        harbor.tomas_looks().await;
        for page in ["/secrets", "/secrets/replace", "/secrets/dismiss?person=1"] {
            let path = harbor.path(page);
            assert_eq!(harbor.tomas.get(&path).await.status, 403, "{page}");
            let mut stranger = app.browser();
            assert!(stranger.get(&path).await.path.starts_with("/sign-in"), "{page}");
        }
        harbor.tomas.get(&harbor.path("")).await;
        assert!(!harbor.tomas.select(".tabs a").contains(&"Secrets".to_owned()));
        assert!(harbor.page("").await.select(".tabs a").contains(&"Secrets".to_owned()));
        harbor.page("/secrets").await;
        let secrets = harbor.rosa.select("section[aria-labelledby=secrets] th[scope=row]");
        assert_eq!(secrets, ["access key", "secret key", "database user", "database password"]);
        assert_eq!(harbor.rosa.select("td[data-label=Changed]"), ["just now"; 4]);
        assert_eq!(harbor.rosa.select("td[data-label=By]"), ["rosa"; 4]);
    }

    async fn the_lists_go_on_after_a_person(app: App) {
        let mut harbor = Harbor::of(&app).await;
        harbor.tomas_looks().await;
        let rosa = harbor.rosa_api.id;
        harbor.page(&format!("/secrets?inside={rosa}&out=0")).await;
        assert_eq!(people(&harbor.rosa, "inside"), [known("tomas", &format!("{ALL}: seen on a page just now"))]);
        let first = harbor.rosa.attribute("section[aria-labelledby=inside] nav.pages a", "href");
        assert_eq!(first, Some(harbor.path("/secrets?out=0")));
        let tomas = harbor.tomas_api.id;
        harbor.page(&format!("/secrets?inside={tomas}")).await;
        assert_eq!(people(&harbor.rosa, "inside"), []);
        assert!(harbor.rosa.shows("There are no more."), "{}", harbor.rosa.text());
    }

    async fn who_leaves_is_told_what_they_know(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let leave = harbor.path("/leave");
        harbor.tomas.get(&leave).await;
        assert!(harbor.tomas.shows("You have seen none of the present secrets."), "{}", harbor.tomas.text());
        harbor.tomas_looks().await;
        harbor.tomas.get(&leave).await;
        assert!(harbor.tomas.shows("You know these secrets in their present form:"), "{}", harbor.tomas.text());
        assert_eq!(asked(&harbor.tomas), [format!("{ALL}: seen on a page just now")]);
        harbor.tomas.submit("Leave", &[]).await;
        assert_eq!(harbor.out().await, [known("tomas", &format!("{ALL}: seen on a page just now"))]);

        harbor.tomas_api.join(&harbor.rosa_api, harbor.id, "tomas@harbor.test", false).await;
        assert_eq!(harbor.out().await, [], "whoever is in again is listed as out");
        assert_eq!(harbor.inside().await.len(), 2);
    }

    async fn demoting_asks_first_and_says_what_is_known(app: App) {
        let mut harbor = Harbor::with(&app, true).await;
        harbor.page("/sharing").await;
        let demote = harbor.member("demote");
        assert_eq!(harbor.rosa.attribute(&format!("a[href='{demote}']"), "href"), Some(demote.clone()));
        harbor.rosa.get(&demote).await;
        assert!(harbor.rosa.shows("tomas has seen none of the present secrets."), "{}", harbor.rosa.text());
        harbor.tomas_looks().await;
        harbor.rosa.get(&demote).await;
        assert_eq!(asked(&harbor.rosa), [format!("{ALL}: seen on a page just now")]);
        assert_eq!(harbor.tomas.get(&harbor.path("/edit")).await.status, 200, "GET demoted somebody");
        harbor.rosa.submit("Make member", &[]).await;
        assert_eq!(harbor.rosa.notice(), "Done. This person is a plain member now.");
        assert_eq!(harbor.tomas.get(&harbor.path("/edit")).await.status, 403);
        assert_eq!(harbor.tomas.get(&demote).await.status, 403);
        assert_eq!(harbor.out().await, [], "a plain member has access");
    }

    async fn who_hands_over_is_told_what_they_go_on_knowing(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let tomas = harbor.tomas_api.id.to_string();
        harbor.page("/edit").await.submit("Hand over", &[("userId", &tomas)]).await;
        assert!(harbor.rosa.shows("You go on knowing these secrets, and stay an administrator:"));
        assert_eq!(asked(&harbor.rosa), [format!("{ALL}: entered just now")]);
        harbor.rosa.submit("Hand over", &[]).await;
        assert_eq!(harbor.out().await, []);
        assert_eq!(people(&harbor.rosa, "inside"), [known("rosa", &format!("{ALL}: entered just now"))]);
    }

    async fn the_list_of_members_says_who_has_seen_the_present_ones(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let seen = async |harbor: &mut Harbor<'_>| {
            let cells = harbor.page("/sharing").await.select("td[data-label='Last saw the credentials']");
            cells.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(seen(&mut harbor).await, ["has seen the present ones", "never"]);
        harbor.tomas_looks().await;
        app.advance(HOUR);
        assert_eq!(seen(&mut harbor).await, ["has seen the present ones", "60 minutes ago has seen the present ones"]);
        harbor.replace(&[("accessKey", "AKHARBOR02"), ("secretKey", "n3w"), ("user", "writer"), ("pass", "sweet")]).await;
        assert_eq!(seen(&mut harbor).await, ["has seen the present ones", "60 minutes ago has seen the ones before"]);
        harbor.tomas.get(&harbor.path("/sharing")).await;
        assert!(!harbor.tomas.shows("has seen"), "{}", harbor.tomas.text());
    }

    async fn the_list_of_members_tells_whoever_entered_former_ones_from_whoever_saw_none(app: App) {
        let mut harbor = Harbor::with(&app, true).await;
        let seen = async |harbor: &mut Harbor<'_>| {
            let cells = harbor.page("/sharing").await.select("td[data-label='Last saw the credentials']");
            cells.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
        };
        // What Slack's token is says nothing of the credentials.
        let slack = format!("/api/environments/{}/slack", harbor.id);
        let notices = json!({ "channel": "C0HARBOR", "token": "xoxb-harbor" });
        harbor.rosa_api.post(&slack, notices).await.ok();
        harbor.tomas_api.put(&slack, json!({ "isOn": false })).await.ok();
        assert_eq!(harbor.activity().await[0], "looked at the token for Slack");
        assert_eq!(seen(&mut harbor).await, ["has seen the present ones", "never"]);
        let new = json!({ "accessKey": "AKHARBOR02", "secretKey": "n3w", "user": "writer", "pass": "sweet" });
        let credentials = harbor.path("/credentials");
        harbor.tomas_api.put(&format!("/api{credentials}"), new).await.ok();
        assert_eq!(seen(&mut harbor).await, ["has seen the ones before", "has seen the present ones"]);
    }
}

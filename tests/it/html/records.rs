//! The activity of everything, for superusers, and one's own.

use std::net::SocketAddr;
use std::time::Duration;

use sea_orm::{ActiveEnum as _, DatabaseTransaction, Iterable as _};
use serde_json::{Value, json};
use usher::db::Operation;
use usher::domain::audit::Topic;
use usher::entity::audit_event::Action;
use usher::error::Error;
use usher::store::audit::{Details, Event, record};

use crate::support::app::{App, PASSWORD, START};
use crate::support::browser::Browser;
use crate::support::on_both;

const DAY: Duration = Duration::from_hours(24);

pub(super) fn at(last: u8) -> SocketAddr {
    ([203, 0, 113, last], 4000).into()
}

/// A browser signed in as the superuser, from 203.0.113.1.
pub(super) async fn sofia(app: &App) -> Browser<'_> {
    app.superuser().await;
    let mut browser = app.browser();
    browser.remote = Some(at(1));
    browser.sign_in("sofia").await;
    assert_eq!(browser.path, "/", "{}", browser.text());
    browser
}

/// A browser of a new user, at an address of its own.
pub(super) async fn somebody<'a>(app: &'a App, address: &str, last: u8) -> Browser<'a> {
    let mut browser = app.browser();
    browser.remote = Some(at(last));
    browser.get("/sign-up").await;
    let name = address.split('@').next().unwrap();
    browser.submit("Sign up", &[("email", address), ("fullName", name), ("password", PASSWORD)]).await;
    let mail = app.mail_to(address).await;
    browser.get(&mail.link()).await.submit("Confirm this address", &[]).await;
    browser
}

/// The rows of a list, the latest first: who, from where, what, place.
pub(super) async fn rows(browser: &mut Browser<'_>, path: &str) -> Vec<String> {
    browser.get(path).await;
    assert_eq!(browser.status, 200, "{path}: {}", browser.text());
    let cells = |label: &str| browser.select(&format!("td[data-label={label}]")).into_iter();
    let row = cells("Who")
        .zip(cells("What"))
        .zip(cells("Place"))
        .map(|((who, what), place)| format!("{who} {what} / {place}"));
    row.map(|row| row.replace(['\u{2068}', '\u{2069}'], "")).collect()
}

/// As many events as there are actions, one of each.
struct OneOfEach;

impl Operation for OneOfEach {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        for action in Action::iter() {
            let event = Event {
                uid: format!("each-{}", action.to_value()),
                at: START.plus(DAY),
                actor_id: None,
                actor_name: format!("each {}", action.to_value()),
                action,
                place: None,
                subject: Some("Nadia".to_owned()),
                subject_id: None,
                details: Details::default(),
                ip: None,
            };
            record(txn, event).await?;
        }
        Ok(())
    }
}

on_both! {
    async fn a_deleted_place_is_found_by_its_name(app: App) {
        let mut sofia = sofia(&app).await;
        let rosa = app.user("rosa@harbor.test").await;
        let kept = rosa.environment("Harbor staging").await;
        let gone = rosa.environment("Quay Gone").await;
        rosa.delete(&format!("/api/environments/{gone}")).await.ok();
        let told = rows(&mut sofia, "/activity?place=GONE").await;
        let found = ["rosa deleted the environment ‘Quay Gone’ / Quay Gone", "rosa made the environment ‘Quay Gone’ / Quay Gone"];
        assert_eq!(told, found);
        for place in [format!("/environments/{kept}"), "http://127.0.0.1:8000/environments/1/members".to_owned()] {
            let told = rows(&mut sofia, &format!("/activity?place={place}")).await;
            assert_eq!(told, ["rosa made the environment ‘Harbor staging’ / Harbor staging"], "{place}");
            let by_rosa = rows(&mut sofia, &format!("/activity?place={place}&person=rosa@harbor.test")).await;
            assert_eq!(by_rosa, told);
            assert_eq!(rows(&mut sofia, &format!("/activity?place={place}&person=sofia")).await, [""; 0]);
        }
    }

    async fn days_are_in_utc_and_inclusive(app: App) {
        let mut sofia = sofia(&app).await;
        app.user("rosa@harbor.test").await.environment("On the first").await;
        app.advance(DAY);
        sofia.sign_in("sofia").await;
        app.api().log_in_again("rosa@harbor.test").await.environment("On the second").await;
        let find = async |browser: &mut Browser<'_>, query: &str| rows(browser, &format!("/activity?kind=settings&{query}")).await;
        assert_eq!(find(&mut sofia, "from=2026-03-01&to=2026-03-02").await.len(), 2);
        for day in ["01", "02"] {
            let told = find(&mut sofia, &format!("from=2026-03-{day}&to=2026-03-{day}")).await;
            let name = if day == "01" { "On the first" } else { "On the second" };
            assert_eq!(told, [format!("rosa made the environment ‘{name}’ / {name}")]);
        }
        for query in ["to=2026-02-28", "from=2026-03-03"] {
            assert_eq!(find(&mut sofia, query).await, [""; 0], "{query}");
        }
        for (path, field) in [("/activity?from=2026-02-30", "from"), ("/account/activity?to=yesterday", "to")] {
            for path in [path.to_owned(), path.replace('?', ".csv?"), path.replace('?', ".jsonl?")] {
                sofia.get(&path).await;
                assert_eq!((sofia.status, sofia.fault(field).as_str()), (422, "A day is written like 2026-03-01."), "{path}");
                assert_eq!(sofia.value(field), path.rsplit('=').next().unwrap());
            }
        }
    }

    async fn files_hold_what_the_page_shows(app: App) {
        let mut sofia = sofia(&app).await;
        let mut rosa = somebody(&app, "rosa@harbor.test", 7).await;
        let api = app.api().log_in_again("rosa@harbor.test").await;
        let environment = api.environment("-Harbor").await;
        for path in ["/activity?person=rosa@harbor.test", "/account/activity?kind=sign-ins"] {
            let browser = if path.starts_with("/account") { &mut rosa } else { &mut sofia };
            let shown = rows(browser, path).await;
            assert!(!shown.is_empty());
            let csv = browser.attribute("main a[href*='.csv']", "href").unwrap();
            let json = browser.attribute("main a[href*='.jsonl']", "href").unwrap();
            let from = |address: &str| if address.is_empty() { String::new() } else { format!(" from {address}") };
            let or_none = |place: &str| if place.is_empty() { "none".to_owned() } else { place.replace('\'', "") };
            browser.get(&csv).await;
            let lines: Vec<Vec<&str>> = browser.body.trim_end().lines().skip(1).map(|line| line[1..line.len() - 1].split("\",\"").collect()).collect();
            let of_csv: Vec<String> = lines.iter().map(|cells| format!("{}{} {} / {}", cells[1], from(cells[6]), cells[2], or_none(cells[5]))).collect();
            assert_eq!(of_csv, shown, "{csv}");
            browser.get(&json).await;
            assert_eq!(browser.header("Content-Type"), Some("application/x-ndjson"));
            let text = |line: &Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
            let objects: Vec<Value> = browser.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let of_json: Vec<String> = objects.iter().map(|line| format!("{}{} {} / {}", text(line, "who"), from(&text(line, "address")), text(line, "what"), or_none(&text(line, "place")))).collect();
            assert_eq!(of_json, shown, "{json}");
        }
        // A place's file says neither its own name nor addresses.
        rosa.get(&format!("/environments/{environment}/activity.jsonl")).await;
        let line: Value = serde_json::from_str(rosa.body.trim_end()).unwrap();
        let names: Vec<&String> = line.as_object().unwrap().keys().collect();
        assert_eq!(names, ["id", "at", "who", "what", "action", "topic", "subject", "details"]);
        assert_eq!((&line["action"], &line["topic"], &line["who"]), (&json!("place_created"), &json!("settings"), &json!("rosa")));
    }

    async fn only_who_reads_users_reads_everything(app: App) {
        sofia(&app).await;
        let mut rosa = somebody(&app, "rosa@harbor.test", 7).await;
        for path in ["/activity", "/activity.csv", "/activity.jsonl", "/activity?from=never", "/activity.csv?from=never"] {
            assert_eq!(rosa.get(path).await.status, 403, "{path}");
            assert!(!rosa.body.contains("203.0.113.1") && !rosa.body.contains("superuser"), "{}", rosa.body);
            assert!(app.browser().get(path).await.path.starts_with("/sign-in?next="), "{path}");
        }
        for path in ["/account/activity", "/account/activity.csv", "/account/activity.jsonl"] {
            assert!(app.browser().get(path).await.path.starts_with("/sign-in?next="), "{path}");
            assert!(!rosa.get(path).await.body.contains("Sofia"), "{}", rosa.body);
        }
    }

    async fn what_others_did_is_told_without_their_addresses(app: App) {
        let mut sofia = sofia(&app).await;
        let mut rosa = somebody(&app, "rosa@harbor.test", 7).await;
        let owner = app.user("tomas@harbor.test").await;
        let environment = owner.environment("Harbor staging").await;
        let api = app.api().log_in_again("rosa@harbor.test").await;
        api.join(&owner, environment, "rosa@harbor.test", false).await;
        let mut tomas = app.browser_of(&owner);
        tomas.remote = Some(at(8));
        tomas.get(&format!("/environments/{environment}/sharing")).await;
        tomas.submit("Make administrator", &[]).await;
        assert_eq!(tomas.status, 200, "{}", tomas.text());
        let rosas = sofia.get("/users?search=rosa").await.attribute("tbody th a", "href").unwrap();
        sofia.post_fields(&format!("{rosas}/superuser"), &[]).await;
        let told = rows(&mut rosa, "/account/activity").await;
        assert_eq!(told[..2], ["Sofia made rosa a superuser / none", "tomas made rosa an administrator / Harbor staging"]);
        for path in ["/account/activity", "/account/activity.csv", "/account/activity.jsonl"] {
            rosa.get(path).await;
            assert!(rosa.body.contains("203.0.113.7"), "{}", rosa.body);
            assert!(!rosa.body.contains("203.0.113.1\"") && !rosa.body.contains("203.0.113.8"), "{}", rosa.body);
        }
        // Nor do the administrators of a place see addresses.
        tomas.get(&format!("/environments/{environment}/activity.jsonl")).await;
        assert!(!tomas.body.contains("203.0.113"), "{}", tomas.body);
    }

    async fn whatever_is_written_can_be_read_by_somebody(app: App) {
        let mut sofia = sofia(&app).await;
        app.usher.db.write(OneOfEach).await.unwrap();
        let of_topics: Vec<Action> = Topic::ALL.into_iter().flat_map(Topic::actions).collect();
        assert_eq!(of_topics.len(), Action::iter().count(), "an action is in no topic that can be chosen");
        for languages in ["en", "de"] {
            sofia.languages = Some(languages);
            sofia.get("/activity.csv?from=2026-03-02").await;
            for action in &of_topics {
                let name = format!("each {}", action.to_value());
                assert!(sofia.body.contains(&name), "{name}: {}", sofia.body);
            }
            assert!(!sofia.body.contains("did-"), "{}", sofia.body);
        }
        sofia.languages = None;
        // Everything, and each topic.
        assert_eq!(sofia.get("/activity").await.select("#kind option").len(), 1 + Topic::ALL.len());
    }
}

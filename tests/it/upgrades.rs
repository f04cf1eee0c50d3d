//! Upgrades: the current program on databases of earlier versions. Every migration is tested on the dumps in
//! `tests/dumps`; those that change rows are also tested on rows that no route creates any more.

mod dump;
mod handed;
mod keeping;
mod known;
mod places;
mod questions;
mod rows;
mod sql;
mod world;

use serde_json::json;

use self::dump::{Dump, Engine, Memory};
use self::questions::ask_again;
use self::world::{EVERYBODY, SLACK_CHANNEL, SLACK_TOKEN};
use crate::support::app::{App, PASSWORD, START};
use crate::support::browser::Browser;
use crate::support::pictures::{BLUE, RED, fetch, is_near};
use crate::support::slack::SlackServer;

const NEW_PASSWORD: &str = "another horse 2";

/// Turns one test into two: on every SQLite dump, and on every PostgreSQL dump.
macro_rules! on_every_dump {
    ($(async fn $name:ident($app:ident: App, $memory:ident: Memory $(, $key:ident = $value:expr)*) $body:block)*) => {$(
        async fn $name($app: App, $memory: Memory) $body

        mod $name {
            use super::{Dump, Engine};

            async fn on_all(engine: Engine) {
                for dump in Dump::all(engine) {
                    let Some(set) = engine.empty().await else { return };
                    let set = set$(.with(stringify!($key), $value))*;
                    super::$name(dump.start(set).await, dump.memory).await;
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                on_all(Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                on_all(Engine::Postgres).await;
            }
        }
    )*};
}

/// Rosa's browser, still signed in.
fn rosa<'a>(app: &'a App, memory: &Memory) -> Browser<'a> {
    let mut browser = app.browser();
    for cookie in memory.cookies.split("; ") {
        let (name, value) = cookie.split_once('=').unwrap();
        browser.set_cookie(name, value);
    }
    browser
}

async fn browser_of<'a>(app: &'a App, login: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.sign_in(login).await;
    assert_eq!(browser.path, "/", "{login}: {}", browser.text());
    browser
}

/// The path of Rosa's environment.
async fn environment(rosa: &mut Browser<'_>) -> String {
    rosa.get("/environments").await.attribute("tbody a", "href").unwrap()
}

/// The members in a section of the page: name, right, and who admitted them.
fn members(browser: &Browser<'_>, section: &str, right: &str) -> Vec<String> {
    let cells = |cell: &str| browser.select(&format!("{section} tbody {cell}")).into_iter();
    let rights = cells(&format!("td[data-label={right}]"));
    let by = cells("td[data-label=Since] .sub:first-of-type");
    let rows = cells("th > bdi").zip(rights).zip(by);
    rows.map(|((name, right), by)| format!("{name}: {right}, {by}")).collect()
}

/// Actor and action, latest first.
async fn activity(browser: &mut Browser<'_>, path: &str) -> Vec<String> {
    browser.get(path).await;
    let who = browser.select("td[data-label=Who]").into_iter();
    who.zip(browser.select("td[data-label=What]")).map(|(who, what)| format!("{who} {what}")).collect()
}

on_every_dump! {
    async fn the_apis_answer_as_before(app: App, memory: Memory) {
        ask_again(&app, &memory.answers).await;
    }

    async fn a_second_start_changes_nothing(app: App, memory: Memory) {
        let app = app.restarted_with("rate_limits_enabled", false).await;
        ask_again(&app, &memory.answers).await;
    }

    async fn everybody_can_still_sign_in(app: App, memory: Memory) {
        for login in EVERYBODY {
            browser_of(&app, login).await;
        }
        for gone in ["noa", "leo"] {
            assert_eq!(app.browser().sign_in(gone).await.status, 422, "{gone}");
        }
        assert!(rosa(&app, &memory).get("/account").await.shows("rosa@orbit.test"), "the browser session has ended");
        let mut program = app.rpc();
        program.token = Some(memory.token);
        let session = program.call("session.info", json!({})).await.ok()["session"].clone();
        assert_eq!(session["user"]["username"], "rosa", "the access token belongs to somebody else");
    }

    async fn limits_still_count_earlier_tries(app: App, memory: Memory, rate_limits_enabled = true) {
        assert_eq!(app.browser().sign_in("guessed@quay.test").await.status, 429);
        assert!(rosa(&app, &memory).get("/account").await.shows("rosa@orbit.test"));
    }

    async fn credentials_can_still_be_revealed(app: App, memory: Memory) {
        let mut rosa = rosa(&app, &memory);
        let environment = environment(&mut rosa).await;
        rosa.get(&environment).await.submit("Reveal credentials", &[]).await;
        for value in ["AKHARBOR01", "s3cr3t/harbor+1", "reader", "salt-water"] {
            assert!(rosa.shows(value), "{value}: {}", rosa.text());
        }
    }

    async fn links_in_delivered_mails_still_work(app: App, memory: Memory) {
        let mut wanda = app.browser();
        wanda.get(&memory.retired_link).await;
        assert!(wanda.status == 410 && wanda.shows("There is a newer mail"), "{}", wanda.text());
        wanda.get(&memory.link).await.submit("Join", &[("password", PASSWORD)]).await;
        assert!(wanda.shows("Welcome! You are in.") && wanda.shows("Harbor staging"), "{}", wanda.text());
    }

    async fn queued_mails_are_delivered(app: App, memory: Memory) {
        let mails = app.deliver().await;
        let mut to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["oskar@orbit.test", "stan@orbit.test", "una@orbit.test", "zoe@quay.test"]);
        let link = |to: &str| mails.iter().find(|mail| mail.to == to).unwrap().link();

        let mut stan = browser_of(&app, "stan").await;
        stan.get(&link("stan@orbit.test")).await.submit("Accept", &[]).await;
        assert!(stan.shows("Welcome! You are in.") && stan.shows("Harbor staging"), "{}", stan.text());
        let mut zoe = app.browser();
        zoe.get(&link("zoe@quay.test")).await.submit("Join", &[("password", PASSWORD)]).await;
        assert!(zoe.path == "/orgs/works" && zoe.shows("runner") && zoe.shows("berth.open"), "{}", zoe.text());
        let mut una = browser_of(&app, "una@orbit.test").await;
        una.get(&link("una@orbit.test")).await.submit("Confirm this address", &[]).await;
        assert!(una.get("/account").await.shows("Confirmed"), "{}", una.text());
        let passwords = [("newPassword", NEW_PASSWORD), ("newPasswordAgain", NEW_PASSWORD)];
        app.browser().get(&link("oskar@orbit.test")).await.submit("Change the password", &passwords).await;
        assert_eq!(app.browser().sign_in_with("oskar", NEW_PASSWORD).await.path, "/");

        // A mail that had failed still shows why.
        let mut rosa = rosa(&app, &memory);
        let sharing = format!("{}/sharing", environment(&mut rosa).await);
        rosa.get(&sharing).await;
        assert!(rosa.shows("mistyped@quay.test") && rosa.shows("550 no such mailbox here"), "{}", rosa.text());
    }

    async fn queued_notices_are_posted_to_slack(app: App, memory: Memory) {
        let mut rosa = rosa(&app, &memory);
        let page = format!("{}/slack", environment(&mut rosa).await);
        assert_eq!(rosa.get(&page).await.value("channel"), SLACK_CHANNEL);

        let slack = SlackServer::start().await;
        app.notify(&slack).await;
        let texts = slack.texts();
        assert_eq!(texts.first().unwrap(), "Rosa Löwe set up notices about Harbor staging in this channel.");
        assert_eq!(texts.last().unwrap(), "Rosa Löwe invited stan@orbit.test to Harbor staging.");
        for call in slack.calls() {
            assert_eq!(call.authorization, format!("Bearer {SLACK_TOKEN}"));
            assert_eq!(call.body["channel"], SLACK_CHANNEL);
        }
    }

    async fn members_keep_their_rights_and_who_let_them_in(app: App, memory: Memory) {
        let mut rosa = rosa(&app, &memory);
        let sharing = format!("{}/sharing", environment(&mut rosa).await);
        rosa.get(&sharing).await;
        assert_eq!(members(&rosa, "section[aria-labelledby=members]", "Right"), [
            "Rosa Löwe: Owner, from the start",
            "tomas of Orbit: Administrator, invited by Rosa Löwe",
            "mara of Orbit: Member, invited by leo of Orbit",
        ]);
        rosa.get("/orgs/works/members").await;
        assert_eq!(members(&rosa, "main", "Rights"), [
            "Rosa Löwe: Administrator, from the start",
            "tomas of Orbit: runner, for berth-7 only, added by Rosa Löwe",
            "nadia of Orbit: berth.open, added by Sofia",
            "Bo Quay: berth.open runner, invited by Rosa Löwe",
        ]);
    }

    async fn activity_reads_as_before(app: App, memory: Memory) {
        let mut rosa = rosa(&app, &memory);
        let path = format!("{}/activity", environment(&mut rosa).await);
        let mut told = activity(&mut rosa, &path).await;
        // Some versions only record a look at the credentials for such requests.
        told.dedup();
        assert_eq!(told, [
            "mara of Orbit looked at the credentials",
            "tomas of Orbit looked at the credentials",
            "Rosa Löwe looked at the credentials",
            "Rosa Löwe invited stan@orbit.test as a member",
            "Rosa Löwe invited mistyped@quay.test as a member",
            "Rosa Löwe invited stan@orbit.test as a member",
            "Rosa Löwe sent wanda@quay.test a new invitation mail",
            "Rosa Löwe invited wanda@quay.test as a member",
            "Rosa Löwe took back the invitation for pele@quay.test",
            "Rosa Löwe invited pele@quay.test as a member",
            "nils@quay.test declined the invitation of Rosa Löwe",
            "Rosa Löwe invited nils@quay.test as a member",
            "tomas of Orbit looked at the credentials",
            "Rosa Löwe made mara of Orbit a plain member",
            "Rosa Löwe made mara of Orbit an administrator",
            "mara of Orbit looked at the credentials",
            "mara of Orbit joined as a member, invited by leo of Orbit",
            "leo of Orbit invited mara@orbit.test as a member",
            "leo of Orbit looked at the credentials",
            "leo of Orbit joined as an administrator, invited by Rosa Löwe",
            "Rosa Löwe invited leo@orbit.test as an administrator",
            "tomas of Orbit looked at the credentials",
            "tomas of Orbit joined as an administrator, invited by Rosa Löwe",
            "Rosa Löwe invited tomas@orbit.test as an administrator",
            "Rosa Löwe set up notices to Slack in C0HARBOR",
            "rosa of Orbit made the environment ‘Harbor staging’",
        ]);
        assert_eq!(activity(&mut rosa, "/orgs/works/activity").await, [
            "Rosa Löwe invited zoe@quay.test with the permission ‘berth.open’ and the role ‘runner’ for 9 only",
            "Rosa Löwe invited late@quay.test as a member",
            "Bo Quay joined with the permission ‘berth.open’ and the role ‘runner’, invited by Rosa Löwe",
            "Rosa Löwe invited bo@quay.test with the permission ‘berth.open’ and the role ‘runner’",
            "Rosa Löwe renamed the org from ‘Org works’ to ‘Harbor works’",
            "Rosa Löwe gave nadia of Orbit the permission ‘berth.open’",
            "Sofia made the account of nadia of Orbit",
            "Rosa Löwe added tomas of Orbit with the role ‘runner’ for berth-7 only",
            "Rosa Löwe made the role ‘runner’, which allows ‘berth.open’",
            "Rosa Löwe made the permission ‘berth.open’",
            "Rosa Löwe made the org ‘Org works’",
        ]);
    }

    async fn ids_of_what_was_deleted_are_not_used_again(app: App, memory: Memory) {
        // Otherwise the new org and environment would show the activity of deleted ones.
        let mut rosa = rosa(&app, &memory);
        rosa.get("/orgs/new").await.submit("Make the org", &[("name", "New dock"), ("slug", "dock")]).await;
        assert_eq!(activity(&mut rosa, "/orgs/dock/activity").await, ["Rosa Löwe made the org ‘New dock’"]);
        let id = app.api().log_in_again("rosa@orbit.test").await.environment("New quay").await;
        let told = activity(&mut rosa, &format!("/environments/{id}/activity")).await;
        assert_eq!(told, ["Rosa Löwe made the environment ‘New quay’"]);
    }

    async fn pictures_are_served(app: App, memory: Memory) {
        let src = rosa(&app, &memory).get("/account").await.attribute("img.avatar", "src").unwrap();
        let (_, picture) = fetch(&app, &src).await.expect("the picture is gone");
        is_near(&picture, 100, RED);
        is_near(&picture, 300, BLUE);
    }
}

/// Otherwise a later migration would pass because it met no row.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_of_a_dump_has_a_row() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for dump in Dump::all(engine) {
            let Some(set) = engine.empty().await else { return };
            App::start_on(set, START, async |data_dir, database| {
                dump.load(data_dir, database).await;
                assert_eq!(sql::empty_tables(database).await, [""; 0]);
            })
            .await;
        }
    }
}

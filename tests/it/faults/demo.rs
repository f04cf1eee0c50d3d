//! `usher demo`.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbBackend};

use super::on_both_databases;
use crate::support::app::PASSWORD;
use crate::support::mailbox::urls;
use crate::support::process::{Client, Place, Process};

/// The command's output, as a user reads it.
struct Printed {
    password: String,
    /// Addresses and their descriptions.
    people: Vec<(String, String)>,
    /// Paths, in the order of the invitees.
    links: Vec<String>,
}

impl Printed {
    #[track_caller]
    fn by(place: &Place) -> Self {
        let output = place.run(&["demo"], "");
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        let (_, password) = text.split_once("Password of every account: ").unwrap();
        let people = text.lines().filter_map(|line| line.trim().split_once(' ')).filter(|(who, _)| who.contains('@'));
        let links = urls(&text).into_iter().filter_map(|url| url.find("/invitations/").map(|at| url[at..].to_owned()));
        Self {
            password: password.lines().next().unwrap().to_owned(),
            people: people.map(|(who, about)| (who.to_owned(), about.trim().to_owned())).collect(),
            links: links.collect(),
        }
    }

    /// The accounts, without the invitees.
    fn accounts(&self) -> impl Iterator<Item = &(String, String)> {
        self.people.iter().filter(|(_, about)| !about.starts_with("invited"))
    }

    fn sign_in(&self, server: &Process, who: &str) -> Client {
        let client = server.client();
        let fields = [("email", who), ("password", self.password.as_str())];
        let reply = client.submit("/sign-in", "/sign-in", &fields);
        assert_eq!(reply.status, 303, "{who}: {reply:?}");
        client
    }
}

#[track_caller]
fn shown(client: &Client, path: &str) -> String {
    let reply = client.get(path);
    assert_eq!(reply.status, 200, "{path}: {reply:?}");
    reply.text
}

/// The paths on a page with this prefix.
fn paths(page: &str, beginning: &str) -> BTreeSet<String> {
    page.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|path| path.starts_with(beginning))
        .map(str::to_owned)
        .collect()
}

#[track_caller]
fn assert_refused(place: &Place, names: &str) {
    let output = place.run(&["demo"], "");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len(), told.lines().count()), (Some(1), 0, 1), "{told}");
    assert!(told.contains(names), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_account_signs_in_and_finds_its_pages() {
    for place in on_both_databases().await {
        let printed = Printed::by(&place);
        let server = place.start();
        assert_eq!(printed.accounts().count(), 9);
        for (who, about) in printed.accounts().filter(|(_, about)| !about.starts_with("deactivated")) {
            let client = printed.sign_in(&server, who);
            let lists = ["/", "/environments", "/orgs", "/invitations", "/account"].map(|path| shown(&client, path));
            let found: BTreeSet<String> = lists
                .iter()
                .flat_map(|page| ["/environments/", "/orgs/"].map(|path| paths(page, path)))
                .flatten()
                .collect();
            for path in &found {
                shown(&client, path);
            }
            let seen = lists.concat();
            for name in ["Harbor production", "Harbor staging", "Signal tower", "Noas berth", "Harbor Works"] {
                assert!(seen.contains(name) || !about.contains(name), "{who} does not see {name}");
            }
        }
        let (oskar, _) = printed.accounts().last().unwrap();
        let fields = [("email", oskar.as_str()), ("password", printed.password.as_str())];
        assert_eq!(server.client().submit("/sign-in", "/sign-in", &fields).status, 422, "{oskar} is deactivated");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_places_have_a_past_and_invitations_in_every_state() {
    for place in on_both_databases().await {
        let printed = Printed::by(&place);
        let server = place.start();
        let rosa = printed.sign_in(&server, "rosa@harbor.test");
        let production = paths(&shown(&rosa, "/search?search=production"), "/environments/").pop_first().unwrap();
        let sharing = shown(&rosa, &format!("{production}/sharing"));
        for words in ["Tomas Vale", "stan@harbor.test", "late@quay.test", "Asks for a new link", "yuri@quay.test"] {
            assert!(sharing.contains(words), "{words}");
        }
        let activity = shown(&rosa, &format!("{production}/activity"));
        let days = activity.split("datetime=\"").skip(1).map(|rest| &rest[..10]);
        assert!(days.collect::<BTreeSet<_>>().len() > 4, "everything has the same time: {activity}");
        for page in ["members", "roles", "activity"] {
            shown(&rosa, &format!("/orgs/works/{page}"));
        }
        for (state, who) in
            [("", "xenia"), ("?state=accepted", "tomas"), ("?state=declined", "nils"), ("?state=revoked", "pele")]
        {
            assert!(shown(&rosa, &format!("/orgs/works/invitations{state}")).contains(who), "{state}");
        }
        let sofia = printed.sign_in(&server, "sofia");
        assert!(shown(&sofia, "/users").contains("Oskar Lund"));
        let stan = printed.sign_in(&server, "stan");
        assert!(["Harbor production", "Harbor Works"].iter().all(|name| shown(&stan, "/invitations").contains(name)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_joins_by_the_printed_link_or_the_mail() {
    for place in on_both_databases().await {
        let printed = Printed::by(&place);
        let mails = place.mailbox().new_mails();
        let [org, environment] = printed.links.as_slice() else { panic!("{:?}", printed.links) };
        for (to, link) in [("xenia@quay.test", org), ("yuri@quay.test", environment)] {
            assert!(mails.iter().any(|mail| mail.to == to && mail.link() == *link), "no mail to {to} with {link}");
        }
        let server = place.start();
        for link in &printed.links {
            let newcomer = server.client();
            assert_eq!(newcomer.submit(link, &format!("{link}/accept"), &[("password", PASSWORD)]).status, 303);
            shown(&newcomer, "/");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_installation_has_a_demo_too() {
    let mut place = Place::default();
    for key in ["sign_up_open", "usernames_enabled", "org_creation_open"] {
        place.set(key, "false");
    }
    let printed = Printed::by(&place);
    let server = place.start();
    assert!(!place.data("setup-link").exists(), "there is a superuser");
    assert!(shown(&printed.sign_in(&server, "rosa@harbor.test"), "/orgs").contains("Harbor Works"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_it_could_do_harm_it_is_refused() {
    let https = Place::default().with("public_url", "https://usher.test");
    assert_refused(&https, "public_url");
    let server = Place::default().with("mail_url", "smtp://127.0.0.1:1");
    assert_refused(&server, "mail_url");
    for place in [https, server] {
        assert!(!place.path().join("data").exists(), "something was created");
    }
    let place = Place::default();
    let running = place.start();
    assert_refused(&place, "stop it first");
    drop(running);

    for place in on_both_databases().await {
        place.create_user("erin@quay.test");
        assert_refused(&place, "database_url");
        // Nothing of the demo was kept.
        place.create_user("rosa@harbor.test");
    }
}

/// Opens the database of a place next to the running program.
async fn database(place: &Place) -> DatabaseConnection {
    let sqlite = format!("sqlite://{}", place.data("usher.sqlite3").display());
    Database::connect(place.value("database_url").unwrap_or(sqlite)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demo_that_fails_leaves_nothing() {
    for place in on_both_databases().await {
        assert!(place.run(&["migrate"], "").status.success());
        let database = database(&place).await;
        let (refuse, allow) = match database.get_database_backend() {
            DbBackend::Sqlite => (
                "CREATE TRIGGER refuse BEFORE INSERT ON places WHEN NEW.name = 'Signal tower'
                 BEGIN SELECT RAISE(ABORT, 'refused'); END",
                "DROP TRIGGER refuse",
            ),
            _ => (
                "ALTER TABLE places ADD CONSTRAINT refuse CHECK (name <> 'Signal tower')",
                "ALTER TABLE places DROP CONSTRAINT refuse",
            ),
        };
        database.execute_unprepared(refuse).await.unwrap();
        assert_refused(&place, "refuse");
        for table in ["users", "places", "invitations", "sessions", "outbox", "audit_events", "throttles"] {
            let rows = format!("INSERT INTO installation (name, value) SELECT 'found', '{table}' FROM {table} LIMIT 1");
            assert_eq!(database.execute_unprepared(&rows).await.unwrap().rows_affected(), 0, "{table}");
        }
        database.execute_unprepared(allow).await.unwrap();
        database.close().await.unwrap();
        Printed::by(&place);
        assert_refused(&place, "database_url");
    }
}

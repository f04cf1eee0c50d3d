//! The migration of environments and orgs to places, on rows in their old form.

use migration::{Migrator, MigratorTrait as _, SchemaManager};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection};

use super::rows::{before, fill};
use super::sql::texts;
use super::{activity, browser_of, members};
use crate::support::app::{App, Set};
use crate::support::on_both_from;
use crate::support::postgres::fresh_database;

const MIGRATION: &str = "m20261130_000017_places";

async fn before_places(set: Set) -> App {
    before(set, MIGRATION, TWO_KINDS).await
}

/// An environment and an org that are deleted have events. Mara's membership of the org has ended, Tomas's has not yet. Rosa
/// has changed Leo's rights in the org, Tomas's everywhere, and Nadia's in an org that is gone.
const TWO_KINDS: &str = "
UPDATE users SET full_name = 'Leo Gül' WHERE id = 2;

INSERT INTO audit_events (uid, at, actor_name, action, environment_id, org_id, subject)
VALUES ('a', 1, 'rosa', 'environment_created', 7, NULL, 'Gone'), ('b', 2, 'rosa', 'environment_deleted', 7, NULL, 'Gone'),
       ('c', 3, 'rosa', 'org_created', NULL, 7, 'Gone'), ('d', 4, 'rosa', 'org_deleted', NULL, 7, 'Gone'),
       ('e', 5, 'rosa', 'environment_created', 1, NULL, 'Harbor'), ('f', 6, 'rosa', 'org_created', NULL, 1, 'Works'),
       ('g', 7, 'rosa', 'environment_handed_over', 1, NULL, 'tomas'), ('h', 8, 'rosa', 'token_made', NULL, NULL, 'CI');

INSERT INTO org_members (id, org_id, user_id, joined_at, expires_at)
VALUES (12, 1, 2, 1, NULL), (13, 1, 3, 1, 4102444800000), (14, 1, 4, 1, 1000);

INSERT INTO orgs (uid, slug, name, created_at, updated_at) VALUES ('gone', 'gone', 'Gone', 1, 1);
INSERT INTO org_members (id, org_id, user_id, joined_at) VALUES (15, 2, 5, 1);
INSERT INTO outbox (uid, carrier, kind, address, user_id, org_id, actor_id, state, attempts, next_at, created_at)
VALUES ('a', 'mail', 'rights_changed', 'leo@harbor.test', 2, 1, 1, 'queued', 0, 1, 1),
       ('b', 'mail', 'rights_changed', 'tomas@harbor.test', 3, NULL, 1, 'queued', 0, 1, 1),
       ('c', 'mail', 'rights_changed', 'nadia@harbor.test', 5, 2, 1, 'queued', 0, 1, 1);
";

on_both_from! {
    crate::upgrades::places::before_places;

    async fn what_happened_in_deleted_places_is_not_told_of_new_ones(app: App) {
        let mut rosa = browser_of(&app, "rosa").await;
        rosa.get("/orgs/new").await.submit("Make the org", &[("name", "Dock"), ("slug", "dock")]).await;
        assert_eq!(activity(&mut rosa, "/orgs/dock/activity").await, ["rosa made the org ‘Dock’"]);
        let id = app.api().log_in_again("rosa@harbor.test").await.environment("Quay").await;
        let told = activity(&mut rosa, &format!("/environments/{id}/activity")).await;
        assert_eq!(told, ["rosa made the environment ‘Quay’"]);
    }

    async fn what_happened_in_places_that_are_there_reads_as_before(app: App) {
        let mut rosa = browser_of(&app, "rosa").await;
        assert_eq!(activity(&mut rosa, "/environments/1/activity").await, [
            "rosa handed the environment over to tomas",
            "rosa made the environment ‘Harbor’",
        ]);
        assert_eq!(activity(&mut rosa, "/orgs/works/activity").await, ["rosa made the org ‘Works’"]);
    }

    async fn members_of_orgs_keep_their_ends(app: App) {
        let mut rosa = browser_of(&app, "rosa").await;
        rosa.get("/orgs/works/members").await;
        assert_eq!(members(&rosa, "main", "Rights").len(), 3, "{}", rosa.text());
        assert!(rosa.shows("tomas") && rosa.shows("ends in") && !rosa.shows("mara@harbor.test"), "{}", rosa.text());
    }

    async fn earlier_events_keep_the_names_of_their_places(app: App) {
        let mut rosa = browser_of(&app, "rosa").await;
        rosa.get("/activity?to=1970-01-01").await;
        let places = rosa.select("td[data-label=Place]");
        assert_eq!(places, ["none", "Harbor", "Works", "Harbor", "Gone", "Gone", "Gone", "Gone"], "{}", rosa.text());
        assert_eq!(activity(&mut rosa, "/activity?place=gone").await.len(), 4);
    }

    async fn queued_mails_are_about_the_same_place(app: App) {
        let mut rosa = browser_of(&app, "rosa").await;
        rosa.get("/orgs/gone/delete").await.submit("Delete", &[]).await;
        let mails = app.deliver().await;
        let mut told: Vec<(&str, &str)> = mails.iter().map(|mail| (mail.to.as_str(), mail.subject.as_str())).collect();
        told.sort_unstable();
        assert_eq!(told, [
            ("leo@harbor.test", "rosa changed your rights in \"Works\""),
            ("tomas@harbor.test", "rosa changed your rights in Usher"),
        ]);
    }

    async fn people_are_found_without_their_accents(app: App) {
        let mut rosa = browser_of(&app, "rosa").await;
        for search in ["gul", "G%C3%BCl", "GUL+leo", "harbor.test+g%C3%BCl"] {
            rosa.get(&format!("/orgs/works/members?search={search}")).await;
            assert_eq!(rosa.select("tbody th > bdi"), ["Leo Gül"], "{search}");
        }
    }
}

/// A membership of a missing environment, which no version could create.
async fn stops_at_a_membership_of_nothing(database: &DatabaseConnection, unbind: &str) {
    let orphan = "INSERT INTO environment_members (id, environment_id, user_id, is_admin, accepted_at)
                  VALUES (99, 77, 2, FALSE, 1);";
    fill(database, MIGRATION, &format!("{unbind}; {orphan}")).await;
    let fault = Migrator::up(database, None).await.unwrap_err().to_string();
    assert!(fault.contains("of 3 memberships only 2 could be moved"), "{fault}");

    assert!(!SchemaManager::new(database).has_table("places").await.unwrap());
    let ids = "SELECT CAST(id AS TEXT) AS text FROM environment_members ORDER BY id";
    assert_eq!(texts(database, ids).await, ["10", "99"]);
    assert_eq!(texts(database, "SELECT name AS text FROM installation WHERE name LIKE 'breaking:%'").await, [""; 0]);

    database.execute_unprepared("DELETE FROM environment_members WHERE id = 99").await.unwrap();
    Migrator::up(database, None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_move_to_places_loses_nothing_on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", dir.path().join("db").display()));
    // The pragma applies to one connection.
    options.max_connections(1);
    let database = Database::connect(options).await.unwrap();
    stops_at_a_membership_of_nothing(&database, "PRAGMA foreign_keys = OFF").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_move_to_places_loses_nothing_on_postgres() {
    let Some(fresh) = fresh_database().await else { return };
    let database = Database::connect(&fresh.url).await.unwrap();
    let unbind = "ALTER TABLE environment_members DROP CONSTRAINT environment_members_environment_id_fkey";
    stops_at_a_membership_of_nothing(&database, unbind).await;
}

//! The query plan of every list at 10,000 rows in each table: no full table scan, and no sort that grows with a place.
//! Statements are recorded when executed, and explained with their values.

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, TransactionTrait as _,
};
use serde_json::Value;
use usher::clock::Timestamp;
use usher::entity::Kind;
use usher::entity::audit_event::Action;
use usher::entity::invitation::InvitationState;
use usher::entity::outbox::Carrier;
use usher::ids::{DefinitionKind, InvitationId, MembershipId, OrgId, PlaceId, UserId};
use usher::store::definitions::{Part, Scopes};
use usher::store::neglected::Managed;
use usher::store::outbox::Due;
use usher::store::sightings::Side;
use usher::store::{
    activity, assignments, definitions, environment_owners, environments, failed_messages, invitation_changes,
    invitation_grants, invitation_lists, members, neglected, outbox, people, places, rights, secrets, sessions,
    sightings, tokens, users,
};

use crate::support::app::START;
use crate::support::postgres::fresh_database;
use crate::support::recorder::Recorder;

/// Rows in each table.
const MANY: usize = 10_000;

/// A plan that sorts.
const SORTS: &str = "sorts";
/// A plan that follows an index from some row to the end.
const WALKS: &str = "walks";

/// Sorting is fine if the number of rows is bounded by a page or a user, not by a place.
const FEW: f64 = 1_000.0;

/// What is wrong with a statement's plan, and the plan.
async fn faults(connection: &DatabaseConnection, statement: &Statement) -> (Vec<String>, String) {
    if statement.db_backend == DbBackend::Postgres {
        let explained = Statement { sql: format!("EXPLAIN (FORMAT JSON) {}", statement.sql), ..statement.clone() };
        let row = connection.query_one_raw(explained).await.unwrap().unwrap();
        let plan: Value = row.try_get("", "QUERY PLAN").unwrap();
        let mut faults = Vec::new();
        faults_of_node(&plan[0]["Plan"], &mut faults);
        (faults, plan.to_string())
    } else {
        let explained = Statement { sql: format!("EXPLAIN QUERY PLAN {}", statement.sql), ..statement.clone() };
        let steps = connection.query_all_raw(explained).await.unwrap();
        let plan: Vec<String> = steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
        (faults_of_steps(&plan), format!("{plan:#?}"))
    }
}

/// SQLite's full scans and sorts. Reading an already limited subquery is fine: the plan calls it a co-routine.
fn faults_of_steps(plan: &[String]) -> Vec<String> {
    let cut: Vec<&str> = plan
        .iter()
        .filter_map(|step| step.strip_prefix("CO-ROUTINE ").or_else(|| step.strip_prefix("MATERIALIZE ")))
        .collect();
    let fault = |step: &String| {
        let scanned = step.strip_prefix("SCAN ");
        if scanned.is_some_and(|name| name != "CONSTANT ROW" && !cut.contains(&name)) {
            Some(step.clone())
        } else if step.starts_with("SEARCH ") && !step.contains("=?") {
            // Scans an index by position, and skips rows of other places.
            Some(WALKS.to_owned())
        } else {
            let sorted = step.strip_prefix("USE TEMP B-TREE FOR ");
            sorted.map(|what| if what == "ORDER BY" { SORTS.to_owned() } else { what.to_owned() })
        }
    };
    plan.iter().filter_map(fault).collect()
}

/// PostgreSQL's full scans for want of an index, and sorts that grow with a place. Which of several indexes it uses
/// depends on the data; the SQLite test shows that there is one by place.
fn faults_of_node(node: &Value, faults: &mut Vec<String>) {
    let kind = node["Node Type"].as_str().unwrap();
    if kind == "Seq Scan" {
        faults.push(format!("{kind} on {}", node["Relation Name"]));
    }
    if kind.ends_with("Sort") && node["Plans"][0]["Plan Rows"].as_f64().unwrap() > FEW {
        faults.push(SORTS.to_owned());
    }
    node["Plans"].as_array().into_iter().flatten().for_each(|below| faults_of_node(below, faults));
}

/// One environment (place 1) and one org (place 2) with many members, open invitations, events, roles and permissions.
/// The first user owns them, sent all invitations, and is a member of many more environments and orgs.
fn world() -> String {
    let now = START.millis();
    let many = format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})");
    let invitation = |kind: &str, place: u8| {
        format!(
            "INSERT INTO invitations (uid, kind, place_id, target_name, inviter_id, invitee_id, address, normal, state,
                                      generation, life, created_at, sent_at, expires_at, mailed_digest, copied_digest)
             {many} SELECT '{kind}' || i, '{kind}', {place}, 'P', 1, NULL, 'a' || i, 'a' || i, 'pending', 1, 9, {now},
                           {now}, {now} + i, '{kind}m' || i, '{kind}c' || i FROM n;"
        )
    };
    format!(
        "INSERT INTO users (uid, full_name, password_hash, created_at, updated_at, sort_key, search_key)
         {many} SELECT 'u' || i, 'User ' || i, '', 1, 1, 'user ' || i, 'user ' || i FROM n;
         INSERT INTO addresses (uid, user_id, address, normal, is_primary, counts, verified_at, generation, created_at)
         SELECT uid, id, uid || '@a.test', uid || '@a.test', TRUE, TRUE, 1, 1, 1 FROM users;
         INSERT INTO cloud_keys (uid, user_id, name, name_key, access_key, secret_key, region, created_at, updated_at)
         VALUES ('k', 1, 'K', 'k', '', '', 'r', 1, 1);
         INSERT INTO places (uid, kind, name, key, created_at)
         {many} SELECT 'p' || i, CASE i % 2 WHEN 1 THEN 'environment' ELSE 'org' END, 'P' || i, 'k' || i, 1 FROM n;
         INSERT INTO environments (uid, place_id, owner_id, cloud_keys_id, name_key, bucket, db_name, host, db_user, db_pass,
                                   instance, updated_at)
         SELECT uid, id, 1, 1, key, 'b', 'd', 'h', '', '', 'i', 1 FROM places WHERE kind = 'environment';
         INSERT INTO secret_versions (uid, made_at, made_by_name) VALUES ('keys', 1, '');
         INSERT INTO secret_versions (uid, made_at, made_by_name) SELECT uid, 1, '' FROM environments;
         INSERT INTO environment_secrets (place_id, field, version) SELECT place_id, 'access_key', 'keys' FROM environments;
         INSERT INTO environment_secrets (place_id, field, version) SELECT place_id, 'db_pass', uid FROM environments;
         INSERT INTO sightings (version, user_id, user_name, way, first_at, last_at, times, told_at, told_times,
                                is_certain, lost_at)
         SELECT 'p1', id, '', 'page', 1, 1, 1, 1, 1, TRUE, CASE id % 4 WHEN 0 THEN 1 ELSE NULL END FROM users;
         INSERT INTO sightings (version, user_id, user_name, way, first_at, last_at, times, told_at, told_times,
                                is_certain, lost_at)
         SELECT uid, 1, '', 'page', 1, 1, 1, 1, 1, TRUE, NULL FROM environments WHERE uid <> 'p1';
         INSERT INTO orgs (uid, place_id, slug, updated_at) SELECT uid, id, key, 1 FROM places WHERE kind = 'org';
         INSERT INTO members (id, place_id, kind, user_id, user_uid, level, joined_at)
         SELECT 100000 + id, id, kind, 1, 'u1', 'administrator', 1 FROM places;
         INSERT INTO members (id, place_id, kind, user_id, user_uid, level, joined_at)
         SELECT 200000 + id, 1, 'environment', id, uid, 'member', 1 FROM users WHERE id > 1;
         INSERT INTO members (id, place_id, kind, user_id, user_uid, level, joined_at)
         SELECT 300000 + id, 2, 'org', id, uid, 'member', 1 FROM users WHERE id > 1;
         {to_environment}
         {to_org}
         INSERT INTO outbox (uid, carrier, kind, address, invitation_id, generation, place_id, state, attempts, next_at,
                             created_at)
         SELECT uid, 'mail', 'invitation', address, id, 1, place_id, 'sent', 1, 1, 1 FROM invitations;
         INSERT INTO audit_events (uid, at, actor_id, subject_id, actor_name, action, place_id, place_kind)
         {many} SELECT 'e' || i, i, 1 + i % 3, 1 + i % 2, 'User ' || i, 'invitation_sent', 1 + i % 2, 'org' FROM n;
         INSERT INTO roles (uid, org_id, name, is_system, created_at, updated_at)
         {many} SELECT 'r' || i, 1, 'role' || i, FALSE, 1, 1 FROM n;
         INSERT INTO permissions (uid, org_id, name, is_system, created_at, updated_at)
         {many} SELECT 'q' || i, 1, 'permission' || i, FALSE, 1, 1 FROM n;
         INSERT INTO assignments (user_id, org_id, role_id, created_at)
         SELECT u.id, 1, (SELECT id FROM roles WHERE uid = 'r1'), 1 FROM users u;
         INSERT INTO assignments (user_id, permission_id, created_at)
         SELECT 1, id, 1 FROM permissions WHERE org_id = 1;",
        to_environment = invitation("environment", 1),
        to_org = invitation("org", 2),
    )
}

/// Writes read only what they change.
async fn check_superseding(db: &Recorder<DatabaseConnection>, place_id: PlaceId) {
    invitation_changes::supersede(db, place_id, Some(UserId(7)), "a7", START).await.unwrap();
    let statement = db.taken().pop().unwrap();
    let (_, plan) = faults(&db.inner, &statement).await;
    for index in ["invitations_open_address", "invitations_open_invitee"] {
        assert!(plan.contains(index), "{index}: {plan}");
    }
}

/// Sends the requests, and asserts that no executed statement has a bad plan, with these exceptions.
macro_rules! check {
    ($recorder:ident, $($query:expr $(, but $($steps:expr),+)?;)*) => {$(
        $query.await.unwrap();
        let but: &[&str] = &[$($($steps),+)?];
        for statement in $recorder.taken() {
            let (mut faults, plan) = faults(&$recorder.inner, &statement).await;
            faults.retain(|fault| !but.contains(&fault.as_str()));
            assert!(faults.is_empty(), "{}: {faults:?}\n{plan}\n{}", stringify!($query), statement.sql);
        }
    )*};
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_list_reads_or_sorts_more_than_it_shows_on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    check_lists(&format!("sqlite://{}?mode=rwc", dir.path().join("db").display())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_list_reads_or_sorts_more_than_it_shows_on_postgres() {
    let Some(empty) = fresh_database().await else { return };
    check_lists(&empty.url).await;
}

async fn check_lists(url: &str) {
    let mut options = ConnectOptions::new(url);
    let database = Database::connect(options.max_connections(1).to_owned()).await.unwrap();
    Migrator::up(&database, None).await.unwrap();
    let txn = database.begin().await.unwrap();
    txn.execute_unprepared(&world()).await.unwrap();
    txn.commit().await.unwrap();
    if database.get_database_backend() == DbBackend::Postgres {
        // Here a place has half of all rows, so a full scan is fastest: what matters is whether an index could be used.
        database.execute_unprepared("ANALYZE; SET enable_seqscan = off; SET enable_sort = off").await.unwrap();
    }
    let db = Recorder::new(database);

    let (now, user_id, org_id) = (START, UserId(1), OrgId(1));
    let [environment, org] = [PlaceId(1), PlaceId(2)];
    let page = members::Wanted { limit: 50, ..members::Wanted::default() };
    let open = |search, state| invitation_lists::Wanted { state, search, before: i64::MAX };
    let told = |search, actions| activity::Wanted { search, actions, ..activity::Wanted::default() };
    let dated =
        activity::Wanted { from: Some(Timestamp(100)), until: Some(Timestamp(9_000)), ..activity::Wanted::default() };
    let of = activity::Of::Place(environment);
    let part = Part { limit: 50, ..Part::default() };
    let scopes = Scopes::Orgs([1, 2, 3].map(OrgId).into());
    let many = Scopes::Orgs((1..=450).map(OrgId).collect());
    let managed = [(Kind::Environment, Managed::ByLevel), (Kind::Org, Managed::Orgs(scopes.clone()))];
    check_superseding(&db, environment).await;
    // Sorted are: one user's open invitations, one page's rows, thirty rows, one user's rights, the first of each org.
    check! {
        db,
        members::page(&db, environment, page, now);
        members::page(&db, environment, members::Wanted { search: "user 7", ..page }, now);
        members::page(&db, org, members::Wanted { having: Some("r1"), ..page }, now);
        members::page_of_successors(&db, environment, user_id, "user", 0, now);
        members::part(&db, environment, 0, now);
        members::count(&db, environment, now);
        invitation_lists::page(&db, environment, open("", InvitationState::Pending));
        invitation_lists::page(&db, org, open("a7 user", InvitationState::Pending));
        invitation_lists::page(&db, org, open("", InvitationState::Accepted));
        invitation_lists::waiting_for(&db, user_id, now, i64::MAX), but SORTS;
        invitation_changes::revoke_of_inviter(&db, org, UserId(7), now);
        invitation_grants::named(&db, &[InvitationId(1), InvitationId(20)]), but SORTS;
        neglected::of_inviter(&db, user_id, &managed, now), but SORTS, "LAST TERM OF ORDER BY";
        failed_messages::page(&db, i64::MAX);
        failed_messages::any(&db);
        failed_messages::latest(&db);
        outbox::lease(&db, Carrier::Mail, Due::All, "lease", now, now);
        outbox::free(&db, Carrier::Mail, now, now);
        activity::told(&db, of, told("", &[]));
        activity::told(&db, of, told("user", &[Action::InvitationSent]));
        activity::told(&db, of, told("nobody", &[]));
        activity::told(&db, of, told("", &[Action::SlackRemoved]));
        activity::told(&db, of, dated), but WALKS;
        activity::told(&db, activity::Of::Everything, told("", &[])), but WALKS;
        activity::told(&db, activity::Of::Everything, told("nobody", &[Action::SlackRemoved])), but WALKS;
        activity::told(&db, activity::Of::Everything, activity::Wanted { place_name: "p7", ..dated }), but WALKS;
        activity::told(&db, activity::Of::Person(user_id), told("", &[])), but SORTS;
        activity::told(&db, activity::Of::Person(user_id), told("nobody", &[])), but SORTS;
        activity::told(&db, activity::Of::Person(user_id), activity::Wanted { place_id: Some(environment), ..dated }), but SORTS, WALKS;
        environments::of_user(&db, user_id, 0, 50, now);
        secrets::of_place(&db, environment);
        // Of each secret a thousand are looked through.
        sightings::of_place(&db, environment, Side::In, 0, now), but SORTS;
        sightings::of_place(&db, environment, Side::Out, 0, now), but SORTS;
        sightings::of_user(&db, UserId(8), Side::In, 0, now), but SORTS;
        sightings::of_user(&db, UserId(8), Side::Out, 0, now), but SORTS;
        sightings::of_user_in(&db, UserId(8), environment, now);
        sightings::exposed_places(&db, user_id, now), but SORTS;
        places::of_user(&db, Kind::Environment, user_id, "", 0, now);
        places::of_user(&db, Kind::Org, user_id, "p7", 0, now);
        places::numbers(&db, &[user_id], now);
        environment_owners::owned_between(&db, user_id, environment, environment);
        assignments::in_orgs(&db, user_id, org, org), but SORTS;
        people::page(&db, people::Wanted::Everybody, "", 0, now), but WALKS;
        people::page(&db, people::Wanted::Active, "user", 0, now), but WALKS;
        assignments::in_org(&db, org_id, MembershipId(100_002), MembershipId(100_002)), but SORTS;
        assignments::global(&db, user_id, 0);
        rights::held(&db, user_id, now);
        rights::held_in(&db, user_id, Some(org_id), now);
        definitions::defined_in(&db, DefinitionKind::Role, Some(org_id), 50);
        definitions::of_scope(&db, DefinitionKind::Role, Some(org_id), &part, now), but "count(DISTINCT)";
        definitions::of_scope(&db, DefinitionKind::Permission, Some(org_id), &part, now), but "count(DISTINCT)";
        users::list(&db, &scopes, "", "", 50, now), but SORTS;
        users::list(&db, &many, "", "", 50, now), but SORTS;
        users::part(&db, 0), but WALKS, "SCAN p USING INDEX permissions_of_system";
        sessions::live(&db, user_id, now, now, 50);
        tokens::live(&db, user_id, now);
    }
}

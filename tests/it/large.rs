//! A place far larger than tests can make through the front door: its rows are inserted, and asked for as anybody would.
//! Searches look through a bounded number of rows for one page, say so, and go on from there; lists that the APIs do not
//! page are complete.

use sea_orm::{ConnectionTrait as _, DatabaseTransaction};
use serde_json::{Value, json};
use usher::db::Operation;
use usher::error::Error;

use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::{org, permission, role};

/// Members of the environment and of the org, beside their administrator: more than a search looks through.
const MEMBERS: usize = 10_050;
/// Events of the environment, likewise.
const EVENTS: usize = 5_050;

struct Insert(String);

impl Operation for Insert {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        txn.execute_unprepared(&self.0).await?;
        Ok(())
    }
}

/// The last member is called Nadia, and what happened first was done by her.
fn rows(environment: i64, role: &str) -> String {
    let place = format!("(SELECT place_id FROM environments WHERE id = {environment})");
    let org = "(SELECT place_id FROM orgs WHERE slug = 'harbor')";
    let numbers = |most| format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})");
    let name = format!("CASE i WHEN {MEMBERS} THEN 'nadia' ELSE 'member ' || i END");
    let members = |kind: &str, place: &str, from: i64| {
        format!(
            "INSERT INTO members (id, place_id, kind, user_id, user_uid, level, joined_at)
             SELECT {from} + id, {place}, '{kind}', id, uid, 'member', 1 FROM users WHERE id > 100000;"
        )
    };
    format!(
        "INSERT INTO users (id, uid, full_name, password_hash, created_at, updated_at, sort_key, search_key)
         {some} SELECT 100000 + i, 'ffffffff0000000000' || (100000 + i), {name}, '', 1, 1, {name}, {name} FROM n;
         INSERT INTO addresses (uid, user_id, address, normal, is_primary, counts, verified_at, generation, created_at)
         SELECT uid, id, id || '@quay.test', id || '@quay.test', TRUE, TRUE, 1, 1, 1 FROM users WHERE id > 100000;
         {in_environment}
         {in_org}
         INSERT INTO assignments (user_id, org_id, role_id, created_at)
         SELECT u.id, o.id, r.id, 1 FROM users u, orgs o, roles r
         WHERE u.id > 100000 AND o.slug = 'harbor' AND r.uid = '{role}';
         INSERT INTO audit_events (uid, at, actor_name, action, place_id, place_kind)
         {events} SELECT 'e' || i, i, CASE i WHEN 1 THEN 'Nadia' ELSE 'Somebody' END, 'invitation_sent', {place},
                         'environment' FROM n;",
        some = numbers(MEMBERS),
        events = numbers(EVENTS),
        in_environment = members("environment", &place, 200_000),
        in_org = members("org", org, 400_000),
    )
}

/// Finds nothing at first, and looks further.
async fn looks_further(browser: &mut Browser<'_>, path: &str, looked: &str) {
    browser.get(path).await;
    assert_eq!(browser.status, 200, "{path}: {}", browser.text());
    assert!(browser.shows("Nothing was found so far."), "{path}: {}", browser.text());
    let told = format!("{looked} entries were looked through. There are more.");
    assert!(browser.shows(&told), "{path}: {}", browser.text());
    assert!(browser.shows("Look further"), "{path}: {}", browser.text());
    let next = browser.attribute("nav.pages a:last-child", "href").unwrap();
    browser.get(&next).await;
    assert!(!browser.shows("were looked through"), "{next}: {}", browser.text());
}

on_both! {
    async fn a_large_place_is_searched_page_by_page_and_listed_whole(app: App) {
        app.superuser().await;
        let rosa = app.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let program = app.rpc_as("rosa@harbor.test").await;
        let org = org(&program, "harbor").await;
        let deploy = permission(&program, &org, "harbor.deploy").await;
        let editor = role(&program, &org, "editor", &[&deploy]).await;
        app.usher.db.write(Insert(rows(environment, &editor))).await.unwrap();

        let mut browser = app.browser_of(&rosa);
        looks_further(&mut browser, &format!("/environments/{environment}/activity?search=nadia"), "5,000").await;
        assert_eq!(browser.select("tbody td[data-label=Who]"), ["Nadia"]);
        looks_further(&mut browser, &format!("/environments/{environment}/activity?kind=secrets"), "5,000").await;
        looks_further(&mut browser, "/orgs/harbor/members?search=nadia", "10,000").await;
        assert_eq!(browser.select("tbody th bdi"), ["nadia"]);
        looks_further(&mut browser, &format!("/environments/{environment}/owner?search=nadia"), "10,000").await;
        let mut superuser = app.browser();
        superuser.sign_in("sofia").await;
        looks_further(&mut superuser, "/activity?person=nadia&to=2026-02-28", "5,000").await;
        assert_eq!(superuser.select("tbody td[data-label=Who]"), ["Nadia"]);
        looks_further(&mut superuser, "/activity?kind=tokens&place=nowhere", "5,000").await;
        looks_further(&mut superuser, "/users?search=nadia", "10,000").await;
        assert_eq!(superuser.select("tbody th bdi"), ["nadia"]);

        // What is on the first page is found at once.
        browser.get("/orgs/harbor/members?search=member").await;
        assert!(browser.shows("Show more") && !browser.shows("were looked through"), "{}", browser.text());
        browser.get("/orgs/harbor/roles").await;
        assert!(browser.shows("over 100 people"), "{}", browser.text());
        let roles = program.call("role.list", json!({})).await.ok();
        let counted = roles["roles"].as_array().unwrap().iter().find(|role| role["name"] == "editor").unwrap();
        assert_eq!(counted["usersCount"], MEMBERS);

        let listed = rosa.get(&format!("/api/environments/{environment}/users/list")).await.ok();
        let ids: Vec<i64> = listed.as_array().unwrap().iter().map(|one| one["userId"].as_i64().unwrap()).collect();
        assert_eq!(ids.len(), MEMBERS + 1);
        assert!(ids.is_sorted(), "by membership, and so here by user");
        let count = rosa.get(&format!("/api/environments/{environment}/users/count")).await.ok();
        assert_eq!(count["count"], MEMBERS + 1);

        let mut uids: Vec<String> = Vec::new();
        let mut cursor = Value::Null;
        loop {
            let mut body = json!({ "limit": 500 });
            if !cursor.is_null() {
                body["cursor"] = cursor;
            }
            let part = program.call("user.list", body).await.ok();
            uids.extend(part["users"].as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap().to_owned()));
            cursor = part["nextCursor"].clone();
            if cursor.is_null() {
                break;
            }
        }
        assert_eq!(uids.len(), MEMBERS + 1);
        assert!(uids.is_sorted_by(|one, other| one < other));
    }
}

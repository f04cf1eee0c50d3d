//! Migrations that change rows, tested on rows in their old form.

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use serde_json::json;
use usher::passwords::Passwords;
use usher::secret::Secret;

use super::{activity, browser_of, members};
use crate::support::app::{App, PASSWORD, START, Set};
use crate::support::on_both_from;

/// Starts the current program on a database with the schema from before a migration, and these rows.
pub async fn before(set: Set, migration: &str, rows: &str) -> App {
    App::start_on(set, START, async |_, database| fill(database, migration, rows).await).await
}

/// Fills an empty database with the schema from before a migration, and these rows.
pub async fn fill(database: &DatabaseConnection, migration: &str, rows: &str) {
    let hash = Passwords::new().unwrap().hash(Secret::from(PASSWORD.to_owned())).await.unwrap();
    let earlier = Migrator::migrations().iter().take_while(|one| one.name() != migration).count();
    Migrator::up(database, u32::try_from(earlier).ok()).await.unwrap();
    for (id, username) in (1..).zip(["rosa", "leo", "tomas", "mara", "nadia", "stan"]) {
        let sql = format!(
            "INSERT INTO users (uid, username, full_name, password_hash, created_at, updated_at)
             VALUES ('{id:024x}', '{username}', '{username}', '{hash}', 1, 1)"
        );
        database.execute_unprepared(&sql).await.unwrap();
    }
    database.execute_unprepared(PLACES).await.unwrap();
    database.execute_unprepared(rows).await.unwrap();
}

/// Rosa is a superuser, owns an environment and is a member of an org.
const PLACES: &str = "
INSERT INTO addresses (uid, user_id, address, normal, is_primary, counts, verified_at, generation, created_at)
SELECT uid, id, username || '@harbor.test', username || '@harbor.test', TRUE, TRUE, 1, 1, 1 FROM users;

INSERT INTO assignments (user_id, permission_id, created_at) SELECT 1, id, 1 FROM permissions;

INSERT INTO cloud_keys (uid, user_id, name, name_key, access_key, secret_key, region, created_at, updated_at)
VALUES ('keys', 1, 'Keys', 'keys', '', '', 'eu-west-1', 1, 1);

INSERT INTO environments (uid, owner_id, cloud_keys_id, name, name_key, bucket, db_name, host, db_user, db_pass,
                          instance, created_at, updated_at)
VALUES ('harbor', 1, 1, 'Harbor', 'harbor', 'bucket', 'tides', 'harbor.test', '', '', 'tides-1', 1, 1);
INSERT INTO environment_members (id, environment_id, user_id, is_admin, accepted_at) VALUES (10, 1, 1, TRUE, 1);

INSERT INTO orgs (uid, slug, name, created_at, updated_at) VALUES ('works', 'works', 'Works', 1, 1);
INSERT INTO org_members (id, org_id, user_id, joined_at) VALUES (11, 1, 1, 1);
";

async fn before_ways(set: Set) -> App {
    before(set, "m20261122_000014_ways", WITHOUT_NAMES).await
}

/// In the environment, Tomas was invited by Leo, Mara by a deleted account. In the org, Tomas was invited by Leo, Mara
/// added by Leo, and Nadia's account created by Sofia. Stan has no event of his own: one is of the same moment, but of
/// another kind; one in another org; one a millisecond later.
const WITHOUT_NAMES: &str = "
INSERT INTO invitations (uid, kind, environment_id, org_id, target_name, inviter_id, mailed_digest, copied_digest,
                         is_admin, address, normal, state, generation, life, created_at, sent_at, expires_at)
VALUES ('a', 'environment', 1, NULL, 'H', 2, 'a', 'd', FALSE, 'a@a.test', 'a@a.test', 'accepted', 1, 1, 1, 1, 1),
       ('b', 'environment', 1, NULL, 'H', NULL, 'b', 'e', FALSE, 'b@a.test', 'b@a.test', 'accepted', 1, 1, 1, 1, 1),
       ('c', 'org', NULL, 1, 'W', 2, 'c', 'f', FALSE, 'c@a.test', 'c@a.test', 'accepted', 1, 1, 1, 1, 1);

INSERT INTO environment_members (id, environment_id, user_id, is_admin, accepted_at)
VALUES (1, 1, 3, TRUE, 2000), (2, 1, 4, FALSE, 2000);
INSERT INTO org_members (id, org_id, user_id, joined_at)
VALUES (3, 1, 3, 2000), (12, 1, 4, 3000), (13, 1, 5, 4000), (14, 1, 6, 5000);

INSERT INTO audit_events (uid, at, actor_name, action, org_id, subject)
VALUES ('a', 1, 'rosa', 'org_created', 1, 'Works'),
       ('b', 3000, 'leo', 'member_added', 1, 'mara'),
       ('c', 4000, 'sofia', 'user_created', 1, 'nadia'),
       ('d', 5000, 'rosa', 'rights_changed', 1, 'tomas'),
       ('e', 5000, 'rosa', 'member_added', 2, 'stan'),
       ('f', 5001, 'rosa', 'member_added', 1, 'tomas');
";

on_both_from! {
    crate::upgrades::rows::before_ways;

    async fn who_let_a_member_in_is_found(app: App) {
        let mut rosa = browser_of(&app, "rosa").await;
        for leo_is_there in [true, false] {
            rosa.get("/environments/1/sharing").await;
            assert_eq!(members(&rosa, "section[aria-labelledby=members]", "Right"), [
                "tomas: Administrator, invited by leo",
                "mara: Member, invited by somebody whose account is gone",
                "rosa: Owner, from the start",
            ]);
            rosa.get("/orgs/works/members").await;
            assert_eq!(members(&rosa, "main", "Rights"), [
                "tomas: none, invited by leo",
                "rosa: none, from the start",
                "mara: none, added by leo",
                "nadia: none, added by sofia",
                "stan: none, from the start",
            ]);
            if leo_is_there {
                // Once his account is gone, only the membership has his name.
                app.rpc_as("rosa").await.call("user.delete", json!({ "id": format!("{:024x}", 2) })).await.plain();
            }
        }
    }
}

async fn before_declined(set: Set) -> App {
    before(set, "m20261122_000015_declined", DECLINED).await
}

/// The subject of the first is the invitee, that of the second the inviter.
const DECLINED: &str = "
INSERT INTO audit_events (uid, at, actor_name, action, environment_id, subject, details)
VALUES ('a', 1, 'tomas', 'invitation_declined', 1, 'tomas@harbor.test', NULL),
       ('b', 2, 'mara', 'invitation_declined', 1, 'leo', '{\"place\":\"member\"}'),
       ('c', 3, 'leo', 'invitation_revoked', 1, 'nadia@harbor.test', NULL);
";

on_both_from! {
    crate::upgrades::rows::before_declined;

    async fn an_invitee_is_not_taken_for_the_inviter_they_declined(app: App) {
        let mut rosa = browser_of(&app, "rosa").await;
        assert_eq!(activity(&mut rosa, "/environments/1/activity").await, [
            "leo took back the invitation for nadia@harbor.test",
            "mara declined the invitation of leo",
            "tomas declined an invitation",
        ]);
    }
}

async fn before_proof(set: Set) -> App {
    before(set, "m20261130_000016_proof", UNPROVED).await
}

/// Leo's account was made with an address that is not confirmed, and another was added and confirmed. Tomas came to the
/// environment by a copied link, Mara by a mailed one, Nadia by a code long after she had signed up; none of them is
/// confirmed.
const UNPROVED: &str = "
UPDATE addresses SET verified_at = NULL WHERE user_id IN (2, 3, 5);
INSERT INTO addresses (uid, user_id, address, normal, is_primary, counts, verified_at, generation, created_at)
VALUES ('mine', 2, 'mine@evil.test', 'mine@evil.test', FALSE, TRUE, 3, 1, 3);

UPDATE users SET created_at = 7 WHERE id IN (3, 4);
INSERT INTO invitations (uid, kind, environment_id, target_name, inviter_id, mailed_digest, copied_digest, is_admin,
                         address, normal, state, generation, life, created_at, sent_at, expires_at, answered_at,
                         answered_by)
VALUES ('a', 'environment', 1, 'H', 1, 'a', 'd', FALSE, 't@a.test', 't@a.test', 'accepted', 1, 1, 1, 1, 9, 7, 3),
       ('b', 'environment', 1, 'H', 1, 'b', 'e', FALSE, 'm@a.test', 'm@a.test', 'accepted', 1, 1, 1, 1, 9, 7, 4),
       ('c', 'environment', 1, 'H', 1, 'c', 'f', FALSE, 'n@a.test', 'n@a.test', 'accepted', 1, 1, 1, 1, 9, 7, 5);
INSERT INTO environment_members (id, environment_id, user_id, is_admin, accepted_at)
VALUES (1, 1, 3, FALSE, 7), (2, 1, 4, FALSE, 7), (3, 1, 5, FALSE, 7);
";

on_both_from! {
    crate::upgrades::rows::before_proof;

    async fn addresses_that_were_added_before_the_proof_go_with_it(app: App) {
        let mut hijacker = browser_of(&app, "mine@evil.test").await;
        app.api().forget_password("leo@harbor.test").await.ok();
        let token = app.mail_to("leo@harbor.test").await.token();
        app.api().reset_password(&token, "better horse 2").await.ok();
        assert!(hijacker.get("/account").await.path.starts_with("/sign-in"));
        app.api().forget_password("mine@evil.test").await.ok();
        assert_eq!(app.deliver().await.iter().filter(|mail| mail.to == "mine@evil.test").count(), 0);
        let login = json!({ "email": "mine@evil.test", "password": "better horse 2" });
        app.api().post("/api/users/login", login).await.refused(403, "User not found");
    }

    async fn the_other_address_leads_nowhere_before_the_proof(app: App) {
        let mut hijacker = browser_of(&app, "mine@evil.test").await;
        hijacker.get("/account").await;
        let primary = hijacker.attribute("a[href$='/primary']", "href").unwrap();
        hijacker.post_fields(&primary, &[("password", PASSWORD)]).await;
        assert!(hijacker.shows("Confirm your address first"), "{}", hijacker.text());
    }

    async fn who_came_by_a_copied_link_awaits_the_proof(app: App) {
        for (login, withheld) in [("tomas", true), ("mara", false), ("nadia", false)] {
            let mut member = browser_of(&app, login).await;
            member.get("/environments/1").await;
            assert_eq!(member.shows("Confirm your e-mail address to see"), withheld, "{login}: {}", member.text());
        }
    }
}

async fn before_known(set: Set) -> App {
    before(set, "m20261130_000017_places", LOOKED).await
}

/// Leo looked before Rosa changed the credentials, Tomas after it, and both have left. Mara, who looked too, is a member.
const LOOKED: &str = "
INSERT INTO environment_members (id, environment_id, user_id, is_admin, accepted_at) VALUES (1, 1, 4, FALSE, 7);
INSERT INTO audit_events (uid, at, actor_id, actor_name, action, environment_id)
VALUES ('a', 1, 1, 'rosa', 'environment_created', 1),
       ('b', 2, 2, 'leo', 'credentials_revealed', 1),
       ('c', 3, 4, 'mara', 'credentials_revealed', 1),
       ('d', 4, 1, 'rosa', 'credentials_changed', 1),
       ('e', 5, 3, 'tomas', 'credentials_revealed', 1),
       ('f', 6, 3, 'tomas', 'credentials_revealed', 1);
";

on_both_from! {
    crate::upgrades::rows::before_known;

    async fn who_looked_at_credentials_is_known(app: App) {
        let mut rosa = app.api();
        rosa.log_in("rosa@harbor.test").await;
        let answer = rosa.get("/api/environments/1/exposure").await.ok();
        let entries = answer["exposed"].as_array().unwrap().iter().filter(|entry| entry["field"] == "pass");
        let known = |name: &str, first: i64, last: i64, times: i64, is_certain: bool| {
            json!({
                "userId": if name == "leo" { 2 } else { 3 }, "name": name, "email": format!("{name}@harbor.test"),
                "field": "pass", "way": "event", "firstAt": first, "lastAt": last, "times": times,
                "isCertain": is_certain,
            })
        };
        assert_eq!(entries.collect::<Vec<_>>(), [&known("leo", 2, 2, 1, false), &known("tomas", 5, 6, 2, true)]);
        assert_eq!(answer["exposed"].as_array().unwrap().len(), 8);
        assert_eq!(answer["secrets"].as_array().unwrap().len(), 4);
    }
}

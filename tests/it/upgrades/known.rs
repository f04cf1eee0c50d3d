//! Who knows which secrets, in the form of before it was mended.

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

use super::rows::fill;
use crate::support::app::{App, START, Set};
use crate::support::on_both_from;

const MIGRATION: &str = "m20261208_000025_known_again";

/// Starts the current program on rows from before environments were places, and on rows from before the migration.
async fn before_known_again(set: Set) -> App {
    App::start_on(set, START, async |_, database| {
        fill(database, "m20261130_000017_places", EVENTS).await;
        up_to_the_migration(database).await;
        database.execute_unprepared(DISMISSED).await.unwrap();
    })
    .await
}

async fn up_to_the_migration(database: &DatabaseConnection) {
    let pending = Migrator::get_pending_migrations(database).await.unwrap();
    let earlier = pending.iter().take_while(|one| one.name() != MIGRATION).count();
    Migrator::up(database, u32::try_from(earlier).ok()).await.unwrap();
}

/// Another environment of Rosa's uses the same keys. Leo and Mara, who were members of the first, looked at its
/// credentials, which was written in both; Mara is a member of the second still, with an account that has ended. A third
/// environment sends notices to Slack: Tomas made it, Nadia changed its secrets and looked later, Stan only looked.
const EVENTS: &str = "
INSERT INTO cloud_keys (uid, user_id, name, name_key, access_key, secret_key, region, created_at, updated_at)
VALUES ('other', 1, 'Other', 'other', '', '', 'eu-west-1', 1, 1);
INSERT INTO environments (uid, owner_id, cloud_keys_id, name, name_key, bucket, db_name, host, db_user, db_pass,
                          instance, created_at, updated_at)
VALUES ('quay', 1, 1, 'Quay', 'quay', 'bucket', 'tides', 'harbor.test', '', '', 'tides-1', 1, 1),
       ('slip', 1, 2, 'Slip', 'slip', 'bucket', 'tides', 'harbor.test', '', '', 'tides-1', 1, 1);
INSERT INTO environment_members (id, environment_id, user_id, is_admin, accepted_at)
VALUES (20, 2, 1, TRUE, 1), (21, 3, 1, TRUE, 1), (22, 2, 4, FALSE, 1);
UPDATE users SET deactivated_at = 5 WHERE id = 4;
INSERT INTO audit_events (uid, at, actor_id, actor_name, action, environment_id)
VALUES ('a', 1, 1, 'rosa', 'environment_created', 1), ('b', 2, 1, 'rosa', 'environment_created', 2),
       ('c', 3, 2, 'leo', 'credentials_revealed', 1), ('d', 3, 2, 'leo', 'credentials_revealed', 2),
       ('e', 4, 4, 'mara', 'credentials_revealed', 1), ('f', 4, 4, 'mara', 'credentials_revealed', 2),
       ('g', 5, 3, 'tomas', 'environment_created', 3), ('h', 5, 3, 'tomas', 'slack_set_up', 3),
       ('i', 6, 5, 'nadia', 'credentials_changed', 3), ('j', 7, 5, 'nadia', 'credentials_revealed', 3),
       ('k', 8, 6, 'stan', 'credentials_revealed', 3);
";

/// In the first environment it was said that it does not matter that Leo knows the access key.
const DISMISSED: &str = "
UPDATE sightings SET dismissed_at = 9, dismissed_by = 'rosa', dismissed_because = 'He is a friend'
WHERE user_id = 2 AND version IN (SELECT version FROM environment_secrets WHERE field = 'access_key');
INSERT INTO audit_events (uid, at, actor_id, actor_name, action, place_id, place_kind, subject)
SELECT 'z', 9, 1, 'rosa', 'exposure_dismissed', place_id, 'environment', 'leo' FROM environments WHERE id = 1;
";

/// What somebody without access knows of an environment, and whether that is certain.
async fn known(app: &App, id: i64, name: &str) -> Vec<(String, bool)> {
    let mut rosa = app.api();
    rosa.log_in("rosa@harbor.test").await;
    let answer = rosa.get(&format!("/api/environments/{id}/exposure")).await.ok();
    let entries = answer["exposed"].as_array().unwrap().iter().filter(|entry| entry["name"] == name);
    entries.map(|entry| (entry["field"].as_str().unwrap().to_owned(), entry["isCertain"].as_bool().unwrap())).collect()
}

fn fields(known: &[(String, bool)]) -> Vec<&str> {
    known.iter().map(|(field, _)| field.as_str()).collect()
}

on_both_from! {
    crate::upgrades::known::before_known_again;

    async fn what_did_not_matter_in_one_environment_matters_in_the_other(app: App) {
        assert_eq!(fields(&known(&app, 1, "leo").await), ["secretKey", "user", "pass"]);
        assert_eq!(fields(&known(&app, 2, "leo").await), ["accessKey", "secretKey", "user", "pass"]);
        assert_eq!(fields(&known(&app, 1, "mara").await), ["accessKey", "secretKey", "user", "pass"]);
    }

    async fn an_event_that_may_be_of_another_environment_or_of_slack_is_not_certain(app: App) {
        let all = |certain: [bool; 4]| {
            let fields = ["accessKey", "secretKey", "user", "pass"].map(str::to_owned);
            fields.into_iter().zip(certain).collect::<Vec<_>>()
        };
        // Leo is a member of neither: which of the two he saw cannot be told. Mara is one of the second.
        assert_eq!(known(&app, 2, "leo").await, all([true, true, false, false]));
        assert_eq!(known(&app, 1, "mara").await, all([true, true, false, false]));
        assert_eq!(known(&app, 2, "mara").await, all([true; 4]));
        assert_eq!(known(&app, 3, "tomas").await, all([false; 4]), "changed since");
        assert_eq!(known(&app, 3, "nadia").await, all([true; 4]), "she entered them");
        assert_eq!(known(&app, 3, "stan").await, all([false; 4]), "perhaps the token");
    }
}

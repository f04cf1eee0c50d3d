//! Section 11: Slack configuration.

use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::app::App;
use crate::support::on_both;

/// Rosa's environment with administrator Ada and member Mara; Stan is outside.
struct Crew<'a> {
    path: String,
    id: i64,
    rosa: Api<'a>,
    ada: Api<'a>,
    mara: Api<'a>,
    stan: Api<'a>,
}

impl<'a> Crew<'a> {
    async fn of(app: &'a App) -> Self {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let ada = app.unverified_user("ada@harbor.test").await;
        let mara = app.unverified_user("mara@harbor.test").await;
        let stan = app.unverified_user("stan@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        ada.join(&rosa, id, "ada@harbor.test", true).await;
        mara.join(&rosa, id, "mara@harbor.test", false).await;
        Self { path: format!("/api/environments/{id}/slack"), id, rosa, ada, mara, stan }
    }

    async fn set_up(&self) -> Value {
        self.ada.post(&self.path, given()).await.ok()
    }

    async fn shown(&self) -> Value {
        self.mara.get(&self.path).await.ok()
    }
}

fn given() -> Value {
    json!({ "token": "xoxb-harbor", "channel": "C0HARBOR" })
}

const NOWHERE: &str = "/api/environments/987654/slack";
const IS_NOWHERE: &str = "Environment 987654 does not exist";

on_both! {
    async fn an_administrator_sets_notices_up_and_members_see_no_token(app: App) {
        let crew = Crew::of(&app).await;
        crew.mara.get(&crew.path).await.refused(404, "Not Found");
        let made = crew.set_up().await;
        let id = made["id"].as_i64().unwrap();
        let configured = json!({
            "id": id, "channel": "C0HARBOR", "environmentId": crew.id, "token": "xoxb-harbor", "isOn": true,
        });
        assert_eq!(made, configured);
        for member in [&crew.rosa, &crew.ada, &crew.mara] {
            let mut seen = configured.clone();
            seen["token"] = json!("");
            assert_eq!(member.get(&crew.path).await.ok(), seen);
        }
    }

    async fn only_members_look_and_only_administrators_touch(app: App) {
        let crew = Crew::of(&app).await;
        crew.set_up().await;
        let before = crew.shown().await;
        crew.stan.get(&crew.path).await.refused(401, "Unauthorized");
        for (outsider, given) in [(&crew.mara, given()), (&crew.stan, given()), (&crew.stan, json!({}))] {
            outsider.post(&crew.path, given).await.refused(401, "Unauthorized");
            outsider.put(&crew.path, json!({ "isOn": false })).await.refused(401, "Unauthorized");
            outsider.delete(&crew.path).await.refused(401, "Unauthorized");
        }
        let nobody = app.api();
        nobody.get(&crew.path).await.refused(403, "login required");
        nobody.post(&crew.path, given()).await.refused(403, "login required");
        nobody.put(&crew.path, json!({})).await.refused(403, "login required");
        nobody.delete(&crew.path).await.refused(403, "login required");
        assert_eq!(crew.shown().await, before);
    }

    async fn an_environment_that_is_not_there_has_none(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        rosa.get(NOWHERE).await.refused(404, IS_NOWHERE);
        rosa.post(NOWHERE, given()).await.refused(404, IS_NOWHERE);
        rosa.post(NOWHERE, json!({})).await.refused(404, IS_NOWHERE);
        rosa.put(NOWHERE, json!({})).await.refused(404, IS_NOWHERE);
        rosa.delete(NOWHERE).await.refused(404, "Not Found");
        let id = rosa.environment("Harbor staging").await;
        let path = format!("/api/environments/{id}/slack");
        rosa.get(&path).await.refused(404, "Not Found");
        rosa.put(&path, json!({ "isOn": true })).await.refused(404, "Not Found");
        rosa.put(&path, json!({})).await.refused(404, "Not Found");
        rosa.delete(&path).await.refused(404, "Not Found");
    }

    async fn what_is_missing_or_wrong_is_said_of_every_field(app: App) {
        let crew = Crew::of(&app).await;
        crew.rosa.post(&crew.path, json!({})).await.invalid(&["token", "channel"]);
        crew.rosa.post(&crew.path, json!({ "token": "", "channel": 7 })).await.invalid(&["token", "channel"]);
        crew.rosa.post(&crew.path, json!({ "token": "xoxb-harbor", "channel": null })).await.invalid(&["channel"]);
        crew.rosa.get(&crew.path).await.refused(404, "Not Found");
        crew.set_up().await;
        crew.rosa.post(&crew.path, given()).await.refused(400, "Environment already is configured with slack");
        // Field errors come before the existence of the environment.
        for path in [crew.path.as_str(), NOWHERE] {
            let wrong = json!({ "isOn": 1, "token": "", "channel": [] });
            crew.stan.put(path, wrong).await.invalid(&["token", "channel", "isOn"]);
        }
    }

    async fn each_part_is_changed_on_its_own(app: App) {
        let crew = Crew::of(&app).await;
        let mut expected = crew.set_up().await;
        assert_eq!(crew.rosa.put(&crew.path, json!({})).await.ok(), expected);
        for (field, value) in [("channel", json!("C0QUAY")), ("token", json!("xoxb-quay")), ("isOn", json!(false))] {
            expected[field] = value.clone();
            assert_eq!(crew.rosa.put(&crew.path, json!({ field: value })).await.ok(), expected);
        }
        assert_eq!(crew.rosa.put(&crew.path, json!({ "isOn": "true" })).await.ok()["isOn"], json!(true));
        assert_eq!(crew.shown().await["channel"], json!("C0QUAY"));
    }

    async fn it_can_be_removed_and_made_anew(app: App) {
        let crew = Crew::of(&app).await;
        crew.set_up().await;
        let answer = crew.ada.delete(&crew.path).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        crew.ada.delete(&crew.path).await.refused(404, "Not Found");
        crew.mara.get(&crew.path).await.refused(404, "Not Found");
        crew.set_up().await;
    }

    async fn both_names_of_the_environments_lead_there(app: App) {
        let crew = Crew::of(&app).await;
        crew.set_up().await;
        let other = crew.path.replace("/environments/", "/environment/");
        assert_eq!(crew.mara.get(&other).await.ok(), crew.shown().await);
    }

    async fn an_environment_is_deleted_with_its_notices(app: App) {
        let crew = Crew::of(&app).await;
        crew.set_up().await;
        crew.rosa.delete(&format!("/api/environments/{}", crew.id)).await.ok();
        crew.rosa.get(&crew.path).await.refused(404, &format!("Environment {} does not exist", crew.id));
    }

    async fn of_two_that_set_up_at_once_one_does(app: App) {
        let crew = Crew::of(&app).await;
        let (one, other) = tokio::join!(crew.rosa.post(&crew.path, given()), crew.ada.post(&crew.path, given()));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400]);
    }
}

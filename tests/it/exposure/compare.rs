//! Compares what both APIs say with the model.

use std::collections::BTreeSet;

use serde_json::json;

use super::history::{History, PEOPLE, Step};

impl History<'_> {
    /// Both APIs say what the model says, of every environment whose owner can ask, and of every person.
    pub async fn compare(&mut self, step: &Step) {
        let mut exposed = 0;
        let mut by_person: Vec<BTreeSet<(i64, String)>> = vec![BTreeSet::new(); PEOPLE];
        for (id, environment) in &self.model.environments {
            let expected = self.model.exposed(*id);
            exposed += expected.len();
            for (person, field) in &expected {
                by_person[*person].insert((*id, (*field).to_owned()));
            }
            if !self.model.is_active(environment.owner) {
                continue;
            }
            let answer = self.owner(*id).get(&format!("/api/environments/{id}/exposure")).await.ok();
            let entries = answer["exposed"].as_array().unwrap().iter();
            let found: BTreeSet<(i64, String)> = entries
                .map(|entry| (entry["userId"].as_i64().unwrap(), entry["field"].as_str().unwrap().to_owned()))
                .collect();
            let expected: BTreeSet<(i64, String)> =
                expected.iter().map(|(person, field)| (self.people[*person].id, (*field).to_owned())).collect();
            assert_eq!(found, expected, "environment {id} after {step:?}: {:#?}", self.steps);
        }
        for (person, expected) in by_person.iter().enumerate() {
            if self.model.deleted.contains(&person) {
                continue;
            }
            let answer = self.superuser.call("user.exposure", json!({ "id": self.uids[person] })).await.ok();
            let entries = answer["exposed"].as_array().unwrap().iter();
            let found: BTreeSet<(i64, String)> = entries
                .map(|entry| {
                    (entry["environment"]["id"].as_i64().unwrap(), entry["field"].as_str().unwrap().to_owned())
                })
                .collect();
            assert_eq!(&found, expected, "person {person} after {step:?}: {:#?}", self.steps);
        }
        self.most = self.most.max(exposed);
    }
}

//! Takes random steps over HTTP, and notes in the model what they mean.

use std::time::Duration;

use serde_json::json;

use super::model::{Environment, FIELDS, Model, Person};
use crate::support::api::{Api, environment_body};
use crate::support::app::App;
use crate::support::rpc::Rpc;

pub const PEOPLE: usize = 5;

/// When somebody is deactivated later. A history has fewer steps than this has seconds.
const LATER: Duration = Duration::from_secs(100);

#[derive(Clone, Debug)]
pub enum Step {
    Create { by: Person, keys_of: Option<i64> },
    Join { place: i64, person: Person, is_admin: bool },
    LookOnPage { place: i64, person: Person },
    LookByProgram { place: i64, person: Person },
    LookAtKeys { person: Person },
    Replace { place: i64, by: Person, fields: [bool; 4], with_the_same: bool },
    Remove { place: i64, person: Person },
    Leave { place: i64, person: Person },
    HandOver { place: i64, to: Person },
    DeletePlace { place: i64 },
    Deactivate { person: Person },
    DeactivateLater { person: Person },
    TimePasses,
    Activate { person: Person },
    DeleteAccount { person: Person },
    Dismiss { place: i64, person: Person, field: &'static str },
}

pub struct History<'a> {
    app: &'a App,
    pub superuser: Rpc<'a>,
    pub people: Vec<Api<'a>>,
    pub uids: Vec<String>,
    pub model: Model,
    random: u64,
    made: usize,
    pub steps: Vec<Step>,
    /// The largest number of exposures at once.
    pub most: usize,
}

impl<'a> History<'a> {
    pub async fn begin(app: &'a App, seed: u64) -> Self {
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            people.push(app.user(&format!("p{number}@harbor.test")).await);
        }
        let superuser = app.superuser().await;
        let users = superuser.call("user.list", json!({ "limit": 500 })).await.ok();
        let uid = |number: usize| {
            let users = users["users"].as_array().unwrap();
            let address = format!("p{number}@harbor.test");
            users.iter().find(|user| user.to_string().contains(&address)).unwrap()["id"].as_str().unwrap().to_owned()
        };
        let uids = (0..PEOPLE).map(uid).collect();
        let (model, steps) = (Model::default(), Vec::new());
        Self { app, superuser, people, uids, model, random: seed, made: 0, steps, most: 0 }
    }

    pub fn was_worth_it(&self) -> bool {
        self.most > 2
    }

    /// A number below `end` (xorshift64*, <https://doi.org/10.1145/2845077>).
    fn below(&mut self, end: usize) -> usize {
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        let number = self.random.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % end
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() { None } else { Some(all[self.below(all.len())].clone()) }
    }

    /// A step that is possible.
    pub fn choose(&mut self) -> Step {
        (0..10_000).find_map(|_| self.draw()).expect("something is always possible")
    }

    fn draw(&mut self) -> Option<Step> {
        let active: Vec<Person> = (0..PEOPLE).filter(|person| self.model.is_active(*person)).collect();
        let person = self.one_of(&active)?;
        let ids: Vec<i64> = self.model.environments.keys().copied().collect();
        if ids.is_empty() || (ids.len() < 4 && self.below(8) == 0) {
            let owned = ids.iter().copied().filter(|id| self.model.environments[id].owner == person);
            let owned: Vec<i64> = owned.collect();
            let keys_of = if self.below(2) == 0 { self.one_of(&owned) } else { None };
            return Some(Step::Create { by: person, keys_of });
        }
        let place = self.one_of(&ids)?;
        let environment = self.model.environments[&place].clone();
        let (is_in, owns) = (environment.has(person), environment.owner == person);
        let owner_is_active = self.model.is_active(environment.owner);
        let staying = active.iter().filter(|person| !self.model.ending.contains(person)).count();
        let step = match self.below(25) {
            0..=3 if !is_in && owner_is_active => Step::Join { place, person, is_admin: self.below(2) == 0 },
            4..=6 if is_in => Step::LookOnPage { place, person },
            7..=8 if is_in => Step::LookByProgram { place, person },
            9 => Step::LookAtKeys { person },
            10..=12 if environment.is_administered_by(person) => {
                let fields = [(); 4].map(|()| self.below(3) == 0);
                Step::Replace { place, by: person, fields, with_the_same: self.below(4) == 0 }
            }
            13..=14 if is_in && !owns && owner_is_active => Step::Remove { place, person },
            15 if is_in && !owns => Step::Leave { place, person },
            16 if is_in && !owns && owner_is_active => Step::HandOver { place, to: person },
            17 if owner_is_active && self.below(3) == 0 => Step::DeletePlace { place },
            18 if staying > 2 => Step::Deactivate { person },
            19 => {
                let off: Vec<Person> = self.model.deactivated.difference(&self.model.deleted).copied().collect();
                Step::Activate { person: self.one_of(&off)? }
            }
            20 if staying > 3 && self.model.can_be_deleted(person) && self.below(3) == 0 => {
                Step::DeleteAccount { person }
            }
            21 if owner_is_active => {
                let exposed: Vec<_> = self.model.exposed(place).into_iter().collect();
                let (person, field) = self.one_of(&exposed)?;
                Step::Dismiss { place, person, field }
            }
            22..=23 if staying > 2 => Step::DeactivateLater { person },
            24 if !self.model.ending.is_empty() => Step::TimePasses,
            _ => return None,
        };
        Some(step)
    }

    pub async fn take(&mut self, step: &Step) {
        self.steps.push(step.clone());
        // Who joined first is told by the time.
        self.app.advance(Duration::from_secs(1));
        match *step {
            Step::Create { by, keys_of } => self.create(by, keys_of).await,
            Step::Join { place, person, is_admin } => self.join(place, person, is_admin).await,
            Step::LookOnPage { place, person } => {
                let mut browser = self.app.browser_of(&self.people[person]);
                browser.get(&format!("/environments/{place}")).await;
                browser.post_fields(&format!("/environments/{place}/reveal"), &[]).await;
                assert_eq!(browser.status, 200);
                self.note_seen(place, person, &[0, 1, 2, 3]);
            }
            Step::LookByProgram { place, person } => {
                self.people[person].get(&format!("/api/environments/{place}")).await.ok();
                self.note_seen(place, person, &[2, 3]);
            }
            Step::LookAtKeys { person } => {
                self.people[person].get("/api/awsKeys").await.ok();
                let owned = self.model.environments.iter().filter(|(_, place)| place.owner == person);
                let owned: Vec<i64> = owned.map(|(id, _)| *id).collect();
                for id in owned {
                    self.note_seen(id, person, &[0, 1]);
                }
            }
            Step::Replace { place, by, fields, with_the_same } => self.replace(place, by, fields, with_the_same).await,
            Step::Remove { place, person } => {
                let membership = self.people[person].membership(place).await;
                self.owner(place).end_membership(membership).await.ok();
                self.end(place, person);
            }
            Step::Leave { place, person } => {
                let membership = self.people[person].membership(place).await;
                self.people[person].end_membership(membership).await.ok();
                self.end(place, person);
            }
            Step::HandOver { place, to } => {
                let mut browser = self.app.browser_of(self.owner(place));
                browser.get(&format!("/environments/{place}/edit")).await;
                let id = self.people[to].id.to_string();
                browser.post_fields(&format!("/environments/{place}/owner/confirmed"), &[("userId", &id)]).await;
                let environment = self.model.environments.get_mut(&place).unwrap();
                environment.owner = to;
                environment.members.iter_mut().filter(|(member, _)| *member == to).for_each(|member| member.1 = true);
            }
            Step::DeletePlace { place } => {
                self.owner(place).delete(&format!("/api/environments/{place}")).await.ok();
                self.model.environments.remove(&place);
            }
            Step::Deactivate { person } => {
                self.superuser.call("user.deactivate", json!({ "id": self.uids[person] })).await.ok();
                self.model.deactivated.insert(person);
                self.model.ending.remove(&person);
            }
            Step::DeactivateLater { person } => {
                let later = json!({ "id": self.uids[person], "deactivateAfterSeconds": LATER.as_secs() });
                self.superuser.call("user.deactivate", later).await.ok();
                self.model.ending.insert(person);
            }
            Step::TimePasses => {
                self.app.advance(LATER);
                let ended = std::mem::take(&mut self.model.ending);
                self.model.deactivated.extend(ended);
            }
            Step::Activate { person } => {
                self.superuser.call("user.activate", json!({ "id": self.uids[person] })).await.ok();
                self.model.deactivated.remove(&person);
            }
            Step::DeleteAccount { person } => {
                self.superuser.call("user.delete", json!({ "id": self.uids[person] })).await.ok();
                self.model.ending.remove(&person);
                self.model.delete(person);
            }
            Step::Dismiss { place, person, field } => {
                let body = json!({ "userId": self.people[person].id, "field": field, "reason": "It was a test" });
                self.owner(place).post(&format!("/api/environments/{place}/exposure/dismiss"), body).await.ok();
                let index = FIELDS.iter().position(|name| *name == field).unwrap();
                let version = self.model.environments[&place].versions[index];
                self.model.dismissed.insert((place, version, person));
            }
        }
    }

    pub fn owner(&self, place: i64) -> &Api<'a> {
        &self.people[self.model.environments[&place].owner]
    }

    fn note_seen(&mut self, place: i64, person: Person, fields: &[usize]) {
        let versions = self.model.environments[&place].versions;
        for field in fields {
            self.model.see(person, versions[*field]);
        }
    }

    fn end(&mut self, place: i64, person: Person) {
        self.model.environments.get_mut(&place).unwrap().members.retain(|(member, _)| *member != person);
    }

    async fn create(&mut self, by: Person, keys_of: Option<i64>) {
        self.made += 1;
        let mut body = environment_body(&format!("Harbor {}", self.made));
        let mut versions = [(); 4].map(|()| self.model.version());
        let mut entered = vec![0, 1, 2, 3];
        if let Some(source) = keys_of {
            let keys = self.people[by].get("/api/environments").await.ok();
            let listed = keys.as_array().unwrap().iter().find(|listed| listed["id"] == source).unwrap();
            body["keysId"] = listed["awsKeysId"].clone();
            versions[..2].copy_from_slice(&self.model.environments[&source].versions[..2]);
            entered = vec![2, 3];
        }
        let made = self.people[by].post("/api/environments", body).await.ok();
        let id = made["id"].as_i64().unwrap();
        let environment = Environment { versions, owner: by, members: vec![(by, true)] };
        self.model.environments.insert(id, environment);
        self.note_seen(id, by, &entered);
    }

    async fn join(&mut self, place: i64, person: Person, is_admin: bool) {
        let address = format!("p{person}@harbor.test");
        self.people[person].join(self.owner(place), place, &address, is_admin).await;
        self.model.environments.get_mut(&place).unwrap().members.push((person, is_admin));
        self.note_seen(place, person, &[0, 1, 2, 3]);
    }

    async fn replace(&mut self, place: i64, by: Person, fields: [bool; 4], with_the_same: bool) {
        let mut body = json!({});
        let chosen: Vec<usize> = (0..4).filter(|field| fields[*field]).collect();
        let number = self.steps.len();
        for field in &chosen {
            body[FIELDS[*field]] = json!(format!("AKNEW{number}"));
        }
        let path = format!("/api/environments/{place}/credentials");
        let named: Vec<&str> = chosen.iter().map(|field| FIELDS[*field]).collect();
        let replaced = self.people[by].put(&path, body.clone()).await.ok();
        assert_eq!(replaced, json!({ "changed": named, "same": [] }));
        for field in &chosen {
            let version = self.model.version();
            self.model.environments.get_mut(&place).unwrap().versions[*field] = version;
            self.model.see(by, version);
        }
        if with_the_same {
            let replaced = self.people[by].put(&path, body).await.ok();
            assert_eq!(replaced, json!({ "changed": [], "same": named }));
        }
    }
}

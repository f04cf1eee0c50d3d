//! What people know, in plain sets.

use std::collections::{BTreeMap, BTreeSet};

pub const FIELDS: [&str; 4] = ["accessKey", "secretKey", "user", "pass"];

pub type Person = usize;

/// An environment: its secrets' versions, and its members in the order in which they joined, with who administers.
#[derive(Clone, Debug)]
pub struct Environment {
    pub versions: [u32; 4],
    pub owner: Person,
    pub members: Vec<(Person, bool)>,
}

impl Environment {
    pub fn has(&self, person: Person) -> bool {
        self.members.iter().any(|(member, _)| *member == person)
    }

    pub fn is_administered_by(&self, person: Person) -> bool {
        self.members.contains(&(person, true))
    }
}

#[derive(Clone, Debug, Default)]
pub struct Model {
    pub environments: BTreeMap<i64, Environment>,
    /// Who has seen which version.
    pub seen: BTreeSet<(u32, Person)>,
    /// In which environments it does not matter.
    pub dismissed: BTreeSet<(i64, u32, Person)>,
    pub deactivated: BTreeSet<Person>,
    /// Who is deactivated when time passes.
    pub ending: BTreeSet<Person>,
    pub deleted: BTreeSet<Person>,
    last: u32,
}

impl Model {
    pub fn version(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    pub fn is_active(&self, person: Person) -> bool {
        !self.deactivated.contains(&person) && !self.deleted.contains(&person)
    }

    pub fn see(&mut self, person: Person, version: u32) {
        self.seen.insert((version, person));
        self.dismissed.retain(|(_, dismissed, by)| (*dismissed, *by) != (version, person));
    }

    fn has_access(&self, person: Person, version: u32) -> bool {
        self.is_active(person)
            && self.environments.values().any(|place| place.versions.contains(&version) && place.has(person))
    }

    /// Who knows what of an environment without access.
    pub fn exposed(&self, id: i64) -> BTreeSet<(Person, &'static str)> {
        let place = &self.environments[&id];
        let fields = FIELDS.iter().zip(place.versions);
        fields
            .flat_map(|(field, version)| {
                let out = self.seen.iter().filter(move |(seen, person)| {
                    *seen == version
                        && !self.has_access(*person, version)
                        && !self.dismissed.contains(&(id, version, *person))
                });
                out.map(move |(_, person)| (*person, *field))
            })
            .collect()
    }

    /// Whether nobody is left in an environment that nobody could own.
    pub fn can_be_deleted(&self, person: Person) -> bool {
        let others = |place: &Environment| place.members.iter().filter(|(member, _)| *member != person).count();
        let can = |place: &Environment| {
            place.members.iter().any(|(member, _)| *member != person && !self.deactivated.contains(member))
        };
        self.environments.values().filter(|place| place.owner == person).all(|place| others(place) == 0 || can(place))
    }

    /// What the account of an ended user leaves: environments pass to the administrator who joined first, else to the
    /// member who joined first; without one, they are deleted.
    pub fn delete(&mut self, person: Person) {
        self.deleted.insert(person);
        let ids: Vec<i64> = self.environments.keys().copied().collect();
        for id in ids {
            let deactivated = self.deactivated.clone();
            let place = self.environments.get_mut(&id).unwrap();
            place.members.retain(|(member, _)| *member != person);
            if place.owner != person {
                continue;
            }
            let can = |(member, _): &&(Person, bool)| !deactivated.contains(member);
            let first = place.members.iter().find(|member| member.1 && can(member));
            let heir = first.or_else(|| place.members.iter().find(can)).map(|(member, _)| *member);
            match heir {
                Some(heir) => {
                    place.owner = heir;
                    place.members.iter_mut().filter(|(member, _)| *member == heir).for_each(|member| member.1 = true);
                }
                None => drop(self.environments.remove(&id)),
            }
        }
    }
}

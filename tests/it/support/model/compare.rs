//! Compares the record with what a server shows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::thread::scope;

use serde_json::json;

use super::change::{Answer, Change, What};
use super::{Findings, GUEST, Model};
use crate::support::app::PASSWORD;
use crate::support::process::{Client, MAIL_PATIENCE, Place, Process, wait_at_most};

/// How many threads read.
const READERS: usize = 4;

/// The changes that a server shows.
#[derive(Default)]
struct Shown {
    /// How often each name is in the list.
    environments: HashMap<String, usize>,
    sharing: HashMap<i64, Sharing>,
    /// The addresses that can log in.
    users: BTreeSet<String>,
}

/// The open invitations of an environment by address, and its members by user id.
#[derive(Default)]
struct Sharing {
    invited: HashMap<String, usize>,
    members: HashMap<i64, usize>,
}

impl Model {
    /// Reports acknowledged changes that are missing, and changes that exist more than once. `when` is part of the
    /// report.
    pub fn compare(&self, server: &Process, when: &str, findings: &mut Findings) {
        let changes = self.changes.lock().unwrap().clone();
        let shown = self.look(server, &changes);
        let done: Vec<&Change> = changes.iter().filter(|change| change.answer.is_done()).collect();
        let lost: Vec<&What> =
            done.iter().map(|change| &change.what).filter(|what| self.count(&shown, what) == 0).collect();
        if let Some(first) = lost.first() {
            let (lost, sorts, done) = (lost.len(), by_sort(&lost), done.len());
            findings
                .add(format!("{when}: of {done} changes answered with success {lost} are lost {sorts:?}: {first:?}"));
        }
        let twice: Vec<&What> =
            changes.iter().map(|change| &change.what).filter(|what| self.count(&shown, what) > 1).collect();
        if let Some(first) = twice.first() {
            findings.add(format!("{when}: there more than once: {:?}: {first:?}", by_sort(&twice)));
        }
    }

    /// Reports responses that are neither a success nor a 503 with `Retry-After`, or took too long.
    pub fn check_answers(&self, findings: &mut Findings) {
        let mut faults = BTreeMap::new();
        for fault in self.changes.lock().unwrap().iter().filter_map(Change::fault) {
            *faults.entry(fault).or_insert(0) += 1;
        }
        findings.unless(faults.is_empty(), &format!("wrong responses: {faults:?}"));
    }

    /// Reports broken connections; for tests that kill no server.
    pub fn check_connections(&self, findings: &mut Findings) {
        let broken = self.changes.lock().unwrap().iter().filter(|change| change.answer == Answer::Broken).count();
        findings.unless(broken == 0, &format!("{broken} connections broke"));
    }

    /// Repeats every accept with an unknown outcome. Whether it joins now or had joined before, exactly one membership
    /// must exist afterwards.
    pub fn join_again(&self, server: &Process, findings: &mut Findings) {
        let guest = self.writers[0].guest.at(&server.base());
        for change in self.changes.lock().unwrap().iter_mut() {
            let What::Joined { code, .. } = &change.what else { continue };
            if !matches!(change.answer, Answer::Refused | Answer::Broken) {
                continue;
            }
            let reply = guest.try_put("/api/environments/invites/accept", &json!({ "inviteCode": code }));
            match reply.map(|reply| reply.status) {
                // Joined now, or before.
                Some(200 | 409) => change.answer = Answer::Done,
                status => findings.add(format!("{:?}: accepting again is answered {status:?}", change.what)),
            }
        }
    }

    /// Waits until every open invitation and every new account has its mail; reports those without.
    pub fn check_mails(&self, server: &Process, place: &Place, findings: &mut Findings) {
        let changes = self.changes.lock().unwrap().clone();
        let shown = self.look(server, &changes);
        let invited = shown.sharing.values().flat_map(|sharing| sharing.invited.keys().cloned());
        let mut owed: BTreeSet<String> = invited.filter(|address| address != GUEST).chain(shown.users).collect();
        let (all, mailbox) = (owed.len(), place.mailbox());
        let waited = wait_at_most(MAIL_PATIENCE, || {
            for mail in mailbox.new_mails() {
                owed.remove(&mail.to);
            }
            owed.is_empty()
        });
        findings.unless(waited.is_ok(), &format!("of {all} people {} got no mail: {:?}", owed.len(), owed.first()));
    }

    /// How often a change shows.
    fn count(&self, shown: &Shown, what: &What) -> usize {
        let sharing = |environment| shown.sharing.get(environment);
        let members = |environment| sharing(environment).and_then(|of| of.members.get(&self.guest_id)).copied();
        match what {
            What::SignedUp { address } => usize::from(shown.users.contains(address)),
            What::Made { name } => shown.environments.get(name).copied().unwrap_or(0),
            What::Joined { environment, .. } => members(environment).unwrap_or(0),
            What::Invited { environment, address } => {
                let open = sharing(environment).and_then(|of| of.invited.get(address)).copied().unwrap_or(0);
                let joined = if address == GUEST { members(environment).unwrap_or(0) } else { 0 };
                open + joined
            }
        }
    }

    fn look(&self, server: &Process, changes: &[Change]) -> Shown {
        let owner = self.writers[0].owner.at(&server.base());
        let environments: BTreeSet<i64> = changes.iter().filter_map(|change| change.what.environment()).collect();
        let accounts: BTreeSet<&str> = changes.iter().filter_map(|change| change.what.account()).collect();
        let (environments, accounts) = (Vec::from_iter(environments), Vec::from_iter(accounts));
        let mut shown = Shown { environments: names(&owner), ..Shown::default() };
        scope(|scope| {
            let (owner, environments, accounts) = (&owner, &environments, &accounts);
            let readers: Vec<_> = (0..READERS)
                .map(|reader| {
                    scope.spawn(move || {
                        let environments = environments.iter().skip(reader).step_by(READERS);
                        let sharing = environments.map(|&id| (id, Sharing::read(owner, id))).collect::<Vec<_>>();
                        let accounts = accounts.iter().skip(reader).step_by(READERS);
                        let users = accounts.filter(|address| can_log_in(server, address)).collect::<Vec<_>>();
                        (sharing, users)
                    })
                })
                .collect();
            for reader in readers {
                let (sharing, users) = reader.join().unwrap();
                shown.sharing.extend(sharing);
                shown.users.extend(users.into_iter().map(|&address| address.to_owned()));
            }
        });
        shown
    }
}

impl What {
    /// The environment whose sharing page shows the change.
    const fn environment(&self) -> Option<i64> {
        match self {
            Self::Invited { environment, .. } | Self::Joined { environment, .. } => Some(*environment),
            Self::SignedUp { .. } | Self::Made { .. } => None,
        }
    }

    fn account(&self) -> Option<&str> {
        if let Self::SignedUp { address } = self { Some(address) } else { None }
    }
}

impl Sharing {
    /// Empty for an environment that does not exist.
    fn read(owner: &Client, environment: i64) -> Self {
        let page = owner.get(&format!("/environments/{environment}/sharing")).text;
        let members = owner.get(&format!("/api/environments/{environment}/users/list")).text;
        let members: Vec<serde_json::Value> = serde_json::from_str(&members).unwrap_or_default();
        let mut sharing = Self::default();
        for row in page.split("<span id=\"i").skip(1) {
            let address = row.split(['>', '<']).nth(1).unwrap().to_owned();
            *sharing.invited.entry(address).or_default() += 1;
        }
        for member in members {
            *sharing.members.entry(member["userId"].as_i64().unwrap()).or_default() += 1;
        }
        sharing
    }
}

fn names(owner: &Client) -> HashMap<String, usize> {
    let mut names = HashMap::new();
    for environment in owner.get("/api/environments").ok().as_array().unwrap() {
        *names.entry(environment["name"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    names
}

fn can_log_in(server: &Process, address: &str) -> bool {
    let reply = server.client().try_post("/api/users/login", &json!({ "email": address, "password": PASSWORD }));
    reply.is_some_and(|reply| reply.status == 200)
}

fn by_sort(changes: &[&What]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for what in changes {
        *counts.entry(what.sort()).or_default() += 1;
    }
    counts
}

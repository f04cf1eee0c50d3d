//! Load from many clients, with a record of every change and its response. Afterwards the record is compared with what
//! the server shows: acknowledged changes must exist.

mod change;
mod compare;
mod findings;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::scope;
use std::time::Instant;

use serde_json::{Value, json};

use self::change::{Answer, Change, What};
pub use self::findings::Findings;
use super::api::environment_body;
use super::app::PASSWORD;
use super::process::{Client, Place, Process, Reply, wait_for};

/// Creates environments and invites to them.
const OWNER: &str = "rosa@harbor.test";
/// Joins them.
const GUEST: &str = "tomas@harbor.test";

/// The clients and the record of their changes.
pub struct Model {
    writers: Vec<Writer>,
    guest_id: i64,
    changes: Mutex<Vec<Change>>,
}

/// A client: a session of the owner and one of the guest.
struct Writer {
    number: usize,
    owner: Client,
    guest: Client,
    csrf: String,
    turns: AtomicUsize,
}

/// The number of responses so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// With success.
    pub done: usize,
    /// Any other response, or none.
    pub refused: usize,
}

impl Tally {
    pub fn answers(&self) -> usize {
        self.done + self.refused
    }
}

impl Model {
    /// Creates the users; call it before the server starts.
    pub fn make_users(place: &Place) {
        place.create_user(OWNER);
        place.create_user(GUEST);
    }

    /// Opens the clients' sessions.
    pub fn new(server: &Process, writers: usize) -> Self {
        let numbers: Vec<usize> = (0..writers).collect();
        let writers = scope(|scope| {
            let writers: Vec<_> =
                numbers.iter().map(|&number| scope.spawn(move || Writer::new(server, number))).collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
        });
        let me = writers[0].guest.get("/api/users/me").ok();
        Self { writers, guest_id: me["id"].as_i64().unwrap(), changes: Mutex::default() }
    }

    /// Runs all clients, spread over the servers at these URLs, until `control` returns. A client stops earlier if its
    /// connection breaks.
    pub fn load(&self, servers: &[String], control: impl FnOnce()) {
        let stop = Flag::default();
        scope(|scope| {
            for (writer, base) in self.writers.iter().zip(servers.iter().cycle()) {
                let stop = &stop;
                scope.spawn(move || while !stop.is_set() && self.turn(writer, base).is_some() {});
            }
            // On drop, because the scope also waits for the clients if `control` panics.
            let _stop = SetWhenDropped(&stop);
            control();
        });
    }

    /// One turn of the first client alone.
    pub fn take_turn(&self, server: &Process) {
        let answered = self.turn(&self.writers[0], &server.base());
        assert!(answered.is_some(), "the server does not respond:\n{}", server.log());
    }

    /// Signs up a new user; returns the status.
    pub fn sign_up(&self, server: &Process, address: &str) -> Option<u16> {
        self.signs_up(&server.client(), address)
    }

    pub fn tally(&self) -> Tally {
        let changes = self.changes.lock().unwrap();
        let count = |status: fn(&Answer) -> bool| changes.iter().filter(|change| status(&change.answer)).count();
        Tally { done: count(Answer::is_done), refused: count(Answer::is_refused) }
    }

    /// Waits until the tally satisfies `holds`; false if it does not within a minute.
    #[must_use]
    pub fn reaches(&self, mut holds: impl FnMut(Tally) -> bool) -> bool {
        wait_for(|| holds(self.tally())).is_ok()
    }

    /// Creates an environment, invites a newcomer by its sharing page and the guest by JSON, and has the guest join.
    /// Now and then a new user signs up. `None` if the connection breaks.
    fn turn(&self, writer: &Writer, base: &str) -> Option<()> {
        let (owner, guest) = (writer.owner.at(base), writer.guest.at(base));
        let turn = writer.turns.fetch_add(1, Ordering::Relaxed);
        let name = format!("harbor-{}-{turn}", writer.number);
        // Rarely, because hashing the password takes as long as dozens of other changes.
        if turn % 16 == 7 {
            self.signs_up(&owner, &format!("{name}@joined.test"))?;
        }
        let Some(environment) = self.makes(&owner, &name)?["id"].as_i64() else { return Some(()) };
        self.invites_by_page(&owner, &writer.csrf, environment, &format!("{name}@invited.test"))?;
        let invite = self.invites(&owner, environment)?;
        if let Some(code) = invite["inviteCode"].as_str()
            && turn % 4 != 3
        {
            self.joins(&guest, environment, code)?;
        }
        Some(())
    }

    fn signs_up(&self, client: &Client, address: &str) -> Option<u16> {
        let body = json!({ "email": address, "password": PASSWORD, "agreeToTerms": true });
        let what = What::SignedUp { address: address.to_owned() };
        self.record(what, || client.try_post("/api/users/signup", &body)).map(|reply| reply.status)
    }

    fn makes(&self, owner: &Client, name: &str) -> Option<Value> {
        let mut body = environment_body(name);
        body["keysName"] = name.into();
        let what = What::Made { name: name.to_owned() };
        self.record(what, || owner.try_post("/api/environments", &body)).map(|reply| json_of(&reply))
    }

    fn invites_by_page(&self, owner: &Client, csrf: &str, environment: i64, address: &str) -> Option<()> {
        let path = format!("/environments/{environment}/sharing");
        let what = What::Invited { environment, address: address.to_owned() };
        self.record(what, || owner.try_form(&path, csrf, &[("userEmail", address)])).map(drop)
    }

    fn invites(&self, owner: &Client, environment: i64) -> Option<Value> {
        let body = json!({ "environmentId": environment, "userEmail": GUEST, "isAdmin": false });
        let what = What::Invited { environment, address: GUEST.to_owned() };
        self.record(what, || owner.try_post("/api/environment/invites", &body)).map(|reply| json_of(&reply))
    }

    fn joins(&self, guest: &Client, environment: i64, code: &str) -> Option<()> {
        let what = What::Joined { environment, code: code.to_owned() };
        let body = json!({ "inviteCode": code });
        self.record(what, || guest.try_put("/api/environments/invites/accept", &body)).map(drop)
    }

    /// Sends a change and records its response; `None` if the connection broke.
    fn record(&self, what: What, change: impl FnOnce() -> Option<Reply>) -> Option<Reply> {
        let begun = Instant::now();
        let reply = change();
        let change = Change { what, answer: Answer::of(reply.as_ref()), took: begun.elapsed() };
        self.changes.lock().unwrap().push(change);
        reply
    }
}

impl Writer {
    fn new(server: &Process, number: usize) -> Self {
        let (owner, guest) = (server.client(), server.client());
        owner.log_in(OWNER);
        guest.log_in(GUEST);
        let csrf = owner.csrf("/environments/new");
        Self { number, owner, guest, csrf, turns: AtomicUsize::new(0) }
    }
}

/// The body of a response as JSON; null for a page.
fn json_of(reply: &Reply) -> Value {
    serde_json::from_str(&reply.text).unwrap_or_default()
}

#[derive(Default)]
struct Flag(AtomicBool);

impl Flag {
    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

struct SetWhenDropped<'a>(&'a Flag);

impl Drop for SetWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

//! Sixteen connections that change things on PostgreSQL, through one process and through two, in turn.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::database::{await_outbox, verify_everybody, write};
use super::person::Person;
use super::report::{Table, millis, times, whole};
use super::server::Server;
use super::stage::{environment, new_environment};
use super::support::postgres::OwnCluster;
use super::times::{Times, over, timed};
use super::{report, seed};

const PAIRS: usize = 16;
/// How often each number of processes is measured.
const ROUNDS: usize = 3;
/// A new process opens connections and prepares statements: that is not measured.
const WARM_UP: Duration = Duration::from_secs(3);
const ROUND: Duration = Duration::from_secs(6);

pub fn table(cluster: &OwnCluster) -> Table {
    let heads = ["operations", "operations/s", "p50", "p99", "p99 ÷ p50", "repeated", "refused"];
    let mut table = Table::new("PostgreSQL, 16 connections", heads);
    let database = cluster.create_database().url;
    let first = Server::on(&database);
    let mut pairs = pairs(&first, &database);
    let (mut by_one, mut by_two) = (Measured::default(), Measured::default());
    for round in 1..=ROUNDS {
        eprintln!("round {round} of {ROUNDS}");
        let mut measure = |servers: &[&Server]| {
            Measured::of(cluster, servers, &mut pairs, WARM_UP);
            // What the last round owes is no load of this one.
            await_outbox(&database);
            Measured::of(cluster, servers, &mut pairs, ROUND)
        };
        by_one.add(measure(&[&first]));
        let second = Server::on(&database);
        by_two.add(measure(&[&first, &second]));
        // Killed, it would leave messages leased, for which the next round would wait.
        second.end();
    }
    table.row("one process", by_one.cells());
    table.row("two processes", by_two.cells());
    table.row("two ÷ one", [String::new(), times(by_two.rate() / by_one.rate())]);
    table
}

/// An administrator of some places, and somebody who comes and goes.
struct Pair {
    number: usize,
    owner: Person,
    guest: Person,
    /// Environments that the owner administers: their own, and the one that all share.
    own: i64,
    shared: i64,
    /// The owner's org.
    org: String,
    turns: usize,
}

fn owner_address(number: usize) -> String {
    format!("owner-{number}@bench.test")
}

fn guest_address(number: usize) -> String {
    format!("guest-{number}@bench.test")
}

/// Sets up everybody and their places.
fn pairs(server: &Server, database: &str) -> Vec<Pair> {
    let people: Vec<(Person, Person)> = (0..PAIRS)
        .map(|number| {
            let [owner, guest] = [owner_address(number), guest_address(number)].map(|address| {
                let person = Person::at(server);
                person.sign_up(&address);
                person.sign_in(&address);
                person
            });
            (owner, guest)
        })
        .collect();
    write(database, [verify_everybody(seed::now())]);
    let shared = new_environment(&people[0].0, "Shared by all");
    for (number, (owner, _)) in people.iter().enumerate().skip(1) {
        let invite = json!({ "environmentId": shared, "userEmail": owner_address(number), "isAdmin": true });
        let invite = people[0].0.post("/api/environments/invites", &invite);
        owner.send("PUT", "/api/environments/invites/accept", Some(&json!({ "inviteCode": invite["inviteCode"] })));
    }
    let pair = |(number, (owner, guest)): (usize, (Person, Person))| {
        let own = new_environment(&owner, &format!("Own {number}"));
        let slug = format!("org-{number}");
        let org = owner.call("org.create", &json!({ "name": "Org", "slug": slug }))["org"]["id"].clone();
        let org = org.as_str().expect("it has an id").to_owned();
        Pair { number, owner, guest, own, shared, org, turns: 0 }
    };
    people.into_iter().enumerate().map(pair).collect()
}

impl Pair {
    /// Does one thing after the other, until the time is over.
    fn work(&mut self, server: &Server, until: Instant) -> Measured {
        (self.owner, self.guest) = (self.owner.moved_to(server), self.guest.moved_to(server));
        let mut measured = Measured::default();
        while Instant::now() < until {
            self.turns += 1;
            match self.turns % 8 {
                0 => self.create(&mut measured),
                1 => self.invite_to_org(&mut measured),
                2 | 3 => self.share(self.shared, &mut measured),
                _ => self.share(self.own, &mut measured),
            }
            if self.turns.is_multiple_of(64) {
                let body = json!({ "email": guest_address(self.number), "password": super::person::PASSWORD });
                measured.ask(&self.guest, "POST", "/api/users/login", Some(&body));
            }
        }
        measured
    }

    /// Invites the guest, who accepts and leaves again.
    fn share(&self, environment: i64, measured: &mut Measured) {
        let (number, path) = (self.number, "/api/environments/invites");
        let body = json!({ "environmentId": environment, "userEmail": guest_address(number), "isAdmin": false });
        let invite = measured.ask(&self.owner, "POST", path, Some(&body));
        let body = json!({ "inviteCode": invite["inviteCode"] });
        measured.ask(&self.guest, "PUT", &format!("{path}/accept"), Some(&body));
        measured.ask(&self.guest, "DELETE", &format!("{path}/{}", invite["id"]), None);
    }

    fn invite_to_org(&self, measured: &mut Measured) {
        let body = json!({ "userKey": guest_address(self.number), "orgId": self.org });
        measured.ask(&self.owner, "POST", "/api/v1/user.invite", Some(&body));
    }

    fn create(&self, measured: &mut Measured) {
        let body = environment(&format!("Made {} {}", self.number, self.turns));
        measured.ask(&self.owner, "POST", "/api/environments", Some(&body));
    }
}

/// What was done in some time.
#[derive(Default)]
struct Measured {
    operations: Times,
    refused: usize,
    /// Transactions that PostgreSQL ended because of others.
    repeated: usize,
    time: Duration,
}

impl Measured {
    /// What all pairs do in some time, spread over the servers.
    fn of(cluster: &OwnCluster, servers: &[&Server], pairs: &mut [Pair], time: Duration) -> Self {
        let repeated = collisions(cluster);
        let (time, mut measured) = timed(|| {
            let until = Instant::now() + time;
            thread::scope(|scope| {
                let at_work = pairs.iter_mut().zip(servers.iter().cycle());
                let at_work: Vec<_> = at_work.map(|(pair, server)| scope.spawn(|| pair.work(server, until))).collect();
                let mut all = Self::default();
                for pair in at_work {
                    all.add(pair.join().expect("it only asks"));
                }
                all
            })
        });
        measured.time = time;
        measured.repeated = collisions(cluster) - repeated;
        measured
    }

    fn ask(&mut self, person: &Person, method: &str, path: &str, body: Option<&Value>) -> Value {
        let (time, (status, told)) = timed(|| person.ask(method, path, body));
        self.operations.add(time);
        self.refused += usize::from(!status.is_success() || told["ok"] == false);
        told
    }

    fn add(&mut self, other: Self) {
        self.operations.append(other.operations);
        self.refused += other.refused;
        self.repeated += other.repeated;
        self.time += other.time;
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn rate(&self) -> f64 {
        self.operations.count() as f64 / self.time.as_secs_f64()
    }

    fn cells(&self) -> [String; 7] {
        let (p50, p99) = (self.operations.within(50), self.operations.within(99));
        [
            whole(self.operations.count()),
            whole(self.rate()),
            millis(p50),
            millis(p99),
            times(over(p99, p50)),
            report::percent(self.repeated, self.operations.count()),
            whole(self.refused),
        ]
    }
}

/// What PostgreSQL logs when it ends a transaction because of another.
const COLLISIONS: [&str; 3] = ["could not serialize access", "deadlock detected", "duplicate key value"];

fn collisions(cluster: &OwnCluster) -> usize {
    let is_collision = |line: &&str| line.contains("ERROR:") && COLLISIONS.iter().any(|said| line.contains(said));
    cluster.log().lines().filter(is_collision).count()
}

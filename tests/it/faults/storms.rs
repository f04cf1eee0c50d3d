//! Killed repeatedly under load: no acknowledged change is lost, no membership doubled, no queued mail lost.

use crate::support::model::{Findings, Model};
use crate::support::postgres::OwnCluster;
use crate::support::process::{Place, Process};

const WRITERS: usize = 8;
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// How many changes succeed before the kill; differs by round.
fn changes(round: usize) -> usize {
    10 + round * 7 % 40
}

/// Waits for this many more successful changes.
#[track_caller]
fn wait_for_changes(model: &Model, more: usize, server: &Process) {
    let before = model.tally().done;
    assert!(model.reaches(|tally| tally.done >= before + more), "{:?}\n{}", model.tally(), server.log());
}

fn check(model: &Model, server: &Process, place: &Place) {
    let mut findings = Findings::default();
    model.check_answers(&mut findings);
    model.join_again(server, &mut findings);
    model.compare(server, "after the last restart", &mut findings);
    model.check_mails(server, place, &mut findings);
    findings.assert_none();
}

#[test]
fn answered_writes_survive_kills_on_sqlite() {
    let place = Place::default().with("rate_limits_enabled", "false");
    Model::make_users(&place);
    let mut server = place.start();
    let model = Model::new(&server, WRITERS);
    for round in 0..30 {
        model.load(&[server.base()], || {
            wait_for_changes(&model, changes(round), &server);
            server.kill();
        });
        server = place.start();
    }
    check(&model, &server, &place);
}

/// Two processes on one database, with one mail folder.
struct Pair {
    places: [Place; 2],
    servers: [Process; 2],
}

impl Pair {
    fn start(database_url: &str) -> Self {
        let places = [Place::default(), Place::default()];
        let mails = format!("file:{}", places[0].data("mail").display());
        let places = places.map(|place| {
            place
                .with("rate_limits_enabled", "false")
                .with("database_url", database_url)
                .with("master_key", KEY)
                .with("mail_url", &mails)
        });
        Model::make_users(&places[0]);
        let servers = [places[0].start(), places[1].start()];
        Self { places, servers }
    }

    fn bases(&self) -> [String; 2] {
        [self.servers[0].base(), self.servers[1].base()]
    }

    fn kill(&self, one: usize) {
        self.servers[one].kill_now();
    }

    fn restart(&mut self, one: usize) {
        self.servers[one] = self.places[one].start();
    }
}

#[test]
fn answered_writes_survive_kills_of_two_processes_on_postgres() {
    let Some(mut cluster) = OwnCluster::start() else { return };
    let mut pair = Pair::start(&cluster.create_database().url);
    let model = Model::new(&pair.servers[0], WRITERS);
    for round in 0..24 {
        let (one, other) = (round % 2, (round + 1) % 2);
        let kills = round % 3 != 1;
        model.load(&pair.bases(), || {
            wait_for_changes(&model, changes(round), &pair.servers[one]);
            if kills {
                pair.kill(one);
            }
            if round % 3 != 0 {
                cluster.stop_immediately();
                cluster.start_server();
            }
            wait_for_changes(&model, changes(round), &pair.servers[other]);
        });
        if kills {
            pair.restart(one);
        }
    }
    check(&model, &pair.servers[0], &pair.places[0]);
}

//! Killed again and again under load: no answered change is lost, nobody is a member twice, no owed mail is lost.

use crate::support::model::{Findings, Model};
use crate::support::process::{Place, Process};

const WRITERS: usize = 8;

/// How many changes succeed in a round before the kill; varies from round to round.
fn changes(round: usize) -> usize {
    10 + round * 7 % 40
}

/// Waits until so many more changes have succeeded.
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

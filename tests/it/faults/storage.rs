//! SQLite on a full or failing disk: acknowledged changes are kept, all others get a 503, and everything recovers once
//! the disk does.

use std::time::{Duration, Instant};

use crate::support::disk::{SizeLimit, SmallDisk, Trouble};
use crate::support::model::{Findings, Model};
use crate::support::process::{Place, Process, wait_at_most};
use crate::support::shim::{Call, FailingCalls};

const WRITERS: usize = 16;
/// How soon readiness fails.
const NOTICED_WITHIN: Duration = Duration::from_secs(10);
/// How soon readiness recovers afterwards.
const OVER_WITHIN: Duration = Duration::from_secs(30);

/// Many clients write before, during and after the fault.
fn write_through(place: Place, trouble: &impl Trouble) {
    let place = place.with("rate_limits_enabled", "false");
    Model::make_users(&place);
    let server = place.start();
    let model = Model::new(&server, WRITERS);
    let mut findings = Findings::default();
    model.load(&[server.base()], || {
        assert!(model.reaches(|tally| tally.done >= 200), "{}", server.log());
        trouble.begin(&server);
        assert!(model.reaches(|tally| tally.refused > 0), "no change was rejected");
        let before = model.tally();
        findings
            .unless(model.reaches(|tally| tally.answers() >= before.answers() + 300), "no answers during the trouble");
        trouble.end(&server);
        let before = model.tally();
        findings.unless(model.reaches(|tally| tally.done >= before.done + 200), "changes are still refused afterwards");
    });
    model.check_answers(&mut findings);
    model.check_connections(&mut findings);
    model.compare(&server, "after the trouble", &mut findings);
    server.kill();
    let server = place.start();
    model.compare(&server, "after kill -9", &mut findings);
    model.check_mails(&server, &place, &mut findings);
    findings.assert_none();
}

/// One client, step by step: what users, probes and operators see.
fn tell_story(place: Place, trouble: &impl Trouble) {
    let place = place.with("rate_limits_enabled", "false");
    Model::make_users(&place);
    let server = place.start();
    let model = Model::new(&server, 1);
    let mut findings = Findings::default();
    model.take_turn(&server);
    assert_eq!(model.tally().refused, 0, "{}", server.log());

    go_through(&server, &model, trouble, &mut findings);

    let refused = model.tally().refused;
    model.take_turn(&server);
    model.sign_up(&server, "nadia@joined.test");
    findings.unless(model.tally().refused == refused, "changes still fail after the trouble");
    model.check_answers(&mut findings);
    model.compare(&server, "after the trouble", &mut findings);
    compare_after_restarts(&place, server, &model, &mut findings);
    findings.assert_none();
}

/// The fault from beginning to end.
fn go_through(server: &Process, model: &Model, trouble: &impl Trouble, findings: &mut Findings) {
    let begun = Instant::now();
    trouble.begin(server);
    for _ in 0..4 {
        model.take_turn(server);
    }
    model.sign_up(server, "mia@joined.test");
    findings.unless(model.tally().refused > 0, "nothing is refused");
    findings
        .unless(is_answered(server, "/health/ready", 503, NOTICED_WITHIN), "readiness stays 200 during the trouble");
    findings.unless(is_answered(server, "/", 200, NOTICED_WITHIN), "pages cannot be read during the trouble");
    trouble.end(server);
    findings.unless(is_answered(server, "/health/ready", 200, OVER_WITHIN), "readiness stays 503 after the trouble");
    check_log(server, begun, findings);
}

fn compare_after_restarts(place: &Place, mut server: Process, model: &Model, findings: &mut Findings) {
    server.terminate();
    let status = server.wait_for_end();
    findings.unless(status.success(), &format!("SIGTERM ends it with {status}"));
    let server = place.start();
    model.compare(&server, "after SIGTERM", findings);
    server.kill();
    let server = place.start();
    model.compare(&server, "after kill -9", findings);
    model.check_mails(&server, place, findings);
}

fn is_answered(server: &Process, path: &str, status: u16, patience: Duration) -> bool {
    let client = server.client();
    wait_at_most(patience, || client.try_get(path).is_some_and(|reply| reply.status == status)).is_ok()
}

/// The log must name the cause, but not for every request.
fn check_log(server: &Process, begun: Instant, findings: &mut Findings) {
    let lines = || server.log().lines().filter(|line| line.contains("the database cannot be used")).count();
    let most = 1 + usize::try_from(begun.elapsed().as_secs() / 60).unwrap();
    let told = wait_at_most(Duration::from_secs(1), || lines() > 0).is_ok();
    findings.unless(told, "the log does not name the cause");
    findings.unless(lines() <= most, &format!("the log names the cause {} times", lines()));
}

#[test]
fn answered_writes_survive_a_file_size_limit() {
    let Some(limit) = SizeLimit::at(256 * 1024) else { return };
    write_through(SizeLimit::place(), &limit);
}

#[test]
fn answered_writes_survive_a_full_file_system() {
    let place = Place::default();
    let Some(disk) = SmallDisk::mount(&place, 32) else { return };
    write_through(place, &disk);
}

#[test]
fn a_full_disk_is_reported_and_overcome() {
    let Some(limit) = SizeLimit::at(0) else { return };
    tell_story(SizeLimit::place(), &limit);
}

#[test]
fn a_full_file_system_is_reported_and_overcome() {
    let place = Place::default();
    let Some(disk) = SmallDisk::mount(&place, 6) else { return };
    tell_story(place, &disk);
}

/// More calls than a test makes.
const ALL: u32 = 1_000_000;

#[test]
fn answered_writes_survive_failing_writes() {
    let Some((place, calls)) = FailingCalls::place("-wal", Call::Write, 10, ALL) else { return };
    write_through(place, &calls);
}

#[test]
fn answered_writes_survive_failing_syncs() {
    let Some((place, calls)) = FailingCalls::place("-wal", Call::Sync, 2, ALL) else { return };
    write_through(place, &calls);
}

#[test]
fn answered_writes_survive_two_failing_syncs() {
    let Some((place, calls)) = FailingCalls::place("-wal", Call::Sync, 5, 2) else { return };
    write_through(place, &calls);
}

#[test]
fn an_io_error_is_reported_and_overcome() {
    let Some((place, calls)) = FailingCalls::place("-wal", Call::Sync, 0, ALL) else { return };
    tell_story(place, &calls);
}

#[test]
fn requests_are_answered_while_the_log_cannot_be_written() {
    let Some(limit) = SizeLimit::at(0) else { return };
    let place = SizeLimit::place_with_log().with("rate_limits_enabled", "false");
    let server = place.start();
    let client = server.client();
    assert_eq!(client.get("/sign-in").status, 200);
    limit.begin(&server);
    let answers = ["/", "/sign-in", "/health/live"].map(|path| client.try_get(path).map(|reply| reply.status));
    limit.end(&server);
    assert_eq!(answers, [Some(200); 3], "{}", std::fs::read_to_string(place.path().join("log")).unwrap());
    assert_eq!(client.get("/sign-in").status, 200);
}

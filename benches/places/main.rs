//! What requests cost, in the server's process: with 1,000, 10,000 and 100,000 members, and as many open invitations,
//! events and environments. What else is bounded: the time of a page beside searches, memory, and contention on PostgreSQL.
//! Prints the tables of `docs/performance.md`, which says how to read them.
//!
//! `cargo bench --bench places` measures everything; `-- growth 1000 50000` one part, with other numbers of members;
//! `-- --smoke` only checks quickly that nothing grows. Linux only: reads CPU times from `/proc`.

mod bare;
mod contention;
mod cost;
mod database;
mod ending;
mod growth;
mod memory;
mod person;
mod process;
mod report;
mod searchers;
mod seed;
mod server;
mod smoke;
mod sorts;
mod stage;
mod times;

/// The tests know how to start PostgreSQL.
#[path = "../../tests/it/support"]
#[expect(dead_code, unused_imports, clippy::unwrap_used, reason = "made for tests, which use all of it")]
mod support {
    pub mod needs;
    pub mod postgres;
}

use std::process::ExitCode;

use self::stage::Stage;
use self::support::postgres::OwnCluster;

/// Numbers of members.
const SIZES: [usize; 3] = [1000, 10_000, 100_000];

fn main() -> ExitCode {
    if bare::is_wanted() {
        bare::serve();
        return ExitCode::SUCCESS;
    }
    // Cargo passes `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if words.iter().any(|word| word == "--smoke") {
        return smoke::run();
    }
    let sizes: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let parts: Vec<&str> = words.iter().map(String::as_str).filter(|word| word.parse::<usize>().is_err()).collect();
    let is_wanted = |part| parts.is_empty() || parts.contains(&part);
    if is_wanted("growth") {
        print_growth(&sizes);
    }
    if is_wanted("searchers") {
        let largest = sizes.iter().max().copied().unwrap_or_default();
        println!("{}", searchers::table(&Stage::set(largest)));
    }
    if is_wanted("memory") {
        println!("{}", memory::table());
    }
    if is_wanted("postgres") {
        print_postgres();
    }
    ExitCode::SUCCESS
}

fn print_growth(sizes: &[usize]) {
    let mut stages: Vec<Stage> = sizes.iter().map(|members| Stage::set(*members)).collect();
    println!("{}", growth::memory_of_whole_lists(&mut stages));
    println!("{}", growth::table(&stages));
}

fn print_postgres() {
    let Some(cluster) = OwnCluster::start() else {
        println!("PostgreSQL: skipped, it is not installed.");
        return;
    };
    println!("{}", contention::table(&cluster));
    println!("{}", ending::table(&cluster));
}

//! A quick check for CI: whether any cost grows with a place. Never fails on how long something takes.

use std::process::ExitCode;

use super::cost::Cost;
use super::growth::{costs, lesser, memory_of, sizes};
use super::report::{mebibytes, times, whole};
use super::sorts::{Against, SORTS, Sort, WHOLE_LISTS};
use super::stage::Stage;

/// Bounded walks are compared between the last two: both are beyond their bound.
const SIZES: [usize; 3] = [200, 10_000, 30_000];
/// More is a fault. Less may be noise, or deeper trees.
const MOST: f64 = 1.5;
/// The memory for a list that is answered whole. One copy of its rows would be more.
const MOST_MEBIBYTES: f64 = 8.0;
/// A busy machine is noise: the least costs of all tries count.
const TRIES: usize = 3;

pub fn run() -> ExitCode {
    let mut stages: Vec<Stage> = SIZES.into_iter().map(Stage::set).collect();
    let mut faults: Vec<String> = WHOLE_LISTS.iter().filter_map(|list| memory_fault(&mut stages, list)).collect();
    for sort in SORTS.iter().chain(&WHOLE_LISTS) {
        faults.extend(growth_fault(&stages, sort));
        if let Against::Sort(other) = sort.against {
            faults.extend(comparison_fault(&stages, sort, other));
        }
    }
    if faults.is_empty() {
        println!("Nothing grows with a place.");
        return ExitCode::SUCCESS;
    }
    println!("These grow with a place:");
    for fault in faults {
        println!("- {fault}");
    }
    ExitCode::FAILURE
}

fn growth_fault(stages: &[Stage], sort: &Sort) -> Option<String> {
    let sizes = sizes(stages);
    let (growth, costs) = least(|| costs(stages, sort), |costs| sort.growth.of(&sizes, costs));
    let micros: Vec<String> = costs.iter().map(|cost| whole(cost.micros())).collect();
    let members: Vec<String> = sizes.into_iter().map(whole).collect();
    let (micros, members) = (micros.join(" / "), members.join(" / "));
    let told = format!("{}: {} {}", sort.name, sort.growth.word(), times(growth));
    println!("{told}");
    (growth > MOST).then(|| format!("{told}, more than {}: {micros} µs CPU at {members} members", times(MOST)))
}

fn comparison_fault(stages: &[Stage], sort: &Sort, other: &Sort) -> Option<String> {
    let both = || [costs(&stages[..1], other), costs(&stages[..1], sort)].concat();
    let (ratio, _) = least(both, |costs| costs[1].over(costs[0]));
    let told = format!("{}: {} {}", sort.name, times(ratio), other.name);
    println!("{told}");
    (ratio > MOST).then(|| format!("{told}, more than {}", times(MOST)))
}

/// The growth by the least costs of as many tries as are needed to stay below [`MOST`].
fn least(measure: impl Fn() -> Vec<Cost>, growth: impl Fn(&[Cost]) -> f64) -> (f64, Vec<Cost>) {
    let mut costs = measure();
    for _ in 1..TRIES {
        if growth(&costs) <= MOST {
            break;
        }
        costs = lesser(costs, measure());
    }
    (growth(&costs), costs)
}

fn memory_fault(stages: &mut [Stage], list: &Sort) -> Option<String> {
    let more = stages.last_mut().map(|stage| memory_of(stage, list))?;
    let told = format!("{}: {} MiB more while it is answered", list.name, mebibytes(more));
    println!("{told}");
    (more > MOST_MEBIBYTES).then(|| format!("{told}, more than {}", mebibytes(MOST_MEBIBYTES)))
}

//! The cost of every sort of request at several sizes.

use super::bare::Bare;
use super::cost::{Cost, cost_of};
use super::process;
use super::report::{Table, mebibytes, times, whole};
use super::sorts::{Against, SORTS, Sort, WHOLE_LISTS};
use super::stage::Stage;

/// How often each sort is measured. The least cost counts.
const ROUNDS: usize = 3;

/// One measurement of a sort at every size.
pub fn costs(stages: &[Stage], sort: &Sort) -> Vec<Cost> {
    stages.iter().map(|stage| cost_of(stage.server.id(), || (sort.request)(stage))).collect()
}

/// The least of two measurements, for each size.
pub fn lesser(one: Vec<Cost>, other: Vec<Cost>) -> Vec<Cost> {
    one.into_iter().zip(other).map(|(one, other)| one.lesser(other)).collect()
}

pub fn sizes(stages: &[Stage]) -> Vec<usize> {
    stages.iter().map(|stage| stage.members).collect()
}

/// The cost of every sort.
pub fn table(stages: &[Stage]) -> Table {
    let bare = Bare::measure();
    let mut table = Table::new("µs CPU a request", stages.iter().map(|stage| whole(stage.members)));
    table.add_columns(["last ÷ first", "judged", "compared"]);
    table.row("bare page", [whole(bare.page.micros())]);
    table.row("bare durable transaction", [whole(bare.transaction.micros())]);
    let mut measured: Vec<(&Sort, Vec<Cost>)> = Vec::new();
    for sort in SORTS.iter().chain(&WHOLE_LISTS) {
        eprintln!("{}", sort.name);
        let costs = (1..ROUNDS).fold(costs(stages, sort), |least, _| lesser(least, self::costs(stages, sort)));
        let (first, last) = (costs[0], costs[costs.len() - 1]);
        let of_bare = |bare: Cost, what: &str| format!("{} {what}", times(first.over(bare)));
        let compared = match sort.against {
            Against::Page => of_bare(bare.page, "a bare page"),
            Against::Transaction => of_bare(bare.transaction, "a bare transaction"),
            Against::Sort(other) => {
                let found = measured.iter().find(|(sort, _)| sort.name == other.name);
                found.map(|(_, costs)| of_bare(costs[0], other.name)).unwrap_or_default()
            }
        };
        let judged = format!("{} {}", sort.growth.word(), times(sort.growth.of(&sizes(stages), &costs)));
        let cells = costs.iter().map(|cost| whole(cost.micros()));
        table.row(sort.name, cells.chain([times(last.over(first)), judged, compared]));
        measured.push((sort, costs));
    }
    table
}

/// How much more memory a server takes while it answers a list whole.
pub fn memory_of_whole_lists(stages: &mut [Stage]) -> Table {
    let mut table = Table::new("MiB more while answering", stages.iter().map(|stage| whole(stage.members)));
    for list in &WHOLE_LISTS {
        table.row(list.name, stages.iter_mut().map(|stage| mebibytes(memory_of(stage, list))));
    }
    table
}

/// The growth of the server's peak memory by a request.
pub fn memory_of(stage: &mut Stage, sort: &Sort) -> process::Mebibytes {
    stage.server.restart();
    let server = stage.server.id();
    let before = process::resident(server);
    (sort.request)(stage);
    process::peak(server) - before
}

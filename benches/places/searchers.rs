//! How long a page takes while others search the activity of a large place, without an end and without a hit.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::report::{Table, millis, times, whole};
use super::stage::Stage;
use super::times::{Times, over, timed};

const SEARCHERS: [usize; 3] = [0, 4, 8];
/// Pages asked for beside each number of searchers, at most, and for how long.
const PAGES: usize = 400;
const LONGEST: Duration = Duration::from_secs(20);
/// Until all searchers are in the middle of a search.
const RUN_UP: Duration = Duration::from_millis(500);

pub fn table(stage: &Stage) -> Table {
    let heads = ["pages", "p50", "p99", "p50 ÷ alone", "p99 ÷ alone", "refused", "searches/s"];
    let mut table = Table::new("A page beside searchers", heads);
    let mut alone = None;
    for searchers in SEARCHERS {
        eprintln!("a page beside {searchers} searchers");
        let beside = Beside::measure(stage, searchers);
        let (p50, p99) = (beside.pages.within(50), beside.pages.within(99));
        let (alone_p50, alone_p99) = *alone.get_or_insert((p50, p99));
        let cells = [
            whole(beside.pages.count()),
            millis(p50),
            millis(p99),
            times(over(p50, alone_p50)),
            times(over(p99, alone_p99)),
            whole(beside.refused),
            format!("{:.1}", beside.searches_a_second),
        ];
        table.row(&searchers.to_string(), cells);
    }
    table
}

/// What was measured.
struct Beside {
    /// The times of all pages, those that were refused included.
    pages: Times,
    refused: usize,
    searches_a_second: f64,
}

impl Beside {
    fn measure(stage: &Stage, searchers: usize) -> Self {
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let search = || {
                let (owner, path) = (stage.owner.clone(), stage.environment("activity?search=nothing-like-it"));
                let mut searches = 0;
                while !over.load(Ordering::Relaxed) {
                    // However it ends, it was work for the server.
                    let _ = owner.get(&path);
                    searches += 1;
                }
                searches
            };
            let searching: Vec<_> = (0..searchers).map(|_| scope.spawn(search)).collect();
            thread::sleep(RUN_UP);
            let began = Instant::now();
            let (mut pages, mut refused) = (Times::default(), 0);
            while pages.count() < PAGES && began.elapsed() < LONGEST {
                let (time, status) = timed(|| stage.collector.get("/environments"));
                pages.add(time);
                refused += usize::from(!status.is_ok_and(|status| status.is_success()));
            }
            let seconds = (RUN_UP + began.elapsed()).as_secs_f64();
            over.store(true, Ordering::Relaxed);
            let searches: u32 = searching.into_iter().map(|searcher| searcher.join().expect("it only asks")).sum();
            Self { pages, refused, searches_a_second: f64::from(searches) / seconds }
        })
    }
}

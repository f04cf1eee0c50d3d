//! The CPU cost of requests about a place, in the server's process, with 1,000 and with 10,000 members and as many open
//! invitations; compared with a bare durable SQLite transaction and a bare page of Rocket and Tera in the same run.
//!
//! `cargo bench --bench places`, optionally with other numbers of members: `-- 1000 100000`. Runs the release program
//! on SQLite and needs nothing else. Linux only: reads CPU times from `/proc`. Compare ratios, not figures: a busy or
//! slow machine changes both sides.

mod bare;
mod client;
mod cpu;
mod person;
mod seed;
mod server;

use std::time::Duration;

use self::client::Client;
use self::cpu::Meter;
use self::seed::Seeded;
use self::server::Server;

/// Requests measured of each kind, after [`WARM_UP`] unmeasured ones.
const REQUESTS: usize = 400;
const WARM_UP: usize = 20;

/// The CPU time of a request.
#[derive(Clone, Copy, Debug)]
struct Cost(Duration);

impl Cost {
    fn micros(self) -> f64 {
        self.0.as_secs_f64() * 1e6
    }

    fn over(self, other: Self) -> f64 {
        self.micros() / other.micros()
    }
}

/// The mean CPU time of a process per call of `request`.
fn cost_of(process: u32, mut request: impl FnMut()) -> Cost {
    (0..WARM_UP).for_each(|_| request());
    let meter = Meter::start(process);
    (0..REQUESTS).for_each(|_| request());
    Cost(meter.stop() / u32::try_from(REQUESTS).unwrap_or(u32::MAX))
}

/// A kind of request: its name, and a function that makes one.
type Sort = (&'static str, fn(&Client, &Seeded));

const SORTS: [Sort; 8] = [
    ("environment: invite", |client, seeded| drop(client.invite(seeded))),
    ("environment: invite, accept, leave", Client::invite_and_accept),
    ("environment: sharing page", |client, seeded| {
        client.page(&format!("/environments/{}/sharing", seeded.environment));
    }),
    ("environment: activity page", |client, seeded| {
        client.page(&format!("/environments/{}/activity", seeded.environment));
    }),
    ("org: invite", Client::invite_to_org),
    ("org: members page", |client, _| client.page("/orgs/big/members")),
    ("org: invitations page", |client, _| client.page("/orgs/big/invitations")),
    ("guest: invitations page", |client, _| client.page_of_guest("/invitations")),
];

fn costs(members: usize) -> Vec<Cost> {
    let mut server = Server::start();
    let seeded = seed::make(&mut server, members);
    let client = Client::of(&server);
    SORTS.iter().map(|(_, request)| cost_of(server.id(), || request(&client, &seeded))).collect()
}

fn main() {
    if bare::is_wanted() {
        bare::serve();
        return;
    }
    // Cargo passes `--bench`.
    let given: Vec<usize> = std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let sizes = if given.is_empty() { vec![1000, 10_000] } else { given };

    let transaction = bare::transaction();
    let page = bare::page();
    println!("a bare durable transaction: {:.0} µs; a bare page: {:.0} µs", transaction.micros(), page.micros());
    let by_size: Vec<Vec<Cost>> = sizes.iter().map(|members| costs(*members)).collect();

    let heads: String = sizes.iter().map(|members| format!("{members:>12}")).collect();
    println!("{:<36}{heads}{:>10}{:>10}", "µs CPU a request, of members:", "growth", "of bare");
    for (sort, (name, _)) in SORTS.iter().enumerate() {
        let costs: Vec<Cost> = by_size.iter().map(|costs| costs[sort]).collect();
        let cells: String = costs.iter().map(|cost| format!("{:>12.0}", cost.micros())).collect();
        let bare = if name.ends_with("page") { page } else { transaction };
        let (first, last) = (costs[0], costs[costs.len() - 1]);
        println!("{name:<36}{cells}{:>9.2}×{:>9.1}×", last.over(first), first.over(bare));
    }
}

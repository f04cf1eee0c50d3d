//! How long it takes on PostgreSQL to delete an account that keeps creating environments.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::database::{make_superuser, verify_everybody, write};
use super::person::Person;
use super::report::{Table, millis, whole};
use super::seed::{self, ROOT};
use super::server::Server;
use super::stage::environment;
use super::support::postgres::OwnCluster;
use super::times::{Times, timed};

/// Clients of the account.
const CLIENTS: [usize; 2] = [1, 8];
const ACCOUNTS: usize = 3;
/// How long they create environments before the account is deleted.
const HEAD_START: Duration = Duration::from_secs(1);

pub fn table(cluster: &OwnCluster) -> Table {
    let mut table = Table::new("Deleting who creates environments", ["accounts", "deleted", "median", "longest"]);
    let database = cluster.create_database().url;
    let server = Server::on(&database);
    let root = Person::at(&server);
    root.sign_up(ROOT);
    write(&database, [verify_everybody(seed::now()), make_superuser(ROOT, seed::now())]);
    root.sign_in(ROOT);
    for clients in CLIENTS {
        eprintln!("deleting an account with {clients} clients");
        let (mut deletions, mut deleted) = (Times::default(), 0);
        for account in 0..ACCOUNTS {
            let (time, is_deleted) = delete_one(&server, &root, clients, account);
            deletions.add(time);
            deleted += usize::from(is_deleted);
        }
        let times = [50, 100].map(|percent| millis(deletions.within(percent)));
        let name = if clients == 1 { "with one client".to_owned() } else { format!("with {clients} clients") };
        table.row(&name, [whole(ACCOUNTS), whole(deleted)].into_iter().chain(times));
    }
    table
}

/// Deletes an account at work. Returns how long it took, and whether it succeeded.
fn delete_one(server: &Server, root: &Person, clients: usize, account: usize) -> (Duration, bool) {
    let person = Person::at(server);
    let address = format!("creator-{clients}-{account}@bench.test");
    let id = person.sign_up(&address)["id"].clone();
    person.sign_in(&address);
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        for client in 0..clients {
            let (person, over) = (person.clone(), &over);
            scope.spawn(move || {
                let mut number = 0;
                while !over.load(Ordering::Relaxed) {
                    number += 1;
                    let body = environment(&format!("{clients} {account} {client} {number:04}"));
                    person.ask("POST", "/api/environments", Some(&body));
                }
            });
        }
        thread::sleep(HEAD_START);
        let (time, (status, _)) = timed(|| root.ask("DELETE", &format!("/api/users/{id}"), None));
        over.store(true, Ordering::Relaxed);
        (time, status.is_success())
    })
}

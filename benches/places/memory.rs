//! The server's memory after many have signed in, four at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::person::Person;
use super::process;
use super::report::{Table, mebibytes, whole};
use super::seed::OWNER;
use super::server::Server;

/// Sign-ins altogether, after which the memory is read.
const SIGN_INS: [usize; 3] = [20, 600, 1000];
const AT_ONCE: usize = 4;
/// Until the server has done what was left to do.
const REST: Duration = Duration::from_secs(2);

pub fn table() -> Table {
    let server = Server::start();
    thread::sleep(REST);
    let mut table = Table::new("MiB of memory", ["resident", "peak"]);
    let row = |name: String, table: &mut Table| {
        table.row(&name, [process::resident(server.id()), process::peak(server.id())].map(mebibytes));
    };
    row("at rest".to_owned(), &mut table);
    Person::at(&server).sign_up(OWNER);
    let mut before = 0;
    for sign_ins in SIGN_INS {
        eprintln!("{sign_ins} sign-ins");
        sign_in(&server, sign_ins - before);
        before = sign_ins;
        thread::sleep(REST);
        row(format!("after {} sign-ins", whole(sign_ins)), &mut table);
    }
    table
}

fn sign_in(server: &Server, times: usize) {
    let begun = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while begun.fetch_add(1, Ordering::Relaxed) < times {
                    Person::at(server).sign_in(OWNER);
                }
            });
        }
    });
}

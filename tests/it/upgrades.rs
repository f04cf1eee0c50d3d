//! Upgrades: the present program on databases of earlier versions.

mod dump;
mod keeping;
mod questions;
mod rows;
mod sql;
mod world;

use self::dump::{Dump, Engine};
use crate::support::app::{App, START};
use crate::support::browser::Browser;

async fn browser_of<'a>(app: &'a App, login: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.sign_in(login).await;
    assert_eq!(browser.path, "/", "{login}: {}", browser.text());
    browser
}

/// The members in a section of the page: name, right, and who let them in.
fn members(browser: &Browser<'_>, section: &str, right: &str) -> Vec<String> {
    let cells = |cell: &str| browser.select(&format!("{section} tbody {cell}")).into_iter();
    let rights = cells(&format!("td[data-label={right}]"));
    let by = cells("td[data-label=Since] .sub:first-of-type");
    let rows = cells("th > bdi").zip(rights).zip(by);
    rows.map(|((name, right), by)| format!("{name}: {right}, {by}")).collect()
}

/// Who did what, latest first.
async fn activity(browser: &mut Browser<'_>, path: &str) -> Vec<String> {
    browser.get(path).await;
    let who = browser.select("td[data-label=Who]").into_iter();
    who.zip(browser.select("td[data-label=What]")).map(|(who, what)| format!("{who} {what}")).collect()
}

/// Or a later migration would pass because it met no row.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_of_a_dump_has_a_row() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for dump in Dump::all(engine) {
            let Some(set) = engine.empty().await else { return };
            App::start_on(set, START, async |data_dir, database| {
                dump.load(data_dir, database).await;
                assert_eq!(sql::empty_tables(database).await, [""; 0]);
            })
            .await;
        }
    }
}

//! Upgrades: the present program on databases of earlier versions.

mod rows;

use crate::support::app::App;
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

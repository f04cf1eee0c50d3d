//! Faults in a page's HTML.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

/// The faults of a page, in words.
pub fn faults(page: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let mut faults = html.errors.iter().map(|error| format!("HTML: {error}")).collect::<Vec<_>>();
    faults.extend(references(&html));
    faults.extend(headings(&html));
    faults.extend(nameless(&html));
    faults.extend(tokens(&html));
    faults.extend(cells(&html));
    faults.extend(inline(&html));
    faults.extend(accounts(&html));
    // Markup from the catalogue that a macro has escaped again.
    let escaped = ["&lt;bdi&gt;", "&lt;strong", "&lt;time ", "&lt;a href"].into_iter().filter(|tag| page.contains(tag));
    faults.extend(escaped.map(|tag| format!("{tag} is shown as text")));
    faults
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// Duplicate ids, and references to missing ones.
fn references(html: &Html) -> Vec<String> {
    let mut ids = BTreeSet::new();
    let mut faults = Vec::new();
    for element in all(html, "[id]") {
        let id = element.attr("id").unwrap();
        if !ids.insert(id) {
            faults.push(format!("duplicate id {id:?}"));
        }
    }
    for name in ["for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage", "data-copy"] {
        for element in all(html, &format!("[{name}]")) {
            for id in element.attr(name).unwrap().split_whitespace().filter(|id| !ids.contains(id)) {
                faults.push(format!("{name}={id:?} points to nothing"));
            }
        }
    }
    for link in all(html, "a[href^='#']") {
        let id = &link.attr("href").unwrap()[1..];
        if !ids.contains(id) {
            faults.push(format!("dangling link to {id:?}"));
        }
    }
    faults
}

/// One first-level heading, and no skipped levels. The error summary of a form comes before it.
fn headings(html: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    let headings = all(html, "h1, h2, h3, h4, h5, h6");
    let levels: Vec<u32> = headings.iter().map(|heading| heading.value().name()[1..].parse().unwrap()).collect();
    if levels.iter().filter(|level| **level == 1).count() != 1 {
        faults.push(format!("not one h1: {levels:?}"));
    }
    let mut before = 1;
    for level in levels {
        if level > before + 1 {
            faults.push(format!("h{level} after h{before}"));
        }
        before = level;
    }
    let empty = |heading: &&ElementRef<'_>| heading.text().all(|text| text.trim().is_empty());
    faults.extend(headings.iter().filter(empty).map(|heading| format!("an empty {}", heading.value().name())));
    faults
}

/// Fields without labels, links and buttons without text, images without alt text.
fn nameless(html: &Html) -> Vec<String> {
    let labels: BTreeSet<&str> = all(html, "label[for]").iter().filter_map(|label| label.attr("for")).collect();
    let mut faults = Vec::new();
    for field in all(html, "input:not([type=hidden]), select, textarea") {
        let labelled = field.attr("id").is_some_and(|id| labels.contains(id)) || field.attr("aria-label").is_some();
        if !labelled {
            faults.push(format!("a field without a label: {}", field.html()));
        }
    }
    for one in all(html, "a, button, label, legend, th, summary") {
        if one.text().all(|text| text.trim().is_empty()) && one.attr("aria-label").is_none() {
            faults.push(format!("without text: {}", one.html()));
        }
    }
    faults.extend(all(html, "img:not([alt])").iter().map(|picture| format!("without alt: {}", picture.html())));
    faults
}

/// A form with a new password names its account to password managers: once, by an address or a name.
fn accounts(html: &Html) -> Vec<String> {
    let new = Selector::parse("input[name=password][autocomplete=new-password], input[name^=newPassword]").unwrap();
    let named = Selector::parse("[autocomplete=username]").unwrap();
    let mut faults = Vec::new();
    for form in all(html, "form") {
        let passwords: Vec<ElementRef<'_>> = form.select(&new).collect();
        if passwords.is_empty() {
            continue;
        }
        if passwords.iter().any(|field| field.attr("autocomplete") != Some("new-password")) {
            faults.push("a new password is not called so".to_owned());
        }
        let accounts: Vec<ElementRef<'_>> = form.select(&named).collect();
        if accounts.len() != 1 {
            faults.push(format!("{} accounts beside a new password", accounts.len()));
        }
        // One that is given, rather than typed.
        let given = accounts.iter().filter(|field| field.attr("readonly").is_some());
        let wrong = given.filter(|field| !field.attr("value").is_some_and(|value| value.contains('@')));
        faults.extend(wrong.map(|field| format!("a new password for {:?}", field.attr("value"))));
    }
    faults
}

/// POST forms begin with their token, and no others have one.
fn tokens(html: &Html) -> Vec<String> {
    let token = Selector::parse("input[type=hidden][name=csrf]").unwrap();
    let mut faults = Vec::new();
    for form in all(html, "form") {
        let posts = form.attr("method") == Some("post");
        let tokens: Vec<ElementRef<'_>> = form.select(&token).collect();
        let is_first = !tokens.is_empty() && tokens.first().copied() == form.child_elements().next();
        if tokens.len() != usize::from(posts) || is_first != posts {
            faults.push(format!("{} tokens in the form to {:?}", tokens.len(), form.attr("action")));
        }
        let value = tokens.first().and_then(|token| token.attr("value")).unwrap_or("0");
        if !value.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-_".contains(&sign)) {
            faults.push(format!("the token {value:?}"));
        }
    }
    faults
}

/// If the page has errors, its title says so first.
pub fn title_faults(page: &str) -> Option<String> {
    let html = &Html::parse_document(page);
    let before = if html.root_element().attr("lang") == Some("de") { "Fehler: " } else { "Error: " };
    let title: String = all(html, "title").iter().flat_map(ElementRef::text).collect();
    let wrong = !all(html, "main .faults").is_empty();
    (title.starts_with(before) != wrong).then(|| format!("faults: {wrong}, but the title is {title:?}"))
}

/// Rows whose cells do not match the table's head. Snapshots show only the first rows.
fn cells(html: &Html) -> Vec<String> {
    let cells = Selector::parse("th, td").unwrap();
    let words = |cell: ElementRef<'_>| cell.text().collect::<String>().trim().to_owned();
    let mut faults = Vec::new();
    for table in all(html, "table") {
        let head: Vec<String> = table.select(&Selector::parse("thead th").unwrap()).map(words).collect();
        for row in table.select(&Selector::parse("tbody tr").unwrap()) {
            let row: Vec<ElementRef<'_>> = row.select(&cells).collect();
            if row.len() != head.len() {
                faults.push(format!("a row has {} cells, its head {head:?}", row.len()));
            }
            for (cell, head) in row.iter().zip(&head) {
                if cell.attr("data-label").is_some_and(|label| label != head) {
                    faults.push(format!("{:?} below {head:?}", cell.attr("data-label")));
                }
            }
        }
    }
    faults
}

/// What the CSP forbids.
fn inline(html: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    for element in all(html, "*") {
        let name = element.value().name();
        if name == "style" || (name == "script" && element.attr("src").is_none()) {
            faults.push(format!("inline {name}"));
        }
        let forbidden = element.value().attrs().filter(|(name, _)| *name == "style" || name.starts_with("on"));
        faults.extend(forbidden.map(|(name, _)| format!("{name} on {}", element.value().name())));
    }
    faults
}

//! A page as text, one element a line, as the snapshots hold it.

use std::fmt::Write as _;

use scraper::{ElementRef, Html, Selector};

/// Elements whose children are rows of one kind: of many only the first and the last are told.
const LISTS: [&str; 5] = ["tbody", "ul", "select", "optgroup", "fieldset"];
const MOST_ROWS: usize = 30;
const FIRST_ROWS: usize = 3;

/// What is random or changes with every change of the look, and what stands in its place.
pub const REDACTED: [(&str, &str); 7] = [
    (r#"(name="csrf" type="hidden" value=)"[0-9a-f]+""#, r#"$1"[csrf]""#),
    (r"/static/usher-[0-9a-f]{10}\.", "/static/usher-[fingerprint]."),
    (r"/(invitations|verify|password/reset|setup)/[0-9A-Za-z]{25,}", "/$1/[token]"),
    (r#"(<input [^>]*id="token"[^>]* value=)"[^"]+""#, r#"$1"[token]""#),
    (r"/media/[0-9a-zA-Z.]+", "/media/[picture]"),
    // The uids of what the system has begin with zeros and stay as they are.
    (r"\b[1-9a-f][0-9a-f]{23}\b", "[uid]"),
    (r"\b0[1-9][0-9a-f]{22}\b", "[uid]"),
];

/// Title and body of a page.
pub fn outline(page: &str) -> String {
    let html = Html::parse_document(page);
    let mut text = String::new();
    for part in ["title", "body"] {
        let selector = Selector::parse(part).unwrap();
        write_element(&mut text, html.select(&selector).next().unwrap(), 0);
    }
    text
}

fn write_element(text: &mut String, element: ElementRef<'_>, depth: usize) {
    let indent = "  ".repeat(depth);
    write!(text, "{indent}<{}", element.value().name()).unwrap();
    for (name, value) in element.value().attrs() {
        write!(text, " {name}").unwrap();
        if !value.is_empty() {
            write!(text, "=\"{value}\"").unwrap();
        }
    }
    text.push('>');
    let words = |of: &str| of.split_whitespace().collect::<Vec<_>>().join(" ");
    let rows: Vec<ElementRef<'_>> = element.child_elements().collect();
    if rows.is_empty() {
        let alone = words(&element.text().collect::<String>());
        writeln!(text, "{}{alone}", if alone.is_empty() { "" } else { " " }).unwrap();
        return;
    }
    text.push('\n');
    if LISTS.contains(&element.value().name()) && rows.len() > MOST_ROWS {
        for row in &rows[..FIRST_ROWS] {
            write_element(text, *row, depth + 1);
        }
        writeln!(text, "{indent}  … {} more", rows.len() - FIRST_ROWS - 1).unwrap();
        write_element(text, rows[rows.len() - 1], depth + 1);
        return;
    }
    for child in element.children() {
        if let Some(element) = ElementRef::wrap(child) {
            write_element(text, element, depth + 1);
        } else if let Some(found) = child.value().as_text().map(|found| words(found)).filter(|found| !found.is_empty())
        {
            writeln!(text, "{indent}  {found}").unwrap();
        }
    }
}

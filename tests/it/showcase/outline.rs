//! HTML as text for snapshots: one element a line, with its content if that fits.

use std::fmt::Write as _;

use scraper::{ElementRef, Html, Selector};

/// Enough rows to show what the rows of a list look like.
pub const ROWS: usize = 4;

/// Longer selects are folded like lists.
const OPTIONS: usize = 10;

/// In characters, including indentation.
const LINE: usize = 190;

/// Elements whose children are similar rows.
const LISTS: &str = "tbody, ol, ul, .checks";

/// Always one line, however long: short items of one kind.
const ONE_LINE: [&str; 3] = ["nav", "select", "thead"];

/// Random values and content fingerprints, and their placeholders.
pub const REDACTED: [(&str, &str); 8] = [
    (r"/static/usher-[0-9a-f]{10}\.", "/static/usher-[fingerprint]."),
    (r"/(invitations|verify|password/reset|setup)/[0-9A-Za-z]{25,}", "/$1/[token]"),
    (r#"(<input [^>]*id="token"[^>]* value=)"[^"]+""#, r#"$1"[token]""#),
    (r#"(<input [^>]*id="inviteCode"[^>]* value=)"[0-9a-f]{8}""#, r#"$1"[code]""#),
    (r"/[^ <>]*/data/(mail|setup-link)", "[data]/$1"),
    (r"/media/[0-9a-zA-Z.]+", "/media/[picture]"),
    // System uids begin with zeros and stay as they are.
    (r"\b[1-9a-f][0-9a-f]{23}\b", "[uid]"),
    (r"\b0[1-9][0-9a-f]{22}\b", "[uid]"),
];

/// Title and main part of a page, with at most this many rows of each list.
pub fn main_part(page: &str, rows: usize) -> String {
    let html = Html::parse_document(page);
    let mut outline = Outline { text: String::new(), rows };
    for part in ["title", "main"] {
        outline.write(html.select(&selector(part)).next().unwrap(), 0);
    }
    outline.text
}

/// The frame of a page, without what differs by page: its title and the current menu entry.
pub fn frame(page: &str) -> String {
    let (head, rest) = page.split_once("<main ").unwrap();
    let (_, foot) = rest.split_once("</main>").unwrap();
    let (before, rest) = head.split_once("<title>").unwrap();
    let (_, after) = rest.split_once("</title>").unwrap();
    let mut html = format!("{before}<title></title>{after}<main></main>{foot}").replace(r#" aria-current="true""#, "");
    // The answer to a form names the form's page.
    if let Some(begin) = html.find(" data-page=\"") {
        let end = begin + html[begin..].find('>').unwrap();
        html.replace_range(begin..end, "");
    }
    let mut outline = Outline { text: String::new(), rows: usize::MAX };
    outline.write(Html::parse_document(&without_the_visitor(&html)).root_element(), 0);
    outline.text
}

/// Without the name and the address of whoever is signed in.
fn without_the_visitor(frame: &str) -> String {
    let Some((before, menu)) = frame.split_once("<summary") else { return frame.to_owned() };
    let (_, entries) = menu.split_once("</li>").unwrap();
    format!("{before}<summary></summary><ul>{entries}")
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

fn is(element: ElementRef<'_>, kind: &str) -> bool {
    selector(kind).matches(&element)
}

struct Outline {
    text: String,
    rows: usize,
}

impl Outline {
    fn write(&mut self, element: ElementRef<'_>, depth: usize) {
        if is(element, RANDOM) {
            return;
        }
        let indent = "  ".repeat(depth);
        if let Some(pair) = fact(element, depth) {
            if element.value().name() == "dt" {
                writeln!(self.text, "{indent}{pair}").unwrap();
            }
            return;
        }
        let (mut element, mut line) = (element, format!("{indent}{}", start_tag(element)));
        loop {
            if let Some(rest) = on_one_line(element, line.chars().count()) {
                let space = if rest.is_empty() { "" } else { " " };
                writeln!(self.text, "{line}{space}{rest}").unwrap();
                return;
            }
            match only_child(element) {
                Some(child) if !is(child, "tr") => (line, element) = (line + " " + &start_tag(child), child),
                _ => break,
            }
        }
        writeln!(self.text, "{line}").unwrap();
        self.write_children(element, depth + 1);
    }

    fn write_children(&mut self, parent: ElementRef<'_>, depth: usize) {
        let rows = parent.child_elements().count();
        let foldable = is(parent, LISTS) && !is(parent, ".faults *") && rows > self.rows;
        let shown = if foldable { self.rows } else { usize::MAX };
        let mut elements = 0;
        for child in parent.children() {
            if let Some(element) = ElementRef::wrap(child) {
                elements += 1;
                if elements <= shown {
                    self.write(element, depth);
                }
            } else if let Some(text) = child.value().as_text().map(|text| spaced(text)).filter(|text| !text.is_empty())
            {
                writeln!(self.text, "{}{text}", "  ".repeat(depth)).unwrap();
            }
        }
        if foldable {
            writeln!(self.text, "{}… {} more rows", "  ".repeat(depth), rows - shown).unwrap();
        }
    }
}

fn start_tag(element: ElementRef<'_>) -> String {
    let mut tag = format!("<{}", element.value().name());
    for (name, value) in element.value().attrs() {
        if value.is_empty() {
            write!(tag, " {name}").unwrap();
        } else {
            write!(tag, " {name}=\"{value}\"").unwrap();
        }
    }
    tag + ">"
}

/// The content of an element, if it fits on the line of its start tag, which has this length.
fn on_one_line(element: ElementRef<'_>, taken: usize) -> Option<String> {
    if element.value().name() == "select" {
        return Some(options(element));
    }
    let text = inner(element);
    if ONE_LINE.contains(&element.value().name()) {
        return Some(text.replace("> <", "><"));
    }
    let is_leaf = element.child_elements().next().is_none();
    (is_leaf || taken + 1 + text.chars().count() <= LINE).then_some(text)
}

/// A term and its description, if both fit on one line.
fn fact(element: ElementRef<'_>, depth: usize) -> Option<String> {
    let (name, value) = match element.value().name() {
        "dt" => (element, element.next_siblings().find_map(ElementRef::wrap)?),
        "dd" => (element.prev_siblings().find_map(ElementRef::wrap)?, element),
        _ => return None,
    };
    let pair = [name, value].map(|part| format!("{} {}", start_tag(part), inner(part))).join(" ");
    (is(name, "dt") && is(value, "dd") && 2 * depth + pair.chars().count() <= LINE).then_some(pair)
}

/// Hidden fields whose values are different each time. `soundness` checks the tokens.
const RANDOM: &str = "input[name=csrf], input[name^=kept-], input[name=againPermit]";

/// An element's inner HTML, without the fields of random values.
fn inner(element: ElementRef<'_>) -> String {
    let mut html = spaced(&element.inner_html()).replace("=\"\"", "");
    for name in ["csrf\"", "kept-", "againPermit\""] {
        while let Some(begin) = html.find(&format!("<input name=\"{name}")) {
            let end = begin + html[begin..].find('>').unwrap() + 1;
            html.replace_range(begin..end, "");
        }
    }
    html
}

fn options(select: ElementRef<'_>) -> String {
    let all: Vec<ElementRef<'_>> = select.select(&selector("option")).collect();
    if all.len() <= OPTIONS {
        return inner(select).replace("> <", "><");
    }
    let is_chosen = |option: &ElementRef<'_>| option.attr("selected").is_some();
    let (first, folded) = all.split_at(ROWS);
    let shown = first.iter().chain(folded.iter().filter(|option| is_chosen(option)));
    let shown: Vec<String> = shown.map(|option| start_tag(*option) + &inner(*option)).collect();
    format!("{} … {} more options", shown.join(" "), all.len() - shown.len())
}

fn only_child(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let mut children = element.children().filter(|child| {
        let is_token = ElementRef::wrap(*child).is_some_and(|element| is(element, RANDOM));
        !is_token && child.value().as_text().is_none_or(|text| !spaced(text).is_empty())
    });
    let only = children.next().and_then(ElementRef::wrap);
    only.filter(|_| children.next().is_none())
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

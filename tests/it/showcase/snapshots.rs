//! Snapshots of every page's title and main part.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::outline::{REDACTED, ROWS, main_part};
use super::{Page, checks, frame};

/// Pages where every row is a separate case, so none are folded. Other states have the same rows.
const WHOLE: [&str; 22] = [
    "account/sessions: some",
    "account/tokens: some",
    "design/mails: all",
    "design/parts: all",
    "environments/owner: some",
    "environments/sharing: every state of a mail",
    "environments/sharing: every state of a mail, german",
    "home: invitations",
    "home: invitations, german",
    "invitations/list: some",
    "invitations/list: some, german",
    "invitations/show: ready",
    "invitations/show: ready, german",
    "orgs/members: some",
    "orgs/role: fresh",
    "places/activity: org, some",
    "places/activity: some",
    "places/activity: some, german",
    "users/deactivate: last administrator",
    "users/delete: many environments",
    "users/delete: passing",
    "users/delete: passing, german",
];

const FRAME: &str = "frame";

impl Page {
    /// The snapshot's name: `environments-sharing__many`. Pages that add just a notice to another state have none: the
    /// tests of each action check their notices.
    fn snapshot(&self) -> Option<String> {
        let state = self.state().replace(", ", "-").replace(' ', "-");
        let template = self.template().replace('/', "-");
        (!self.state().starts_with("notice ")).then(|| format!("{template}__{state}"))
    }
}

pub fn are_as_they_were(pages: &[Page]) {
    let folder = checks::here("tests/it/showcase/snapshots");
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (pattern, shown) in REDACTED {
        settings.add_filter(pattern, shown);
    }
    let (frames, strange) = frame::frames(pages);
    let mut expected = BTreeSet::from([format!("{FRAME}.snap")]);
    let mut changed = Vec::new();
    if !is_as_it_was(&settings, FRAME, &frames) {
        changed.push(FRAME);
    }
    for page in pages {
        let Some(name) = page.snapshot() else { continue };
        let mut settings = settings.clone();
        settings.set_description(format!("{} ({})", page.about, page.answer.status));
        let rows = if WHOLE.contains(&page.name.as_str()) { usize::MAX } else { ROWS };
        if !is_as_it_was(&settings, &name, &main_part(&page.answer.text, rows)) {
            changed.push(&page.name);
        }
        assert!(expected.insert(format!("{name}.snap")), "two pages have the snapshot {name}");
    }
    assert!(changed.is_empty(), "changed: {changed:#?}");
    assert!(strange.is_empty(), "{strange:#?}");

    let missing = WHOLE.iter().filter(|name| pages.iter().all(|page| page.name != **name));
    assert_eq!(missing.count(), 0, "a page with unfolded rows is missing");
    let there = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left_over: Vec<String> = there
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "snap") && !expected.contains(name))
        .collect();
    assert!(left_over.is_empty(), "snapshots without a page, remove them: {left_over:#?}");
}

/// Does not panic, so that all changes are reported, not just the first.
fn is_as_it_was(settings: &insta::Settings, name: &str, text: &str) -> bool {
    let compare = || settings.bind(|| insta::assert_snapshot!(name, text));
    catch_unwind(AssertUnwindSafe(compare)).is_ok()
}

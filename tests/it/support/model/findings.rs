//! Faults that a test has found so far.

use std::fmt::Write as _;

/// Collected, so that a failing test reports all of them.
#[derive(Debug, Default)]
pub struct Findings(Vec<String>);

impl Findings {
    pub fn add(&mut self, finding: impl Into<String>) {
        self.0.push(finding.into());
    }

    /// Adds it unless the condition holds.
    pub fn unless(&mut self, holds: bool, finding: &str) {
        if !holds {
            self.add(finding);
        }
    }

    #[track_caller]
    pub fn assert_none(&self) {
        let mut shown = String::new();
        for finding in &self.0 {
            writeln!(shown, "- {finding}").unwrap();
        }
        assert!(self.0.is_empty(), "\n{shown}");
    }
}

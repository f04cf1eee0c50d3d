//! Results as tables of Markdown.

use std::fmt;
use std::time::Duration;

use super::process::Mebibytes;

/// A table. Cells that a row lacks are empty.
pub struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// One whose first column names the rows.
    pub fn new(first: &str, heads: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut table = Self { heads: vec![first.to_owned()], rows: Vec::new() };
        table.add_columns(heads);
        table
    }

    pub fn add_columns(&mut self, heads: impl IntoIterator<Item = impl Into<String>>) {
        self.heads.extend(heads.into_iter().map(Into::into));
    }

    pub fn row(&mut self, name: &str, cells: impl IntoIterator<Item = String>) {
        self.rows.push([name.to_owned()].into_iter().chain(cells).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let empty = String::new();
        let cell = |row: &[String], column: usize| row.get(column).unwrap_or(&empty).clone();
        let lines = || std::iter::once(&self.heads).chain(&self.rows);
        let width = |column: usize| lines().map(|row| cell(row, column).chars().count()).max().unwrap_or_default();
        let widths: Vec<usize> = (0..self.heads.len()).map(width).collect();
        for (number, row) in lines().enumerate() {
            for (column, width) in widths.iter().enumerate() {
                let text = cell(row, column);
                if column == 0 { write!(f, "| {text:<width$} ")? } else { write!(f, "| {text:>width$} ")? }
            }
            writeln!(f, "|")?;
            if number == 0 {
                let rule = |column: usize, width: &usize| {
                    let dashes = "-".repeat(width - 1);
                    if column == 0 { format!("| {dashes}- ") } else { format!("| {dashes}: ") }
                };
                let rules: String = widths.iter().enumerate().map(|(column, width)| rule(column, width)).collect();
                writeln!(f, "{rules}|")?;
            }
        }
        Ok(())
    }
}

/// A whole number, in groups of three digits.
pub fn whole(number: impl Into<Whole>) -> String {
    let digits = format!("{:.0}", number.into().0);
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    let groups: Vec<String> = groups.into_iter().map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join(",")
}

/// A number of which nothing is told after the point.
pub struct Whole(f64);

impl From<f64> for Whole {
    fn from(number: f64) -> Self {
        Self(number)
    }
}

impl From<usize> for Whole {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn from(number: usize) -> Self {
        Self(number as f64)
    }
}

pub fn times(ratio: f64) -> String {
    format!("{ratio:.2} ×")
}

pub fn mebibytes(number: Mebibytes) -> String {
    format!("{number:.1}")
}

pub fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1e3;
    if millis < 100.0 { format!("{millis:.1} ms") } else { format!("{} ms", whole(millis)) }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn percent(part: usize, all: usize) -> String {
    format!("{:.1} %", part as f64 * 100.0 / all as f64)
}

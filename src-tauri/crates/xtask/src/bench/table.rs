//! The rows of the result and how they are printed.

use serde_json::{Value, json};
use std::time::Duration;

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    what: String,
    ours: String,
    peer: String,
    ratio: String,
    target: String,
}

/// The columns, each with what stands under its heading.
const COLUMNS: [&str; 5] = ["what", "Signpost", "beside", "ratio", "target"];

impl Row {
    /// A value with nothing to compare it with.
    pub(super) fn new(what: impl Into<String>, ours: impl Into<String>) -> Self {
        let none = String::new;
        Self { what: what.into(), ours: ours.into(), peer: none(), ratio: none(), target: none() }
    }

    /// A time beside the time of a named program that does something like it.
    pub(super) fn beside(what: &str, ours: Duration, peer: &str, theirs: Duration) -> Self {
        Self::against(what, shown(ours), peer, shown(theirs), ratio(ours.as_secs_f64(), theirs.as_secs_f64()))
    }

    /// Any two values and their ratio (ours by theirs).
    pub(super) fn against(what: &str, ours: String, peer: &str, theirs: String, ratio: f64) -> Self {
        let ratio = format!("{ratio:.2}");
        Self { peer: format!("{peer}: {theirs}"), ratio, ..Self::new(what, ours) }
    }

    /// A peer that is not there, and how to get it.
    pub(super) fn missing(what: &str, ours: String, peer: &str, how: &str) -> Self {
        Self { peer: format!("{peer}: not measured; {how}"), ..Self::new(what, ours) }
    }

    /// Says what was to be reached, and whether it was.
    #[must_use]
    pub(super) fn target(mut self, target: &str, met: bool) -> Self {
        self.target = format!("{target}: {}", if met { "met" } else { "MISSED" });
        self
    }

    /// Whether it has a target that was not reached.
    pub(super) fn missed(&self) -> bool {
        self.target.ends_with("MISSED")
    }

    fn cells(&self) -> [&str; 5] {
        [&self.what, &self.ours, &self.peer, &self.ratio, &self.target]
    }

    /// For a measurement that happens in a process of its own.
    pub(super) fn to_json(&self) -> Value {
        json!(self.cells())
    }

    /// The row again.
    pub(super) fn from_json(line: &str) -> Option<Self> {
        let cells: [String; 5] = serde_json::from_str(line).ok()?;
        let [what, ours, peer, ratio, target] = cells;
        Some(Self { what, ours, peer, ratio, target })
    }
}

/// Ours by theirs; infinite where there is nothing to divide by.
pub(super) fn ratio(ours: f64, theirs: f64) -> f64 {
    ours / theirs
}

/// Prints rows in columns as wide as they need to be.
pub(super) fn print_table(rows: &[Row]) {
    let underlines = COLUMNS.map(|column| "-".repeat(column.len()));
    let mut lines = vec![COLUMNS, underlines.each_ref().map(String::as_str)];
    lines.extend(rows.iter().map(Row::cells));
    let widths: [usize; 5] = std::array::from_fn(|column| {
        lines.iter().map(|cells| cells[column].chars().count()).max().unwrap_or(0)
    });
    for cells in lines {
        let padded: Vec<String> =
            cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        println!("{}", padded.join("  ").trim_end());
    }
}

/// A time with three figures that matter.
pub(super) fn shown(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        _ if seconds >= 1.0 => format!("{seconds:.2} s"),
        _ if seconds >= 0.1 => format!("{:.0} ms", seconds * 1e3),
        _ if seconds >= 0.001 => format!("{:.1} ms", seconds * 1e3),
        _ => format!("{:.1} µs", seconds * 1e6),
    }
}

/// A number of bytes.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_in_their_own_unit() {
        assert_eq!(shown(Duration::from_millis(1234)), "1.23 s");
        assert_eq!(shown(Duration::from_micros(5250)), "5.2 ms");
        assert_eq!(shown(Duration::from_nanos(8400)), "8.4 µs");
    }

    #[test]
    fn a_row_survives_the_way_between_processes() {
        let row = Row::against("w", "1".into(), "peer", "2".into(), 0.5).target("at most 3", false);
        assert_eq!(Row::from_json(&row.to_json().to_string()), Some(row.clone()));
        assert!(row.missed() && !Row::new("w", "1").missed());
        assert_eq!(Row::from_json("[1]"), None);
    }
}

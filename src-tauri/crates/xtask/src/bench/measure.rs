//! Rounds, medians and the table.

use crate::trouble::{Outcome, Trouble};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// One line of the table.
pub(super) struct Row {
    what: String,
    ours: String,
    peer: String,
    ratio: String,
}

impl Row {
    /// A value with nothing to compare it with.
    pub(super) fn new(what: impl Into<String>, ours: impl Into<String>) -> Self {
        Self { what: what.into(), ours: ours.into(), peer: String::new(), ratio: String::new() }
    }

    /// A time beside the time of a named program that does something like it.
    pub(super) fn beside(what: &str, ours: Duration, peer: &str, theirs: Duration) -> Self {
        let ratio = format!("{:.2}", ours.as_secs_f64() / theirs.as_secs_f64());
        Self { what: what.into(), ours: shown(ours), peer: format!("{peer}: {}", shown(theirs)), ratio }
    }

    fn cells(&self) -> [&str; 4] {
        [&self.what, &self.ours, &self.peer, &self.ratio]
    }
}

/// Prints rows in columns as wide as they need to be.
pub(super) fn print_table(rows: &[Row]) {
    let head = [["what", "Signpost", "beside", "ratio"], ["----", "--------", "------", "-----"]];
    let lines: Vec<_> = head.into_iter().chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| lines.iter().map(|cells| cells[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    for [what, ours, peer, ratio] in lines {
        let line = format!("{what:<0$}  {ours:<1$}  {peer:<2$}  {ratio}", widths[0], widths[1], widths[2]);
        println!("{}", line.trim_end());
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

/// The middle of several.
pub(super) fn median<T: Ord + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

/// How long the whole process takes, start to end, the median of some rounds; it has to end well each time.
pub(super) fn process_time(command: &mut Command, rounds: usize) -> Outcome<Duration> {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let start = Instant::now();
        let status =
            command.status().map_err(|source| Trouble::CannotStart { program: name.clone(), source })?;
        if !status.success() {
            return Err(Trouble::Exited { command: name, status });
        }
        times.push(start.elapsed());
    }
    median(times).ok_or_else(|| Trouble::Needed("at least one round".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_round_does_not_move_the_median() {
        assert_eq!(median(vec![3, 900, 1, 2, 4]), Some(3));
        assert_eq!(median(Vec::<u8>::new()), None);
    }

    #[test]
    fn times_are_shown_in_their_own_unit() {
        assert_eq!(shown(Duration::from_millis(1234)), "1.23 s");
        assert_eq!(shown(Duration::from_micros(5250)), "5.2 ms");
        assert_eq!(shown(Duration::from_nanos(8400)), "8.4 µs");
    }

    #[test]
    fn a_process_that_fails_is_not_timed() {
        assert!(process_time(&mut Command::new("false"), 1).is_err());
        assert!(process_time(&mut Command::new("true"), 3).is_ok());
    }
}

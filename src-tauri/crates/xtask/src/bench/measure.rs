//! What a whole process costs.

use crate::trouble::{Outcome, Trouble};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// The cost of one process with all it waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    /// User and system time.
    pub(super) cpu: Duration,
    /// The most memory it held, in bytes.
    pub(super) memory: u64,
    /// From its start to its end.
    pub(super) wall: Duration,
}

/// The middle of several.
pub(super) fn median<T: Ord + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

/// How long the whole process takes, start to end, the median of some rounds; it has to end well each time.
pub(super) fn process_time(command: &mut Command, rounds: usize) -> Outcome<Duration> {
    cost(command, rounds).map(|cost| cost.wall)
}

/// The median cost of some rounds; the process has to end well each time. Its output is thrown away unless the command
/// says otherwise.
pub(super) fn cost(command: &mut Command, rounds: usize) -> Outcome<Cost> {
    cost_when(command, rounds, |status| status.success())
}

/// The same, where some other ends are good too.
pub(super) fn cost_when(
    command: &mut Command,
    rounds: usize,
    is_good: fn(ExitStatus) -> bool,
) -> Outcome<Cost> {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    middle(&(0..rounds.max(1)).map(|_| once(command, is_good)).collect::<Outcome<Vec<_>>>()?)
}

/// The median costs of two that take turns, so that what else goes on falls on both. Of the first one, some other ends
/// are good too; what both have to say is thrown away.
pub(super) fn in_turns(
    (ours, is_good): (&mut Command, fn(ExitStatus) -> bool),
    theirs: &mut Command,
    rounds: usize,
) -> Outcome<(Cost, Cost)> {
    for command in [&mut *ours, &mut *theirs] {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    }
    let turn = |_| Ok((once(ours, is_good)?, once(theirs, |status| status.success())?));
    let (ours, theirs): (Vec<_>, Vec<_>) =
        (0..rounds.max(1)).map(turn).collect::<Outcome<Vec<_>>>()?.into_iter().unzip();
    Ok((middle(&ours)?, middle(&theirs)?))
}

fn middle(costs: &[Cost]) -> Outcome<Cost> {
    let none = || Trouble::Needed("at least one round".into());
    Ok(Cost {
        cpu: median(costs.iter().map(|cost| cost.cpu).collect()).ok_or_else(none)?,
        memory: median(costs.iter().map(|cost| cost.memory).collect()).ok_or_else(none)?,
        wall: median(costs.iter().map(|cost| cost.wall).collect()).ok_or_else(none)?,
    })
}

fn once(command: &mut Command, is_good: fn(ExitStatus) -> bool) -> Outcome<Cost> {
    let program = command.get_program().to_string_lossy().into_owned();
    let cannot = |source| Trouble::CannotStart { program: program.clone(), source };
    let start = Instant::now();
    let used = command.spawn().map_err(cannot)?.wait4().map_err(cannot)?;
    let wall = start.elapsed();
    if !is_good(used.status) {
        return Err(Trouble::Exited { command: program, status: used.status });
    }
    Ok(Cost { cpu: used.rusage.utime + used.rusage.stime, memory: used.rusage.maxrss, wall })
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
    fn a_process_that_fails_is_not_measured() {
        assert!(process_time(&mut Command::new("false"), 1).is_err());
        assert!(cost_when(&mut Command::new("false"), 1, |status| status.code() == Some(1)).is_ok());
        let cost = cost(&mut Command::new("true"), 3).unwrap();
        assert!(cost.memory > 0 && cost.cpu <= cost.wall * 2);
    }
}

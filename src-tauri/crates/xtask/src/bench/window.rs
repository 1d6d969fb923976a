//! How soon the real window shows something and answers, and what it holds in memory.

use super::Build;
use super::measure::median;
use super::table::{Row, shown};
use crate::process::{self, Background};
use crate::session::{COLOURS_OF_A_SHOWN_WINDOW, Frame, Session};
use crate::trouble::{Outcome, Trouble};
use crate::workspace::SHELL;
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// A window that has not changed for so long has its content.
const STILL: Duration = Duration::from_millis(700);
const LIMIT: Duration = Duration::from_secs(60);
/// Starting the window is slow beside the other measurements.
const ROUNDS: usize = 5;
/// The window's scroll bar, in columns of pixels: WebKit lets it fade for seconds after a page was shown, and that is
/// not the window's content.
const SCROLL_BAR: Range<usize> = 1168..1180;
/// Gives the window the focus, as a window manager would, and presses Tab.
const PRESS_TAB: [&str; 7] = ["search", "--onlyvisible", "--name", "^Signpost", "windowfocus", "key", "Tab"];

/// One start of the program.
struct Start {
    text: Duration,
    at_rest: Duration,
    answer: Duration,
    memory: BTreeMap<String, u64>,
}

/// Starts it several times, each time with nothing saved from before.
pub(super) fn measure(build: &Build<'_>) -> Outcome<Vec<Row>> {
    if !cfg!(target_os = "linux") {
        return Err(Trouble::Needed("the window is measured on Linux only".into()));
    }
    let folder = build.workspace.empty_scratch("bench")?;
    let session = Session::default().with_display(&folder)?.with_keyring(&folder)?;
    let rounds = ROUNDS.min(build.rounds);
    let starts = (0..rounds).map(|round| one_start(build, &session, &folder.join(round.to_string())));
    Ok(rows(&starts.collect::<Outcome<Vec<_>>>()?))
}

fn one_start(build: &Build<'_>, session: &Session, home: &Path) -> Outcome<Start> {
    fs::create_dir_all(home).map_err(Trouble::at(home))?;
    let mut command = process::tethered(build.shipped(SHELL));
    command
        .env("HOME", home)
        .env("XDG_DATA_HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("XDG_CACHE_HOME", home);
    let begin = Instant::now();
    let window = Background::start(session.enter(&mut command))?;
    let (text, at_rest) = watch(session, begin)?;
    let answer = time_of_answer(session)?;
    Ok(Start { text, at_rest, answer, memory: memory_of(window.id()) })
}

/// When the first text was there, and when the last change happened before the window came to rest.
fn watch(session: &Session, begin: Instant) -> Outcome<(Duration, Duration)> {
    let (mut before, mut text, mut change) = (None, None, begin.elapsed());
    loop {
        let now = content(session);
        let moment = begin.elapsed();
        if now != before {
            change = moment;
            text = text.or_else(|| has_text(now.as_ref()).then_some(moment));
            before = now;
        }
        match text {
            Some(text) if moment - change >= STILL => return Ok((text, change)),
            _ if moment > LIMIT => return Err(Trouble::Needed("the window did not come to rest".into())),
            _ => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}

fn content(session: &Session) -> Option<Frame> {
    session.frame().map(|frame| frame.without(SCROLL_BAR))
}

fn has_text(frame: Option<&Frame>) -> bool {
    frame.is_some_and(|frame| frame.has_colours(COLOURS_OF_A_SHOWN_WINDOW))
}

/// Presses Tab: the focus has to show within the limit, or the window only looks ready.
fn time_of_answer(session: &Session) -> Outcome<Duration> {
    let before = content(session);
    process::output(session.enter(Command::new("xdotool").args(PRESS_TAB)))?;
    let pressed = Instant::now();
    while content(session) == before {
        if pressed.elapsed() > Duration::from_secs(5) {
            return Err(Trouble::Needed("the window does not answer the keyboard".into()));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(pressed.elapsed())
}

fn rows(starts: &[Start]) -> Vec<Row> {
    let time = |of: fn(&Start) -> Duration| median(starts.iter().map(of).collect()).unwrap_or_default();
    let mut rows = vec![
        Row::new("start to first text", shown(time(|start| start.text))),
        Row::new("start to interactive (content at rest, answers Tab)", shown(time(|start| start.at_rest))),
        Row::new("Tab to its focus on screen", shown(time(|start| start.answer))),
    ];
    let total = |start: &Start| start.memory.values().sum::<u64>();
    rows.push(Row::new("memory, all processes (PSS)", kilobytes(median(starts.iter().map(total).collect()))));
    let names = starts.first().map(|start| start.memory.keys()).into_iter().flatten();
    rows.extend(names.map(|name| {
        let of_name = starts.iter().filter_map(|start| start.memory.get(name).copied()).collect();
        Row::new(format!("  of which {name}"), kilobytes(median(of_name)))
    }));
    rows
}

fn kilobytes(value: Option<u64>) -> String {
    value.map_or_else(|| "?".into(), |kilobytes| format!("{:.0} MB", kilobytes as f64 / 1024.0))
}

/// The proportional set size in kB of a process and all that it started, by program name.
fn memory_of(process: u32) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for id in family_of(process) {
        let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        *found.entry(name.trim().to_owned()).or_default() += pss(&rollup).unwrap_or(0);
    }
    found
}

fn pss(rollup: &str) -> Option<u64> {
    rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?.split_whitespace().next()?.parse().ok()
}

fn family_of(process: u32) -> Vec<u32> {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|id| id.parse().ok());
    std::iter::once(process).chain(children.flat_map(family_of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proportional_size_is_read_from_the_rollup() {
        assert_eq!(pss("Rss:  900 kB\nPss:   412 kB\nPss_Dirty: 3 kB\n"), Some(412));
        assert_eq!(pss(""), None);
    }
}

//! What is looked at again: one record, and several.

use crate::common::{Run, program, signpost};
use crate::{arguments, check, lab_file, lab_folder, publish, token};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Command};

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_watch_tells_of_changes_and_ends_when_the_record_is_verified() {
    let token = token();
    let (mut child, mut lines) = watch("contoso.test", &["--expect", &token, "--json"]);
    let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(first["verdict"], "waiting");
    publish("contoso.test", &token);
    let last: Value = serde_json::from_str(&lines.by_ref().last().unwrap().unwrap()).unwrap();
    assert_eq!(last["verdict"], "verified");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_watch_ends_at_ctrl_c_with_what_it_knew() {
    let (mut child, mut lines) = watch("fabrikam.test", &["--expect", "token=never"]);
    let line = lines.next().unwrap().unwrap();
    assert!(line.contains("  Waiting: ") && line.contains("ns1.dnshost.test missing"), "{line}");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(lines.next().is_none());
}

fn watch(domain: &str, more: &[&str]) -> (Child, Lines<BufReader<ChildStdout>>) {
    let args = arguments(domain, &[&["--watch"], more].concat());
    let mut child = program(&args.iter().map(String::as_str).collect::<Vec<_>>()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines)
}

/// The arguments of a watch in the lab.
fn watch_many_arguments(more: &[&str]) -> Vec<String> {
    let roots = lab_file("roots").to_str().unwrap().to_owned();
    let args = ["domain", "watch", "--roots", &roots, "--json"].into_iter().chain(more.iter().copied());
    args.map(str::to_owned).collect()
}

fn watch_many(more: &[&str]) -> Run {
    signpost(&watch_many_arguments(more).iter().map(String::as_str).collect::<Vec<_>>())
}

fn lines_of(run: &Run) -> Vec<(String, String)> {
    assert_eq!(run.err, "");
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        assert_eq!(row["next_check"].is_null(), row["verdict"] == "verified", "{row}");
        (row["domain"].as_str().unwrap().to_owned(), row["verdict"].as_str().unwrap().to_owned())
    };
    let mut rows: Vec<_> = run.out.lines().map(row).collect();
    rows.sort();
    rows
}

/// Makes the program believe that it looked an hour ago.
fn an_hour_passes(state: &std::path::Path) {
    let mut kept: Value = serde_json::from_slice(&std::fs::read(state).unwrap()).unwrap();
    for record in kept["records"].as_array_mut().unwrap() {
        record["watch"]["looked_at"] = "2026-01-01T00:00:00Z".into();
    }
    std::fs::write(state, kept.to_string()).unwrap();
}

/// Publishes a record at a label of its own, where no other test looks, and waits until both servers have it.
fn published_at(label: &str, domain: &str) {
    let (script, token) = (lab_folder().join("publish.sh"), token());
    assert!(Command::new("bash").arg(script).args([domain, &token, label]).status().unwrap().success());
    let is_verified = |_| check(domain, &["--name", label, "--expect", &token]).status == 0;
    assert!((0..50).any(is_verified), "{label}.{domain} was not published");
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn cron_hears_of_changes_only_and_nobody_is_asked_before_the_time() {
    let (token, folder) = (token(), tempfile::tempdir().unwrap());
    let (state, list) = (folder.path().join("watch.json"), folder.path().join("list.csv"));
    std::fs::write(&list, format!("stale.test\nfabrikam.test;{token}\nnortheast.test\n")).unwrap();
    let once = || {
        let (state, list) = (state.to_str().unwrap(), list.to_str().unwrap());
        watch_many(&["--name", "_cron", "--once", "--state", state, "--list", list, "--expect", &token])
    };
    let row = |domain: &str, verdict: &str| (domain.to_owned(), verdict.to_owned());
    published_at("_cron", "stale.test");
    let first = once();
    assert_eq!(
        lines_of(&first),
        [row("fabrikam.test", "waiting"), row("northeast.test", "problem"), row("stale.test", "verified")]
    );
    assert_eq!(first.status, 1);
    let before = std::fs::read(&state).unwrap();
    let at_once = once();
    assert_eq!((lines_of(&at_once), at_once.status), (vec![], 1));
    assert_eq!(std::fs::read(&state).unwrap(), before, "it is not time yet: nobody was asked");
    an_hour_passes(&state);
    assert_eq!(lines_of(&once()), [], "all is as it was");
    published_at("_cron", "fabrikam.test");
    an_hour_passes(&state);
    let changed = once();
    assert_eq!((lines_of(&changed), changed.status), (vec![row("fabrikam.test", "verified")], 1));
    std::fs::write(&list, "stale.test\nfabrikam.test\n").unwrap();
    an_hour_passes(&state);
    let all = once();
    assert_eq!((lines_of(&all), all.status), (vec![], 0), "what is right is not looked for any more");
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn several_are_watched_until_all_are_right() {
    published_at("_several", "stale.test");
    let args = ["stale.test", "contoso.test", "--name", "_several", "--expect", &token()];
    let args = watch_many_arguments(&args);
    let mut child = program(&args.iter().map(String::as_str).collect::<Vec<_>>()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut row = || -> Value { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
    let (one, other) = (row(), row());
    assert!(
        [&one, &other].into_iter().any(|row| row["domain"] == "contoso.test" && row["verdict"] == "waiting"),
        "{one} {other}"
    );
    published_at("_several", "contoso.test");
    let last = row();
    assert_eq!((last["domain"].as_str(), last["verdict"].as_str()), (Some("contoso.test"), Some("verified")));
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_watch_of_silent_servers_says_so_once() {
    let run = watch_many(&["silent.test", "--once", "--expect", "token=x"]);
    assert_eq!((run.status, lines_of(&run)), (3, vec![("silent.test".into(), "unreachable".into())]));
}

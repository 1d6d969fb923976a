//! `domain check` and `domain bulk` against the name servers of `tests/dns-lab`.
//!
//! `the_lab` starts the lab and this program again inside it, which then runs the tests marked as ignored. Run
//! outside the lab those fail; they are never passed over.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod common;

use common::{Run, codes, program, signpost};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

fn lab_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/dns-lab")
}

#[test]
fn the_lab() {
    let own_tests = include_str!("lab.rs").lines().filter(|line| line.starts_with("#[ignore")).count();
    let output = Command::new("bash")
        .arg(lab_folder().join("up.sh"))
        .arg(std::env::current_exe().unwrap())
        .arg("--ignored")
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    assert!(
        out.contains(&format!("test result: ok. {own_tests} passed; 0 failed; 0 ignored")),
        "{out}\n{err}"
    );
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn the_dns_host_says_itself_where_a_zone_is_edited() {
    let (_, asked) = check_json("contoso.test", &["--domain-connect"]);
    let host = &asked["dns_host"];
    assert_eq!(
        (&host["by"], &host["host"]["name"]),
        (&"domain-connect".into(), &"The Lab Host".into()),
        "{host}"
    );
    assert_eq!(host["host"]["panel"], "https://panel.dns.lab/zone/contoso.test");
    assert_eq!(host["panel_in_table"], false);
    assert_eq!(host["domain_connect"]["endpoint"]["host"], "connect.dns.lab");
    let (_, not_asked) = check_json("contoso.test", &[]);
    assert_eq!(not_asked["dns_host"]["by"], "unknown-servers");
    assert_eq!(not_asked["dns_host"]["domain_connect"], Value::Null);
    let text = check("contoso.test", &["--domain-connect"]).out;
    assert!(text.contains("The Lab Host, by its own word: the zone names connect.dns.lab"), "{text}");
    let (_, nobody) = check_json("healthy.test", &["--domain-connect"]);
    assert_eq!(nobody["dns_host"]["by"], "unknown-servers");
    let roots = lab_file("roots").to_str().unwrap().to_owned();
    let record =
        ["domain", "record", "contoso.test", "--value", "token=a", "--domain-connect", "--roots", &roots];
    let record = signpost(&[&record[..], &["--json"]].concat());
    let record: Value = serde_json::from_str(&record.out).unwrap();
    assert_eq!((&record["by"], &record["host"]["name"]), (&"domain-connect".into(), &"The Lab Host".into()));
}

fn lab_file(name: &str) -> PathBuf {
    let lab =
        std::env::var("DNS_LAB").expect("this test runs inside the lab; the test the_lab starts it there");
    PathBuf::from(lab).join(name)
}

fn token() -> String {
    std::fs::read_to_string(lab_file("token")).unwrap().trim().to_owned()
}

/// The arguments of a check in the lab.
fn arguments(domain: &str, more: &[&str]) -> Vec<String> {
    let roots = lab_file("roots").to_str().unwrap().to_owned();
    let args = ["domain", "check", domain, "--roots", &roots].into_iter().chain(more.iter().copied());
    args.map(str::to_owned).collect()
}

fn check(domain: &str, more: &[&str]) -> Run {
    let args = arguments(domain, more);
    signpost(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn check_json(domain: &str, more: &[&str]) -> (i32, Value) {
    let run = check(domain, &[&["--json"], more].concat());
    assert_eq!(run.err, "");
    (run.status, run.json())
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_published_record_is_verified() {
    let token = token();
    let (status, document) = check_json("healthy.test", &["--expect", &token]);
    assert_eq!((status, document["verdict"].as_str()), (0, Some("verified")), "{document}");
    assert_eq!(document["domain"], "healthy.test");
    assert_eq!(document["name"], "_parallels-challenge.healthy.test");
    assert!(document["visible_by"].is_string());
    let servers = document["servers"].as_array().unwrap();
    assert_eq!(servers.len(), 2);
    for server in servers {
        assert_eq!((&server["role"], &server["status"]), (&"delegated".into(), &"right".into()));
        assert_eq!(server["values"], serde_json::json!([token]));
        assert!(server["ttl"].is_u64() && server["serial"].is_u64() && server["server"].is_string());
    }
    let text = check("https://www.healthy.test/login", &["--expect", &token]);
    assert_eq!(text.status, 0);
    assert!(text.out.starts_with("healthy.test is verified: "), "{}", text.out);
    assert!(text.out.contains("ns1.dnshost.test  127.10.1.1  delegated  right"), "{}", text.out);
    assert!(text.out.contains("Note: Understood as healthy.test"), "{}", text.out);
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn where_port_53_is_held_back_public_resolvers_are_asked_over_https() {
    let (roots, list, token) =
        (lab_file("roots.silent"), std::env::var("SIGNPOST_RESOLVERS").unwrap(), token());
    let from = ["--roots", roots.to_str().unwrap(), "--resolver-list", &list, "--expect", &token, "--json"];
    let look = |more: &[&str]| {
        let run = signpost(&[&["domain", "check", "healthy.test"][..], &from, more].concat());
        let resolvers: Vec<Value> = run.json()["servers"].as_array().unwrap().clone();
        let seen =
            resolvers.into_iter().filter(|row| row["role"] == "resolver").map(|row| row["status"].clone());
        (run.status, seen.collect::<Vec<_>>())
    };
    assert_eq!(look(&[]), (3, vec![]), "not without being told to");
    assert_eq!(look(&["--public-resolvers"]), (3, vec!["right".into()]), "they say it, and decide nothing");
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_terminal_shows_the_verdict_while_a_silent_server_is_waited_for() {
    let arguments = arguments("halfsilent.test", &["--expect", &token()]);
    let line = format!("{} {}", env!("CARGO_BIN_EXE_signpost"), arguments.join(" "));
    let start = std::time::Instant::now();
    let mut terminal = Command::new("script")
        .args(["--quiet", "--flush", "--return", "--command", &line, "/dev/null"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut said, mut early) = (Vec::new(), None);
    let mut out = terminal.stdout.take().unwrap();
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = std::io::Read::read(&mut out, &mut buffer) {
        said.extend_from_slice(&buffer[..length]);
        let text = String::from_utf8_lossy(&said);
        if early.is_none()
            && text.contains("Verified: ns1.dnshost.test right. Waiting for ns.halfsilent.test")
        {
            early = Some(start.elapsed());
        }
    }
    assert!(terminal.wait().unwrap().success());
    let text = String::from_utf8_lossy(&said);
    assert!(early.is_some_and(|early| early * 2 < start.elapsed()), "{early:?}: {text}");
    let last = text.rsplit("\u{1b}[2K").next().unwrap();
    assert!(last.starts_with("halfsilent.test is verified"), "{text}");
    assert_eq!(check("halfsilent.test", &["--expect", &token()]).err, "", "nobody watches");
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn what_is_wrong_is_said_with_its_fix() {
    let token = token();
    for (domain, status, verdict, code) in [
        ("doubled.test", 1, "problem", "txt-doubled-zone"),
        ("quoted.test", 1, "problem", "txt-quoted"),
        ("wrong.test", 1, "problem", "txt-wrong-value"),
        ("disagree.test", 1, "waiting", "servers-disagree"),
        ("adatum.test", 1, "waiting", "txt-missing"),
        ("unregistered.test", 1, "problem", "domain-unregistered"),
    ] {
        let (seen, document) = check_json(domain, &["--expect", &token]);
        assert_eq!((seen, document["verdict"].as_str()), (status, Some(verdict)), "{document}");
        assert!(codes(&document).contains(&code), "{document}");
        for finding in document["findings"].as_array().unwrap() {
            assert!(!finding["message"].as_str().unwrap().is_empty());
            assert!(
                finding["severity"] == "info" || !finding["fix"].as_str().unwrap().is_empty(),
                "{finding}"
            );
        }
    }
    let text = check("doubled.test", &["--expect", &token]);
    assert!(
        text.out.starts_with("doubled.test is not verified: something has to be changed.\n"),
        "{}",
        text.out
    );
    assert!(
        text.out.contains("\nError: The record stands at _parallels-challenge.doubled.test.doubled.test"),
        "{}",
        text.out
    );
    let (status, document) = check_json("dead.test", &["--expect", &token]);
    assert_eq!((status, document["verdict"].as_str()), (3, Some("unreachable")), "{document}");
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn without_an_expected_value_what_is_there_is_shown() {
    let (status, document) = check_json("healthy.test", &[]);
    assert_eq!((status, document["verdict"].as_str()), (1, Some("waiting")));
    assert_eq!(document["servers"][0]["values"], serde_json::json!([token()]));
    assert!(check("healthy.test", &[]).out.starts_with("Found a TXT record for healthy.test."));
    assert!(check("adatum.test", &[]).out.starts_with("Found no TXT record for adatum.test"));
    let (_, elsewhere) = check_json("elsewhere.test", &["--name", "_parallels-challenge.www.elsewhere.test"]);
    assert_eq!(elsewhere["name"], "_parallels-challenge.www.elsewhere.test");
    assert_eq!(elsewhere["servers"][0]["status"], "present");
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_resolver_is_asked_only_when_it_cannot_remember_the_wrong_thing() {
    let resolver = ["--resolver", "127.10.9.1"];
    let token = token();
    let asked = |domain: &str| {
        let (_, document) = check_json(domain, &[&["--expect", &token], &resolver[..]].concat());
        let role = |server: &&Value| server["role"] == "resolver";
        let rows: Vec<Value> = document["servers"].as_array().unwrap().iter().filter(role).cloned().collect();
        (rows, document["resolvers_spared"].as_bool().unwrap())
    };
    let (rows, spared) = asked("split.test");
    assert_eq!((rows.len(), spared), (1, false));
    assert_eq!((&rows[0]["server"], &rows[0]["status"]), (&"127.10.9.1".into(), &"right".into()));
    assert_eq!(asked("adatum.test"), (Vec::new(), true));
    let text = check("adatum.test", &[&["--expect", &token], &resolver[..]].concat());
    assert!(text.out.contains("The resolvers were not asked."), "{}", text.out);
}

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

fn publish(domain: &str, value: &str) {
    let script = lab_folder().join("publish.sh");
    assert!(Command::new("bash").arg(script).args([domain, value]).status().unwrap().success());
}

/// The arguments of a check of a list in the lab.
fn bulk_arguments(list: &str, more: &[&str]) -> Vec<String> {
    let roots = lab_file("roots").to_str().unwrap().to_owned();
    let args = ["domain", "bulk", list, "--roots", &roots].into_iter().chain(more.iter().copied());
    args.map(str::to_owned).collect()
}

/// Checks a list that is sent to standard input.
fn bulk(list: &str, more: &[&str]) -> Run {
    let args = bulk_arguments("-", more);
    let mut command = program(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(list.as_bytes()).unwrap();
    common::finished(child.wait_with_output().unwrap())
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_silent_server_delays_only_its_own_row_of_a_list() {
    let token = token();
    let rest = ["healthy.test", "split.test", "wrong.test", "ann@adatum.test", "gmail.com", "doubled.test"];
    let domains = std::iter::once("silent.test").chain(rest.into_iter().cycle()).take(300);
    let rows: String = domains.map(|domain| format!("{domain};{token}\r\n")).collect();
    let run = bulk(&format!("\u{FEFF}Domain;Expected\r\n{rows}"), &["--json"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    let seen: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut numbers: Vec<u64> = seen.iter().map(|row| row["row"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (2..=301).collect::<Vec<u64>>());
    for row in &seen {
        let verdict = match row["input"].as_str().unwrap() {
            "healthy.test" | "split.test" => Some("verified"),
            "wrong.test" | "doubled.test" => Some("problem"),
            "ann@adatum.test" => Some("waiting"),
            "silent.test" => Some("unreachable"),
            _ => None,
        };
        assert_eq!(row["verdict"].as_str(), verdict, "{row}");
    }
    let refused = seen.iter().find(|row| row["input"] == "gmail.com").unwrap();
    assert_eq!(codes(refused), ["domain-consumer"]);
    // It is the first of the list. Were anything else to wait for it, at most the 19 beside it would come before.
    let silent = seen.iter().position(|row| row["row"] == 2).unwrap();
    assert!(silent > 100, "row 2 came as number {silent}");
    let slowest_other =
        seen.iter().filter(|row| row["row"] != 2).filter_map(|row| row["took_ms"].as_u64()).max();
    assert!(slowest_other < seen[silent]["took_ms"].as_u64(), "{slowest_other:?}");
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn the_status_of_a_list_tells_all_from_some_and_none() {
    let token = token();
    let status = |list: &str| bulk(list, &["--expect", &token]).status;
    assert_eq!(status("healthy.test\nsplit.test"), 0);
    assert_eq!(status("healthy.test\nadatum.test"), 1);
    assert_eq!(status("healthy.test\ndead.test"), 1);
    assert_eq!(status("gmail.com\nhealthy.test"), 1);
    assert_eq!(status("gmail.com\ncontoso"), 2);
    assert_eq!(status("dead.test"), 3);
    let text = bulk("healthy.test\n\nwrong.test,other\ngmail.com", &["--expect", &token]);
    assert!(text.out.contains("Row 1  healthy.test  Verified: "), "{}", text.out);
    assert!(text.out.contains("Row 3  wrong.test  Problem: "), "{}", text.out);
    assert!(text.out.contains("Row 4  gmail.com  Not checked: "), "{}", text.out);
    let summary = "Rows: 3. 1 verified, 0 waiting, 1 with a problem, 0 unreachable, 1 not checked.";
    assert_eq!(text.out.lines().last(), Some(summary));
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_list_for_a_spreadsheet_has_no_formulas() {
    let list = lab_file("list.csv");
    std::fs::write(&list, "domain,expected\nadatum.test,\"=HYPERLINK(\"\"x\"\")\"\n@,x\nhealthy.test,\n")
        .unwrap();
    let args = bulk_arguments(list.to_str().unwrap(), &["--csv", "--expect", &token(), "--concurrency", "1"]);
    let run = signpost(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[0], "row,input,domain,name,expected,verdict,visible_by,finding,message,fix,checked_at");
    let adatum = "2,adatum.test,adatum.test,_parallels-challenge.adatum.test,\"'=HYPERLINK(\"\"x\"\")\",waiting,,txt-missing,";
    assert!(lines[1].starts_with(adatum), "{}", run.out);
    assert!(lines[2].starts_with("3,'@,,,,,,domain-"), "{}", run.out);
    assert!(lines[3].starts_with("4,healthy.test,") && lines[3].contains(",verified,2"), "{}", run.out);
    assert_eq!((lines.len(), run.status), (4, 1));
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_list_goes_on_where_it_broke_off_and_asks_nobody_again() {
    let (list, kept, token) = (lab_file("resumed.csv"), lab_file("kept"), token());
    std::fs::write(&list, "domain\nhealthy.test\n=a.test\nwrong.test\nsplit.test\n").unwrap();
    let go_on = |form: &str, more: &[&str]| {
        let args = [&[form, "--expect", &token, "--concurrency", "1"], more].concat();
        let args = bulk_arguments(list.to_str().unwrap(), &args);
        signpost(&args.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let resume = ["--resume", kept.to_str().unwrap()];
    for (form, lines, changed) in [
        ("--csv", 3, [",verified,", ",problem,"]),
        ("--json", 2, ["\"verdict\":\"verified\"", "\"verdict\":\"problem\""]),
    ] {
        let whole = go_on(form, &[]).out;
        let first: String = whole.split_inclusive('\n').take(lines).collect();
        // What stands there counts, whatever the name servers would say now.
        std::fs::write(&kept, first.replace(changed[0], changed[1])).unwrap();
        let rest = go_on(form, &resume);
        let inputs: Vec<&str> = ["healthy.test", "a.test", "wrong.test", "split.test"]
            .into_iter()
            .filter(|input| rest.out.contains(*input))
            .collect();
        assert_eq!((inputs, rest.out.lines().count()), (vec!["wrong.test", "split.test"], 2), "{}", rest.out);
        assert_eq!(rest.status, 1);
        std::fs::write(&kept, first.replace(changed[0], changed[1]) + &rest.out).unwrap();
        let nothing = go_on(form, &resume);
        assert_eq!((nothing.out.as_str(), nothing.status), ("", 1), "all is known");
        let counted = bulk_arguments(list.to_str().unwrap(), &resume);
        let counted = signpost(&counted.iter().map(String::as_str).collect::<Vec<_>>()).out;
        assert_eq!(
            counted,
            "Rows: 4. 1 verified, 0 waiting, 2 with a problem, 0 unreachable, 1 not checked.\n"
        );
    }
    std::fs::write(&kept, "{\"row\": 2, \"input\": \"contoso.test\", \"verdict\": null}\n").unwrap();
    let other = go_on("--json", &resume);
    assert_eq!((other.status, &other.json()["error"]["code"]), (2, &"bulk-answer-of-another-list".into()));
    std::fs::write(&kept, "{\"row\": 2, \"inp").unwrap();
    let cut = go_on("--json", &resume);
    assert_eq!((cut.status, &cut.json()["error"]["code"]), (2, &"bulk-answer-unreadable".into()));
}

#[test]
#[ignore = "run inside the lab by the_lab"]
fn a_report_is_shared_with_another_signpost() {
    let (file, token) = (lab_file("report.json"), token());
    let run = check("wrong.test", &["--expect", &token, "--share", file.to_str().unwrap()]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    let shared = domain_check::read_shared(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!((shared.unicode.as_str(), shared.verdict), ("wrong.test", domain_check::Verdict::Problem));
    let nowhere = lab_file("no-folder").join("report.json");
    let run = check("healthy.test", &["--expect", &token, "--share", nowhere.to_str().unwrap()]);
    assert!(run.status == 3 && run.out.contains("healthy.test"), "what was seen is told: {}", run.out);
    assert!(run.err.contains("cannot be written"), "{}", run.err);
}

//! A list of domains.

use crate::common;
use crate::common::{Run, codes, program, signpost};
use crate::{lab_file, token};
use serde_json::Value;
use std::io::Write as _;
use std::process::Stdio;

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

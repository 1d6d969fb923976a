//! One domain.

use crate::common::{codes, signpost};
use crate::{arguments, check, check_json, lab_file, token};
use serde_json::Value;
use std::process::{Command, Stdio};

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

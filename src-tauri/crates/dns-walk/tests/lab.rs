//! The walk against real name servers: knot, nsd, dnsdist and unbound in `tests/dns-lab`.
//!
//! `the_lab` starts the lab and this program again inside it, which then runs the tests marked as ignored. Run
//! outside the lab those fail; they are never passed over.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use dns_walk::{Config, Walker};
use domain_check::{DomainName, Report, Role, Status, Verdict, judge};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};
use vocabulary::Timestamp;

const LABEL: &str = "_parallels-challenge";

fn lab_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/dns-lab")
}

#[test]
fn the_lab() {
    let own_tests = include_str!("lab.rs").lines().filter(|line| line.starts_with("#[ignore")).count();
    let output = Command::new("bash")
        .arg(lab_folder().join("up.sh"))
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--test-threads=4"])
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    assert!(
        out.contains(&format!("test result: ok. {own_tests} passed; 0 failed; 0 ignored")),
        "{out}\n{err}"
    );
}

fn token() -> String {
    let lab =
        std::env::var("DNS_LAB").expect("this test runs inside the lab; the test the_lab starts it there");
    std::fs::read_to_string(PathBuf::from(lab).join("token")).unwrap().trim().to_owned()
}

#[expect(clippy::disallowed_methods, reason = "the test is the outermost caller and brings the clock")]
fn now() -> Timestamp {
    Timestamp::new(time::OffsetDateTime::now_utc())
}

fn walker() -> Walker {
    Walker::new(Config::from_env().unwrap(), Arc::new(now))
}

fn domain(text: &str) -> DomainName {
    DomainName::parse(text).unwrap().domain
}

async fn check(name: &str) -> Report {
    let token = token();
    let collected = walker().collect(&domain(name), LABEL, Some(&token)).await;
    judge(Some(&token), &collected, now())
}

fn codes(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.code.as_ref()).collect()
}

fn run(program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn publish(domain: &str, value: &str) {
    run("bash", &[lab_folder().join("publish.sh").to_str().unwrap(), domain, value]);
}

/// Checks until the verdict is there.
async fn check_until(name: &str, verdict: Verdict) -> Report {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let report = check(name).await;
        if report.verdict == verdict {
            return report;
        }
        assert!(Instant::now() < deadline, "{report:#?}");
    }
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn every_mistake_is_told_and_a_good_record_has_no_findings() {
    use Verdict::{Problem, Unreachable, Verified, Waiting};
    let cases: &[(&str, Verdict, &[&str])] = &[
        ("healthy.test", Verified, &[]),
        ("split.test", Verified, &[]),
        ("away.test", Verified, &[]),
        ("dual.test", Verified, &[]),
        ("same.healthy.test", Verified, &[]),
        ("tcponly.test", Verified, &[]),
        ("noedns.test", Verified, &[]),
        ("truncated.test", Verified, &[]),
        ("slow.test", Verified, &[]),
        ("contoso.test", Waiting, &["txt-missing"]),
        ("wildcard.test", Waiting, &["txt-wildcard"]),
        ("disagree.test", Waiting, &["servers-disagree"]),
        ("wrong.test", Problem, &["txt-wrong-value"]),
        ("doubled.test", Problem, &["txt-doubled-zone"]),
        ("apex.test", Problem, &["txt-at-apex"]),
        ("elsewhere.test", Problem, &["txt-elsewhere"]),
        ("underscore.test", Problem, &["txt-underscore-lost"]),
        ("quoted.test", Problem, &["txt-quoted"]),
        ("smart.test", Problem, &["txt-blanks"]),
        ("blanks.test", Problem, &["txt-blanks"]),
        ("cname.test", Problem, &["txt-cname"]),
        ("followed.test", Verified, &["txt-cname-followed"]),
        ("halfdead.test", Verified, &["server-silent"]),
        ("halfsilent.test", Verified, &["server-silent"]),
        ("dead.test", Unreachable, &["server-silent"]),
        ("silent.test", Unreachable, &["server-silent"]),
        ("refused.test", Problem, &["server-refused"]),
        ("lame.test", Problem, &["server-lame"]),
        ("servfail.test", Problem, &["server-broken"]),
        ("noaddress.test", Unreachable, &["server-no-address"]),
        ("loop-a.test", Unreachable, &["server-no-address"]),
        ("undelegated.test", Problem, &["zone-not-delegated"]),
        ("nobody.test", Problem, &["domain-unregistered"]),
        ("nobody.nowhere", Problem, &["domain-unregistered"]),
        ("contoso.dark", Unreachable, &["delegation-unreachable"]),
    ];
    let mut checks = tokio::task::JoinSet::new();
    for case in cases {
        checks.spawn(async move { (case, check(case.0).await) });
    }
    let mut wrong = Vec::new();
    while let Some(done) = checks.join_next().await {
        let ((name, verdict, expected), report) = done.unwrap();
        if report.verdict != *verdict || codes(&report) != *expected {
            wrong.push(format!("{name}: {:?} {:?}\n{report:#?}", report.verdict, codes(&report)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn a_good_record_is_reported_server_by_server() {
    let report = check("healthy.test").await;
    let rows: Vec<_> = report
        .servers
        .iter()
        .map(|row| (row.server.as_str(), row.address.as_deref().unwrap(), row.status, row.ttl, row.serial))
        .collect();
    assert_eq!(
        rows,
        [
            ("ns1.dnshost.test", "127.10.1.1", Status::Right, Some(300), Some(1)),
            ("ns2.dnshost.test", "127.10.1.2", Status::Right, Some(300), Some(1)),
        ]
    );
    assert!(report.servers.iter().all(|row| row.role == Role::Delegated && row.values == [token()]));
    assert_eq!(report.visible_by, Some(report.checked_at.plus(time::Duration::seconds(20))));
    assert_eq!(report.zone.as_deref(), Some("healthy.test"));
    let zones: Vec<_> = report.delegation.iter().map(|step| step.zone.as_str()).collect();
    assert_eq!(zones, ["test", "healthy.test"]);
    assert_eq!(report.delegation[1].servers, ["ns1.dnshost.test", "ns2.dnshost.test"]);
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn what_was_found_is_shown_with_the_finding() {
    let argument = |report: &Report, name: &str| report.findings[0].args[name].clone();
    let wrong = check("wrong.test").await;
    assert_eq!(argument(&wrong, "position"), "19");
    assert_eq!(argument(&wrong, "expected_character") + &argument(&wrong, "found_character"), "l1");
    assert_eq!(
        argument(&check("doubled.test").await, "found_at"),
        format!("{LABEL}.doubled.test.doubled.test")
    );
    assert_eq!(argument(&check("cname.test").await, "target"), "verify.other.lab");
    assert!(argument(&check("smart.test").await, "characters").contains("U+201C"));
    let missing = check("contoso.test").await;
    assert_eq!(argument(&missing, "negative_ttl"), "20");
    assert!(missing.visible_by.is_none());
    let behind = check("disagree.test").await;
    assert_eq!(argument(&behind, "behind"), "ns2.dnshost.test");
    assert_eq!(behind.servers.iter().map(|row| row.serial).collect::<Vec<_>>(), [Some(2), Some(1)]);
    assert!(behind.visible_by.is_none());
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn a_server_is_asked_at_both_kinds_of_address() {
    let report = check("dual.test").await;
    let addresses: Vec<_> = report.servers.iter().filter_map(|row| row.address.as_deref()).collect();
    assert_eq!(addresses, ["127.10.1.1", "fd10::101"]);
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn a_zone_on_the_servers_of_its_parent_is_found() {
    let report = check("same.healthy.test").await;
    assert_eq!(report.zone.as_deref(), Some("same.healthy.test"));
    assert_eq!(report.servers.len(), 2);
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn a_silent_server_delays_no_row_but_its_own() {
    let token = token();
    let start = Instant::now();
    let mut rows = Vec::new();
    let on_row = |row: &domain_check::ServerAnswer| rows.push((row.server.clone(), start.elapsed()));
    walker().collect_with(&domain("halfsilent.test"), LABEL, Some(&token), on_row).await;
    let names: Vec<_> = rows.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ns1.dnshost.test", "ns.halfsilent.test"]);
    let given_up = Config::default().limits.give_up_after;
    assert!(rows[0].1 < given_up && rows[1].1 >= given_up, "{rows:?}");
    assert!(start.elapsed() < given_up * 2, "{:?}", start.elapsed());
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn a_closed_port_is_noticed_without_waiting() {
    let start = Instant::now();
    assert_eq!(codes(&check("halfdead.test").await), ["server-silent"]);
    assert!(start.elapsed() < Config::default().limits.give_up_after, "{:?}", start.elapsed());
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn a_record_counts_once_every_server_has_it() {
    publish("adatum.test", &token());
    assert_eq!(check_until("adatum.test", Verdict::Verified).await.servers.len(), 2);
    publish("adatum.test", "token=somebodyelses");
    assert_eq!(codes(&check_until("adatum.test", Verdict::Problem).await), ["txt-wrong-value"]);
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn a_lagging_server_is_waited_for_and_the_announcement_begins_when_it_follows() {
    assert_eq!(codes(&check("lagging.test").await), ["txt-missing"]);
    publish("lagging.test", &token());
    let lagging = check("lagging.test").await;
    assert_eq!((lagging.verdict, codes(&lagging)), (Verdict::Waiting, vec!["servers-disagree"]));
    let configuration = format!("{}/secondary/nsd.conf", std::env::var("DNS_LAB").unwrap());
    run("nsd-control", &["-c", &configuration, "transfer", "lagging.test"]);
    let first = check_until("lagging.test", Verdict::Verified).await.following(&lagging);
    assert_eq!(first.visible_by, Some(first.checked_at.plus(time::Duration::seconds(20))));
    let again = check("lagging.test").await.following(&first);
    assert_eq!(again.visible_by, first.visible_by);
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn resolvers_are_shown_and_never_decide() {
    let token = token();
    let mut collected = walker().collect(&domain("healthy.test"), LABEL, Some(&token)).await;
    let resolvers = [
        (std::env::var("DNS_LAB_RESOLVER").unwrap() + ":53").parse().unwrap(),
        "127.10.1.99:53".parse().unwrap(),
    ];
    collected.servers.extend(walker().ask_resolvers(&collected.name, &resolvers, Role::Resolver).await);
    let report = judge(Some(&token), &collected, now());
    let statuses: Vec<_> = report.servers.iter().map(|row| (row.role, row.status)).collect();
    assert_eq!(
        statuses,
        [
            (Role::Delegated, Status::Right),
            (Role::Delegated, Status::Right),
            (Role::Resolver, Status::Right),
            (Role::Resolver, Status::Silent),
        ]
    );
    assert_eq!((report.verdict, codes(&report)), (Verdict::Verified, vec![]));
}

#[tokio::test]
#[ignore = "runs inside the lab"]
async fn without_a_network_that_is_said_at_once() {
    let token = token();
    let start = Instant::now();
    let walker = Walker::new(Config::default(), Arc::new(now));
    let collected = walker.collect(&domain("contoso.test"), LABEL, Some(&token)).await;
    let report = judge(Some(&token), &collected, now());
    assert_eq!((report.verdict, codes(&report)), (Verdict::Unreachable, vec!["no-network"]));
    assert!(report.is_failure_to_look());
    assert!(
        report.servers.iter().all(|row| row.role == Role::Root && row.status == Status::NoRoute),
        "{report:#?}"
    );
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

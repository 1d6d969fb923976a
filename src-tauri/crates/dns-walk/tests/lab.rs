//! The walk against real name servers: knot, nsd, dnsdist and unbound in `tests/dns-lab`.
//!
//! `the_lab` starts the lab and this program again inside it, which then runs the tests marked as ignored. Run
//! outside the lab those fail; they are never passed over.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use dns_walk::{Config, Walker};
use domain_check::{DomainName, PublicResolver, Report, Role, ServerRow, Status, Verdict, judge};
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
#[ignore = "run inside the lab by the_lab"]
async fn every_mistake_is_told_and_a_good_record_has_no_findings() {
    use Verdict::{Problem, Unreachable, Verified, Waiting};
    let cases: &[(&str, Verdict, &[&str])] = &[
        ("healthy.test", Verified, &[]),
        ("split.test", Verified, &["txt-split"]),
        ("signed.test", Verified, &[]),
        ("deep.signed.test", Verified, &[]),
        ("second.test", Verified, &["txt-second-code"]),
        ("crowded.test", Verified, &["txt-crowded"]),
        ("nsdiffer.test", Verified, &["zone-servers-differ"]),
        ("labelzone.test", Verified, &["label-delegated"]),
        ("sent.test", Verified, &["txt-cname-followed"]),
        ("away.test", Verified, &[]),
        ("dual.test", Verified, &[]),
        ("same.healthy.test", Verified, &[]),
        ("tcponly.test", Verified, &[]),
        ("noedns.test", Verified, &["server-no-edns"]),
        ("oldfirewall.test", Verified, &["server-no-edns"]),
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
        ("smart.test", Problem, &["txt-typographic"]),
        ("blanks.test", Problem, &["txt-blanks"]),
        ("literal.test", Problem, &["txt-literal-at"]),
        ("spf.test", Problem, &["txt-wrong-type"]),
        ("earlier.test", Problem, &["txt-earlier-code"]),
        ("cname.test", Problem, &["txt-cname"]),
        ("cnamevalue.test", Problem, &["txt-cname-is-value"]),
        ("dangling.test", Problem, &["txt-cname-dangling"]),
        ("dname.test", Problem, &["txt-dname"]),
        ("moved.test", Problem, &["txt-at-former-servers"]),
        ("parked.test", Problem, &["domain-parked"]),
        ("onhold.test", Problem, &["domain-on-hold"]),
        ("bogus.test", Problem, &["dnssec-broken"]),
        ("unkeyed.test", Problem, &["dnssec-broken"]),
        ("expired.test", Problem, &["dnssec-broken"]),
        ("followed.test", Verified, &["txt-cname-followed"]),
        ("serials.test", Verified, &["serials-differ"]),
        ("unrouted.test", Verified, &["server-no-route"]),
        ("halfdead.test", Verified, &["server-closed"]),
        ("halfsilent.test", Verified, &["server-silent"]),
        ("dead.test", Unreachable, &["server-closed"]),
        ("silent.test", Unreachable, &["server-silent"]),
        ("refused.test", Problem, &["server-refused"]),
        ("lame.test", Problem, &["server-lame"]),
        ("servfail.test", Problem, &["server-broken"]),
        ("tcpblocked.test", Problem, &["server-tcp-blocked"]),
        ("malformed.test", Problem, &["server-malformed"]),
        ("limited.test", Problem, &["server-rate-limited"]),
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
#[ignore = "run inside the lab by the_lab"]
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
#[ignore = "run inside the lab by the_lab"]
async fn what_was_found_is_shown_with_the_finding() {
    let argument = |report: &Report, name: &str| report.findings[0].args[name].clone();
    let wrong = check("wrong.test").await;
    assert_eq!(argument(&wrong, "position"), "19");
    assert_eq!(argument(&wrong, "expected_character") + &argument(&wrong, "found_character"), "l1");
    assert_eq!(
        argument(&check("doubled.test").await, "found_at"),
        format!("{LABEL}.doubled.test.doubled.test")
    );
    assert_eq!(argument(&check("cname.test").await, "target"), "verify.dns.lab");
    assert!(argument(&check("smart.test").await, "characters").contains("U+201C"));
    let missing = check("contoso.test").await;
    assert_eq!(argument(&missing, "negative_ttl"), "20");
    assert!(missing.visible_by.is_none());
    let behind = check("disagree.test").await;
    assert_eq!(argument(&behind, "behind"), "ns2.dnshost.test");
    assert_eq!(behind.servers.iter().map(|row| row.serial).collect::<Vec<_>>(), [Some(2), Some(1)]);
    assert!(behind.visible_by.is_none());
    let older = check("serials.test").await;
    assert_eq!(argument(&older, "behind"), "ns2.dnshost.test");
    assert_eq!(older.servers.iter().map(|row| row.serial).collect::<Vec<_>>(), [Some(2), Some(1)]);
    assert_eq!(argument(&check("unrouted.test").await, "servers"), "ns.unrouted.test");
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_server_is_asked_at_both_kinds_of_address() {
    let report = check("dual.test").await;
    let addresses: Vec<_> = report.servers.iter().filter_map(|row| row.address.as_deref()).collect();
    assert_eq!(addresses, ["127.10.1.1", "fd10::101"]);
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_zone_on_the_servers_of_its_parent_is_found() {
    let report = check("same.healthy.test").await;
    assert_eq!(report.zone.as_deref(), Some("same.healthy.test"));
    assert_eq!(report.servers.len(), 2);
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_silent_server_delays_no_row_but_its_own() {
    let token = token();
    let start = Instant::now();
    let mut rows = Vec::new();
    let on_row = |row: &domain_check::ServerAnswer| rows.push((row.server.clone(), start.elapsed()));
    walker().collect_with(&domain("halfsilent.test"), LABEL, Some(&token), &[], on_row).await;
    let names: Vec<_> = rows.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ns1.dnshost.test", "ns.halfsilent.test"]);
    let given_up = Config::default().limits.give_up_after;
    assert!(rows[0].1 < given_up && rows[1].1 >= given_up, "{rows:?}");
    assert!(start.elapsed() < given_up * 2, "{:?}", start.elapsed());
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn what_an_answering_server_says_is_told_while_a_silent_one_is_still_waited_for() {
    let mut told: Vec<(Vec<_>, Vec<String>)> = Vec::new();
    let token = token();
    let on_change = |so_far: dns_walk::SoFar<'_>| {
        let rows = so_far.servers.iter().map(|answer| ServerRow::of(answer, Some(&token)));
        let waiting = so_far.waiting.iter().map(|(server, _)| server.clone());
        told.push((rows.map(|row| (row.server, row.status)).collect(), waiting.collect()));
    };
    walker().collect_telling(&domain("halfsilent.test"), LABEL, Some(&token), &[], on_change).await;
    let (answering, silent) = ("ns1.dnshost.test".to_owned(), "ns.halfsilent.test".to_owned());
    let right = (answering.clone(), Status::Right);
    let told: Vec<_> = told
        .into_iter()
        .map(|(rows, mut waiting)| {
            waiting.sort();
            (rows, waiting)
        })
        .collect();
    assert_eq!(
        told,
        [
            (vec![], vec![silent.clone(), answering]),
            (vec![right.clone()], vec![silent.clone()]),
            (vec![right, (silent, Status::Silent)], vec![]),
        ]
    );
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_closed_port_is_noticed_without_waiting() {
    let start = Instant::now();
    assert_eq!(codes(&check("halfdead.test").await), ["server-closed"]);
    assert!(start.elapsed() < Config::default().limits.give_up_after, "{:?}", start.elapsed());
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_record_counts_once_every_server_has_it() {
    publish("adatum.test", &token());
    assert_eq!(check_until("adatum.test", Verdict::Verified).await.servers.len(), 2);
    publish("adatum.test", "token=somebodyelses");
    assert_eq!(codes(&check_until("adatum.test", Verdict::Problem).await), ["txt-wrong-value"]);
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
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
#[ignore = "run inside the lab by the_lab"]
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
#[ignore = "run inside the lab by the_lab"]
async fn without_a_network_that_is_said_at_once() {
    let token = token();
    let start = Instant::now();
    let walker = Walker::new(Config::default(), Arc::new(now));
    let collected = walker.collect(&domain("contoso.test"), LABEL, Some(&token)).await;
    let report = judge(Some(&token), &collected, now());
    assert_eq!((report.verdict, codes(&report)), (Verdict::Unreachable, vec!["offline"]));
    assert!(report.is_failure_to_look());
    assert!(
        report.servers.iter().all(|row| row.role == Role::Root && row.status == Status::NoRoute),
        "{report:#?}"
    );
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn what_is_broken_about_signatures_is_said() {
    for (name, how) in [("bogus.test", "other-key"), ("unkeyed.test", "no-key"), ("expired.test", "expired")]
    {
        let report = check(name).await;
        assert_eq!(report.findings[0].args["how"], how, "{report:#?}");
        assert!(!report.contradicts(), "the record is there");
    }
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_clock_that_is_off_is_told_from_signatures_that_expired() {
    let token = token();
    let in_2050 = || Timestamp::parse("2050-01-01T00:00:00Z").unwrap();
    let walker = Walker::new(Config::from_env().unwrap(), Arc::new(in_2050));
    let collected = walker.collect(&domain("deep.signed.test"), LABEL, Some(&token)).await;
    let report = judge(Some(&token), &collected, in_2050());
    assert_eq!((report.verdict, codes(&report)), (Verdict::Verified, vec!["clock-off"]));
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_server_somebody_remembers_is_asked_for_a_record_that_was_put_there() {
    let token = token();
    let former = ["ns1.dnshost.test".to_owned()];
    let collected = walker().collect_with(&domain("moved.test"), LABEL, Some(&token), &former, |_| {}).await;
    let report = judge(Some(&token), &collected, now());
    assert_eq!(report.findings[0].args["server"], "ns1.dnshost.test");
    assert!(report.contradicts() && report.verdict == Verdict::Problem);
}

/// A resolver of the lab, over HTTPS at this path.
fn over_https(host: &str, path: &str) -> PublicResolver {
    let url = Some(format!("https://{host}{path}"));
    PublicResolver { operator: format!("{host}{path}"), address: "127.10.9.2".parse().unwrap(), url }
}

async fn asked(name: &str, resolvers: &[PublicResolver]) -> Report {
    let token = token();
    let walker = walker();
    let mut collected = walker.collect(&domain(name), LABEL, Some(&token)).await;
    collected.servers.extend(walker.ask_public(&collected.name, resolvers).await);
    judge(Some(&token), &collected, now())
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn resolvers_are_asked_over_https_and_what_stands_between_is_told() {
    let good = asked("healthy.test", &walker_resolvers()).await;
    assert_eq!(
        (good.servers[2].server.as_str(), good.servers[2].status),
        ("Lab", Status::Right),
        "{good:#?}"
    );
    assert_eq!(codes(&good), [""; 0]);
    let cases = [
        ("resolver.lab", "/sign-in", "captive-portal"),
        ("resolver.lab", "/busy", "resolver-limits"),
        ("other.lab", "/dns-query", "encrypted-dns-untrusted"),
    ];
    for (host, path, code) in cases {
        let report = asked("healthy.test", &[over_https(host, path)]).await;
        assert_eq!((report.verdict, codes(&report)), (Verdict::Verified, vec![code]), "{report:#?}");
    }
    let by_udp = asked("healthy.test", &[over_https("resolver.lab:444", "/dns-query")]).await;
    assert_eq!((by_udp.servers[2].status, codes(&by_udp)), (Status::Right, vec![]), "{by_udp:#?}");
}

fn walker_resolvers() -> Vec<PublicResolver> {
    Config::from_env().unwrap().resolvers
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_resolver_that_fails_says_why_or_not() {
    let bogus = asked("bogus.test", &walker_resolvers()).await;
    assert_eq!(codes(&bogus), ["dnssec-broken", "resolver-rejects-signatures"]);
    let lame = asked("lame.test", &walker_resolvers()).await;
    assert_eq!(codes(&lame), ["server-lame", "resolver-fails"]);
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_resolver_that_was_asked_too_early_remembers_it_until_the_time_that_is_said() {
    let name = format!("{LABEL}.remembered.test");
    walker().ask_public(&name, &walker_resolvers()).await;
    publish("remembered.test", &token());
    check_until("remembered.test", Verdict::Verified).await;
    let report = asked("remembered.test", &walker_resolvers()).await;
    assert_eq!((report.verdict, codes(&report)), (Verdict::Verified, vec!["resolver-remembers-nothing"]));
    let left = report.servers[2].ttl.unwrap();
    assert!(left <= 20, "{left}");
    let until = Timestamp::parse(&report.findings[0].args["until"]).unwrap();
    assert!(until <= report.visible_by.unwrap(), "the announcement holds: {report:#?}");
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_resolver_that_remembers_an_older_value_is_told_from_one_that_remembers_nothing() {
    let name = format!("{LABEL}.stale.test");
    assert_eq!(codes(&check("stale.test").await), ["txt-earlier-code"]);
    walker().ask_public(&name, &walker_resolvers()).await;
    publish("stale.test", &token());
    check_until("stale.test", Verdict::Verified).await;
    let report = asked("stale.test", &walker_resolvers()).await;
    assert_eq!((report.verdict, codes(&report)), (Verdict::Verified, vec!["resolver-remembers-old"]));
    assert!(report.servers[2].ttl.unwrap() <= 15);
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_company_with_a_zone_of_its_own_is_told_and_decides_nothing() {
    publish("horizon.test", &token());
    check_until("horizon.test", Verdict::Verified).await;
    let token = token();
    let mut collected = walker().collect(&domain("horizon.test"), LABEL, Some(&token)).await;
    let company = ["127.10.8.1:53".parse().unwrap()];
    collected.servers.extend(walker().ask_resolvers(&collected.name, &company, Role::System).await);
    let report = judge(Some(&token), &collected, now());
    assert_eq!((report.verdict, codes(&report)), (Verdict::Verified, vec!["split-horizon"]));
    publish("horizon.test", "");
    check_until("horizon.test", Verdict::Waiting).await;
}

/// A check that starts at the root servers in another file of the lab.
async fn check_from(roots: &str, change: impl FnOnce(&mut Config)) -> Report {
    let token = token();
    let path = PathBuf::from(std::env::var("DNS_LAB").unwrap()).join(roots);
    let mut config = Config::default().with_roots_of(&path).unwrap();
    config.resolvers = walker_resolvers();
    change(&mut config);
    let walker = Walker::new(config, Arc::new(now));
    let collected = walker.collect(&domain("healthy.test"), LABEL, Some(&token)).await;
    judge(Some(&token), &collected, now())
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_network_that_holds_port_53_back_is_told_from_one_that_answers_itself() {
    let blocked = check_from("roots.silent", |_| {}).await;
    assert_eq!((blocked.verdict, codes(&blocked)), (Verdict::Unreachable, vec!["port-53-blocked"]));
    let unknown = check_from("roots.silent", |config| config.resolvers.clear()).await;
    assert_eq!((unknown.verdict, codes(&unknown)), (Verdict::Unreachable, vec!["no-network"]));
    let intercepted = check_from("roots.intercepted", |_| {}).await;
    assert_eq!(
        (intercepted.verdict, codes(&intercepted)),
        (Verdict::Unreachable, vec!["port-53-intercepted"])
    );
    assert!([blocked, unknown, intercepted].iter().all(Report::is_failure_to_look));
}

#[test]
fn every_finding_that_servers_bring_up_stands_in_the_table_and_is_brought_up_here() {
    let table = include_str!("../../../../docs/domain-findings.md");
    let tests = include_str!("lab.rs");
    let by_typing = ["domain-", "list-", "shared-"];
    let by_servers = ["domain-unregistered", "domain-parked", "domain-on-hold"];
    for code in domain_check::CODES {
        let typed = by_typing.iter().any(|begin| code.starts_with(begin)) && !by_servers.contains(code);
        if !typed && *code != "txt-present" {
            assert!(
                table.contains(&format!("`{code}`")),
                "{code} stands in no row of docs/domain-findings.md"
            );
        }
        assert!(
            typed || *code == "txt-present" || tests.contains(&format!("\"{code}\"")),
            "no server brings up {code}"
        );
    }
}

/// How many packets a counter of the lab's firewall has counted.
fn packets(counter: &str) -> u32 {
    let listed = run("nft", &["list", "counter", "ip", "lab", counter]).stdout;
    let text = String::from_utf8(listed).unwrap();
    text.split_whitespace().skip_while(|word| *word != "packets").nth(1).unwrap().parse().unwrap()
}

/// Looks at so many names of a domain beside each other, all with one walker.
async fn check_many(config: Config, name: &str, count: u32) -> Vec<Report> {
    let walker = Walker::new(config, Arc::new(now));
    let mut looks = tokio::task::JoinSet::new();
    for index in 0..count {
        let (walker, domain, token) = (walker.clone(), domain(name), token());
        looks.spawn(async move {
            let collected = walker.collect(&domain, &format!("name-{index}"), Some(&token)).await;
            judge(Some(&token), &collected, now())
        });
    }
    looks.join_all().await
}

fn assert_all_verified(reports: &[Report]) {
    let other = reports.iter().find(|report| report.verdict != Verdict::Verified);
    assert!(other.is_none(), "{other:#?}");
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn no_server_gets_more_than_fifty_questions_a_second() {
    let mut config = Config::from_env().unwrap();
    assert_eq!(config.limits.per_second, None, "the lab is asked as fast as can be");
    config.limits.per_second = Config::default().limits.per_second;
    let start = Instant::now();
    let reports = check_many(config, "counted.test", 80).await;
    assert_all_verified(&reports);
    let (asked, too_many) = (packets("counted"), packets("more_than_50"));
    assert!(asked >= 240, "three questions a name, and {asked} were counted");
    assert_eq!(too_many, 0, "of {asked}");
    let at_least = Duration::from_secs(u64::from(asked / 50).saturating_sub(1));
    assert!(start.elapsed() >= at_least, "{asked} in {:?}", start.elapsed());
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_server_that_loses_what_is_too_much_for_it_is_asked_more_slowly() {
    let reports = check_many(Config::from_env().unwrap(), "hasty.test", 30).await;
    assert_all_verified(&reports);
    let (asked, lost) = (packets("hasty"), packets("hasty_lost"));
    assert!(lost > 0, "it never was too much");
    // Three questions a name at once are lost nearly all, and sent again by other ways once: not again and again.
    assert!(asked <= 30 * 9, "{asked} datagrams, {lost} lost");
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_server_that_refuses_what_is_too_much_for_it_is_asked_again_later() {
    let reports = check_many(Config::from_env().unwrap(), "busy.test", 40).await;
    assert_all_verified(&reports);
    let asked = packets("busy");
    assert!((120..=480).contains(&asked), "{asked}");
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_server_that_cuts_its_answers_to_slow_everybody_down_slows_us_down() {
    let start = Instant::now();
    let reports = check_many(Config::from_env().unwrap(), "slipping.test", 60).await;
    assert_all_verified(&reports);
    let asked = packets("slipping");
    assert!((180..=480).contains(&asked), "{asked}");
    assert!(start.elapsed() >= Duration::from_secs(1), "no rest: {:?}", start.elapsed());
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn the_dns_host_that_a_zone_names_is_found_through_an_alias_and_asked_over_https() {
    let texts = async |zone: &str| walker().texts_at(&format!("_domainconnect.{zone}")).await.unwrap();
    assert_eq!(texts("contoso.test").await, ["connect.dns.lab"]);
    assert_eq!(texts("followed.test").await, ["connect.dns.lab"], "an alias into another zone");
    assert_eq!(texts("healthy.test").await, [""; 0]);
    assert_eq!(
        walker().texts_at("_domainconnect.silent.test").await.unwrap_err().code,
        "domain-connect-unknown"
    );
    let bytes =
        walker().fetch("connect.dns.lab", "https://connect.dns.lab/v2/contoso.test/settings").await.unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains("\"providerName\""));
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_host_that_a_zone_names_is_reached_within_limits() {
    let fetch = async |walker: Walker, host: &str, path: &str| {
        walker.fetch(host, &format!("https://{host}{path}")).await.unwrap_err()
    };
    let code = async |host: &str, path: &str| fetch(walker(), host, path).await.code;
    assert_eq!(code("connect.dns.lab", "/v2/unknown.test/settings").await, "domain-connect-refused");
    assert_eq!(code("connect.dns.lab", "/v2/large.test/settings").await, "domain-connect-too-long");
    assert_eq!(code("other.dns.lab", "/v2/contoso.test/settings").await, "domain-connect-untrusted");
    assert_eq!(code("closed.dns.lab", "/v2/contoso.test/settings").await, "domain-connect-silent");
    assert_eq!(code("nobody.dns.lab", "/v2/contoso.test/settings").await, "domain-connect-no-address");
    let elsewhere = fetch(walker(), "connect.dns.lab", "/v2/moved.test/settings").await;
    assert_eq!(elsewhere.code, "domain-connect-refused");
    assert!(elsewhere.evidence[0].value.contains("https://127.0.0.1/"), "it is not followed: {elsewhere:?}");
    let mut config = Config::from_env().unwrap();
    config.reaches_private = false;
    let outside = Walker::new(config, Arc::new(now));
    let private = fetch(outside, "connect.dns.lab", "/v2/contoso.test/settings").await;
    assert_eq!(
        (private.code.as_ref(), private.evidence[0].value.as_str()),
        ("domain-connect-private", "127.10.9.2")
    );
}

//! What the tests of the lab share.

use dns_walk::{Config, Walker};
use domain_check::{DomainName, PublicResolver, Report, Verdict, judge};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use vocabulary::Timestamp;

pub(crate) const LABEL: &str = "_parallels-challenge";

pub(crate) fn lab_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/dns-lab")
}

pub(crate) fn token() -> String {
    let lab =
        std::env::var("DNS_LAB").expect("this test runs inside the lab; the test the_lab starts it there");
    std::fs::read_to_string(PathBuf::from(lab).join("token")).unwrap().trim().to_owned()
}

#[expect(clippy::disallowed_methods, reason = "the test is the outermost caller and brings the clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::new(time::OffsetDateTime::now_utc())
}

pub(crate) fn walker() -> Walker {
    Walker::new(Config::from_env().unwrap(), Arc::new(now))
}

pub(crate) fn domain(text: &str) -> DomainName {
    DomainName::parse(text).unwrap().domain
}

pub(crate) async fn check(name: &str) -> Report {
    let token = token();
    let collected = walker().collect(&domain(name), LABEL, Some(&token)).await;
    judge(Some(&token), &collected, now())
}

pub(crate) fn codes(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.code.as_ref()).collect()
}

pub(crate) fn run(program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

pub(crate) fn publish(domain: &str, value: &str) {
    run("bash", &[lab_folder().join("publish.sh").to_str().unwrap(), domain, value]);
}

/// Changes a zone at its server.
pub(crate) fn change_zone<S: AsRef<str>>(server: &str, zone: &str, changes: &[S]) {
    let changes: String = changes.iter().map(|change| format!("update {}\n", change.as_ref())).collect();
    let mut nsupdate = Command::new("nsupdate").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let script = format!("server {server}\nzone {zone}\n{changes}send\n");
    nsupdate.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = nsupdate.wait_with_output().unwrap();
    assert!(output.status.success(), "{script}{}", String::from_utf8_lossy(&output.stderr));
}

/// Checks until the verdict is there.
pub(crate) async fn check_until(name: &str, verdict: Verdict) -> Report {
    let report = last_check(name, |report| report.verdict == verdict).await;
    assert_eq!(report.verdict, verdict, "{report:#?}");
    report
}

/// So often at least it is looked before what is not as it should be counts: on a computer that has no time, a single
/// look may last longer than what is to be waited for.
const LEAST_LOOKS: u32 = 10;

/// Checks until it is as it should be, for a while; the last report in any case. A server that answers in milliseconds
/// otherwise counts as silent when the computer has no time for it.
pub(crate) async fn last_check(name: &str, is_good: impl Fn(&Report) -> bool) -> Report {
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut looks = 0;
    loop {
        let report = check(name).await;
        looks += 1;
        if is_good(&report) || (looks >= LEAST_LOOKS && Instant::now() >= deadline) {
            return report;
        }
    }
}

/// A resolver of the lab, over HTTPS at this path.
pub(crate) fn over_https(host: &str, path: &str) -> PublicResolver {
    let url = Some(format!("https://{host}{path}"));
    PublicResolver { operator: format!("{host}{path}"), address: "127.10.9.2".parse().unwrap(), url }
}

pub(crate) async fn asked(name: &str, resolvers: &[PublicResolver]) -> Report {
    let token = token();
    let walker = walker();
    let mut collected = walker.collect(&domain(name), LABEL, Some(&token)).await;
    collected.servers.extend(walker.ask_public(&collected.name, resolvers).await);
    judge(Some(&token), &collected, now())
}

pub(crate) fn walker_resolvers() -> Vec<PublicResolver> {
    Config::from_env().unwrap().resolvers
}

/// How many packets a counter of the lab's firewall has counted.
pub(crate) fn packets(counter: &str) -> u32 {
    let listed = run("nft", &["list", "counter", "ip", "lab", counter]).stdout;
    let text = String::from_utf8(listed).unwrap();
    text.split_whitespace().skip_while(|word| *word != "packets").nth(1).unwrap().parse().unwrap()
}

pub(crate) fn assert_all_verified(reports: &[Report]) {
    let other = reports.iter().find(|report| report.verdict != Verdict::Verified);
    assert!(other.is_none(), "{other:#?}");
}

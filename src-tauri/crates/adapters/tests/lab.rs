//! Resolvers are asked for comparison as seldom as can be: counted at a real one, in `tests/dns-lab`.
//!
//! `the_lab` starts the lab and this program again inside it, which then runs the test marked as ignored. Run outside the
//! lab it fails; it is never passed over.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use adapters::DnsChecker;
use domain_check::{DomainName, PublicResolver, Report, Role, Status, Verdict};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use vocabulary::Timestamp;
use wizard::ports::{Clock, Comparison, ComparisonWay, DomainChecker};

const LABEL: &str = "_parallels-challenge";

fn lab_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/dns-lab")
}

#[test]
fn the_lab() {
    let output = Command::new("bash")
        .arg(lab_folder().join("up.sh"))
        .arg(std::env::current_exe().unwrap())
        .arg("--ignored")
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("2 passed; 0 failed"), "{out}\n{err}");
}

/// A clock that can be put forward, in seconds.
#[derive(Default)]
struct Ahead(AtomicI64);

impl Clock for Ahead {
    #[expect(clippy::disallowed_methods, reason = "the test is the outermost caller and brings the clock")]
    fn now(&self) -> Timestamp {
        let ahead = time::Duration::seconds(self.0.load(Ordering::Relaxed));
        Timestamp::new(time::OffsetDateTime::now_utc()).plus(ahead)
    }
}

fn checker(clock: &Arc<Ahead>) -> DnsChecker {
    let mut config = dns_walk::Config::from_env().unwrap();
    config.own_resolvers = Some(vec!["127.10.8.1:53".parse().unwrap()]);
    DnsChecker::new(config, Arc::clone(clock) as _)
}

fn whom(way: ComparisonWay) -> Comparison {
    let counted =
        PublicResolver { operator: "Counted".to_owned(), address: "127.10.9.4".parse().unwrap(), url: None };
    Comparison { public: vec![counted], own: true, way }
}

fn token() -> String {
    let lab =
        std::env::var("DNS_LAB").expect("this test runs inside the lab; the test the_lab starts it there");
    std::fs::read_to_string(PathBuf::from(lab).join("token")).unwrap().trim().to_owned()
}

async fn check(checker: &DnsChecker, name: &str) -> Report {
    checker.check(&DomainName::parse(name).unwrap().domain, LABEL, Some(&token())).await
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// How many questions the resolver got.
fn asked() -> u32 {
    let listed = run("nft", &["list", "counter", "ip", "lab", "resolver"]);
    listed.split_whitespace().skip_while(|word| *word != "packets").nth(1).unwrap().parse().unwrap()
}

fn statuses(report: &Report) -> Vec<(Role, Status)> {
    let rows = report.servers.iter().filter(|row| row.role != Role::Delegated);
    rows.map(|row| (row.role, row.status)).collect()
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_resolver_is_asked_once_and_not_again_while_it_only_would_repeat_itself() {
    use Role::{Resolver, System};
    let clock = Arc::new(Ahead::default());
    let (name, whom) = ("compared.test", whom(ComparisonWay::Any));
    let program = checker(&clock);
    let before = check(&program, name).await;
    assert_eq!(program.compare(before.clone(), &whom).await, before, "nothing is published");
    assert_eq!(asked(), 0);

    // Somebody asks too early.
    run("dig", &["@127.10.9.1", &format!("{LABEL}.{name}"), "TXT"]);
    run("bash", &[lab_folder().join("publish.sh").to_str().unwrap(), name, &token()]);
    let deadline = Instant::now() + Duration::from_secs(10);
    let mut published = check(&program, name).await;
    while published.verdict != Verdict::Verified {
        assert!(Instant::now() < deadline, "{published:#?}");
        published = check(&program, name).await;
    }
    let first = program.compare(published.clone(), &whom).await;
    assert_eq!(statuses(&first), [(Resolver, Status::Missing), (System, Status::Right)], "{first:#?}");
    assert_eq!((first.verdict, asked()), (Verdict::Verified, 1));

    let (again, beside) =
        tokio::join!(program.compare(published.clone(), &whom), program.compare(published, &whom));
    assert_eq!((statuses(&again), statuses(&beside), asked()), (statuses(&first), statuses(&first), 1));

    let other_run = checker(&clock);
    let later = check(&other_run, name).await.following(&first);
    assert_eq!(statuses(&later), statuses(&first), "the rows are kept");
    let later = other_run.compare(later, &whom).await;
    assert_eq!((statuses(&later), asked()), (statuses(&first), 1));

    clock.0.store(30, Ordering::Relaxed);
    let expired = check(&program, name).await;
    program.compare(expired.clone(), &whom).await;
    assert_eq!(asked(), 2, "what it remembered has expired");

    let nobody = Comparison { public: Vec::new(), own: false, way: ComparisonWay::Any };
    assert_eq!(statuses(&program.compare(later, &nobody).await), []);
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn where_port_53_is_held_back_resolvers_are_asked_over_https_alone() {
    let clock = Arc::new(Ahead::default());
    let roots = PathBuf::from(std::env::var("DNS_LAB").unwrap()).join("roots.silent");
    let resolvers = dns_walk::Config::from_env().unwrap().resolvers;
    let mut config = dns_walk::Config::default().with_roots_of(&roots).unwrap();
    config.resolvers.clone_from(&resolvers);
    let program = DnsChecker::new(config, Arc::clone(&clock) as _);
    let blocked = check(&program, "healthy.test").await;
    assert!(blocked.port_53_is_closed(), "{blocked:#?}");
    let mut asked = whom(ComparisonWay::Any);
    asked.public.extend(resolvers);
    assert_eq!(program.compare(blocked.clone(), &asked).await, blocked, "not without being told to");
    asked.way = ComparisonWay::HttpsAlone;
    let seen = program.compare(blocked, &asked).await;
    assert_eq!(statuses(&seen)[1..], [(Role::Resolver, Status::Right)], "{seen:#?}");
    assert_eq!(seen.verdict, Verdict::Unreachable, "resolvers decide nothing");
}

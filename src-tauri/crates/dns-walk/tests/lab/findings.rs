//! What is found, and told apart from its neighbours.

use crate::common::{
    LABEL, check, check_until, codes, domain, last_check, now, publish, run, token, walker, walker_resolvers,
};
use dns_walk::{Config, Walker};
use domain_check::{Report, Role, Status, Verdict, judge};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use vocabulary::Timestamp;

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
        ("deep.past.test", Verified, &["clock-off"]),
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
    // All at once would take so long that the servers count as silent, where the computer has other things to do.
    let few = Arc::new(Semaphore::new(10));
    let mut checks = tokio::task::JoinSet::new();
    for case in cases {
        let few = Arc::clone(&few);
        checks.spawn(async move {
            let _one_of_few = few.acquire().await.unwrap();
            let (name, verdict, expected) = case;
            let as_told = |report: &Report| report.verdict == *verdict && codes(report) == *expected;
            let report = last_check(name, as_told).await;
            (!as_told(&report))
                .then(|| format!("{name}: {:?} {:?}\n{report:#?}", report.verdict, codes(&report)))
        });
    }
    let wrong: Vec<String> = checks.join_all().await.into_iter().flatten().collect();
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
async fn a_record_counts_once_every_server_has_it() {
    publish("adatum.test", &token());
    assert_eq!(check_until("adatum.test", Verdict::Verified).await.servers.len(), 2);
    publish("adatum.test", "token=somebodyelses");
    // While a server takes the zone over, its values may be of after and its serial of before.
    let is_told =
        |report: &Report| report.verdict == Verdict::Problem && codes(report) == ["txt-wrong-value"];
    let report = last_check("adatum.test", is_told).await;
    assert!(is_told(&report), "{report:#?}");
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

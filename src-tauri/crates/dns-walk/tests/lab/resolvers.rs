//! Resolvers, which explain and never decide.

use crate::common::{
    LABEL, asked, check, check_until, codes, domain, now, over_https, publish, token, walker,
    walker_resolvers,
};
use domain_check::{Role, Status, Verdict, judge};
use vocabulary::Timestamp;

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

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_resolver_that_fails_says_why_or_not() {
    let bogus = asked("bogus.test", &walker_resolvers()).await;
    assert_eq!(codes(&bogus), ["dnssec-broken", "resolver-rejects-signatures"]);
    let lame = asked("lame.test", &walker_resolvers()).await;
    assert_eq!(codes(&lame), ["server-lame", "resolver-fails"]);
    let beside = asked("second.test", &walker_resolvers()).await;
    assert_eq!(
        (beside.verdict, codes(&beside)),
        (Verdict::Verified, vec!["txt-second-code", "resolver-fails"])
    );
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

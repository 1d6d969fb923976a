//! How often somebody is asked.

use crate::common::{assert_all_verified, change_zone, codes, domain, now, packets, run, token};
use dns_walk::{Config, Walker};
use domain_check::{Report, judge};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Looks at so many names of a domain beside each other, all with one new walker.
async fn check_many(config: Config, name: &str, count: u32) -> Vec<Report> {
    names_of(&Walker::new(config, Arc::new(now)), name, count).await
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

/// Looks at so many names of a domain beside each other.
async fn names_of(walker: &Walker, name: &str, count: u32) -> Vec<Report> {
    let mut looks = tokio::task::JoinSet::new();
    for index in 0..count {
        let (walker, token, domain) = (walker.clone(), token(), domain(name));
        looks.spawn(async move {
            let label = format!("name-{index}");
            let collected = walker.collect(&domain, &label, Some(&token)).await;
            judge(Some(&token), &collected, now())
        });
    }
    looks.join_all().await
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_registry_is_asked_for_once_and_what_it_says_of_a_domain_every_time() {
    let roots = PathBuf::from(std::env::var("DNS_LAB").unwrap()).join("roots.counted");
    let walker = Walker::new(Config::default().with_roots_of(&roots).unwrap(), Arc::new(now));
    let reports = names_of(&walker, "contoso.crowd", 40).await;
    assert_all_verified(&reports);
    let zones = |report: &Report| report.delegation.iter().map(|step| step.zone.clone()).collect::<Vec<_>>();
    assert!(
        reports.iter().all(|report| zones(report) == ["crowd", "contoso.crowd"]),
        "the whole way is shown"
    );
    let (root, first, second) = (packets("root"), packets("registry_1"), packets("registry_2"));
    // For `crowd`, and for `test`, where its name server is.
    assert!((2..=4).contains(&root), "{root} questions to the root for 40 domains");
    assert!(first.min(second) >= 20 && first + second <= 160, "shared: {first}, {second}");

    change_zone(
        "127.10.0.21",
        "crowd",
        &["delete contoso.crowd NS", "add contoso.crowd 60 NS ns.nowhere.lab"],
    );
    assert_eq!(codes(&names_of(&walker, "contoso.crowd", 1).await[0]), ["server-no-address"]);
    change_zone("127.10.0.21", "crowd", &["delete contoso.crowd NS"]);
    assert_eq!(codes(&names_of(&walker, "contoso.crowd", 1).await[0]), ["domain-unregistered"]);
    change_zone("127.10.0.21", "crowd", &["add contoso.crowd 60 NS ns1.dnshost.test"]);
    assert_all_verified(&names_of(&walker, "contoso.crowd", 1).await);

    // The registry itself moves: what is remembered is of no use any more.
    let moved = ["ns1.registry.crowd", "ns2.registry.crowd"]
        .map(|server| [format!("delete {server} A"), format!("add {server} 60 A 127.10.0.23")]);
    let moved: Vec<&str> = moved.iter().flatten().map(String::as_str).collect();
    change_zone("127.10.0.11", ".", &moved);
    run("nft", &["add", "rule", "ip", "lab", "old", "ip", "daddr", "{ 127.10.0.21, 127.10.0.22 }", "drop"]);
    let asked = packets("root");
    assert_all_verified(&names_of(&walker, "contoso.crowd", 1).await);
    assert!(packets("root") > asked, "the root was asked again");
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn where_a_name_server_stands_is_asked_once_and_again_when_it_does_not_answer_there() {
    let walker = Walker::new(Config::from_env().unwrap(), Arc::new(now));
    let reports = names_of(&walker, "hosted.lab", 40).await;
    assert_all_verified(&reports);
    assert!(reports.iter().all(|report| report.servers[0].address.as_deref() == Some("127.10.1.11")));
    let asked = packets("hosting");
    assert!((2..=8).contains(&asked), "{asked} questions to the DNS host for 40 domains");
    assert_all_verified(&names_of(&walker, "hosted.lab", 3).await);
    assert_eq!(packets("hosting"), asked, "its address is known");

    // The name server moves, long before the TTL of its address ends.
    let address = ["delete ns1.hosting.test A", "add ns1.hosting.test 300 A 127.10.1.1"];
    change_zone("127.10.1.10", "hosting.test", &address);
    run("nft", &["add", "rule", "ip", "lab", "moved", "ip", "daddr", "127.10.1.11", "drop"]);
    let report = names_of(&walker, "hosted.lab", 1).await.remove(0);
    assert_eq!(report.servers[0].address.as_deref(), Some("127.10.1.1"));
    assert_all_verified(std::slice::from_ref(&report));
    let zones: Vec<_> = report.delegation.iter().map(|step| step.zone.as_str()).collect();
    assert_eq!(zones, ["lab", "hosted.lab"], "once each");

    // Whoever has no address may be given one at any moment.
    change_zone("127.10.1.10", "hosting.test", &["delete ns1.hosting.test A"]);
    let elsewhere = Walker::new(Config::from_env().unwrap(), Arc::new(now));
    assert_eq!(codes(&names_of(&elsewhere, "hosted.lab", 1).await[0]), ["server-no-address"]);
    change_zone("127.10.1.10", "hosting.test", &address[1..]);
    assert_all_verified(&names_of(&elsewhere, "hosted.lab", 1).await);
}

//! Watching a record for days, in no time.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use domain_check::{
    Answer, Collected, DomainName, Outcome, PublicResolver, Rcode, Report, Role, ServerAnswer, Status,
    Surroundings, TxtValue, Verdict, WalkEnd, Watch, ZoneVersion, judge, public_resolvers,
};
use proptest::prelude::*;
use time::Duration;
use vocabulary::Timestamp;

const EXPECTED: &str = "token=k7m2qv4xhd3nla6p5wz2tyujre";

fn start() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

fn answered(values: &[&str]) -> Outcome {
    Outcome::Answered(Answer {
        authoritative: true,
        values: values.iter().map(|value| TxtValue::from(*value)).collect(),
        ttl: (!values.is_empty()).then_some(300),
        negative_ttl: values.is_empty().then_some(3600),
        ..Answer::default()
    })
}

fn server(role: Role, name: &str, address: [u8; 4], txt: Outcome, now: Timestamp) -> ServerAnswer {
    ServerAnswer {
        server: name.to_owned(),
        address: Some(address.into()),
        role,
        txt,
        zone: Some(ZoneVersion { serial: 1, negative_ttl: 3600 }),
        asked_at: now,
        took_ms: 3,
    }
}

fn collected(outcome: Outcome, now: Timestamp) -> Collected {
    let domain = DomainName::parse("contoso.test").unwrap().domain;
    Collected {
        name: format!("_x.{domain}"),
        host: "_x".to_owned(),
        zone: Some(domain.to_string()),
        domain,
        end: WalkEnd::Delegated,
        delegation: Vec::new(),
        servers: vec![server(Role::Delegated, "ns1.dnshost.test", [192, 0, 2, 1], outcome, now)],
        misplaced: Vec::new(),
        surroundings: Surroundings::default(),
        started_at: now,
        finished_at: now,
        took_ms: 3,
    }
}

fn report(outcome: Outcome, now: Timestamp) -> Report {
    judge(Some(EXPECTED), &collected(outcome, now), now)
}

#[test]
fn seventy_two_hours_are_watched_in_a_moment_and_nothing_expires_after_that() {
    let mut watch = Watch::new(start());
    let (mut looks, mut news, mut now) = (0, 0, start());
    let published = start().plus(Duration::hours(71));
    while now < start().plus(Duration::days(10)) {
        now = now.plus(watch.wait(now));
        let outcome = if now >= published { answered(&[EXPECTED]) } else { answered(&[]) };
        news += u32::from(watch.take(report(outcome, now)));
        looks += 1;
    }
    // 15 in five minutes, 25, 30, 36, 60 hourly, then one a day.
    assert!((170..185).contains(&looks), "{looks}");
    assert_eq!(news, 2, "the first look, and the record");
    assert_eq!(watch.last.unwrap().verdict, Verdict::Verified);
}

#[test]
fn after_a_long_sleep_one_look_is_due_and_no_burst() {
    let mut watch = Watch::new(start());
    watch.take(report(answered(&[]), start()));
    let woken = start().plus(Duration::hours(9));
    assert_eq!(watch.wait(woken), Duration::ZERO);
    watch.take(report(answered(&[]), woken));
    assert_eq!(watch.wait(woken), Duration::minutes(15));
}

#[test]
fn a_clock_that_is_set_back_makes_nobody_wait_for_hours() {
    let mut watch = Watch::new(start());
    watch.take(report(answered(&[]), start()));
    assert_eq!(watch.wait(start().plus(Duration::hours(-30))), Duration::seconds(20));
}

#[test]
fn a_look_that_fails_takes_nothing_back() {
    let servfail = || Outcome::Answered(Answer { rcode: Rcode::ServFail, ..Answer::default() });
    let mut watch = Watch::new(start());
    assert!(watch.take(report(answered(&[EXPECTED]), start())));
    for failure in [Outcome::Silent, Outcome::Closed, Outcome::Unreadable, Outcome::NoRoute, servfail()] {
        assert!(!watch.take(report(failure, start().plus(Duration::hours(1)))));
        assert_eq!(watch.last.as_ref().unwrap().verdict, Verdict::Verified);
    }
    assert!(
        watch.take(report(answered(&[]), start().plus(Duration::hours(2)))),
        "a record that is gone is news"
    );
}

#[test]
fn a_headline_changes_with_the_verdict_and_not_with_every_answer() {
    let headline = |outcome| report(outcome, start()).headline();
    assert_eq!(headline(answered(&[])).unwrap().verdict, Verdict::Waiting);
    assert_eq!(headline(answered(&[EXPECTED])), headline(answered(&[EXPECTED, "v=spf1 -all"])));
    assert_eq!(headline(answered(&[EXPECTED])).unwrap().code, None);
    let wrong = headline(answered(&["token=k7m2qv4xhd3nla6p5wz2tyujrx"])).unwrap();
    assert_eq!((wrong.verdict, wrong.code.as_deref()), (Verdict::Problem, Some("txt-wrong-value")));
    for failure in [Outcome::Silent, Outcome::NoRoute, Outcome::Closed] {
        assert_eq!(headline(failure), None);
    }
}

#[test]
fn a_watch_is_read_again_as_it_was_written() {
    let mut watch = Watch::new(start());
    watch.take(report(answered(&[EXPECTED]), start()));
    let text = serde_json::to_string(&watch).unwrap();
    assert_eq!(serde_json::from_str::<Watch>(&text).unwrap(), watch);
}

fn asked(watch: &Watch, report: &Report, now: Timestamp) -> Vec<PublicResolver> {
    watch.resolvers_due(report, &public_resolvers(), now).0
}

#[test]
fn resolvers_are_asked_once_after_the_name_servers_agree_and_not_before_what_they_remember_has_expired() {
    let mut watch = Watch::new(start());
    let missing = report(answered(&[]), start());
    assert_eq!(asked(&watch, &missing, start()), []);
    watch.take(missing);
    for second in [&[][..], &["token=older"]] {
        let mut lagging = collected(answered(&[EXPECTED]), start());
        lagging.servers.push(server(
            Role::Delegated,
            "ns2.dnshost.test",
            [192, 0, 2, 2],
            answered(second),
            start(),
        ));
        let lagging = judge(Some(EXPECTED), &lagging, start());
        assert_eq!(
            (lagging.verdict, asked(&watch, &lagging, start())),
            (Verdict::Waiting, vec![]),
            "one lags"
        );
    }
    let agreed = start().plus(Duration::minutes(2));
    assert_eq!(asked(&watch, &report(answered(&[EXPECTED]), agreed), agreed), public_resolvers());
    let mut with_resolvers = collected(answered(&[EXPECTED]), agreed);
    for (resolver, values) in [(0, &[EXPECTED][..]), (1, &[]), (2, &["token=older"])] {
        let PublicResolver { operator, address, .. } = &public_resolvers()[resolver];
        let row = server(Role::Resolver, operator, [0; 4], answered(values), agreed);
        with_resolvers.servers.push(ServerAnswer { address: Some(*address), ..row });
    }
    watch.take(judge(Some(EXPECTED), &with_resolvers, agreed));
    let again = |seconds| {
        let now = agreed.plus(Duration::seconds(seconds));
        let due = asked(&watch, &report(answered(&[EXPECTED]), now), now);
        due.into_iter()
            .map(|resolver| resolver.operator)
            .take_while(|name| name != "Cisco OpenDNS")
            .collect::<Vec<_>>()
    };
    assert_eq!(again(300), [""; 0]);
    assert_eq!(again(301), ["Quad9"]);
    assert_eq!(again(3600), ["Quad9"]);
    assert_eq!(again(3601), ["Cloudflare", "Quad9"]);
    let kept = watch.resolvers_due(&report(answered(&[EXPECTED]), agreed), &public_resolvers(), agreed).1;
    assert_eq!(
        kept.iter().map(|row| row.status).collect::<Vec<_>>(),
        [Status::Right, Status::Missing, Status::WrongValue]
    );
    let later = agreed.plus(Duration::seconds(3601));
    let known = watch.still_known(&report(answered(&[EXPECTED]), later), later);
    assert_eq!(known.iter().map(|row| row.status).collect::<Vec<_>>(), [Status::Right]);
    let another = judge(Some("token=other"), &collected(answered(&["token=other"]), agreed), agreed);
    assert_eq!(watch.still_known(&another, agreed), [], "that was another record");
}

proptest! {
    #[test]
    fn no_two_looks_are_closer_than_twenty_seconds(jumps in prop::collection::vec(0i64..400_000, 1..80)) {
        let mut watch = Watch::new(start());
        let (mut now, mut last) = (start(), None::<Timestamp>);
        for jump in jumps {
            now = now.plus(watch.wait(now).max(Duration::seconds(jump)));
            watch.take(report(answered(&[]), now));
            if let Some(last) = last {
                prop_assert!(now.since(last) >= Duration::seconds(20));
            }
            last = Some(now);
        }
    }
}

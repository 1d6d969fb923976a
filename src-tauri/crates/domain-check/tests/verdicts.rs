//! What the answers of name servers come to.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use domain_check::{
    Answer, Collected, Dnssec, DnssecFault, DomainName, MisplacedAnswer, Outcome, Path, Place, Rcode, Report,
    Role, ServerAnswer, ServerRow, Status, Surroundings, TxtValue, Verdict, WalkEnd, ZoneVersion, judge,
    places,
};
use proptest::prelude::*;
use time::Duration;
use vocabulary::{Severity, Timestamp};

const EXPECTED: &str = "token=k7m2qv4xhd3nla6p5wz2tyujre";
const NAME: &str = "_parallels-challenge.contoso.test";

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn now() -> Timestamp {
    at("2026-11-22T12:00:00Z")
}

fn answer(values: &[&str]) -> Answer {
    Answer {
        authoritative: true,
        values: values.iter().map(|value| TxtValue::from(*value)).collect(),
        ttl: (!values.is_empty()).then_some(300),
        negative_ttl: values.is_empty().then_some(900),
        ..Answer::default()
    }
}

fn alias(target: &str, values: &[&str]) -> Outcome {
    Outcome::Answered(Answer { aliases: vec![target.to_owned()], ..answer(values) })
}

fn values(values: &[&str]) -> Outcome {
    Outcome::Answered(answer(values))
}

fn code(rcode: Rcode) -> Outcome {
    Outcome::Answered(Answer { rcode, ..answer(&[]) })
}

fn limited() -> Outcome {
    Outcome::Answered(Answer { rcode: Rcode::Refused, limited: true, ..answer(&[]) })
}

fn not_authoritative() -> Outcome {
    Outcome::Answered(Answer { authoritative: false, ..answer(&[EXPECTED]) })
}

/// Name servers ns1, ns2 … with these answers, in version 5 of the zone.
fn collected(answers: impl IntoIterator<Item = Outcome>) -> Collected {
    let server = |(index, txt): (usize, Outcome)| ServerAnswer {
        server: format!("ns{}.dnshost.test", index + 1),
        address: Some([192, 0, 2, u8::try_from(index).unwrap()].into()),
        role: Role::Delegated,
        zone: matches!(txt, Outcome::Answered(_)).then_some(ZoneVersion { serial: 5, negative_ttl: 1200 }),
        txt,
        asked_at: now(),
        took_ms: 3,
    };
    Collected {
        domain: DomainName::parse("contoso.test").unwrap().domain,
        host: "_parallels-challenge".to_owned(),
        name: NAME.to_owned(),
        zone: Some("contoso.test".to_owned()),
        end: WalkEnd::Delegated,
        delegation: Vec::new(),
        servers: answers.into_iter().enumerate().map(server).collect(),
        misplaced: Vec::new(),
        surroundings: Surroundings::default(),
        started_at: now(),
        finished_at: now(),
        took_ms: 12,
    }
}

fn ended(end: WalkEnd) -> Collected {
    Collected { zone: None, end, ..collected([]) }
}

fn with_misplaced(mut collected: Collected, place: Place, name: &str, found: &[&str]) -> Collected {
    let (name, server) = (name.to_owned(), "ns1.dnshost.test".to_owned());
    collected.misplaced.push(MisplacedAnswer { place, name, server, outcome: values(found) });
    collected
}

fn report(collected: &Collected) -> Report {
    judge(Some(EXPECTED), collected, now())
}

#[track_caller]
fn expect(collected: &Collected, verdict: Verdict, codes: &[&str]) -> Report {
    let report = report(collected);
    let texts = texts::Texts::english().unwrap();
    for finding in &report.findings {
        let words = texts.finding(finding);
        assert!(!words.message.contains("{$") && !words.fix.contains("{$"), "a value is missing: {words:?}");
        assert_ne!(words.message, finding.code);
    }
    let found: Vec<_> = report.findings.iter().map(|finding| finding.code.as_ref()).collect();
    assert_eq!((report.verdict, found.as_slice()), (verdict, codes), "{report:#?}");
    report
}

fn arg<'a>(report: &'a Report, name: &str) -> &'a str {
    report.findings[0].args.get(name).map_or("", String::as_str)
}

#[test]
fn a_record_on_every_server_is_verified() {
    let report =
        expect(&collected([values(&[EXPECTED]), values(&["v=spf1 -all", EXPECTED])]), Verdict::Verified, &[]);
    assert_eq!(report.visible_by, Some(now().plus(Duration::seconds(1200))));
    assert_eq!(report.servers[0].serial, Some(5));
    assert!(!report.is_failure_to_look());
}

#[test]
fn a_missing_record_is_waited_for_and_the_negative_ttl_told() {
    for missing in [values(&[]), code(Rcode::NxDomain)] {
        let report = expect(&collected([missing]), Verdict::Waiting, &["txt-missing"]);
        assert_eq!((arg(&report, "negative_ttl"), arg(&report, "minutes")), ("900", "15"));
        assert_eq!((report.visible_by, report.servers[0].ttl), (None, Some(900)));
    }
}

#[test]
fn a_wrong_value_is_told_letter_by_letter() {
    let found = EXPECTED.replace("nla", "n1a");
    let report =
        expect(&collected([values(&["v=spf1 -all", &found])]), Verdict::Problem, &["txt-wrong-value"]);
    assert_eq!((arg(&report, "position"), arg(&report, "how")), ("19", "close"));
    assert_eq!((arg(&report, "expected_character"), arg(&report, "found_character")), ("l", "1"));
    let seen: Vec<_> = report.findings[0].evidence.iter().map(|seen| seen.value.as_str()).collect();
    assert_eq!(seen, [EXPECTED, &found]);
}

#[test]
fn a_value_that_lost_its_end_or_has_too_much_of_one_is_told_as_such() {
    let how = |found: &str| {
        let report = expect(&collected([values(&[found])]), Verdict::Problem, &["txt-wrong-value"]);
        (arg(&report, "how").to_owned(), arg(&report, "position").to_owned())
    };
    let says = |how: &str, position: &str| (how.to_owned(), position.to_owned());
    assert_eq!(how(&EXPECTED[..EXPECTED.len() - 1]), says("ends-early", "32"));
    assert_eq!(how(&EXPECTED[..EXPECTED.len() - 1].replace("nla", "n1a")), says("close", "19"));
    assert_eq!(how(&format!("{EXPECTED}x")), says("contains", "33"));
    assert_eq!(how(EXPECTED.strip_prefix('t').unwrap()), says("close", "1"));
}

#[test]
fn quotation_marks_and_blanks_are_not_accepted_but_named() {
    expect(&collected([values(&[&format!("\"{EXPECTED}\"")])]), Verdict::Problem, &["txt-quoted"]);
    let report = expect(
        &collected([values(&[&format!("{EXPECTED}\u{200B}")])]),
        Verdict::Problem,
        &["txt-typographic"],
    );
    assert_eq!(arg(&report, "characters"), "U+200B ZERO WIDTH SPACE");
}

#[test]
fn a_value_that_is_no_text_is_shown_and_wrong() {
    let bytes = Answer { values: vec![TxtValue(vec![b'a', 0xFF])], ..answer(&["x"]) };
    let report = expect(&collected([Outcome::Answered(bytes)]), Verdict::Problem, &["txt-wrong-value"]);
    assert_eq!(report.servers[0].values, ["a\\255"]);
}

#[test]
fn a_misplaced_record_is_found_and_said_instead_of_missing() {
    let cases = [
        (Place::Doubled, "txt-doubled-zone"),
        (Place::LabelChanged, "txt-underscore-lost"),
        (Place::LiteralAt, "txt-literal-at"),
        (Place::Apex, "txt-at-apex"),
        (Place::Elsewhere, "txt-elsewhere"),
    ];
    for (place, code) in cases {
        let quoted = format!("\"{EXPECTED}\"");
        for found in [EXPECTED, &quoted] {
            let collected = with_misplaced(collected([values(&[])]), place, "there.contoso.test", &[found]);
            let report = expect(&collected, Verdict::Problem, &[code]);
            assert_eq!(arg(&report, "found_at"), "there.contoso.test");
        }
    }
}

#[test]
fn other_records_at_the_apex_are_no_mistake() {
    let apex = with_misplaced(collected([values(&[])]), Place::Apex, "contoso.test", &["v=spf1 -all"]);
    expect(&apex, Verdict::Waiting, &["txt-missing"]);
}

#[test]
fn a_misplaced_record_beside_the_right_one_is_no_mistake() {
    let both =
        with_misplaced(collected([values(&[EXPECTED])]), Place::Doubled, "x.contoso.test", &[EXPECTED]);
    expect(&both, Verdict::Verified, &[]);
}

#[test]
fn an_alias_is_in_the_way_unless_the_value_stands_behind_it() {
    let report = expect(&collected([alias("other.example", &[])]), Verdict::Problem, &["txt-cname"]);
    assert_eq!(arg(&report, "target"), "other.example");
    expect(&collected([alias("other.example", &["else"])]), Verdict::Problem, &["txt-cname"]);
    expect(&collected([alias("t.contoso.test", &[EXPECTED])]), Verdict::Verified, &["txt-cname-followed"]);
}

#[test]
fn a_wildcard_answers_for_a_record_that_is_not_there() {
    let probed = |ours: Outcome| {
        with_misplaced(collected([ours]), Place::Wildcard, "zz.contoso.test", &["v=spf1 -all"])
    };
    expect(&probed(values(&["v=spf1 -all"])), Verdict::Waiting, &["txt-wildcard"]);
    expect(&probed(values(&["token=other"])), Verdict::Problem, &["txt-wrong-value"]);
    let doubled =
        with_misplaced(probed(values(&["v=spf1 -all"])), Place::Doubled, "x.test", &["v=spf1 -all"]);
    expect(&doubled, Verdict::Waiting, &["txt-wildcard"]);
}

#[test]
fn servers_that_disagree_are_waited_for_without_an_announcement() {
    let mut lagging = collected([values(&[EXPECTED]), values(&[])]);
    lagging.servers[1].zone = Some(ZoneVersion { serial: 4, negative_ttl: 1200 });
    let report = expect(&lagging, Verdict::Waiting, &["servers-disagree"]);
    assert_eq!((arg(&report, "behind"), report.visible_by), ("ns2.dnshost.test", None));
    assert_eq!(report.findings[0].evidence[1].value, "SOA 4; TXT -");
}

#[test]
fn an_old_value_on_a_lagging_server_is_no_mistake() {
    expect(
        &collected([values(&[EXPECTED]), values(&["token=old"])]),
        Verdict::Waiting,
        &["servers-disagree"],
    );
}

#[test]
fn servers_behind_with_the_same_answer_are_only_mentioned() {
    let mut same = collected([values(&[EXPECTED]), values(&[EXPECTED])]);
    same.servers[0].zone = Some(ZoneVersion { serial: u32::MAX, negative_ttl: 60 });
    let report = expect(&same, Verdict::Verified, &["serials-differ"]);
    assert_eq!(arg(&report, "behind"), "ns1.dnshost.test");
}

#[test]
fn a_server_that_fails_beside_one_that_answers_is_a_warning() {
    let failures = [
        (Outcome::Silent, "server-silent"),
        (code(Rcode::Refused), "server-refused"),
        (code(Rcode::ServFail), "server-broken"),
        (code(Rcode::Other(4)), "server-broken"),
        (Outcome::Unreadable, "server-malformed"),
        (Outcome::Closed, "server-closed"),
        (Outcome::Cut, "server-tcp-blocked"),
        (limited(), "server-rate-limited"),
        (not_authoritative(), "server-lame"),
        (Outcome::NoAddress, "server-no-address"),
        (Outcome::NoRoute, "server-no-route"),
    ];
    for (failure, code) in failures {
        let report = expect(&collected([values(&[EXPECTED]), failure.clone()]), Verdict::Verified, &[code]);
        assert_eq!(report.findings[0].severity, Severity::Warning);
        let alone = self::report(&collected([failure]));
        assert_eq!(alone.findings[0].severity, Severity::Error);
        assert!(alone.is_failure_to_look() && alone.verdict != Verdict::Verified, "{code}");
    }
}

#[test]
fn nobody_answering_is_told_from_somebody_refusing() {
    let codes = ["server-silent", "server-no-route"];
    expect(&collected([Outcome::Silent, Outcome::NoRoute]), Verdict::Unreachable, &codes);
    expect(&collected([]), Verdict::Unreachable, &["delegation-unreachable"]);
    expect(&collected([code(Rcode::Refused)]), Verdict::Problem, &["server-refused"]);
}

#[test]
fn sentences_name_a_domain_as_people_write_it_and_the_record_stays_as_dns_has_it() {
    let name = "_parallels-challenge.xn--mnchen-3ya.test";
    let missing = Collected {
        domain: DomainName::parse("münchen.test").unwrap().domain,
        name: name.to_owned(),
        zone: Some("xn--mnchen-3ya.test".to_owned()),
        ..collected([code(Rcode::NxDomain)])
    };
    let report = report(&missing);
    assert_eq!((report.name.as_str(), report.findings[0].evidence[0].value.as_str()), (name, "NXDOMAIN"));
    let words = texts::Texts::english().unwrap().finding(&report.findings[0]);
    assert!(words.message.contains("at _parallels-challenge.münchen.test yet"), "{words:?}");
    assert!(words.fix.contains("Where münchen.test is edited"), "{words:?}");
}

#[test]
fn a_way_that_broke_off_is_the_only_finding() {
    let parent = || "test".to_owned();
    let unregistered = expect(
        &ended(WalkEnd::Unregistered { parent: parent() }),
        Verdict::Problem,
        &["domain-unregistered"],
    );
    assert!(!unregistered.is_failure_to_look());
    let bare =
        expect(&ended(WalkEnd::NotDelegated { parent: parent() }), Verdict::Problem, &["zone-not-delegated"]);
    assert!(!bare.is_failure_to_look());
    let dark = expect(
        &ended(WalkEnd::Unreachable { zone: parent() }),
        Verdict::Unreachable,
        &["delegation-unreachable"],
    );
    assert!(dark.is_failure_to_look());
    let root = |txt| ServerAnswer { role: Role::Root, ..collected([txt]).servers.remove(0) };
    let no_network = |txt, path, code| {
        let mut collected = ended(WalkEnd::NoNetwork);
        collected.servers.push(root(txt));
        collected.surroundings.path = path;
        assert!(expect(&collected, Verdict::Unreachable, &[code]).is_failure_to_look());
    };
    no_network(Outcome::Silent, Path::Open, "no-network");
    no_network(Outcome::NoRoute, Path::Open, "offline");
    no_network(Outcome::Silent, Path::Blocked, "port-53-blocked");
    let mut intercepted = ended(WalkEnd::Unreachable { zone: ".".to_owned() });
    intercepted.surroundings.path = Path::Intercepted { by: "192.0.2.1".to_owned() };
    assert!(expect(&intercepted, Verdict::Unreachable, &["port-53-intercepted"]).is_failure_to_look());
}

#[test]
fn without_an_expected_value_nothing_is_verified() {
    let look = judge(None, &collected([values(&["token=x"])]), now());
    assert_eq!((look.verdict, look.servers[0].status), (Verdict::Waiting, Status::Present));
    assert_eq!(look.findings[0].code, "txt-present");
    let none = judge(None, &collected([values(&[])]), now());
    assert_eq!((none.verdict, none.findings[0].code.as_ref()), (Verdict::Waiting, "txt-missing"));
}

#[test]
fn resolvers_never_decide() {
    let mut collected = collected([values(&[]), values(&[EXPECTED])]);
    collected.servers[1].role = Role::Resolver;
    let report = expect(&collected, Verdict::Waiting, &["txt-missing"]);
    assert_eq!(report.servers[1].status, Status::Right);
}

#[test]
fn an_announcement_stays_and_a_replaced_value_is_waited_for() {
    let later = now().plus(Duration::seconds(600));
    let right = collected([values(&[EXPECTED])]);
    let first = report(&right);
    assert_eq!(judge(Some(EXPECTED), &right, later).following(&first).visible_by, first.visible_by);
    let mut old = collected([values(&["token=old"])]);
    let Outcome::Answered(answer) = &mut old.servers[0].txt else { panic!() };
    answer.ttl = Some(7200);
    let replaced = judge(Some(EXPECTED), &right, later).following(&report(&old));
    assert_eq!(replaced.visible_by, Some(later.plus(Duration::seconds(7200))));
    let other = judge(Some("token=other"), &collected([values(&["token=other"])]), later).following(&first);
    assert_eq!(other.visible_by, Some(later.plus(Duration::seconds(1200))));
}

#[test]
fn a_row_can_be_shown_before_the_others_are_in() {
    let collected = collected([values(&[EXPECTED])]);
    assert_eq!(ServerRow::of(&collected.servers[0], Some(EXPECTED)), report(&collected).servers[0]);
}

#[test]
fn a_report_is_the_contract_of_the_command_line() {
    let json = serde_json::to_value(report(&collected([values(&[EXPECTED])]))).unwrap();
    assert_eq!(json["domain"], "contoso.test");
    assert_eq!(json["name"], NAME);
    assert_eq!(json["verdict"], "verified");
    assert_eq!(json["visible_by"], "2026-11-22T12:20:00Z");
    assert_eq!(json["servers"][0]["server"], "ns1.dnshost.test");
    assert_eq!(json["servers"][0]["role"], "delegated");
    assert_eq!(json["servers"][0]["status"], "right");
    assert_eq!(json["servers"][0]["values"][0], EXPECTED);
    let back: Report = serde_json::from_value(json).unwrap();
    assert_eq!(back, report(&collected([values(&[EXPECTED])])));
}

#[test]
fn a_misplaced_record_is_looked_for_where_people_put_it() {
    let domain = DomainName::parse("mail.contoso.test").unwrap().domain;
    let found = places(&domain, "_parallels-challenge", "contoso.test", "zz");
    let names = |place| {
        found.iter().filter(|(of, _)| *of == place).map(|(_, name)| name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(
        names(Place::Doubled),
        [
            "_parallels-challenge.mail.contoso.test.contoso.test",
            "_parallels-challenge.mail.contoso.test.mail.contoso.test"
        ]
    );
    assert_eq!(names(Place::Apex), ["mail.contoso.test", "contoso.test"]);
    assert_eq!(names(Place::Wildcard), ["zz.mail.contoso.test"]);
    assert_eq!(
        names(Place::LabelChanged),
        [
            "parallels-challenge.mail.contoso.test",
            "parallels_challenge.mail.contoso.test",
            "_parallels_challenge.mail.contoso.test"
        ]
    );
    assert_eq!(
        names(Place::Elsewhere),
        ["_parallels-challenge.contoso.test", "_parallels-challenge.www.mail.contoso.test"]
    );
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(values(&[EXPECTED])),
        Just(values(&[])),
        Just(Outcome::Silent),
        Just(Outcome::Unreadable),
        Just(Outcome::NoAddress),
        Just(Outcome::NoRoute),
        Just(Outcome::Closed),
        Just(Outcome::Cut),
        Just(limited()),
        Just(code(Rcode::ServFail)),
        Just(code(Rcode::Refused)),
        Just(not_authoritative()),
        Just(alias("x.example", &[])),
        prop::collection::vec(any::<u8>(), 0..80).prop_map(|bytes| {
            Outcome::Answered(Answer { values: vec![TxtValue(bytes)], ..answer(&["x"]) })
        }),
    ]
}

#[test]
fn a_near_miss_is_shown_letter_by_letter_and_only_then() {
    use domain_check::ValuePartKind::{Extra, Missing};
    let found = EXPECTED.replace("nla", "n1a");
    let miss = report(&collected([values(&["v=spf1 -all", &found])])).near_miss.unwrap();
    assert_eq!((miss.name.as_str(), miss.found), (NAME, found));
    let changed: Vec<_> = miss.parts.iter().filter(|part| [Extra, Missing].contains(&part.kind)).collect();
    assert_eq!(changed.iter().map(|part| part.text.as_str()).collect::<Vec<_>>(), ["1", "l"]);
    assert_eq!(report(&collected([values(&["v=spf1 -all"])])).near_miss, None);
    assert_eq!(report(&collected([values(&[EXPECTED])])).near_miss, None);
    let elsewhere = with_misplaced(collected([values(&[])]), Place::Apex, "contoso.test", &[EXPECTED]);
    assert_eq!(report(&elsewhere).near_miss.unwrap().name, "contoso.test");
}

#[test]
fn signatures_that_do_not_hold_are_a_problem_and_take_nothing_back() {
    let mut broken = collected([values(&[EXPECTED])]);
    let detail = || "DS 1; DNSKEY 2".to_owned();
    broken.surroundings.dnssec = Dnssec::Broken { fault: DnssecFault::OtherKey, detail: detail() };
    let report = expect(&broken, Verdict::Problem, &["dnssec-broken"]);
    assert!(report.visible_by.is_none() && !report.contradicts());
    broken.surroundings.dnssec = Dnssec::ClockOff { detail: detail() };
    expect(&broken, Verdict::Verified, &["clock-off"]);
}

#[test]
fn name_servers_that_are_all_somebody_elses_are_unreachable() {
    let mut collected = collected([not_authoritative(), not_authoritative()]);
    collected.surroundings.path = Path::Intercepted { by: "192.0.2.1".to_owned() };
    expect(&collected, Verdict::Unreachable, &["port-53-intercepted"]);
}

#[test]
fn only_a_server_that_is_responsible_contradicts_a_record() {
    assert!(report(&collected([values(&[])])).contradicts());
    assert!(report(&collected([values(&[]), Outcome::Silent])).contradicts());
    assert!(report(&ended(WalkEnd::Unregistered { parent: "test".to_owned() })).contradicts());
    assert!(!report(&collected([values(&[]), values(&[EXPECTED])])).contradicts(), "one lags");
}

proptest! {
    #[test]
    fn failures_never_contradict_a_record(outcomes in prop::collection::vec(any_outcome(), 0..6)) {
        let answers = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Answered(answer) if answer.authoritative && answer.rcode == Rcode::NoError));
        let report = report(&collected(outcomes));
        prop_assert!(answers || !report.contradicts());
        prop_assert!(!(report.verdict == Verdict::Verified && report.contradicts()));
        prop_assert!(!(report.is_failure_to_look() && report.contradicts()));
    }

    #[test]
    fn verified_means_that_all_who_answer_have_exactly_the_value(outcomes in prop::collection::vec(any_outcome(), 0..6)) {
        let report = report(&collected(outcomes));
        let answering: Vec<_> = report.servers.iter().filter(|row| row.status.is_answer()).collect();
        let all_exact = !answering.is_empty() && answering.iter().all(|row| row.values.iter().any(|value| value == EXPECTED));
        prop_assert_eq!(report.verdict == Verdict::Verified, all_exact);
        prop_assert_eq!(report.visible_by.is_some(), all_exact);
        prop_assert!(all_exact || !report.findings.is_empty(), "a verdict other than verified has a reason");
        prop_assert!(report.findings.iter().all(|finding| domain_check::CODES.contains(&finding.code.as_ref())));
    }
}

//! Servers that do not answer hold nobody up.

use crate::common::{LABEL, check, codes, domain, now, token, walker};
use dns_walk::{Config, SoFar};
use domain_check::{AskedServer, CheckSoFar, ServerAnswer, ServerRow, Status, Verdict, judge};
use std::net::IpAddr;
use std::time::Instant;

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_silent_server_delays_no_row_but_its_own() {
    let token = token();
    let start = Instant::now();
    let mut rows = Vec::new();
    let on_row = |row: &ServerAnswer| rows.push((row.server.clone(), start.elapsed()));
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
    let on_change = |so_far: SoFar<'_>| {
        let rows = so_far.servers.iter().map(|answer| ServerRow::of(answer, Some(&token)));
        let waiting = so_far.waiting.iter().map(|(server, _)| server.clone());
        told.push((rows.map(|row| (row.server, row.status)).collect(), waiting.collect()));
    };
    walker().collect_telling(&domain("halfsilent.test"), LABEL, Some(&token), &[], on_change).await;
    let (answering, silent) = ("ns1.dnshost.test".to_owned(), "ns.halfsilent.test".to_owned());
    let right = (answering.clone(), Status::Right);
    let mut told: Vec<_> = told
        .into_iter()
        .map(|(rows, mut waiting)| {
            waiting.sort();
            (rows, waiting)
        })
        .collect();
    // What is found beside the rows is told too.
    told.dedup();
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
async fn a_verdict_waits_for_no_silent_server() {
    let cases = [
        ("halfsilent.test", token(), Verdict::Verified, [].as_slice()),
        ("halfsilent.test", "token=another".to_owned(), Verdict::Problem, &["txt-wrong-value"]),
    ];
    for (name, expected, verdict, found) in cases {
        let start = Instant::now();
        let mut verdicts = Vec::new();
        let on_change = |so_far: SoFar<'_>| {
            let waiting: Vec<AskedServer> = so_far.waiting.iter().map(asked_server).collect();
            let told = CheckSoFar::of(Some(&expected), &so_far.collected(), waiting, now());
            verdicts.push((start.elapsed(), told));
        };
        let collected = walker().collect_telling(&domain(name), LABEL, Some(&expected), &[], on_change).await;
        let last = judge(Some(&expected), &collected, now());
        let half = Config::default().limits.give_up_after / 2;
        let early =
            verdicts.iter().rfind(|(at, _)| *at < half).and_then(|(_, told)| told.report.clone()).unwrap();
        assert_eq!((early.verdict, codes(&early)), (verdict, found.to_vec()), "{early:#?}");
        assert_eq!(early.visible_by, None, "nobody knows when everybody sees it");
        assert_eq!(last.verdict, verdict);
        let late: Vec<_> = last.findings.iter().filter(|finding| !early.findings.contains(finding)).collect();
        assert!(late.iter().all(|finding| finding.code == "server-silent") && late.len() == 1, "{late:?}");
        assert_eq!(last.visible_by.is_some(), verdict == Verdict::Verified);
        assert!(verdicts[0].1.report.is_none(), "nobody had answered");
    }
}

fn asked_server((server, address): &(String, IpAddr)) -> AskedServer {
    AskedServer { server: server.clone(), address: address.to_string() }
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_closed_port_is_noticed_without_waiting() {
    let start = Instant::now();
    assert_eq!(codes(&check("halfdead.test").await), ["server-closed"]);
    assert!(start.elapsed() < Config::default().limits.give_up_after, "{:?}", start.elapsed());
}

//! Every mistake that somebody can mend in a panel is mended by what the report says, step by step, and by nothing else.

use crate::common::{change_zone, check, codes, run};
use domain_check::{Report, Verdict};
use std::time::{Duration, Instant};
use vocabulary::{Finding, Severity};

/// The server of the registry `test`: what a registrar's page changes.
const REGISTRY: &str = "127.10.0.2";

/// The domains of the lab whose mistake is in the record, in the way to it, or in a server that has not followed.
const BROKEN: &[&str] = &[
    "doubled",
    "apex",
    "elsewhere",
    "underscore",
    "literal",
    "spf",
    "cnamevalue",
    "cname",
    "dangling",
    "dname",
    "quoted",
    "smart",
    "blanks",
    "wrong",
    "earlier",
    "wildcard",
    "contoso",
    "moved",
    "parked",
    "onhold",
    "bogus",
    "unkeyed",
    "disagree",
];

#[tokio::test]
#[ignore = "run inside a lab of its own by a_lab_is_mended"]
async fn mended_by_what_the_report_says() {
    for domain in BROKEN {
        let name = format!("{domain}.test");
        let deadline = Instant::now() + Duration::from_secs(20);
        let mut seen = Vec::new();
        loop {
            let report = check(&name).await;
            if report.verdict == Verdict::Verified {
                break;
            }
            let found = codes(&report).join(" ");
            if seen.last() != Some(&found) {
                seen.push(found);
            }
            assert!(Instant::now() < deadline, "{name}: {seen:?}\n{report:#?}");
            mend(&report);
        }
        assert!(!seen.is_empty(), "{name} was in order");
    }
}

/// The finding whose sentence is the verdict on the screen.
fn spoken(report: &Report) -> &Finding {
    let of = |severity| report.findings.iter().find(move |finding| finding.severity == severity);
    of(Severity::Error).or_else(|| of(Severity::Warning)).unwrap_or_else(|| panic!("{report:#?}"))
}

/// Does what the words of that finding ask for, with what stands on the screen: the host, the zone, the value, the
/// names the words name.
fn mend(report: &Report) {
    let finding = spoken(report);
    let arg = |name: &str| finding.args.get(name).cloned().unwrap_or_default();
    let value = report.expected.clone().unwrap();
    let own = format!("{}.", report.name);
    let zone = report.zone.clone().unwrap_or_default();
    if let Some(host) = finding.args.get("host") {
        assert_eq!(format!("{host}.{}.", arg("zone")), own, "what is typed is the name that is looked for");
    }
    let add = format!("add {own} 60 TXT \"{value}\"");
    let delete = |name: &str, what: &str| format!("delete {name} {what}");
    let found_at = format!("{}.", arg("found_at").replace('@', "\\@"));
    let answering = report.delegated().find(|row| row.status.is_answer());
    let server = answering.and_then(|row| row.address.clone()).unwrap_or_default();
    let edit = |changes: &[String]| change_zone(&server, &zone, changes);
    match finding.code.as_ref() {
        "txt-doubled-zone" | "txt-underscore-lost" | "txt-literal-at" | "txt-elsewhere" => {
            edit(&[delete(&found_at, "TXT"), add]);
        }
        "txt-at-apex" => edit(&[delete(&found_at, &format!("TXT \"{value}\"")), add]),
        "txt-wrong-type" => edit(&[delete(&own, &arg("type")), add]),
        "txt-cname" | "txt-cname-is-value" | "txt-cname-dangling" => edit(&[delete(&own, "CNAME"), add]),
        "txt-quoted" | "txt-typographic" | "txt-blanks" | "txt-wrong-value" | "txt-earlier-code" => {
            edit(&[delete(&own, "TXT"), add]);
        }
        "txt-missing" | "txt-wildcard" => edit(&[add]),
        "txt-dname" => {
            let target = arg("target");
            let (_, zone) = target.split_once(".names.").unwrap();
            change_zone(&server, zone, &[format!("add {target}. 60 TXT \"{value}\"")]);
        }
        "txt-at-former-servers" => {
            let named = report.delegated().all(|row| arg("servers").contains(&row.server));
            assert!(named, "where the record has to go is said");
            edit(&[add]);
        }
        "domain-parked" | "domain-on-hold" => {
            let servers = format!("add {} 60 NS ns1.dnshost.test.", report.domain);
            change_zone(REGISTRY, "test", &[delete(report.domain.as_str(), "NS"), servers]);
        }
        "dnssec-broken" => change_zone(REGISTRY, "test", &[delete(&arg("zone"), "DS")]),
        // It settles by itself, or the DNS provider is told.
        "servers-disagree" => {
            let configuration = format!("{}/secondary/nsd.conf", std::env::var("DNS_LAB").unwrap());
            run("nsd-control", &["-c", &configuration, "transfer", &arg("zone")]);
        }
        other => panic!("nobody is told what to do about {other}: {report:#?}"),
    }
}

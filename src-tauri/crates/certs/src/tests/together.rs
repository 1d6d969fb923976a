use super::{at, codes, only};
use crate::{Certificate, judge, judge_together, leaves, successions};
use test_support::{Authority, certificate, ec_certificate};
use vocabulary::Severity;

const NOW: &str = "2026-11-22T14:20:00Z";

fn valid(name: &str, from: &str, until: &str) -> Certificate {
    only(ec_certificate(name, at(from), at(until)).pem)
}

fn old() -> Certificate {
    valid("Old", "2024-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
}

#[test]
fn an_overlap_is_told_with_its_days() {
    let pair = [valid("New", "2026-11-01T00:00:00Z", "2029-11-01T00:00:00Z"), old()];
    let found = judge_together(&pair, at(NOW));
    assert_eq!((codes(&found), found[0].severity), (vec!["certificate-overlap"], Severity::Info));
    let args = &found[0].args;
    let told = ["old", "new", "from", "until", "days"].map(|name| args[name].as_str());
    assert_eq!(told, ["CN=Old", "CN=New", "2026-11-01", "2027-01-01", "61"]);
    let one = &successions(&pair)[0];
    assert_eq!((one.old.subject.as_str(), one.new.subject.as_str(), one.is_gap), ("CN=Old", "CN=New", false));
}

#[test]
fn a_gap_is_a_warning() {
    let pair = [old(), valid("New", "2027-01-11T00:00:00Z", "2030-01-01T00:00:00Z")];
    let found = judge_together(&pair, at(NOW));
    assert_eq!((codes(&found), found[0].severity), (vec!["certificate-gap"], Severity::Warning));
    assert_eq!(found[0].args["days"], "10");
}

#[test]
fn what_is_behind_us_and_a_single_certificate_ask_for_nothing() {
    let pair = [old(), valid("New", "2026-11-01T00:00:00Z", "2029-11-01T00:00:00Z")];
    assert_eq!(judge_together(&pair, at("2027-02-01T00:00:00Z")), []);
    assert_eq!(judge_together(&pair[..1], at(NOW)), []);
    assert_eq!(judge_together(&[], at(NOW)), []);
}

#[test]
fn a_key_that_was_certified_again_is_told() {
    let again = ["2024-01-01T00:00:00Z", "2026-06-01T00:00:00Z"]
        .map(|from| only(certificate("Acme", at(from), at("2029-01-01T00:00:00Z")).pem));
    assert_eq!(again[0].key_sha256(), again[1].key_sha256());
    assert!(again[0].sha256 != again[1].sha256 && again[0].key_sha256() != old().key_sha256());
    let found = judge_together(&again, at(NOW));
    assert_eq!(codes(&found), ["certificate-same-key", "certificate-overlap"]);
    assert_eq!(found[0].evidence.len(), 2);
}

#[test]
fn of_a_chain_the_leaf_signs() {
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let authority = Authority::new("Acme root", from, until);
    let leaf = only(authority.issue("login.acme.example", &[], from, until).pem);
    let root = only(&authority.certificate.pem);
    let both = [root.clone(), leaf.clone()];
    assert_eq!(leaves(&both), [leaf]);
    let found = judge_together(&both, at(NOW));
    assert_eq!(codes(&found), ["certificate-chain"]);
    assert_eq!(found[0].args["subject"], "CN=login.acme.example");
    assert_eq!(
        codes(&judge(&root, at(NOW))),
        ["certificate-not-for-signing"],
        "its key is for certificates only"
    );
}

//! The same generated documents for us and for xmlsec1: neither may find a signature good that the other finds wrong.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use test_support::responses::{Signing, xmlsec1_accepts};

/// What happens to a document after it was signed; `at` is a place in it, from 0 to 1.
#[derive(Debug, Clone, Copy)]
enum Change {
    Nothing,
    /// One letter or digit becomes another.
    Letter,
    /// A comment between two tags.
    Comment,
    /// A blank between two tags.
    Blank,
    /// Single quotes around an attribute's value.
    Quotes,
    /// A letter between tags written as a character reference.
    Reference,
    /// A namespace that nobody uses.
    Namespace,
    /// Nothing after this place.
    Cut,
}

const CHANGES: [Change; 8] = [
    Change::Nothing,
    Change::Letter,
    Change::Comment,
    Change::Blank,
    Change::Quotes,
    Change::Reference,
    Change::Namespace,
    Change::Cut,
];

impl Change {
    fn apply(self, xml: &str, at: f64) -> String {
        let near = |text: &str| nth_near(xml, text, at);
        match self {
            Self::Nothing => xml.to_owned(),
            Self::Letter => replaced(xml, at, |one| if one == 'q' { "r".into() } else { "q".into() }),
            Self::Reference => replaced(xml, at, |one| format!("&#{};", u32::from(one))),
            Self::Comment => inserted(xml, near("><") + 1, "<!-- c -->"),
            Self::Blank => inserted(xml, near("><") + 1, "\n "),
            Self::Namespace => xml.replacen("<samlp:Response ", "<samlp:Response xmlns:unused=\"urn:u\" ", 1),
            Self::Quotes => {
                let start = near("=\"") + 1;
                let end = start + 1 + xml[start + 1..].find('"').unwrap_or_default();
                format!("{}'{}'{}", &xml[..start], &xml[start + 1..end], &xml[end + 1..])
            }
            Self::Cut => xml[..floor(xml, at)].to_owned(),
        }
    }
}

/// The last character boundary before that part of the text.
fn floor(xml: &str, at: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short text")]
    let place = (xml.len() as f64 * at) as usize;
    (0..=place).rev().find(|place| xml.is_char_boundary(*place)).unwrap_or(0)
}

/// Where the text stands next after that part, or else first.
fn nth_near(xml: &str, text: &str, at: f64) -> usize {
    let from = floor(xml, at);
    xml[from..].find(text).map(|found| from + found).or_else(|| xml.find(text)).unwrap()
}

fn inserted(xml: &str, place: usize, text: &str) -> String {
    format!("{}{text}{}", &xml[..place], &xml[place..])
}

/// The next letter or digit after that part replaced.
fn replaced(xml: &str, at: f64, by: impl Fn(char) -> String) -> String {
    let from = floor(xml, at);
    let found = xml[from..].char_indices().find(|(_, one)| one.is_ascii_alphanumeric());
    let Some((offset, one)) = found else { return xml.to_owned() };
    format!("{}{}{}", &xml[..from + offset], by(one), &xml[from + offset + one.len_utf8()..])
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

proptest! {
    // Each case starts xmlsec1 two or three times. The same cases each time: new ones are looked for by fuzzing.
    #![proptest_config(ProptestConfig { cases: 60, rng_seed: RngSeed::Fixed(60), ..ProptestConfig::default() })]
    #[test]
    fn xmlsec1_agrees_about_every_signature(
        name in "[a-zäöü&<>'\" ]{1,12}",
        value in "\\PC{0,20}",
        signing in prop::sample::select(vec![Signing::Assertion, Signing::Response]),
        change in prop::sample::select(CHANGES.to_vec()),
        at in 0.0..1.0,
    ) {
        let signer = rsa("signer");
        let mut response = response();
        response.name_id = escaped(&format!("{name}@example.com"));
        response.attributes = vec![("groups".to_owned(), vec![escaped(&value), String::new()])];
        let xml = change.apply(&response.signed(signing, &signer), at);
        let element = if signing == Signing::Assertion { "Assertion" } else { "Response" };
        let (ours, theirs) = (look(&xml, &expected(&signer)), xmlsec1_accepts(&xml, element, &signer));
        if ours.signed_by.is_some() {
            prop_assert!(theirs, "accepted here, refused by xmlsec1: {xml}");
        }
        let wrong = ["response-signature-wrong", "response-other-certificate"];
        if codes(&ours).iter().any(|code| wrong.contains(code)) {
            prop_assert!(!theirs, "refused here, accepted by xmlsec1: {xml}");
        }
        if matches!(change, Change::Nothing | Change::Namespace) && signing == Signing::Assertion {
            prop_assert!(ours.signed_by.is_some(), "{:?} for {xml}", codes(&ours));
        }
    }
}

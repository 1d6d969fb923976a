//! What fuzzing starts from: one folder for each target, with documents as they really come and the parts that hostile
//! ones are made of.

use super::{Trouble, YEAR, moment};
use std::fs;
use std::path::Path;
use test_support::responses::{Signing, TestResponse};
use test_support::{TestCertificate, certificate, ec_certificate, metadata, signed_federation};

/// The type numbers of the questions that the target `dns_answer` takes answers to, in its order.
const TXT: u16 = 16;
const SOA: u16 = 6;
const NS: u16 = 2;
const CNAME: u16 = 5;
const DS: u16 = 43;
const DNSKEY: u16 = 48;
const SPF: u16 = 99;
const DOMAIN: &str = "contoso.com";
const RECORD: &str = "_parallels-challenge.contoso.com";
const TOKEN: &str = "token=k7m2qv4xhd3nla6p5wz2tyujre";

/// Writes all of them.
pub(crate) fn write(folder: &Path) -> Result<(), Trouble> {
    let (from, until) = (moment(0)?, moment(5 * YEAR)?);
    let rsa = certificate("Identity provider", from, until);
    let ec = ec_certificate("Identity provider, P-256", from, until);
    put(folder, "metadata", metadata_seeds(&rsa, &ec, until))?;
    put(folder, "certificate", certificate_seeds(&rsa, &ec))?;
    put(folder, "response", response_seeds(&rsa)?)?;
    put(folder, "dns_answer", dns_seeds())?;
    put(folder, "scim_filter", FILTERS.iter().map(|filter| filter.as_bytes().to_vec()).collect())
}

fn put(folder: &Path, target: &str, seeds: Vec<Vec<u8>>) -> Result<(), Trouble> {
    let folder = folder.join(target);
    fs::create_dir_all(&folder)?;
    for (number, seed) in seeds.into_iter().enumerate() {
        fs::write(folder.join(format!("seed-{number:02}")), seed)?;
    }
    Ok(())
}

fn metadata_seeds(rsa: &TestCertificate, ec: &TestCertificate, until: vocabulary::Timestamp) -> Vec<Vec<u8>> {
    let from = until.plus(time::Duration::days(-900));
    let texts = [
        metadata::entra(metadata::TENANT, &[rsa]),
        metadata::okta("acme", "signpost", "exk1a2b3c4d5e6f7g8h9", rsa),
        metadata::pingone(metadata::TENANT, "eu", ec),
        metadata::google("C0abc12de", until, rsa),
        metadata::adfs("adfs.acme.example", &[rsa], ec),
        metadata::keycloak("sso.acme.example", "acme", true, rsa),
        metadata::sp("https://sp.example/saml", "https://sp.example/acs"),
        metadata::aggregate(3, from, until),
        signed_federation(2, from, until, rsa),
    ];
    let utf16 = |text: &String| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let with_mark = [vec![0xFF, 0xFE], utf16(&texts[1])].concat();
    texts.into_iter().map(String::into_bytes).chain([with_mark]).collect()
}

fn certificate_seeds(rsa: &TestCertificate, ec: &TestCertificate) -> Vec<Vec<u8>> {
    let escaped = rsa.pem.replace('\n', "&#10;").replace('-', "&#45;");
    let dashes = ec.pem.replace("-----", "\u{2014}\u{2014}");
    vec![
        rsa.pem.clone().into_bytes(),
        rsa.der.clone(),
        ec.der.clone(),
        format!("{}\r\n{}", rsa.pem, ec.pem).replace('\n', "\r\n").into_bytes(),
        ec.base64().into_bytes(),
        ec.pem.replace('\n', " ").into_bytes(),
        format!("\u{feff}  {}", ec.pem.replace('\n', "\n   ")).into_bytes(),
        escaped.into_bytes(),
        dashes.into_bytes(),
        ec.pem.replace("CERTIFICATE", "TRUSTED CERTIFICATE").into_bytes(),
        ec.key_pem.clone().into_bytes(),
        ec.pem.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ]
}

fn response_seeds(by: &TestCertificate) -> Result<Vec<Vec<u8>>, Trouble> {
    let response = TestResponse::new(moment(YEAR / 2)?);
    let signed =
        [Signing::Assertion, Signing::Response, Signing::Both].map(|signing| response.signed(signing, by));
    let form = format!("SAMLResponse={}&RelayState=x", "PHNhbWxwOlJlc3BvbnNl");
    let har = r#"{"log":{"entries":[{"request":{"postData":{"params":[{"name":"SAMLResponse","value":"PHg+"}]}}}]}}"#;
    let page = r#"<html><form><input type="hidden" name="SAMLResponse" value="PHg&#43;"/></form></html>"#;
    let others = [response.unsigned(), form, har.to_owned(), page.to_owned()];
    Ok(signed.into_iter().chain(others).map(String::into_bytes).collect())
}

const FILTERS: &[&str] = &[
    r#"userName eq "ada@example.com""#,
    r#"emails[type eq "work"].value eq "ada@example.com""#,
    r#"emails[type eq "work" and value co "@example.com"]"#,
    r#"not (active eq True) and (name.familyName sw "L" or title pr)"#,
    r#"meta.lastModified gt "2026-01-01T00:00:00Z""#,
    r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq null"#,
    r#"members[value eq "2819c223"]"#,
    r#"externalId ne "\u00e4\"\\" and id ew "3""#,
    "name.givenName",
    "((((id pr))))",
];

/// The eight answers, each with its length in front: one set as a healthy server sends them, one with an alias, one
/// where nothing is there, one of an old server.
fn dns_seeds() -> Vec<Vec<u8>> {
    let soa = [name("ns1.example"), name("hostmaster.example"), [0, 0, 0, 9].repeat(5)].concat();
    let text = |text: &str| [vec![u8::try_from(text.len()).unwrap_or(0)], text.as_bytes().to_vec()].concat();
    let referral = Answer { authority: vec![(DOMAIN, NS, name("ns1.example"))], ..Answer::to(RECORD, TXT) };
    let zone = [
        Answer::with(DOMAIN, SOA, &[(DOMAIN, SOA, soa.clone())]),
        Answer::with(DOMAIN, NS, &[(DOMAIN, NS, name("ns1.example")), (DOMAIN, NS, name("ns2.example"))]),
        Answer::with(DOMAIN, DS, &[(DOMAIN, DS, [&[0, 9, 13, 2][..], &[7; 32]].concat())]),
        Answer::with(DOMAIN, DNSKEY, &[(DOMAIN, DNSKEY, [&[1, 1, 3, 13][..], &[7; 64]].concat())]),
        Answer::with(RECORD, SPF, &[(RECORD, SPF, text("v=spf1 -all"))]),
        Answer::with(DOMAIN, TXT, &[(DOMAIN, TXT, text(TOKEN))]),
    ];
    let nothing =
        Answer { flags: 0x8403, authority: vec![(DOMAIN, SOA, soa.clone())], ..Answer::to(RECORD, TXT) };
    let records = [
        Answer::with(RECORD, TXT, &[(RECORD, TXT, text(TOKEN))]),
        Answer::with(RECORD, TXT, &[(RECORD, TXT, [text(&TOKEN[..9]), text(&TOKEN[9..])].concat())]),
        Answer::with(RECORD, TXT, &[(RECORD, CNAME, name("x.example")), ("x.example", TXT, text(TOKEN))]),
        nothing,
        Answer { flags: 0x8001, ..Answer::to(RECORD, TXT) },
        Answer { flags: 0x8605, ..Answer::to(RECORD, TXT) },
    ];
    let set = |record: &Answer| {
        let all = [&referral, record].into_iter().map(Answer::bytes).chain(zone.iter().map(Answer::bytes));
        let with_length = |message: Vec<u8>| {
            [u16::try_from(message.len()).unwrap_or(0).to_be_bytes().to_vec(), message].concat()
        };
        all.flat_map(with_length).collect::<Vec<u8>>()
    };
    records.iter().map(set).collect()
}

/// A message as it is on the wire (RFC 1035, 4.1).
struct Answer {
    flags: u16,
    question: (&'static str, u16),
    answers: Vec<(&'static str, u16, Vec<u8>)>,
    authority: Vec<(&'static str, u16, Vec<u8>)>,
}

impl Answer {
    /// Authoritative and empty.
    fn to(name: &'static str, kind: u16) -> Self {
        Self { flags: 0x8400, question: (name, kind), answers: Vec::new(), authority: Vec::new() }
    }

    fn with(name: &'static str, kind: u16, answers: &[(&'static str, u16, Vec<u8>)]) -> Self {
        Self { answers: answers.to_vec(), ..Self::to(name, kind) }
    }

    fn bytes(&self) -> Vec<u8> {
        let count = |records: &[_]| u16::try_from(records.len()).unwrap_or(0);
        let header = [7, self.flags, 1, count(&self.answers), count(&self.authority), 0];
        let mut bytes: Vec<u8> = header.into_iter().flat_map(u16::to_be_bytes).collect();
        bytes.extend(name(self.question.0));
        bytes.extend([self.question.1, 1].into_iter().flat_map(u16::to_be_bytes));
        for (owner, kind, data) in self.answers.iter().chain(&self.authority) {
            bytes.extend(name(owner));
            bytes.extend(
                [*kind, 1, 0, 300, u16::try_from(data.len()).unwrap_or(0)]
                    .into_iter()
                    .flat_map(u16::to_be_bytes),
            );
            bytes.extend(data);
        }
        bytes
    }
}

fn name(text: &str) -> Vec<u8> {
    let labels = text
        .split('.')
        .flat_map(|label| [vec![u8::try_from(label.len()).unwrap_or(0)], label.as_bytes().to_vec()].concat());
    labels.chain([0]).collect()
}

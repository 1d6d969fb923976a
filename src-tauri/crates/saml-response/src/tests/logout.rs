//! Messages about signing out: made by xmlsec1 and OpenSSL, and made to be misread.

use super::{now, read, rsa, years};
use crate::{
    Bergshamra, ExpectedLogout, LogoutAnswer, LogoutMessage, LogoutRequest, SentLogout, examine_logout,
    from_form, from_query,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use test_support::TestCertificate;
use test_support::sign_out::{TestLogout, deflated};
use time::Duration;
use url::form_urlencoded::Serializer;
use vocabulary::Finding;

const IDP: &str = "https://idp.example/metadata";
const SLO: &str = "https://service.example/saml/slo";

fn request() -> TestLogout {
    TestLogout::request(IDP, SLO, "ada@example.com", now())
}

fn expected(by: &TestCertificate) -> ExpectedLogout {
    ExpectedLogout { idp_entity_id: IDP.to_owned(), certificates: vec![read(by)], address: SLO.to_owned() }
}

fn form(xml: &str) -> Result<SentLogout, Finding> {
    let body = Serializer::new(String::new()).append_pair("SAMLRequest", &STANDARD.encode(xml)).finish();
    from_form(body.as_bytes())
}

fn look(sent: Result<SentLogout, Finding>, by: &TestCertificate) -> Result<LogoutMessage, Finding> {
    examine_logout(&sent?, &expected(by), &Bergshamra, now())
}

/// The code with which a message is refused, and the reason where there is one.
fn refused(sent: Result<SentLogout, Finding>, by: &TestCertificate) -> (String, String) {
    let finding = look(sent, by).unwrap_err();
    let reason = finding.evidence.iter().find(|one| one.source == "reason");
    (finding.code.to_string(), reason.map(|one| one.value.clone()).unwrap_or_default())
}

#[test]
fn what_the_identity_provider_signed_is_taken_by_either_way() {
    let by = rsa("IdP");
    let index = "<samlp:SessionIndex>_s1</samlp:SessionIndex>";
    let message = TestLogout { inside: request().inside + index, ..request() };
    let wanted = LogoutMessage::Request(LogoutRequest {
        id: "_logout-1".into(),
        until: now().plus(Duration::minutes(5)),
        name_id: "ada@example.com".into(),
        session_indexes: vec!["_s1".into()],
    });
    assert_eq!(look(form(&message.signed(&by)), &by), Ok(wanted.clone()));
    for state in [None, Some("https://idp.example/?a=b&c d"), Some("")] {
        let sent = from_query(&message.query(state, &by)).unwrap();
        assert_eq!(sent.relay_state.as_deref(), state);
        assert_eq!(look(Ok(sent), &by), Ok(wanted.clone()));
    }
    let until = format!(r#" NotOnOrAfter="{}""#, now().plus(Duration::hours(2)));
    let long = TestLogout { more: until, issued: now().plus(Duration::hours(-1)), ..request() };
    assert!(look(form(&long.signed(&by)), &by).is_ok(), "it says itself how long it is good");
}

#[test]
fn an_answer_says_whether_it_was_everywhere() {
    let by = rsa("IdP");
    let partial = r#"<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout"/>"#;
    for (further, everywhere) in [("", true), (partial, false)] {
        let answer = request().answer("_asked", further);
        let said = LogoutMessage::Answer(LogoutAnswer { in_response_to: "_asked".into(), everywhere });
        assert_eq!(look(from_query(&answer.query(None, &by)), &by), Ok(said.clone()));
        assert_eq!(look(form(&answer.signed(&by)), &by), Ok(said));
    }
}

#[test]
fn what_anybody_could_have_made_is_refused() {
    let by = rsa("IdP");
    let signed = request().signed(&by);
    let query = request().query(Some("state"), &by);
    let unsigned = query.split("&SigAlg").next().unwrap().to_owned();
    let is = |code: &str, reason: &str| (code.to_owned(), reason.to_owned());
    let altered = signed.replace("ada@", "eve@");
    let in_query = |text: &str| refused(from_query(text), &by);
    let in_form = |xml: &str| refused(form(xml), &by);
    assert_eq!(in_form(&request().unsigned()), is("logout-not-signed", ""));
    assert_eq!(in_query(&unsigned), is("logout-not-signed", ""));
    assert_eq!(in_form(&altered), is("logout-signature", ""));
    let stranger = test_support::ec_certificate("other", years(-1), years(1));
    assert_eq!(refused(form(&signed), &stranger), is("logout-signature", ""));
    assert_eq!(refused(from_query(&query), &stranger), is("logout-signature", ""));
    let sent = from_query(&query).unwrap();
    let nobody = ExpectedLogout { certificates: Vec::new(), ..expected(&by) };
    assert_eq!(examine_logout(&sent, &nobody, &Bergshamra, now()).unwrap_err().code, "logout-signature");
    assert_eq!(in_query(&query.replace("RelayState=state", "RelayState=other")), is("logout-signature", ""));
    let eve = TestLogout { inside: request().inside.replace("ada@", "eve@"), ..request() };
    let swapped =
        url::form_urlencoded::byte_serialize(deflated(&eve.unsigned()).as_bytes()).collect::<String>();
    let (_, rest) = query.split_once("&RelayState").unwrap();
    assert_eq!(in_query(&format!("SAMLRequest={swapped}&RelayState{rest}")), is("logout-signature", ""));
    let weak = query.replace("rsa-sha256", "rsa-sha1");
    assert_eq!(in_query(&weak).0, "logout-algorithm");
    assert_eq!(in_query(&format!("{query}&SAMLRequest=x")), is("logout-malformed", "field-twice"));
    assert_eq!(in_query(&format!("{query}&SAMLResponse=x")), is("logout-malformed", "two-messages"));
    assert_eq!(in_query(&format!("{query}&SAMLEncoding=other")), is("logout-malformed", "encoding"));
    assert_eq!(in_query(&query.replace("&SigAlg", "&Sig")), is("logout-malformed", "signature"));
    assert_eq!(in_query("").0, "logout-none");
    assert_eq!(refused(from_form(b"RelayState=x"), &by).0, "logout-none");
}

#[test]
fn what_two_readers_could_take_differently_is_refused() {
    let by = rsa("IdP");
    let signed = request().signed(&by);
    let refused = |xml: &str| refused(form(xml), &by);
    let malformed = |reason: &str| ("logout-malformed".to_owned(), reason.to_owned());
    // The signed request wrapped in one that is not.
    let eve = request().unsigned().replace("ada@", "eve@").replace("_logout-1", "_evil");
    let wrapped = eve.replace("</samlp:LogoutRequest>", &format!("{signed}</samlp:LogoutRequest>"));
    assert_eq!(refused(&wrapped), malformed("response-signature-misplaced"));
    // Its signature taken along to a request of the same ID around it.
    let start = signed.find("<ds:Signature").unwrap();
    let end = signed.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let signature = &signed[start..end];
    let original = signed.replace(signature, "");
    let twin = request().unsigned().replace("ada@", "eve@");
    let twin = twin.replace("</saml:Issuer>", &format!("</saml:Issuer>{signature}"));
    let twin = twin.replace("</samlp:LogoutRequest>", &format!("{original}</samlp:LogoutRequest>"));
    assert_eq!(refused(&twin), malformed("response-id-twice"));
    assert_eq!(refused(&signed.replace("ada@", "ada@<!-- -->")), malformed("response-value-divided"));
    assert_eq!(refused(&format!("<!DOCTYPE x>{signed}")), malformed("response-doctype"));
    assert_eq!(refused(&signed.replace("LogoutRequest", "LogoutRequests")).0, "logout-malformed");
    assert_eq!(refused("<x/>"), malformed("root"));
    assert_eq!(refused("x").0, "logout-malformed");
    let query = request().query(None, &by);
    let (_, rest) = query.split_once("&SigAlg").unwrap();
    let twice = url::form_urlencoded::byte_serialize(deflated(&signed).as_bytes()).collect::<String>();
    let both = from_query(&format!("SAMLRequest={twice}&SigAlg{rest}"));
    assert_eq!(super::logout::refused(both, &by), malformed("signature"));
    // 64 MB of blanks in 64 KB.
    let bomb =
        url::form_urlencoded::byte_serialize(deflated(&" ".repeat(64 << 20)).as_bytes()).collect::<String>();
    assert_eq!(super::logout::refused(from_query(&format!("SAMLRequest={bomb}")), &by), malformed("size"));
}

#[test]
fn what_was_meant_for_somebody_else_or_another_time_is_refused() {
    let by = rsa("IdP");
    let code = |message: TestLogout| refused(form(&message.signed(&by)), &by).0;
    assert_eq!(code(TestLogout { issuer: IDP.to_uppercase(), ..request() }), "logout-issuer");
    assert_eq!(code(TestLogout { destination: format!("{SLO}/"), ..request() }), "logout-destination");
    let at = |minutes| now().plus(Duration::minutes(minutes));
    assert_eq!(code(TestLogout { issued: at(-9), ..request() }), "logout-expired");
    assert_eq!(code(TestLogout { issued: at(4), ..request() }), "logout-not-yet-valid");
    let ended = format!(r#" NotOnOrAfter="{}""#, at(-4));
    assert_eq!(code(TestLogout { more: ended, ..request() }), "logout-expired");
    for inside in [
        "<saml:EncryptedID/>".to_owned(),
        String::new(),
        "<saml:NameID/>".to_owned(),
        request().inside.repeat(2),
        format!("{}<saml:BaseID/>", request().inside),
    ] {
        assert_eq!(code(TestLogout { inside, ..request() }), "logout-name-id");
    }
}

//! Messages of identity provider libraries that are not ours: pysaml2, samlp, samlify and signxml. What they sign for, the service
//! takes; what was meant for somebody else, it refuses. And they read what the service signs.

use crate::harness::{Harness, OWNER};
use crate::seven_steps::finish_all_steps;
use crate::sign_in::{ADMINS, begin, codes, test};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::browser::{Browser, Shown};
use test_support::identity_provider::{ReceivedRequest, post};
use test_support::peers::{ANSWERS, For, IDP, MISTAKES, Peers, run};
use test_support::sign_out::inflated;
use time::OffsetDateTime;
use vocabulary::Timestamp;

#[expect(clippy::disallowed_methods, reason = "the other side of this test has the real time")]
fn real_now() -> Timestamp {
    Timestamp::new(OffsetDateTime::now_utc())
}

fn peers() -> Peers {
    let day = |days| real_now().plus(time::Duration::days(days));
    Peers::new(test_support::certificate("Peer", day(-1), day(300)))
}

/// A service with the real time that has the peers' values.
async fn service_of(peers: &Peers, binding: &str) -> Harness {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    service.clock.forward(real_now().since(service.now()));
    set(&service, peers, binding).await;
    service
}

async fn set(service: &Harness, peers: &Peers, binding: &str) {
    let values = json!({
        "kind": "values", "entity_id": IDP, "sso_url": "https://idp.example/sso",
        "sso_binding": binding, "certificates": [peers.certificate.pem], "wants_signed_requests": true,
        "logout": { "url": "https://idp.example/slo", "binding": binding },
    });
    service.put("/saml/identity-provider", values).await.ok();
}

/// From the link of a test to what became of the peer's answer, whose wishes may be changed before.
async fn sign_in(
    service: &Harness,
    peers: &Peers,
    script: &str,
    change: impl FnOnce(&mut Value),
) -> (u16, Value) {
    let (id, open_url) = begin(service, json!({ "purpose": "portal" })).await;
    let mut browser = Browser::default();
    let request = ReceivedRequest::of(&browser.get(&open_url).await);
    let from = For { request_id: &request.id, acs_url: &request.acs_url, entity_id: &request.issuer };
    let mut asked = peers.asked(from, OWNER, &[ADMINS]);
    change(&mut asked);
    let xml = saml_response::decode(&run(script, &asked).unwrap()).unwrap();
    let page = post(&mut browser, &request.acs_url, &xml).await;
    (page.status, test(service, &id).await)
}

#[tokio::test]
async fn the_answers_of_other_libraries_sign_people_in() {
    let peers = peers();
    let service = service_of(&peers, "http-redirect").await;
    for script in ANSWERS {
        let (status, passed) = sign_in(&service, &peers, script, |_| ()).await;
        assert_eq!((status, &passed["state"]), (200, &json!("passed")), "{script}: {passed:#}");
        assert_eq!(passed["answer"]["subject"]["name_id"], OWNER, "{script}");
        assert_eq!(passed["answer"]["role"], "administrator", "{script}");
        // samlify's assertions do not say how somebody signed in, which is remarked on and no more.
        let remarks: &[&str] = if script.starts_with("samlify") { &["response-no-sign-in"] } else { &[] };
        assert_eq!(codes(&passed), remarks, "{script}");
        for (mistake, code) in MISTAKES {
            let (status, refused) = sign_in(&service, &peers, script, mistake).await;
            assert!(status == 403 && codes(&refused).contains(&code.to_owned()), "{script}: {refused:#}");
        }
    }
}

#[tokio::test]
async fn other_libraries_find_what_the_service_signs_good_and_what_was_altered_not() {
    let peers = peers();
    let service = service_of(&peers, "http-redirect").await;
    let metadata = service.anonymous(Method::GET, "/saml/contoso/metadata").send().await.unwrap();
    let sp_metadata = metadata.text().await.unwrap();
    let with = |more: Value| {
        let mut asked = peers.keys();
        asked["sp_metadata"] = sp_metadata.clone().into();
        for (name, value) in more.as_object().unwrap() {
            asked[name] = value.clone();
        }
        asked
    };
    let request = async || {
        let (_, open_url) = begin(&service, json!({ "purpose": "portal" })).await;
        Browser::default().get(&open_url).await
    };
    let query = |shown: &Shown| shown.location.as_ref().unwrap().query().unwrap().to_owned();
    let sent = request().await;
    let (own, other) = (query(&sent), query(&request().await));
    let (message, _) = other.split_once("&SigAlg").unwrap();
    let mixed = format!("{message}&SigAlg{}", own.split_once("&SigAlg").unwrap().1);
    let read = run("pysaml2_reads.py", &with(json!({ "query": own }))).unwrap();
    assert_eq!(read, ReceivedRequest::of(&sent).id);
    assert!(run("pysaml2_reads.py", &with(json!({ "query": mixed }))).is_err());
    let by_samlify =
        |query: &str| run("samlify_reads.cjs", &with(json!({ "kind": "AuthnRequest", "query": query })));
    assert!(by_samlify(&own).unwrap().contains(&read));
    assert!(by_samlify(&mixed).is_err());

    set(&service, &peers, "http-post").await;
    let form = request().await.field("SAMLRequest").unwrap();
    let asked = |form: &str| with(json!({ "kind": "AuthnRequest", "field": "SAMLRequest", "form": form }));
    assert!(run("samlify_reads.cjs", &asked(&form)).unwrap().contains("/saml/contoso/metadata"));
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let xml = String::from_utf8(STANDARD.decode(&form).unwrap()).unwrap();
    let altered = STANDARD.encode(xml.replace("/acs\"", "/acx\""));
    assert!(run("samlify_reads.cjs", &asked(&altered)).is_err());
}

#[tokio::test]
async fn other_libraries_sign_people_out() {
    let peers = peers();
    let service = service_of(&peers, "http-redirect").await;
    let slo = format!("{}/saml/contoso/slo", service.running.service.public_url());
    let metadata = service.anonymous(Method::GET, "/saml/contoso/metadata").send().await.unwrap();
    let sp_metadata = metadata.text().await.unwrap();
    let mut asked = peers.keys();
    for (name, value) in [
        ("slo", slo.as_str()),
        ("sp_entity_id", &slo.replace("/slo", "/metadata")),
        ("name_id", OWNER),
        ("session_index", "_s1"),
        ("relay_state", "of samlify"),
        ("kind", "LogoutResponse"),
        ("sp_metadata", &sp_metadata),
    ] {
        asked[name] = value.into();
    }
    let by_samlify = run("samlify_logout.cjs", &asked).unwrap();
    let answer = Browser::default().get(&by_samlify).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let query = answer.location.as_ref().unwrap().query().unwrap();
    asked["query"] = query.into();
    assert!(
        run("samlify_reads.cjs", &asked).unwrap().contains("/saml/contoso/metadata"),
        "samlify reads the answer"
    );
    asked["query"] = query.replace("samlify", "another").into();
    assert!(run("samlify_reads.cjs", &asked).is_err());

    let xml = run("pysaml2_logout.py", &asked).unwrap();
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let form = |xml: &str| [("SAMLRequest".to_owned(), STANDARD.encode(xml))];
    let altered = Browser::default().post(&slo, &form(&xml.replace(OWNER, "eve@contoso.test"))).await;
    assert!(altered.status == 403 && altered.text.contains("logout-signature"), "{altered:?}");
    let answer = Browser::default().post(&slo, &form(&xml)).await;
    let location = answer.location.as_ref().unwrap_or_else(|| panic!("{answer:?}"));
    let (_, value) = location.query_pairs().find(|(name, _)| name == "SAMLResponse").unwrap();
    assert!(inflated(&value).contains("status:Success"));
}

use crate::harness::{Answer, Harness};
use crate::people::{
    ADMIN, PASSWORD, REDIRECT, ask, code, me, open, page, redeem, refresh, request, set_up, token, value,
};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::browser::Browser;
use time::Duration;

#[track_caller]
fn refused(answer: &Answer, error: &str) {
    assert_eq!(answer.json(), json!({ "error": error }), "{answer:?}");
    assert_eq!(answer.status, if error == "invalid_client" { 401 } else { 400 });
    assert_eq!(answer.header("cache-control"), "no-store");
}

/// A signed-in browser and what a program got in it.
async fn signed_in(service: &Harness) -> (Browser, Value) {
    let mut browser = Browser::default();
    set_up(service, &mut browser).await;
    let code = code(service, &mut browser, &[]).await;
    let tokens = redeem(service, &code, &[]).await.ok();
    (browser, tokens)
}

#[tokio::test]
async fn a_program_signs_in_with_the_browser() {
    let service = Harness::start().await;
    set_up(&service, &mut Browser::default()).await;
    let metadata = service.anonymous(Method::GET, "/.well-known/oauth-authorization-server");
    let metadata = Answer::of(metadata).await.ok();
    assert_eq!(metadata["issuer"], page(&service, ""));
    assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(metadata["authorization_endpoint"], page(&service, "/oauth/authorize"));
    // Somebody who is not signed in is asked to, and the request is not lost over a wrong password.
    let mut browser = Browser::default();
    let form = open(&service, &mut browser, &request(&[])).await;
    assert!(form.status == 200 && form.text.contains("Signpost asks you"), "{form:?}");
    let wrong = browser.press(&form, &[("email", ADMIN), ("password", "wrong")]).await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
    let gone_on = browser.press(&wrong, &[("email", ADMIN), ("password", PASSWORD)]).await;
    let asked = browser.follow(gone_on).await;
    assert!(asked.text.contains("register licence keys"), "{asked:?}");
    let back = browser.press(&asked, &[("decision", "allow")]).await;
    assert!(back.location.as_ref().unwrap().as_str().starts_with(REDIRECT), "{back:?}");
    assert_eq!(value(&back, "state").as_deref(), Some("the state"));
    assert_eq!(value(&back, "iss"), Some(page(&service, "")));
    let answer = redeem(&service, &value(&back, "code").unwrap(), &[]).await;
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), ("no-store", "no-cache"));
    let tokens = answer.ok();
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(3600)));
    let access = token(&tokens, "access_token");
    assert_eq!(me(&service, &access).await.ok()["email"], ADMIN);
    // What it may do was shown once; that it is the user who wants it is asked again.
    let again = open(&service, &mut browser, &request(&[])).await;
    assert!(again.text.contains("Let Signpost in?") && !again.text.contains("licence keys"), "{again:?}");
    let back = browser.press(&again, &[("decision", "deny")]).await;
    assert_eq!(value(&back, "error").as_deref(), Some("access_denied"));
    // Whoever has just typed the password for it is not asked a second time.
    let mut other = Browser::default();
    let form = open(&service, &mut other, &request(&[])).await;
    let back = other.press(&form, &[("email", ADMIN), ("password", PASSWORD)]).await;
    assert!(value(&back, "code").is_some(), "{back:?}");
    // The access token is good for an hour, and a token of the command line for as long as ever.
    service.clock.forward(Duration::minutes(61));
    me(&service, &access).await.problem(401, "unauthorized");
    assert_eq!(me(&service, &service.token).await.status, 200);
}

#[tokio::test]
async fn nobody_is_sent_to_a_stranger() {
    let service = Harness::start().await;
    let (mut browser, _) = signed_in(&service).await;
    for change in [
        ("redirect_uri", "https://evil.test/signed-in"),
        ("redirect_uri", "http://localhost:49152/signed-in"),
        ("redirect_uri", "http://127.0.0.1:49152/elsewhere"),
        ("client_id", "another"),
    ] {
        let page = open(&service, &mut browser, &request(&[change])).await;
        assert!(page.status == 400 && page.location.is_none(), "{change:?}: {page:?}");
    }
    let port = [("redirect_uri", "http://[::1]:50000/signed-in")];
    let code = code(&service, &mut browser, &port).await;
    refused(&redeem(&service, &code, &[]).await, "invalid_grant");
    refused(&redeem(&service, &code, &port).await, "invalid_grant");
}

#[tokio::test]
async fn a_code_needs_its_proof_and_is_good_once_for_a_minute() {
    let service = Harness::start().await;
    let (mut browser, _) = signed_in(&service).await;
    for change in [("code_challenge", ""), ("code_challenge_method", ""), ("code_challenge_method", "plain")]
    {
        let back = open(&service, &mut browser, &request(&[change])).await;
        assert_eq!(value(&back, "error").as_deref(), Some("invalid_request"), "{change:?}");
    }
    let fresh = code(&service, &mut browser, &[]).await;
    refused(&redeem(&service, &fresh, &[("code_verifier", "")]).await, "invalid_request");
    refused(&redeem(&service, &fresh, &[("client_id", "another")]).await, "invalid_client");
    refused(&redeem(&service, &fresh, &[("grant_type", "password")]).await, "unsupported_grant_type");
    let strange = "another-verifier-that-is-just-as-long-as-it-has-to-be";
    refused(&redeem(&service, &fresh, &[("code_verifier", strange)]).await, "invalid_grant");
    refused(&redeem(&service, &fresh, &[]).await, "invalid_grant");

    let late = code(&service, &mut browser, &[]).await;
    service.clock.forward(Duration::seconds(61));
    refused(&redeem(&service, &late, &[]).await, "invalid_grant");
    refused(&redeem(&service, "no-such-code", &[]).await, "invalid_grant");

    // A code that comes twice was seen by somebody else: what was given for it ends.
    let twice = code(&service, &mut browser, &[]).await;
    let tokens = redeem(&service, &twice, &[]).await.ok();
    assert_eq!(me(&service, &token(&tokens, "access_token")).await.status, 200);
    refused(&redeem(&service, &twice, &[]).await, "invalid_grant");
    me(&service, &token(&tokens, "access_token")).await.problem(401, "unauthorized");
    refused(&refresh(&service, &token(&tokens, "refresh_token")).await, "invalid_grant");

    // Of many at once one gets something, and not for long.
    let raced = code(&service, &mut browser, &[]).await;
    let (a, b, c) = tokio::join!(
        redeem(&service, &raced, &[]),
        redeem(&service, &raced, &[]),
        redeem(&service, &raced, &[])
    );
    let good: Vec<&Answer> = [&a, &b, &c].into_iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(good.len(), 1, "{a:?} {b:?} {c:?}");
    me(&service, &token(&good[0].json(), "access_token")).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn a_refresh_token_that_comes_again_ends_the_sign_in() {
    let service = Harness::start().await;
    let (mut browser, first) = signed_in(&service).await;
    service.clock.forward(Duration::hours(2));
    let second = refresh(&service, &token(&first, "refresh_token")).await.ok();
    assert_eq!(me(&service, &token(&second, "access_token")).await.ok()["email"], ADMIN);
    service.clock.forward(Duration::seconds(31));
    refused(&refresh(&service, &token(&first, "refresh_token")).await, "invalid_grant");
    refused(&refresh(&service, &token(&second, "refresh_token")).await, "invalid_grant");
    me(&service, &token(&second, "access_token")).await.problem(401, "unauthorized");
    // Nothing else of the user ends with it, and the administrator sees it.
    assert!(browser.get(&page(&service, "/user")).await.text.contains("an old token was used again"));

    // An answer that was lost: the same token comes again at once, and what was given before is void.
    let fresh = code(&service, &mut browser, &[]).await;
    let start = redeem(&service, &fresh, &[]).await.ok();
    let lost = refresh(&service, &token(&start, "refresh_token")).await.ok();
    let kept = refresh(&service, &token(&start, "refresh_token")).await.ok();
    assert_ne!(token(&lost, "refresh_token"), token(&kept, "refresh_token"));
    me(&service, &token(&lost, "access_token")).await.problem(401, "unauthorized");
    assert_eq!(me(&service, &token(&kept, "access_token")).await.status, 200);
    // Had it not been lost but stolen, its holder is found out.
    refused(&refresh(&service, &token(&lost, "refresh_token")).await, "invalid_grant");
    me(&service, &token(&kept, "access_token")).await.problem(401, "unauthorized");

    // Once the successor was used, the first is no lost one any more.
    let fresh = code(&service, &mut browser, &[]).await;
    let start = redeem(&service, &fresh, &[]).await.ok();
    let next = refresh(&service, &token(&start, "refresh_token")).await.ok();
    let last = refresh(&service, &token(&next, "refresh_token")).await.ok();
    refused(&refresh(&service, &token(&start, "refresh_token")).await, "invalid_grant");
    me(&service, &token(&last, "access_token")).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn two_programs_at_once_do_not_disturb_each_other() {
    let service = Harness::start().await;
    let (mut browser, one) = signed_in(&service).await;
    let fresh = code(&service, &mut browser, &[]).await;
    let two = redeem(&service, &fresh, &[]).await.ok();
    let chain = async |tokens: &Value| {
        let mut tokens = tokens.clone();
        for _ in 0..5 {
            tokens = refresh(&service, &token(&tokens, "refresh_token")).await.ok();
        }
        tokens
    };
    let (one, two) = tokio::join!(chain(&one), chain(&two));
    let revoked = [("client_id", "signpost-desktop"), ("token", &*token(&one, "refresh_token"))];
    assert_eq!(ask(&service, "/oauth/revoke", &revoked).await.status, 200);
    assert_eq!(ask(&service, "/oauth/revoke", &revoked).await.status, 200);
    me(&service, &token(&one, "access_token")).await.problem(401, "unauthorized");
    assert_eq!(me(&service, &token(&two, "access_token")).await.status, 200);
    // Another password ends all of them.
    let form = browser.get(&page(&service, "/user")).await.field("form").unwrap();
    let fields = [("form", &*form), ("password", PASSWORD), ("new-password", "three wise words")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(browser.post(&page(&service, "/user/password"), &fields).await.status, 200);
    me(&service, &token(&two, "access_token")).await.problem(401, "unauthorized");
    assert_eq!(browser.get(&page(&service, "/user")).await.status, 200, "this browser stays signed in");
}

#[tokio::test]
async fn a_token_for_reading_changes_nothing() {
    let service = Harness::start().await;
    let (mut browser, _) = signed_in(&service).await;
    let scope = [("scope", "settings:read")];
    let code = code(&service, &mut browser, &scope).await;
    let tokens = redeem(&service, &code, &[]).await.ok();
    assert_eq!(tokens["scope"], "settings:read");
    let access = token(&tokens, "access_token");
    assert_eq!(me(&service, &access).await.status, 200);
    let create = service.anonymous(Method::POST, "/api/v1/accounts").bearer_auth(&access);
    let answer = Answer::of(create.json(&json!({ "name": "Fabrikam" }))).await;
    answer.problem(403, "insufficient-scope");
    assert!(answer.header("www-authenticate").contains("insufficient_scope"));
    let more = [
        ("grant_type", "refresh_token"),
        ("client_id", "signpost-desktop"),
        ("refresh_token", &*token(&tokens, "refresh_token")),
        ("scope", "settings:write"),
    ];
    refused(&ask(&service, "/oauth/token", &more).await, "invalid_scope");
}

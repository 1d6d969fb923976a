use crate::harness::{Answer, Harness};
use crate::people::{ADMIN, PASSWORD, code, invite, link, me, page, redeem, set_up, sign_in, token};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::browser::{Browser, Shown};
use time::Duration;

const MIA: &str = "mia+sso@contoso.test";

/// A service with an administrator and a user, and their browsers.
async fn two() -> (Harness, Browser, Browser) {
    let service = Harness::start().await;
    let (mut admin, mut mia) = (Browser::default(), Browser::default());
    set_up(&service, &mut admin).await;
    invite(&service, &mut admin, &mut mia, MIA).await;
    (service, admin, mia)
}

/// Does something with a user, as the page about them offers it.
async fn change(service: &Harness, browser: &mut Browser, email: &str, deed: &str) -> Shown {
    let path = page(service, &format!("/users/{}", email.replace('+', "%2B")));
    let form = browser.get(&page(service, "/user")).await.field("form").unwrap_or_default();
    let fields = [("form", form), ("deed", deed.to_owned())].map(|(name, value)| (name.to_owned(), value));
    browser.post(&path, &fields).await
}

#[tokio::test]
async fn whoever_is_disabled_is_out_at_once_and_comes_back() {
    let (service, mut admin, mut mia) = two().await;
    let tokens = redeem(&service, &code(&service, &mut mia, &[]).await, &[]).await.ok();
    let program = token(&tokens, "access_token");
    let by_hand = service.running.service.issue_access_token(MIA).await.unwrap();
    for bearer in [program.as_str(), by_hand.expose()] {
        assert_eq!(me(&service, bearer).await.ok()["email"], MIA);
    }
    let disabled = change(&service, &mut admin, MIA, "disable").await;
    assert_eq!(disabled.status, 303, "{disabled:?}");
    let shown = admin.follow(disabled).await;
    assert!(shown.text.contains("No, disabled since") && !shown.text.contains("new password"), "{shown:?}");
    for bearer in [program.as_str(), by_hand.expose()] {
        me(&service, bearer).await.problem(401, "unauthorized");
    }
    assert_eq!(mia.get(&page(&service, "/user")).await.status, 303, "signed out");
    let wrong = sign_in(&service, &mut mia, MIA, "not the password").await;
    assert!(wrong.text.contains("is wrong") && !wrong.text.contains("closed"), "{wrong:?}");
    let right = sign_in(&service, &mut mia, MIA, PASSWORD).await;
    assert!(right.status == 403 && right.text.contains("closed this service to you"), "{right:?}");
    assert_eq!(change(&service, &mut admin, MIA, "enable").await.status, 303);
    assert_eq!(sign_in(&service, &mut mia, MIA, PASSWORD).await.status, 303);
    assert_eq!(me(&service, by_hand.expose()).await.ok()["email"], MIA);
    me(&service, &program).await.problem(401, "unauthorized");
    let log = admin.get(&page(&service, "/user")).await.text;
    assert!(log.contains("disabled somebody") && log.contains("enabled somebody"), "{log}");
    assert!(!log.contains("users-did-"), "every deed has its words: {log}");
}

#[tokio::test]
async fn one_administrator_is_always_left() {
    let (service, mut admin, mut mia) = two().await;
    for deed in ["disable", "make-user"] {
        let refused = change(&service, &mut admin, ADMIN, deed).await;
        assert!(refused.status == 422 && refused.text.contains("only administrator"), "{deed}: {refused:?}");
    }
    assert_eq!(change(&service, &mut mia, ADMIN, "disable").await.status, 403);
    assert_eq!(mia.get(&page(&service, "/users")).await.status, 403);
    assert_eq!(mia.get(&page(&service, &format!("/users/{ADMIN}"))).await.status, 403);
    assert_eq!(Browser::default().get(&page(&service, "/users")).await.status, 303);
    assert_eq!(change(&service, &mut admin, MIA, "make-administrator").await.status, 303);
    let again = change(&service, &mut admin, MIA, "make-administrator").await;
    assert!(again.status == 422 && again.text.contains("cannot be done any more"), "{again:?}");
    assert_eq!(admin.get(&page(&service, "/users/nobody@contoso.test")).await.status, 404);
    // Two administrators take each other's role away: one is left.
    let both = tokio::join!(
        change(&service, &mut admin, MIA, "make-user"),
        change(&service, &mut mia, ADMIN, "make-user")
    );
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert!(statuses == [303, 403] || statuses == [303, 422], "{statuses:?}");
}

#[tokio::test]
async fn a_link_for_a_new_password_works_once_for_a_day() {
    let (service, mut admin, mut mia) = two().await;
    let tokens = redeem(&service, &code(&service, &mut mia, &[]).await, &[]).await.ok();
    let old = link(&change(&service, &mut admin, MIA, "password-link").await);
    let late = link(&change(&service, &mut admin, MIA, "password-link").await);
    assert_eq!(Browser::default().get(&old).await.status, 410, "a newer link takes its place");
    assert_eq!(sign_in(&service, &mut Browser::default(), MIA, PASSWORD).await.status, 303, "not used yet");
    service.clock.forward(Duration::hours(25));
    assert_eq!(Browser::default().get(&late).await.status, 410);
    assert_eq!(sign_in(&service, &mut admin, ADMIN, PASSWORD).await.status, 303);
    let good = link(&change(&service, &mut admin, MIA, "password-link").await);
    let mut elsewhere = Browser::default();
    let form = elsewhere.get(&good).await;
    assert!(form.text.contains("Choose a new password") && !form.text.contains("Your name"), "{form:?}");
    let used = elsewhere.press(&form, &[("new-password", "another harbour at dusk")]).await;
    assert_eq!(used.status, 303, "{used:?}");
    assert_eq!(Browser::default().get(&good).await.status, 410);
    let user = elsewhere.get(&page(&service, "/user")).await;
    assert!(
        user.text.contains("Mia") && !user.text.contains("Show all users"),
        "name and role stay: {user:?}"
    );
    me(&service, &token(&tokens, "access_token")).await.problem(401, "unauthorized");
    let other = &mut Browser::default();
    assert_eq!(sign_in(&service, other, MIA, PASSWORD).await.status, 422);
    assert_eq!(sign_in(&service, other, MIA, "another harbour at dusk").await.status, 303);
    // Whoever is disabled meanwhile gets in by no link.
    let void = link(&change(&service, &mut admin, MIA, "password-link").await);
    change(&service, &mut admin, MIA, "disable").await;
    assert_eq!(Browser::default().get(&void).await.status, 410);
}

#[tokio::test]
async fn an_invitation_is_listed_and_can_be_withdrawn() {
    let (service, mut admin, _) = two().await;
    let user = admin.get(&page(&service, "/user")).await;
    let fields = [("form", user.field("form").unwrap()), ("email", "late@contoso.test".to_owned())];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    let link = link(&admin.post(&page(&service, "/user/invitations"), &fields).await);
    let list = admin.get(&page(&service, "/users")).await.text;
    for words in ["late@contoso.test", "Invited until", "mia+sso@contoso.test", "Yes", ADMIN, "never"] {
        assert!(list.contains(words), "{words}: {list}");
    }
    assert_eq!(change(&service, &mut admin, "late@contoso.test", "withdraw").await.status, 303);
    assert_eq!(Browser::default().get(&link).await.status, 410);
    assert!(!admin.get(&page(&service, "/users")).await.text.contains("late@contoso.test"));
}

#[tokio::test]
async fn a_user_is_taken_out_of_an_account_but_not_the_one_it_needs() {
    let (service, _, mut mia) = two().await;
    service.post("/users", json!({ "email": MIA })).await.ok();
    let tokens = redeem(&service, &code(&service, &mut mia, &[]).await, &[]).await.ok();
    let mias = token(&tokens, "access_token");
    let path = format!("/api/v1/accounts/{}/integration", service.account);
    let read = async || Answer::of(service.anonymous(Method::GET, &path).bearer_auth(&mias)).await;
    read().await.ok();
    service.put("/backup-login", json!({ "email": MIA })).await.ok();
    let gone = "/users/mia%2Bsso%40contoso.test";
    let refused = service.delete(gone).await;
    assert_eq!(refused.problem(422, "invalid-value")["field"], "email");
    service.put("/backup-login", json!({ "email": crate::harness::OWNER })).await.ok();
    service.delete(gone).await.ok();
    read().await.problem(404, "not-found");
    service.delete(gone).await.problem(404, "not-found");
    let last = service.delete(&format!("/users/{}", crate::harness::OWNER)).await;
    last.problem(422, "invalid-value");
    let users = service.read("/users").await.ok();
    assert_eq!(users.as_array().map(Vec::len), Some(1), "{users}");
    assert_ne!(users[0]["email"], Value::from(MIA));
}

#[tokio::test]
async fn whoever_is_disabled_is_no_backup_login() {
    let (service, mut admin, _) = two().await;
    crate::seven_steps::finish_all_steps(&service).await;
    service.post("/users", json!({ "email": MIA })).await.ok();
    service.put("/backup-login", json!({ "email": MIA })).await.ok();
    change(&service, &mut admin, MIA, "disable").await;
    let integration = service.read("/integration").await.ok();
    assert_eq!(integration["backup_login"]["is_disabled"], true);
    let refused = service.post("/activate", json!({ "without_sign_in": "Contoso Ltd." })).await;
    let blockers = refused.problem(422, "activation-blocked")["blockers"].clone();
    assert_eq!(blockers[0]["code"], "backup-login-disabled", "{blockers}");
    service.put("/backup-login", json!({ "email": crate::harness::OWNER })).await.ok();
    service.put("/backup-login", json!({ "email": MIA })).await.problem(422, "backup-login-unknown");
}

#[tokio::test]
async fn the_address_of_the_service_leads_on_and_people_are_told_of_a_wrong_one() {
    let service = Harness::start().await;
    let home = async |browser: &mut Browser| {
        let shown = browser.get(&page(&service, "/")).await;
        shown.location.unwrap().path().to_owned()
    };
    assert_eq!(home(&mut Browser::default()).await, "/setup");
    let mut admin = Browser::default();
    set_up(&service, &mut admin).await;
    assert_eq!(home(&mut admin).await, "/user");
    let asked = service.anonymous(Method::GET, "/nowhere").header("accept", "text/html,*/*;q=0.8");
    let shown = asked.send().await.unwrap();
    assert_eq!(
        (shown.status().as_u16(), shown.headers()["content-type"].to_str().unwrap()),
        (404, "text/html; charset=utf-8")
    );
    assert!(shown.text().await.unwrap().contains("There is no such page"));
    Answer::of(service.anonymous(Method::GET, "/nowhere")).await.problem(404, "not-found");
}

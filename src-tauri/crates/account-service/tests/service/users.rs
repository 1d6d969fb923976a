use crate::harness::Harness;
use crate::people::{ADMIN, PASSWORD, link, open, page, request, set_up, sign_in};
use crate::place::Place;
use account_service::Config;
use serde_json::json;
use test_support::browser::Browser;
use time::Duration;

#[tokio::test]
async fn the_setup_code_makes_one_administrator_once() {
    let service = Harness::start().await;
    let inner = &service.running.service;
    let first = inner.setup_code().await.unwrap().unwrap();
    let second = inner.setup_code().await.unwrap().unwrap();
    let mut browser = Browser::default();
    let form = browser.get(&page(&service, "/setup")).await;
    let filled = |code: &str, password: &str| {
        [("code", code), ("name", "Grace"), ("email", ADMIN), ("new-password", password)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let press = async |browser: &mut Browser, filled: [(String, String); 4]| {
        let filled: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (&**name, &**value)).collect();
        browser.press(&form, &filled).await
    };
    let refused = press(&mut browser, filled("abcde-fghij", PASSWORD)).await;
    assert!(refused.status == 422 && refused.text.contains("not a setup code"), "{refused:?}");
    let refused = press(&mut browser, filled(first.expose(), "short")).await;
    assert!(refused.status == 422 && refused.text.contains("12 characters"), "{refused:?}");
    assert!(!refused.text.contains("short\""), "a password is never shown again");
    // As somebody types it; a code of an earlier start is as good.
    let typed = first.expose().to_uppercase().replace('-', " ");
    let made = press(&mut browser, filled(&typed, PASSWORD)).await;
    assert_eq!(made.status, 303, "{made:?}");
    let shown = browser.follow(made).await;
    assert!(shown.text.contains("Grace") && shown.text.contains("Invite somebody"), "{shown:?}");
    // Nobody else becomes an administrator that way.
    assert_eq!(
        press(&mut browser, filled(second.expose(), PASSWORD)).await.status,
        403,
        "the secret changed"
    );
    assert_eq!(Browser::default().get(&page(&service, "/setup")).await.status, 410);
    assert!(inner.setup_code().await.unwrap().is_none());
}

#[tokio::test]
async fn an_invitation_makes_one_user_of_its_address_once() {
    let service = Harness::start().await;
    let (mut admin, mut guest) = (Browser::default(), Browser::default());
    set_up(&service, &mut admin).await;
    let invite = async |browser: &mut Browser, email: &str, role: &str| {
        let user = browser.get(&page(&service, "/user")).await;
        let form = user.field("form").unwrap();
        let fields = [("form", &*form), ("email", email), ("role", role)];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        browser.post(&page(&service, "/user/invitations"), &fields).await
    };
    let link = async |browser: &mut Browser, email: &str| link(&invite(browser, email, "user").await);
    let old = link(&mut admin, "mia@contoso.test").await;
    let new = link(&mut admin, "mia@contoso.test").await;
    assert_eq!(guest.get(&old).await.status, 410, "a newer invitation takes its place");
    let form = guest.get(&new).await;
    assert!(form.text.contains("mia@contoso.test"), "{form:?}");
    let made = guest.press(&form, &[("name", "Mia"), ("new-password", "three wise words")]).await;
    assert_eq!(made.status, 303, "{made:?}");
    assert_eq!(Browser::default().get(&new).await.status, 410);
    // Mia is no administrator.
    let user = guest.get(&page(&service, "/user")).await;
    assert!(user.text.contains("Mia") && !user.text.contains("Invite somebody"), "{user:?}");
    assert_eq!(invite(&mut guest, "eve@fabrikam.test", "administrator").await.status, 403);
    // Nobody gets another password for an address by an invitation.
    let again = invite(&mut admin, "mia@contoso.test", "user").await;
    assert!(again.status == 422 && again.text.contains("can sign in already"), "{again:?}");
    let late = link(&mut admin, "late@contoso.test").await;
    service.clock.forward(Duration::days(8));
    assert_eq!(Browser::default().get(&late).await.status, 410);
    // She has signed in, so she may be the backup login of an account that she is a user of.
    service.post("/users", json!({ "email": "mia@contoso.test" })).await.ok();
    service.post("/users", json!({ "email": "late@contoso.test" })).await.ok();
    let refused = service.put("/backup-login", json!({ "email": "late@contoso.test" })).await;
    refused.problem(422, "backup-login-unknown");
    service.put("/backup-login", json!({ "email": "mia@contoso.test" })).await.ok();
}

#[tokio::test]
async fn guessing_is_slowed_down_and_keeps_nobody_out() {
    let service = Harness::start().await;
    let mut home = Browser::at("192.0.2.1");
    set_up(&service, &mut home).await;
    let mut thief = Browser::at("203.0.113.9");
    for _ in 0..5 {
        let wrong = sign_in(&service, &mut thief, ADMIN, "a guess at the password").await;
        assert!(wrong.status == 422 && wrong.text.contains("is wrong"), "{wrong:?}");
    }
    let right = sign_in(&service, &mut thief, ADMIN, PASSWORD).await;
    assert!(right.status == 429 && right.text.contains("in a minute"), "{right:?}");
    // Nothing is said about who is a user: an unknown address is answered alike.
    let mut other = Browser::at("203.0.113.10");
    for n in 0..6 {
        let wrong = sign_in(&service, &mut other, "nobody@fabrikam.test", "a guess").await;
        assert_eq!(wrong.status, if n < 5 { 422 } else { 429 }, "{n}");
    }
    // The user signs in from elsewhere, and from where they did before, behind the thief's address or not.
    assert_eq!(sign_in(&service, &mut Browser::at("198.51.100.7"), ADMIN, PASSWORD).await.status, 303);
    let user = home.get(&page(&service, "/user")).await;
    home.press(&user, &[]).await;
    assert_eq!(sign_in(&service, &mut home, ADMIN, PASSWORD).await.status, 303);
    // The pause grows.
    for wait in [31, 61, 121] {
        service.clock.forward(Duration::seconds(wait));
        assert_eq!(sign_in(&service, &mut thief, ADMIN, "another guess").await.status, 422, "{wait}");
        service.clock.forward(Duration::seconds(wait));
        assert_eq!(sign_in(&service, &mut thief, ADMIN, PASSWORD).await.status, 429, "{wait}");
    }
    // A day later it is forgotten.
    service.clock.forward(Duration::hours(25));
    assert_eq!(sign_in(&service, &mut thief, ADMIN, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn behind_several_proxies_each_browser_is_counted_by_itself() {
    let place = Place::new().await;
    let trusted_proxies = "127.0.0.1,10.0.0.0/8".parse().unwrap();
    let config = Config { trusted_proxies, ..place.config() };
    let service = Harness::start_as(place, config).await;
    let mut home = Browser::at("192.0.2.1, 10.0.0.2");
    set_up(&service, &mut home).await;
    // What the thief claims stands before the address that the first proxy saw.
    for n in 0..6 {
        let mut thief = Browser::at(&format!("192.0.2.1, 203.0.113.9, 10.0.0.{n}"));
        let guess = sign_in(&service, &mut thief, ADMIN, "a guess at the password").await;
        assert_eq!(guess.status, if n < 5 { 422 } else { 429 }, "{n}");
    }
    let mut elsewhere = Browser::at("198.51.100.7, 10.0.0.1");
    assert_eq!(sign_in(&service, &mut elsewhere, ADMIN, PASSWORD).await.status, 303);
    let text = home.get(&page(&service, "/user")).await.text;
    assert!(text.contains("203.0.113.9") && text.contains("198.51.100.7"), "{text}");
    assert!(!text.contains("10.0.0."), "{text}");
}

#[tokio::test]
async fn many_guesses_at_once_are_counted_too() {
    let service = Harness::start().await;
    set_up(&service, &mut Browser::at("192.0.2.1")).await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let address = page(&service, "/sign-in");
        guesses.spawn(async move {
            let mut thief = Browser::at("203.0.113.9");
            let form = thief.get(&address).await;
            thief.press(&form, &[("email", ADMIN), ("password", "a guess")]).await.status
        });
    }
    let statuses = guesses.join_all().await;
    assert!(statuses.iter().all(|status| matches!(status, 422 | 429)), "{statuses:?}");
    let looked_at = statuses.iter().filter(|status| **status == 422).count();
    assert!((1..=5).contains(&looked_at), "{statuses:?}");
}

#[tokio::test]
async fn no_other_site_can_post_a_form() {
    let service = Harness::start().await;
    let mut admin = Browser::default();
    set_up(&service, &mut admin).await;
    let mut stranger = Browser::default();
    let strange = stranger.get(&page(&service, "/sign-in")).await.field("form").unwrap();
    let asked = open(&service, &mut admin, &request(&[])).await;
    let query = asked.field("request").unwrap();
    for form in ["", "x", strange.as_str()] {
        for (path, fields) in [
            ("/oauth/authorize", vec![("request", &*query), ("decision", "allow")]),
            ("/user/invitations", vec![("email", "eve@fabrikam.test"), ("role", "administrator")]),
            ("/user/password", vec![("password", PASSWORD), ("new-password", "three wise words")]),
            ("/sign-in", vec![("email", ADMIN), ("password", PASSWORD)]),
            ("/sign-out", vec![]),
        ] {
            let fields = fields.into_iter().chain([("form", form)]);
            let fields: Vec<(String, String)> =
                fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let refused = admin.post(&page(&service, path), &fields).await;
            assert!(refused.status == 403 && refused.location.is_none(), "{path}: {refused:?}");
        }
    }
    assert_eq!(admin.get(&page(&service, "/user")).await.status, 200, "still signed in");
}

#[tokio::test]
async fn what_happened_is_told_to_administrators_without_passwords() {
    let service = Harness::start().await;
    let mut browser = Browser::at("192.0.2.1");
    set_up(&service, &mut browser).await;
    let mut other = Browser::at("192.0.2.2");
    sign_in(&service, &mut other, ADMIN, "not this one either").await;
    sign_in(&service, &mut other, "typed-my-password@here.test", "x").await;
    sign_in(&service, &mut other, ADMIN, PASSWORD).await;
    let text = browser.get(&page(&service, "/user")).await.text;
    for line in ["set up the service", "gave a wrong password", "signed in<", "192.0.2.2", ADMIN, "somebody"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("typed-my-password") && !text.contains("not this one"), "{text}");
    let database = service.database().await;
    for statement in ["UPDATE sign_in_audit SET by = 'x'", "DELETE FROM sign_in_audit"] {
        assert!(sqlx::query(statement).execute(&database).await.is_err(), "{statement}");
    }
}

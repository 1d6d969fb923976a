//! The program signs in to a real account service with a browser, and stays signed in.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/local_service.rs"]
mod local_service;
#[path = "support/no_domain.rs"]
mod no_domain;
mod support;

use account_service::Running;
use adapters::{BrowserSignIns, LastPage, ProjectFiles};
use no_domain::NoDomain;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use support::MemoryKeyring;
use test_support::browser::{Browser, Shown};
use time::Duration;
use vocabulary::{Secret, Timestamp};
use wizard::app::Ports;
use wizard::ports::{Clock, SecretKind, SecretStore, Services};
use wizard::view::Connection;
use wizard::{Backend, Failure, FailureCode, NewProject, Wizard};

const EMAIL: &str = "grace@fabrikam.test";
const PASSWORD: &str = "a quiet harbour at noon";

/// The computer's clock, which can be moved.
#[derive(Default)]
struct MovedClock(AtomicI64);

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        adapters::SystemClock.now().plus(Duration::seconds(self.0.load(Ordering::Relaxed)))
    }
}

struct World {
    _folder: tempfile::TempDir,
    running: Running,
    wizard: Arc<Wizard>,
    services: Arc<dyn Services>,
    secrets: Arc<MemoryKeyring>,
    browser: Arc<BrowserSignIns>,
    clock: Arc<MovedClock>,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Arc::new(MemoryKeyring::default());
        let (running, connections) = local_service::start(folder.path(), Arc::clone(&secrets) as _).await;
        let (browser, clock) = (Arc::new(BrowserSignIns::default()), Arc::new(MovedClock::default()));
        let services: Arc<dyn Services> =
            Arc::new(connections.with_browser(Arc::clone(&browser), Arc::clone(&clock) as _));
        let ports = Ports {
            store: Arc::new(ProjectFiles::new(folder.path().join("projects"))),
            secrets: Arc::clone(&secrets) as _,
            services: Arc::clone(&services),
            checker: Arc::new(NoDomain),
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::clone(&clock) as _,
        };
        let wizard = Arc::new(Wizard::new(ports).unwrap());
        let world = Self { _folder: folder, running, wizard, services, secrets, browser, clock };
        let mut admin = Browser::default();
        let code = world.running.service.setup_code().await.unwrap().unwrap();
        let form = admin.get(&format!("{}/setup", world.url())).await;
        let filled =
            [("code", code.expose()), ("name", "Grace"), ("email", EMAIL), ("new-password", PASSWORD)];
        assert_eq!(admin.press(&form, &filled).await.status, 303);
        world
    }

    fn url(&self) -> String {
        self.running.service.public_url()
    }

    /// Begins a sign-in, and does in the browser what `decision` says.
    async fn sign_in(&self, decision: &str) -> (Result<(), Failure>, Shown) {
        let sign_in = self.browser.begin(&self.url()).await.unwrap();
        let (page, pages) = (sign_in.page.clone(), last_page());
        let walked = async {
            let mut browser = Browser::default();
            let form = browser.get(&page).await;
            let signed_in = browser.press(&form, &[("email", EMAIL), ("password", PASSWORD)]).await;
            let mut shown = signed_in;
            // Whoever has consented before comes back at once.
            if !shown.location.as_ref().unwrap().path().starts_with("/signed-in") {
                let asked = browser.follow(shown).await;
                shown = browser.press(&asked, &[("decision", decision)]).await;
            }
            let location = shown.location.unwrap();
            assert_eq!(location.host_str(), Some("127.0.0.1"));
            browser.get(location.as_str()).await
        };
        tokio::join!(self.browser.finish(sign_in, &pages, self.clock.now()), walked)
    }

    async fn kept(&self, name: &str) -> Value {
        let kept = self.secrets.secret(name, SecretKind::AccessToken).await.unwrap().unwrap();
        serde_json::from_str(kept.expose()).unwrap()
    }
}

fn last_page() -> LastPage {
    let words = |title: &str| (title.to_owned(), "Go back.".to_owned());
    LastPage { done: words("Signed in"), failed: words("Not signed in") }
}

fn fabrikam(url: &str) -> NewProject {
    NewProject {
        organization: "Fabrikam".into(),
        admin_email: EMAIL.into(),
        service: "parallels-my-account".into(),
        idp: "entra".into(),
        backend: Backend::AccountService { url: url.to_owned() },
    }
}

#[tokio::test]
async fn a_project_is_signed_in_with_the_browser_and_stays_so() {
    let world = World::new().await;
    let id = "5e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a12".to_owned();
    let missing = world.wizard.create(id.clone(), fabrikam(&world.url()), None).await.unwrap_err();
    assert_eq!(missing.field.as_deref(), Some("access-token"));
    let (done, shown) = world.sign_in("allow").await;
    done.unwrap();
    assert!(shown.status == 200 && shown.text.contains("<h1>Signed in</h1>"), "{shown:?}");
    let view = world.wizard.create(id.clone(), fabrikam(&world.url()), None).await.unwrap();
    assert_eq!(view.connection, Connection::Connected);
    // It is good for one project; the next one signs in for itself.
    let other = "5e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a13".to_owned();
    assert!(world.wizard.create(other, fabrikam(&world.url()), None).await.is_err());

    // An hour later many things are asked at once: the tokens are renewed once.
    let before = world.kept(&id).await;
    world.clock.0.store(3600, Ordering::Relaxed);
    let project = view.project;
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (services, project) = (Arc::clone(&world.services), project.clone());
        asking.spawn(async move { services.connect(&project).await.unwrap().me().await.unwrap().email });
    }
    assert!(asking.join_all().await.iter().all(|email| email == EMAIL));
    let after = world.kept(&id).await;
    assert_ne!(before["refresh_token"], after["refresh_token"]);
    assert_eq!(world.wizard.refresh(&id).await.unwrap().connection, Connection::Connected);
    assert_eq!(world.kept(&id).await, after);

    // Somebody came with the old refresh token long after: the sign-in is over, and it is said.
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let body = format!("client_id=signpost-desktop&token={}", after["refresh_token"].as_str().unwrap());
    let revoke = http.post(format!("{}/oauth/revoke", world.url())).body(body).send().await.unwrap();
    assert_eq!(revoke.status(), 200);
    assert_eq!(world.wizard.refresh(&id).await.unwrap().connection, Connection::SignedOut);
    world.clock.0.store(3 * 3600, Ordering::Relaxed);
    assert_eq!(world.wizard.refresh(&id).await.unwrap().connection, Connection::SignedOut);
    // Signing in again goes on with the project as it was; a pasted token does as well.
    let (done, _) = world.sign_in("allow").await;
    done.unwrap();
    assert_eq!(world.wizard.sign_in(&id, None).await.unwrap().connection, Connection::Connected);
    let token = world.running.service.issue_access_token(EMAIL).await.unwrap();
    let pasted = Secret::new(format!(" {} ", token.expose()));
    assert_eq!(world.wizard.sign_in(&id, Some(pasted)).await.unwrap().connection, Connection::Connected);
}

#[tokio::test]
async fn a_sign_in_that_is_refused_or_left_leaves_nothing() {
    let world = World::new().await;
    let (refused, shown) = world.sign_in("deny").await;
    assert_eq!(refused.unwrap_err().code, FailureCode::SignInNotFinished);
    assert!(shown.text.contains("<h1>Not signed in</h1>"), "{shown:?}");
    // Cancelled: nobody listens any more, and what the browser brings goes nowhere.
    let left = world.browser.begin(&world.url()).await.unwrap();
    drop(left);
    let id = "5e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a14".to_owned();
    assert!(world.wizard.create(id, fabrikam(&world.url()), None).await.is_err());
    let nobody = world.browser.begin("http://127.0.0.1:1").await.err().unwrap();
    assert_eq!(nobody.code, FailureCode::ServiceUnreachable);
    let clear = world.browser.begin("http://id.contoso.test").await.err().unwrap();
    assert_eq!((clear.code, clear.field.as_deref()), (FailureCode::InvalidInput, Some("url")));
}

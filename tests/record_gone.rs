//! The account service finds that the record of a verified domain is gone, and the program says until when it is to be put
//! back: both are real and have one clock; the name servers are not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/contoso.rs"]
mod contoso;
#[path = "support/local_access.rs"]
mod local_access;
#[path = "support/seen_domain.rs"]
mod seen_domain;
mod support;

use account_api::DomainState;
use account_service::Service;
use adapters::{ProjectFiles, SystemClock, WatchFile};
use seen_domain::SeenDomain;
use signpost_desktop::watching::sentence;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use support::MemoryKeyring;
use tempfile::TempDir;
use texts::Texts;
use time::Duration;
use vocabulary::{StepId, Timestamp};
use wizard::app::Ports;
use wizard::ports::Clock;
use wizard::watching::Lost;
use wizard::{Backend, ProjectView, Watcher, Wizard};

const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
const DOMAIN: &str = "contoso.test";

/// The time of both, so many hours from now.
#[derive(Clone, Default)]
struct Hours(Arc<AtomicI64>);

impl Hours {
    fn pass(&self, hours: i64) {
        self.0.fetch_add(hours, Ordering::SeqCst);
    }
}

impl Clock for Hours {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus(Duration::hours(self.0.load(Ordering::SeqCst)))
    }
}

impl account_service::Clock for Hours {
    fn now(&self) -> Timestamp {
        Clock::now(self)
    }
}

/// How many days are left, by the finding of the step that the hub shows.
fn days_on_the_hub(view: &ProjectView) -> Option<String> {
    let domains = view.steps.iter().find(|step| step.step == StepId::Domains).unwrap();
    let gone = domains.findings.iter().find(|finding| finding.code == "domain-record-gone")?;
    assert!(gone.args.contains_key("until"), "{gone:?}");
    Some(gone.args.get("days")?.to_string())
}

fn state(view: &ProjectView) -> DomainState {
    view.project.integration().unwrap().domains[0].state
}

/// A project with one verified domain, and the service it is at, in one process.
struct World {
    _folder: TempDir,
    running: account_service::Running,
    wizard: Arc<Wizard>,
    watcher: Watcher,
}

impl World {
    /// The service asks `theirs`, the program `own`.
    async fn new(clock: &Hours, own: &SeenDomain, theirs: &SeenDomain) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Arc::new(MemoryKeyring::default());
        let config = local_access::config(folder.path());
        let service = Service::open_with(config, Arc::new(clock.clone()), theirs.clone()).await.unwrap();
        let running = service.run().await.unwrap();
        let services = local_access::connections(&running, Arc::clone(&secrets) as _);
        let wizard = Arc::new(
            Wizard::new(Ports {
                store: Arc::new(ProjectFiles::new(folder.path().join("projects"))),
                secrets,
                services: Arc::new(services),
                checker: Arc::new(own.clone()),
                metadata: Arc::new(adapters::HttpsMetadata),
                clock: Arc::new(clock.clone()),
            })
            .unwrap(),
        );
        let list = Arc::new(WatchFile::new(folder.path().join("watch-list.json")));
        let watcher = Watcher::open(Arc::clone(&wizard), list);
        let new = contoso::contoso("parallels-my-account", "entra", Backend::ThisComputer);
        wizard.create(ID.into(), new, None).await.unwrap();
        wizard.add_domains(ID, DOMAIN).await.unwrap();
        let view = wizard.check_domain(ID, DOMAIN).await.unwrap();
        assert_eq!((state(&view), days_on_the_hub(&view)), (DomainState::Verified, None));
        assert_eq!(watcher.take_up_gone().unwrap().len(), 0);
        Self { _folder: folder, running, wizard, watcher }
    }
}

#[tokio::test]
async fn what_the_service_misses_is_told_with_the_days_that_are_left() {
    let (clock, servers) = (Hours::default(), SeenDomain::default());
    let World { running, wizard, watcher, .. } = &World::new(&clock, &servers, &servers).await;

    clock.pass(25);
    servers.is_gone.store(true, Ordering::SeqCst);
    assert_eq!(running.service.look_after_domains().await.unwrap(), 1, "the service looks by itself");
    let texts = Texts::english().unwrap();
    clock.pass(5 * 24);
    let view = wizard.check_domain(ID, DOMAIN).await.unwrap();
    assert_eq!((state(&view), days_on_the_hub(&view)), (DomainState::Verified, Some("9".into())));
    let news = watcher.take_up_gone().unwrap();
    let [news] = &news[..] else { panic!("{news:?}") };
    assert_eq!(news.lost, Some(Lost { days_left: Some(9) }));
    let said = sentence(news, &texts);
    assert!(said.contains(DOMAIN) && said.contains("9 days are left to put it back"), "{said}");
    assert_eq!(watcher.view().entries.len(), 1, "it is watched from then on");
    assert_eq!(watcher.take_up_gone().unwrap().len(), 0, "told once");

    servers.is_gone.store(false, Ordering::SeqCst);
    let view = wizard.check_domain(ID, DOMAIN).await.unwrap();
    assert_eq!((state(&view), days_on_the_hub(&view)), (DomainState::Verified, None));
}

#[tokio::test]
async fn what_only_the_service_misses_is_told_all_the_same() {
    let (clock, own, theirs) = (Hours::default(), SeenDomain::default(), SeenDomain::default());
    let World { running, wizard, watcher, .. } = &World::new(&clock, &own, &theirs).await;
    clock.pass(25);
    theirs.is_gone.store(true, Ordering::SeqCst);
    assert_eq!(running.service.look_after_domains().await.unwrap(), 1, "the service looks by itself");
    clock.pass(5 * 24);
    let view = wizard.check_domain(ID, DOMAIN).await.unwrap();
    let report = view.project.domains.entries[0].report.as_ref().unwrap();
    assert_eq!(report.verdict, domain_check::Verdict::Verified, "the program sees the record");
    assert_eq!(days_on_the_hub(&view), Some("9".into()), "and the service decides");
    let news = watcher.take_up_gone().unwrap();
    assert_eq!(news.iter().map(|one| one.lost).collect::<Vec<_>>(), [Some(Lost { days_left: Some(9) })]);
}

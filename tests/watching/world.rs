//! Days that pass at once, name servers that say what they are told to, and the program's watching over them.

use crate::no_service::NoService;
use crate::support::MemoryKeyring;
use adapters::{ProjectFiles, WatchFile};
use async_trait::async_trait;
use domain_check::{DomainName, Report, Role, ServerRow, Status, Verdict};
use signpost_desktop::watching::{Heard, Watching};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};
use vocabulary::{Finding, Timestamp};
use wizard::app::Ports;
use wizard::ports::{Clock, Comparison, DomainChecker};
use wizard::watching::WatchedView;
use wizard::{Watcher, Wizard};

pub(crate) const TOKEN: &str = "token=k7m2qv4xhd3nla6p5wz2tyujre";
pub(crate) const LABEL: &str = "_parallels-challenge";
pub(crate) const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
pub(crate) const HOUR: Duration = Duration::from_secs(3600);

/// Tells tokio's time, which a test lets pass at once, and whatever a sleep of the computer adds to it.
pub(crate) struct Hours {
    pub(crate) began: Instant,
    pub(crate) slept: AtomicI64,
}

impl Clock for Hours {
    fn now(&self) -> Timestamp {
        let passed = i64::try_from(self.began.elapsed().as_secs()).unwrap();
        Timestamp::from_unix(1_795_000_000 + passed + self.slept.load(Ordering::SeqCst)).unwrap()
    }
}

/// What name servers do that says nothing about the record: silence, SERVFAIL, REFUSED, and the like.
pub(crate) const FAILURES: [Status; 5] =
    [Status::Silent, Status::Broken, Status::Refused, Status::Lame, Status::NoRoute];

/// Name servers that say what they are told to, and count who asks.
pub(crate) struct Answers {
    pub(crate) clock: Arc<Hours>,
    pub(crate) says: Mutex<HashMap<String, Status>>,
    pub(crate) asked: Mutex<Vec<(String, Timestamp)>>,
    /// Whose resolvers were asked, at which verdict, and how many.
    pub(crate) compared: Mutex<Vec<(String, Verdict, usize)>>,
    pub(crate) now: AtomicUsize,
    pub(crate) most: AtomicUsize,
}

impl Answers {
    pub(crate) fn say(&self, domain: &str, status: Status) {
        self.says.lock().unwrap().insert(domain.to_owned(), status);
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

#[async_trait]
impl DomainChecker for Answers {
    async fn check(&self, domain: &DomainName, label: &str, expected: Option<&str>) -> Report {
        let beside = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(beside, Ordering::SeqCst);
        sleep(Duration::from_millis(300)).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        let now = self.clock.now();
        self.asked.lock().unwrap().push((domain.to_string(), now));
        let status = self.says.lock().unwrap().get(domain.as_str()).copied().unwrap_or(Status::Missing);
        report(domain, label, expected, status, now)
    }

    async fn compare(&self, report: Report, whom: &Comparison) -> Report {
        let asked = (report.domain.to_string(), report.verdict, whom.public.len());
        self.compared.lock().unwrap().push(asked);
        report
    }
}

fn report(
    domain: &DomainName,
    label: &str,
    expected: Option<&str>,
    status: Status,
    now: Timestamp,
) -> Report {
    let verdict = match status {
        Status::Right => Verdict::Verified,
        Status::WrongValue | Status::Broken | Status::Refused | Status::Lame => Verdict::Problem,
        Status::Silent | Status::NoRoute => Verdict::Unreachable,
        _ => Verdict::Waiting,
    };
    let row = ServerRow {
        server: "ns1.dnshost.test".into(),
        address: Some("192.0.2.1".into()),
        role: Role::Delegated,
        status,
        values: Vec::new(),
        ttl: None,
        serial: None,
        asked_at: now,
        took_ms: 300,
    };
    let code = if status.is_answer() { "txt-wrong-value" } else { "server-broken" };
    let wrong = (verdict == Verdict::Problem).then(|| Finding::error(code));
    Report {
        unicode: domain.to_string(),
        name: format!("{label}.{domain}"),
        zone: Some(domain.to_string()),
        primary: None,
        domain: domain.clone(),
        expected: expected.map(str::to_owned),
        verdict,
        visible_by: None,
        delegation: Vec::new(),
        servers: vec![row],
        findings: wrong.into_iter().collect(),
        near_miss: None,
        checked_at: now,
        took_ms: 300,
    }
}

pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<Hours>,
    pub(crate) answers: Arc<Answers>,
    pub(crate) wizard: Arc<Wizard>,
}

/// The program's watching while it runs, and what it told.
pub(crate) struct Running {
    pub(crate) watching: Arc<Watching>,
    pub(crate) news: Arc<Mutex<Vec<(String, Verdict)>>>,
    pub(crate) lost: Arc<AtomicUsize>,
    pub(crate) driver: JoinHandle<()>,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Hours { began: Instant::now(), slept: AtomicI64::new(0) });
        let answers = Arc::new(Answers {
            clock: Arc::clone(&clock),
            says: Mutex::default(),
            asked: Mutex::default(),
            compared: Mutex::default(),
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        });
        let wizard = Wizard::new(Ports {
            store: Arc::new(ProjectFiles::new(folder.path().join("projects"))),
            secrets: Arc::new(MemoryKeyring::default()),
            services: Arc::new(NoService),
            checker: Arc::clone(&answers) as _,
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::clone(&clock) as _,
        });
        Self { folder, clock, answers, wizard: Arc::new(wizard.unwrap()) }
    }

    pub(crate) fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("watch-list.json")
    }

    pub(crate) fn open(&self) -> Arc<Watcher> {
        Arc::new(Watcher::open(Arc::clone(&self.wizard), Arc::new(WatchFile::new(self.file()))))
    }

    pub(crate) fn start(&self) -> Running {
        self.start_with(self.open())
    }

    pub(crate) fn start_with(&self, watcher: Arc<Watcher>) -> Running {
        let watching = Arc::new(Watching::new(watcher));
        let news = Arc::new(Mutex::new(Vec::new()));
        let (told, lost) = (Arc::clone(&news), Arc::new(AtomicUsize::new(0)));
        let told_lost = Arc::clone(&lost);
        let tell = move |heard| {
            if let Heard::News(news) = heard {
                told_lost.fetch_add(usize::from(news.lost.is_some()), Ordering::SeqCst);
                told.lock().unwrap().push((news.unicode.clone(), news.report.verdict));
            }
        };
        let driver = tokio::spawn(Arc::clone(&watching).run(tell));
        Running { watching, news, lost, driver }
    }
}

impl Running {
    pub(crate) fn watch(&self, domain: &str) {
        self.watching.watcher.watch_record(domain, LABEL, Some(TOKEN), None).unwrap();
        self.watching.changed();
    }

    pub(crate) fn only(&self) -> WatchedView {
        self.watching.watcher.view().entries.into_iter().next().unwrap()
    }

    pub(crate) fn news(&self) -> Vec<(String, Verdict)> {
        self.news.lock().unwrap().clone()
    }

    /// How much of it was about accepted records that are gone.
    pub(crate) fn lost(&self) -> usize {
        self.lost.load(Ordering::SeqCst)
    }

    /// Ends it as the end of the program does.
    pub(crate) async fn end(self) {
        self.driver.abort();
        self.driver.await.ok();
    }
}

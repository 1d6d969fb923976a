//! A running service, a client for it, and a zone whose answers a test can set.

use crate::place::Place;
use account_service::{Clock, Config, DomainVerifier, Running, Service};
use async_trait::async_trait;
use domain_check::{
    Answer as DnsAnswer, Collected, DomainName, Outcome, Rcode, Report, Role, ServerAnswer, TxtRecord,
    TxtValue, WalkEnd, judge,
};
use reqwest::Method;
use serde_json::Value;
use std::sync::{Arc, Mutex};
use vocabulary::Timestamp;

/// When every test begins.
pub(crate) const START: &str = "2026-11-22T12:00:00Z";

/// Who owns the account of a test.
pub(crate) const OWNER: &str = "ada@contoso.test";

/// A clock that a test moves.
#[derive(Clone)]
pub(crate) struct TestClock(Arc<Mutex<Timestamp>>);

/// What the name servers of every domain say.
#[derive(Clone)]
pub(crate) struct Zone(Arc<Mutex<Vec<Outcome>>>);

/// A service with an account and a signed-in owner.
pub(crate) struct Harness {
    pub(crate) place: Place,
    pub(crate) clock: TestClock,
    pub(crate) zone: Zone,
    pub(crate) running: Running,
    pub(crate) token: String,
    pub(crate) account: String,
    http: reqwest::Client,
}

/// An answer of the service.
#[derive(Debug)]
#[must_use]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl TestClock {
    /// A clock that stands at [`START`].
    pub(crate) fn at_start() -> Self {
        Self(Arc::new(Mutex::new(Timestamp::parse(START).unwrap())))
    }

    pub(crate) fn forward(&self, duration: time::Duration) {
        let mut now = self.0.lock().unwrap();
        *now = now.plus(duration);
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(vec![Outcome::Silent])))
    }
}

impl Zone {
    pub(crate) fn publish(&self, values: &[&str]) {
        self.answer(&[published(values)]);
    }

    pub(crate) fn fall_silent(&self) {
        self.answer(&[Outcome::Silent]);
    }

    /// What each name server says.
    pub(crate) fn answer(&self, outcomes: &[Outcome]) {
        *self.0.lock().unwrap() = outcomes.to_vec();
    }
}

/// The answer of a name server that has these values.
pub(crate) fn published(values: &[&str]) -> Outcome {
    Outcome::Answered(DnsAnswer {
        rcode: Rcode::NoError,
        authoritative: true,
        values: values.iter().map(|value| TxtValue::from(*value)).collect(),
        ttl: Some(300),
        ..DnsAnswer::default()
    })
}

#[async_trait]
impl DomainVerifier for Zone {
    async fn look(&self, domain: &DomainName, record: &TxtRecord) -> Report {
        let now = Timestamp::parse(START).unwrap();
        let server = |(index, txt): (usize, Outcome)| ServerAnswer {
            server: format!("ns{}.contoso.test", index + 1),
            address: Some([192, 0, 2, 53 + u8::try_from(index).unwrap()].into()),
            role: Role::Delegated,
            txt,
            zone: None,
            asked_at: now,
            took_ms: 3,
        };
        let servers = self.0.lock().unwrap().clone().into_iter().enumerate().map(server).collect();
        let collected = Collected {
            domain: domain.clone(),
            host: record.host.clone(),
            name: record.name.clone(),
            zone: Some(domain.to_string()),
            end: WalkEnd::Delegated,
            delegation: Vec::new(),
            servers,
            misplaced: Vec::new(),
            surroundings: domain_check::Surroundings::default(),
            started_at: now,
            finished_at: now,
            took_ms: 3,
        };
        judge(Some(&record.value), &collected, now)
    }
}

impl Harness {
    pub(crate) async fn start() -> Self {
        Self::start_in(Place::new().await).await
    }

    /// Starts on data that may be there already.
    pub(crate) async fn start_in(place: Place) -> Self {
        let config = place.config();
        Self::start_as(place, config).await
    }

    /// Starts on those data with another configuration.
    pub(crate) async fn start_as(place: Place, config: Config) -> Self {
        let clock = TestClock::at_start();
        let zone = Zone::default();
        let service = Service::open_with(config, Arc::new(clock.clone()), zone.clone()).await.unwrap();
        let account = service.ensure_owner(OWNER, "Contoso Ltd.", Some("contoso")).await.unwrap();
        let token = service.issue_access_token(OWNER).await.unwrap().expose().to_owned();
        let running = service.run().await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { place, clock, zone, running, token, account: account.id, http }
    }

    /// Stops the service and gives its data back.
    pub(crate) async fn stop(self) -> Place {
        self.running.stop().await.unwrap();
        self.place
    }

    /// Ends the service and returns all that it leaves behind: every file, or every row.
    pub(crate) async fn everything_stored(self) -> String {
        let place = self.stop().await;
        let files = std::fs::read_dir(place.directory.path()).unwrap().map(|entry| entry.unwrap().path());
        let files = files.map(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned());
        files.collect::<String>() + &place.rows().await
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The database, beside the service.
    pub(crate) async fn database(&self) -> sqlx::AnyPool {
        sqlx::AnyPool::connect(&self.place.url()).await.unwrap()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.local_addr())
    }

    /// A request of the owner below `/api/v1`.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.anonymous(method, &format!("/api/v1{path}")).bearer_auth(&self.token)
    }

    /// A request without a token.
    pub(crate) fn anonymous(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, self.url(path))
    }

    /// `GET` below the owner's account.
    pub(crate) async fn read(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, &format!("/accounts/{}{path}", self.account))).await
    }

    /// `POST` based on the version as it is now.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.write(Method::POST, path, self.version().await, body).await
    }

    /// A write below the owner's account, based on a version.
    pub(crate) async fn write(&self, method: Method, path: &str, version: u64, body: Value) -> Answer {
        let path = format!("/accounts/{}{path}", self.account);
        let request = self.request(method, &path).header("If-Match", format!("\"{version}\""));
        Answer::of(request.json(&body)).await
    }

    /// `DELETE` based on the version as it is now.
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.write(Method::DELETE, path, self.version().await, Value::Null).await
    }

    /// `PUT` based on the version as it is now.
    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.write(Method::PUT, path, self.version().await, body).await
    }

    pub(crate) async fn integration(&self) -> Value {
        self.read("/integration").await.ok()
    }

    pub(crate) async fn version(&self) -> u64 {
        self.integration().await["version"].as_u64().unwrap()
    }

    /// Adds a domain and gives the value of its record.
    pub(crate) async fn add_domain(&self, name: &str) -> String {
        let integration = self.post("/domains", serde_json::json!({ "name": name })).await.ok();
        let domains = integration["domains"].as_array().unwrap();
        let domain = domains.iter().find(|domain| domain["name"] == name).unwrap();
        domain["record"]["value"].as_str().unwrap().to_owned()
    }
}

impl Answer {
    pub(crate) async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, text: response.text().await.unwrap() }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The body of a success.
    pub(crate) fn ok(&self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.json()
    }

    /// A success, with or without a body.
    pub(crate) fn done(&self) {
        assert!((200..300).contains(&self.status), "{self:?}");
    }

    /// The body of a problem with that status and code.
    pub(crate) fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("/problems/{code}"));
        problem
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

//! Whoever runs the service learns that the record of a verified domain is gone while there is time to do something.

use crate::harness::{Answer, Harness};
use reqwest::Method;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::io::Write;
use std::sync::Once;
use time::Duration;

thread_local! {
    /// What this thread has logged since it listens.
    static HEARD: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

struct ThisThread;

impl Write for ThisThread {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        HEARD.with_borrow_mut(|heard| heard.as_mut().map(|heard| heard.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// One subscriber for the whole program. Of a thread's own, what another thread logged first would not be heard.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(|| ThisThread).finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
    });
    HEARD.set(Some(Vec::new()));
}

/// The lines since the last call about what became of a domain.
fn changes() -> Vec<String> {
    let text = String::from_utf8(HEARD.replace(Some(Vec::new())).unwrap()).unwrap();
    text.lines().filter(|line| line.contains("change=")).map(str::to_owned).collect()
}

/// The lines of the metrics about domains.
async fn metrics(service: &Harness) -> Vec<String> {
    let all = Answer::of(service.anonymous(Method::GET, "/metrics")).await.text;
    let about_domains = |line: &&str| line.contains("_domain") && !line.starts_with('#');
    let mut lines: Vec<String> = all.lines().filter(about_domains).map(str::to_owned).collect();
    lines.retain(|line| !line.starts_with("account_service_requests"));
    lines
}

#[tokio::test]
async fn a_missing_record_is_in_the_account_the_audit_log_the_metrics_and_the_log() {
    listen();
    let service = Harness::start().await;
    let value = service.add_domain("contoso.test").await;
    let look = async |days: i64| {
        service.clock.forward(Duration::days(days));
        service.running.service.look_after_domains().await.unwrap();
    };
    service.zone.publish(&[&value]);
    service.post("/domains/contoso.test/verify", Value::Null).await.ok();
    let none_missing = ["account_service_domains_missing 0", "account_service_next_domain_loss_seconds 0"];
    let once = |change| format!("account_service_domain_changes_total{{change=\"{change}\"}} 1");
    let told = metrics(&service).await;
    assert_eq!((&told[..2], &told[2..]), (&none_missing.map(String::from)[..], &[once("verified")][..]));
    assert_eq!(changes().len(), 1);

    service.zone.publish(&[]);
    look(1).await;
    let domain = service.integration().await["domains"][0].clone();
    assert_eq!(domain["state"], "verified");
    assert_eq!(
        (&domain["missing_since"], &domain["lost_at"]),
        (&json!("2026-11-23T12:00:00Z"), &json!("2026-12-07T12:00:00Z"))
    );
    assert!(service.read("/audit").await.ok().to_string().contains("domain.missing"));
    let told = metrics(&service).await;
    let missing =
        ["account_service_domains_missing 1", "account_service_next_domain_loss_seconds 1796644800"];
    assert_eq!(told[..2], missing);
    assert!(told.contains(&once("missing")), "{told:?}");
    let lines = changes();
    let [line] = &lines[..] else { panic!("{lines:?}") };
    for said in ["WARN", "domain.missing", &service.account, "lost_at=2026-12-07T12:00:00Z"] {
        assert!(line.contains(said), "{said}: {line}");
    }
    assert!(!line.contains("contoso.test"), "names of domains are no concern of a log: {line}");

    look(1).await;
    assert_eq!((metrics(&service).await, changes()), (told, vec![]), "told once");
    service.zone.publish(&[&value]);
    look(1).await;
    assert_eq!(metrics(&service).await[..2], none_missing);
    service.zone.publish(&[]);
    look(1).await;
    look(14).await;
    assert_eq!(service.integration().await["domains"][0]["state"], "pending");
    let told = metrics(&service).await;
    assert_eq!(told[..2], none_missing);
    assert!(told.contains(&once("found")) && told.contains(&once("lost")), "{told:?}");
    let lines = changes();
    let kinds = ["INFO", "WARN", "WARN"];
    assert!(lines.len() == 3 && lines.iter().zip(kinds).all(|(line, kind)| line.contains(kind)), "{lines:?}");

    // Whoever puts it back after that begins anew: the next loss has its whole time again.
    service.zone.publish(&[&value]);
    service.post("/domains/contoso.test/verify", Value::Null).await.ok();
    assert_eq!(metrics(&service).await[..2], none_missing);
    service.zone.publish(&[]);
    look(1).await;
    let domain = service.integration().await["domains"][0].clone();
    assert_eq!((&domain["state"], &domain["lost_at"]), (&json!("verified"), &json!("2026-12-25T12:00:00Z")));
}

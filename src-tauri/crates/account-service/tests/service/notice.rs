//! Whoever runs the service learns that the record of a verified domain is gone while there is time to do something.

use crate::harness::{Answer, Harness};
use reqwest::Method;
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex};
use time::Duration;

/// What is logged by this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// The lines since the last call about what became of a domain.
    fn changes(&self) -> Vec<String> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap());
        let text = String::from_utf8(bytes).unwrap();
        text.lines().filter(|line| line.contains("change=")).map(str::to_owned).collect()
    }
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
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let _listening = tracing::subscriber::set_default(subscriber);
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
    assert_eq!(log.changes().len(), 1);

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
    let lines = log.changes();
    let [line] = &lines[..] else { panic!("{lines:?}") };
    for said in ["WARN", "domain.missing", &service.account, "lost_at=2026-12-07T12:00:00Z"] {
        assert!(line.contains(said), "{said}: {line}");
    }
    assert!(!line.contains("contoso.test"), "names of domains are no concern of a log: {line}");

    look(1).await;
    assert_eq!((metrics(&service).await, log.changes()), (told, vec![]), "told once");
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
    let lines = log.changes();
    let kinds = ["INFO", "WARN", "WARN"];
    assert!(lines.len() == 3 && lines.iter().zip(kinds).all(|(line, kind)| line.contains(kind)), "{lines:?}");
}

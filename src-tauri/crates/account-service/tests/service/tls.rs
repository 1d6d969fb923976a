//! The service with a certificate of its own.

use account_service::{Config, Service, StartError, SystemClock, TlsFiles};
use std::path::Path;
use test_support::{Authority, TestCertificate};
use vocabulary::Timestamp;

fn date(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn authority(name: &str) -> (Authority, TestCertificate) {
    let authority = Authority::new(name, date("2020-01-01T00:00:00Z"), date("2120-01-01T00:00:00Z"));
    let own = authority.issue(
        "localhost",
        &["localhost"],
        date("2020-01-01T00:00:00Z"),
        date("2120-01-01T00:00:00Z"),
    );
    (authority, own)
}

fn write(files: &TlsFiles, certificate: &TestCertificate) {
    std::fs::write(&files.certificate, &certificate.pem).unwrap();
    std::fs::write(&files.key, &certificate.key_pem).unwrap();
}

fn files(folder: &Path) -> TlsFiles {
    TlsFiles { certificate: folder.join("tls.pem"), key: folder.join("tls-key.pem") }
}

fn client(authority: &Authority) -> reqwest::Client {
    let root = reqwest::Certificate::from_pem(authority.certificate.pem.as_bytes()).unwrap();
    reqwest::Client::builder().no_proxy().tls_certs_only([root]).build().unwrap()
}

#[tokio::test]
async fn a_certificate_is_served_and_read_again_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    let (first, own) = authority("First");
    write(&files, &own);
    let config = Config { tls: Some(files.clone()), ..Config::local(folder.path()) };
    let running = Service::start(config, SystemClock).await.unwrap();
    let url = running.service.public_url();
    assert!(url.starts_with("https://localhost:"), "{url}");
    let health = format!("{url}/healthz");
    assert_eq!(client(&first).get(&health).send().await.unwrap().status(), 200);
    assert!(reqwest::get(health.replace("https:", "http:")).await.is_err(), "nothing but TLS is spoken");
    // One who connects and says nothing holds up nobody.
    let _silent = tokio::net::TcpStream::connect(running.local_addr()).await.unwrap();

    let (second, other) = authority("Second");
    assert!(client(&second).get(&health).send().await.is_err());
    // What cannot be used changes nothing.
    std::fs::write(&files.certificate, "nothing").unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(client(&first).get(&health).send().await.unwrap().status(), 200);
    write(&files, &other);
    let since = std::time::Instant::now();
    while client(&second).get(&health).send().await.is_err() {
        assert!(since.elapsed().as_secs() < 30, "the new certificate is never served");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    running.stop().await.unwrap();
}

#[tokio::test]
async fn files_that_do_not_belong_together_keep_the_service_from_starting() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    let start = async || {
        let config = Config { tls: Some(files.clone()), ..Config::local(folder.path()) };
        Service::start(config, SystemClock).await.err().expect("it must not start")
    };
    assert!(matches!(start().await, StartError::Tls { .. }), "there are none");
    let ((_, one), (_, other)) = (authority("One"), authority("Other"));
    write(&files, &one);
    std::fs::write(&files.key, &other.key_pem).unwrap();
    let error = start().await;
    assert!(matches!(error, StartError::Tls { .. }) && !error.to_string().contains("PRIVATE"), "{error}");
}

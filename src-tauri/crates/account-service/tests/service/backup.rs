use crate::harness::{Answer, Harness};
use crate::place::Place;
use account_service::{Config, Database, Service, StartError, SystemClock, backup};
use serde_json::json;

#[tokio::test]
async fn a_backup_of_a_running_service_is_whole_and_starts() {
    let service = Harness::start_in(Place::file()).await;
    let config = service.place.config();
    let to = service.place.directory.path().join("backup.sqlite");
    // Somebody writes all the while.
    let writing = async {
        for number in 0..30 {
            let added = service.post("/domains", json!({ "name": format!("d{number}.test") })).await;
            assert_eq!(added.status, 201, "{added:?}");
        }
    };
    service.add_domain("before.test").await;
    let (written, ()) = tokio::join!(backup(&config.database, None, &to), writing);
    let key = written.unwrap();
    assert_eq!(std::fs::read(&key).unwrap(), std::fs::read(service.place.key_file()).unwrap());
    let again = backup(&config.database, None, &to).await.unwrap_err();
    assert!(matches!(again, StartError::BackupExists { .. }), "{again}");
    let names = std::fs::read_dir(service.place.directory.path()).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.contains("part-")), "{names:?}");

    let copy = Config { database: Database::File(to), ..Config::local("") };
    let restored = Service::start(copy, SystemClock).await.unwrap();
    let url = format!("http://{}/api/v1/accounts/contoso/integration", restored.local_addr());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let integration = Answer::of(http.get(url).bearer_auth(&service.token)).await.ok();
    let domains = integration["domains"].as_array().unwrap();
    assert!(domains.iter().any(|domain| domain["name"] == "before.test"), "{domains:?}");
    assert_eq!(integration["version"], domains.len() + 1, "no half of a write");
    restored.stop().await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_backup_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let service = Harness::start_in(Place::file()).await;
    let to = service.place.directory.path().join("backup.sqlite");
    let key = backup(&service.place.config().database, None, &to).await.unwrap();
    for file in [to, key] {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
}

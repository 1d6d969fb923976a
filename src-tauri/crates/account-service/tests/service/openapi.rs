use crate::harness::{Answer, Harness};
use account_service::openapi;
use reqwest::Method;
use std::path::Path;

#[test]
fn the_committed_description_is_that_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/openapi.json");
    let current = serde_json::to_string_pretty(&openapi()).unwrap() + "\n";
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &current).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == current, "docs/openapi.json is out of date: run with UPDATE_OPENAPI=1");
}

#[tokio::test]
async fn the_description_is_served_and_names_routes_that_exist() {
    let service = Harness::start().await;
    let served = Answer::of(service.anonymous(Method::GET, "/api/v1/openapi.json")).await.ok();
    assert_eq!(served, serde_json::to_value(openapi()).unwrap());
    for (path, operations) in served["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            // A route that does not exist answers 404 or 405 before it asks who is there.
            Answer::of(service.anonymous(method, path)).await.problem(401, "unauthorized");
        }
    }
}

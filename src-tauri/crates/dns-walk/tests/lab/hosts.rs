//! Who a zone names as its DNS host.

use crate::common::{now, walker};
use dns_walk::{Config, Walker};
use std::sync::Arc;

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn the_dns_host_that_a_zone_names_is_found_through_an_alias_and_asked_over_https() {
    let texts = async |zone: &str| walker().texts_at(&format!("_domainconnect.{zone}")).await.unwrap();
    assert_eq!(texts("contoso.test").await, ["connect.dns.lab"]);
    assert_eq!(texts("followed.test").await, ["connect.dns.lab"], "an alias into another zone");
    assert_eq!(texts("healthy.test").await, [""; 0]);
    assert_eq!(
        walker().texts_at("_domainconnect.silent.test").await.unwrap_err().code,
        "domain-connect-unknown"
    );
    let bytes =
        walker().fetch("connect.dns.lab", "https://connect.dns.lab/v2/contoso.test/settings").await.unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains("\"providerName\""));
}

#[tokio::test]
#[ignore = "run inside the lab by the_lab"]
async fn a_host_that_a_zone_names_is_reached_within_limits() {
    let fetch = async |walker: Walker, host: &str, path: &str| {
        walker.fetch(host, &format!("https://{host}{path}")).await.unwrap_err()
    };
    let code = async |host: &str, path: &str| fetch(walker(), host, path).await.code;
    assert_eq!(code("connect.dns.lab", "/v2/unknown.test/settings").await, "domain-connect-refused");
    assert_eq!(code("connect.dns.lab", "/v2/large.test/settings").await, "domain-connect-too-long");
    assert_eq!(code("other.dns.lab", "/v2/contoso.test/settings").await, "domain-connect-untrusted");
    assert_eq!(code("closed.dns.lab", "/v2/contoso.test/settings").await, "domain-connect-silent");
    assert_eq!(code("nobody.dns.lab", "/v2/contoso.test/settings").await, "domain-connect-no-address");
    let elsewhere = fetch(walker(), "connect.dns.lab", "/v2/moved.test/settings").await;
    assert_eq!(elsewhere.code, "domain-connect-refused");
    assert!(elsewhere.evidence[0].value.contains("https://127.0.0.1/"), "it is not followed: {elsewhere:?}");
    let mut config = Config::from_env().unwrap();
    config.reaches_private = false;
    let outside = Walker::new(config, Arc::new(now));
    let private = fetch(outside, "connect.dns.lab", "/v2/contoso.test/settings").await;
    assert_eq!(
        (private.code.as_ref(), private.evidence[0].value.as_str()),
        ("domain-connect-private", "127.10.9.2")
    );
}

//! What may be told of a request: who seems to have sent it, and what it was about without names and values.

use account_api::ScimCaller;
use axum::http::{HeaderMap, Method, Uri, header};
use serde_json::Value;
use url::form_urlencoded;

/// Requests are as long as whoever asks makes them.
const LONGEST: usize = 200;

/// What stands for anything that may name somebody.
const LEFT_OUT: char = '…';

/// Parts of paths that are the same for everybody.
const KNOWN: [&str; 9] =
    ["scim", "v2", "Users", "Groups", "Bulk", ".search", "Schemas", "ResourceTypes", "ServiceProviderConfig"];

/// Method, path and filter. Ids that the service has given stay; the values of a filter, and whatever else somebody may
/// have put into the path, do not.
pub(crate) fn request(method: &Method, uri: &Uri) -> String {
    let path: Vec<String> = uri.path().split('/').map(segment).collect();
    let filter = query(uri).find(|(name, _)| name.eq_ignore_ascii_case("filter"));
    let filter = filter.map(|(_, text)| format!("?filter={}", without_values(&text))).unwrap_or_default();
    format!("{} {}{filter}", known_method(method), path.join("/")).chars().take(LONGEST).collect()
}

/// One operation of a bulk request.
pub(crate) fn operation(method: &str, endpoint: &str, id: Option<&str>) -> String {
    let id = id.map(|id| format!("/{}", segment(id))).unwrap_or_default();
    format!("{method} {endpoint}{id} in POST /scim/v2/Bulk")
}

fn segment(text: &str) -> String {
    let is_known = text.is_empty()
        || KNOWN.contains(&text)
        || uuid::Uuid::try_parse(text).is_ok()
        || (text.starts_with("urn:ietf:params:scim:") && text.len() < 100);
    if is_known { text.to_owned() } else { LEFT_OUT.to_string() }
}

fn known_method(method: &Method) -> &str {
    match *method {
        Method::GET | Method::POST | Method::PUT | Method::PATCH | Method::DELETE | Method::HEAD => {
            method.as_str()
        }
        _ => "…",
    }
}

/// A filter without what stands in quotation marks; one that cannot be read is left out whole, because nobody knows what
/// is a value in it.
fn without_values(filter: &str) -> String {
    if scim::Filter::parse(filter).is_err() {
        return LEFT_OUT.to_string();
    }
    let mut told = String::new();
    let (mut is_inside, mut is_escaped) = (false, false);
    for letter in filter.chars() {
        let ends = letter == '"' && !is_escaped;
        is_escaped = is_inside && letter == '\\' && !is_escaped;
        if ends {
            is_inside = !is_inside;
            told.push('"');
            if is_inside {
                told.push(LEFT_OUT);
            }
        } else if !is_inside {
            told.push(letter);
        }
    }
    told
}

fn query(uri: &Uri) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
}

/// Who asks, by what they call themselves, and by what only they put into a URL.
pub(crate) fn caller(headers: &HeaderMap, uri: &Uri) -> Option<ScimCaller> {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let agent = agent.to_ascii_lowercase();
    let calls_itself = |names: &[&str]| names.iter().any(|name| agent.contains(name));
    if calls_itself(&["okta"]) {
        return Some(ScimCaller::Okta);
    }
    if calls_itself(&["pingone", "ping identity", "pingidentity"]) {
        return Some(ScimCaller::PingOne);
    }
    let has = |name: &str| query(uri).any(|(key, _)| key.eq_ignore_ascii_case(name));
    // The flag is added to the tenant URL in Entra, and to nothing else.
    if calls_itself(&["azure", "entra", "microsoft"]) || has("aadOptscim062020") {
        return Some(ScimCaller::Entra);
    }
    let value = |name: &str| query(uri).find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    // Before anything else, Okta looks a user up by name in pages of a hundred.
    let looks_up = value("filter").is_some_and(|filter| filter.starts_with("userName eq "));
    (looks_up && value("count").as_deref() == Some("100")).then_some(ScimCaller::Okta)
}

/// Who has sent a body like that.
pub(crate) fn sender(body: &Value) -> Option<ScimCaller> {
    let elements = |name: &str| body[name].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_capital = |operation: &Value| {
        operation["op"].as_str().is_some_and(|op| matches!(op, "Add" | "Replace" | "Remove"))
    };
    if elements("Operations").iter().any(is_capital) || body["meta"]["resourceType"].is_string() {
        return Some(ScimCaller::Entra);
    }
    if elements("emails").iter().filter(|email| email["primary"] == true).count() > 1 {
        return Some(ScimCaller::PingOne);
    }
    let has_no_groups = body["groups"].as_array().is_some_and(Vec::is_empty);
    (has_no_groups && body["userName"].is_string()).then_some(ScimCaller::Okta)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(uri: &str) -> String {
        request(&Method::GET, &uri.parse().unwrap())
    }

    #[test]
    fn nobody_is_named_in_what_is_told() {
        let id = "3c1e8f0a-4b5d-4f6e-9a7b-2d8c1e0f3a4b";
        assert_eq!(told(&format!("/scim/v2/Users/{id}?x=ada")), format!("GET /scim/v2/Users/{id}"));
        assert_eq!(told("/scim/v2/Users/ada@contoso.test"), "GET /scim/v2/Users/…");
        let filter =
            "/scim/v2/Users?filter=userName%20eq%20%22a%5C%22da@b%22%20and%20active%20eq%20true&count=1";
        assert_eq!(told(filter), "GET /scim/v2/Users?filter=userName eq \"…\" and active eq true");
        assert_eq!(told("/scim/v2/Users?filter=userName%20is%20ada"), "GET /scim/v2/Users?filter=…");
        assert_eq!(
            told("/scim/v2/Schemas/urn:ietf:params:scim:x"),
            "GET /scim/v2/Schemas/urn:ietf:params:scim:x"
        );
        assert!(told(&format!("/{}", "a/".repeat(500))).chars().count() <= LONGEST);
        assert_eq!(operation("PUT", "/Users", Some("ada")), "PUT /Users/… in POST /scim/v2/Bulk");
    }

    #[test]
    fn callers_are_known_by_name_and_by_what_only_they_send() {
        let of = |agent: &str, uri: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, agent.parse().unwrap());
            caller(&headers, &uri.parse().unwrap())
        };
        assert_eq!(of("Okta SCIM Client 1.0.0", "/"), Some(ScimCaller::Okta));
        assert_eq!(of("PingOne/1", "/"), Some(ScimCaller::PingOne));
        assert_eq!(of("x", "/Users?aadOptscim062020"), Some(ScimCaller::Entra));
        let okta = "/Users?filter=userName%20eq%20%22a%22&startIndex=1&count=100";
        assert_eq!((of("x", okta), of("x", "/Users?count=100")), (Some(ScimCaller::Okta), None));
        for (body, expected) in [
            (json!({ "Operations": [{ "op": "Replace" }] }), Some(ScimCaller::Entra)),
            (json!({ "Operations": [{ "op": "replace" }] }), None),
            (json!({ "userName": "a", "meta": { "resourceType": "User" } }), Some(ScimCaller::Entra)),
            (json!({ "userName": "a", "groups": [] }), Some(ScimCaller::Okta)),
            (json!({ "emails": [{ "primary": true }, { "primary": true }] }), Some(ScimCaller::PingOne)),
            (json!({ "userName": "a", "emails": [{ "primary": true }] }), None),
            (json!([]), None),
        ] {
            assert_eq!(sender(&body), expected, "{body}");
        }
    }
}

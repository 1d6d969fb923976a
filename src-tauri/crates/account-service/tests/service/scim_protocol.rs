//! The rest of RFC 7644: versions, order, bulk requests; and what Okta and Microsoft look at before they accept a service.

use crate::harness::{Answer, Harness};
use crate::provisioning::{Client, refusal};
use reqwest::Method;
use serde_json::{Value, json};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

async fn with(
    client: &Client<'_>,
    method: Method,
    path: &str,
    header: (&str, &str),
    body: Option<Value>,
) -> Answer {
    let request = client.service.anonymous(method, &format!("/scim/v2{path}")).bearer_auth(&client.token);
    let request = request.header(header.0, header.1);
    Answer::of(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

#[tokio::test]
async fn a_change_can_be_based_on_a_version() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let created = client.post("/Users", json!({ "userName": "ada" })).await;
    assert_eq!(created.header("etag"), "W/\"1\"");
    let path = format!("/Users/{}", created.json()["id"].as_str().unwrap());
    assert_eq!(client.get(&path).await.header("etag"), "W/\"1\"");

    let same = with(&client, Method::GET, &path, ("If-None-Match", "W/\"1\""), None).await;
    assert_eq!((same.status, same.text.as_str(), same.header("etag")), (304, "", "W/\"1\""));
    let other = with(&client, Method::GET, &path, ("If-None-Match", "W/\"7\""), None).await;
    assert_eq!(other.ok()["userName"], "ada");

    let title = |title: &str| json!({ "Operations": [{ "op": "replace", "path": "title", "value": title }] });
    let stale = ("If-Match", "W/\"7\"");
    refusal(&with(&client, Method::PATCH, &path, stale, Some(title("A"))).await, 412, None);
    refusal(&with(&client, Method::PUT, &path, stale, Some(json!({ "userName": "x" }))).await, 412, None);
    refusal(&with(&client, Method::DELETE, &path, stale, None).await, 412, None);
    assert_eq!(client.get(&path).await.ok(), created.json(), "nothing was changed");

    let fresh = with(&client, Method::PATCH, &path, ("If-Match", "W/\"1\""), Some(title("B"))).await;
    assert_eq!((fresh.header("etag"), &fresh.json()["title"]), ("W/\"2\"", &json!("B")));
    assert_eq!(with(&client, Method::DELETE, &path, ("If-Match", "*"), None).await.status, 204);
}

#[tokio::test]
async fn a_user_in_another_group_is_another_version_to_a_reader_and_none_to_a_change() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let id = client.user("ada").await;
    let path = format!("/Users/{id}");
    let group = format!("/Groups/{}", client.group("Engineers").await);
    let joins = json!([{ "op": "add", "path": "members", "value": [{ "value": id }] }]);
    client.patch(&group, joins).await.done();
    let alone = ("If-None-Match", "W/\"1\"");
    let member = with(&client, Method::GET, &path, alone, None).await;
    assert_eq!(member.ok()["groups"][0]["display"], "Engineers");
    let tag = member.header("etag");
    assert!(tag.starts_with("W/\"1-"), "{tag}");
    assert_eq!(member.json()["meta"]["version"], tag);
    let listed = client.get("/Users").await.ok();
    assert_eq!(listed["Resources"][0]["meta"]["version"], tag);
    assert_eq!(with(&client, Method::GET, &path, ("If-None-Match", tag), None).await.status, 304);
    let renamed = json!([{ "op": "replace", "path": "displayName", "value": "Staff" }]);
    client.patch(&group, renamed).await.done();
    let renamed = with(&client, Method::GET, &path, ("If-None-Match", tag), None).await;
    assert_eq!(renamed.ok()["groups"][0]["display"], "Staff");
    // The change is of the user, who has not changed since any of them.
    let title = json!({ "Operations": [{ "op": "replace", "path": "title", "value": "Countess" }] });
    let changed = with(&client, Method::PATCH, &path, ("If-Match", tag), Some(title.clone())).await;
    assert_eq!(changed.ok()["meta"]["version"], changed.header("etag"));
    assert!(changed.header("etag").starts_with("W/\"2-"), "{changed:?}");
    refusal(&with(&client, Method::PATCH, &path, ("If-Match", tag), Some(title)).await, 412, None);
    client.send(Method::DELETE, &group, None).await.done();
    assert_eq!(client.get(&path).await.header("etag"), "W/\"2\"");
}

#[tokio::test]
async fn a_list_comes_in_the_order_that_is_asked_for() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    for (name, family) in [("carol", "B"), ("Alice", "C"), ("bob", "A")] {
        client.post("/Users", json!({ "userName": name, "name": { "familyName": family } })).await.ok();
    }
    client.group("Administrators").await;
    let names = |list: Value| -> Vec<String> {
        let resources = list["Resources"].as_array().unwrap().clone();
        resources.iter().map(|one| one["userName"].as_str().unwrap_or("-").to_owned()).collect()
    };
    let of = async |query: &str| names(client.get(&format!("/Users?{query}")).await.ok());
    assert_eq!(of("sortBy=userName").await, ["Alice", "bob", "carol"]);
    assert_eq!(of("sortBy=userName&sortOrder=descending").await, ["carol", "bob", "Alice"]);
    assert_eq!(of("sortBy=name.familyName&startIndex=2&count=1").await, ["carol"]);
    assert_eq!(of("sortBy=userName&filter=userName%20co%20%22o%22").await, ["bob", "carol"]);
    let page = client.get("/Users?sortBy=userName&count=1&attributes=userName").await.ok();
    assert_eq!((&page["totalResults"], &page["itemsPerPage"]), (&json!(3), &json!(1)));
    assert_eq!(page["Resources"][0].get("name"), None);
    let search = json!({ "sortBy": "meta.resourceType", "sortOrder": "ascending" });
    assert_eq!(names(client.post("/.search", search).await.ok())[0], "-", "groups before users");
    refusal(&client.get("/Users?sortBy=userName&sortOrder=up").await, 400, Some("invalidValue"));
}

#[tokio::test]
async fn several_operations_come_in_one_request() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let grace = client.user("grace").await;
    let done = client
        .post(
            "/Bulk",
            json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
                "Operations": [
                    { "method": "POST", "path": "/Groups", "bulkId": "g", "data": {
                        "displayName": "Engineers", "members": [{ "value": "bulkId:u" }, { "value": grace }] } },
                    { "method": "POST", "path": "/Users", "bulkId": "u", "data": { "userName": "ada" } },
                    { "method": "PATCH", "path": "/Users/bulkId:u", "data": {
                        "Operations": [{ "op": "add", "path": "title", "value": "Countess" }] } },
                    { "method": "PATCH", "path": format!("/Users/{grace}"), "version": "W/\"7\"", "data": {
                        "Operations": [{ "op": "add", "path": "title", "value": "x" }] } },
                    { "method": "POST", "path": "/Users", "bulkId": "again", "data": { "userName": "ADA" } },
                    { "method": "POST", "path": "/Groups", "bulkId": "h", "data": {
                        "displayName": "Nobody", "members": [{ "value": "bulkId:nobody" }] } },
                    { "method": "DELETE", "path": "/Users/nobody" }
                ]
            }),
        )
        .await
        .ok();
    let operations = done["Operations"].as_array().unwrap();
    let statuses: Vec<&str> = operations.iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["201", "201", "200", "412", "409", "409", "404"], "{done:#}");
    assert_eq!((&operations[2]["version"], &operations[0]["bulkId"]), (&json!("W/\"2\""), &json!("g")));
    assert_eq!(operations[4]["response"]["scimType"], "uniqueness");
    let location = operations[0]["location"].as_str().unwrap();
    let group = location.rsplit('/').next().unwrap();
    assert_eq!(client.members(group).await.len(), 2);
    let ada = client.found("/Users", "userName eq \"ada\"").await;
    assert_eq!(ada["Resources"][0]["title"], "Countess");

    let stops = json!({ "failOnErrors": 1, "Operations": [
        { "method": "DELETE", "path": "/Users/nobody" },
        { "method": "DELETE", "path": format!("/Users/{grace}") }
    ] });
    let stopped = client.post("/Bulk", stops).await.ok();
    assert_eq!(stopped["Operations"].as_array().unwrap().len(), 1);
    assert_eq!(client.get(&format!("/Users/{grace}")).await.status, 200);
    refusal(
        &client.post("/Bulk", json!({ "Operations": [{ "method": "GET" }] })).await,
        400,
        Some("invalidSyntax"),
    );
    refusal(&client.post("/Bulk", json!({ "Operations": vec![json!({}); 1001] })).await, 413, None);
}

/// What Okta's own test of a SCIM service looks at.
#[tokio::test]
async fn okta_accepts_the_service() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let user = |name: &str| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "userName": name,
            "name": { "givenName": "Ada", "familyName": "Lovelace" },
            "emails": [{ "primary": true, "value": name, "type": "work" }],
            "displayName": "Ada Lovelace",
            "active": true
        })
    };
    let created = client.post("/Users", user("ada@contoso.test")).await;
    assert_eq!((created.status, created.header("content-type")), (201, "application/scim+json"));
    let created = created.json();
    assert!(["id", "name", "active", "schemas"].iter().all(|name| created.get(name).is_some()), "{created}");

    let first = client.get("/Users?count=1&startIndex=1").await.ok();
    let one = &first["Resources"][0];
    assert_eq!(first["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:ListResponse"]));
    assert!(
        ["itemsPerPage", "startIndex", "totalResults"].iter().all(|name| first[name].is_u64()),
        "{first}"
    );
    let pointers = ["/id", "/name/familyName", "/name/givenName", "/userName", "/emails/0/value"];
    assert!(pointers.iter().all(|pointer| one.pointer(pointer).is_some_and(Value::is_string)), "{one}");
    assert!(one["active"].is_boolean());
    let by_id = client.get(&format!("/Users/{}", one["id"].as_str().unwrap())).await.ok();
    assert_eq!(by_id, *one);

    assert_eq!(client.found("/Users", "userName eq \"nobody@contoso.test\"").await["totalResults"], 0);
    refusal(&client.get("/Users/010101001010101011001010101011").await, 404, None);
    assert_eq!(client.found("/Users", "userName eq \"ADA@contoso.test\"").await["totalResults"], 1);
    refusal(&client.post("/Users", user("ada@contoso.test")).await, 409, Some("uniqueness"));
    let media =
        with(&client, Method::POST, "/Users", ("Content-Type", "application/scim+json; charset=utf-8"), None)
            .await;
    refusal(&media, 400, Some("invalidSyntax"));
    assert!(client.get("/Groups").await.ok()["Resources"].is_array());
}

/// What Microsoft's validation of a SCIM service looks at, as far as it can be replayed.
#[tokio::test]
async fn microsoft_accepts_the_service() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    for number in 0..12 {
        client.user(&format!("user{number:02}@contoso.test")).await;
    }
    let mut seen = std::collections::BTreeSet::new();
    for start in [1, 6, 11] {
        let page = client.get(&format!("/Users?startIndex={start}&count=5")).await.ok();
        let ids = page["Resources"].as_array().unwrap().iter();
        seen.extend(ids.map(|user| user["id"].as_str().unwrap().to_owned()));
    }
    assert_eq!(seen.len(), 12, "nobody is missing, nobody comes twice");

    let manager = seen.first().unwrap().clone();
    let mut body = json!({
        "userName": "ada@contoso.test",
        "externalId": "0a1b",
        "active": true,
        "displayName": "Ada",
        "title": "Countess",
        "preferredLanguage": "en-GB",
        "name": { "givenName": "Ada", "familyName": "Lovelace", "formatted": "Ada Lovelace" },
        "emails": [{ "type": "work", "value": "ada@contoso.test", "primary": true }],
        "phoneNumbers": [{ "type": "work", "value": "1" }, { "type": "mobile", "value": "2" }],
        "addresses": [{ "type": "work", "country": "GB", "locality": "London", "streetAddress": "1 St." }]
    });
    body[ENTERPRISE] =
        json!({ "employeeNumber": "1", "department": "Engines", "manager": { "value": manager } });
    let created = client.post("/Users", body.clone()).await.ok();
    for (name, value) in body.as_object().unwrap() {
        assert_eq!(created[name], *value, "{name} comes back as it was sent");
    }
    let path = format!("/Users/{}", created["id"].as_str().unwrap());
    let patch = async |operation: Value| client.patch(&path, json!([operation])).await.ok();
    let urn = format!("{ENTERPRISE}:manager");
    for (operation, expected) in [
        (json!({ "op": "Replace", "path": urn, "value": "" }), Value::Null),
        (json!({ "op": "Add", "path": urn, "value": manager }), json!(manager)),
        (json!({ "op": "Replace", "path": urn, "value": "other" }), json!("other")),
        (json!({ "op": "Remove", "path": urn }), Value::Null),
    ] {
        let user = patch(operation.clone()).await;
        assert_eq!(user[ENTERPRISE]["manager"]["value"], expected, "{operation}");
    }
    for (path, value) in [
        ("title", json!("")),
        ("displayName", json!(null)),
        ("addresses[type eq \"work\"].country", json!("")),
    ] {
        patch(json!({ "op": "Replace", "path": path, "value": value })).await;
    }
    let cleared = client.get(&path).await.ok();
    assert_eq!((cleared.get("title"), cleared.get("displayName")), (None, None));
    assert_eq!(
        cleared["addresses"],
        json!([{ "type": "work", "locality": "London", "streetAddress": "1 St." }])
    );

    assert_eq!(patch(json!({ "op": "Replace", "path": "active", "value": "False" })).await["active"], false);
    let found = client.found("/Users", "userName eq \"ada@contoso.test\" and active eq false").await;
    assert_eq!(found["totalResults"], 1, "who is switched off is there still");

    let schemas = client.get("/Schemas").await.ok();
    let described = |schema: &str, attribute: &str| {
        let schemas = schemas["Resources"].as_array().unwrap();
        let schema = schemas.iter().find(|one| one["name"] == schema).unwrap();
        schema["attributes"].as_array().unwrap().iter().any(|one| one["name"] == attribute)
    };
    for name in
        body.as_object().unwrap().keys().filter(|name| !["externalId", ENTERPRISE].contains(&name.as_str()))
    {
        assert!(described("User", name), "{name}");
    }
    assert!(described("EnterpriseUser", "manager") && described("Group", "members"));
    let group = client.group("Engineers").await;
    let ids: Vec<Value> = seen.iter().map(|id| json!({ "value": id })).collect();
    let add = json!([{ "op": "Add", "path": "members", "value": ids }]);
    client.patch(&format!("/Groups/{group}"), add).await.done();
    assert_eq!(client.members(&group).await.len(), 12);
}

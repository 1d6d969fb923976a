use crate::harness::{Answer, Harness};
use reqwest::Method;
use serde_json::{Value, json};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// A client of the SCIM server, as an identity provider is one.
pub(crate) struct Client<'a> {
    pub(crate) service: &'a Harness,
    pub(crate) token: String,
}

impl<'a> Client<'a> {
    pub(crate) async fn of(service: &'a Harness) -> Self {
        let issued = service.post("/scim/token", Value::Null).await.ok();
        Self { service, token: issued["token"].as_str().unwrap().to_owned() }
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.service.anonymous(method, &format!("/scim/v2{path}")).bearer_auth(&self.token);
        let request = match body {
            Some(body) => request.header("Content-Type", "application/scim+json").body(body.to_string()),
            None => request,
        };
        let answer = Answer::of(request).await;
        if answer.status != 204 {
            assert_eq!(answer.header("content-type"), "application/scim+json", "{answer:?}");
        }
        answer
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn found(&self, path: &str, filter: &str) -> Value {
        let filter: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        self.get(&format!("{path}?filter={filter}")).await.ok()
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, operations: Value) -> Answer {
        let schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
        self.send(Method::PATCH, path, Some(json!({ "schemas": schemas, "Operations": operations }))).await
    }

    pub(crate) async fn user(&self, name: &str) -> String {
        let created = self.post("/Users", json!({ "userName": name, "displayName": name })).await;
        assert_eq!(created.status, 201);
        created.json()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn group(&self, name: &str) -> String {
        let created = self.post("/Groups", json!({ "displayName": name })).await;
        assert_eq!(created.status, 201);
        created.json()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn members(&self, group: &str) -> Vec<String> {
        let group = self.get(&format!("/Groups/{group}")).await.ok();
        let members = group["members"].as_array().unwrap();
        members.iter().map(|member| member["value"].as_str().unwrap().to_owned()).collect()
    }
}

pub(crate) fn refusal(answer: &Answer, status: u16, kind: Option<&str>) {
    assert_eq!(answer.status, status, "{answer:?}");
    let body = answer.json();
    assert_eq!(body["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:Error"]));
    assert_eq!(body["status"], status.to_string());
    assert_eq!(body.get("scimType").and_then(Value::as_str), kind);
}

#[tokio::test]
async fn a_cycle_as_entra_sends_it() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let probe = client.found("/Users", r#"userName eq "2d1b6c1c-8a6a-4f65-a19e-4fb7d2a4b8f0""#).await;
    assert_eq!((&probe["totalResults"], &probe["Resources"]), (&json!(0), &json!([])));

    let created = client
        .post(
            "/Users?aadOptscim062020",
            json!({
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
                "externalId": "0a1b2c3d-oid",
                "userName": "Ada@contoso.test",
                "active": true,
                "displayName": "Ada Lovelace",
                "emails": [{ "primary": true, "type": "work", "value": "Ada@contoso.test" }],
                "meta": { "resourceType": "User" },
                "name": { "formatted": "Ada Lovelace", "familyName": "Lovelace", "givenName": "Ada" }
            }),
        )
        .await;
    assert_eq!(created.status, 201);
    let user = created.json();
    let id = user["id"].as_str().unwrap().to_owned();
    let location = format!("http://localhost:{}/scim/v2/Users/{id}", service.running.local_addr().port());
    assert_eq!(
        (created.header("location"), &user["meta"]["location"]),
        (location.as_str(), &json!(location))
    );
    assert_eq!(user["meta"]["created"], "2026-11-22T12:00:00Z");
    assert_eq!(user["externalId"], "0a1b2c3d-oid");
    assert_eq!(client.found("/Users", r#"userName eq "ada@CONTOSO.test""#).await["Resources"][0], user);
    assert_eq!(client.found("/Users", r#"externalId eq "0a1b2c3d-oid""#).await["totalResults"], 1);
    let both = r#"userName eq "ada@contoso.test" and externalId eq "other""#;
    assert_eq!(client.found("/Users", both).await["totalResults"], 0);

    let again = client.post("/Users", json!({ "userName": "ADA@contoso.test" })).await;
    refusal(&again, 409, Some("uniqueness"));

    let changed = client
        .patch(
            &format!("/Users/{id}"),
            json!([
                { "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "ada@fabrikam.test" },
                { "op": "Add", "path": format!("{ENTERPRISE}:manager"), "value": "m1" },
                { "op": "Replace", "path": "active", "value": "False" }
            ]),
        )
        .await
        .ok();
    assert_eq!(changed["active"], false);
    assert_eq!(changed["emails"][0]["value"], "ada@fabrikam.test");
    assert_eq!(changed[ENTERPRISE]["manager"]["value"], "m1");
    assert_eq!(changed["meta"]["version"], "W/\"2\"");

    assert_eq!(client.send(Method::DELETE, &format!("/Users/{id}"), None).await.status, 204);
    refusal(&client.get(&format!("/Users/{id}")).await, 404, None);
    refusal(&client.send(Method::DELETE, &format!("/Users/{id}"), None).await, 404, None);
}

#[tokio::test]
async fn members_come_and_go() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let (ada, grace) = (client.user("ada").await, client.user("grace").await);
    let group = client.group("Engineers").await;
    let path = format!("/Groups/{group}");
    let add = json!([{ "op": "Add", "path": "members", "value": [{ "value": ada }, { "value": grace }, { "value": "unknown" }] }]);
    let added = client.patch(&path, add.clone()).await;
    added.done();
    assert_eq!((added.status, added.header("etag"), added.text.as_str()), (204, "W/\"2\"", ""));
    let again = client.patch(&path, add).await;
    again.done();
    assert_eq!(again.header("etag"), "W/\"2\"", "nothing has changed");
    assert_eq!(client.members(&group).await.len(), 2);
    let remove = json!([{ "op": "Remove", "path": "members", "value": [{ "value": ada }] }]);
    client.patch(&path, remove).await.done();
    assert_eq!(client.members(&group).await, [grace.as_str()]);
    client
        .patch(&path, json!([{ "op": "add", "path": "members", "value": [{ "value": ada }] }]))
        .await
        .done();
    let remove = json!([{ "op": "remove", "path": format!("members[value eq \"{grace}\"]") }]);
    client.patch(&path, remove).await.done();
    assert_eq!(client.members(&group).await, [ada.as_str()]);

    let without = client.get(&format!("{path}?excludedAttributes=members")).await.ok();
    assert_eq!(without.get("members"), None);
    let listed = client.get("/Groups?excludedAttributes=members").await.ok();
    assert_eq!(listed["Resources"][0], without);
    assert_eq!(client.found("/Groups", &format!("members eq \"{ada}\"")).await["totalResults"], 1);
    let both = format!(r#"displayName eq "engineers" and members[value eq "{grace}"]"#);
    assert_eq!(client.found("/Groups", &both).await["totalResults"], 0);

    assert_eq!(client.send(Method::DELETE, &format!("/Users/{ada}"), None).await.status, 204);
    assert_eq!(client.get(&path).await.ok()["members"], json!([]));
    refusal(&client.post("/Groups", json!({ "displayName": "ENGINEERS" })).await, 409, Some("uniqueness"));
}

#[tokio::test]
async fn a_user_says_which_groups_they_are_in() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let (ada, grace) = (client.user("ada").await, client.user("grace").await);
    let group = client.group("Engineers").await;
    let add = json!([{ "op": "add", "path": "members", "value": [{ "value": ada }] }]);
    client.patch(&format!("/Groups/{group}"), add).await.done();
    let path = format!("/Users/{ada}");
    let user = client.get(&path).await.ok();
    let reference = format!("{}/scim/v2/Groups/{group}", service.running.service.public_url());
    let expected = json!([{ "value": group, "$ref": reference, "display": "Engineers", "type": "direct" }]);
    assert_eq!(user["groups"], expected);
    assert_eq!(client.get(&format!("/Users/{grace}")).await.ok().get("groups"), None);
    for filter in [
        "groups.value eq \"GROUP\"",
        "groups[display eq \"engineers\"]",
        "not (userName eq \"grace\") and groups pr",
    ] {
        let found = client.found("/Users", &filter.replace("GROUP", &group)).await;
        assert_eq!((&found["totalResults"], &found["Resources"][0]), (&json!(1), &user), "{filter}");
    }
    let sorted = client.get("/Users?sortBy=userName&sortOrder=descending").await.ok();
    assert_eq!((&sorted["Resources"][1], &sorted["Resources"][0]["userName"]), (&user, &json!("grace")));
    assert_eq!(client.get("/Users?excludedAttributes=groups").await.ok()["Resources"][0].get("groups"), None);
    // What is told here is changed at the group only.
    let replaced = json!({ "userName": "ada", "groups": [{ "value": "other" }] });
    let replaced = client.send(Method::PUT, &path, Some(replaced)).await.ok();
    assert_eq!(replaced["groups"], expected);
    let patch = json!([{ "op": "remove", "path": "groups" }]);
    refusal(&client.patch(&path, patch).await, 400, Some("mutability"));
    assert_eq!(client.send(Method::DELETE, &format!("/Groups/{group}"), None).await.status, 204);
    assert_eq!(client.get(&path).await.ok().get("groups"), None);
}

#[tokio::test]
async fn a_change_is_answered_with_the_attributes_that_are_asked_for() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let names = |resource: &Value| {
        let mut names: Vec<String> = resource.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    let body = json!({ "userName": "ada", "title": "Countess" });
    let created = client.post("/Users?attributes=userName", body.clone()).await;
    assert_eq!(
        (created.status, names(&created.json())),
        (201, vec!["id".into(), "schemas".into(), "userName".into()])
    );
    assert!(created.header("location").ends_with(created.json()["id"].as_str().unwrap()));
    let path = format!("/Users/{}", created.json()["id"].as_str().unwrap());
    let replaced =
        client.send(Method::PUT, &format!("{path}?excludedAttributes=title,meta"), Some(body)).await.ok();
    assert_eq!(
        (replaced.get("title"), replaced.get("meta"), &replaced["userName"]),
        (None, None, &json!("ada"))
    );
    let patch = json!([{ "op": "replace", "path": "title", "value": "Lady" }]);
    let patched = client.patch(&format!("{path}?attributes=title"), patch).await.ok();
    assert_eq!((&patched["title"], patched.get("userName")), (&json!("Lady"), None));
    // A change of members is answered without a body, unless attributes are asked for.
    let group = client.group("Engineers").await;
    let add = json!([{ "op": "add", "path": "members", "value": [{ "value": created.json()["id"] }] }]);
    let told = client.patch(&format!("/Groups/{group}?attributes=members"), add).await;
    assert_eq!((told.status, told.header("etag")), (200, "W/\"2\""));
    assert_eq!(told.json()["members"][0]["value"], created.json()["id"]);
}

#[tokio::test]
async fn a_whole_resource_is_replaced() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let ada = client.user("ada").await;
    let path = format!("/Users/{ada}");
    client
        .patch(&path, json!([{ "op": "replace", "value": { "active": false, "title": "Countess" } }]))
        .await
        .ok();
    let replaced = client.send(Method::PUT, &path, Some(json!({ "id": "x", "userName": "ada2" }))).await.ok();
    assert_eq!((&replaced["userName"], &replaced["id"]), (&json!("ada2"), &json!(ada)));
    assert_eq!(replaced.get("title"), None);
    assert_eq!(replaced["active"], false, "nobody gets in again by being left out");
    client.user("grace").await;
    let taken = client.send(Method::PUT, &path, Some(json!({ "userName": "GRACE" }))).await;
    refusal(&taken, 409, Some("uniqueness"));
}

#[tokio::test]
async fn lists_come_in_pages() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    for number in 0..11 {
        client.user(&format!("user{number:02}@contoso.test")).await;
    }
    let mut names = Vec::new();
    for start in [1, 6, 11] {
        let page = client.get(&format!("/Users?startIndex={start}&count=5")).await.ok();
        assert_eq!((&page["totalResults"], &page["startIndex"]), (&json!(11), &json!(start)));
        let resources = page["Resources"].as_array().unwrap();
        assert_eq!(page["itemsPerPage"], resources.len());
        names.extend(resources.iter().map(|user| user["userName"].as_str().unwrap().to_owned()));
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 11);
    let none = client.get("/Users?count=0&filter=").await.ok();
    assert_eq!((&none["totalResults"], &none["Resources"]), (&json!(11), &json!([])));
    assert_eq!(client.get("/Users?startIndex=-3&count=2").await.ok()["startIndex"], 1);
    assert_eq!(client.get("/Users?count=1&count=2").await.ok()["itemsPerPage"], 2);
    let search = json!({ "filter": "userName sw \"user0\"", "count": 3, "attributes": ["userName"] });
    let found = client.post("/Users/.search", search).await.ok();
    assert_eq!((&found["totalResults"], &found["itemsPerPage"]), (&json!(10), &json!(3)));
    assert_eq!(found["Resources"][0].as_object().unwrap().len(), 3, "schemas, id and userName");
    client.group("Engineers").await;
    let everything = client.post("/.search", json!({ "startIndex": 11, "count": 5 })).await.ok();
    assert_eq!(everything["totalResults"], 12);
    let kinds =
        everything["Resources"].as_array().unwrap().iter().map(|one| one["meta"]["resourceType"].clone());
    assert_eq!(Vec::from_iter(kinds), ["User", "Group"]);
    refusal(&client.get("/Users?count=many").await, 400, Some("invalidValue"));
    let filtered = client.get("/Users?filter=userName%20sw%20%22user0%22&startIndex=10&count=5").await.ok();
    assert_eq!((&filtered["totalResults"], &filtered["itemsPerPage"]), (&json!(10), &json!(1)));
}

#[tokio::test]
async fn what_cannot_be_done_is_said_in_scim() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let ada = client.user("ada").await;
    refusal(&client.get("/Users?filter=userName%20is%20x").await, 400, Some("invalidFilter"));
    refusal(&client.post("/Users", json!({})).await, 400, Some("invalidValue"));
    refusal(&client.post("/Users", json!([])).await, 400, Some("invalidSyntax"));
    refusal(&client.get("/Nothing").await, 404, None);
    refusal(&client.get("/Users/%FF").await, 404, None);
    refusal(&client.post("/Users/.search", json!([])).await, 400, Some("invalidSyntax"));
    refusal(&client.send(Method::PUT, "/Users", None).await, 405, None);
    let shoe = json!([{ "op": "add", "path": "shoeSize", "value": "44" }]);
    refusal(&client.patch(&format!("/Users/{ada}"), shoe).await, 400, Some("invalidPath"));
    refusal(&client.patch("/Users/nobody", json!([])).await, 404, None);
    let request = service.anonymous(Method::POST, "/scim/v2/Users").bearer_auth(&client.token);
    refusal(&Answer::of(request.body("{")).await, 400, Some("invalidSyntax"));
    let request = service.anonymous(Method::POST, "/scim/v2/Users").bearer_auth(&client.token);
    refusal(&Answer::of(request.body("x".repeat(2 * 1024 * 1024 + 1))).await, 413, None);
}

#[tokio::test]
async fn only_the_current_token_of_the_account_opens() {
    let service = Harness::start().await;
    let old = Client::of(&service).await;
    old.user("ada").await;
    let new = Client::of(&service).await;
    refusal(&old.get("/Users").await, 401, None);
    refusal(&Answer::of(service.anonymous(Method::GET, "/scim/v2/Schemas")).await, 401, None);
    let access_token = service.anonymous(Method::GET, "/scim/v2/Users").bearer_auth(&service.token);
    refusal(&Answer::of(access_token).await, 401, None);
    let settings = service.anonymous(Method::GET, "/api/v1/me").bearer_auth(&new.token);
    Answer::of(settings).await.problem(401, "unauthorized");
    assert_eq!(new.get("/Users").await.ok()["totalResults"], 1);

    service.put("/scim", json!({ "enabled": false })).await.ok();
    refusal(&new.get("/Users").await, 403, None);
}

#[tokio::test]
async fn accounts_see_nothing_of_each_other() {
    let service = Harness::start().await;
    let contoso = Client::of(&service).await;
    let ada = contoso.user("ada").await;
    let group = contoso.group("Engineers").await;

    let inner = &service.running.service;
    inner.ensure_owner("eve@fabrikam.test", "Fabrikam", Some("fabrikam")).await.unwrap();
    let access = inner.issue_access_token("eve@fabrikam.test").await.unwrap();
    let issue =
        service.anonymous(Method::POST, "/api/v1/accounts/fabrikam/scim/token").bearer_auth(access.expose());
    let issue = issue.header("If-Match", "\"1\"");
    let token = Answer::of(issue).await.ok()["token"].as_str().unwrap().to_owned();
    let fabrikam = Client { service: &service, token };
    assert_eq!(fabrikam.get("/Users").await.ok()["totalResults"], 0);
    for path in [format!("/Users/{ada}"), format!("/Groups/{group}")] {
        refusal(&fabrikam.get(&path).await, 404, None);
        refusal(&fabrikam.patch(&path, json!([])).await, 404, None);
        refusal(&fabrikam.send(Method::DELETE, &path, None).await, 404, None);
    }
    let own = fabrikam.group("Engineers").await;
    let add = json!([{ "op": "add", "path": "members", "value": [{ "value": ada }] }]);
    fabrikam.patch(&format!("/Groups/{own}"), add).await.done();
    assert!(fabrikam.members(&own).await.is_empty(), "a user of another account is nobody");
    fabrikam.user("ada").await;
}

#[tokio::test]
async fn the_account_sees_who_has_arrived() {
    let service = Harness::start().await;
    let nothing = service.read("/arrivals").await.ok();
    let expected = json!({ "user_count": 0, "group_count": 0, "users": [], "groups": [], "last_call": null });
    assert_eq!(nothing, expected);
    let client = Client::of(&service).await;
    let version = service.version().await;
    let ada = client.user("ada@contoso.test").await;
    let group = client.group("Parallels Admins").await;
    let add = json!([{ "op": "add", "path": "members", "value": [{ "value": ada }] }]);
    client.patch(&format!("/Groups/{group}?aadOptscim062020"), add).await.done();
    let arrivals = service.read("/arrivals").await.ok();
    let user = json!({
        "user_name": "ada@contoso.test",
        "display_name": "ada@contoso.test",
        "external_id": null,
        "active": true
    });
    assert_eq!((&arrivals["user_count"], &arrivals["users"]), (&json!(1), &json!([user])));
    assert_eq!(
        arrivals["groups"],
        json!([{ "display_name": "Parallels Admins", "external_id": null, "member_count": 1 }])
    );
    assert_eq!(arrivals["last_call"]["request"], format!("PATCH /scim/v2/Groups/{group}"));
    assert_eq!(arrivals["last_call"]["status"], 204);
    let integration = service.integration().await;
    assert_eq!(integration["scim"]["token"]["used_at"], "2026-11-22T12:00:00Z");
    assert_eq!(integration["version"], version, "arrivals are no change of the settings");
}

#[tokio::test]
async fn the_server_says_what_it_can_do() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let config = client.get("/ServiceProviderConfig").await.ok();
    assert_eq!(config["patch"]["supported"], true);
    let types = client.get("/ResourceTypes").await.ok();
    assert_eq!((&types["totalResults"], &types["Resources"][1]["endpoint"]), (&json!(2), &json!("/Groups")));
    assert_eq!(client.get("/ResourceTypes/User").await.ok()["schemaExtensions"][0]["schema"], ENTERPRISE);
    assert_eq!(client.get("/Schemas").await.ok()["totalResults"], 3);
    let group = client.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group").await.ok();
    assert_eq!(group["attributes"][0]["name"], "displayName");
    refusal(&client.get("/Schemas/urn:nothing").await, 404, None);
}

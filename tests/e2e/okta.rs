//! Parallels My Account with Okta, from nothing to Active, as its guide leads through it; by keyboard alone.

use crate::app::App;
use crate::desktop;
use crate::journey::{
    ADMINS, Groups, activate_and_deactivate, backup_login, both_groups, mark, new_project, now, one_domain,
    save_groups, save_saml, settled,
};
use crate::provisioner::{GROUP, Provisioner, USER};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const GROUPS: Groups = Groups {
    name: "Name in Okta",
    id: "Group ID",
    admins: "00g1abcdefGHIJKLMN5d",
    users: "00g2abcdefGHIJKLMN5d",
};
const ADA: &str = "00u1abcdefGHIJKLMN5d";
const BOB: &str = "00u2abcdefGHIJKLMN5d";

pub(crate) async fn to_active(folder: &Path) {
    let app = App::start_by_keyboard(&folder.join("data")).await;
    new_project(&app, "Okta").await;
    one_domain(&app).await;
    app_registration(&app, folder).await;
    groups(&app).await;
    saml(&app).await;
    let okta = scim(&app).await;
    users(&app, &okta).await;
    backup_login(&app).await;
    activate_and_deactivate(&app).await;
    app.close().await;
}

/// Step 2 carries the SAML settings: what the portal has is compared, and its metadata comes back.
async fn app_registration(app: &App, folder: &Path) {
    app.go_to("App registration").await;
    app.type_into("Name of the application", "Parallels My Account").await;
    app.see("Single sign-on URL").await;
    app.press("Compare what is in the portal").await;
    app.type_into("displayName", "displayname").await;
    app.see("Differs in capital letters").await;
    app.type_into("displayName", "displayName").await;
    app.see("The same to the letter").await;
    app.press("Choose file…").await;
    desktop::answer_file_dialog(&metadata_file(folder)).await;
    app.see("Read. Step 4 shows what it says.").await;
    app.tick("The application is in the list of Applications").await;
    app.tick("has My Account’s two values").await;
    app.tick("The three attribute statements and the group attribute statement").await;
    mark(app).await;
    settled(app, "App registration", "Done, by your word").await;
}

/// The box under *Optional*, saved as a file.
fn metadata_file(folder: &Path) -> PathBuf {
    let begin = now().plus(-time::Duration::days(30));
    let certificate = test_support::certificate("contoso", begin, begin.plus(time::Duration::days(1000)));
    let metadata =
        test_support::metadata::okta("contoso", "contoso_parallels_1", "exk1fcia6d6EMsf331d8", &certificate);
    let file = folder.join("okta.xml");
    std::fs::write(&file, metadata).unwrap();
    file
}

/// The transit group is seen as a picture and as its table; its rule has to be active.
async fn groups(app: &App) {
    app.go_to("Groups").await;
    app.see_element("//figure//*[local-name()='svg'][@role='img']").await;
    app.press("Show the picture as a table").await;
    app.see("Group rule (active)").await;
    both_groups(app, &GROUPS).await;
    app.tick("The transit group has the application").await;
    app.see("To confirm: The rule is in the list with the status Active").await;
    settled(app, "Groups", "In progress").await;
    app.go_to("Groups").await;
    app.tick("The rule is in the list").await;
    save_groups(app).await;
}

/// Everything was done in step 2: the values are there already, and are only confirmed.
async fn saml(app: &App) {
    app.go_to("SAML").await;
    app.see("http://www.okta.com/exk1fcia6d6EMsf331d8").await;
    app.tick("Both sides have the same values.").await;
    save_saml(app).await;
}

async fn scim(app: &App) -> Provisioner {
    app.go_to("SCIM").await;
    let okta = Provisioner::carried_by(app).await;
    test_connector(&okta);
    app.see("called less than a minute ago and changed nothing.").await;
    app.tick("and the three push actions are ticked").await;
    app.tick("To App has its three lines on").await;
    app.tick("is Active under Push Groups").await;
    mark(app).await;
    settled(app, "SCIM", "Done, by evidence").await;
    okta
}

/// *Test Connector Configuration*.
fn test_connector(okta: &Provisioner) {
    let users = okta.get("/Users?startIndex=1&count=2");
    let groups = okta.get("/Groups?startIndex=1&count=100");
    assert_eq!((&users["totalResults"], &groups["totalResults"]), (&json!(0), &json!(0)));
}

/// One came with another externalId, which is told; one was deactivated; the group was pushed with its member.
async fn users(app: &App, okta: &Provisioner) {
    let ada = assign(okta, &person("ada@contoso.test", "Ada", "Lovelace", ADA));
    let bob = assign(okta, &person("bob@contoso.test", "Bob", "Noyce", "bob@contoso.test"));
    push_group(okta, &ada);
    app.go_to("Users").await;
    app.press("Look again").await;
    app.see("One user has an externalId that is no Okta user ID.").await;
    settled(app, "Users", "Needs attention").await;

    let path = format!("/Users/{bob}");
    assert_eq!(okta.get(&path)["userName"], "bob@contoso.test");
    okta.put(&path, &person("bob@contoso.test", "Bob", "Noyce", BOB));
    okta.patch(&path, &json!([{ "op": "replace", "value": { "active": false } }]));
    app.go_to("Users").await;
    app.press("Look again").await;
    app.see_element("//tr[contains(., 'bob@contoso.test')][contains(., 'inactive')]").await;
    app.see_element(&format!("//tr[contains(., '{ADMINS}')][contains(., '1')]")).await;
    app.tick("The people are in their groups.").await;
    mark(app).await;
    settled(app, "Users", "Done, by evidence").await;
    settled(app, "SCIM", "Done, by evidence").await;
}

/// *Push New Users*: looked for by user name, made, and read once more.
fn assign(okta: &Provisioner, person: &Value) -> String {
    let name = person["userName"].as_str().unwrap();
    let found = okta.find("/Users", &format!("userName eq \"{name}\""), "&startIndex=1&count=100");
    assert!(found.is_empty(), "{found:?}");
    let id = okta.post("/Users", person);
    let read = okta.get(&format!("/Users/{id}"));
    assert_eq!((read["userName"].as_str(), &read["password"]), (Some(name), &Value::Null));
    id
}

/// Okta sends a password nobody knows and an empty list of groups along with everybody.
fn person(name: &str, given: &str, family: &str, external_id: &str) -> Value {
    json!({
        "schemas": [USER],
        "userName": name,
        "name": { "givenName": given, "familyName": family },
        "emails": [{ "primary": true, "value": name, "type": "work" }],
        "displayName": format!("{given} {family}"),
        "locale": "en-US",
        "externalId": external_id,
        "groups": [],
        "password": "1mz050nq",
        "active": true,
    })
}

/// *Push Groups*: the group is made empty, named once more by its own `id`, and filled.
fn push_group(okta: &Provisioner, member: &str) {
    let found = okta.find("/Groups", &format!("displayName eq \"{ADMINS}\""), "&startIndex=1&count=100");
    assert!(found.is_empty(), "{found:?}");
    let id = okta.post("/Groups", &json!({ "schemas": [GROUP], "displayName": ADMINS, "members": [] }));
    let path = format!("/Groups/{id}");
    okta.patch(&path, &json!([{ "op": "replace", "value": { "id": id, "displayName": ADMINS } }]));
    let members = json!([{ "value": member, "display": "ada@contoso.test" }]);
    okta.patch(&path, &json!([{ "op": "add", "path": "members", "value": members }]));
}

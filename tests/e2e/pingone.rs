//! Parallels My Account with PingOne, from nothing to Active, with what its vendor's guide leaves out.

use crate::app::App;
use crate::desktop;
use crate::journey::{
    ADMINS, Groups, activate_and_deactivate, backup_login, both_groups, mark, new_project, now, one_domain,
    save_groups, save_metadata, save_saml, settled,
};
use crate::provisioner::{GROUP, Provisioner, USER};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const GROUPS: Groups = Groups {
    name: "Name in PingOne",
    id: "Group ID",
    admins: "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4",
    users: "1d9f6f52-0f5c-4c5e-8d15-5bb1f7f1a2c3",
};
const ENVIRONMENT: &str = "e1a1c2d3-4b5c-4d6e-8f90-a1b2c3d4e5f6";
const ADA: &str = "6d2a9c1e-7f10-4b0c-9a3d-5e8f1b2c3d4e";

pub(crate) async fn to_active(folder: &Path) {
    let app = App::start(&folder.join("data")).await;
    new_project(&app, "PingOne").await;
    one_domain(&app).await;
    app_registration(&app).await;
    groups(&app).await;
    saml(&app, folder).await;
    let pingone = scim(&app).await;
    users(&app, &pingone).await;
    backup_login(&app).await;
    activate_and_deactivate(&app).await;
    app.close().await;
}

async fn app_registration(app: &App) {
    app.go_to("App registration").await;
    app.type_into("Name of the application", "Parallels My Account").await;
    app.tick("The application is in the list of Applications").await;
    app.tick("The application is switched on.").await;
    mark(app).await;
    settled(app, "App registration", "Done, by your word").await;
}

/// The attributes are compared to the letter, names and expression alike.
async fn groups(app: &App) {
    app.go_to("Groups").await;
    app.press("Compare what is in the portal").await;
    app.type_into("displayname", "displayName").await;
    app.see("Differs in capital letters").await;
    app.type_into("displayname", "displayname").await;
    app.see("The same to the letter").await;
    app.type_into("PingOne attribute, displayname", "${user.name.given + ' ' + user.name.Family}").await;
    app.see("Differs in capital letters").await;
    both_groups(app, &GROUPS).await;
    app.tick("The four attribute mappings are there").await;
    app.tick("Access lists both groups").await;
    save_groups(app).await;
}

/// One file each way: My Account's is saved for *Import Metadata*, PingOne's is dropped.
async fn saml(app: &App, folder: &Path) {
    app.go_to("SAML").await;
    app.see("/saml/").await;
    save_metadata(app, folder).await;
    desktop::drag_onto_window(&metadata_file(folder)).await;
    app.see(&format!("https://auth.pingone.eu/{ENVIRONMENT}")).await;
    app.tick("shows My Account’s two values, and is saved").await;
    save_saml(app).await;
}

fn metadata_file(folder: &Path) -> PathBuf {
    let begin = now().plus(-time::Duration::days(30));
    let certificate = test_support::certificate("PingOne SSO", begin, begin.plus(time::Duration::days(1000)));
    let file = folder.join("saml2-metadata-idp.xml");
    std::fs::write(&file, test_support::metadata::pingone(ENVIRONMENT, "eu", &certificate)).unwrap();
    file
}

/// The rule, its mapping and the two switches are asked for; a connection alone sends nothing.
async fn scim(app: &App) -> Provisioner {
    app.go_to("SCIM").await;
    let pingone = Provisioner::carried_by(app).await;
    assert_eq!(look_for(&pingone, "nobody@contoso.test"), Vec::<Value>::new());
    app.see("called less than a minute ago and changed nothing.").await;
    app.see("Make the rule that says who is provisioned").await;
    app.tick("fills externalId from User ID").await;
    mark_is_refused(app).await;
    app.tick("The connection and the rule are both switched on.").await;
    mark(app).await;
    settled(app, "SCIM", "Done, by evidence").await;
    pingone
}

/// While a switch is off the step cannot be marked.
async fn mark_is_refused(app: &App) {
    app.press_at("//label[contains(., 'Configuration in the IdP Directory is done')]").await;
    app.see_element("//p[@role='alert'][contains(., 'confirm')]").await;
}

/// PingOne writes the operator with a capital letter, which RFC 7644 section 3.4.2.2 allows.
fn look_for(pingone: &Provisioner, name: &str) -> Vec<Value> {
    pingone.find("/Users", &format!("userName Eq \"{name}\""), "")
}

/// Made, then always replaced whole; so is the group with its members.
async fn users(app: &App, pingone: &Provisioner) {
    assert!(look_for(pingone, "ada@contoso.test").is_empty());
    let ada = pingone.post("/Users", &person("Ada", true));
    let group = pingone.post("/Groups", &json!({ "schemas": [GROUP], "displayName": ADMINS }));
    let members = json!([{ "value": ada }]);
    let whole = json!({ "schemas": [GROUP], "displayName": ADMINS, "members": members });
    pingone.put(&format!("/Groups/{group}"), &whole);
    pingone.put(&format!("/Users/{ada}"), &person("Augusta Ada", true));
    assert_eq!(look_for(pingone, "ADA@contoso.test").len(), 1);

    app.go_to("Users").await;
    app.press("Look again").await;
    app.see_element(&format!("//tr[contains(., 'ada@contoso.test')][contains(., '{ADA}')]")).await;
    app.see_element(&format!("//tr[contains(., '{ADMINS}')][contains(., '1')]")).await;
    app.tick("The people are in their groups.").await;
    mark(app).await;
    settled(app, "Users", "Done, by evidence").await;

    pingone.put(&format!("/Users/{ada}"), &person("Augusta Ada", false));
    app.go_to("Users").await;
    app.press("Look again").await;
    app.see_element("//tr[contains(., 'ada@contoso.test')][contains(., 'inactive')]").await;
}

fn person(given: &str, active: bool) -> Value {
    json!({
        "schemas": [USER],
        "userName": "ada@contoso.test",
        "externalId": ADA,
        "name": { "givenName": given, "familyName": "Lovelace" },
        "emails": [{ "type": "work", "primary": true, "value": "ada@contoso.test" }],
        "active": active,
    })
}

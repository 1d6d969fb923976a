//! Parallels My Account with Microsoft Entra ID, from nothing to Active; and what the other journeys share with it.

use crate::app::App;
use crate::desktop;
use crate::provisioner::{Provisioner, USER};
use crate::root;
use crate::sign_in;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use time::OffsetDateTime;
use vocabulary::Timestamp;

const GUID_ADMINS: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const ENTITY_ID: &str = "https://sts.windows.net/5f2f0a3e-6c1d-4a7e-9d53-2f6a1c90b7e4/";
const GUID_USERS: &str = "1d9f6f52-0f5c-4c5e-8d15-5bb1f7f1a2c3";

/// A walk to the name servers, with one of them silent.
const WALK: Duration = Duration::from_secs(40);

pub(crate) async fn to_active_and_back(folder: &Path) {
    let app = App::start(&folder.join("data")).await;
    every_step(&app, folder).await;
    app.close().await;
}

/// The same without a mouse. The bearer token leaves the clipboard by itself.
pub(crate) async fn by_keyboard_alone(folder: &Path) {
    let app = App::start_by_keyboard(&folder.join("data")).await;
    every_step(&app, folder).await;
    app.go_to("SCIM").await;
    app.press("Copy Bearer Token").await;
    app.see("Copied").await;
    secret_leaves_the_clipboard().await;
    app.close().await;
}

/// A minute after it was copied, and not much later.
async fn secret_leaves_the_clipboard() {
    let copied = Instant::now();
    while !desktop::clipboard().is_empty() {
        assert!(copied.elapsed() < Duration::from_secs(90), "the bearer token stayed on the clipboard");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert!(copied.elapsed() > Duration::from_secs(50), "the bearer token left the clipboard too early");
}

async fn every_step(app: &App, folder: &Path) {
    new_project(app, "Microsoft Entra ID").await;
    domains(app).await;
    app_registration(app).await;
    groups(app).await;
    saml(app, folder).await;
    scim(app).await;
    users(app).await;
    backup_login(app).await;
    sign_in::in_the_window(app, ENTITY_ID, GUID_ADMINS).await;
    activate_and_deactivate(app).await;
}

/// Answers the four questions of a new project, whose settings go to the service on this computer.
pub(crate) async fn new_project(app: &App, idp: &str) {
    answer_for_new_project(app, idp).await;
    app.choose("On this computer").await;
    create_project(app).await;
}

/// Answers everything but where the settings go: that is chosen already, the service's portal.
pub(crate) async fn answer_for_new_project(app: &App, idp: &str) {
    app.press("New project").await;
    app.type_into("Organization name", "Contoso Ltd").await;
    app.type_into("Your work e-mail address", "jonas.weber@contoso.test").await;
    app.choose("Parallels My Account").await;
    app.choose(idp).await;
}

pub(crate) async fn create_project(app: &App) {
    app.press("Create project").await;
    app.see("0 of 7 steps are settled").await;
}

/// Two domains, one of them with every mistake of a first try.
async fn domains(app: &App) {
    app.go_to("Domains").await;
    add_domain(app, "Jonas Weber <jonas.weber@contoso.test>", "contoso.test").await;
    app.see("token=").await;
    let value = token(&app.words().await);
    check(app, "There is no TXT record at").await;
    publish("contoso.test", &value.replace("token=", "token=0")).await;
    check(app, "Wrong value").await;
    publish("contoso.test", &value).await;
    check(app, "contoso.test is accepted.").await;
    app.press("All domains").await;
    add_domain(app, "fabrikam.test", "fabrikam.test").await;
    app.see("token=").await;
    let second = token(&app.words().await);
    assert_ne!(second, value);
    publish("fabrikam.test", &second).await;
    check(app, "fabrikam.test is accepted.").await;
    settled(app, "Domains", "Done, by evidence").await;
}

/// One domain, published right at the first try.
pub(crate) async fn one_domain(app: &App) {
    app.go_to("Domains").await;
    add_domain(app, "contoso.test", "contoso.test").await;
    app.see("token=").await;
    publish("contoso.test", &token(&app.words().await)).await;
    check(app, "contoso.test is accepted.").await;
    settled(app, "Domains", "Done, by evidence").await;
}

/// Adds a domain and opens it.
pub(crate) async fn add_domain(app: &App, typed: &str, name: &str) {
    app.type_into("Add domains", typed).await;
    app.press("Add").await;
    app.press(name).await;
    app.see("The record as it has to be").await;
}

pub(crate) async fn check(app: &App, words: &str) {
    app.press("Check now").await;
    app.see_within(words, WALK).await;
    app.see_element("//button[normalize-space()='Check now']").await;
}

/// The value that stands on the screen.
pub(crate) fn token(words: &str) -> String {
    let from = words.find("token=").expect("the value is on the screen");
    let rest = &words[from + "token=".len()..];
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    assert_eq!(end, 26, "{}", &rest[..end]);
    format!("token={}", &rest[..end])
}

/// Publishes the record as the domain's administrator would, on the primary name server.
pub(crate) async fn publish(domain: &str, value: &str) {
    let status = Command::new("bash")
        .arg(root().join("tests/dns-lab/publish.sh"))
        .args([domain, value])
        .status()
        .unwrap();
    assert!(status.success());
    for _ in 0..100 {
        let served = |server: &str| {
            let name = format!("_parallels-challenge.{domain}");
            let said =
                Command::new("dig").args(["+short", "+norecurse", server, &name, "TXT"]).output().unwrap();
            String::from_utf8_lossy(&said.stdout).contains(value)
        };
        if served("@127.10.1.1") && served("@127.10.1.2") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{domain} was not published on both name servers");
}

pub(crate) async fn app_registration(app: &App) {
    app.go_to("App registration").await;
    app.type_into("Name of the application", "Parallels My Account").await;
    app.tick("The application is in the list of Enterprise applications.").await;
    mark(app).await;
    settled(app, "App registration", "Done, by your word").await;
}

/// The box at the end of steps 2, 4, 5 and 6.
pub(crate) async fn mark(app: &App) {
    app.tick("Configuration in the IdP Directory is done").await;
}

async fn groups(app: &App) {
    groups_in_entra(app).await;
    save_groups(app).await;
}

/// Sends both groups to the service.
pub(crate) async fn save_groups(app: &App) {
    app.press("Save to My Account").await;
    settled(app, "Groups", "Done, by your word").await;
}

/// Enters both groups and confirms what only the portal of the identity provider shows.
pub(crate) async fn groups_in_entra(app: &App) {
    app.go_to("Groups").await;
    both_groups(app, &ENTRA_GROUPS).await;
    for confirmed in
        ["Both groups are listed under", "Assignment required? is on", "Visible to users? is off"]
    {
        app.tick(confirmed).await;
    }
}

/// What an identity provider calls a group's name and ID, and the IDs of both groups.
pub(crate) struct Groups {
    pub(crate) name: &'static str,
    pub(crate) id: &'static str,
    pub(crate) admins: &'static str,
    pub(crate) users: &'static str,
}

const ENTRA_GROUPS: Groups =
    Groups { name: "Name in Entra", id: "Object ID", admins: GUID_ADMINS, users: GUID_USERS };

/// The group that is provisioned in every journey.
pub(crate) const ADMINS: &str = "Signpost Admins";

/// Enters both groups.
pub(crate) async fn both_groups(app: &App, groups: &Groups) {
    group(app, groups, 1, ADMINS, groups.admins).await;
    group(app, groups, 2, "Signpost Desktop users", groups.users).await;
}

async fn group(app: &App, labels: &Groups, number: usize, name: &str, id: &str) {
    app.type_into_nth(labels.name, number, name).await;
    app.see_value_of_nth("Name for My Account", number, name).await;
    app.type_into_nth(labels.id, number, id).await;
}

async fn saml(app: &App, folder: &Path) {
    app.go_to("SAML").await;
    app.see("/saml/").await;
    save_metadata(app, folder).await;
    give_metadata(app, &metadata_file(folder)).await;
    app.see("https://login.microsoftonline.com/").await;
    app.see("Microsoft Azure Federated SSO Certificate").await;
    app.tick("Basic SAML Configuration shows My Account’s two values").await;
    app.tick("Attributes & Claims has a group claim.").await;
    save_saml(app).await;
}

/// Sends the three values, and marks the step.
pub(crate) async fn save_saml(app: &App) {
    app.press("Save to My Account…").await;
    app.press_at("//dialog//button[normalize-space()='Save to My Account']").await;
    app.see("My Account has it.").await;
    mark(app).await;
    settled(app, "SAML", "Done, by your word").await;
}

/// Hands over the file as the person's hands allow: dragged from another window, or chosen by name.
async fn give_metadata(app: &App, file: &Path) {
    if app.is_by_keyboard() {
        app.press("Choose file…").await;
        desktop::answer_file_dialog(file).await;
    } else {
        let page = file.with_file_name("Sign in to your account.html");
        std::fs::write(&page, "<!doctype html><html><body>Sign in to your account</body></html>").unwrap();
        desktop::drag_onto_window(&page).await;
        app.see("This is a web page, not metadata.").await;
        desktop::drag_onto_window(file).await;
    }
}

/// Saves the service's metadata by the system's dialog, and reads it as the portal's upload would.
pub(crate) async fn save_metadata(app: &App, folder: &Path) {
    let file = folder.join("metadata.xml");
    app.press("Save metadata.xml…").await;
    desktop::answer_file_dialog(&file).await;
    app.see(&format!("Saved as {}", file.display())).await;
    let read = saml::inspect(&std::fs::read(&file).unwrap(), saml::LIMIT_BY_HAND, now());
    let values = read.sp_values().unwrap();
    let words = app.words().await;
    assert!(words.contains(&values.entity_id) && words.contains(&values.acs_url), "{values:?}");
}

/// Federation Metadata XML in a folder with a blank in its name, as downloads have.
pub(crate) fn metadata_file(folder: &Path) -> PathBuf {
    let folder = folder.join("My Downloads");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("Parallels My Account.xml");
    std::fs::write(&file, metadata_with_certificate_from(now().plus(-time::Duration::days(30)))).unwrap();
    file
}

/// Federation Metadata XML with a certificate that begins at that time.
pub(crate) fn metadata_with_certificate_from(begin: Timestamp) -> String {
    let certificate = test_support::certificate(
        "Microsoft Azure Federated SSO Certificate",
        begin,
        begin.plus(time::Duration::days(1000)),
    );
    test_support::signed_metadata::entra_signed("5f2f0a3e-6c1d-4a7e-9d53-2f6a1c90b7e4", &[&certificate])
}

#[expect(clippy::disallowed_methods, reason = "a certificate for today is needed")]
pub(crate) fn now() -> Timestamp {
    Timestamp::new(OffsetDateTime::now_utc())
}

async fn scim(app: &App) {
    app.go_to("SCIM").await;
    provision(app).await;
    app.see("The identity provider called less than a minute ago: 1 user.").await;
    app.tick("externalId is mapped to objectId").await;
    app.tick("Provisioning is started.").await;
    mark(app).await;
    settled(app, "SCIM", "Done, by evidence").await;
}

/// Sends a user as Entra does.
async fn provision(app: &App) {
    let entra = Provisioner::carried_by(app).await;
    let user = json!({
        "schemas": [USER],
        "userName": "mia@contoso.test",
        "externalId": "7c6f3f5e-1c39-4c7a-8d35-5a9f0b6c1d22",
        "active": true,
        "displayName": "Mia Keller",
    });
    entra.post("/Users", &user);
}

async fn users(app: &App) {
    app.go_to("Users").await;
    app.press("Look again").await;
    app.see("mia@contoso.test").await;
    app.tick("I will add people later.").await;
    mark(app).await;
    settled(app, "Users", "Done, by evidence").await;
    settled(app, "SCIM", "Done, by evidence").await;
}

pub(crate) async fn backup_login(app: &App) {
    app.go_to("Backup login").await;
    app.press("Save to My Account").await;
    settled(app, "Backup login", "Done, by evidence").await;
}

/// Proves a sign-in first, without which *Activate* is refused.
pub(crate) async fn activate_and_deactivate(app: &App) {
    sign_in::prove(app).await;
    app.press("Activate…").await;
    app.press_at("//dialog//button[normalize-space()='Activate']").await;
    app.see("Single sign-on is active").await;
    app.press("Deactivate…").await;
    app.press_at("//dialog//button[normalize-space()='Deactivate']").await;
    app.see("All 7 steps are settled").await;
}

/// Looks at the overview for the step's state.
pub(crate) async fn settled(app: &App, step: &str, state: &str) {
    app.go_to("Overview").await;
    let row =
        format!("//main//li[contains(normalize-space(), '{step}')][contains(normalize-space(), '{state}')]");
    app.see_element(&row).await;
}

/// kill -9 in every step, right after something was entered: the same place opens again with it.
pub(crate) async fn killed_and_resumed(folder: &Path) {
    let data = folder.join("data");
    let mut app = App::start(&data).await;
    new_project(&app, "Microsoft Entra ID").await;
    app = killed_at(app, "0 of 7 steps are settled").await;

    app.go_to("Domains").await;
    add_domain(&app, "contoso.test", "contoso.test").await;
    app.see("token=").await;
    let value = token(&app.words().await);
    app = killed_at(app, &value).await;
    app.press("Check now").await;
    app = killed_at(app, &value).await;

    app.go_to("App registration").await;
    app.type_into("Name of the application", "Parallels My Account").await;
    app.see_saved("Parallels My Account").await;
    app = killed_at(app, "Step 2 of 7").await;
    assert_eq!(app.value_of("Name of the application").await, "Parallels My Account");

    app.go_to("Groups").await;
    group(&app, &ENTRA_GROUPS, 1, ADMINS, GUID_ADMINS).await;
    app.see_saved(GUID_ADMINS).await;
    app = killed_at(app, "Step 3 of 7").await;
    assert_eq!(app.value_of("Object ID").await, GUID_ADMINS);

    app.go_to("SAML").await;
    desktop::drag_onto_window(&metadata_file(folder)).await;
    app.see("https://login.microsoftonline.com/").await;
    app = killed_at(app, "https://login.microsoftonline.com/").await;

    app.go_to("SCIM").await;
    app.press("Make bearer token").await;
    app.see("ends in ").await;
    app = killed_at(app, "ends in ").await;

    app.go_to("Users").await;
    app.tick("I will add people later.").await;
    app = killed_at(app, "Confirmed by you").await;

    app.go_to("Backup login").await;
    app.press("Save to My Account").await;
    app.see("Done, by evidence").await;
    app = killed_at(app, "Done, by evidence").await;

    let projects = data.join("projects");
    let left =
        std::fs::read_dir(projects).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = left.filter(|name| name != ".lock" && !name.starts_with(".tmp")).collect();
    assert_eq!(left.len(), 1, "{left:?}");
    app.close().await;
}

/// Kills the program and starts it again; the same place has to open and say this.
async fn killed_at(app: App, words: &str) -> App {
    let data = app.data().to_owned();
    app.kill().await;
    let app = App::start(&data).await;
    app.see(words).await;
    app
}

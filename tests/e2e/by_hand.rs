//! Parallels My Account's own portal with Microsoft Entra ID: no account service, from nothing to confirmed active.

use crate::app::App;
use crate::desktop;
use crate::journey::{
    add_domain, answer_for_new_project, app_registration, check, create_project, groups_in_entra, mark,
    metadata_file, publish, settled,
};
use std::path::{Path, PathBuf};

const TXT: &str = "token=p4hw6zr2xq7e3nla6p5wz2tyuj";
const ENTITY_ID: &str = "https://account.parallels.test/saml/sp";
const ACS: &str = "https://account.parallels.test/saml/acs/7f3c";
const SCIM: &str = "https://account.parallels.test/scim";
const TOKEN: &str = "b3arer-of-the-portal-7yQ2k9";

pub(crate) async fn to_confirmed_active(folder: &Path) {
    let data = folder.join("data");
    let app = App::start(&data).await;
    new_project(&app).await;
    domain(&app).await;
    app_registration(&app).await;
    groups(&app).await;
    saml(&app, folder).await;
    scim(&app).await;
    users(&app).await;
    backup_login(&app).await;
    activate(&app).await;
    sign_in(&app).await;
    hand_out(&app, folder).await;
    assert!(!app.saved().contains(TOKEN), "the token is in the project's file");
    assert!(!data.join("account-service").exists(), "an account service was started");
    app.close().await;
}

async fn new_project(app: &App) {
    answer_for_new_project(app, "Microsoft Entra ID").await;
    create_project(app).await;
    app.see("What Signpost cannot do here").await;
}

/// The value comes from the portal; a copied host is told from it; the name servers are really asked.
async fn domain(app: &App) {
    app.go_to("Domains").await;
    add_domain(app, "contoso.test", "contoso.test").await;
    app.see("Paste the record’s value").await;
    app.type_into("Value of the TXT record", "_parallels-challenge").await;
    app.see("This is the record’s host, not its value.").await;
    app.type_into("Value of the TXT record", TXT).await;
    app.see("The whole name is _parallels-challenge.contoso.test").await;
    check(app, "There is no TXT record at").await;
    publish("contoso.test", TXT).await;
    check(app, "The record is right.").await;
    app.tick_until("My Account shows contoso.test as verified", "By your word").await;
    app.see("contoso.test is accepted.").await;
    settled(app, "Domains", "Done, by evidence").await;
}

async fn groups(app: &App) {
    groups_in_entra(app).await;
    for field in [
        "Name of the administrators’ group",
        "ID of the administrators’ group",
        "Name of the Desktop users’ group",
        "ID of the Desktop users’ group",
    ] {
        entered(app, &format!("Entered in My Account: {field}")).await;
    }
    settled(app, "Groups", "Done, by your word").await;
}

/// Ticks a field of the portal.
async fn entered(app: &App, label: &str) {
    app.tick_until(label, "By your word").await;
}

async fn saml(app: &App, folder: &Path) {
    app.go_to("SAML").await;
    app.see("The values of My Account").await;
    desktop::drag_onto_window(&service_file(folder)).await;
    app.see("service-metadata.xml").await;
    assert_eq!(app.value_of("Assertion consumer service URL").await, ACS);
    app.press("Paste…").await;
    let metadata = std::fs::read_to_string(metadata_file(folder)).unwrap();
    app.set_value("Text of the metadata file", &metadata).await;
    app.press("Read it").await;
    app.see("https://login.microsoftonline.com/").await;
    app.tick("Basic SAML Configuration shows My Account’s two values").await;
    app.tick("Attributes & Claims has a group claim.").await;
    for field in ["Identity Provider Entity ID", "Identity Provider SSO URL", "Public Certificate"] {
        entered(app, &format!("Entered in My Account: {field}")).await;
    }
    mark(app).await;
    settled(app, "SAML", "Done, by your word").await;
}

/// The file that the portal gives out.
fn service_file(folder: &Path) -> PathBuf {
    let file = folder.join("service-metadata.xml");
    std::fs::write(&file, test_support::metadata::sp(ENTITY_ID, ACS)).unwrap();
    file
}

/// The token goes from the field into the keyring, and from there onto the clipboard.
async fn scim(app: &App) {
    app.go_to("SCIM").await;
    app.type_into("SCIM Base URL, as My Account shows it", SCIM).await;
    app.type_into("Bearer Token, as My Account shows it", &format!("Bearer {TOKEN}")).await;
    app.press("Keep in keyring").await;
    app.see("The word Bearer stands before the token.").await;
    app.type_into("Bearer Token, as My Account shows it", TOKEN).await;
    app.press("Keep in keyring").await;
    app.see("ends in Q2k9").await;
    app.press("Copy Bearer Token").await;
    app.see("Copied").await;
    assert_eq!(desktop::clipboard(), TOKEN);
    app.tick("externalId is mapped to objectId").await;
    app.tick("Provisioning is started.").await;
    mark(app).await;
    settled(app, "SCIM", "Done, by your word").await;
}

async fn users(app: &App) {
    app.go_to("Users").await;
    app.tick("I will add people later.").await;
    mark(app).await;
    settled(app, "Users", "Done, by your word").await;
}

async fn backup_login(app: &App) {
    app.go_to("Backup login").await;
    entered(app, "Entered in My Account: Backup login").await;
    settled(app, "Backup login", "Done, by your word").await;
}

async fn activate(app: &App) {
    app.go_to("Overview").await;
    app.see("All 7 steps are settled").await;
    app.press("Activate in the portal and confirm…").await;
    app.press_at("//dialog//button[normalize-space()='It is activated']").await;
    app.see("Single sign-on is active").await;
}

/// One sign-in, hop by hop; the first try ends where the portal does not know the address.
async fn sign_in(app: &App) {
    let right = "As it should be:";
    say(app, "The sign-in page of My Account", right).await;
    say(app, "Your work address is accepted", "does not know the address or the organization").await;
    app.see("The part after the @ is not a verified domain").await;
    app.press("How to go about it, step by step").await;
    app.see("Choose Continue with SSO").await;
    for hop in ["Your work address is accepted", "Your identity provider lets you in", "Back in My Account"] {
        say(app, hop, right).await;
    }
    app.see("The sign-in worked from the first stop to the last").await;
    app.go_to("Overview").await;
    app.see("The sign-in worked from the first stop to the last").await;
}

async fn say(app: &App, hop: &str, seen: &str) {
    app.press_at(&format!(
        "//fieldset[legend[contains(normalize-space(), '{hop}')]]//label[contains(normalize-space(), '{seen}')]"
    ))
    .await;
}

/// What was done counts, what was put off does not; the users' page holds the link and the way round.
async fn hand_out(app: &App, folder: &Path) {
    app.go_from_the_end_to("What you need").await;
    app.go_from_the_end_to("Hand out the download").await;
    for (said, fact) in [
        ("Yes", "The integration is active."),
        ("Yes", "An administrator has tested the sign-in."),
        ("Not yet", "People are in the users’ group."),
    ] {
        app.see_element(&format!("//li[contains(., '{fact}')][contains(., '{said}')]")).await;
    }
    app.see_element("//*[local-name()='svg'][@aria-label='QR code of the download link']").await;
    let file = folder.join("users.html");
    app.press("Save a page for users…").await;
    desktop::answer_file_dialog(&file).await;
    app.see(&format!("Saved as {}", file.display())).await;
    let page = std::fs::read_to_string(file).unwrap();
    assert!(page.contains("<svg") && page.contains("experience=sso") && page.contains("Continue with SSO"));
}

//! pymetrics with Microsoft Entra ID: set up by its own support, from nothing to waiting, and on to confirmed and tested.

use crate::app::App;
use crate::desktop;
use crate::journey::{metadata_file, settled};
use std::io::Read;
use std::path::Path;

const IDENTIFIER: &str = "https://www.pymetrics.com/saml2-sp/contoso/contoso/metadata/";
const REPLY: &str = "https://www.pymetrics.com/saml2-sp/contoso/contoso/?acs";
const OTHER_REPLY: &str = "https://eu.pymetrics.com/saml2-sp/contoso/contoso/?acs";
const ENTERED: &str = "Basic SAML Configuration shows the three addresses";

pub(crate) async fn to_waiting_and_on_to_confirmed(folder: &Path) {
    let data = folder.join("data");
    let app = App::start(&data).await;
    new_project(&app).await;
    app_registration(&app).await;
    saml(&app, folder).await;
    users(&app).await;
    package(&app, folder).await;
    waiting(&app).await;
    app.kill().await;

    let app = App::start(&data).await;
    answer(&app).await;
    test(&app).await;
    app.close().await;
}

async fn new_project(app: &App) {
    app.press("New project").await;
    app.type_into("Organization name", "Contoso Ltd").await;
    app.type_into("Your work e-mail address", "jonas.weber@contoso.test").await;
    app.choose("pymetrics").await;
    app.see("pymetrics support sets up the other side").await;
    app.press("Create project").await;
    app.see("0 of 5 steps are settled").await;
    app.see("This is called just-in-time provisioning").await;
    let words = app.words().await;
    for strange in ["Domains", "Groups", "SCIM", "Backup login", "Activate"] {
        assert!(!words.contains(strange), "{strange} is on the overview:\n{words}");
    }
}

async fn app_registration(app: &App) {
    app.go_to("App registration").await;
    app.type_into("Name of the application", "pymetrics").await;
    app.tick("The application is in the list of Enterprise applications.").await;
    settled(app, "App registration", "Done, by your word").await;
}

/// The name is entered once, wrong at first; the addresses are made from it and copied into Entra.
async fn saml(app: &App, folder: &Path) {
    app.go_to("SAML").await;
    app.type_into("Customer name", IDENTIFIER).await;
    app.see("This is a whole address, not the customer name.").await;
    app.type_into("Customer name", "contoso").await;
    app.see(IDENTIFIER).await;
    app.see("Not real until pymetrics support confirms it").await;
    app.press("Copy Reply URL").await;
    app.see("Copied").await;
    assert_eq!(desktop::clipboard(), REPLY);
    desktop::drag_onto_window(&metadata_file(folder)).await;
    app.see("https://login.microsoftonline.com/").await;
    app.tick(ENTERED).await;
    app.tick("The three claims are there").await;
    settled(app, "SAML", "Done, by your word").await;
}

async fn users(app: &App) {
    app.go_to("Users").await;
    app.see("it is on from the start").await;
    app.tick("The test user is assigned to the application.").await;
    settled(app, "Users", "Done, by your word").await;
}

/// The package is a file that a mail can carry, with what was given and what was made.
async fn package(app: &App, folder: &Path) {
    app.press("Continue with “Send the package to pymetrics support”").await;
    app.see("federation-metadata.xml").await;
    let file = folder.join("Contoso pymetrics.zip");
    app.press("Save the package…").await;
    desktop::answer_file_dialog(&file).await;
    app.see(&format!("Saved as {}", file.display())).await;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
    let mut packed = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    assert_eq!(
        packed("federation-metadata.xml"),
        std::fs::read_to_string(metadata_file_again(folder)).unwrap()
    );
    assert!(packed("addresses.txt").contains(REPLY));
    app.press("I have sent it").await;
    app.see("Sent, by your word").await;
}

/// Where the metadata lies that was given before.
fn metadata_file_again(folder: &Path) -> std::path::PathBuf {
    folder.join("My Downloads").join("Parallels My Account.xml")
}

async fn waiting(app: &App) {
    settled(app, "Send the package", "Waiting for pymetrics").await;
    app.go_to("Projects").await;
    app.see("Waiting for pymetrics since").await;
    app.press("Contoso Ltd").await;
    app.see("Enter their answer").await;
}

/// Days later: they give another Reply URL, which is entered here and in Entra.
async fn answer(app: &App) {
    app.press("Enter their answer").await;
    app.type_into("Reply URL", OTHER_REPLY).await;
    app.see("Entra may have other addresses than these").await;
    app.press("pymetrics support has confirmed these").await;
    app.see("Confirmed by pymetrics support, by your word").await;
    app.press("They have not confirmed after all").await;
    app.see("What pymetrics support answers").await;
    assert_eq!(app.value_of("Reply URL").await, OTHER_REPLY);
    app.press("pymetrics support has confirmed these").await;
    app.see("Confirmed by pymetrics support, by your word").await;
    app.go_to("SAML").await;
    app.see(OTHER_REPLY).await;
    app.tick(ENTERED).await;
    settled(app, "SAML", "Done, by your word").await;
}

async fn test(app: &App) {
    app.press("Continue with “Test the sign-in”").await;
    app.see("Three ways lead to the same sign-in.").await;
    app.tick("The test user was signed in to pymetrics.").await;
    app.go_to("Overview").await;
    app.see("Single sign-on is active").await;
    app.see("5").await;
    app.go_to("Afterwards").await;
    app.see("Consider session control").await;
}

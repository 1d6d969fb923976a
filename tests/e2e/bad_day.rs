//! Bad days: each has a message that tells what to do, and nothing is lost.

use crate::app::App;
use crate::journey::{
    answer_for_new_project, metadata_file, metadata_with_certificate_from, new_project, now,
};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// No keyring: everything but secrets works, and no token is made that could not be kept.
pub(crate) async fn no_keyring(folder: &Path) {
    let app = App::start(&folder.join("data")).await;
    new_project(&app, "Microsoft Entra ID").await;
    app.go_to("SCIM").await;
    app.press("Make bearer token").await;
    app.see("This computer has no keyring that answers.").await;
    app.see("Secrets are kept nowhere else.").await;
    app.go_to("App registration").await;
    app.type_into("Name of the application", "Parallels My Account").await;
    app.tick("The application is in the list of Enterprise applications.").await;
    assert!(!app.saved().contains("\"token_hint\": \""), "a token was made");
    app.close().await;
}

/// A locked keyring: the program says so and how to open it.
pub(crate) async fn locked_keyring(folder: &Path) {
    let app = App::start(&folder.join("data")).await;
    new_project(&app, "Microsoft Entra ID").await;
    app.go_to("SCIM").await;
    app.press("Make bearer token").await;
    app.see("keyring").await;
    app.see("Secrets are kept nowhere else.").await;
    app.close().await;
}

pub(crate) async fn everything_else(folder: &Path) {
    let data = folder.join("data");
    let app = App::start(&data).await;
    new_project(&app, "Microsoft Entra ID").await;
    wrong_files(&app, folder).await;
    silent_name_servers(&app).await;
    second_start(&app).await;
    newer_and_damaged(app).await;
    read_only_home().await;
}

/// An HTML page saved by mistake and a private key are refused in words; the right file after them is taken.
async fn wrong_files(app: &App, folder: &Path) {
    app.go_to("SAML").await;
    paste(app, "<!doctype html><html><body>Sign in to your account</body></html>").await;
    app.see("saved").await;
    paste(app, "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----").await;
    app.see("private key").await;
    assert!(!app.saved().contains("BEGIN PRIVATE KEY"), "a private key was kept");
    clock_a_day_behind(app).await;
    let good = std::fs::read_to_string(metadata_file(folder)).unwrap();
    paste(app, &good).await;
    app.press("Use what the metadata says").await;
    app.see("https://login.microsoftonline.com/").await;
}

/// A certificate made today begins tomorrow for a computer whose clock is a day behind: the clock is named.
async fn clock_a_day_behind(app: &App) {
    let tomorrow = now().plus(time::Duration::days(1));
    paste(app, &metadata_with_certificate_from(tomorrow)).await;
    app.see("ahead of this computer’s clock").await;
}

async fn paste(app: &App, text: &str) {
    app.press("Paste…").await;
    app.set_value("Text of the metadata file", text).await;
    app.press("Read it").await;
}

/// The whole registry of the domain is silent: the check ends by itself, or when it is called off.
async fn silent_name_servers(app: &App) {
    app.go_to("Domains").await;
    app.type_into("Add domains", "contoso.dark").await;
    app.press("Add").await;
    app.press("contoso.dark").await;
    app.press("Check now").await;
    app.press("Cancel").await;
    app.see("The check was called off. Nothing was changed.").await;
    app.press("Check now").await;
    app.see_within("Cannot be seen", Duration::from_secs(60)).await;
}

/// A second start shows the first window and ends; the first one goes on.
async fn second_start(app: &App) {
    let status = Command::new("timeout")
        .arg("20")
        .arg(env!("CARGO_BIN_EXE_signpost-desktop"))
        .env("SIGNPOST_DATA_DIR", app.data())
        .status()
        .unwrap();
    assert!(status.success(), "the second start did not end by itself: {status}");
    app.go_to("Overview").await;
    app.see("steps are settled").await;
}

/// A project of a newer version and a damaged one are named, and neither is overwritten.
async fn newer_and_damaged(app: App) {
    let data = app.data().to_owned();
    app.close().await;
    let newer = data.join("projects/00000000-0000-4000-8000-000000000001.json");
    let damaged = data.join("projects/00000000-0000-4000-8000-000000000002.json");
    std::fs::write(&newer, r#"{"schema": 99}"#).unwrap();
    std::fs::write(&damaged, "{ half").unwrap();
    let app = App::start(&data).await;
    app.go_to("Projects").await;
    app.see("made by a newer version of Signpost").await;
    app.see("damaged").await;
    app.see("Contoso Ltd").await;
    app.close().await;
    assert_eq!(std::fs::read_to_string(&newer).unwrap(), r#"{"schema": 99}"#);
    let aside = std::fs::read_dir(data.join("projects/damaged")).unwrap().next().unwrap().unwrap();
    assert_eq!(std::fs::read_to_string(aside.path()).unwrap(), "{ half");
}

/// A data folder that cannot be written: the new project is refused in words and the answers stay on the screen.
async fn read_only_home() {
    let data = Path::new("/sys/signpost-cannot-write-here");
    let app = App::start(data).await;
    answer_for_new_project(&app, "Microsoft Entra ID").await;
    app.press("Create project").await;
    app.see("cannot be written").await;
    assert_eq!(app.value_of("Organization name").await, "Contoso Ltd");
    app.close().await;
}

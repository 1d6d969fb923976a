//! A step goes from one program to another and comes back: two programs run at once, each on a folder of its own.

use crate::app::App;
use crate::desktop;
use crate::journey::{answer_for_new_project, create_project};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const ADMINS: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";

pub(crate) async fn there_and_back(folder: &Path) {
    let [groups, application] =
        ["groups", "application"].map(|name| folder.join(format!("{name}.signpost-task")));
    let jonas = App::start(&folder.join("jonas")).await;
    answer_for_new_project(&jonas, "Microsoft Entra ID").await;
    create_project(&jonas).await;
    hand_over(&jonas, "Groups", &groups).await;
    hand_over(&jonas, "App registration", &application).await;

    let dana = App::start_beside(&folder.join("dana"), &groups).await;
    let done = groups_done(&dana, folder).await;
    take_by_drop(&jonas, &done).await;

    let other = application_done(&dana, &application, folder).await;
    open_from_the_list(&dana, &groups).await;
    conflict(&jonas, &other).await;
    dana.close().await;
    jonas.close().await;
}

/// Gives a step to Dana, as a file.
async fn hand_over(app: &App, step: &str, file: &Path) {
    app.go_to(step).await;
    app.press("Hand over…").await;
    app.type_into("Who does it", "Dana Kim").await;
    app.press("Save a file…").await;
    desktop::answer_file_dialog(file).await;
    app.see("Dana Kim has this step since").await;
    assert!(file.exists(), "nothing was saved at {}", file.display());
}

/// The program was started with the file, as by a double-click: it is there with that step, and nothing else.
async fn groups_done(dana: &App, folder: &Path) -> PathBuf {
    dana.see("jonas.weber@contoso.test handed this step to you").await;
    assert!(!dana.words().await.contains("Step 3 of"), "it is the only step there");
    dana.type_into_nth("Name in Entra", 1, "Contoso-Admins").await;
    dana.type_into_nth("Object ID", 1, ADMINS).await;
    kept(dana, ADMINS).await;
    give_back(dana, &folder.join("groups.signpost-result")).await
}

async fn give_back(dana: &App, file: &Path) -> PathBuf {
    dana.go_to("Overview").await;
    dana.press("Save the result…").await;
    desktop::answer_file_dialog(file).await;
    dana.see("The result is saved.").await;
    file.to_owned()
}

/// Dropped anywhere on the window, it goes where it belongs.
async fn take_by_drop(jonas: &App, result: &Path) {
    desktop::drag_onto_window_of(jonas.data(), result).await;
    jonas.see_saved(ADMINS).await;
    jonas.go_to("Groups").await;
    jonas.see_value_of_nth("Object ID", 1, ADMINS).await;
    jonas.see("Hand over…").await;
}

/// A second start while the program runs hands its file to the window that is open, and ends.
async fn application_done(dana: &App, task: &Path, folder: &Path) -> PathBuf {
    start_again(dana, task);
    dana.see("App registration").await;
    dana.type_into("Name of the application", "Dana-App").await;
    kept(dana, "Dana-App").await;
    give_back(dana, &folder.join("application.signpost-result")).await
}

/// What was opened once is opened again as it is, not over what was done.
async fn open_from_the_list(dana: &App, task: &Path) {
    dana.go_to("Projects").await;
    dana.press("Open a handed-over step…").await;
    desktop::answer_file_dialog(task).await;
    dana.see_value_of_nth("Object ID", 1, ADMINS).await;
}

/// Both have changed the same value meanwhile: both are shown, and one is chosen.
async fn conflict(jonas: &App, result: &Path) {
    jonas.go_to("App registration").await;
    jonas.type_into("Name of the application", "Jonas-App").await;
    jonas.see_saved("Jonas-App").await;
    start_again(jonas, result);
    jonas.see("Dana-App").await;
    jonas.see("Jonas-App").await;
    jonas.press("Take what Dana Kim has").await;
    jonas.see_saved("Dana-App").await;
    jonas.see("Hand over…").await;
}

/// Waits until one of the program's projects has this.
async fn kept(app: &App, text: &str) {
    let start = Instant::now();
    loop {
        let files =
            std::fs::read_dir(app.data().join("projects")).unwrap().map(|entry| entry.unwrap().path());
        let mut texts = files.filter_map(|file| std::fs::read_to_string(file).ok());
        if texts.any(|kept| kept.contains(text)) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{text:?} was not saved");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

fn start_again(app: &App, file: &Path) {
    let status = Command::new("timeout")
        .args(["60", env!("CARGO_BIN_EXE_signpost-desktop")])
        .arg(file)
        .env("SIGNPOST_DATA_DIR", app.data())
        .status()
        .unwrap();
    assert!(status.success(), "the second start did not find the first");
}

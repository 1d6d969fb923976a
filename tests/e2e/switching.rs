//! Changing one's mind, and two identity providers for one organization; with an identity provider that is made of files
//! alone, the worked example of `docs/write-a-guide.md`.

use crate::app::App;
use crate::journey::{
    add_domain, answer_for_new_project, app_registration, create_project, groups_in_entra, token,
};
use crate::root;
use guide_files::GuideFiles;
use std::path::Path;

const TXT: &str = "token=p4hw6zr2xq7e3nla6p5wz2tyuj";
const OBJECT_ID: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const NUMBER: &str = "47110815";

pub(crate) async fn there_and_back(folder: &Path) {
    let data = folder.join("data");
    add_own_guides(&data);
    let app = App::start(&data).await;
    answer_for_new_project(&app, "Microsoft Entra ID").await;
    create_project(&app).await;
    begin(&app).await;
    change_provider(&app).await;

    // From here on without a mouse, in a program that was killed in between, with a guide that cannot be read.
    app.kill().await;
    let wrong = data.join("guides/guides/parallels-my-account/okta.toml");
    std::fs::write(&wrong, "# Okta, our way\ntitel = \"Groups\"\n").unwrap();
    let app = App::start_by_keyboard(&data).await;
    undo_provider(&app).await;
    change_place_and_undo(&app).await;
    wrong_guide_is_named_until_it_is_put_right(&app, &wrong).await;
    share(&app).await;
    app.close().await;
}

/// Puts the worked example where the program looks for guides of the user's own.
fn add_own_guides(data: &Path) {
    let example = GuideFiles::read(&root().join("docs/write-a-guide-example")).unwrap();
    assert!(!example.is_empty());
    for source in example.sources() {
        let file = data.join("guides").join(source.path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, source.text).unwrap();
    }
}

/// A domain, an application and two groups, set up by hand into the portal.
async fn begin(app: &App) {
    app.go_to("Domains").await;
    add_domain(app, "contoso.test", "contoso.test").await;
    app.type_into("Value of the TXT record", TXT).await;
    app.see_saved(TXT).await;
    app_registration(app).await;
    groups_in_entra(app).await;
    app.see_saved(OBJECT_ID).await;
}

/// What the change does is listed before anything is changed; then the author's own guide leads on.
async fn change_provider(app: &App) {
    app.go_to("Overview").await;
    app.press("Change provider…").await;
    app.choose("Example ID").await;
    app.press("Show what changes").await;
    app.see("From Entra to Example ID").await;
    let words = app.words().await;
    let place = |text: &str| words.find(text).unwrap_or_else(|| panic!("{text:?} is not in the list"));
    let aside = place("Is set aside, and kept for the way back");
    assert!(aside < place(OBJECT_ID) && place(OBJECT_ID) < place("Carries over"), "{words}");
    assert!(place("Carries over") < place("The domain"), "{words}");
    assert!(app.saved().contains("\"idp\": \"entra\""), "a list changes nothing");
    app.press("Change to Example ID").await;
    app.see("Parallels My Account with Example ID").await;
    app.see("A change that can be undone").await;

    app.go_to("App registration").await;
    app.see("Choose Add service, then SAML 2.0.").await;
    app.go_to("Groups").await;
    app.see("From the group’s page, behind the word No.").await;
    app.type_into_nth("Group number", 1, NUMBER).await;
    app.see_saved(NUMBER).await;
}

/// The old values are there again; those that were entered meanwhile are kept for another change.
async fn undo_provider(app: &App) {
    app.go_to("Overview").await;
    app.press("Undo the change").await;
    app.see("Parallels My Account with Microsoft Entra ID").await;
    app.go_to("Groups").await;
    app.see_value_of_nth("Object ID", 1, OBJECT_ID).await;
    assert!(app.saved().contains(NUMBER), "what was entered for Example ID is lost");
    app.go_to("Overview").await;
    app.press("Change provider…").await;
    app.see("Kept from before").await;
    app.press("Cancel").await;
}

/// Another place issues another record; the way back brings the first one.
async fn change_place_and_undo(app: &App) {
    app.press("Change where settings go…").await;
    app.choose("On this computer").await;
    app.press("Show what changes").await;
    app.see("The TXT record, and whether it was accepted").await;
    app.see("in the DNS: the new place issues other TXT records").await;
    app.press("Change where the settings go").await;
    app.see("A change that can be undone").await;
    open_domain(app).await;
    app.see("token=").await;
    assert_ne!(token(&app.words().await), TXT);

    app.go_to("Overview").await;
    app.press("Undo the change").await;
    app.see("What Signpost cannot do here").await;
    open_domain(app).await;
    assert_eq!(app.value_of("Value of the TXT record").await, TXT);
}

async fn open_domain(app: &App) {
    app.go_to("Domains").await;
    app.press("contoso.test").await;
    app.see("The record as it has to be").await;
}

/// File and line are told, and the others are used; the program's own guide stands in, see [`share`].
async fn wrong_guide_is_named_until_it_is_put_right(app: &App, wrong: &Path) {
    app.go_to("Settings").await;
    app.see("One guide file cannot be used.").await;
    app.see("guides/parallels-my-account/okta.toml, line 2").await;
    app.see("7 files").await;
    std::fs::remove_file(wrong).unwrap();
    app.press("Read again").await;
    app.see("6 files").await;
    assert!(!app.words().await.contains("cannot be used"), "what was put right is still named");
}

/// A second project of the organization takes the domain over with its record; each says what only the other has.
async fn share(app: &App) {
    app.go_to("Projects").await;
    answer_for_new_project(app, "Okta").await;
    app.see("Take over the domains of your project with Microsoft Entra ID").await;
    create_project(app).await;
    open_domain(app).await;
    assert_eq!(app.value_of("Value of the TXT record").await, TXT);
    app.press("All domains").await;
    app.see("Both projects go to the same account").await;
    app.type_into("Add domains", "fabrikam.test").await;
    app.press("Add").await;
    app.see("Only in this project: fabrikam.test").await;

    app.press("Contoso Ltd with Microsoft Entra ID").await;
    app.see("Parallels My Account with Microsoft Entra ID").await;
    app.go_to("Domains").await;
    app.see("Only in the other one: fabrikam.test").await;
    app.press("Take it over").await;
    app.see_element("//main//a[normalize-space()='fabrikam.test']").await;
    app.see("has these too: contoso.test, fabrikam.test.").await;
}

use crate::common::signpost;
use std::path::Path;
use vocabulary::StepId;

const ENTRA: [&str; 4] = ["guide", "show", "parallels-my-account", "entra"];

#[test]
fn the_list_names_what_show_takes() {
    let text = signpost(&["guide", "list"]);
    assert_eq!(text.status, 0);
    assert!(text.out.contains("parallels-my-account  entra"), "{}", text.out);
    let listed = signpost(&["guide", "list", "--json"]).json();
    for guide in listed["guides"].as_array().unwrap() {
        let id = |side: &str| guide[side]["id"].as_str().unwrap().to_owned();
        let shown = signpost(&["guide", "show", &id("service"), &id("identity_provider"), "--json"]);
        assert_eq!((shown.status, &shown.json()["service"]["id"]), (0, &guide["service"]["id"]));
    }
}

#[test]
fn a_guide_has_every_step_as_text_and_as_json() {
    let whole = signpost(&ENTRA);
    assert_eq!(whole.status, 0);
    for step in StepId::ALL {
        let args = [&ENTRA[..], &[step.as_str()]].concat();
        let page = signpost(&[&args[..], &["--json"]].concat()).json();
        assert_eq!(page["id"], step.as_str());
        let text = signpost(&args);
        assert!(text.out.starts_with(page["title"].as_str().unwrap()), "{}", text.out);
        assert!(whole.out.contains(&text.out), "{step}");
    }
}

#[test]
fn an_unknown_guide_or_step_is_wrong_usage_and_the_known_ones_are_named() {
    let guide = signpost(&["guide", "show", "parallels-my-account", "nobody"]);
    assert_eq!((guide.status, guide.out.as_str()), (2, ""));
    assert!(guide.err.contains("parallels-my-account entra"), "{}", guide.err);
    let step = signpost(&[&ENTRA[..], &["dance", "--json"]].concat());
    assert_eq!(step.status, 2);
    let error = &step.json()["error"];
    assert_eq!(error["code"], "guide-step-unknown");
    assert!(error["message"].as_str().unwrap().contains("backup-login"), "{error}");
}

/// The worked example of the documentation, in a folder of its own.
fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/write-a-guide-example");
    for source in guide_files::GuideFiles::read(&from).unwrap().sources() {
        let file = folder.path().join(source.path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, source.text).unwrap();
    }
    folder
}

#[test]
fn guides_of_one_s_own_are_checked_listed_and_shown() {
    let folder = example();
    let path = folder.path().to_str().unwrap();
    let checked = signpost(&["guide", "check", path, "--json"]);
    assert_eq!((checked.status, &checked.json()["wrong"]), (0, &serde_json::json!([])));
    let listed = signpost(&["guide", "list", "--guides", path]);
    for pair in ["parallels-my-account  example-id", "parallels-my-account  entra", "example-notes"] {
        assert!(listed.out.contains(pair), "{}", listed.out);
    }
    let show = ["guide", "show", "parallels-my-account", "example-id", "app-registration"];
    assert_eq!(signpost(&show).status, 2, "without its folder there is no such guide");
    let shown = signpost(&[&show[..], &["--guides", path]].concat());
    assert!(shown.status == 0 && shown.out.contains("Add the service"), "{shown:?}");
}

#[test]
fn what_is_wrong_in_a_folder_of_guides_is_named_with_file_and_line() {
    let folder = example();
    let path = folder.path().to_str().unwrap();
    let guide = folder.path().join("guides/parallels-my-account/example-id.toml");
    let text = std::fs::read_to_string(&guide).unwrap();
    std::fs::write(&guide, text.replacen("summary", "sumary", 1)).unwrap();
    let line = text[..text.find("summary").unwrap()].lines().count() + 1;
    let checked = signpost(&["guide", "check", path]);
    let place = format!("guides/parallels-my-account/example-id.toml, line {line}:");
    assert!(checked.status == 1 && checked.out.contains(&place), "{checked:?}");
    let listed = signpost(&["guide", "list", "--guides", path]);
    assert!(listed.status == 2 && listed.err.contains(&place), "{listed:?}");
    let nowhere = signpost(&["guide", "check", "no-such-folder"]);
    assert!(nowhere.status == 2 && nowhere.err.contains("no-such-folder"), "{nowhere:?}");
}

#[test]
fn the_form_of_each_kind_of_file_is_printed_for_editors() {
    for kind in ["guide", "service", "identity-providers", "notes"] {
        let schema = signpost(&["guide", "schema", kind]);
        assert_eq!(schema.status, 0, "{schema:?}");
        assert_eq!(schema.json()["additionalProperties"], false, "{kind}");
    }
    assert_eq!(signpost(&["guide", "schema", "song"]).status, 2);
}

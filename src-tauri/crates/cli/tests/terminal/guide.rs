use crate::common::signpost;
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

//! A mistake in the data is named with its file and line, and nothing in a file can bring the reader down.

use guides::{DataError, Library, Source};
use proptest::prelude::*;
use vocabulary::StepId;

const PROVIDERS: &str = include_str!("../data/identity-providers.toml");
const FACTS: &str = include_str!("../data/facts.csv");
const NOTES: &str = include_str!("../data/notes.toml");
const SERVICE: &str = include_str!("../data/services/parallels-my-account.toml");
const COMMON: &str = include_str!("../data/guides/parallels-my-account/common.toml");
const ENTRA: &str = include_str!("../data/guides/parallels-my-account/entra.toml");
const ENTRA_PATH: &str = "guides/parallels-my-account/entra.toml";
const EXAMPLE_PROVIDERS: &str =
    include_str!("../../../../docs/write-a-guide-example/identity-providers.toml");
const EXAMPLE_SERVICE: &str =
    include_str!("../../../../docs/write-a-guide-example/services/example-notes.toml");
const DESK: &str = include_str!("../../../../docs/write-a-guide-example/services/example-desk.toml");
const EXAMPLE_GUIDE: &str =
    include_str!("../../../../docs/write-a-guide-example/guides/example-notes/okta.toml");
const EXAMPLE_ID: &str =
    include_str!("../../../../docs/write-a-guide-example/guides/parallels-my-account/example-id.toml");
const EXAMPLE_ID_PATH: &str = "guides/parallels-my-account/example-id.toml";

fn load_with(entra: &str) -> Result<Library, DataError> {
    Library::load(&[
        Source { path: "identity-providers.toml", text: PROVIDERS },
        Source { path: "facts.csv", text: FACTS },
        Source { path: "notes.toml", text: NOTES },
        Source { path: "services/parallels-my-account.toml", text: SERVICE },
        Source { path: "guides/parallels-my-account/common.toml", text: COMMON },
        Source { path: ENTRA_PATH, text: entra },
    ])
}

/// The error after one replacement, and the line of the replacement.
fn error_after(before: &str, after: &str) -> (DataError, u32) {
    let at = ENTRA.find(before).unwrap_or_else(|| panic!("{before:?} is not in the guide"));
    let line = ENTRA[..at].lines().count() + usize::from(ENTRA[..at].ends_with('\n'));
    let error = load_with(&ENTRA.replacen(before, after, 1)).expect_err(after);
    (error, u32::try_from(line).unwrap_or(0))
}

#[test]
fn each_mistake_is_named_with_file_and_line() {
    let mistakes = [
        ("give = \"app-name\"", "give = \"app-nam\"", "app-nam"),
        ("set = \"Security\", into", "set = \"Security\", inot", "inot"),
        (
            "give = \"app-name\", into = \"What’s the name of your app?\"",
            "give = \"app-name\"",
            "{ give, into }",
        ),
        ("\"{admins-group-name}\", \"Overview\"", "\"{admin-group}\", \"Overview\"", "admin-group"),
        ("notes = [\"N9\"]", "notes = [\"N77\"]", "N77"),
        ("notes = [\"N9\"]", "notes = [\"N8\"]", "does not belong to the step saml"),
        ("way = \"by-hand\"", "way = \"on-paper\"", "on-paper"),
        ("[Microsoft Entra", "<b>[Microsoft Entra", "InlineHtml"),
        ("(https://entra.microsoft.com/)", "(http://entra.microsoft.com/)", "https"),
        ("link = \"https://entra", "link = \"javascript:entra", "https"),
        ("id = \"app-registration\"", "id = \"app\"", "app"),
        ("id = \"create-application\"", "id = \"sign-in\"", "twice"),
        ("mark = \"Conf", "marc = \"Conf", "marc"),
        ("\"E3.4\"", "\"E3.44\"", "E3.44"),
        ("beside = \"map-external-id\"", "beside = \"map-internal-id\"", "map-internal-id"),
    ];
    for (before, after, word) in mistakes {
        let (error, line) = error_after(before, after);
        assert_eq!(error.file, ENTRA_PATH);
        assert!(error.what.contains(word), "{after:?} gave {error}");
        assert_eq!(error.line, Some(line), "{after:?} gave {error}");
    }
}

#[test]
fn a_missing_step_and_a_missing_file_are_named() {
    let steps_without_users = ENTRA.split("[[step]]\nid = \"users\"").next().unwrap();
    let error = load_with(steps_without_users).expect_err("users is missing");
    assert!(error.to_string().contains("the step users of Parallels My Account is missing"), "{error}");
    let error = Library::load(&[]).expect_err("nothing is there");
    assert_eq!(error.to_string(), "identity-providers.toml: the file is missing");
}

#[test]
fn a_confirmation_can_not_be_asked_for_twice() {
    let error =
        load_with(&ENTRA.replacen("id = \"groups-assigned\"", "id = \"app-created\"", 1)).expect_err("twice");
    assert!(error.what.contains("app-created"), "{error}");
}

/// The files of the worked example, with another text for the guide of the new identity provider.
fn example(guide: &str) -> [Source<'_>; 4] {
    [
        Source { path: "identity-providers.toml", text: EXAMPLE_PROVIDERS },
        Source { path: "services/example-notes.toml", text: EXAMPLE_SERVICE },
        Source { path: "guides/example-notes/okta.toml", text: EXAMPLE_GUIDE },
        Source { path: EXAMPLE_ID_PATH, text: guide },
    ]
}

#[test]
fn the_worked_example_of_the_documentation_loads_beside_the_program_s_guides() {
    let (library, wrong) = Library::with(&example(EXAMPLE_ID)).unwrap();
    assert_eq!(wrong, []);
    let guide = library.guide("example-notes", "okta").unwrap();
    assert_eq!(guide.steps.len(), 2);
    assert!(guide.step(StepId::Saml).is_some() && guide.step(StepId::Scim).is_none());
    assert_eq!(guide.confirmation("sp-values-entered").map(|one| one.required), Some(true));
    let carries: Vec<_> = guide.steps[1].carries().map(|carry| carry.label_from.as_deref()).collect();
    assert_eq!(carries, [Some("Our ACS URL"), Some("Our entity ID"), None, Some("Metadata URL")]);

    let own = library.guide("parallels-my-account", "example-id").unwrap();
    assert_eq!(own.steps.len(), 7, "what is not there is as in the guide it is like");
    assert_eq!(own.steps[1].parts[0].portal.as_ref().unwrap().name, "Example ID");
    let program = Library::embedded().unwrap();
    assert_eq!(library.guides().len(), program.guides().len() + 2);
    for known in program.guides() {
        assert_eq!(library.guide(&known.service.id, &known.identity_provider.id), Some(known));
    }
}

#[test]
fn a_guide_of_one_s_own_takes_the_place_of_the_program_s_and_a_wrong_one_does_not() {
    let own = |text: &str| {
        let source = Source { path: ENTRA_PATH, text };
        let (library, wrong) = Library::with(&[source]).unwrap();
        (library.guide("parallels-my-account", "entra").unwrap().steps[1].title.clone(), wrong.len())
    };
    assert_eq!(own(ENTRA), ("App registration".to_owned(), 0));
    let changed = ENTRA.replacen("title = \"App registration\"", "title = \"Our way\"", 1);
    assert_eq!(own(&changed), ("Our way".to_owned(), 0));
    assert_eq!(own(&changed.replacen("title", "titel", 1)), ("App registration".to_owned(), 1));

    let mut broken = example(EXAMPLE_ID);
    broken[0].text = "[[identity_provider]]\nid = 3";
    let (library, wrong) = Library::with(&broken).unwrap();
    let told: Vec<_> = wrong.iter().map(|one| (one.file.as_str(), one.line)).collect();
    assert_eq!(told, [("identity-providers.toml", Some(2)), (EXAMPLE_ID_PATH, None)]);
    assert!(library.guide("example-notes", "okta").is_some(), "what does not need the wrong file is used");
    assert_eq!(library.guides().len(), Library::embedded().unwrap().guides().len() + 1);
}

/// One wrong file beside good ones: it is named with its line, and what needs it falls away, nothing else.
#[test]
fn a_wrong_file_disables_itself_and_what_needs_it() {
    let wrong_with = |path: &str, text: &str| {
        let wrong = Source { path, text };
        let own: Vec<_> =
            example(EXAMPLE_ID).into_iter().filter(|good| good.path != path).chain([wrong]).collect();
        let (library, wrong) = Library::with(&own).unwrap();
        let told: Vec<_> = wrong.iter().map(|one| (one.file.clone(), one.line)).collect();
        let has = |service: &str, provider: &str| library.guide(service, provider).is_some();
        let own = (has("example-notes", "okta"), has("parallels-my-account", "example-id"));
        for known in Library::embedded().unwrap().guides() {
            assert_eq!(
                library.guide(&known.service.id, &known.identity_provider.id),
                Some(known),
                "{told:?}"
            );
        }
        (told, own)
    };
    let file = |path: &str, line: u32| (path.to_owned(), Some(line));

    let notes = wrong_with("notes.toml", "[[note]]\nid = 1");
    assert_eq!(notes, (vec![file("notes.toml", 2)], (true, true)));

    let renamed = EXAMPLE_SERVICE.replacen("id = \"example-notes\"", "id = \"example\"", 1);
    let (told, own) = wrong_with("services/example-notes.toml", &renamed);
    assert!(told[0].0 == "services/example-notes.toml" && told[0].1.is_some(), "{told:?}");
    assert_eq!((told[1].0.as_str(), told.len(), own), ("guides/example-notes/okta.toml", 2, (false, true)));

    // The program's own service and common pages stand in for wrong ones of the same name.
    let service = wrong_with("services/parallels-my-account.toml", "id = \"parallels-my-account\"\nname = 7");
    assert_eq!(service, (vec![file("services/parallels-my-account.toml", 2)], (true, true)));
    let common = COMMON.replacen("notes = [\"N1\", \"N8\"]", "notes = [\"N77\"]", 1);
    let line = COMMON.lines().position(|line| line == "notes = [\"N1\", \"N8\"]").unwrap();
    let line = u32::try_from(line + 1).unwrap();
    let path = "guides/parallels-my-account/common.toml";
    assert_eq!(wrong_with(path, &common), (vec![file(path, line)], (true, true)));
}

#[test]
fn every_error_has_its_words() {
    let texts = texts::Texts::english().unwrap();
    for code in guides::CODES {
        let id = format!("error-{code}");
        let args = [("file", "notes.toml"), ("line", "3"), ("what", "unknown key")];
        assert!(texts.text(&id, args).is_some_and(|said| said.contains("notes.toml")), "{id} has no text");
        assert!(texts.attribute(&id, "fix", args).is_some(), "{id} has no fix");
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(load_with(&String::from_utf8_lossy(&bytes)).is_err());
    }

    #[test]
    fn a_cut_guide_never_panics(start in 0..ENTRA.len(), length in 0..200_usize) {
        let end = ENTRA.len().min(start + length);
        let cut: String = ENTRA.char_indices().filter(|(at, _)| !(start..end).contains(at)).map(|(_, c)| c).collect();
        if let Err(error) = load_with(&cut) {
            prop_assert_eq!(error.file, ENTRA_PATH);
        }
    }
}

proptest! {
    // Each case reads every guide of the program.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn arbitrary_bytes_beside_the_program_s_guides_are_told(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (library, wrong) = Library::with(&example(&String::from_utf8_lossy(&bytes))).unwrap();
        prop_assert!(!wrong.is_empty() && library.guides().len() > Library::embedded().unwrap().guides().len());
    }
}

#[test]
fn a_package_for_support_that_could_not_be_made_is_named() {
    let path = "services/example-desk.toml";
    let told = |text: &str| Library::with(&[Source { path, text }]).unwrap().1;
    assert_eq!(told(DESK), []);
    let customer = &DESK[DESK.find("[by_customer]").unwrap()..DESK.find("# The package").unwrap()];
    for (before, after, word) in [
        ("\"idp-sso-url\"]", "\"scim-bearer-token\"]", "is a secret"),
        ("\"idp-sso-url\"]", "\"idp-metadata-file\"]", "is a file"),
        ("{ key = \"idp-certificate\"", "{ key = \"scim-bearer-token\"", "not scim-bearer-token"),
        ("{ key = \"idp-certificate\"", "{ key = \"acs-url\"", "not acs-url"),
        ("\"idp-certificates.pem\"", "\"../idp.pem\"", "../idp.pem"),
        ("\"idp-certificates.pem\"", "\"Addresses.txt\"", "Addresses.txt"),
        ("\"idp-certificates.pem\"", "\"IDP-metadata.xml\"", "IDP-metadata.xml"),
        ("delivery = \"hand-over\"\n", "", "needs delivery"),
        (customer, "", "needs [by_customer]"),
    ] {
        assert!(DESK.contains(before), "{before}");
        let wrong = told(&DESK.replacen(before, after, 1));
        assert!(wrong.iter().any(|one| one.file == path && one.line.is_some()), "{after}: {wrong:?}");
        assert!(wrong.iter().any(|one| one.what.contains(word)), "{after}: {wrong:?}");
    }
}

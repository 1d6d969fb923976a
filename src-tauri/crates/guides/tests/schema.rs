//! The schemas for editors say the same as the reader, judged by a validator of JSON Schema that is not ours.

use guides::{DataFile, Library, Source};
use jsonschema::Validator;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/write-a-guide-example");

fn validator(kind: DataFile) -> Validator {
    jsonschema::draft202012::new(&kind.schema()).expect("a schema")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn document(text: &str) -> Value {
    toml::from_str(text).expect("TOML")
}

#[test]
fn every_file_there_is_has_the_form() {
    let mut seen = Vec::new();
    for root in [DATA, EXAMPLE].map(Path::new) {
        for file in files(root).iter().filter(|file| file.extension().is_some_and(|kind| kind == "toml")) {
            let path = file.strip_prefix(root).unwrap().to_str().unwrap();
            let kind = DataFile::at(path).unwrap_or_else(|| panic!("{path} is of no kind"));
            let wrong: Vec<String> = validator(kind)
                .iter_errors(&document(&fs::read_to_string(file).unwrap()))
                .map(|error| format!("{} {error}", error.instance_path()))
                .collect();
            assert_eq!(wrong, [""; 0], "{path}");
            seen.push(kind);
        }
    }
    assert!(DataFile::ALL.iter().all(|kind| seen.contains(kind)), "{seen:?}");
}

/// A guide with one mistake, and where an editor marks it.
const MISTAKES: [(&str, &str, &str); 7] = [
    ("summary = \"S.\"", "sumary = \"S.\"", "/step/0"),
    ("title = \"T\"", "", "/step/0"),
    ("id = \"saml\"", "id = \"sml\"", "/step/0/id"),
    ("give = \"acs-url\"", "give = \"acs\"", "/step/0/part/0/action/0/values/0/give"),
    ("give = \"acs-url\"", "given = \"acs-url\"", "/step/0/part/0/action/0/values/0"),
    ("path = [\"A\"]", "path = \"A\"", "/step/0/part/0/path"),
    ("required = true", "required = \"yes\"", "/step/0/confirmation/0/required"),
];

const GUIDE: &str = r#"
[[step]]
id = "saml"
title = "T"
summary = "S."
[[step.part]]
id = "part"
title = "Part"
portal = "Portal"
path = ["A"]
[[step.part.action]]
text = "Choose **A**."
values = [{ give = "acs-url", into = "Reply URL" }]
[[step.confirmation]]
id = "done"
text = "It is done."
required = true
"#;

#[test]
fn what_the_reader_refuses_in_form_an_editor_marks_at_its_place() {
    let guide = validator(DataFile::Guide);
    assert!(guide.is_valid(&document(GUIDE)));
    for (right, wrong, place) in MISTAKES {
        assert!(GUIDE.contains(right), "{right}");
        let text = GUIDE.replacen(right, wrong, 1);
        let marked: Vec<String> =
            guide.iter_errors(&document(&text)).map(|error| error.instance_path().to_string()).collect();
        assert!(marked.iter().any(|at| at == place), "{wrong}: {marked:?}");
        let path = "guides/parallels-my-account/okta.toml";
        let (_, refused) = Library::with(&[Source { path, text: &text }]).unwrap();
        assert!(refused.iter().any(|error| error.file == path), "{wrong}: the reader takes it");
    }
}

#[test]
fn an_editor_can_say_what_a_key_means() {
    let guide = DataFile::Guide.schema().to_string();
    for meaning in
        ["What it looks like when it is done", "The field it goes into", "What to do, in this order"]
    {
        assert!(guide.contains(meaning), "{meaning}");
    }
}

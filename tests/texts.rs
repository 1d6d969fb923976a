//! Whatever the program can say has words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use texts::Texts;
use wizard::FailureCode;

#[test]
fn every_failure_says_what_happened_and_what_to_do() {
    let texts = Texts::english().unwrap();
    for code in FailureCode::ALL {
        let id = format!("error-{}", code.as_str());
        assert!(texts.text(&id, []).is_some(), "{id} has no words");
        assert!(texts.attribute(&id, "fix", []).is_some(), "{id} does not say what to do");
    }
}

#[test]
fn every_finding_of_the_core_has_words() {
    let texts = Texts::english().unwrap();
    for (severity, code) in findings_in("src-tauri/crates/wizard/src") {
        let id = format!("finding-{code}");
        assert!(texts.text(&id, []).is_some(), "{id} has no words");
        let asks = severity != "info";
        assert!(!asks || texts.attribute(&id, "fix", []).is_some(), "{id} does not say what to do");
    }
}

#[test]
fn every_line_of_the_history_has_words() {
    let texts = Texts::english().unwrap();
    for source in sources("src-tauri/crates/wizard/src") {
        for call in source.split(".note(now, ").skip(1) {
            let codes = call.split(", &[").next().unwrap().split('"').skip(1).step_by(2);
            for code in codes.filter(|code| !code.is_empty()) {
                assert!(
                    texts.text(&format!("activity-{code}"), []).is_some(),
                    "activity-{code} has no words"
                );
            }
        }
    }
}

/// The codes that stand in `Finding::SEVERITY("CODE")`.
fn findings_in(folder: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for source in sources(folder) {
        for call in source.split("Finding::").skip(1) {
            let Some((severity, rest)) = call.split_once("(\"") else { continue };
            if ["info", "warning", "error"].contains(&severity) {
                found.insert((severity.to_owned(), rest.split('"').next().unwrap().to_owned()));
            }
        }
    }
    assert!(found.len() > 20, "the codes were not found");
    found
}

fn sources(folder: &str) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

//! Holds what ARCHITECTURE.md says: which crate may know which, and one name for each step in every layer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use vocabulary::StepId;

/// Which of our crates each of our crates may use, outside of tests. A crate that is not listed may use none.
const MAY_USE: &[(&str, &[&str])] = &[
    ("vocabulary", &[]),
    ("texts", &["vocabulary"]),
    ("certs", &["vocabulary"]),
    ("saml", &["vocabulary", "certs"]),
    ("signature-profile", &["certs"]),
    ("saml-response", &["vocabulary", "certs", "signature-profile"]),
    ("metadata-signature", &["vocabulary", "certs", "saml", "signature-profile"]),
    ("scim", &["vocabulary"]),
    ("scim-rehearsal", &["vocabulary"]),
    ("scim-endpoint", &["vocabulary", "scim-rehearsal"]),
    ("domain-check", &["vocabulary"]),
    ("dns-hosts", &["vocabulary", "domain-check"]),
    ("diagnosis", &["vocabulary"]),
    ("dns-walk", &["vocabulary", "domain-check"]),
    ("https-fetch", &["dns-walk"]),
    ("broker", &["vocabulary", "saml", "certs"]),
    ("polis", &["vocabulary", "saml", "certs", "broker"]),
    ("keycloak", &["vocabulary", "saml", "certs", "broker"]),
    ("guides", &["vocabulary"]),
    ("guide-files", &["guides"]),
    ("account-api", &["vocabulary"]),
    ("sign-in-answer", &["vocabulary", "account-api", "saml-response"]),
    (
        "account-service",
        &[
            "vocabulary",
            "texts",
            "account-api",
            "certs",
            "saml",
            "saml-response",
            "metadata-signature",
            "signature-profile",
            "sign-in-answer",
            "scim",
            "domain-check",
            "dns-walk",
        ],
    ),
    (
        "wizard",
        &[
            "vocabulary",
            "account-api",
            "certs",
            "saml",
            "saml-response",
            "scim-rehearsal",
            "metadata-signature",
            "sign-in-answer",
            "guides",
            "domain-check",
        ],
    ),
    (
        "adapters",
        &[
            "vocabulary",
            "account-api",
            "wizard",
            "domain-check",
            "dns-walk",
            "https-fetch",
            "saml",
            "polis",
            "keycloak",
            "scim-endpoint",
            "scim-rehearsal",
        ],
    ),
    (
        "cli",
        &[
            "vocabulary",
            "texts",
            "certs",
            "saml",
            "saml-response",
            "metadata-signature",
            "guides",
            "guide-files",
            "diagnosis",
            "domain-check",
            "dns-hosts",
            "dns-walk",
            "scim-endpoint",
            "scim-rehearsal",
            "https-fetch",
            "polis",
            "keycloak",
            "account-service",
        ],
    ),
    ("test-support", &["vocabulary", "certs", "saml-response"]),
    ("xtask", &["guides", "guide-files", "vocabulary", "saml", "domain-check", "dns-walk", "test-support"]),
];

/// Crates that ask nobody: no network, no files, no window, no runtime of their own.
const PURE: &[&str] = &[
    "vocabulary",
    "certs",
    "saml",
    "saml-response",
    "signature-profile",
    "sign-in-answer",
    "metadata-signature",
    "scim",
    "scim-rehearsal",
    "domain-check",
    "dns-hosts",
    "diagnosis",
    "guides",
    "account-api",
    "wizard",
];

/// What a pure crate may not depend on.
const IMPURE: &[&str] = &[
    "axum",
    "hickory-resolver",
    "hyper",
    "keyring",
    "reqwest",
    "rfd",
    "sqlx",
    "tauri",
    "tempfile",
    "tower-http",
    "directories",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn manifest(path: &Path) -> toml::Table {
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn crates() -> BTreeMap<String, toml::Table> {
    let folders = std::fs::read_dir(root().join("src-tauri/crates")).unwrap();
    folders
        .map(|folder| folder.unwrap().path())
        .filter(|folder| folder.join("Cargo.toml").is_file())
        .map(|folder| {
            (folder.file_name().unwrap().to_str().unwrap().to_owned(), manifest(&folder.join("Cargo.toml")))
        })
        .collect()
}

fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    table.into_iter().flat_map(toml::Table::keys).cloned().collect()
}

#[test]
fn dependencies_point_one_way() {
    let crates = crates();
    let ours: BTreeSet<&String> = crates.keys().collect();
    for (name, manifest) in &crates {
        let allowed = MAY_USE.iter().find(|(crate_name, _)| crate_name == name).map(|(_, allowed)| *allowed);
        let allowed = allowed.unwrap_or_else(|| panic!("{name} is not in MAY_USE"));
        for used in dependencies(manifest).iter().filter(|used| ours.contains(used)) {
            assert!(allowed.contains(&used.as_str()), "{name} must not use {used}");
        }
    }
}

#[test]
fn the_core_asks_nobody() {
    for (name, manifest) in crates().iter().filter(|(name, _)| PURE.contains(&name.as_str())) {
        for used in dependencies(manifest) {
            let barred = IMPURE.contains(&used.as_str()) || used.starts_with("tauri");
            assert!(!barred, "{name} is pure and must not use {used}");
        }
    }
}

#[test]
fn test_helpers_are_for_tests_only() {
    for (name, manifest) in crates().into_iter().filter(|(name, _)| name != "xtask") {
        assert!(
            !dependencies(&manifest).contains("test-support"),
            "{name} uses test-support outside of its tests"
        );
    }
    assert!(!dependencies(&manifest(&root().join("Cargo.toml"))).contains("test-support"));
}

#[test]
fn commands_know_no_adapter() {
    for file in files(&root().join("src-tauri/src/commands"), "rs") {
        let source = std::fs::read_to_string(&file).unwrap();
        for barred in ["adapters::", "reqwest::", "hickory", "keyring::", "dns_walk::"] {
            assert!(!source.contains(barred), "{} uses {barred}", file.display());
        }
    }
}

#[test]
fn only_the_host_talks_to_the_window() {
    let allowed = [root().join("ui/src/host/tauri.ts"), root().join("ui/src/bindings/index.ts")];
    let sources = ["ts", "svelte"].into_iter().flat_map(|ending| files(&root().join("ui/src"), ending));
    for file in sources.filter(|file| !allowed.contains(file)) {
        let source = std::fs::read_to_string(&file).unwrap();
        assert!(!source.contains("@tauri-apps/"), "{} imports @tauri-apps", file.display());
    }
}

#[test]
fn a_step_has_one_name_in_every_layer() {
    for step in StepId::ALL {
        let (kebab, snake) = (step.as_str(), step.as_str().replace('-', "_"));
        for path in [
            format!("ui/src/steps/{kebab}"),
            format!("src-tauri/src/commands/{snake}.rs"),
            format!("src-tauri/crates/wizard/src/steps/{snake}.rs"),
        ] {
            assert!(root().join(&path).exists(), "{path} is missing");
        }
        let library = guides::Library::embedded().unwrap();
        for service in library.services() {
            for guide in library.guides().iter().filter(|guide| guide.service.id == service.id) {
                assert_eq!(
                    guide.step(step).is_some(),
                    service.steps.contains(&step),
                    "{kebab} in {}",
                    service.id
                );
            }
        }
    }
    let folders = std::fs::read_dir(root().join("ui/src/steps")).unwrap().map(|entry| entry.unwrap());
    for folder in folders.filter(|entry| entry.path().is_dir()) {
        let name = folder.file_name().to_string_lossy().into_owned();
        assert!(name.parse::<StepId>().is_ok(), "ui/src/steps/{name} is no step");
    }
}

#[test]
fn every_command_is_granted_and_nothing_else() {
    let capability: serde_json::Value = serde_json::from_slice(
        &std::fs::read(root().join("src-tauri/capabilities/main-window.json")).unwrap(),
    )
    .unwrap();
    let granted: BTreeSet<String> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap().to_owned())
        .collect();
    let source = std::fs::read_to_string(root().join("src-tauri/src/ipc.rs")).unwrap();
    let list = source.split_once("collect_commands![").unwrap().1.split_once(']').unwrap().0;
    let mut wanted: BTreeSet<String> = list
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    wanted.extend(["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned));
    assert_eq!(granted, wanted);
}

#[test]
fn the_lock_file_of_the_user_interface_names_no_host() {
    let lock = std::fs::read_to_string(root().join("ui/package-lock.json")).unwrap();
    assert!(!lock.contains("\"resolved\""));
}

/// Every file below a folder with that ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|one| one == ending) {
            found.push(path);
        }
    }
    found
}

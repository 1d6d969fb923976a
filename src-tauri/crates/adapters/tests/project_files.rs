//! A project file is never half-written, never overwritten by somebody who has not seen it, and never lost.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use adapters::ProjectFiles;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use vocabulary::Timestamp;
use wizard::ports::{ProjectStore, Stored};
use wizard::{Backend, FailureCode, NewProject, Project};

const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";

fn project() -> Project {
    let new = NewProject {
        organization: "Contoso Ltd".into(),
        admin_email: "jonas.weber@contoso.test".into(),
        service: "parallels-my-account".into(),
        idp: "entra".into(),
        backend: Backend::ThisComputer,
    };
    new.begin(ID.into(), Timestamp::parse("2026-11-22T14:20:00Z").unwrap()).unwrap()
}

fn store() -> (TempDir, ProjectFiles) {
    let folder = tempfile::tempdir().unwrap();
    let store = ProjectFiles::new(folder.path().join("projects"));
    (folder, store)
}

fn file(store: &ProjectFiles) -> PathBuf {
    store.folder().join(format!("{ID}.json"))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn what_is_saved_reads_back() {
    let (_folder, store) = store();
    let saved = store.save(&project()).unwrap();
    assert_eq!(saved.revision, 1);
    assert_eq!(store.load(ID).unwrap(), saved);
    assert!(matches!(&store.list().unwrap()[..], [Stored::Readable(listed)] if **listed == saved));
}

#[test]
fn nothing_is_left_beside_the_file() {
    let (_folder, store) = store();
    let saved = store.save(&project()).unwrap();
    store.save(&saved).unwrap();
    let mut names = names(store.folder());
    names.sort();
    assert_eq!(names, [".lock".to_owned(), format!("{ID}.json")]);
}

#[test]
fn the_second_of_two_writers_is_told() {
    let (_folder, store) = store();
    let read = store.save(&project()).unwrap();
    let first = Project { organization: "First".into(), ..read.clone() };
    let second = Project { organization: "Second".into(), ..read };
    store.save(&first).unwrap();
    let refused = store.save(&second).unwrap_err();
    assert_eq!(refused.code, FailureCode::ProjectChangedElsewhere);
    assert_eq!(store.load(ID).unwrap().organization, "First");
}

#[test]
fn of_many_writers_at_once_exactly_one_gets_through_each_time() {
    let (_folder, store) = store();
    let read = store.save(&project()).unwrap();
    let outcomes: Vec<bool> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|_| scope.spawn(|| store.save(&read).is_ok())).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|through| **through).count(), 1);
    assert_eq!(store.load(ID).unwrap().revision, 2);
}

#[test]
fn a_newer_file_is_refused_and_left_untouched() {
    let (_folder, store) = store();
    store.save(&project()).unwrap();
    let newer = r#"{"schema": 99, "id": "4e0d", "what": "nobody knows yet"}"#;
    fs::write(file(&store), newer).unwrap();
    let refused = store.load(ID).unwrap_err();
    assert_eq!((refused.code, refused.args["schema"].as_str()), (FailureCode::ProjectNewer, "99"));
    assert_eq!(store.save(&project()).unwrap_err().code, FailureCode::ProjectNewer);
    assert!(
        matches!(&store.list().unwrap()[..], [Stored::Unreadable { failure, .. }] if failure.code == FailureCode::ProjectNewer)
    );
    assert_eq!(fs::read_to_string(file(&store)).unwrap(), newer);
}

#[test]
fn who_asks_for_readable_projects_only_leaves_the_damaged_to_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = ProjectFiles::new(folder.path());
    fs::write(folder.path().join("0b1f4b86-2d8a-4a3b-8d5e-6a1c9f0e7d21.json"), "{ half").unwrap();
    assert_eq!(store.readable().unwrap().len(), 0);
    assert!(matches!(&store.list().unwrap()[..], [Stored::Unreadable { .. }]));
}

#[test]
fn a_damaged_file_is_set_aside_whole() {
    for damage in ["", "{", "[1, 2]", r#"{"schema": 1}"#, "\u{0}\u{0}\u{0}", r#"{"schema": "one"}"#] {
        let (_folder, store) = store();
        store.save(&project()).unwrap();
        fs::write(file(&store), damage).unwrap();
        assert_eq!(store.load(ID).unwrap_err().code, FailureCode::ProjectDamaged, "{damage:?}");
        let kept = names(&store.folder().join("damaged"));
        assert_eq!(kept.len(), 1);
        assert_eq!(fs::read_to_string(store.folder().join("damaged").join(&kept[0])).unwrap(), damage);
        assert_eq!(store.load(ID).unwrap_err().code, FailureCode::ProjectMissing);
    }
}

#[test]
fn an_id_cannot_lead_out_of_the_folder() {
    let (_folder, store) = store();
    for id in ["", "..", "../x", "a/b", "a\\b", "x.json", "a\0"] {
        assert_eq!(store.load(id).unwrap_err().code, FailureCode::ProjectMissing, "{id:?}");
    }
}

#[test]
fn a_removed_project_can_be_brought_back() {
    let (_folder, store) = store();
    let saved = store.save(&project()).unwrap();
    store.remove(ID).unwrap();
    assert_eq!(store.load(ID).unwrap_err().code, FailureCode::ProjectMissing);
    store.restore(ID).unwrap();
    assert_eq!(store.load(ID).unwrap(), saved);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_document() {
    let inside = std::env::var_os("SIGNPOST_FULL_DISK_TEST");
    let Some(folder) = inside else { return in_a_tiny_file_system() };
    let store = ProjectFiles::new(PathBuf::from(folder).join("projects"));
    let saved = store.save(&project()).unwrap();
    fs::write(store.folder().join("filler"), vec![0; 4 << 20]).unwrap_err();
    let larger = Project { organization: "x".repeat(200_000), ..saved.clone() };
    assert_eq!(store.save(&larger).unwrap_err().code, FailureCode::DiskFull);
    assert_eq!(store.load(ID).unwrap(), saved);
}

/// Runs the test again in a mount namespace of its own, on a file system of one megabyte.
#[cfg(target_os = "linux")]
fn in_a_tiny_file_system() {
    let folder = tempfile::tempdir().unwrap();
    let script = r#"mount -t tmpfs -o size=1m none "$0" && SIGNPOST_FULL_DISK_TEST="$0" exec "$@""#;
    let status = std::process::Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
        .arg(folder.path())
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "a_full_disk_leaves_the_old_document"])
        .status()
        .expect("unshare is missing: apt-get install util-linux");
    assert!(status.success());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let store = ProjectFiles::new("/proc/signpost/projects");
    let refused = store.save(&project()).unwrap_err();
    assert!(matches!(refused.code, FailureCode::FolderReadOnly | FailureCode::StorageFailed), "{refused}");
    assert!(refused.args["path"].starts_with("/proc/signpost"));
}

#[test]
fn a_file_from_before_the_portal_could_be_a_backend_is_read() {
    let (_folder, store) = store();
    let saved = store.save(&project()).unwrap();
    let mut older: serde_json::Value = serde_json::from_slice(&fs::read(file(&store)).unwrap()).unwrap();
    assert!(older.as_object_mut().unwrap().remove("portal").is_some());
    fs::write(file(&store), older.to_string()).unwrap();
    assert_eq!(store.load(ID).unwrap(), saved);
}

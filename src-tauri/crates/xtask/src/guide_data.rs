//! The files that guides are made of: what is wrong with them, and what they ask of an administrator.

use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;
use guides::{Library, Source};
use std::fs;
use std::path::{Path, PathBuf};

/// `cargo xtask guides …`.
#[derive(clap::Subcommand)]
pub(crate) enum Task {
    /// Say what is wrong with the guide data, with file and line.
    Check {
        /// The folder with identity-providers.toml; the program's own data when left out.
        folder: Option<PathBuf>,
    },
}

/// Does it.
pub(crate) fn perform(workspace: &Workspace, task: &Task) -> Outcome<()> {
    let Task::Check { folder } = task;
    let own = || workspace.root.join("src-tauri/crates/guides/data");
    let folder = folder.clone().unwrap_or_else(own);
    let (count, wrong) = check(&folder)?;
    wrong.iter().for_each(|line| println!("{line}"));
    if wrong.is_empty() {
        println!("{}: {count} files, nothing wrong.", folder.display());
        return Ok(());
    }
    Err(Trouble::Needed(format!("{} of {count} files have to be corrected", wrong.len())))
}

/// How many files there are, and what is wrong with them: one line each.
fn check(folder: &Path) -> Outcome<(usize, Vec<String>)> {
    let mut files = Vec::new();
    read(folder, "", &mut files)?;
    let sources: Vec<Source<'_>> = files.iter().map(|(path, text)| Source { path, text }).collect();
    let wrong = Library::check(&sources);
    Ok((files.len(), wrong.iter().map(ToString::to_string).collect()))
}

fn read(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> Outcome<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .and_then(|entries| entries.collect::<Result<Vec<_>, _>>())
        .map_err(Trouble::at(folder))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            read(&path, &format!("{prefix}{name}/"), files)?;
        } else if path.extension().is_some_and(|kind| kind == "toml" || kind == "csv") {
            let text = fs::read_to_string(&path).map_err(Trouble::at(&path))?;
            files.push((format!("{prefix}{name}"), text));
        }
    }
    Ok(())
}

/// What the vendors' own guides ask, where somebody counted: about so many actions, and values copied by hand.
const VENDOR: [(&str, &str, u32, u32); 1] = [("parallels-my-account", "entra", 45, 10)];

/// Prints, for each guide, the actions in the identity provider's portal and the values that are copied by hand.
pub(crate) fn print_effort() -> Outcome<()> {
    let library = Library::embedded().map_err(|wrong| Trouble::Needed(wrong.to_string()))?;
    println!(
        "\nBy hand, counted from the guides on the recommended ways (the vendor's own guide in brackets):\n"
    );
    println!("{:<22} {:<10} {:>16} {:>16}", "service", "provider", "portal actions", "values copied");
    for guide in library.guides() {
        let (service, provider) = (guide.service.id.as_str(), guide.identity_provider.id.as_str());
        let vendor = VENDOR.iter().find(|known| (known.0, known.1) == (service, provider));
        let beside = |own: u32, theirs: Option<u32>| match theirs {
            Some(theirs) => format!("{own} ({theirs})"),
            None => own.to_string(),
        };
        let effort = guide.effort();
        let actions = beside(effort.actions, vendor.map(|known| known.2));
        let values = beside(effort.values, vendor.map(|known| known.3));
        println!("{service:<22} {provider:<10} {actions:>16} {values:>16}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs").join(name)
    }

    /// A copy of the worked example in a folder of its own.
    fn copy(name: &str) -> PathBuf {
        let to = std::env::temp_dir().join(format!("signpost-guides-{}-{name}", std::process::id()));
        let mut files = Vec::new();
        read(&example("write-a-guide-example"), "", &mut files).unwrap();
        for (path, text) in files {
            let file = to.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        to
    }

    #[test]
    fn the_worked_example_has_nothing_wrong() {
        let (count, wrong) = check(&example("write-a-guide-example")).unwrap();
        assert!(count >= 4 && wrong.is_empty(), "{count} {wrong:?}");
    }

    #[test]
    fn a_broken_guide_is_named_with_file_and_line() {
        let guide = "guides/example-notes/okta.toml";
        for (before, after, said) in [
            ("id = \"saml\"", "id = \"samel\"", "samel"),
            ("id = \"saml\"", "id = \"scim\"", "no step scim"),
            ("title = \"SAML\"", "titel = \"SAML\"", "titel"),
            ("give = \"acs-url\"", "give = \"acs\"", "acs"),
            ("check = \"The file", "covers = [\"X1\"]\ncheck = \"The file", "no fact \"X1\""),
        ] {
            let folder = copy(&said.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
            let text = fs::read_to_string(folder.join(guide)).unwrap();
            let line = text[..text.find(before).unwrap()].matches('\n').count() + 1;
            fs::write(folder.join(guide), text.replacen(before, after, 1)).unwrap();
            let (_, wrong) = check(&folder).unwrap();
            fs::remove_dir_all(&folder).unwrap();
            let wrong = wrong.concat();
            assert!(wrong.contains(said) && wrong.contains(guide), "{after}: {wrong}");
            assert!(wrong.contains(&format!("line {line}:")), "{after} is in line {line}: {wrong}");
        }
    }
}

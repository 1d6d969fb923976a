//! The files that guides are made of: what is wrong with them.

use crate::effort;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;
use guide_files::GuideFiles;
use guides::Library;
use std::path::{Path, PathBuf};

/// `cargo xtask guides …`.
#[derive(clap::Subcommand)]
pub(crate) enum Task {
    /// Say what is wrong with the guide data, with file and line.
    Check {
        /// A folder of one's own, beside the program's data; the program's data when left out.
        folder: Option<PathBuf>,
    },
    /// Print what each guide asks of an administrator, beside what the vendor's own guide asks.
    Count,
}

/// Does it.
pub(crate) fn perform(workspace: &Workspace, task: &Task) -> Outcome<()> {
    let Task::Check { folder } = task else { return effort::print() };
    let own = workspace.root.join("src-tauri/crates/guides/data");
    let (count, wrong) = match folder {
        Some(folder) => beside(folder)?,
        None => alone(&own)?,
    };
    wrong.iter().for_each(|line| println!("{line}"));
    if wrong.is_empty() {
        println!("{}: {count} files, nothing wrong.", folder.as_ref().unwrap_or(&own).display());
        return Ok(());
    }
    Err(Trouble::Needed(format!("{} of {count} files have to be corrected", wrong.len())))
}

/// How many files there are, and what is wrong with them, one line each: the program's own data.
fn alone(folder: &Path) -> Outcome<(usize, Vec<String>)> {
    let files = GuideFiles::read(folder).map_err(|why| Trouble::Needed(why.to_string()))?;
    Ok((files.len(), Library::check(&files.sources()).iter().map(ToString::to_string).collect()))
}

/// The same for a folder whose files come beside the program's.
fn beside(folder: &Path) -> Outcome<(usize, Vec<String>)> {
    let loaded = guide_files::load(folder).map_err(|why| Trouble::Needed(why.to_string()))?;
    Ok((loaded.files, loaded.wrong.iter().map(ToString::to_string).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn example(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs").join(name)
    }

    /// A copy of the worked example in a folder of its own.
    fn copy(name: &str) -> PathBuf {
        let to = std::env::temp_dir().join(format!("signpost-guides-{}-{name}", std::process::id()));
        let files = GuideFiles::read(&example("write-a-guide-example")).unwrap();
        for source in files.sources() {
            let file = to.join(source.path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, source.text).unwrap();
        }
        to
    }

    #[test]
    fn the_worked_example_has_nothing_wrong() {
        let (count, wrong) = beside(&example("write-a-guide-example")).unwrap();
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
            let (_, wrong) = beside(&folder).unwrap();
            fs::remove_dir_all(&folder).unwrap();
            let wrong = wrong.concat();
            assert!(wrong.contains(said) && wrong.contains(guide), "{after}: {wrong}");
            assert!(wrong.contains(&format!("line {line}:")), "{after} is in line {line}: {wrong}");
        }
    }
}

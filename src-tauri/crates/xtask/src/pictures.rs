//! A picture of every screen, into `docs/pictures`.

use crate::packages::{self, Purpose};
use crate::process;
use crate::trouble::Outcome;
use crate::ui;
use crate::workspace::Workspace;

/// Makes them with the user interface's own script, in the same browser as the screen tests.
pub(crate) fn make(workspace: &Workspace) -> Outcome<()> {
    packages::ensure(Purpose::Test)?;
    ui::install_packages(workspace)?;
    process::run(&mut ui::npm(workspace, &["run", "pictures"])?)?;
    let made = ui::files_below(&workspace.root.join("docs/pictures"), &[]);
    println!("{} pictures in docs/pictures.", made.len());
    Ok(())
}

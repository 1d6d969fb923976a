//! A picture of every screen, into `docs/pictures`.

use crate::packages::{self, Purpose};
use crate::process;
use crate::trouble::Outcome;
use crate::ui;
use crate::workspace::Workspace;
use std::path::PathBuf;
use std::process::Command;

/// Makes them with the user interface's own script, in the same browser as the screen tests.
pub(crate) fn make(workspace: &Workspace) -> Outcome<()> {
    packages::ensure(Purpose::Test)?;
    ui::install_packages(workspace)?;
    process::run(&mut ui::npm(workspace, &["run", "pictures"])?)?;
    let made = ui::files_below(&workspace.root.join("docs/pictures"), &[]);
    shrink(&made)?;
    println!("{} pictures in docs/pictures.", made.len());
    Ok(())
}

/// 255 colours are enough for a window without photographs, at a third of the size.
fn shrink(pictures: &[PathBuf]) -> Outcome<()> {
    let mut mogrify = Command::new("mogrify");
    mogrify.args(["-dither", "None", "-colors", "255", "-strip", "-define", "png:format=png8"]);
    process::run_named(mogrify.args(pictures), "mogrify -colors 255 docs/pictures/*.png")
}

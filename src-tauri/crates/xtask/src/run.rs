//! From a clean clone to the window.

use crate::packages::{self, Purpose};
use crate::process::{self, Background};
use crate::session::{self, Session};
use crate::trouble::Outcome;
use crate::ui;
use crate::workspace::{SHELL, SHELL_FEATURES, Workspace};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long the window may take to show something, on a slow and busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// Options of `cargo xtask run`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Take a picture of the window on a virtual display, then end.
    #[arg(long)]
    picture_and_exit: bool,
    /// Words for the program itself.
    #[arg(last = true)]
    words: Vec<String>,
}

/// Installs, builds, starts, and stays until the program ends.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Outcome<()> {
    let virtual_display = arguments.picture_and_exit && cfg!(target_os = "linux") || !session::has_display();
    packages::ensure(if virtual_display { Purpose::RunWithoutDisplay } else { Purpose::Run })?;
    let program = build(workspace)?;
    let session = own_session(workspace, virtual_display)?;
    let mut start = process::tethered(&program);
    let mut window =
        Background::start(session.enter(start.args(&arguments.words).current_dir(&workspace.root)))?;
    println!("Signpost is running (process {}).", window.id());
    if virtual_display {
        let shown = show_picture(workspace, &session, &mut window);
        if arguments.picture_and_exit {
            return shown;
        }
        if let Err(trouble) = shown {
            println!("{trouble}");
        }
        println!("Signpost keeps running. Press Ctrl-C to end it.");
    }
    window.end_of(SHELL)
}

/// Packages and sources of the user interface, then the shell with the user interface inside.
pub(crate) fn build(workspace: &Workspace) -> Outcome<PathBuf> {
    ui::install_packages(workspace)?;
    ui::build_if_changed(workspace)?;
    process::run(workspace.cargo().args(["build", "--package", SHELL, "--features", SHELL_FEATURES]))?;
    Ok(workspace.built("debug", SHELL))
}

fn own_session(workspace: &Workspace, virtual_display: bool) -> Outcome<Session> {
    let mut session = Session::default();
    if virtual_display {
        session = session.with_display(&workspace.scratch("run-display")?)?;
        println!(
            "There is no display here: Signpost is shown on a virtual one, {}.",
            session.display().unwrap_or("?")
        );
    }
    if virtual_display && !session::has_bus() {
        let folder = workspace.scratch("run-keyring")?;
        session = session.with_keyring(&folder)?;
        println!("There is no keyring here: one for trying things out lies in {}.", folder.display());
    }
    Ok(session)
}

fn show_picture(workspace: &Workspace, session: &Session, window: &mut Background) -> Outcome<()> {
    let picture: &Path = &workspace.target.join("signpost-window.png");
    session.picture_of_shown_window(picture, window, PATIENCE)?;
    println!("A picture of the window: {}", picture.display());
    Ok(())
}

//! A display, a D-Bus session and a keyring of our own, for a machine without a desktop and for tests.

use crate::process::{self, Background};
use crate::trouble::{Outcome, Trouble};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const SCREEN: &str = "1280x900x24";
/// A window with text on it has hundreds of colours (its letters have soft edges); an empty one has a handful.
const COLOURS_OF_A_SHOWN_WINDOW: u32 = 60;

/// What was started here; dropping it ends everything again.
#[derive(Default)]
pub(crate) struct Session {
    keyring: Option<Background>,
    bus: Option<(Background, String)>,
    display: Option<(Background, String)>,
}

impl Session {
    /// Starts a display.
    pub(crate) fn with_display(mut self) -> Outcome<Self> {
        let mut server = command("Xvfb", "xvfb")?;
        server.args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"]);
        let (server, number) = started(&mut server)?;
        self.display = Some((server, format!(":{number}")));
        Ok(self)
    }

    /// Starts a D-Bus session with an unlocked keyring whose files lie in the folder.
    pub(crate) fn with_keyring(mut self, folder: &Path) -> Outcome<Self> {
        let mut bus = command("dbus-daemon", "dbus")?;
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]).env("XDG_DATA_HOME", folder);
        let (bus, address) = started(&mut bus)?;
        self.bus = Some((bus, address));
        self.keyring = Some(self.unlocked_keyring(folder)?);
        Ok(self)
    }

    /// Where the display is, when one was started.
    pub(crate) fn display(&self) -> Option<&str> {
        self.display.as_ref().map(|(_, display)| display.as_str())
    }

    /// Tells a program about all of it.
    pub(crate) fn enter<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        if let Some(display) = self.display() {
            command.env("DISPLAY", display).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        }
        if let Some((_, address)) = &self.bus {
            command.env("DBUS_SESSION_BUS_ADDRESS", address);
        }
        command
    }

    /// Writes a picture of the whole display.
    pub(crate) fn picture(&self, file: &Path) -> Outcome<()> {
        let mut import = Command::new(program("import", "imagemagick")?);
        import.args(["-window", "root"]).arg(file);
        process::output(self.enter(&mut import)).map(drop)
    }

    /// Writes a picture as soon as a window with text on it is there and two pictures in a row are the same.
    ///
    /// # Errors
    /// When nothing has shown up within the limit.
    pub(crate) fn picture_of_shown_window(&self, file: &Path, limit: Duration) -> Outcome<()> {
        let mut before = Vec::new();
        let settled = process::wait_until(limit, || {
            self.picture(file).ok()?;
            let now = std::fs::read(file).ok()?;
            let same = now == before;
            before = now;
            (same && colours(file)? >= COLOURS_OF_A_SHOWN_WINDOW).then_some(())
        });
        settled.ok_or_else(|| {
            let seconds = limit.as_secs();
            Trouble::Needed(format!(
                "no window with text on it within {seconds} s; {} shows what there is",
                file.display()
            ))
        })
    }

    fn unlocked_keyring(&self, folder: &Path) -> Outcome<Background> {
        std::fs::create_dir_all(folder).map_err(Trouble::at(folder))?;
        let mut keyring = command("gnome-keyring-daemon", "gnome-keyring")?;
        keyring.args(["--foreground", "--unlock", "--components=secrets", "--control-directory"]).arg(folder);
        keyring
            .env("XDG_DATA_HOME", folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut keyring = Background::start(self.enter(&mut keyring))?;
        // The password is one line break: with none at all the daemon makes no keyring.
        keyring.input(|input| input.write_all(b"\n"));
        self.wait_for_keyring()?;
        Ok(keyring)
    }

    fn wait_for_keyring(&self) -> Outcome<()> {
        let dbus_send = program("dbus-send", "dbus")?;
        let owned = || {
            let mut ask = Command::new(&dbus_send);
            ask.args([
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.NameHasOwner",
            ]);
            let answer = process::output(self.enter(ask.arg("string:org.freedesktop.secrets"))).ok()?;
            answer.contains("boolean true").then_some(())
        };
        process::wait_until(Duration::from_secs(15), owned)
            .ok_or_else(|| Trouble::Needed("gnome-keyring-daemon did not come up within 15 s".into()))
    }
}

/// Whether a display is there already.
pub(crate) fn has_display() -> bool {
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Whether a D-Bus session is there already.
pub(crate) fn has_bus() -> bool {
    !cfg!(target_os = "linux") || is_set("DBUS_SESSION_BUS_ADDRESS")
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// How many colours a picture has.
pub(crate) fn colours(file: &Path) -> Option<u32> {
    let identify = program("identify", "imagemagick").ok()?;
    let answer = process::output(Command::new(identify).args(["-format", "%k"]).arg(file)).ok()?;
    answer.trim().parse().ok()
}

fn started(server: &mut Command) -> Outcome<(Background, String)> {
    let name = server.get_program().to_string_lossy().into_owned();
    let mut server =
        Background::start(server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()))?;
    match server.first_line() {
        Some(line) => Ok((server, line)),
        None => Err(Trouble::Unreadable { program: name, reason: "it ended before it was ready".into() }),
    }
}

fn command(name: &str, package: &str) -> Outcome<Command> {
    Ok(process::tethered(program(name, package)?))
}

fn program(name: &str, package: &str) -> Outcome<PathBuf> {
    let missing = || Trouble::Needed(format!("{name} is missing: install the package {package}"));
    process::find(name).ok_or_else(missing)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_session_comes_up_shows_nothing_yet_and_ends() {
        let folder = std::env::temp_dir().join(format!("xtask-session-{}", std::process::id()));
        let session = Session::default().with_display().unwrap().with_keyring(&folder).unwrap();
        let socket = format!("/tmp/.X11-unix/X{}", session.display().unwrap().trim_start_matches(':'));
        let picture = folder.join("empty.png");

        session.picture(&picture).unwrap();
        assert!(colours(&picture).unwrap() < COLOURS_OF_A_SHOWN_WINDOW);
        assert!(session.picture_of_shown_window(&picture, Duration::from_secs(1)).is_err());

        assert!(Path::new(&socket).exists());
        drop(session);
        assert!(!Path::new(&socket).exists());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

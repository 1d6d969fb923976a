//! A display, a D-Bus session and a keyring of our own, for a machine without a desktop and for tests.

mod frame;

pub(crate) use frame::Frame;

use crate::process::{self, Background};
use crate::trouble::{Outcome, Trouble};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const SCREEN: &str = "1280x900x24";
/// A window with text on it has hundreds of colours (its letters have soft edges); an empty one has a handful.
pub(crate) const COLOURS_OF_A_SHOWN_WINDOW: usize = 60;

/// What was started here; dropping it ends everything again.
#[derive(Default)]
pub(crate) struct Session {
    keyring: Option<Background>,
    bus: Option<(Background, String)>,
    display: Option<(Background, String)>,
    frame: PathBuf,
}

impl Session {
    /// Starts a display whose frame buffer lies in the folder.
    pub(crate) fn with_display(mut self, folder: &Path) -> Outcome<Self> {
        std::fs::create_dir_all(folder).map_err(Trouble::at(folder))?;
        let mut server = command("Xvfb", "xvfb")?;
        server.args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp", "-fbdir"]).arg(folder);
        let (server, number) = started(&mut server)?;
        self.frame = folder.join("Xvfb_screen0");
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

    /// What is on the display at this moment.
    pub(crate) fn frame(&self) -> Option<Frame> {
        Frame::read(&self.frame)
    }

    /// Writes a picture as soon as a window with text on it is there and stays the same for a moment; also when the
    /// time is over, because the picture then shows what went wrong.
    ///
    /// # Errors
    /// When nothing has shown up within the limit, or the window's program has ended.
    pub(crate) fn picture_of_shown_window(
        &self,
        file: &Path,
        window: &mut Background,
        limit: Duration,
    ) -> Outcome<()> {
        let mut before = None;
        let settled = process::wait_until(limit, || {
            let now = self.frame();
            let same = now.is_some() && now == before;
            before = now;
            let shown =
                same && before.as_ref().is_some_and(|frame| frame.has_colours(COLOURS_OF_A_SHOWN_WINDOW));
            (shown || window.ended()).then_some(shown)
        });
        self.picture(file)?;
        match settled {
            Some(true) => Ok(()),
            Some(false) => Err(Trouble::Needed("the program ended before its window showed anything".into())),
            None => Err(Trouble::Needed(format!("no text in the window within {} s", limit.as_secs()))),
        }
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
    fn a_session_comes_up_shows_what_is_drawn_and_ends() {
        let folder = std::env::temp_dir().join(format!("xtask-session-{}", std::process::id()));
        let session = Session::default().with_display(&folder).unwrap().with_keyring(&folder).unwrap();
        let socket = format!("/tmp/.X11-unix/X{}", session.display().unwrap().trim_start_matches(':'));
        let picture = folder.join("picture.png");

        let mut nothing = Background::start(Command::new("cat").stdin(Stdio::piped())).unwrap();
        let early = session.picture_of_shown_window(&picture, &mut nothing, Duration::from_millis(300));
        assert!(early.is_err());
        let mut draw = Command::new(program("display", "imagemagick").unwrap());
        draw.args(["-size", "400x300", "gradient:red-blue"]);
        let mut window = Background::start(session.enter(&mut draw)).unwrap();
        session.picture_of_shown_window(&picture, &mut window, Duration::from_secs(20)).unwrap();
        assert!(picture.metadata().unwrap().len() > 500);

        assert!(Path::new(&socket).exists());
        drop(session);
        assert!(!Path::new(&socket).exists());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

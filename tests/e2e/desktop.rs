//! What a person does outside of the window: drag a file, look at the screen, read the clipboard.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Brings the program's window to the left edge, so that the place to drop on is known.
pub(crate) fn arrange_window() {
    arrange(&window("^Signpost$"));
}

fn arrange(id: &str) {
    let id = id.to_owned();
    output("xdotool", &["windowsize", "--sync", &id, "1180", "820"]);
    output("xdotool", &["windowmove", &id, "0", "0"]);
}

/// Drags a file out of another window and drops it in the middle of the program's.
pub(crate) async fn drag_onto_window(file: &Path) {
    arrange_window();
    drag_to_the_left(file).await;
}

/// The same where two programs run: onto the window of the one on that data folder.
pub(crate) async fn drag_onto_window_of(data: &Path, file: &Path) {
    let id = window_of(data);
    output("xdotool", &["windowactivate", "--sync", &id]);
    arrange(&id);
    drag_to_the_left(file).await;
}

async fn drag_to_the_left(file: &Path) {
    let source = Command::new("/usr/bin/python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/drag_source.py"))
        .args(["1300", "200"])
        .arg(file)
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 with GTK is missing: apt-get install python3-gi gir1.2-gtk-3.0");
    let mut source = Ended(source);
    windows("^Files to drag$");
    tokio::time::sleep(Duration::from_millis(300)).await;
    output("xdotool", &["mousemove", "1370", "270", "sleep", "0.2", "mousedown", "1", "sleep", "0.2"]);
    for x in [1340, 1300, 1250, 1190, 1100, 1000, 900, 800, 720, 660, 630, 610] {
        output("xdotool", &["mousemove", &x.to_string(), "400", "sleep", "0.06"]);
    }
    output("xdotool", &["sleep", "0.3", "mousemove", "604", "404", "sleep", "0.3", "mouseup", "1"]);
    for _ in 0..50 {
        if source.0.try_wait().unwrap().is_some() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the drag did not end");
}

/// Answers the system's file dialog with a path.
pub(crate) async fn answer_file_dialog(path: &Path) {
    let mains = windows("^Signpost$");
    let start = std::time::Instant::now();
    while active_window().is_none_or(|active| mains.lines().any(|main| active == main)) {
        assert!(start.elapsed() < Duration::from_secs(20), "no file dialog opened");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // The slash opens the field for a path where there is none yet, and what is typed meanwhile would be lost.
    output("xdotool", &["sleep", "0.5", "key", "slash", "sleep", "1", "key", "ctrl+a"]);
    output("xdotool", &["type", "--delay", "12", path.to_str().unwrap()]);
    output("xdotool", &["sleep", "0.3", "key", "Return"]);
}

/// The window with the focus. While it goes from one window to the next, none has it, and asking fails.
fn active_window() -> Option<String> {
    let asked = Command::new("timeout").args(["30", "xdotool", "getactivewindow"]).output().unwrap();
    asked.status.success().then(|| String::from_utf8_lossy(&asked.stdout).trim().to_owned())
}

// The whole title: a tooltip is a window too, and is called after the program.
fn window(name: &str) -> String {
    windows(name).lines().next().expect("the window is on the screen").to_owned()
}

/// Asked again when a window was gone before its name was read: that ends `xdotool`.
fn windows(name: &str) -> String {
    let search = ["30", "xdotool", "search", "--sync", "--onlyvisible", "--name", name];
    for _ in 0..5 {
        let found = Command::new("timeout").args(search).output().unwrap();
        if found.status.success() {
            return String::from_utf8_lossy(&found.stdout).into_owned();
        }
        let said = String::from_utf8_lossy(&found.stderr);
        assert!(said.contains("BadWindow"), "xdotool {search:?}: {said}");
    }
    panic!("windows come and go while {name} is looked for");
}

/// The window of the program that was started on this data folder.
fn window_of(data: &Path) -> String {
    let setting = format!("SIGNPOST_DATA_DIR={}", data.display());
    let is_its = |id: &&str| {
        let pid = output("xdotool", &["getwindowpid", id]);
        let settings = std::fs::read(format!("/proc/{}/environ", pid.trim())).unwrap_or_default();
        settings.split(|byte| *byte == 0).any(|one| one == setting.as_bytes())
    };
    windows("^Signpost$").lines().find(is_its).expect("its window is on the screen").to_owned()
}

/// The text on the clipboard, as another program gets it.
pub(crate) fn clipboard() -> String {
    let script = "import gi; gi.require_version('Gdk', '3.0'); gi.require_version('Gtk', '3.0')
from gi.repository import Gdk, Gtk
print(Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).wait_for_text() or '', end='')";
    output("/usr/bin/python3", &["-W", "ignore", "-c", script])
}

/// Saves a picture of the whole display.
pub(crate) fn picture(file: &Path) {
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    output("import", &["-window", "root", file.to_str().unwrap()]);
}

/// What the program printed; a failure ends the test.
pub(crate) fn output(program: &str, arguments: &[&str]) -> String {
    // `xdotool search --sync` waits for ever for a window that never comes.
    let done = Command::new("timeout").arg("30").arg(program).args(arguments).output();
    let done = done.unwrap_or_else(|_| panic!("{program} is missing: apt-get install xdotool imagemagick"));
    assert!(done.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// A process that ends with the test, and with it those it started, if it leads a group of its own.
pub(crate) struct Ended(pub(crate) Child);

impl Ended {
    /// Ends it now.
    pub(crate) fn end(&mut self) {
        let group = format!("-{}", self.0.id());
        Command::new("kill").args(["-9", "--", &group]).stderr(Stdio::null()).status().ok();
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        self.end();
    }
}

//! A domain turns verified while nobody looks: the window is closed, and opened again from the tray or by a second start.

use crate::app::App;
use crate::desktop::{Ended, output};
use crate::journey::{add_domain, new_project, publish, token};
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// The next look is 20 seconds away at most.
const LOOK: Duration = Duration::from_secs(45);

/// No panel at first: the program says so, goes on without an icon, and a second start opens its window. Then a panel
/// comes, and its icon's menu opens the window and ends the program.
pub(crate) async fn without_a_window(folder: &Path) {
    let app = App::start(&folder.join("data")).await;
    let notified = Notifications::listen(folder);
    new_project(&app, "Microsoft Entra ID").await;
    let value = watch(&app, "contoso.test").await;
    keep_watching(&app).await;
    app.see("This desktop shows no tray icons.").await;
    close(&app).await;
    publish("contoso.test", &value).await;
    settled(&app, 1).await;
    notified.see("contoso.test is accepted.").await;
    second_start(&app);
    open(&app).await;
    app.go_to("Check a domain").await;
    app.press("Watch list looked at until they are right").await;
    app.see("Accepted since").await;
    from_the_tray(app).await;
}

async fn from_the_tray(app: App) {
    let mut panel = Panel::start();
    app.go_to("Settings").await;
    app.choose("Keep watching when the window is closed").await;
    app.see("Its icon stays in the tray").await;
    app.choose("Keep watching when the window is closed").await;
    app.see("Stop watching and quit").await;
    panel.hear("icon");
    app.go_to("Check a domain").await;
    app.type_into("Domain or e-mail address", "fabrikam.test").await;
    app.press("Check domain").await;
    app.see_within("There is no TXT record at", LOOK).await;
    app.press("Watch this domain").await;
    app.see("Next check").await;
    close(&app).await;
    panel.press("Open Signpost");
    open(&app).await;
    close(&app).await;
    panel.press("Stop watching and quit");
    app.see_ended().await;
}

/// Adds a domain to the project and watches it; the value that has to be published.
async fn watch(app: &App, domain: &str) -> String {
    app.go_to("Domains").await;
    add_domain(app, domain, domain).await;
    app.see("token=").await;
    app.press("Watch this domain").await;
    app.see("Next check").await;
    token(&app.words().await)
}

async fn keep_watching(app: &App) {
    app.go_to("Settings").await;
    app.choose("Keep watching when the window is closed").await;
    app.see("Stop watching and quit").await;
}

/// Closes the window as its frame's button does, and waits until it is gone.
async fn close(app: &App) {
    let window = shown_window().expect("the window is open");
    output("xdotool", &["windowfocus", "--sync", &window, "key", "alt+F4"]);
    wait_until("the window did not close", || shown_window().is_none()).await;
    assert!(app.is_running(), "the program ended with its window");
}

async fn open(app: &App) {
    wait_until("the window did not open", || shown_window().is_some()).await;
    assert!(app.is_running());
}

/// The window, when it is on the screen.
fn shown_window() -> Option<String> {
    let found = Command::new("xdotool").args(["search", "--onlyvisible", "--name", "^Signpost$"]).output();
    String::from_utf8(found.unwrap().stdout).unwrap().lines().next().map(str::to_owned)
}

/// Waits until so many watched domains are settled on the disk.
async fn settled(app: &App, count: usize) {
    let file = app.data().join("watch-list.json");
    let settled = || {
        let list = std::fs::read_to_string(&file).unwrap_or_default();
        list.matches("\"settled_at\": \"").count() >= count
    };
    wait_until("the watched domain was not settled", settled).await;
}

async fn wait_until(why: &str, met: impl Fn() -> bool) {
    let start = Instant::now();
    while !met() {
        assert!(start.elapsed() < LOOK, "{why}");
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
}

fn second_start(app: &App) {
    let mut second = Command::new("timeout");
    second.arg("20").arg(env!("CARGO_BIN_EXE_signpost-desktop")).env("SIGNPOST_DATA_DIR", app.data());
    assert!(second.status().unwrap().success(), "the second start did not end by itself");
}

/// What is sent to the desktop's notifications, whether or not somebody shows them.
struct Notifications {
    file: PathBuf,
    _monitor: Ended,
}

impl Notifications {
    fn listen(folder: &Path) -> Self {
        let file = folder.join("notifications");
        let monitor = Command::new("dbus-monitor")
            .args(["--session", "interface='org.freedesktop.Notifications',member='Notify'"])
            .stdout(std::fs::File::create(&file).unwrap())
            .spawn()
            .expect("dbus-monitor is missing: apt-get install dbus");
        Self { file, _monitor: Ended(monitor) }
    }

    async fn see(&self, words: &str) {
        let seen = || std::fs::read_to_string(&self.file).unwrap_or_default().contains(words);
        wait_until("nobody was notified", seen).await;
    }
}

/// A panel that shows icons.
struct Panel {
    _process: Ended,
    said: Lines<BufReader<ChildStdout>>,
    hears: ChildStdin,
}

impl Panel {
    fn start() -> Self {
        let mut process: Child = Command::new("/usr/bin/python3")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/tray_host.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 with GIO is missing: apt-get install python3-gi");
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        let hears = process.stdin.take().unwrap();
        let mut panel = Self { _process: Ended(process), said, hears };
        panel.hear("ready");
        panel
    }

    fn hear(&mut self, word: &str) {
        let said = self.said.next().expect("the panel ended").unwrap();
        assert_eq!(said, word);
    }

    fn press(&mut self, item: &str) {
        writeln!(self.hears, "{item}").unwrap();
        self.hear(&format!("pressed {item}"));
    }
}

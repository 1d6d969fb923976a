//! The program's window as a person meets it: by the words on its buttons and fields.

use crate::desktop::Ended;
use crate::keyboard;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long the window may take for anything that is no network walk.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long the window may take to open, on a machine that reads everything from a cold disk.
const OPENING: Duration = Duration::from_secs(120);

/// As a person scrolls: to the middle, where nothing that sticks to an edge covers it. A page can move while the mouse is
/// pressed, so what is pressed says that it was.
const ABOUT_TO_PRESS: &str = "
    arguments[0].scrollIntoView({ block: 'center' });
    window.hit = false;
    arguments[0].addEventListener('click', () => (window.hit = true), { capture: true, once: true });
";

/// How many key strokes may lead to a place: more stops than any screen has.
const MOST_STEPS: u32 = 150;

/// What the person uses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hands {
    Mouse,
    /// Real key strokes, and never the mouse.
    Keyboard,
}

/// The running program.
pub(crate) struct App {
    pub(crate) window: Client,
    hands: Hands,
    data: PathBuf,
    driver: Ended,
}

impl App {
    /// Starts the program on a data folder.
    pub(crate) async fn start(data: &Path) -> Self {
        Self::start_with(data, Hands::Mouse, 4444, &[]).await
    }

    /// Starts a second program beside the first, with a file to open.
    pub(crate) async fn start_beside(data: &Path, file: &Path) -> Self {
        Self::start_with(data, Hands::Mouse, 4454, &[file]).await
    }

    /// The same for a person who has no mouse.
    pub(crate) async fn start_by_keyboard(data: &Path) -> Self {
        Self::start_with(data, Hands::Keyboard, 4444, &[]).await
    }

    async fn start_with(data: &Path, hands: Hands, port: u16, files: &[&Path]) -> Self {
        let driver = std::env::var("TAURI_DRIVER").unwrap_or_else(|_| "tauri-driver".to_owned());
        let driver = Command::new(&driver)
            .args(["--port", &port.to_string(), "--native-port", &(port + 1).to_string()])
            .env("SIGNPOST_DATA_DIR", data)
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|_| {
                panic!("{driver} is missing: cargo install tauri-driver --locked --version 2.1.0")
            });
        let driver = Ended(driver);
        let mut wanted = serde_json::Map::new();
        wanted.insert("browserName".into(), "wry".into());
        let program =
            serde_json::json!({ "application": env!("CARGO_BIN_EXE_signpost-desktop"), "args": files });
        wanted.insert("tauri:options".into(), program);
        let window = connect(wanted, port).await;
        let app = Self { window, hands, data: data.to_owned(), driver };
        app.see_element("//main//h1").await;
        app
    }

    /// Ends the program as a crash or a power cut would.
    pub(crate) async fn kill(mut self) {
        let pid = pid_of(env!("CARGO_BIN_EXE_signpost-desktop"));
        let killed = Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
        assert!(killed.success());
        let gone = Instant::now();
        while !has_let_go(pid) {
            assert!(gone.elapsed() < PATIENCE, "the program outlived kill -9");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.driver.end();
    }

    /// Ends the program in the orderly way.
    pub(crate) async fn close(mut self) {
        self.window.clone().close().await.ok();
        self.driver.end();
    }

    /// Whether the program runs, with or without a window.
    pub(crate) fn is_running(&self) -> bool {
        pids_of(env!("CARGO_BIN_EXE_signpost-desktop")).min().is_some()
    }

    /// Waits until the program has ended by itself.
    pub(crate) async fn see_ended(mut self) {
        let start = Instant::now();
        while self.is_running() {
            assert!(start.elapsed() < PATIENCE, "the program did not end");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.driver.end();
    }

    /// The folder the program keeps its data in.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Whether the person uses the keyboard alone.
    pub(crate) fn is_by_keyboard(&self) -> bool {
        self.hands == Hands::Keyboard
    }

    /// Waits for an element.
    pub(crate) async fn see_element(&self, path: &str) -> Element {
        let start = Instant::now();
        loop {
            match self.window.find(Locator::XPath(path)).await {
                Ok(element) => return element,
                Err(error) if start.elapsed() > PATIENCE => {
                    self.fail(&format!("{path} did not show: {error}")).await
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(60)).await,
            }
        }
    }

    /// Waits until the page says this.
    pub(crate) async fn see(&self, words: &str) {
        self.see_within(words, PATIENCE).await;
    }

    /// The same, for what takes its time.
    pub(crate) async fn see_within(&self, words: &str, patience: Duration) {
        let start = Instant::now();
        loop {
            let said = self.words().await;
            if said.contains(words) {
                return;
            }
            if start.elapsed() > patience {
                self.fail(&format!("the window never said {words:?}")).await;
            }
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
    }

    /// Ends the test with what is on the screen, and a picture of it.
    async fn fail(&self, why: &str) -> ! {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window-when-it-failed.png");
        crate::desktop::picture(&file);
        panic!("{why}; see {}. The window says:\n{}", file.display(), self.words().await)
    }

    /// Waits until the project file has this.
    pub(crate) async fn see_saved(&self, text: &str) {
        let start = Instant::now();
        while !self.saved().contains(text) {
            assert!(start.elapsed() < PATIENCE, "{text:?} was not saved");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// The project file as it is on the disk.
    pub(crate) fn saved(&self) -> String {
        let files = std::fs::read_dir(self.data.join("projects")).unwrap().map(|entry| entry.unwrap().path());
        let file = files.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "json"));
        std::fs::read_to_string(file.unwrap()).unwrap()
    }

    /// Everything the page says.
    pub(crate) async fn words(&self) -> String {
        let said = self.window.execute("return document.body.innerText", Vec::new()).await;
        said.ok().and_then(|said| said.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Presses the button or link of that name.
    pub(crate) async fn press(&self, name: &str) {
        let quoted = quoted(name);
        let path = format!(
            "//*[self::button or self::a or @role='button' or self::summary][normalize-space(translate(., '\u{a0}', ' '))={quoted} or @aria-label={quoted}]"
        );
        self.press_at(&path).await;
    }

    /// Follows the rail to a place, and waits for its page: the one before may have a button of the same name.
    pub(crate) async fn go_to(&self, place: &str) {
        let here = format!("//nav//a[@aria-current][starts-with(normalize-space(), '{place}')]");
        let is_there = self.window.find(Locator::XPath(&here)).await.is_ok();
        let mark = "for (const heading of document.querySelectorAll('main h1')) heading.dataset.before = ''";
        self.attempt(self.window.execute(mark, Vec::new()).await.map(drop));
        self.press_at(&format!("//nav//a[starts-with(normalize-space(), '{place}')]")).await;
        self.see_element(&here).await;
        if !is_there {
            self.see_element("//main//h1[not(@data-before)]").await;
        }
    }

    /// Follows the rail to a place from the end of the page that is open; the new page has to begin at its top.
    pub(crate) async fn go_from_the_end_to(&self, place: &str) {
        let end = "window.scrollTo(0, document.body.scrollHeight); return window.scrollY > 0";
        let is_scrolled = self.window.execute(end, Vec::new()).await.unwrap();
        assert_eq!(is_scrolled, true, "the page has to be longer than the window");
        self.go_to(place).await;
        let start = Instant::now();
        while self.window.execute("return window.scrollY", Vec::new()).await.unwrap() != 0 {
            if start.elapsed() > PATIENCE {
                self.fail(&format!("{place} does not begin at its top")).await;
            }
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }

    /// Whether what was about to be pressed got the press; a window that is gone got it.
    async fn was_hit(&self) -> bool {
        let hit = self.window.execute("return window.hit", Vec::new()).await;
        hit.map_or(true, |hit| hit != false)
    }

    /// Presses what the path finds, once it can be pressed.
    pub(crate) async fn press_at(&self, path: &str) {
        if self.is_by_keyboard() {
            self.walk_to(path).await;
            return keyboard::strike("Return");
        }
        let start = Instant::now();
        loop {
            let element = self.see_element(path).await;
            let target = serde_json::to_value(&element).unwrap();
            self.window.execute(ABOUT_TO_PRESS, vec![target]).await.ok();
            match element.click().await {
                Ok(()) if self.was_hit().await => return,
                Ok(()) if start.elapsed() > PATIENCE => {
                    self.fail(&format!("{path} moved away from under the mouse")).await
                }
                Ok(()) => {}
                Err(error) if start.elapsed() > PATIENCE => {
                    self.fail(&format!("{path} could not be pressed: {error}")).await
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(60)).await,
            }
        }
    }

    /// Types into the field of that label, in place of what stood there.
    pub(crate) async fn type_into(&self, label: &str, text: &str) {
        self.type_at(&field_path(label), text).await;
    }

    async fn type_at(&self, path: &str, text: &str) {
        if self.is_by_keyboard() {
            self.walk_to(path).await;
            keyboard::replace(text);
            return self.see_value(path, text).await;
        }
        let field = self.see_element(path).await;
        field.clear().await.ok();
        self.attempt(field.send_keys(text).await);
    }

    /// Puts text into a field in one piece, as a paste does.
    pub(crate) async fn set_value(&self, label: &str, text: &str) {
        let field = serde_json::to_value(self.field(label).await).unwrap();
        let script = "arguments[0].focus(); arguments[0].value = arguments[1];
            arguments[0].dispatchEvent(new InputEvent('input', { bubbles: true }))";
        self.window.execute(script, vec![field, text.into()]).await.unwrap();
    }

    /// The same for a label that stands more than once; `number` begins at 1.
    pub(crate) async fn type_into_nth(&self, label: &str, number: usize, text: &str) {
        self.type_at(&format!("({})[{number}]", field_path(label)), text).await;
    }

    /// Waits until that field has this.
    pub(crate) async fn see_value_of_nth(&self, label: &str, number: usize, text: &str) {
        self.see_value(&format!("({})[{number}]", field_path(label)), text).await;
    }

    async fn see_value(&self, path: &str, text: &str) {
        let start = Instant::now();
        while self.see_element(path).await.prop("value").await.unwrap().as_deref() != Some(text) {
            if start.elapsed() > PATIENCE {
                self.fail(&format!("{path} never became {text:?}")).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What stands in the field of that label.
    pub(crate) async fn value_of(&self, label: &str) -> String {
        self.field(label).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Ticks the box or radio of that label, unless it is ticked, and waits until the core has heard of it.
    pub(crate) async fn tick(&self, label: &str) {
        self.tick_until(label, "Confirmed").await;
    }

    /// The same; `told` is what stands under the label then.
    pub(crate) async fn tick_until(&self, label: &str, told: &str) {
        if !self.is_ticked(label).await && self.is_by_keyboard() {
            self.walk_to(&field_path(label)).await;
            keyboard::strike("space");
        } else if !self.is_ticked(label).await {
            self.press_at(&format!("//label[contains(normalize-space(), {})]", quoted(label))).await;
        }
        self.see_element(&format!(
            "//label[contains(normalize-space(), {})]//small[contains(., {})]",
            quoted(label),
            quoted(told)
        ))
        .await;
    }

    /// Chooses the radio button of that label; by keyboard the arrows choose on the way, and the space bar the first one.
    pub(crate) async fn choose(&self, label: &str) {
        if self.is_by_keyboard() {
            self.walk_to(&field_path(label)).await;
            if !self.is_ticked(label).await {
                keyboard::strike("space");
            }
            return;
        }
        self.press_at(&format!("//label[contains(normalize-space(), {})]", quoted(label))).await;
    }

    async fn is_ticked(&self, label: &str) -> bool {
        self.field(label).await.prop("checked").await.unwrap().as_deref() == Some("true")
    }

    async fn field(&self, label: &str) -> Element {
        self.see_element(&field_path(label)).await
    }

    /// Moves the focus with the Tab key, and among radio buttons with the arrows, until it is on what the path finds.
    async fn walk_to(&self, path: &str) {
        let start = Instant::now();
        let mut steps = 0;
        loop {
            let element = self.see_element(path).await;
            match self.focus_is(element).await.as_str() {
                "there" => return,
                "unseen" => self.fail(&format!("{path} has the focus, and nothing shows it")).await,
                "same-group" => keyboard::strike("Down"),
                _ => keyboard::strike("Tab"),
            }
            steps += 1;
            if steps > MOST_STEPS || start.elapsed() > 3 * PATIENCE {
                self.fail(&format!("{path} was not reached with {steps} key strokes")).await;
            }
        }
    }

    async fn focus_is(&self, element: Element) -> String {
        let script = "const at = document.activeElement, to = arguments[0];
            if (at === to && document.hasFocus() && !to.disabled)
                return getComputedStyle(at).outlineStyle === 'none' ? 'unseen' : 'there';
            return at?.type === 'radio' && at.name === to.name ? 'same-group' : 'elsewhere'";
        let target = serde_json::to_value(&element).unwrap();
        let said = self.window.execute(script, vec![target]).await;
        said.ok().and_then(|said| said.as_str().map(str::to_owned)).unwrap_or_default()
    }

    fn attempt(&self, done: Result<(), CmdError>) {
        if let Err(error) = done {
            panic!("the window did not take it: {error}");
        }
    }
}

/// Whether a killed program is gone with all it had open, which is when its last thread is: the next one must not find
/// its name on the session's bus.
fn has_let_go(pid: u32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { return true };
    let has_ended = stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with(['Z', 'X']));
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).map_or(0, Iterator::count);
    has_ended && threads <= 1
}

async fn connect(wanted: serde_json::Map<String, serde_json::Value>, port: u16) -> Client {
    let connector = hyper_util::client::legacy::connect::HttpConnector::new();
    let address = format!("http://127.0.0.1:{port}");
    let start = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(connector.clone());
        let opened = builder.capabilities(wanted.clone());
        let opened = tokio::time::timeout(OPENING, opened.connect(&address)).await;
        match opened.expect("the window did not open in time") {
            Ok(client) => return client,
            Err(error) if start.elapsed() > Duration::from_secs(60) => {
                panic!("the window did not open: {error}")
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}

/// Finds the field of a label: the label names it, or is around it.
fn field_path(label: &str) -> String {
    let label = quoted(label);
    format!(
        "//*[self::input or self::textarea or self::select][@id=//label[contains(normalize-space(), {label})]/@for or ancestor::label[contains(normalize-space(), {label})] or @aria-label={label}]"
    )
}

/// The text as an XPath literal, whatever quotation marks are in it.
fn quoted(text: &str) -> String {
    let parts: Vec<String> = text.split('"').map(|part| format!("\"{part}\"")).collect();
    if parts.len() == 1 { parts[0].clone() } else { format!("concat({})", parts.join(", '\"', ")) }
}

fn pid_of(program: &str) -> u32 {
    pids_of(program).min().expect("the program runs")
}

fn pids_of(program: &str) -> impl Iterator<Item = u32> {
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let program = PathBuf::from(program);
    pids.filter(move |pid| std::fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == program))
}

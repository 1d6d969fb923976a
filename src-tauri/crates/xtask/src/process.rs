//! Starting other programs, and ending exactly those that were started here.

use crate::trouble::{Outcome, Trouble};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// So much of what a failed test says is repeated at the end.
const LINES_OF_A_PANIC: usize = 8;
const WIDTH_OF_A_PANIC: usize = 400;

/// Runs to the end, its output going to the terminal; an exit status other than 0 is trouble.
pub(crate) fn run(command: &mut Command) -> Outcome<()> {
    let shown = shown(command);
    run_named(command, &shown)
}

/// The same for a command that is too long to be shown.
pub(crate) fn run_named(command: &mut Command, name: &str) -> Outcome<()> {
    println!("$ {name}");
    let status = command.status().map_err(|source| cannot_start(command, source))?;
    if status.success() { Ok(()) } else { Err(Trouble::Exited { command: name.into(), status }) }
}

/// Runs a program of tests to the end, its output going to the terminal. What the failed ones said comes with the
/// trouble, so that a long log need not be searched.
pub(crate) fn run_tests(command: &mut Command) -> Outcome<()> {
    println!("$ {}", shown(command));
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    run_and_quote(command, std::io::stdout(), std::io::stderr())
}

fn run_and_quote(
    command: &mut Command,
    to_output: impl Write + Send,
    to_errors: impl Write + Send,
) -> Outcome<()> {
    let name = shown(command);
    let started = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.map_err(|source| cannot_start(command, source))?;
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let failures = std::thread::scope(|scope| {
        let output = scope.spawn(|| pass_on(output, to_output));
        let errors = scope.spawn(|| pass_on(errors, to_errors));
        [output, errors].map(|reader| reader.join().unwrap_or_default()).concat()
    });
    let status = child.wait().map_err(|source| cannot_start(command, source))?;
    if status.success() { Ok(()) } else { Err(Trouble::TestsFailed { command: name, status, failures }) }
}

/// Writes on what comes, and keeps the names of what failed and the beginnings of what was said of it.
fn pass_on(from: Option<impl Read>, mut to: impl Write) -> Vec<String> {
    let (mut kept, mut wanted) = (Vec::new(), 0);
    let Some(from) = from else { return kept };
    for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
        // A terminal that is gone must not end the tests.
        let _ = to.write_all(&line).and_then(|()| to.write_all(b"\n"));
        let line = String::from_utf8_lossy(&line);
        if line.contains("' panicked at ") || line.contains(") panicked at ") || tells_an_end(&line) {
            wanted = LINES_OF_A_PANIC;
        } else if line.starts_with("test ") && line.ends_with(" FAILED") {
            wanted = 1;
        }
        if wanted > 0 {
            wanted -= 1;
            kept.push(line.chars().take(WIDTH_OF_A_PANIC).collect());
        }
    }
    kept
}

/// What cargo writes of a program of tests that failed, a killed one among them: such a one panics nowhere.
fn tells_an_end(line: &str) -> bool {
    let starts = ["error: ", "error[", "\u{1b}[1m\u{1b}[91merror"];
    line.ends_with(" has overflowed its stack") || starts.iter().any(|start| line.starts_with(start))
}

/// Runs to the end and returns its standard output, whatever was written to standard error being shown.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|source| cannot_start(command, source))?;
    if !output.status.success() {
        return Err(Trouble::Exited { command: shown(command), status: output.status });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, saying nothing; true when it ended well.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// The program of that name on the PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    let path = std::env::var_os("PATH")?;
    let candidates = std::env::split_paths(&path)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{program}{ending}"))));
    candidates.into_iter().find(|candidate| candidate.is_file())
}

/// Asks again and again until the answer is there or the time is over.
pub(crate) fn wait_until<T>(limit: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() >= deadline {
            return None;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A program that keeps running beside us and ends with us: when dropped, and (on Linux) when we are killed.
pub(crate) struct Background {
    child: Child,
}

impl Background {
    /// Starts it.
    pub(crate) fn start(command: &mut Command) -> Outcome<Self> {
        let child = command.spawn().map_err(|source| cannot_start(command, source))?;
        Ok(Self { child })
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The first line it writes to its standard output (which must be piped).
    pub(crate) fn first_line(&mut self) -> Option<String> {
        let output = self.child.stdout.as_mut()?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).ok()?;
        let line = line.trim();
        if line.is_empty() { None } else { Some(line.to_owned()) }
    }

    /// Writes to its standard input (which must be piped) and closes it.
    pub(crate) fn input(&mut self, write: impl FnOnce(&mut ChildStdin) -> std::io::Result<()>) {
        if let Some(mut input) = self.child.stdin.take() {
            // A program that does not want its input has ended; whoever waits for it will notice.
            let _ = write(&mut input);
        }
    }

    /// Whether it has ended.
    pub(crate) fn ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits for its own end; another exit status than 0 is trouble.
    pub(crate) fn end_of(mut self, name: &str) -> Outcome<()> {
        let status =
            self.child.wait().map_err(|source| Trouble::CannotStart { program: name.into(), source })?;
        if status.success() { Ok(()) } else { Err(Trouble::Exited { command: name.into(), status }) }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if self.ended() {
            return;
        }
        if cfg!(unix) {
            let asked = format!("kill -TERM {}", self.child.id());
            let _ = succeeds(Command::new("sh").args(["-c", &asked]));
            if wait_until(Duration::from_secs(3), || self.ended().then_some(())).is_some() {
                return;
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command whose program is ended by the system when we end, however we end (Linux; elsewhere only by `Drop`).
pub(crate) fn tethered(program: impl AsRef<OsStr>) -> Command {
    match find("setpriv").filter(|_| cfg!(target_os = "linux")) {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "TERM", "--"]).arg(program);
            command
        }
        None => Command::new(program),
    }
}

fn cannot_start(command: &Command, source: std::io::Error) -> Trouble {
    Trouble::CannotStart { program: command.get_program().to_string_lossy().into_owned(), source }
}

fn shown(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn what_a_failed_test_says_comes_with_the_trouble() {
        let script =
            r#"echo fine; echo "thread 'one' (7) panicked at a.rs:1:1:" >&2; echo "left: 3" >&2; exit 101"#;
        let run = |script| run_and_quote(Command::new("sh").args(["-c", script]), io::sink(), io::sink());
        let trouble = run(script).unwrap_err().to_string();
        assert!(trouble.contains("panicked at a.rs:1:1:\n    left: 3"), "{trouble}");
        assert!(!trouble.contains("fine\n"), "{trouble}");
        assert!(run("echo fine").is_ok());
    }

    #[test]
    fn a_test_program_that_was_killed_is_named() {
        let script = "echo 'test a::b ... FAILED'; echo 'test a::c ... ok'; \
            printf 'error: test failed, to rerun pass `-p saml`\\n\\nCaused by:\\n  signal: 9\\n' >&2; exit 101";
        let trouble = run_and_quote(Command::new("sh").args(["-c", script]), io::sink(), io::sink());
        let trouble = trouble.unwrap_err().to_string();
        assert!(trouble.contains("\n    test a::b ... FAILED\n    error: test failed"), "{trouble}");
        assert!(trouble.contains("\n      signal: 9") && !trouble.contains("\n    test a::c"), "{trouble}");
    }

    #[test]
    fn a_long_panic_is_cut() {
        let long =
            format!("thread 'one' (7) panicked at a.rs:1:1:\n{}\n{}", "é".repeat(900), "line\n".repeat(90));
        let mut passed_on = Vec::new();
        let kept = pass_on(Some(long.as_bytes()), &mut passed_on);
        assert_eq!(kept.len(), LINES_OF_A_PANIC);
        assert_eq!(kept[1].chars().count(), WIDTH_OF_A_PANIC);
        assert!(passed_on.starts_with(long.trim_end().as_bytes()));
    }
}

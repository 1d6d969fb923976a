//! A PostgreSQL server of a test's own: real, in a temporary directory, on a loopback port, ended with its value.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The password of the server's one user, which no log and no error of what is tested may hold.
pub const PASSWORD: &str = "hush-7f3a";

const USER: &str = "signpost";

/// What to do when there is none.
const INSTALL: &str = "PostgreSQL 15 or newer is missing; on Debian: apt-get install postgresql";

/// How long a server may take to start, or to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub struct Server {
    port: u16,
    child: Child,
    directory: TempDir,
}

impl Server {
    /// Makes a cluster and starts it. It writes nothing through to the disk: it is not for testing power cuts.
    ///
    /// # Panics
    /// When PostgreSQL is missing, with the command that installs it, or does not start.
    pub fn start() -> Self {
        let directory =
            tempfile::Builder::new().prefix("signpost-postgresql-").tempdir().expect("a directory");
        let user = unprivileged();
        give(directory.path(), user);
        let password = directory.path().join("password");
        fs::write(&password, PASSWORD).expect("the password's file");
        give(&password, user);
        let mut init = command("initdb", user);
        init.args(["--no-sync", "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--username", USER]);
        init.arg("--pwfile").arg(&password).arg("--pgdata").arg(directory.path().join("data"));
        succeeded(&init.output().expect(INSTALL));
        for _ in 0..5 {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
            let port = listener.local_addr().expect("its number").port();
            drop(listener);
            let mut child = spawn(directory.path(), port, user);
            if is_ready(&mut child, port) {
                return Self { port, child, directory };
            }
            // It has ended: another program may have taken the port in between.
        }
        panic!("PostgreSQL does not start: {}", log(directory.path()));
    }

    /// The URL of a database on it, with the password.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{database}", self.port)
    }

    /// Runs a program that comes with PostgreSQL, such as `psql` or `pg_dump`, and returns what it printed.
    ///
    /// # Panics
    /// When it fails.
    pub fn run(&self, program: &str, args: &[&str]) -> String {
        let mut command = Command::new(find(program));
        command.args(["--host=127.0.0.1", "--username", USER, "--port", &self.port.to_string()]);
        let output =
            command.args(args).env("PGPASSWORD", PASSWORD).stdin(Stdio::null()).output().expect(INSTALL);
        succeeded(&output)
    }

    /// What the server has logged.
    pub fn log(&self) -> String {
        log(self.directory.path())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGINT: connections are ended, then the server.
        let told = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        let since = Instant::now();
        while told.as_ref().is_ok_and(std::process::ExitStatus::success)
            && since.elapsed() < PATIENCE
            && matches!(self.child.try_wait(), Ok(None))
        {
            std::thread::sleep(Duration::from_millis(10));
        }
        // Nothing is left to do when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(directory: &Path, port: u16, user: Option<(u32, u32)>) -> Child {
    let mut command = command("postgres", user);
    command.arg("-D").arg(directory.join("data")).arg("-k").arg(directory).args(["-p", &port.to_string()]);
    for setting in ["listen_addresses=127.0.0.1", "fsync=off", "full_page_writes=off", "max_connections=300"]
    {
        command.args(["-c", setting]);
    }
    let log = fs::File::create(directory.join("log")).expect("the log's file");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().expect(INSTALL)
}

/// Waits until it takes connections; `false` when it has ended instead.
fn is_ready(child: &mut Child, port: u16) -> bool {
    let since = Instant::now();
    while since.elapsed() < PATIENCE && matches!(child.try_wait(), Ok(None)) {
        let mut ask = Command::new(find("pg_isready"));
        ask.args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()]);
        if ask.status().is_ok_and(|status| status.success()) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

fn log(directory: &Path) -> String {
    fs::read_to_string(directory.join("log")).unwrap_or_default()
}

/// PostgreSQL refuses to run as root; then it runs as the user that has nothing.
fn unprivileged() -> Option<(u32, u32)> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    is_root.then_some((65534, 65534))
}

fn give(path: &Path, user: Option<(u32, u32)>) {
    if let Some((user, group)) = user {
        std::os::unix::fs::chown(path, Some(user), Some(group)).expect("root may give files away");
    }
}

fn command(program: &str, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(find(program));
    // Whoever it runs as may not be allowed to look into the directory of the test.
    command.current_dir("/");
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}

/// Debian keeps the programs of each version apart and puts none of the server's on the PATH.
fn find(program: &str) -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin").join(program)))
        })
        .filter(|(version, program)| *version >= 15 && program.exists())
        .collect();
    versions.sort();
    versions.pop().map_or_else(|| PathBuf::from(program), |(_, path)| path)
}

fn succeeded(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

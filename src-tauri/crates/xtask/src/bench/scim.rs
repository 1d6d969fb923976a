//! The account service: what provisioning and settings cost, on a SQLite file where every commit is on the disk before it
//! is answered. The same program sends the same requests to `scim2-server`, which keeps everything in memory.

use super::Build;
use super::peers;
use super::table::{Row, megabytes, ratio, shown};
use crate::process::{self, Background};
use crate::trouble::{Outcome, Trouble};
use serde_json::Value;
use std::fs::{self, File};
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// So many users are created and looked for, in the service and in the peer.
const COMPARED: usize = 2_000;
/// The first sync of a large company, and the beginning of it whose memory it is compared with.
const USERS: (usize, usize) = (10_000, 100_000);
const GROUPS: (usize, usize) = (50, 500);
const MEMBERS: usize = 2_000;
/// The groups in which one member is changed, and how often.
const SIZES: [usize; 3] = [10, 2_000, 50_000];
const CHANGES: usize = 200;
/// Administrators at once, and how often each reads and writes.
const ADMINS: usize = 200;
const ROUNDS: usize = 20;
/// How long a program gets until it serves.
const START: Duration = Duration::from_secs(30);
/// How many times faster than the peer it is to be.
const FASTER: f64 = 5.0;
/// How much more memory may be held for ten times the users, and how much longer a change of a large group may take.
const FLAT: f64 = 1.3;
const EVEN: f64 = 1.5;

/// Starts the service, measures it, and then the peer.
pub(super) fn measure(build: &Build<'_>) -> Outcome<Vec<Row>> {
    let ours = Ours::start(build)?;
    let mut rows =
        vec![Row::new("the account service, resident memory, idle", megabytes(ours.memory("VmRSS")?))];
    let created = ours.load(&["create", &ours.scim, "0", &COMPARED.to_string()])?;
    let compared = COMPARED.to_string();
    let found = ours.load(&["filter", &ours.scim, &compared, &compared])?;
    rows.extend(beside_peer(build, &created[0], &found[0])?);
    let parts =
        [("first sync", ours.sync()), ("changes of groups", ours.changes()), ("settings API", ours.admins())];
    for (name, part) in parts {
        // A request that was refused is a result, too; the reason was printed.
        rows.extend(part.unwrap_or_else(|trouble| {
            vec![Row::new(name, trouble.to_string()).target("no request is refused", false)]
        }));
    }
    Ok(rows)
}

/// What was sent, as `measure scim` tells it.
struct Sent {
    rate: f64,
    whole: Duration,
    median: Duration,
    p99: Duration,
}

impl Sent {
    fn read(line: &str) -> Option<Self> {
        let told: Value = serde_json::from_str(line).ok()?;
        let time = |name: &str| told[name].as_u64().map(Duration::from_micros);
        let whole = time("whole")?;
        let rate = told["count"].as_u64()? as f64 / whole.as_secs_f64();
        Some(Self { rate, whole, median: time("median")?, p99: time("p99")? })
    }

    fn rate(&self) -> String {
        format!("{:.0}/s, p99 {}", self.rate, shown(self.p99))
    }
}

/// Has `measure` send something with these tokens.
fn load(build: &Build<'_>, tokens: &[&str], what: &[&str]) -> Outcome<Vec<Sent>> {
    let text = ask(build, tokens, what)?;
    let sent: Option<Vec<Sent>> = text.lines().map(Sent::read).collect();
    let unreadable = || Trouble::Unreadable { program: "measure".into(), reason: text.clone() };
    sent.filter(|sent| !sent.is_empty()).ok_or_else(unreadable)
}

fn ask(build: &Build<'_>, tokens: &[&str], what: &[&str]) -> Outcome<String> {
    let mut command = Command::new(build.measured("measure"));
    command.arg("scim").args(what).stdin(Stdio::piped()).stdout(Stdio::piped());
    let cannot = |source| Trouble::CannotStart { program: "measure".into(), source };
    let mut child = command.spawn().map_err(cannot)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(tokens.join("\n").as_bytes()).map_err(cannot)?;
    }
    let output = child.wait_with_output().map_err(cannot)?;
    if !output.status.success() {
        return Err(Trouble::Exited { command: format!("measure scim {}", what[0]), status: output.status });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The service, with an account for each administrator.
struct Ours<'b> {
    build: &'b Build<'b>,
    service: Background,
    /// The SCIM endpoint and the settings API.
    scim: String,
    settings: String,
    scim_token: String,
    admins: Vec<String>,
}

impl<'b> Ours<'b> {
    fn start(build: &'b Build<'b>) -> Outcome<Self> {
        let data = build.workspace.empty_scratch("bench/account-service")?;
        let program = build.measured("signpost");
        let admins = (0..ADMINS).map(|number| admin(&program, &data, number)).collect::<Outcome<Vec<_>>>()?;
        let mut serve = process::tethered(&program);
        serve.args(["account-service", "serve", "--json", "--listen", "127.0.0.1:0", "--data"]).arg(&data);
        serve.env("SIGNPOST_LOG", "warn").stdout(Stdio::piped());
        let mut service = Background::start(&mut serve)?;
        let line = service.first_line().unwrap_or_default();
        let told: Value = serde_json::from_str(&line).unwrap_or_default();
        let unreadable = || Trouble::Unreadable { program: "signpost".into(), reason: line.clone() };
        let address = told["address"].as_str().ok_or_else(unreadable)?;
        let (scim, settings) = (format!("http://{address}/scim/v2"), format!("http://{address}/api/v1"));
        let scim_token = issue(build, &admins[0], &settings)?;
        Ok(Self { build, service, scim, settings, scim_token, admins })
    }

    fn load(&self, what: &[&str]) -> Outcome<Vec<Sent>> {
        load(self.build, &[self.scim_token.as_str()], what)
    }

    /// What the system says of its memory, in bytes.
    fn memory(&self, line: &str) -> Outcome<u64> {
        let file = PathBuf::from(format!("/proc/{}/status", self.service.id()));
        let text = fs::read_to_string(&file).map_err(Trouble::at(&file))?;
        let found = text.lines().find_map(|told| told.strip_prefix(line)?.strip_prefix(':'));
        let kilobytes: Option<u64> = found.and_then(|told| told.trim().strip_suffix(" kB")?.parse().ok());
        let unreadable = || Trouble::Unreadable { program: "the system".into(), reason: text.clone() };
        kilobytes.map(|kilobytes| kilobytes * 1024).ok_or_else(unreadable)
    }

    /// The first sync in two parts: the second is nine times as large, and is to need no more memory.
    fn sync(&self) -> Outcome<Vec<Row>> {
        let (first, first_memory) = (self.part((COMPARED, USERS.0), (0, GROUPS.0))?, self.memory("VmHWM")?);
        let (second, memory) = (self.part(USERS, GROUPS)?, self.memory("VmHWM")?);
        let taken: Duration = [&first, &second].into_iter().flatten().map(|sent| sent.whole).sum();
        let [users, groups] = &second;
        let what = format!("first sync, {} users and {} groups of {MEMBERS}", USERS.1, GROUPS.1);
        let users = Row::new(format!("{what}: users"), users.rate());
        let groups = Row::new(format!("{what}: groups, 100 members a change"), groups.rate());
        let ratio = ratio(memory as f64, first_memory as f64);
        let peak = Row::against(
            &format!("{what}: most memory"),
            megabytes(memory),
            &format!("its first {} users and {} groups", USERS.0, GROUPS.0),
            megabytes(first_memory),
            ratio,
        );
        let whole = Row::new(format!("{what}: all of it"), shown(taken));
        Ok(vec![users, groups, whole, peak.target(&format!("at most {FLAT}"), ratio <= FLAT)])
    }

    fn part(&self, users: (usize, usize), groups: (usize, usize)) -> Outcome<[Sent; 2]> {
        let [from, count] = [users.0, users.1 - users.0].map(|number| number.to_string());
        let mut created = self.load(&["create", &self.scim, &from, &count])?;
        let [from, count] = [groups.0, groups.1 - groups.0].map(|number| number.to_string());
        let mut filled = self.load(&["groups", &self.scim, &from, &count, &MEMBERS.to_string()])?;
        Ok([created.remove(0), filled.remove(0)])
    }

    /// One member more or less in groups of different sizes.
    fn changes(&self) -> Outcome<Vec<Row>> {
        let change = |size: usize| {
            let sent = self.load(&["patch", &self.scim, &size.to_string(), &CHANGES.to_string()])?;
            Ok((size, sent[0].median, sent[0].p99))
        };
        let all = SIZES.into_iter().map(change).collect::<Outcome<Vec<_>>>()?;
        let (smallest, small, _) = all[0];
        let row = |&(size, median, p99): &(usize, Duration, Duration)| {
            let what = format!("one member changed in a group of {size} (p99 {})", shown(p99));
            let slower = ratio(median.as_secs_f64(), small.as_secs_f64());
            let row = Row::beside(&what, median, &format!("in a group of {smallest}"), small);
            row.target(&format!("at most {EVEN}"), slower <= EVEN)
        };
        Ok(all[1..].iter().map(row).collect())
    }

    fn admins(&self) -> Outcome<Vec<Row>> {
        let tokens: Vec<&str> = self.admins.iter().map(String::as_str).collect();
        let sent = load(self.build, &tokens, &["admins", &self.settings, &ROUNDS.to_string()])?;
        let row = |(kind, sent): (&str, &Sent)| {
            Row::new(format!("settings API, {ADMINS} administrators at once: {kind}"), sent.rate())
        };
        Ok(["read", "write"].into_iter().zip(&sent).map(row).collect())
    }
}

/// The access token of an administrator with an account of their own.
fn admin(program: &Path, data: &Path, number: usize) -> Outcome<String> {
    let mut command = Command::new(program);
    command.args(["account-service", "token", "--json", "--email", &format!("admin@company-{number}.test")]);
    command.env("SIGNPOST_LOG", "warn").arg("--data").arg(data);
    told(&process::output(&mut command)?)
}

fn issue(build: &Build<'_>, admin: &str, settings: &str) -> Outcome<String> {
    told(&ask(build, &[admin], &["issue", settings])?)
}

fn told(answer: &str) -> Outcome<String> {
    let json: Value = serde_json::from_str(answer).unwrap_or_default();
    let unreadable =
        || Trouble::Unreadable { program: "signpost".into(), reason: "there is no token".into() };
    json["token"].as_str().map(str::to_owned).ok_or_else(unreadable)
}

/// The peer beside what the service took for the same.
fn beside_peer(build: &Build<'_>, created: &Sent, found: &Sent) -> Outcome<Vec<Row>> {
    let ours = [("created", created), ("found by userName", found)];
    let what = |kind: &str| format!("{COMPARED} users {kind}, 16 at once");
    match Peer::start(build) {
        Ok(peer) => {
            let compared = COMPARED.to_string();
            let theirs = [
                load(build, &[PEER_TOKEN], &["create", &peer.base, "0", &compared])?,
                load(build, &[PEER_TOKEN], &["filter", &peer.base, &compared, &compared])?,
            ];
            let row = |((kind, ours), theirs): (&(&str, &Sent), &Vec<Sent>)| {
                let faster = ratio(ours.rate, theirs[0].rate);
                let row = Row::against(
                    &what(kind),
                    ours.rate(),
                    "scim2-server, in memory",
                    theirs[0].rate(),
                    faster,
                );
                row.target(&format!("at least {FASTER}"), faster >= FASTER)
            };
            Ok(ours.iter().zip(&theirs).map(row).collect())
        }
        Err(trouble) => {
            let row = |(kind, ours): (&str, &Sent)| {
                Row::missing(&what(kind), ours.rate(), "scim2-server", &trouble.to_string())
            };
            Ok(ours.into_iter().map(row).collect())
        }
    }
}

/// What the peer is told to ask for; it listens on this machine only, and ends with us.
const PEER_TOKEN: &str = "measured";

struct Peer {
    _server: Background,
    base: String,
}

impl Peer {
    fn start(build: &Build<'_>) -> Outcome<Self> {
        let python = peers::python(build.workspace)?;
        let port = free_port()?;
        let mut serve = process::tethered(python.with_file_name("scim2-server"));
        serve.args(["--hostname", "127.0.0.1", "--port", &port.to_string(), "--bearer-token", PEER_TOKEN]);
        // It tells of every request there.
        let log = build.workspace.scratch("bench")?.join("scim2-server.log");
        serve.stdout(Stdio::null()).stderr(File::create(&log).map_err(Trouble::at(&log))?);
        let mut server = Background::start(&mut serve)?;
        let answers = || TcpStream::connect(("127.0.0.1", port)).is_ok();
        let up = process::wait_until(START, || (server.ended() || answers()).then_some(()));
        if up.is_none() || server.ended() {
            let said = fs::read_to_string(&log).unwrap_or_default();
            let last = said.lines().last().unwrap_or("it says nothing");
            return Err(Trouble::Needed(format!("scim2-server does not serve: {last}")));
        }
        Ok(Self { _server: server, base: format!("http://127.0.0.1:{port}/v2") })
    }
}

fn free_port() -> Outcome<u16> {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    free.map(|address| address.port())
        .map_err(|source| Trouble::CannotStart { program: "scim2-server".into(), source })
}

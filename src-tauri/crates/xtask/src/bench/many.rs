//! Thousands of names at once, beside what others make their questions with. Everything happens in the network of
//! `tests/dns-lab/many.sh`; the cost of one question is the processor time of the whole process by the questions that
//! a firewall counted. The rate is that of the questions that are answered late: a registry answers at once, and what it
//! is asked takes no place on the way.

use super::measure::{Cost, cost, cost_when};
use super::peers;
use super::table::{Row, megabytes, ratio, shown};
use super::{Build, inside};
use crate::process;
use crate::trouble::{Outcome, Trouble};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// So many domains there are of each kind.
const NAMES: usize = 10_000;
/// A list has at most so many rows.
const ROWS: usize = 5_000;
/// So much later a far domain is answered.
const ROUND_TRIP: Duration = Duration::from_millis(30);
/// Questions that others have on the way at once, near and far.
const IN_FLIGHT: (usize, usize) = (100, 500);
/// Near domains that are looked at beside each other.
const NEAR_AT_ONCE: usize = 187;
/// As many far domains as the command takes: enough that questions always wait for a place on the way.
const FAR_AT_ONCE: usize = 250;
/// Of our questions, so many are on the way to one server at most (`dns-walk`, `pace.rs`), and far domains have two.
const ON_THE_WAY: usize = 2 * 256;
/// Processor time for one question, at most.
const MOST_CPU: Duration = Duration::from_micros(35);
/// What is to be reached of the rate that the round trip allows.
const LEAST_OF_LIMIT: f64 = 0.7;

/// Starts ourselves again inside the network.
pub(super) fn measure(build: &Build<'_>) -> Outcome<Vec<Row>> {
    peers::python(build.workspace).map_or_else(|trouble| println!("{trouble}"), drop);
    let mut lab = build.workspace.command("bash");
    lab.arg("tests/dns-lab/many.sh").arg(NAMES.to_string()).env("MEASURE", build.measured("measure"));
    inside::rows(build, lab, "many")
}

/// Inside.
pub(super) fn measure_inside(build: &Build<'_>) -> Outcome<Vec<Row>> {
    let lab = Lab::new(build)?;
    let mut rows = lab.near()?;
    rows.extend(lab.far()?);
    rows.extend(lab.memory()?);
    Ok(rows)
}

struct Lab<'b> {
    build: &'b Build<'b>,
    folder: PathBuf,
    token: String,
    near: String,
    far: String,
    roots: String,
}

/// What some questions cost.
struct Asked {
    cost: Cost,
    questions: u32,
    /// Those of them that are answered later.
    delayed: u32,
}

impl Asked {
    fn cpu_each(&self) -> Duration {
        self.cost.cpu / self.questions.max(1)
    }

    /// Delayed questions a second.
    fn rate(&self) -> f64 {
        f64::from(self.delayed) / self.cost.wall.as_secs_f64()
    }
}

impl<'b> Lab<'b> {
    fn new(build: &'b Build<'b>) -> Outcome<Self> {
        let variable = |name: &str| {
            std::env::var(name).map_err(|_| Trouble::Needed(format!("{name} is not set: not inside many.sh")))
        };
        let folder = PathBuf::from(variable("MANY")?);
        let token = folder.join("token");
        let token = fs::read_to_string(&token).map_err(Trouble::at(token))?.trim().to_owned();
        Ok(Self {
            build,
            folder,
            token,
            near: variable("MANY_NEAR")?,
            far: variable("MANY_FAR")?,
            roots: variable("SIGNPOST_ROOTS")?,
        })
    }

    /// No delay: what a question costs.
    fn near(&self) -> Outcome<Vec<Row>> {
        let (first, second) =
            (self.bulk("near", 1..=ROWS, NEAR_AT_ONCE)?, self.bulk("near", ROWS + 1..=NAMES, NEAR_AT_ONCE)?);
        let ours = (first.cost.cpu + second.cost.cpu) / (first.questions + second.questions).max(1);
        let each = f64::from(first.questions + second.questions) / NAMES as f64;
        let what = format!("domain bulk, {NAMES} domains: processor time of one question");
        let mut rows = Vec::new();
        for peer in PEERS {
            rows.push(self.beside(&what, ours, peer, &self.near, "near", IN_FLIGHT.0)?);
        }
        let all = (first.cost.cpu + second.cost.cpu) / u32::try_from(NAMES).unwrap_or(u32::MAX);
        rows.insert(0, Row::new(&what, shown(ours)).target("at most 35 µs", ours <= MOST_CPU));
        rows.push(Row::new(format!("  of one domain ({each:.1} questions), judged and printed"), shown(all)));
        Ok(rows)
    }

    fn beside(
        &self,
        what: &str,
        ours: Duration,
        peer: &Peer,
        server: &str,
        kind: &str,
        in_flight: usize,
    ) -> Outcome<Row> {
        let name = peer.name;
        match self.peer(peer, server, kind, in_flight) {
            Ok(asked) => Ok(Row::beside(what, ours, &format!("{name}, {}", peer.how), asked.cpu_each())),
            Err(Trouble::CannotStart { .. }) => Ok(Row::missing(what, shown(ours), name, peer.install)),
            Err(trouble) => Err(trouble),
        }
    }

    /// With a round trip: how many are on the way.
    fn far(&self) -> Outcome<Vec<Row>> {
        let ours = self.bulk("far", 1..=ROWS, FAR_AT_ONCE)?;
        let limit = ON_THE_WAY as f64 / ROUND_TRIP.as_secs_f64();
        let reached = ratio(ours.rate(), limit);
        let what = format!(
            "domain bulk, 30 ms round trip, at most {ON_THE_WAY} on the way: delayed questions a second"
        );
        let shown_rate = |rate: f64| format!("{rate:.0}/s");
        let of_one_domain = |questions: u32| format!("{:.1}", f64::from(questions) / ROWS as f64);
        let mut rows = vec![
            Row::against(
                &what,
                shown_rate(ours.rate()),
                "limit (on the way / round trip)",
                shown_rate(limit),
                reached,
            )
            .target("at least 0.7, none lost", reached >= LEAST_OF_LIMIT),
            Row::new("  delayed questions for one far domain", of_one_domain(ours.delayed)),
            Row::new("  with those to the registry, which answers at once", of_one_domain(ours.questions)),
        ];
        for peer in PEERS.iter().filter(|peer| peer.takes_in_flight) {
            let theirs = match self.peer(peer, &self.far, "far", IN_FLIGHT.1) {
                Ok(asked) => asked,
                Err(Trouble::CannotStart { .. }) => {
                    rows.push(Row::missing(&what, shown_rate(ours.rate()), peer.name, peer.install));
                    continue;
                }
                Err(trouble) => return Err(trouble),
            };
            let how = format!("{}, {} on the way", peer.name, IN_FLIGHT.1);
            let between = ratio(ours.rate(), theirs.rate());
            rows.push(Row::against(&what, shown_rate(ours.rate()), &how, shown_rate(theirs.rate()), between));
        }
        Ok(rows)
    }

    /// Whether ten times the domains take more memory; a list of the command has at most half as many rows.
    fn memory(&self) -> Outcome<Vec<Row>> {
        let (few, many) = (self.in_one_process(NAMES / 10)?, self.in_one_process(NAMES)?);
        let cpu = many.cpu_each();
        let (few, many) = (few.cost.memory, many.cost.memory);
        let growth = ratio(many as f64, few as f64);
        let what = format!("  {NAMES} domains in one process without the list: memory");
        let beside = format!("itself with {} domains", NAMES / 10);
        let row = Row::against(&what, megabytes(many), &beside, megabytes(few), growth);
        Ok(vec![
            Row::new(
                "  the same in one process without the list: processor time of one question",
                shown(cpu),
            ),
            row.target("at most 1.3 times", growth <= 1.3),
        ])
    }

    fn in_one_process(&self, count: usize) -> Outcome<Asked> {
        let mut ours = Command::new(self.build.measured("measure"));
        ours.args(["bulk", &count.to_string(), &NEAR_AT_ONCE.to_string(), &self.token]);
        self.counted(|| cost(&mut ours, 1))
    }

    /// Our command, which ends well only when every record was found right: nothing is lost.
    fn bulk(&self, kind: &str, numbers: std::ops::RangeInclusive<usize>, at_once: usize) -> Outcome<Asked> {
        let list: String = numbers.map(|number| format!("{kind}-{number}.test\n")).collect();
        let file = self.folder.join("list");
        fs::write(&file, list).map_err(Trouble::at(&file))?;
        let mut ours = Command::new(self.build.measured("signpost"));
        ours.args(["domain", "bulk", "--json", "--expect", &self.token]).arg(&file);
        ours.arg("--roots").arg(&self.roots);
        ours.args(["--concurrency", &at_once.to_string()]);
        self.counted(|| cost(&mut ours, 1))
    }

    fn peer(&self, peer: &Peer, server: &str, kind: &str, in_flight: usize) -> Outcome<Asked> {
        let file = self.folder.join("questions");
        let line = |number: usize| (peer.line)(server, &format!("_parallels-challenge.{kind}-{number}.test"));
        let questions: String = (1..=NAMES).map(line).collect();
        fs::write(&file, questions).map_err(Trouble::at(&file))?;
        let mut command = (peer.command)(self.build, server, kind, in_flight, &file);
        self.counted(|| cost_when(&mut command, 1, |status| status.success()))
    }

    fn counted(&self, ask: impl FnOnce() -> Outcome<Cost>) -> Outcome<Asked> {
        for kind in ["questions", "delayed"] {
            counted(kind)?;
        }
        let cost = ask()?;
        Ok(Asked { cost, questions: counted("questions")?, delayed: counted("delayed")? })
    }
}

/// How many questions of a kind were asked since the last call.
fn counted(kind: &str) -> Outcome<u32> {
    let mut counter = Command::new("nft");
    let said = process::output(counter.args(["reset", "counter", "ip", "many", kind]))?;
    let mut words = said.split_whitespace();
    let number = words.find(|word| *word == "packets").and_then(|_| words.next()?.parse().ok());
    number.ok_or(Trouble::Unreadable { program: "nft".into(), reason: said })
}

/// Somebody else's way to ask many questions.
struct Peer {
    name: &'static str,
    how: &'static str,
    install: &'static str,
    takes_in_flight: bool,
    /// A question in the list it reads.
    line: fn(&str, &str) -> String,
    command: fn(&Build<'_>, &str, &str, usize, &Path) -> Command,
}

const BY_PIP: &str = "pip install it into target/bench-peers/python";

const PEERS: &[Peer] = &[
    Peer {
        name: "dnsperf",
        how: "the limit",
        install: "apt-get install dnsperf",
        takes_in_flight: true,
        line: |_, name| format!("{name} TXT\n"),
        command: |_, server, _, in_flight, questions| {
            let mut command = Command::new("dnsperf");
            command.args(["-s", server, "-n", "1", "-q", &in_flight.to_string(), "-d"]).arg(questions);
            command
        },
    },
    Peer {
        name: "aiodns",
        how: "one TXT question a name",
        install: BY_PIP,
        takes_in_flight: true,
        line: |_, _| String::new(),
        command: |build, server, kind, in_flight, _| python(build, "aiodns", server, kind, in_flight),
    },
    Peer {
        name: "dig -f",
        how: "one after another",
        install: "apt-get install bind9-dnsutils",
        takes_in_flight: false,
        line: |server, name| format!("@{server} +norecurse {name} TXT\n"),
        command: |_, _, _, _, questions| {
            let mut command = Command::new("dig");
            command.arg("-f").arg(questions);
            command
        },
    },
    Peer {
        name: "dnspython",
        how: "one TXT question a name",
        install: BY_PIP,
        takes_in_flight: true,
        line: |_, _| String::new(),
        command: |build, server, kind, in_flight, _| python(build, "dnspython", server, kind, in_flight),
    },
];

fn python(build: &Build<'_>, library: &str, server: &str, kind: &str, in_flight: usize) -> Command {
    let mut command = Command::new(build.workspace.target.join("bench-peers/python/bin/python"));
    command.arg(peers::script(build.workspace, "names.py"));
    command.args([library, server, kind, &NAMES.to_string(), &in_flight.to_string()]);
    command
}

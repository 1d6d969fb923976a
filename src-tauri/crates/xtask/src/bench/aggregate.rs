//! A federation's signed metadata of 26 MB and of 100 MB, read by a whole process.

use super::Build;
use super::measure::{Cost, cost, in_turns};
use super::peers;
use super::table::{Row, megabytes, ratio, shown};
use crate::process;
use crate::trouble::{Outcome, Trouble};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Members, and whether those peers are asked too that take seconds for the smaller one.
const SIZES: [(usize, bool); 2] = [(5_000, true), (18_600, false)];
/// An identity provider in the middle of both.
const MEMBER: usize = 2_500;
/// Each thing takes a second or so: a few rounds will do.
const ROUNDS: usize = 3;
/// Where two are close to each other.
const ROUNDS_IN_TURNS: usize = 9;
/// The most memory that reading may take, in bytes.
const MOST_MEMORY: u64 = 32_000_000;

/// A document.
struct Document {
    members: usize,
    file: PathBuf,
    /// Of who signed it.
    certificate: PathBuf,
    megabytes: String,
}

/// Makes the documents, where they are not there yet, and measures.
pub(super) fn measure(build: &Build<'_>) -> Outcome<Vec<Row>> {
    let python = peers::python(build.workspace);
    let mut rows = Vec::new();
    for (members, is_small) in SIZES {
        let document = Document::make(build, members)?;
        rows.extend(read(build, &document, python.as_deref(), is_small)?);
        rows.extend(verified(build, &document)?);
    }
    Ok(rows)
}

impl Document {
    fn make(build: &Build<'_>, members: usize) -> Outcome<Self> {
        let folder = build.workspace.scratch("bench")?;
        let file = folder.join(format!("federation-{members}.xml"));
        let certificate = folder.join(format!("federation-{members}.pem"));
        if !certificate.is_file() {
            let mut make = Command::new(build.measured("measure"));
            process::run(make.args(["federation", &members.to_string()]).args([&file, &certificate]))?;
        }
        let size = fs::metadata(&file).map_err(Trouble::at(&file))?.len();
        Ok(Self { members, file, certificate, megabytes: megabytes(size) })
    }
}

fn read(
    build: &Build<'_>,
    document: &Document,
    python: Result<&Path, &Trouble>,
    is_small: bool,
) -> Outcome<Vec<Row>> {
    let what =
        format!("metadata of {} ({} members), read: processor time", document.megabytes, document.members);
    let mut xmllint = Command::new("xmllint");
    xmllint.args(["--stream", "--noout", "--huge"]).arg(&document.file);
    let (ours, limit) = beside(build, document, &[], &mut xmllint)?;
    let mut rows = vec![
        Row::beside(&what, ours.cpu, "xmllint --stream (well-formedness only)", limit.cpu)
            .target("no more than xmllint", ours.cpu <= limit.cpu),
        memory("  memory", ours, "xmllint --stream", limit).target("under 32 MB", ours.memory < MOST_MEMORY),
    ];
    let slow = ["python3-saml", "pysaml2"].into_iter().filter(|_| is_small);
    for library in ["lxml"].into_iter().chain(slow) {
        match python {
            Ok(python) => {
                let mut peer = Command::new(python);
                peer.arg(peers::script(build.workspace, "metadata.py")).arg(library).arg(&document.file);
                let theirs = cost(peer.arg(member()), if library == "lxml" { ROUNDS } else { 1 })?;
                rows.push(Row::beside(&what, ours.cpu, library, theirs.cpu));
                rows.push(memory("  memory", ours, library, theirs));
            }
            Err(trouble) => rows.push(Row::missing(&what, shown(ours.cpu), library, &trouble.to_string())),
        }
    }
    Ok(rows)
}

/// The signature checked with a certificate at hand, and the document read besides; beside the signature alone.
fn verified(build: &Build<'_>, document: &Document) -> Outcome<[Row; 2]> {
    let what = format!("the same, its signature checked and read ({} members)", document.members);
    let signed_by = ["--signed-by".as_ref(), document.certificate.as_os_str()];
    let mut xmlsec = Command::new("xmlsec1");
    xmlsec.args(["--verify", "--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:metadata:EntitiesDescriptor"]);
    xmlsec.arg("--pubkey-cert-pem").args([&document.certificate, &document.file]);
    let (ours, theirs) = beside(build, document, &signed_by, &mut xmlsec)?;
    Ok([
        Row::beside(&what, ours.cpu, "xmlsec1 (signature only)", theirs.cpu)
            .target("no more than xmlsec1", ours.cpu <= theirs.cpu),
        memory("  memory", ours, "xmlsec1", theirs),
    ])
}

fn member() -> String {
    format!("https://idp-{MEMBER}.federation.example/saml")
}

fn memory(what: &str, ours: Cost, peer: &str, theirs: Cost) -> Row {
    let between = ratio(ours.memory as f64, theirs.memory as f64);
    Row::against(what, megabytes(ours.memory), peer, megabytes(theirs.memory), between)
}

/// What is looked at of the answer. We keep small ourselves: a process that is started counts as at least as large as
/// the one that starts it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    entities: Vec<IgnoredAny>,
    entity_id: Option<String>,
    signature: Option<String>,
    findings: serde_json::Value,
}

/// Our command, which has to find every member and the chosen one, and another one in turns with it; exit status 1 of ours
/// says that there is something to say.
fn beside(
    build: &Build<'_>,
    document: &Document,
    more: &[&OsStr],
    theirs: &mut Command,
) -> Outcome<(Cost, Cost)> {
    let inspect = || {
        let mut inspect = Command::new(build.measured("signpost"));
        inspect.args(["metadata", "inspect", "--json", "--entity", &member()]).args(more).arg(&document.file);
        inspect
    };
    let said = inspect().output().map_err(Trouble::at("signpost"))?;
    let said: Said = serde_json::from_slice(&said.stdout).unwrap_or_default();
    let found = said.entities.len();
    let is_signed = more.is_empty() || said.signature.as_deref() == Some("confirmed");
    if found != document.members || said.entity_id != Some(member()) || !is_signed {
        let findings = said.findings;
        return Err(Trouble::Needed(format!(
            "{} was not read: {found} of {} members found, {findings}",
            document.file.display(),
            document.members
        )));
    }
    in_turns((&mut inspect(), |status| matches!(status.code(), Some(0 | 1))), theirs, ROUNDS_IN_TURNS)
}

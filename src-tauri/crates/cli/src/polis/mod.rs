//! `signpost polis`: Ory Polis, a broker of single sign-on, over its API.
//!
//! - [`connection`]: single sign-on by SAML
//! - [`directory`]: provisioning by SCIM
//! - [`sign_in`]: what an identity provider has to know, and sign-ins that failed

mod connection;
mod directory;
mod sign_in;

use crate::args::{self, PolisAt, PolisConnection, PolisDirectory, PolisPlace};
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::Output;
use crate::words::Words;
use polis::{Polis, Trouble};
use serde_json::{Value, json};
use vocabulary::Finding;

/// Does what was typed.
pub(crate) fn polis(command: args::Polis, output: &Output) -> Result<Status, Failure> {
    match command {
        args::Polis::Connection(PolisConnection::Show(place)) => connection::show(&place, output),
        args::Polis::Connection(PolisConnection::Create(args)) => connection::create(&args, output),
        args::Polis::Connection(PolisConnection::Update(args)) => connection::update(&args, output),
        args::Polis::Connection(PolisConnection::Activate(one)) => connection::switch(&one, true, output),
        args::Polis::Connection(PolisConnection::Deactivate(one)) => connection::switch(&one, false, output),
        args::Polis::Connection(PolisConnection::Delete(one)) => connection::delete(&one, output),
        args::Polis::Directory(PolisDirectory::Show(place)) => directory::show(&place, output),
        args::Polis::Directory(PolisDirectory::Create(args)) => directory::create(&args, output),
        args::Polis::Directory(PolisDirectory::Arrivals(args)) => directory::arrivals(&args, output),
        args::Polis::Directory(PolisDirectory::Delete(args)) => directory::delete(&args, output),
        args::Polis::SpMetadata(args) => sign_in::sp_metadata(&args, output),
        args::Polis::Traces(args) => sign_in::traces(&args, output),
        args::Polis::Response(args) => sign_in::response(&args, output),
    }
}

/// The Polis that is meant. Nothing is sent yet.
fn open(at: &PolisAt) -> Result<Polis, Failure> {
    let key = input::secret(&at.key_env, "polis-key-variable-missing")?;
    Polis::new(&at.url, &key).map_err(|trouble| failure(&trouble))
}

/// The same, for a tenant and a product whose names Polis takes.
fn open_place(place: &PolisPlace) -> Result<Polis, Failure> {
    usable(polis::judge_place(&place.tenant, &place.product))?;
    open(&place.at)
}

/// Whether what was typed can be used.
fn usable(finding: Option<Finding>) -> Result<(), Failure> {
    finding.map_or(Ok(()), |finding| Err(Failure::refused(finding)))
}

/// Why there is no answer.
fn failure(trouble: &Trouble) -> Failure {
    let code = trouble.code();
    let failure = if trouble.is_given() { Failure::unusable(code) } else { Failure::environment(code) };
    failure.with("reason", trouble.reason())
}

/// What came of something that was to be done.
struct Outcome<T> {
    /// What there is now; `None` when nothing was done.
    done: Option<T>,
    /// What is to be said about it.
    findings: Vec<Finding>,
}

impl<T> Outcome<T> {
    /// Nothing was done, for the reasons among the findings.
    const fn refused(findings: Vec<Finding>) -> Self {
        Self { done: None, findings }
    }

    /// What Polis answered, after what was found before.
    fn of(answer: Result<T, Trouble>, mut findings: Vec<Finding>) -> Result<Self, Trouble> {
        match answer {
            Ok(done) => Ok(Self { done: Some(done), findings }),
            Err(trouble) => {
                findings.push(trouble.refusal().ok_or(trouble)?);
                Ok(Self::refused(findings))
            }
        }
    }

    /// Tells it: `headline` is said when it was done, `name` is what stands there in JSON.
    fn tell(
        &self,
        output: &Output,
        (headline, name): (&str, &str),
        text: impl Fn(&Words, &T) -> String,
        document: impl Fn(&T) -> Value,
    ) -> Result<Status, Failure> {
        let words = &output.words;
        let headline = words.label(if self.done.is_some() { headline } else { "cli-polis-nothing" });
        let body = self.done.as_ref().map(|done| text(words, done)).filter(|body| !body.is_empty());
        let body = body.map(|body| format!("\n{body}")).unwrap_or_default();
        let printed = format!("{headline}\n{body}{}", words.findings(&self.findings));
        let facts = json!({ "done": self.done.is_some(), name: self.done.as_ref().map(document) });
        output.answer(&printed, &words.document(&facts, &self.findings))?;
        Ok(if self.done.is_some() { Status::of(&self.findings) } else { Status::NotGood })
    }
}

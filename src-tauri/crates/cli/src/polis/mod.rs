//! `signpost polis`: Ory Polis, a broker of single sign-on, over its API.
//!
//! - [`connection`]: single sign-on by SAML
//! - [`directory`]: provisioning by SCIM
//! - [`sign_in`]: what an identity provider has to know, and sign-ins that failed

mod connection;
mod directory;
mod sign_in;

use crate::args::{self, PolisAt, PolisConnection, PolisDirectory, PolisPlace};
use crate::broker::{Outcome, failed, usable};
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::Output;
use polis::{Polis, Trouble};
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

/// Why there is no answer.
fn failure(trouble: &Trouble) -> Failure {
    failed(trouble.code(), trouble.is_given(), trouble.reason())
}

/// What came of something that Polis was asked to do.
fn outcome<T>(answer: Result<T, Trouble>, findings: Vec<Finding>) -> Result<Outcome<T>, Trouble> {
    Outcome::of(answer, findings, Trouble::refusal)
}

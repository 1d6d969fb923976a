//! `signpost`: the checks of the program from a terminal, and the account service.
//!
//! - [`args`]: what can be typed; [`run`] below sends it to one of
//!   [`domain`], [`metadata`], [`cert`], [`response`], [`explain`], [`guide`], [`scim`], [`polis`](mod@polis),
//!   [`keycloak`](mod@keycloak), [`account_service`], each of which answers through
//! - [`output`]: text or JSON on standard output, with
//! - [`words`]: the sentences, and [`table`] for rows;
//! - [`broker`]: what the commands for brokers have in common;
//! - [`failure`]: why there is no answer, and the exit [`Status`](failure::Status);
//! - [`input`]: the bytes of a file or of standard input, never more than a limit, and secrets from the environment;
//! - [`clock`]: the only place that reads the time; [`runtime`]: where asynchronous work runs.

mod account_service;
mod args;
mod broker;
mod cert;
mod clock;
mod domain;
mod explain;
mod failure;
mod guide;
mod input;
mod keycloak;
mod metadata;
mod output;
mod polis;
mod response;
mod runtime;
mod scim;
mod table;
mod words;

use args::{Cli, Command};
use clap::Parser;
use failure::{Failure, Status};
use output::Output;
use std::process::ExitCode;
use words::Words;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(answer) => return usage(&answer),
    };
    let words = match Words::load() {
        Ok(words) => words,
        Err(broken) => {
            output::complain(&broken.to_string());
            return Status::Environment.into();
        }
    };
    let output = Output::new(cli.json, words);
    run(cli.command, &output).unwrap_or_else(|failure| output.failed(&failure)).into()
}

/// Help and version are answers; everything else is wrong usage.
fn usage(answer: &clap::Error) -> ExitCode {
    // Whoever closed the pipe does not want to read it.
    let _ = answer.print();
    if answer.use_stderr() { Status::Unusable.into() } else { Status::Good.into() }
}

fn run(command: Command, output: &Output) -> Result<Status, Failure> {
    match command {
        Command::Domain(args::Domain::Check(args)) => domain::check(&args, output),
        Command::Domain(args::Domain::Bulk(args)) => domain::bulk(&args, output),
        Command::Domain(args::Domain::Watch(args)) => domain::watch(&args, output),
        Command::Domain(args::Domain::Record(args)) => domain::record(&args, output),
        Command::Metadata(args::Metadata::Inspect(args)) => metadata::inspect(&args, output),
        Command::Metadata(args::Metadata::Diff(args)) => metadata::diff(&args, output),
        Command::Metadata(args::Metadata::Generate(args)) => metadata::generate(args, output),
        Command::Cert(args::Cert::Inspect(args)) => cert::inspect(&args, output),
        Command::Response(args::Response::Check(args)) => response::check(&args, output),
        Command::Explain(args) => explain::explain(&args, output),
        Command::Guide(args::Guide::List(from)) => guide::list(&from, output),
        Command::Guide(args::Guide::Show(args)) => guide::show(&args, output),
        Command::Guide(args::Guide::Check { folder }) => guide::check(&folder, output),
        Command::Guide(args::Guide::Schema { kind }) => guide::schema(kind, output),
        Command::Scim(args::Scim::Rehearse(args)) => scim::rehearse(&args, output),
        Command::Polis(command) => polis::polis(command, output),
        Command::Keycloak(command) => keycloak::keycloak(command, output),
        Command::AccountService(args::AccountService::Serve(args)) => account_service::serve(args, output),
        Command::AccountService(args::AccountService::Token(args)) => account_service::token(args, output),
        Command::AccountService(args::AccountService::Backup(args)) => account_service::backup(args, output),
        Command::AccountService(args::AccountService::Audit(args)) => account_service::audit(args, output),
        Command::AccountService(args::AccountService::ScimToken(args)) => {
            account_service::scim_token(args, output)
        }
    }
}

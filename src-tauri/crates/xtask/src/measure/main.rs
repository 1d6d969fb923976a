//! The part of `cargo xtask bench` and `cargo xtask test --fuzz` that stands on the program's own crates.
//!
//! - [`parse`]: how long metadata takes inside a process
//! - [`verdict`]: how long a verdict takes after the last answer
//! - [`bulk`]: many domains in one process
//! - [`delay`]: a long way to a name server
//! - [`scim`]: what identity providers and administrators send to an account service
//! - [`inputs`]: the documents that programs are measured with
//! - [`seeds`]: what fuzzing starts from
#![expect(clippy::print_stdout, reason = "its output is its result")]

mod bulk;
mod delay;
mod inputs;
mod parse;
mod scim;
mod seeds;
mod verdict;

use clap::{Parser, Subcommand};
use std::net::IpAddr;
use std::path::PathBuf;
use vocabulary::Timestamp;

/// Why it stopped.
type Trouble = Box<dyn std::error::Error + Send + Sync>;

const YEAR: i64 = 365 * 24 * 3600;
/// 2026-01-01; documents are judged in the middle of the year that they are good for.
const BEGIN: i64 = 1_767_225_600;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the metadata of one provider and print how long its parse takes, in nanoseconds.
    Entra { file: PathBuf },
    /// The same with a small federation.
    Aggregate { file: PathBuf },
    /// Write the signed metadata of a federation with so many members, and its certificate.
    Federation { count: usize, file: PathBuf, certificate: PathBuf },
    /// Write a signed response of about 4 KB and the certificate.
    Response { file: PathBuf, certificate: PathBuf },
    /// Print the time from the slowest answer to the verdict, in nanoseconds.
    Verdict { domain: String, token: String, rounds: usize, roots: PathBuf },
    /// Check so many domains of the network for measurements, so many beside each other.
    Bulk { count: usize, at_once: usize, token: String },
    /// Delay the answers of name servers by so many milliseconds, each at another address: NEAR=FAR.
    Delay {
        milliseconds: u64,
        #[arg(value_parser = delay::parse_way)]
        ways: Vec<(IpAddr, IpAddr)>,
    },
    /// Send to an account service what identity providers and administrators send.
    Scim(scim::Arguments),
    /// Write what fuzzing starts from, a folder for each target.
    Seeds { folder: PathBuf },
}

fn main() -> Result<(), Trouble> {
    match Arguments::parse().task {
        Task::Entra { file } => parse::measure("entra", &file),
        Task::Aggregate { file } => parse::measure("aggregate", &file),
        Task::Federation { count, file, certificate } => inputs::federation(count, &file, &certificate),
        Task::Response { file, certificate } => inputs::response(&file, &certificate),
        Task::Verdict { domain, token, rounds, roots } => verdict::measure(&domain, &token, rounds, &roots),
        Task::Bulk { count, at_once, token } => bulk::measure(count, at_once, &token),
        Task::Delay { milliseconds, ways } => delay::run(milliseconds, &ways),
        Task::Scim(arguments) => scim::measure(arguments),
        Task::Seeds { folder } => seeds::write(&folder),
    }
}

/// A time so many seconds after the beginning.
fn moment(seconds: i64) -> Result<Timestamp, &'static str> {
    Timestamp::from_unix(BEGIN + seconds).ok_or("out of range")
}

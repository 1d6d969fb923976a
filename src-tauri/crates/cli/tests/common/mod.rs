//! Runs the program as people do.

use serde_json::Value;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// What a run of the program left.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Standard output as one JSON document.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}: {self:?}"))
    }
}

/// The program, not started yet.
pub fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program to its end.
pub fn signpost(args: &[&str]) -> Run {
    finished(program(args).output().unwrap())
}

/// The same with bytes on standard input.
#[allow(dead_code, clippy::allow_attributes, reason = "each of the test programs uses a part of this")]
pub fn signpost_reading(args: &[&str], input: &[u8]) -> Run {
    let mut child = program(args).stdin(Stdio::piped()).spawn().unwrap();
    // The program may stop reading early; what it says then is what the test looks at.
    let _ = child.stdin.take().unwrap().write_all(input);
    finished(child.wait_with_output().unwrap())
}

fn finished(output: Output) -> Run {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// The codes of a document's findings.
pub fn codes(document: &Value) -> Vec<&str> {
    document["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

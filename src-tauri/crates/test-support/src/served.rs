//! A server that a script in the folder `peers` runs on this computer, with everything in memory.

use crate::peers::node;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

/// One that runs. It is ended with this.
#[derive(Debug)]
pub(crate) struct Served {
    /// Its address, which is the first line it writes.
    pub(crate) url: String,
    peer: Child,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.peer.kill();
        let _ = self.peer.wait();
    }
}

impl Served {
    /// Starts one with a secret in that environment variable.
    ///
    /// # Panics
    /// When what it is made of is not installed, or it ends before it serves.
    pub(crate) fn start(script: &str, variable: &str, secret: &str) -> Self {
        let mut command = node(script);
        command.env(variable, secret).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut peer = command.spawn().expect("it can be started; if not: cargo xtask test --only packages");
        let mut url = String::new();
        let out = peer.stdout.take().expect("its output is piped");
        BufReader::new(out).read_line(&mut url).expect("it writes text");
        assert!(url.starts_with("http://127.0.0.1:"), "it ended; what it wrote says why");
        Self { url: url.trim().to_owned(), peer }
    }
}

//! A report as a file that another Signpost opens.

use crate::Report;
use serde::{Deserialize, Serialize};
use vocabulary::Finding;

/// A file may have so many bytes.
pub const MAX_SHARED_BYTES: usize = 1 << 20;

const FORMAT: &str = "signpost-domain-report";
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Shared<'a> {
    format: &'a str,
    version: u32,
    report: &'a Report,
}

#[derive(Deserialize)]
struct Heading {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct Body {
    report: Report,
}

/// The report as JSON, with a heading that says what it is.
pub fn share(report: &Report) -> String {
    let shared = Shared { format: FORMAT, version: VERSION, report };
    // A plain struct always becomes JSON.
    serde_json::to_string_pretty(&shared).unwrap_or_default()
}

/// Reads a report that was shared.
///
/// # Errors
/// `shared-not-a-report`, `shared-newer` of a later version, `shared-too-long` with more than [`MAX_SHARED_BYTES`].
pub fn read_shared(bytes: &[u8]) -> Result<Report, Finding> {
    if bytes.len() > MAX_SHARED_BYTES {
        return Err(Finding::error("shared-too-long"));
    }
    let other = |_| Finding::error("shared-not-a-report");
    let heading: Heading = serde_json::from_slice(bytes).map_err(other)?;
    if heading.format != FORMAT {
        return Err(Finding::error("shared-not-a-report"));
    }
    if heading.version > VERSION {
        return Err(Finding::error("shared-newer"));
    }
    serde_json::from_slice::<Body>(bytes).map(|body| body.report).map_err(other)
}

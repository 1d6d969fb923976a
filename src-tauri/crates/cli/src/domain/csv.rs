//! Rows of the answer for a spreadsheet.

use super::bulk::Row;
use crate::failure::Failure;
use crate::output::{self, Output, Reader};
use crate::words::Words;
use texts::FindingText;
use vocabulary::{Finding, Severity};

/// These names are the contract, as those of JSON are.
pub(super) const HEADINGS: [&str; 11] = [
    "row",
    "input",
    "domain",
    "name",
    "expected",
    "verdict",
    "visible_by",
    "finding",
    "message",
    "fix",
    "checked_at",
];

pub(super) fn headings() -> Result<Reader, Failure> {
    print(&HEADINGS.map(str::to_owned))
}

pub(super) fn row(row: &Row, output: &Output) -> Result<Reader, Failure> {
    print(&cells(row, &output.words))
}

fn cells(row: &Row, words: &Words) -> [String; 11] {
    let mut cells: [String; 11] = Default::default();
    cells[0] = row.number.to_string();
    cells[1].clone_from(&row.input);
    let finding = match &row.result {
        Ok((_, look)) => {
            let report = &look.report;
            cells[2] = report.domain.to_string();
            cells[3].clone_from(&report.name);
            cells[4] = report.expected.clone().unwrap_or_default();
            cells[5] = serde_json::to_value(report.verdict)
                .ok()
                .and_then(|verdict| verdict.as_str().map(str::to_owned))
                .unwrap_or_default();
            cells[6] = report.visible_by.map(|at| at.to_string()).unwrap_or_default();
            cells[10] = report.checked_at.to_string();
            most_important(&report.findings).map(|finding| (finding, words.finding(finding)))
        }
        Err(refused) => Some((&refused.finding, words.failure(refused))),
    };
    if let Some((finding, FindingText { message, fix, .. })) = finding {
        cells[7] = finding.code.to_string();
        cells[8] = message;
        cells[9] = fix;
    }
    cells
}

/// The first error, or else the first of all.
fn most_important(findings: &[Finding]) -> Option<&Finding> {
    findings.iter().find(|finding| finding.severity == Severity::Error).or_else(|| findings.first())
}

fn print(cells: &[String]) -> Result<Reader, Failure> {
    output::raw(&domain_check::csv_line(cells))
}

use crate::error::DataError;
use crate::file;
use crate::patterns::{CODE, Hit, Patterns};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use vocabulary::StepId;

/// How much of a text is looked at, in bytes: its beginning.
pub const MAX_BYTES: usize = 1024 * 1024;

/// How many rows are named at most.
pub const MOST_MATCHES: usize = 5;

/// How much the patterns beside the best one add at most, so that many weak ones do not beat a strong one.
const MOST_MORE: usize = 9;

static EMBEDDED: LazyLock<Result<Table, DataError>> =
    LazyLock::new(|| Table::read(include_str!("../data/rows.toml")));

/// One thing that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "Diagnosis")]
pub struct Row {
    /// Stable: a letter for the area (domain, metadata, identity provider, assertion, SCIM, practice) and a number.
    pub id: String,
    /// What is seen, in one sentence.
    pub symptom: String,
    /// How to make sure that it is this.
    pub tell: String,
    /// Why it happens.
    pub cause: String,
    /// What to do.
    pub fix: String,
    /// Where this is known from.
    pub source: String,
    /// The step it is put right in.
    pub step: StepId,
    /// The field or setting to change, under the name its page has for it.
    pub field: Option<String>,
    /// What a program prints for exactly this.
    pub codes: Vec<String>,
    /// The codes of Signpost's own findings that are about exactly this.
    pub findings: Vec<String>,
}

/// A row that fits a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "DiagnosisMatch")]
pub struct Match {
    /// The row.
    pub row: Row,
    /// How well it fits, for comparing with other matches of the same text; from 1000 on, a code was found.
    pub score: u32,
    /// The patterns of the table that were found, strongest first; of the text itself only the number of an error that
    /// no row has.
    pub why: Vec<String>,
}

/// All rows, with what they are recognised by.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Row>,
    patterns: Patterns,
    /// The place of the row that a finding is about.
    findings: HashMap<String, usize>,
}

/// The rows of the embedded table that fit a text, best first, at most [`MOST_MATCHES`].
///
/// # Errors
/// When the embedded table cannot be read.
pub fn explain(text: &str) -> Result<Vec<Match>, DataError> {
    Ok(Table::embedded()?.explain(text))
}

impl Table {
    /// The table that is part of the program.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn embedded() -> Result<&'static Self, DataError> {
        EMBEDDED.as_ref().map_err(Clone::clone)
    }

    fn read(text: &str) -> Result<Self, DataError> {
        let entries = file::read(text)?;
        let findings = entries
            .iter()
            .enumerate()
            .flat_map(|(place, entry)| entry.findings.iter().map(move |finding| (finding.clone(), place)));
        Ok(Self {
            findings: findings.collect(),
            rows: entries.iter().map(file::Entry::row).collect(),
            patterns: Patterns::of(&entries),
        })
    }

    /// All rows, in the order of the table.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows that fit a text, best first, at most [`MOST_MATCHES`].
    ///
    /// Case does not matter, and words are whole words. Looks at the first [`MAX_BYTES`] only, in time proportional
    /// to their number.
    pub fn explain(&self, text: &str) -> Vec<Match> {
        let mut by_row: BTreeMap<usize, Vec<Hit>> = BTreeMap::new();
        let text = beginning(text);
        for hit in self.named(text).into_iter().chain(self.patterns.find(text)) {
            by_row.entry(hit.row).or_default().push(hit);
        }
        let mut matches: Vec<Match> =
            by_row.into_iter().filter_map(|(row, hits)| Some(matched(self.rows.get(row)?, hits))).collect();
        // Stable: of two that fit as well, the one that comes first in the table.
        matches.sort_by_key(|one| std::cmp::Reverse(one.score));
        matches.truncate(MOST_MATCHES);
        matches
    }

    /// The findings of Signpost that a text names, each once.
    fn named(&self, text: &str) -> Vec<Hit> {
        let codes =
            text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|code| code.contains('-'));
        let mut hits: Vec<Hit> = Vec::new();
        for code in codes {
            let code = code.to_ascii_lowercase();
            let code = code.strip_prefix("finding-").unwrap_or(&code);
            let known = hits.iter().any(|hit| hit.pattern == code);
            if let Some(&row) = self.findings.get(code).filter(|_| !known) {
                hits.push(Hit { row, weight: CODE, pattern: code.to_owned() });
            }
        }
        hits
    }
}

fn matched(row: &Row, mut hits: Vec<Hit>) -> Match {
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.weight));
    let best = hits.first().map_or(0, |hit| hit.weight);
    let mut why: Vec<String> = hits.into_iter().map(|hit| hit.pattern).collect();
    why.dedup();
    let more = why.len().saturating_sub(1).min(MOST_MORE);
    Match { row: row.clone(), score: best + u32::try_from(more).unwrap_or_default(), why }
}

fn beginning(text: &str) -> &str {
    if text.len() <= MAX_BYTES {
        return text;
    }
    // A character is at most four bytes long, so one of these is a boundary.
    let end = (0..4).map(|less| MAX_BYTES - less).find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

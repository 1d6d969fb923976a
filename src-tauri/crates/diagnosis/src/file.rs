//! `data/rows.toml` as it is written.

use crate::error::DataError;
use crate::table::Row;
use serde::Deserialize;
use std::collections::BTreeSet;
use vocabulary::StepId;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Entry>,
}

/// A row with what it is recognised by.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    id: String,
    symptom: String,
    tell: String,
    cause: String,
    fix: String,
    source: String,
    step: StepId,
    #[serde(default)]
    field: Option<String>,
    /// The codes of Signpost's own findings that are about exactly this.
    #[serde(default)]
    pub(crate) findings: Vec<String>,
    /// What a program prints for exactly this; outranks everything else.
    #[serde(default)]
    pub(crate) codes: Vec<String>,
    /// Words in a row; `*` stands for up to eight words between.
    #[serde(default)]
    pub(crate) phrases: Vec<String>,
    /// Words near each other in any order, with `|` between those that will do as well.
    #[serde(default)]
    pub(crate) clues: Vec<String>,
    /// Stands for every number after this word that no row has among its codes.
    #[serde(default)]
    pub(crate) unknown: Option<String>,
}

impl Entry {
    pub(crate) fn row(&self) -> Row {
        Row {
            id: self.id.clone(),
            symptom: self.symptom.clone(),
            tell: self.tell.clone(),
            cause: self.cause.clone(),
            fix: self.fix.clone(),
            source: self.source.clone(),
            step: self.step,
            field: self.field.clone(),
            codes: self.codes.clone(),
            findings: self.findings.clone(),
        }
    }

    fn is_whole(&self) -> bool {
        let written = [&self.id, &self.symptom, &self.tell, &self.cause, &self.fix, &self.source];
        let recognised =
            [&self.codes, &self.phrases, &self.clues].iter().any(|patterns| !patterns.is_empty());
        (recognised || self.unknown.is_some()) && written.iter().all(|text| !text.trim().is_empty())
    }
}

/// Reads a table: every row is whole, and no id and no finding occurs twice.
pub(crate) fn read(text: &str) -> Result<Vec<Entry>, DataError> {
    let file: File = toml::from_str(text).map_err(|error| DataError { what: error.to_string() })?;
    let (mut ids, mut findings) = (BTreeSet::new(), BTreeSet::new());
    for entry in &file.row {
        if !ids.insert(&entry.id) {
            return Err(DataError { what: format!("{} is there twice", entry.id) });
        }
        if let Some(twice) = entry.findings.iter().find(|finding| !findings.insert(*finding)) {
            return Err(DataError { what: format!("the finding {twice} is in two rows") });
        }
        if !entry.is_whole() {
            return Err(DataError { what: format!("{} has an empty text or no pattern", entry.id) });
        }
    }
    Ok(file.row)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "[[row]]\nid = 'X'\nsymptom = 's'\ntell = 't'\ncause = 'c'\nfix = 'f'\nsource = 'o'\n";

    #[test]
    fn a_row_that_is_not_whole_is_refused_by_name() {
        let what = |text: String| read(&text).unwrap_err().what;
        assert!(read(&format!("{ROW}step = 'saml'\ncodes = ['E1']")).is_ok());
        assert!(what(format!("{ROW}step = 'saml'")).contains('X'));
        assert!(what(format!("{ROW}step = 'saml'\ncodes = ['a']\n").repeat(2)).contains("X is there twice"));
        assert!(
            what(format!("{ROW}step = 'saml'\ncodes = ['a']\nfindings = ['f', 'f']")).contains("f is in two")
        );
        assert!(what(format!("{ROW}step = 'dance'\ncodes = ['a']")).contains("dance"));
        assert!(what(format!("{ROW}step = 'saml'\nhint = 'a'")).contains("hint"));
    }
}

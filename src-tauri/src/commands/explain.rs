//! What an error means. Nothing that is pasted is kept, logged or sent anywhere.

use crate::ipc_error::Answer;
use diagnosis::{DataError, MAX_BYTES, Match, Row, Table};
use serde::Serialize;
use wizard::{Failure, FailureCode};

/// What a text was recognised as.
#[derive(Debug, Serialize, specta::Type)]
pub struct Explanation {
    /// The rows that fit, best first.
    pub matches: Vec<Match>,
    /// Whether the text was looked at to its end; of a very long one it is the beginning only.
    pub whole: bool,
    /// Whether it holds an answer of an identity provider, which a project's sign-in test can check.
    pub is_answer: bool,
}

/// The known mistakes that a text speaks of: a code, a sentence, an address, a page or a log.
#[tauri::command]
#[specta::specta]
pub async fn explain(text: String) -> Answer<Explanation> {
    Ok(explanation(&text)?)
}

pub(super) fn explanation(text: &str) -> Result<Explanation, Failure> {
    let is_answer =
        saml_response::take(text.as_bytes()).is_ok_and(|taken| saml_response::is_response(&taken.xml));
    Ok(Explanation { matches: table()?.explain(text), whole: text.len() <= MAX_BYTES, is_answer })
}

/// Every known mistake.
#[tauri::command]
#[specta::specta]
pub async fn diagnoses() -> Answer<Vec<Row>> {
    Ok(table()?.rows().to_vec())
}

fn table() -> Result<&'static Table, Failure> {
    Table::embedded().map_err(|DataError { what }| {
        Failure::new(FailureCode::DiagnosisDataUnreadable, &what).with("what", &what)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ipc::bindings_file;

    /// The made-up program of the browser answers with the real rows. `UPDATE_BINDINGS=1` writes the file anew.
    #[test]
    fn the_rows_beside_the_bindings_are_as_in_the_table() {
        let fresh = format!("{}\n", serde_json::to_string_pretty(table().unwrap().rows()).unwrap());
        let file = bindings_file().with_file_name("../host/fake/diagnoses.json");
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::write(&file, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(&file).unwrap();
        assert!(fresh == committed, "the rows differ from the table: run `cargo xtask bindings`");
    }
}

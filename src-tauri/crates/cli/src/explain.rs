//! `signpost explain`.

use crate::args::Explain;
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::Output;
use crate::words::Words;
use diagnosis::Match;
use serde_json::json;

/// Says which known mistakes a text speaks of.
pub(crate) fn explain(args: &Explain, output: &Output) -> Result<Status, Failure> {
    let text = text(args)?;
    let matches = diagnosis::explain(&text).map_err(|error| Failure::environment(error.code()))?;
    output.answer(&paragraphs(&output.words, &matches), &json!({ "matches": matches }))?;
    Ok(if matches.is_empty() { Status::NotGood } else { Status::Good })
}

fn text(args: &Explain) -> Result<String, Failure> {
    let text = match args.text.as_slice() {
        [source] if source == "-" => standard_input()?,
        words => words.join(" "),
    };
    if text.trim().is_empty() {
        return Err(Failure::unusable("explain-nothing-given"));
    }
    if text.len() > diagnosis::MAX_BYTES {
        return Err(too_long());
    }
    Ok(text)
}

/// Logs are in many encodings; what is known here is recognised by ASCII.
fn standard_input() -> Result<String, Failure> {
    let bytes = input::read("-", diagnosis::MAX_BYTES)?;
    if bytes.len() > diagnosis::MAX_BYTES {
        return Err(too_long());
    }
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    // What could not be read is written longer than it was.
    text.truncate(text.floor_char_boundary(diagnosis::MAX_BYTES));
    Ok(text)
}

fn too_long() -> Failure {
    Failure::unusable("explain-too-long").with("limit", diagnosis::MAX_BYTES)
}

fn paragraphs(words: &Words, matches: &[Match]) -> String {
    if matches.is_empty() {
        return format!("{}\n  {}\n", words.label("cli-explain-none"), words.label("cli-explain-none-hint"));
    }
    let paragraphs: Vec<String> = matches.iter().map(|one| paragraph(words, one)).collect();
    paragraphs.join("\n")
}

fn paragraph(words: &Words, one: &Match) -> String {
    let row = &one.row;
    let lines = [
        ("cli-explain-fix", row.fix.as_str()),
        ("cli-explain-cause", &row.cause),
        ("cli-explain-tell", &row.tell),
        ("cli-explain-field", row.field.as_deref().unwrap_or_default()),
        ("cli-explain-step", row.step.as_str()),
        ("cli-explain-why", &one.why.join(", ")),
        ("cli-explain-source", &row.source),
    ];
    let said = lines.iter().filter(|(_, value)| !value.is_empty());
    let said: String = said.map(|(id, value)| format!("  {}: {value}\n", words.label(id))).collect();
    format!("{}: {}\n{said}", row.id, row.symptom)
}

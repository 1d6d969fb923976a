//! `signpost polis sp-metadata`, `signpost polis traces` and `signpost polis response`.

use super::{failure, open, open_place};
use crate::args::{PolisResponse, PolisSpMetadata, PolisTraces};
use crate::broker::tell_sp;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::runtime::run_async;
use crate::table::facts;
use crate::words::Words;
use polis::{Trace, Trouble};
use serde_json::{Value, json};

/// Shows what an identity provider has to know.
pub(crate) fn sp_metadata(args: &PolisSpMetadata, output: &Output) -> Result<Status, Failure> {
    let polis = open(&args.at)?;
    let xml = run_async(polis.sp_metadata())?.map_err(|trouble| failure(&trouble))?;
    let unknown = || failure(&Trouble::Unknown("no SP metadata".to_owned()));
    tell_sp(&xml, args.xml, unknown, output)
}

/// Lists the sign-ins that failed.
pub(crate) fn traces(args: &PolisTraces, output: &Output) -> Result<Status, Failure> {
    let polis = open_place(&args.place)?;
    let found = run_async(polis.traces(&args.place.tenant, &args.place.product))?;
    let mut found = found.map_err(|trouble| failure(&trouble))?;
    let is_late = |one: &Trace| args.since.is_none_or(|since| one.at().is_none_or(|at| at >= since));
    found.traces.retain(is_late);
    let words = &output.words;
    let count = words.text("cli-polis-traces", &[("count", &found.traces.len().to_string())]);
    let mut text = format!("{count}\n");
    for trace in &found.traces {
        text.push_str(&format!("\n{}", described(words, trace)));
    }
    if found.more {
        text.push_str(&format!("\n{}\n", words.label("cli-polis-traces-more")));
    }
    let traces: Vec<Value> = found.traces.iter().map(document).collect();
    output.answer(&text, &json!({ "traces": traces, "more": found.more }))?;
    Ok(if found.traces.is_empty() { Status::Good } else { Status::NotGood })
}

/// Prints what the identity provider answered.
pub(crate) fn response(args: &PolisResponse, output: &Output) -> Result<Status, Failure> {
    let polis = open(&args.at)?;
    let trace = run_async(polis.trace(&args.id))?.map_err(|trouble| failure(&trouble))?;
    let none = || Failure::unusable("polis-response-none").with("trace", &args.id);
    let xml = trace.context.saml_response.as_ref().ok_or_else(none)?;
    output.verbatim(xml, &json!({ "xml": xml }))?;
    Ok(Status::Good)
}

fn described(words: &Words, one: &Trace) -> String {
    let row = |label: &str, value: Option<&String>| (words.label(label), value.cloned().unwrap_or_default());
    let at = one.at().map(|at| at.to_minute());
    facts([
        row("cli-polis-trace", Some(&one.id)),
        row("cli-polis-trace-at", at.as_ref()),
        row("cli-polis-trace-error", Some(&one.error)),
        row("cli-polis-trace-issuer", one.context.issuer.as_ref()),
        row("cli-polis-client-id", one.context.client_id.as_ref()),
    ])
}

fn document(one: &Trace) -> Value {
    json!({
        "id": one.id,
        "at": one.at(),
        "error": one.error,
        "issuer": one.context.issuer,
        "client_id": one.context.client_id.as_ref().filter(|id| !id.is_empty()),
        "has_response": one.context.saml_response.is_some(),
    })
}

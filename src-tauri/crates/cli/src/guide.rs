//! `signpost guide`.

use crate::args::{GuideShow, GuideSource};
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::table::table;
use guide_files::{FolderError, Loaded};
use guides::{DataError, DataFile, Guide, Library, Page};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::path::Path;

/// Lists every pair of service and identity provider there is a guide for.
pub(crate) fn list(from: &GuideSource, output: &Output) -> Result<Status, Failure> {
    let library = library(from)?;
    let guides = library.guides();
    let words = &output.words;
    let heading = ["cli-guide-service", "cli-guide-idp", "cli-guide-for"].map(|id| words.label(id));
    let rows: Vec<[String; 3]> = std::iter::once(heading).chain(guides.iter().map(row)).collect();
    let listed: Vec<Value> = guides.iter().map(entry).collect();
    output.answer(&table(&rows), &json!({ "guides": listed }))?;
    Ok(Status::Good)
}

fn row(guide: &Guide) -> [String; 3] {
    let (service, idp) = (&guide.service, &guide.identity_provider);
    [service.id.clone(), idp.id.clone(), format!("{}, {}", service.name, idp.name)]
}

fn entry(guide: &Guide) -> Value {
    let (service, idp) = (&guide.service, &guide.identity_provider);
    json!({
        "service": { "id": service.id, "name": service.name },
        "identity_provider": { "id": idp.id, "name": idp.name },
        "pages": guide.all().map(|page| &page.id).collect::<Vec<_>>(),
    })
}

/// Shows a guide, or one page of it.
pub(crate) fn show(args: &GuideShow, output: &Output) -> Result<Status, Failure> {
    let library = library(&args.from)?;
    let guide = library.guide(&args.service, &args.idp).ok_or_else(|| unknown(&library, args))?;
    match &args.step {
        Some(step) => {
            let page = page(guide, step)?;
            output.answer(&page.to_text(), &json!(page))?;
        }
        None => output.answer(&guide.to_text(), &json!(guide))?,
    }
    Ok(Status::Good)
}

fn page<'a>(guide: &'a Guide, id: &str) -> Result<&'a Page, Failure> {
    let known = || guide.all().map(|page| page.id.as_str()).collect::<Vec<_>>().join(", ");
    let found = guide.all().find(|page| page.id == id);
    found.ok_or_else(|| Failure::unusable("guide-step-unknown").with("step", id).with("known", known()))
}

fn unknown(library: &Library, args: &GuideShow) -> Failure {
    let pair = |guide: &Guide| format!("{} {}", guide.service.id, guide.identity_provider.id);
    let known: Vec<String> = library.guides().iter().map(pair).collect();
    Failure::unusable("guide-unknown")
        .with("service", &args.service)
        .with("idp", &args.idp)
        .with("known", known.join(", "))
}

/// Says what is wrong with a folder of guides, as the program reads it.
pub(crate) fn check(folder: &Path, output: &Output) -> Result<Status, Failure> {
    let Loaded { files, wrong, .. } = load(folder)?;
    let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    let number = files.to_string();
    let verdict = match lines.len() {
        0 => output.words.text("cli-guide-check-good", &[("count", &number)]),
        bad => output.words.text("cli-guide-check-wrong", &[("count", &number), ("wrong", &bad.to_string())]),
    };
    let text = [&lines[..], &[verdict]].concat().join("\n") + "\n";
    let document =
        |DataError { file, line, what }: &DataError| json!({ "file": file, "line": line, "what": what });
    let wrong: Vec<Value> = wrong.iter().map(document).collect();
    output.answer(&text, &json!({ "files": files, "wrong": wrong }))?;
    Ok(if wrong.is_empty() { Status::Good } else { Status::NotGood })
}

/// Prints what an editor needs to help with a kind of guide file; JSON in either form of the answer.
pub(crate) fn schema(kind: DataFile, output: &Output) -> Result<Status, Failure> {
    let schema = kind.schema();
    output.answer(&format!("{schema:#}\n"), &schema)?;
    Ok(Status::Good)
}

/// The guides of the program, with those of a folder where one is named.
fn library(from: &GuideSource) -> Result<Cow<'static, Library>, Failure> {
    let Some(folder) = &from.guides else { return Library::embedded().map(Cow::Borrowed).map_err(broken) };
    let Loaded { library, wrong, .. } = load(folder)?;
    match wrong.first() {
        None => Ok(Cow::Owned(library)),
        Some(first) => {
            Err(Failure::unusable("guide-folder-wrong").with("what", first).with("folder", folder.display()))
        }
    }
}

fn load(folder: &Path) -> Result<Loaded, Failure> {
    guide_files::load(folder).map_err(|error| match error {
        FolderError::Program(error) => broken(&error),
        error => Failure::unusable("guide-folder-unreadable").with("why", error),
    })
}

fn broken(error: &DataError) -> Failure {
    Failure::environment("guide-data-unreadable")
        .with("file", &error.file)
        .with("line", error.line.unwrap_or_default())
        .with("what", &error.what)
}

//! `signpost guide`.

use crate::args::GuideShow;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::table::table;
use guides::{Guide, Library, Page};
use serde_json::{Value, json};

/// Lists every pair of service and identity provider there is a guide for.
pub(crate) fn list(output: &Output) -> Result<Status, Failure> {
    let guides = library()?.guides();
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
    let library = library()?;
    let guide = library.guide(&args.service, &args.idp).ok_or_else(|| unknown(library, args))?;
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

fn library() -> Result<&'static Library, Failure> {
    Library::embedded().map_err(|error| {
        Failure::environment("guide-data-unreadable")
            .with("file", &error.file)
            .with("line", error.line.unwrap_or_default())
            .with("what", &error.what)
    })
}

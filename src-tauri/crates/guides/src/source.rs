//! The data files: where they are, and what the ones that list things say.

use crate::error::DataError;
use crate::file::{IdentityProvidersFile, NotesFile};
use crate::inline::https;
use crate::page::Note;
use crate::service::{IdentityProvider, Service};
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// One file of the data: `identity-providers.toml`, `notes.toml`, `facts.csv`, `services/SERVICE.toml`,
/// `guides/SERVICE/IDP.toml`, or `guides/SERVICE/common.toml` for what is the same for every identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// The path inside the data directory, with slashes.
    pub path: &'a str,
    /// The text, TOML or CSV.
    pub text: &'a str,
}

/// The files of which there may be several: what they list is put together.
pub(crate) const LISTS: [&str; 3] = ["identity-providers.toml", "notes.toml", "facts.csv"];

/// What the files of that path list, each id once: a later file's entry takes the place of an earlier one's.
pub(crate) fn merged<T>(
    sources: &[Source<'_>],
    path: &str,
    read: fn(&Source<'_>) -> Result<Vec<T>, DataError>,
    id: fn(&T) -> String,
    wrong: &mut Vec<DataError>,
) -> Vec<T> {
    let mut files = sources.iter().filter(|source| source.path == path).peekable();
    if files.peek().is_none() {
        wrong.push(DataError::in_file(path, "the file is missing"));
    }
    let mut all: Vec<T> = Vec::new();
    for file in files {
        match read(file) {
            Ok(list) => {
                for one in list {
                    match all.iter_mut().find(|known| id(known) == id(&one)) {
                        Some(known) => *known = one,
                        None => all.push(one),
                    }
                }
            }
            Err(error) => wrong.push(error),
        }
    }
    all
}

/// The ids of the vendors' facts: the first column of `facts.csv`. No file means no facts.
pub(crate) fn facts<'a>(sources: &[Source<'a>]) -> BTreeSet<&'a str> {
    let files = sources.iter().filter(|source| source.path == LISTS[2]);
    let lines = files.flat_map(|source| source.text.lines().skip(1));
    lines.filter_map(|line| line.split(',').next()).collect()
}

pub(crate) fn service(source: &Source<'_>) -> Result<Service, DataError> {
    let service: Service = parse(source)?;
    if format!("services/{}.toml", service.id) != source.path {
        let what = format!("the file has to be named after its id {:?}", service.id);
        return Err(DataError::at_last(source.path, source.text, &service.id, what));
    }
    for link in service.links.all() {
        address(source, link)?;
    }
    for pattern in service.by_customer.iter().flat_map(|customer| &customer.patterns) {
        address(source, &pattern.pattern)?;
    }
    if let Some((word, what)) = service.wrong_hand_over() {
        return Err(DataError::at_last(source.path, source.text, &word, what));
    }
    Ok(service)
}

pub(crate) fn identity_providers(source: &Source<'_>) -> Result<Vec<IdentityProvider>, DataError> {
    let providers = parse::<IdentityProvidersFile>(source)?.identity_provider;
    for link in providers.iter().filter_map(|provider| provider.portal_url.as_ref()) {
        address(source, link)?;
    }
    for (place, provider) in providers.iter().enumerate() {
        if providers[..place].iter().any(|known| known.id == provider.id) {
            let what = format!("the identity provider {:?} is there twice", provider.id);
            return Err(DataError::at_last(source.path, source.text, &provider.id, what));
        }
    }
    Ok(providers)
}

pub(crate) fn notes(source: &Source<'_>) -> Result<Vec<Note>, DataError> {
    let mut notes: Vec<Note> = Vec::new();
    for entry in parse::<NotesFile>(source)?.note {
        let at = entry.span().start;
        let note = Note::from(entry.into_inner());
        if notes.iter().any(|known| known.id == note.id) {
            return Err(DataError::at(
                source.path,
                source.text,
                at,
                format!("the note {:?} is there twice", note.id),
            ));
        }
        notes.push(note);
    }
    Ok(notes)
}

fn address(source: &Source<'_>, link: &str) -> Result<(), DataError> {
    let offset = source.text.find(link).unwrap_or_default();
    https(link).map(drop).map_err(|what| DataError::at(source.path, source.text, offset, what))
}

pub(crate) fn parse<T: DeserializeOwned>(source: &Source<'_>) -> Result<T, DataError> {
    toml::from_str(source.text).map_err(|why| match why.span() {
        Some(span) => DataError::at(source.path, source.text, span.start, why.message()),
        None => DataError::in_file(source.path, why.message()),
    })
}

pub(crate) fn embedded_sources() -> Result<Vec<Source<'static>>, DataError> {
    let mut sources = Vec::new();
    collect(&DATA, &mut sources)?;
    Ok(sources)
}

fn collect(dir: &'static Dir<'static>, sources: &mut Vec<Source<'static>>) -> Result<(), DataError> {
    for file in
        dir.files().filter(|file| file.path().extension().is_some_and(|kind| kind == "toml" || kind == "csv"))
    {
        let path =
            file.path().to_str().ok_or_else(|| DataError::in_file("?", "the file's name is not UTF-8"))?;
        let text = file.contents_utf8().ok_or_else(|| DataError::in_file(path, "the file is not UTF-8"))?;
        sources.push(Source { path, text });
    }
    dir.dirs().try_for_each(|inner| collect(inner, sources))
}

//! A TXT record for whoever publishes it: where it is typed, in other forms, and to send.

use super::Here;
use crate::files;
use crate::ipc_error::Answer;
use dns_hosts::{Sheet, ZoneRecord};
use domain_check::{RecordKind, TxtRecord};
use serde::Deserialize;
use tauri::{AppHandle, Window};
use wizard::{Failure, FailureCode, ProjectView};

/// A record, and what is known about the zone it goes into.
#[derive(Debug, Deserialize, specta::Type)]
pub struct RecordAsked {
    /// The label, or labels, before the domain.
    host: String,
    /// The whole name.
    name: String,
    /// The value, without quotation marks.
    value: String,
    /// The zone, where it is known.
    zone: Option<String>,
    /// The zone's delegated name servers.
    servers: Vec<String>,
    /// The DNS host that was chosen, where the recognised one is wrong.
    chosen: Option<String>,
}

/// Everything about publishing a record. Nobody is asked over the network.
#[tauri::command]
#[specta::specta]
pub async fn record_sheet(here: Here<'_>, asked: RecordAsked) -> Answer<Sheet> {
    Ok(sheet(&here, &asked)?)
}

/// Saves the page to print where the user says; answers with the path, nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn save_record_page(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    asked: RecordAsked,
) -> Answer<Option<String>> {
    let page = sheet(&here, &asked)?.handout.page;
    Ok(files::save(&app, &window, "txt-record.html", "HTML", &page).await?)
}

/// The companies whose name servers these are; nothing where nobody is known by the name.
#[tauri::command]
#[specta::specta]
pub async fn server_operators(here: Here<'_>, servers: Vec<String>) -> Answer<Vec<Option<String>>> {
    Ok(servers.iter().map(|server| here.hosts.serving(server).map(|host| host.name.clone())).collect())
}

/// Keeps which DNS host serves a domain of a project; nothing lets the name servers decide again.
#[tauri::command]
#[specta::specta]
pub async fn choose_dns_host(
    here: Here<'_>,
    id: String,
    name: String,
    chosen: Option<String>,
) -> Answer<ProjectView> {
    Ok(here.wizard.choose_dns_host(&id, &name, chosen)?)
}

fn sheet(here: &Here<'_>, asked: &RecordAsked) -> Result<Sheet, Failure> {
    let record = TxtRecord {
        host: asked.host.clone(),
        name: asked.name.clone(),
        kind: RecordKind::Txt,
        value: asked.value.clone(),
    };
    let record = ZoneRecord::new(&record, asked.zone.as_deref()).map_err(|finding| {
        let failure = Failure::new(FailureCode::InvalidInput, finding.code.to_string()).on("value");
        let with = |failure: Failure, (name, value): (&String, &String)| failure.with(name, value);
        finding.args.iter().fold(failure, with).hint(&finding.code)
    })?;
    let speak =
        |id: &str, args: &[(&str, &str)]| here.texts.text(id, args.iter().copied()).unwrap_or_default();
    Ok(dns_hosts::sheet(here.hosts, &record, &asked.servers, asked.chosen.as_deref(), &speak))
}

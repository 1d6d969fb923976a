//! A TXT record for whoever publishes it: where it is typed, in other forms, and to send.

use super::Here;
use crate::files;
use crate::ipc_error::Answer;
use dns_hosts::{Known, Sheet, ZoneRecord};
use domain_check::{RecordKind, TxtRecord};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tauri::{AppHandle, Window};
use tauri_plugin_opener::OpenerExt;
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

/// Opens the letter about a record in the program for mail; nothing is sent by itself, and nobody is filled in.
#[tauri::command]
#[specta::specta]
pub async fn mail_record(app: AppHandle, here: Here<'_>, asked: RecordAsked) -> Answer<()> {
    let handout = sheet(&here, &asked)?.handout;
    let letter = mailto(&handout.subject, &handout.mail);
    Ok(app
        .opener()
        .open_url(letter, None::<&str>)
        .map_err(|error| Failure::new(FailureCode::MailProgramMissing, error.to_string()))?)
}

/// A letter to nobody yet, as a URL (RFC 6068): lines end with CR and LF, and a blank is never a plus sign.
fn mailto(subject: &str, body: &str) -> String {
    let lines = body.replace("\r\n", "\n").replace('\n', "\r\n");
    let part = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    format!("mailto:?subject={}&body={}", part(subject), part(&lines))
}

/// The companies whose name servers these are; nothing where nobody is known by the name.
#[tauri::command]
#[specta::specta]
pub async fn server_operators(here: Here<'_>, servers: Vec<String>) -> Answer<Vec<Option<String>>> {
    Ok(servers.iter().map(|server| here.hosts.serving(server).map(|host| host.name.clone())).collect())
}

/// A text as QR code; nothing when it is too long for one.
#[tauri::command]
#[specta::specta]
pub async fn qr_code(text: String) -> Answer<Option<dns_hosts::QrCode>> {
    Ok(dns_hosts::qr_code(&text))
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
    let domain_connect = here.discovered.settings(record.zone());
    let known = Known {
        servers: &asked.servers,
        chosen: asked.chosen.as_deref(),
        domain_connect: domain_connect.as_ref(),
    };
    Ok(dns_hosts::sheet(here.hosts, &record, &known, &speak))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_one_url_whatever_is_in_it() {
        let url = mailto("TXT record & more", "a+b = 100 %\nzweite Zeile: ü\r\n");
        assert_eq!(
            url,
            "mailto:?subject=TXT%20record%20%26%20more\
             &body=a%2Bb%20%3D%20100%20%25%0D%0Azweite%20Zeile%3A%20%C3%BC%0D%0A"
        );
        let read = url::Url::parse(&url).unwrap();
        let body = read.query_pairs().find(|(name, _)| name == "body").unwrap().1;
        assert_eq!(body, "a+b = 100 %\r\nzweite Zeile: ü\r\n");
    }
}

//! Check a domain, for whoever is on the phone: reports to hand on, and lists of domains.

use super::Here;
use crate::files;
use crate::ipc_error::Answer;
use domain_check::{MAX_LIST_BYTES, MAX_SHARED_BYTES, Report};
use serde::Serialize;
use tauri::{AppHandle, Window};
use vocabulary::Finding;
use wizard::{Failure, FailureCode};

/// One row of a list of domains.
#[derive(Debug, Serialize, specta::Type)]
pub struct ListedDomain {
    /// Its number as editors and spreadsheets count.
    row: u32,
    /// What stands in the domain's cell.
    input: String,
    /// The domain; nothing when the row cannot be checked.
    domain: Option<String>,
    /// Why it cannot.
    refused: Option<Finding>,
    /// The value that has to be there.
    expected: Option<String>,
}

/// Saves a report where the user says, for another Signpost to open; the path, nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn save_report(app: AppHandle, window: Window, report: Report) -> Answer<Option<String>> {
    let name = format!("{}.domain-report.json", report.domain);
    Ok(files::save(&app, &window, &name, "JSON", &domain_check::share(&report)).await?)
}

/// Asks for a report that was saved and reads it; nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn open_report(app: AppHandle, window: Window) -> Answer<Option<Report>> {
    let bytes = files::choose(&app, &window, "JSON", &["json"], MAX_SHARED_BYTES).await?;
    Ok(bytes.map(|bytes| shared(&bytes)).transpose()?)
}

/// Reads a report out of the file that was dropped onto the window.
#[tauri::command]
#[specta::specta]
pub async fn read_dropped_report(here: Here<'_>) -> Answer<Report> {
    Ok(shared(&dropped(&here, MAX_SHARED_BYTES)?)?)
}

/// Understands a list that was pasted.
#[tauri::command]
#[specta::specta]
pub async fn read_domain_list(text: String) -> Answer<Vec<ListedDomain>> {
    Ok(listed(text.as_bytes())?)
}

/// Asks for a file with a list and reads it; nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn choose_domain_list(app: AppHandle, window: Window) -> Answer<Option<Vec<ListedDomain>>> {
    let bytes = files::choose(&app, &window, "CSV", &["csv", "tsv", "txt"], MAX_LIST_BYTES).await?;
    Ok(bytes.map(|bytes| listed(&bytes)).transpose()?)
}

/// Reads a list out of the file that was dropped onto the window.
#[tauri::command]
#[specta::specta]
pub async fn read_dropped_list(here: Here<'_>) -> Answer<Vec<ListedDomain>> {
    Ok(listed(&dropped(&here, MAX_LIST_BYTES)?)?)
}

/// Saves rows for a spreadsheet where the user says; the path, nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn save_csv(
    app: AppHandle,
    window: Window,
    name: String,
    rows: Vec<Vec<String>>,
) -> Answer<Option<String>> {
    let text: String = rows.iter().map(|row| domain_check::csv_line(row)).collect();
    Ok(files::save(&app, &window, &name, "CSV", &text).await?)
}

fn dropped(here: &Here<'_>, limit: usize) -> Result<Vec<u8>, Failure> {
    let nothing = || Failure::new(FailureCode::NothingChosen, "no file was dropped");
    files::read(&here.dropped.take().ok_or_else(nothing)?, limit)
}

fn shared(bytes: &[u8]) -> Result<Report, Failure> {
    domain_check::read_shared(bytes).map_err(|finding| refused(&finding))
}

fn listed(bytes: &[u8]) -> Result<Vec<ListedDomain>, Failure> {
    let rows = domain_check::parse_list(bytes).map_err(|finding| refused(&finding))?;
    let one = |row: domain_check::ListRow| {
        let (domain, refused) = match row.domain {
            Ok(parsed) => (Some(parsed.domain.to_string()), None),
            Err(finding) => (None, Some(finding)),
        };
        ListedDomain { row: row.row, input: row.input, domain, refused, expected: row.expected }
    };
    Ok(rows.into_iter().map(one).collect())
}

fn refused(finding: &Finding) -> Failure {
    let failure = Failure::new(FailureCode::InvalidInput, finding.code.to_string()).on("file");
    let with = |failure: Failure, (name, value): (&String, &String)| failure.with(name, value);
    finding.args.iter().fold(failure, with).hint(&finding.code)
}

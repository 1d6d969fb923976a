//! Who a zone names as its DNS host, and what that host says (Domain Connect).

use super::Here;
use crate::ipc_error::Answer;
use dns_hosts::Endpoint;
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;
use wizard::{Failure, FailureCode};

/// Asks a zone's own name servers who knows its settings; nothing where they name nobody. Can be cancelled as `run`.
#[tauri::command]
#[specta::specta]
pub async fn dns_host_named(here: Here<'_>, zone: String, run: String) -> Answer<Option<Endpoint>> {
    Ok(here.runs.run(&run, here.discovered.named(&zone)).await?)
}

/// Asks the host that the zone named, which learns the zone. The record's sheet has what it said. Can be cancelled as
/// `run`.
#[tauri::command]
#[specta::specta]
pub async fn ask_dns_host(here: Here<'_>, zone: String, run: String) -> Answer<()> {
    here.runs.run(&run, here.discovered.ask(&zone)).await?;
    Ok(())
}

/// Opens the control panel whose address the zone's DNS host gave. Nobody vouches for it, so the user was shown the host
/// and agreed; the window never gives the address.
#[tauri::command]
#[specta::specta]
pub async fn open_dns_panel(app: AppHandle, here: Here<'_>, zone: String) -> Answer<()> {
    let panel = here.discovered.settings(&zone).and_then(|settings| settings.url_control_panel);
    let panel = panel
        .ok_or_else(|| Failure::new(FailureCode::DnsHostUnknown, "the DNS host named no control panel"))?;
    let refused = |why: String| Failure::new(FailureCode::LinkNotAllowed, why).with("url", &panel);
    Ok(app.opener().open_url(&panel, None::<&str>).map_err(|error| refused(error.to_string()))?)
}

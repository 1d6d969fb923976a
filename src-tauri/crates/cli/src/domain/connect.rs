//! Who serves a zone: by its name servers, and by what its DNS host says itself (Domain Connect).

use crate::clock;
use crate::failure::Failure;
use dns_hosts::{
    DOMAIN_CONNECT_LABEL, DomainConnect, Endpoint, Known, Recognised, Table, read_settings, recognise,
};
use dns_walk::Walker;
use domain_check::Report;
use vocabulary::Finding;

/// The table of DNS hosts.
pub(super) fn table() -> Result<&'static Table, Failure> {
    dns_hosts::table().map_err(|error| Failure::environment(error.code()).with("what", &error.what))
}

/// Asks the zone's name servers who knows its settings, then that host, which learns the zone. `None` where they name
/// nobody.
pub(super) async fn ask(walker: &Walker, zone: &str) -> Result<Option<DomainConnect>, Finding> {
    let texts = walker.texts_at(&format!("{DOMAIN_CONNECT_LABEL}.{zone}")).await?;
    let Some(endpoint) = Endpoint::of(&texts) else { return Ok(None) };
    let Some(url) = endpoint.settings_url(zone) else { return Ok(None) };
    let bytes = walker.fetch(&endpoint.host, &url).await?;
    read_settings(&endpoint, zone, &bytes, clock::now()).map(Some)
}

/// The zone's name servers, as they are delegated.
pub(super) fn servers(report: &Report) -> Vec<String> {
    let zone = report.zone.as_deref().unwrap_or_default();
    let step = report.delegation.iter().rfind(|step| step.zone == zone);
    let asked = || {
        let mut names: Vec<String> = report.delegated().map(|row| row.server.clone()).collect();
        names.dedup();
        names
    };
    step.map_or_else(asked, |step| step.servers.clone())
}

/// Who serves the zone of a report; `None` while the zone is not known.
pub(super) fn host(report: &Report, said: Option<&DomainConnect>) -> Result<Option<Recognised>, Failure> {
    let Some(zone) = report.zone.as_deref() else { return Ok(None) };
    let servers = servers(report);
    let known = Known { servers: &servers, domain_connect: said, ..Known::default() };
    Ok(Some(recognise(table()?, zone, &known)))
}

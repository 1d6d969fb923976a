//! `signpost polis connection`.

use super::{failure, open_place, outcome};
use crate::args::{PolisCreate, PolisOne, PolisPlace, PolisUpdate};
use crate::broker::{Metadata, Outcome, certificate_document, certificate_rows, usable};
use crate::clock;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::runtime::run_async;
use crate::table::facts;
use crate::words::Words;
use polis::{Connection, NewConnection, Polis, Trouble};
use saml::Binding;
use serde_json::{Value, json};
use vocabulary::Finding;

/// Shows what there is, and judges the certificates at the current time: Polis itself does not.
pub(crate) fn show(place: &PolisPlace, output: &Output) -> Result<Status, Failure> {
    let polis = open_place(place)?;
    let found = run_async(polis.connections(&place.tenant, &place.product))?;
    let connections = found.map_err(|trouble| failure(&trouble))?;
    let now = clock::now();
    let judged = connections.iter().flat_map(|one| saml::judge_signing(&one.certificates(), now));
    let mut findings: Vec<Finding> = judged.collect();
    if connections.is_empty() {
        findings.extend(polis::the_one(&connections, None).err());
    }
    let words = &output.words;
    let count = words.text("cli-polis-connections", &[("count", &connections.len().to_string())]);
    let each = connections.iter().map(|one| format!("\n{}", described(words, one)));
    let text = format!("{count}\n{}{}", each.collect::<String>(), words.findings(&findings));
    let document = json!({ "connections": connections.iter().map(document).collect::<Vec<_>>() });
    output.answer(&text, &words.document(&document, &findings))?;
    Ok(Status::of(&findings))
}

/// Makes a connection, unless something stands in the way.
pub(crate) fn create(args: &PolisCreate, output: &Output) -> Result<Status, Failure> {
    let default = args.default_redirect_url.as_ref().or(args.redirect_urls.first());
    let default = default.map(String::as_str).unwrap_or_default();
    for url in args.redirect_urls.iter().map(String::as_str).chain([default]) {
        usable(polis::judge_redirect(url))?;
    }
    let polis = open_place(&args.place)?;
    let metadata = Metadata::read(&args.metadata, polis::judge_metadata)?;
    let new = NewConnection {
        tenant: &args.place.tenant,
        product: &args.place.product,
        name: args.name.as_deref(),
        metadata: &metadata.text,
        default_redirect_url: default,
        redirect_urls: &args.redirect_urls,
    };
    let done = run_async(made(&polis, &new, &metadata))?.map_err(|trouble| failure(&trouble))?;
    tell(&done, "cli-polis-created", output)
}

async fn made(
    polis: &Polis,
    new: &NewConnection<'_>,
    metadata: &Metadata,
) -> Result<Outcome<Connection>, Trouble> {
    let mut findings = metadata.findings.clone();
    let Some(entity_id) = metadata.usable() else { return Ok(Outcome::refused(findings)) };
    let there = polis.connections(new.tenant, new.product).await?;
    findings.extend(polis::judge_new(&there, entity_id));
    if findings.iter().any(Finding::is_error) {
        return Ok(Outcome::refused(findings));
    }
    let made = outcome(polis.create_connection(new).await, findings)?;
    Ok(made.judged(|taken| polis::judge_taken(taken, &metadata.inspection)))
}

/// Gives newer metadata to the connection of the same identity provider.
pub(crate) fn update(args: &PolisUpdate, output: &Output) -> Result<Status, Failure> {
    let polis = open_place(&args.place)?;
    let metadata = Metadata::read(&args.metadata, polis::judge_metadata)?;
    let done = run_async(updated(&polis, &args.place, &metadata))?.map_err(|trouble| failure(&trouble))?;
    tell(&done, "cli-polis-updated", output)
}

async fn updated(
    polis: &Polis,
    place: &PolisPlace,
    metadata: &Metadata,
) -> Result<Outcome<Connection>, Trouble> {
    let mut findings = metadata.findings.clone();
    let Some(entity_id) = metadata.usable() else { return Ok(Outcome::refused(findings)) };
    let there = polis.connections(&place.tenant, &place.product).await?;
    let before = match polis::of_entity(&there, entity_id) {
        Ok(before) => before,
        Err(finding) => {
            findings.push(finding);
            return Ok(Outcome::refused(findings));
        }
    };
    findings.extend(
        metadata.inspection.idp_values().into_iter().flat_map(|after| polis::changes(before, &after)),
    );
    let updated = outcome(polis.replace_metadata(before, &metadata.text).await, findings)?;
    Ok(updated.judged(|taken| polis::judge_taken(taken, &metadata.inspection)))
}

/// Switches a connection on or off.
pub(crate) fn switch(one: &PolisOne, on: bool, output: &Output) -> Result<Status, Failure> {
    let polis = open_place(&one.place)?;
    let switched = async {
        let there = polis.connections(&one.place.tenant, &one.place.product).await?;
        match polis::the_one(&there, one.client_id.as_deref()) {
            Ok(connection) => outcome(polis.switch(connection, on).await, Vec::new()),
            Err(finding) => Ok(Outcome::refused(vec![finding])),
        }
    };
    let done = run_async(switched)?.map_err(|trouble| failure(&trouble))?;
    tell(&done, if on { "cli-polis-activated" } else { "cli-polis-deactivated" }, output)
}

/// Takes a connection away that is switched off.
pub(crate) fn delete(one: &PolisOne, output: &Output) -> Result<Status, Failure> {
    let polis = open_place(&one.place)?;
    let deleted = async {
        let there = polis.connections(&one.place.tenant, &one.place.product).await?;
        let connection = match polis::the_one(&there, one.client_id.as_deref()) {
            Ok(connection) => connection,
            Err(finding) => return Ok(Outcome::refused(vec![finding])),
        };
        if let Some(finding) = polis::judge_removal(connection) {
            return Ok(Outcome::refused(vec![finding]));
        }
        let gone = polis.delete_connection(connection).await;
        outcome(gone.map(|()| connection.clone()), Vec::new())
    };
    let done = run_async(deleted)?.map_err(|trouble| failure(&trouble))?;
    tell(&done, "cli-polis-deleted", output)
}

fn tell(outcome: &Outcome<Connection>, headline: &str, output: &Output) -> Result<Status, Failure> {
    outcome.tell(output, (headline, "connection"), described, document)
}

fn described(words: &Words, one: &Connection) -> String {
    let state = if one.deactivated { "cli-polis-off" } else { "cli-polis-on" };
    let row = |label: &str, value: &str| (words.label(label), value.to_owned());
    let mut rows = vec![
        row("cli-polis-client-id", &one.client_id),
        row("cli-polis-state", &words.label(state)),
        row("cli-polis-name", one.name.as_deref().unwrap_or_default()),
        row("cli-metadata-entity-id", one.entity_id()),
    ];
    rows.extend(addresses(one).map(|(_, location)| row("cli-metadata-sso", location)));
    rows.extend(certificate_rows(words, &one.certificates()));
    rows.push(row("cli-polis-default-redirect", &one.default_redirect_url));
    rows.extend(one.redirect_url.iter().map(|url| row("cli-polis-redirect", url)));
    facts(rows)
}

fn addresses(one: &Connection) -> impl Iterator<Item = (Binding, &str)> {
    let redirect = one.redirect_address().map(|location| (Binding::HttpRedirect, location));
    redirect.into_iter().chain(one.post_address().map(|location| (Binding::HttpPost, location)))
}

fn document(one: &Connection) -> Value {
    json!({
        "client_id": one.client_id,
        "tenant": one.tenant,
        "product": one.product,
        "name": one.name,
        "active": !one.deactivated,
        "entity_id": one.entity_id(),
        "sso": addresses(one).map(|(binding, location)| json!({ "binding": binding, "location": location })).collect::<Vec<_>>(),
        "certificates": one.certificates().iter().map(certificate_document).collect::<Vec<_>>(),
        "default_redirect_url": one.default_redirect_url,
        "redirect_urls": one.redirect_url,
    })
}

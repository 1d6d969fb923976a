//! `signpost keycloak identity-provider`.

use super::{asked, outcome};
use crate::args::{KeycloakCreate, KeycloakOne, KeycloakUpdate};
use crate::broker::{Metadata, Outcome, certificate_document, certificate_rows, usable};
use crate::clock;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::table::facts;
use crate::words::Words;
use keycloak::{IdentityProvider, Keycloak, Put, Trouble};
use serde_json::{Value, json};
use vocabulary::Finding;

/// Shows an identity provider, and judges whether people may sign in by it.
pub(crate) fn show(one: &KeycloakOne, output: &Output) -> Result<Status, Failure> {
    usable(keycloak::judge_alias(&one.alias))?;
    let found = asked(&one.at, async |keycloak| keycloak.provider(&one.alias).await)?;
    let now = clock::now();
    let findings =
        found.as_ref().map_or_else(|| vec![none(&one.alias)], |found| keycloak::judge_fit(found, now));
    let words = &output.words;
    let body = found.as_ref().map(|found| described(words, found)).unwrap_or_default();
    let text = format!("{body}{}", words.findings(&findings));
    let document = json!({ "identity_provider": found.as_ref().map(document) });
    output.answer(&text, &words.document(&document, &findings))?;
    Ok(Status::of(&findings))
}

/// Makes an identity provider that is switched off, unless something stands in the way.
pub(crate) fn create(args: &KeycloakCreate, output: &Output) -> Result<Status, Failure> {
    from_metadata(&args.update, "cli-keycloak-created", output, async |keycloak, metadata| {
        let alias = args.update.one.alias.as_str();
        let mut findings = metadata.findings.clone();
        if let Some(there) = keycloak.provider(alias).await? {
            let finding = Finding::error("keycloak-provider-exists");
            findings.push(finding.with("alias", alias).seen("Keycloak", there.entity_id()));
            return Ok(Outcome::refused(findings));
        }
        put(
            keycloak,
            Put { display_name: args.display_name.as_deref(), ..args.update.put(metadata) },
            None,
            findings,
        )
        .await
    })
}

/// Gives an identity provider newer metadata of its own.
pub(crate) fn update(args: &KeycloakUpdate, output: &Output) -> Result<Status, Failure> {
    from_metadata(args, "cli-keycloak-updated", output, async |keycloak, metadata| {
        let mut findings = metadata.findings.clone();
        let entity_id = metadata.inspection.entity_id.as_deref().unwrap_or_default();
        let before = keycloak.provider(&args.one.alias).await?;
        let stands_in_the_way = before
            .as_ref()
            .map_or_else(|| Some(none(&args.one.alias)), |before| keycloak::judge_same(before, entity_id));
        findings.extend(stands_in_the_way);
        let Some(before) = before.filter(|_| !findings.iter().any(Finding::is_error)) else {
            return Ok(Outcome::refused(findings));
        };
        let done = put(keycloak, args.put(metadata), Some(&before), findings).await?;
        Ok(done.judged(|taken| {
            let after = metadata.inspection.idp_values();
            after.map(|after| keycloak::changes(&before, &after, taken)).unwrap_or_default()
        }))
    })
}

/// Does something with metadata that can be used; what became of them is read back and judged.
fn from_metadata(
    args: &KeycloakUpdate,
    headline: &str,
    output: &Output,
    work: impl AsyncFnOnce(&Keycloak, &Metadata) -> Result<Outcome<IdentityProvider>, Trouble>,
) -> Result<Status, Failure> {
    usable(keycloak::judge_alias(&args.one.alias))?;
    let metadata = Metadata::read(&args.metadata, keycloak::judge_metadata)?;
    if metadata.usable().is_none() {
        return tell(&Outcome::refused(metadata.findings), headline, output);
    }
    let done = asked(&args.one.at, async |keycloak| work(keycloak, &metadata).await)?;
    tell(&done, headline, output)
}

/// What Keycloak made of the metadata, after what was found before.
async fn put(
    keycloak: &Keycloak,
    put: Put<'_>,
    before: Option<&IdentityProvider>,
    mut findings: Vec<Finding>,
) -> Result<Outcome<IdentityProvider>, Trouble> {
    let (done, found) = keycloak.put(put, before).await?;
    findings.extend(found);
    Ok(Outcome { done, findings })
}

impl KeycloakUpdate {
    fn put<'a>(&'a self, metadata: &'a Metadata) -> Put<'a> {
        Put {
            alias: &self.one.alias,
            display_name: None,
            want_signed_assertions: self.want_assertions_signed,
            metadata: &metadata.text,
            inspection: &metadata.inspection,
        }
    }
}

/// Switches an identity provider off, or on where people may sign in by it.
pub(crate) fn switch(one: &KeycloakOne, on: bool, output: &Output) -> Result<Status, Failure> {
    let now = clock::now();
    let judge = |provider: &IdentityProvider| {
        if on { keycloak::judge_fit(provider, now) } else { Vec::new() }
    };
    let headline = if on { "cli-keycloak-enabled" } else { "cli-keycloak-disabled" };
    with_one(one, headline, output, judge, async |keycloak, provider| {
        let mut switched = provider.clone();
        switched.enabled = on;
        let done = outcome(keycloak.replace(&switched).await, Vec::new())?;
        Ok(done.judged(judge))
    })
}

/// Takes an identity provider away that is switched off.
pub(crate) fn delete(one: &KeycloakOne, output: &Output) -> Result<Status, Failure> {
    let judge = |provider: &IdentityProvider| keycloak::judge_removal(provider).into_iter().collect();
    with_one(one, "cli-keycloak-deleted", output, judge, async |keycloak, provider| {
        let gone = keycloak.delete(&provider.alias).await;
        outcome(gone.map(|()| provider.clone()), Vec::new())
    })
}

/// Does something with an identity provider that is there, unless something about it stands in the way.
fn with_one(
    one: &KeycloakOne,
    headline: &str,
    output: &Output,
    judge: impl Fn(&IdentityProvider) -> Vec<Finding>,
    work: impl AsyncFnOnce(&Keycloak, &IdentityProvider) -> Result<Outcome<IdentityProvider>, Trouble>,
) -> Result<Status, Failure> {
    usable(keycloak::judge_alias(&one.alias))?;
    let done = asked(&one.at, async |keycloak| {
        let Some(provider) = keycloak.provider(&one.alias).await? else {
            return Ok(Outcome::refused(vec![none(&one.alias)]));
        };
        let findings = judge(&provider);
        if findings.iter().any(Finding::is_error) {
            return Ok(Outcome::refused(findings));
        }
        work(keycloak, &provider).await
    })?;
    tell(&done, headline, output)
}

fn tell(done: &Outcome<IdentityProvider>, headline: &str, output: &Output) -> Result<Status, Failure> {
    done.tell(output, (headline, "identity_provider"), described, document)
}

/// There is no such identity provider.
pub(super) fn none(alias: &str) -> Finding {
    Finding::error("keycloak-provider-none").with("alias", alias)
}

fn described(words: &Words, one: &IdentityProvider) -> String {
    let row = |label: &str, value: &str| (words.label(label), value.to_owned());
    let yes_no = |label: &str, is: bool| {
        (words.label(label), words.label(if is { "cli-keycloak-yes" } else { "cli-keycloak-no" }))
    };
    let state = if one.enabled { "cli-keycloak-on" } else { "cli-keycloak-off" };
    let mut rows = vec![
        row("cli-keycloak-alias", &one.alias),
        row("cli-keycloak-state", &words.label(state)),
        row("cli-keycloak-name", one.display_name.as_deref().unwrap_or_default()),
        row("cli-metadata-entity-id", one.entity_id()),
        row("cli-metadata-sso", one.sso_url()),
        yes_no("cli-keycloak-checked", one.checks_signatures()),
        yes_no("cli-keycloak-assertions", one.wants_signed_assertions()),
        row("cli-keycloak-keys", one.keys_url().unwrap_or_default()),
    ];
    rows.extend(certificate_rows(words, &one.certificates()));
    facts(rows)
}

fn document(one: &IdentityProvider) -> Value {
    json!({
        "alias": one.alias,
        "display_name": one.display_name,
        "enabled": one.enabled,
        "entity_id": one.entity_id(),
        "sso_url": one.sso_url(),
        "validate_signature": one.checks_signatures(),
        "want_assertions_signed": one.wants_signed_assertions(),
        "keys_url": one.keys_url(),
        "certificates": one.certificates().iter().map(certificate_document).collect::<Vec<_>>(),
    })
}

//! Where something is put right: the step, and in the identity provider's portal the path and the field.

use super::expected::is_groups;
use guides::{Carried, Claim, Destination, Guide, Inline, Page, Part, Portal, Segment, ValueKey, plain};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId};

/// Where something is put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SignInPlace {
    /// The step it belongs to.
    pub step: StepId,
    /// Where it is changed in the identity provider, where the guide says so.
    pub portal: Option<Portal>,
    /// The part of that page it stands under, where the path leads to the whole of it.
    pub section: Option<String>,
    /// Which row of it; counted from 1.
    pub row: Option<u32>,
    /// The field, as its form calls it.
    pub field: Option<String>,
    /// What stands there now, as far as the answer tells.
    pub received: Option<String>,
    /// What has to stand there.
    pub wanted: Option<String>,
    /// What stands beside it and stays as it is.
    pub keeps: Option<String>,
}

impl SignInPlace {
    const fn of(step: StepId) -> Self {
        Self {
            step,
            portal: None,
            section: None,
            row: None,
            field: None,
            received: None,
            wanted: None,
            keeps: None,
        }
    }
}

/// Where a finding about an answer is put right; `None` when that is nowhere in the set-up.
pub(super) fn place(finding: &Finding, guide: &Guide) -> Option<SignInPlace> {
    let seen =
        |source: &str| finding.evidence.iter().find(|one| one.source == source).map(|one| one.value.clone());
    let place = match finding.code.as_ref() {
        "response-claim-missing"
        | "response-claim-case"
        | "response-claim-renamed"
        | "response-claim-empty" => {
            let claim = finding.args.get("claim")?;
            SignInPlace { received: finding.args.get("received").cloned(), ..of_claim(claim, guide) }
        }
        "response-groups-overage" => of_groups_claim(guide),
        "response-audience" => given(ValueKey::SpEntityId, guide, seen("expected"), seen("received")),
        "response-destination" | "response-recipient" => {
            given(ValueKey::AcsUrl, guide, seen("expected"), seen("received"))
        }
        "response-issuer"
        | "response-other-certificate"
        | "response-signature-wrong"
        | "response-no-keys" => taken(guide),
        "sign-in-no-group" => SignInPlace {
            wanted: seen("expected"),
            received: seen("received"),
            ..SignInPlace::of(StepId::Groups)
        },
        "sign-in-email-domain" => SignInPlace::of(StepId::Domains),
        "response-status" | "sign-in-not-provisioned" | "sign-in-deactivated" => {
            SignInPlace::of(StepId::Users)
        }
        "sign-in-no-identity-provider" | "sign-in-no-email" | "sign-in-service-unknown" => {
            SignInPlace::of(StepId::Saml)
        }
        "response-malformed"
        | "response-none"
        | "response-is-request"
        | "response-too-large"
        | "response-not-base64"
        | "response-not-utf8"
        | "response-not-xml"
        | "response-wrong-root"
        | "response-expired"
        | "response-not-yet-valid"
        | "response-in-response-to"
        | "response-unsolicited" => return None,
        code if code.starts_with("sign-in-") => return None,
        _ => SignInPlace::of(StepId::Saml),
    };
    guide.step(place.step).is_some().then_some(place)
}

/// The line of the guide's table of claims, and where the portal has it.
fn of_claim(name: &str, guide: &Guide) -> SignInPlace {
    let keeps = source(name, guide).map(|claim| claim.source.clone());
    let line = parts(guide).find_map(|(step, part)| {
        let table = part.table.as_ref().filter(|table| table.exact)?;
        let wanted = [Inline::Value { text: name.to_owned() }];
        let row = table.rows.iter().position(|row| row.first().is_some_and(|cell| cell[..] == wanted))?;
        Some((step, part, table.columns.first().cloned(), row))
    });
    let wanted = Some(name.to_owned());
    match line {
        Some((step, part, field, row)) => SignInPlace {
            portal: part.portal.as_ref().map(way_back),
            section: part.portal.as_ref().and_then(section),
            row: u32::try_from(row + 1).ok(),
            field,
            wanted,
            keeps,
            ..SignInPlace::of(step)
        },
        None => SignInPlace { wanted, keeps, ..of_groups_claim(guide) },
    }
}

/// Where the identity provider's claims are, by the part of the guide that sends the groups.
fn of_groups_claim(guide: &Guide) -> SignInPlace {
    let claims = || guide.service.claims_from(&guide.identity_provider.id).iter();
    let in_table = |part: &Part| {
        part.table.iter().flat_map(|table| &table.rows).any(|row| {
            row.first()
                .is_some_and(|cell| claims().any(|claim| is_groups(&claim.name) && claim.name == plain(cell)))
        })
    };
    let found = parts(guide).find(|(_, part)| part.id == "group-claim" || in_table(part));
    match found {
        Some((step, part)) => SignInPlace {
            portal: part.portal.as_ref().map(way_back),
            section: part.portal.as_ref().and_then(section),
            ..SignInPlace::of(step)
        },
        None => SignInPlace::of(StepId::Saml),
    }
}

fn source<'g>(name: &str, guide: &'g Guide) -> Option<&'g Claim> {
    guide.service.claims_from(&guide.identity_provider.id).iter().find(|claim| claim.name == name)
}

/// The field of the identity provider that one of the service's values goes into.
fn given(key: ValueKey, guide: &Guide, wanted: Option<String>, received: Option<String>) -> SignInPlace {
    let carried = |part: &Part| {
        let values = part.actions.iter().flat_map(|action| &action.values);
        let mut there = values.filter(|carry| carry.to == Destination::IdentityProvider);
        there.find(|carry| carry.value == Carried::Key { key }).map(|carry| carry.label_to.clone())
    };
    let found = parts(guide).find_map(|(_, part)| Some((part, carried(part)?)));
    let (portal, field) = found.map(|(part, field)| (part.portal.as_ref(), field)).unzip();
    SignInPlace {
        portal: portal.flatten().map(way_back),
        field,
        received,
        wanted,
        ..SignInPlace::of(StepId::Saml)
    }
}

/// Where the identity provider's metadata, or its values, are taken from.
fn taken(guide: &Guide) -> SignInPlace {
    let takes = |part: &Part, key| {
        let values = part.actions.iter().flat_map(|action| &action.values);
        values.filter(|carry| carry.to == Destination::Service).any(|carry| carry.value.key() == Some(key))
    };
    let keys = [ValueKey::IdpMetadataFile, ValueKey::IdpCertificate];
    let part = keys.iter().find_map(|key| {
        parts(guide).map(|(_, part)| part).find(|part| part.portal.is_some() && takes(part, *key))
    });
    SignInPlace { portal: part.and_then(|part| part.portal.clone()), ..SignInPlace::of(StepId::Saml) }
}

/// Every part of the steps, those of the SAML step first.
fn parts(guide: &Guide) -> impl Iterator<Item = (StepId, &Part)> {
    let order = [StepId::Saml, StepId::AppRegistration, StepId::Groups];
    let pages = order.into_iter().filter_map(|step| Some((step, guide.step(step)?)));
    pages.flat_map(|(step, page): (StepId, &Page)| page.parts.iter().map(move |part| (step, part)))
}

fn way_back(portal: &Portal) -> Portal {
    let path = if portal.again.is_empty() { portal.path.clone() } else { portal.again.clone() };
    Portal { path, again: Vec::new(), ..portal.clone() }
}

/// What the part of the page is called where the way back leads to the whole of it.
fn section(portal: &Portal) -> Option<String> {
    match portal.path.last() {
        Some(Segment::Label { text }) if !portal.again.is_empty() => Some(text.clone()),
        _ => None,
    }
}

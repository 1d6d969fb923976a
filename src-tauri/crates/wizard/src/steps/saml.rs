//! Step 4: the service's values given, the identity provider's values taken.

use super::{Context, Draft, StepState, StepView};
use crate::metadata::{self, Address, Reading, SignatureRead};
use crate::portal::shape;
use crate::project::{ConflictField, Project};
use crate::rollover::{self, Rollover, signing_certificates};
use crate::support;
use account_api::{IdentityProvider, LogoutService, SetIdentityProvider, SsoBinding};
use certs::Certificate;
use saml::{Binding, EntitySummary, IdpValues, LogoutEndpoint};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Finding, Secret, Severity, StepId, Timestamp};

/// What is entered. A private key never gets here: the readers refuse it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SamlStep")]
pub struct Saml {
    /// Where the values come from.
    pub source: Option<Source>,
    /// The values, from whichever source; the preview.
    pub values: Option<IdpValues>,
    /// What the reading found. What depends on the time is judged anew with every view.
    pub reading: Vec<Finding>,
    /// The first of the identity providers to choose from, when the document has several.
    pub choices: Vec<EntitySummary>,
    /// How many there are.
    #[serde(default)]
    pub choice_count: u32,
    /// What is known of the document's signature; nothing for typed values.
    #[serde(default)]
    pub signature: Option<SignatureRead>,
    /// The certificate whose key metadata has to be signed with, since somebody compared it.
    #[serde(default)]
    pub signer: Option<Certificate>,
    /// What was read last and says something else than the values: it waits for a decision.
    #[serde(default)]
    pub newer: Option<Box<Reading>>,
    /// What is typed by hand; kept beside the values of a file.
    pub typed: Typed,
    /// The warnings that were ticked, by code; a new source clears them.
    pub accepted: BTreeMap<String, Timestamp>,
    /// When the service took the values.
    pub sent_at: Option<Timestamp>,
    /// When the admin said that the configuration in the identity provider is done.
    pub marked_at: Option<Timestamp>,
    /// The change of signing certificates that runs, or the last one.
    #[serde(default)]
    pub rollover: Option<Rollover>,
}

/// Where the values come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SamlSource")]
pub struct Source {
    /// How.
    pub way: Way,
    /// The file's name, for a file.
    pub name: String,
    /// Its size in bytes.
    pub size: u32,
    /// When it was read.
    pub read_at: Timestamp,
    /// Where it was fetched, for an address.
    #[serde(default)]
    pub address: Option<Address>,
}

/// The ways to give the identity provider's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "SamlWay")]
pub enum Way {
    /// A file, dropped or chosen.
    File,
    /// Pasted text.
    Pasted,
    /// Fetched from an https address.
    Address,
    /// The three values.
    ByHand,
}

/// The three values as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SamlTyped")]
pub struct Typed {
    /// The IdP entity ID.
    pub entity_id: String,
    /// The single sign-on URL.
    pub sso_url: String,
    /// The certificate.
    pub certificate: String,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[serde(rename = "SamlEdit")]
pub enum Edit {
    /// One of the three values, typed.
    Type {
        /// Which.
        field: saml::Field,
        /// As typed.
        value: String,
    },
    /// A warning is ticked, or the tick taken back.
    Accept {
        /// The finding's code.
        code: String,
        /// Ticked or not.
        accepted: bool,
    },
    /// Takes what was read last in place of the values.
    TakeNewer,
    /// Keeps the values, and forgets what was read last.
    KeepValues,
    /// The key was compared: from now on, metadata has to be signed with it.
    TrustSigner {
        /// The certificate's SHA-256.
        sha256: String,
    },
    /// Metadata may be signed with any key again.
    ForgetSigner,
}

/// Changes the project. Typing a value makes *by hand* the source.
pub fn apply(project: &mut Project, edit: Edit, now: Timestamp) {
    match edit {
        Edit::Type { field, value } => type_value(project, field, value, now),
        Edit::Accept { code, accepted: true } => {
            project.saml.accepted.insert(code, now);
        }
        Edit::Accept { code, accepted: false } => {
            project.saml.accepted.remove(&code);
        }
        Edit::TakeNewer => metadata::take_newer(project, now),
        Edit::KeepValues => project.saml.newer = None,
        Edit::TrustSigner { sha256 } => metadata::trust_signer(project, &sha256),
        Edit::ForgetSigner => metadata::forget_signer(project),
    }
}

/// A pasted private key is not kept: the field stays empty, and the finding says why.
fn type_value(project: &mut Project, field: saml::Field, value: String, now: Timestamp) {
    let data = &mut project.saml;
    let secret = certs::holds_private_key(&value);
    let kept = if secret { wiped(value) } else { value };
    match field {
        saml::Field::EntityId => data.typed.entity_id = kept,
        saml::Field::SsoUrl => data.typed.sso_url = kept,
        saml::Field::Certificate => data.typed.certificate = kept,
    }
    let typed = &data.typed;
    let read = saml::by_hand(&typed.entity_id, &typed.sso_url, &typed.certificate, now);
    let size = typed.entity_id.len() + typed.sso_url.len() + typed.certificate.len();
    data.source = Some(source(Way::ByHand, "", size, now));
    data.choices.clear();
    data.choice_count = 0;
    data.signature = None;
    data.newer = None;
    // The document says something else than what is typed.
    project.support.metadata = None;
    let mut findings = read.findings;
    if secret {
        findings.retain(|finding| finding.args.get("field").map(String::as_str) != Some(field.as_str()));
        findings.push(Finding::error("private-key-refused").with("field", field.as_str()));
    }
    let complete = !data.typed.entity_id.is_empty()
        && !data.typed.sso_url.is_empty()
        && !read.values.certificates.is_empty();
    metadata::take_values(project, complete.then_some(read.values), findings, now);
}

/// Nothing in place of the text, whose memory is wiped.
fn wiped(text: String) -> String {
    drop(Secret::new(text));
    String::new()
}

pub(crate) fn source(way: Way, name: &str, size: usize, now: Timestamp) -> Source {
    Source {
        way,
        name: name.to_owned(),
        size: u32::try_from(size).unwrap_or(u32::MAX),
        read_at: now,
        address: None,
    }
}

/// What would be sent to the service; `None` while there is nothing.
pub fn to_service(project: &Project) -> Option<SetIdentityProvider> {
    let values = project.saml.values.as_ref()?;
    Some(SetIdentityProvider::Values {
        entity_id: values.entity_id.clone(),
        sso_url: values.sso_url.clone(),
        sso_binding: sso_binding(values.sso_binding),
        certificates: signing_certificates(project).into_iter().map(|certificate| certificate.pem).collect(),
        wants_signed_requests: values.wants_signed_requests,
        logout: values.logout.as_ref().map(|logout| LogoutService {
            url: logout.location.clone(),
            response_url: logout.response_location.clone(),
            binding: sso_binding(logout.binding),
        }),
    })
}

const fn sso_binding(binding: Binding) -> SsoBinding {
    match binding {
        Binding::HttpRedirect => SsoBinding::HttpRedirect,
        Binding::HttpPost => SsoBinding::HttpPost,
    }
}

const fn binding(binding: SsoBinding) -> Binding {
    match binding {
        SsoBinding::HttpRedirect => Binding::HttpRedirect,
        SsoBinding::HttpPost => Binding::HttpPost,
    }
}

/// The values as the service would have them; `None` while there are none.
pub fn as_service_has_it(project: &Project) -> Option<IdentityProvider> {
    let SetIdentityProvider::Values { entity_id, sso_url, sso_binding, certificates, logout, .. } =
        to_service(project)?
    else {
        return None;
    };
    Some(IdentityProvider { entity_id, sso_url, sso_binding, certificates, logout })
}

/// The same as text, by the name of the field; certificates by their fingerprints.
pub fn as_text(values: Option<&IdentityProvider>) -> Vec<(&'static str, String)> {
    let Some(values) = values else { return Vec::new() };
    vec![
        ("entity-id", values.entity_id.clone()),
        ("sso-url", values.sso_url.clone()),
        ("sso-binding", binding_name(values.sso_binding)),
        ("logout-url", logout_url(values.logout.as_ref())),
        ("certificate", fingerprints(&values.certificates)),
    ]
}

/// Takes the service's side over.
pub fn take(project: &mut Project, theirs: Option<&IdentityProvider>, now: Timestamp) {
    let Some(theirs) = theirs else {
        project.saml =
            Saml { marked_at: project.saml.marked_at, signer: project.saml.signer.take(), ..Saml::default() };
        return;
    };
    let values = saml::by_hand(&theirs.entity_id, &theirs.sso_url, &theirs.certificates.join("\n"), now);
    let logout = theirs.logout.as_ref().map(|logout| LogoutEndpoint {
        binding: binding(logout.binding),
        location: logout.url.clone(),
        response_location: logout.response_url.clone(),
    });
    project.saml.source = Some(source(Way::ByHand, "", 0, now));
    metadata::take_values(
        project,
        Some(IdpValues { sso_binding: binding(theirs.sso_binding), logout, ..values.values }),
        values.findings,
        now,
    );
    project.saml.sent_at = Some(now);
}

/// Where the two sides differ.
pub fn differences(mine: &SetIdentityProvider, theirs: Option<&IdentityProvider>) -> Vec<ConflictField> {
    let SetIdentityProvider::Values { entity_id, sso_url, sso_binding, certificates, logout, .. } = mine
    else {
        return Vec::new();
    };
    let their = |read: fn(&IdentityProvider) -> String| theirs.map(read).unwrap_or_default();
    let all = [
        ("entity-id", entity_id.clone(), their(|theirs| theirs.entity_id.clone())),
        ("sso-url", sso_url.clone(), their(|theirs| theirs.sso_url.clone())),
        ("sso-binding", binding_name(*sso_binding), their(|theirs| binding_name(theirs.sso_binding))),
        ("logout-url", logout_url(logout.as_ref()), their(|theirs| logout_url(theirs.logout.as_ref()))),
        ("certificate", fingerprints(certificates), their(|theirs| fingerprints(&theirs.certificates))),
    ];
    let differing = all.into_iter().filter(|(_, mine, theirs)| mine != theirs);
    differing.map(|(field, mine, theirs)| ConflictField { field: field.to_owned(), mine, theirs }).collect()
}

/// Both addresses, where answers go to another one.
fn logout_url(logout: Option<&LogoutService>) -> String {
    let Some(logout) = logout else { return String::new() };
    std::iter::once(&logout.url).chain(&logout.response_url).cloned().collect::<Vec<_>>().join(", ")
}

fn binding_name(binding: SsoBinding) -> String {
    match binding {
        SsoBinding::HttpRedirect => "HTTP-Redirect".to_owned(),
        SsoBinding::HttpPost => "HTTP-POST".to_owned(),
    }
}

/// The SHA-256 fingerprints, sorted, so that order and line ends make no difference.
fn fingerprints(pem: &[String]) -> String {
    let mut fingerprints: Vec<String> =
        pem.iter().flat_map(|pem| certs::read(pem.as_bytes()).certificates).map(|one| one.sha256).collect();
    fingerprints.sort();
    fingerprints.dedup();
    fingerprints.join(" ")
}

/// The service's own values, which nobody issues: they are taken from its portal.
fn service_provider(context: &Context<'_>, draft: &mut Draft) {
    let side = &context.project.portal.service_provider;
    let portal = &context.project.portal;
    for finding in portal.broker.iter().chain(&portal.connection) {
        // One finding is said once.
        if !draft.findings.iter().any(|one| one.code == finding.code) {
            draft.findings.push(finding.clone());
        }
    }
    draft.findings.extend(crate::polis::judge_redirects(context.project));
    draft.findings.extend(side.reading.clone());
    // What was read from a broker on this computer may be an address on this computer.
    let unfit = |url: &str| context.broker().is_none() || !saml::is_usable_address(url);
    let at = |field: &'static str| move |finding: Finding| finding.with("field", field);
    draft.findings.extend(shape::judge_entity_id(&side.entity_id).into_iter().map(at("sp-entity-id")));
    let acs_url = shape::judge_acs_url(&side.acs_url).into_iter().filter(|_| unfit(&side.acs_url));
    draft.findings.extend(acs_url.map(at("acs-url")));
    let slo_url = shape::judge_slo_url(&side.slo_url).into_iter().filter(|_| unfit(&side.slo_url));
    draft.findings.extend(slo_url.map(at("slo-url")));
    if side.entity_id.trim().is_empty() || side.acs_url.trim().is_empty() {
        draft.missing.push(match context.broker() {
            Some(kind) => Finding::info(kind.codes().sp_values_missing),
            None => Finding::info("sp-values-missing"),
        });
    } else {
        draft.evidence.push(match context.broker() {
            Some(kind) => Finding::info(kind.codes().sp_values_taken),
            None => Finding::info("sp-values-taken"),
        });
    }
}

/// The service's own values, where they follow from the customer's name; the metadata goes to support as it is.
fn customer(context: &Context<'_>, draft: &mut Draft) {
    let project = context.project;
    draft.started |= !project.support.customer_name.trim().is_empty();
    let about_name = support::judge_name(&project.support.customer_name);
    draft.findings.extend(about_name.clone());
    draft.findings.extend(support::judge_addresses(project));
    match support::name(project) {
        Some(_) if support::is_confirmed(project, &context.guide.service) => {
            draft.evidence.push(Finding::info("addresses-confirmed"));
        }
        Some(name) => draft.evidence.push(Finding::info("addresses-made").with("name", name.as_str())),
        None if about_name.is_none() => draft.missing.push(Finding::info("customer-name-missing")),
        None => {}
    }
    if project.saml.values.is_some() && project.support.metadata.is_none() {
        draft.missing.push(Finding::info("metadata-document-missing"));
    }
}

/// What is true now.
pub fn view(context: &Context<'_>) -> StepView {
    let data = &context.project.saml;
    let known = context.project.integration();
    let mut draft = Draft::new(StepId::Saml);
    draft.started = data.source.is_some() || context.any_confirmed(StepId::Saml);
    draft.findings.clone_from(&data.reading);
    draft.accepted = data.accepted.keys().cloned().collect();
    if let Some(values) = &data.values {
        let signing = signing_certificates(context.project);
        draft.findings.extend(
            saml::judge_signing(&signing, context.now)
                .into_iter()
                .map(|finding| eased(context.project, finding)),
        );
        draft
            .evidence
            .push(Finding::info("saml-values-read").with("certificates", values.certificates.len()));
    } else {
        draft.missing.push(Finding::info("saml-values-missing"));
    }
    let theirs = known.and_then(|known| known.identity_provider.as_ref());
    // What support has is judged where the package is sent, which is no part of the step.
    draft.unsent = !context.by_support()
        && to_service(context.project)
            .is_some_and(|mine| theirs.is_none() || !differences(&mine, theirs).is_empty());
    if data.values.is_some() && !draft.unsent && !context.by_support() {
        draft.evidence.insert(
            0,
            if let Some(kind) = context.broker() {
                Finding::info(kind.codes().has_values)
            } else if context.by_hand() {
                Finding::info("saml-values-entered")
            } else {
                Finding::info("saml-values-sent")
            },
        );
    }
    if context.by_hand() {
        service_provider(context, &mut draft);
    }
    if context.by_support() {
        customer(context, &mut draft);
    }
    draft.add_open_fields(context);
    draft.missing.extend(context.unconfirmed(StepId::Saml));
    let mark = known.and_then(|known| known.saml.as_ref());
    draft.missing.extend(context.mark_missing(StepId::Saml, data.marked_at, mark));
    draft.done_at = context.marked_at(StepId::Saml, data.marked_at).max(data.sent_at);
    let next = rollover::view(context.project, context.now).and_then(|rollover| rollover.stage.next());
    let mut view = draft.settle(context.now);
    if let Some(next) = next {
        view.evidence.insert(0, next);
        if matches!(view.state, StepState::Done { .. }) {
            view.state = StepState::InProgress;
        }
    }
    view
}

/// A service pins the key, so a certificate that is out of date may be sent by whoever ticks that. One that is being
/// replaced asks for nothing more by its dates.
fn eased(project: &Project, mut finding: Finding) -> Finding {
    let dated = matches!(
        &*finding.code,
        "certificate-expired" | "certificate-not-yet-valid" | "certificate-ends-soon"
    );
    let mut replaced = project.saml.rollover.iter().flat_map(|rollover| &rollover.old);
    let is_replaced = replaced.any(|old| finding.evidence.iter().any(|seen| seen.value == old.sha256));
    // A broker asks nobody by a date, and nobody else would.
    if dated && (is_replaced || project.backend.broker().is_none()) {
        finding.severity = if is_replaced { Severity::Info } else { Severity::Warning };
    }
    finding
}

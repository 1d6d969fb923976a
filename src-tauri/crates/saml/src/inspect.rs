use crate::collect::{Collected, Collector, Entity};
use crate::decode::{mebibytes, too_large};
use crate::document::{self, Refusal};
use crate::metadata::{Inspection, KeyUse, Kind, Role, Signature, SigningCertificate};
use crate::stream::{Broken, TextSource};
use crate::{judge, recognise};
use certs::TextEncoding;
use std::io::{self, Read};
use vocabulary::{Finding, Severity, Timestamp};

/// Reads metadata and judges it at a given time.
///
/// `limit` is the most that is taken, in bytes: [`LIMIT_BY_HAND`](crate::LIMIT_BY_HAND) or
/// [`LIMIT_BY_FILE`](crate::LIMIT_BY_FILE).
pub fn inspect(bytes: &[u8], limit: usize, now: Timestamp) -> Inspection {
    in_memory(bytes, limit, None, now)
}

/// The same, about one chosen entity of an aggregate.
pub fn select(bytes: &[u8], limit: usize, entity_id: &str, now: Timestamp) -> Inspection {
    in_memory(bytes, limit, Some(entity_id), now)
}

/// The same from a file or a connection, about the chosen entity if one is chosen. Memory is in proportion to the
/// number of entities, not to the size of the document.
///
/// # Errors
/// When the input cannot be read; whatever is wrong with what was read is a finding.
pub fn inspect_stream(
    input: impl Read,
    limit: usize,
    entity_id: Option<&str>,
    now: Timestamp,
) -> io::Result<Inspection> {
    match read(input, limit, entity_id, now) {
        Ok(inspection) => Ok(inspection),
        Err(Refusal::Broken(Broken::Input(error))) => Err(error),
        Err(refusal) => Ok(Inspection::unread(finding(refusal, limit))),
    }
}

fn in_memory(bytes: &[u8], limit: usize, entity_id: Option<&str>, now: Timestamp) -> Inspection {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    Inspection::of_size(size, limit).unwrap_or_else(|| {
        read(bytes, limit, entity_id, now)
            .unwrap_or_else(|refusal| Inspection::unread(finding(refusal, limit)))
    })
}

fn read(input: impl Read, limit: usize, wanted: Option<&str>, now: Timestamp) -> Result<Inspection, Refusal> {
    let source = TextSource::open(input, limit).map_err(Refusal::Broken)?;
    let encoding = source.encoding();
    check_beginning(source.at_hand().trim_start()).map_err(Refusal::Unfit)?;
    let mut collector = Collector::new(wanted);
    document::walk(source, &mut collector)?;
    let collected = collector.finish();
    if let Some((namespace, local)) = &collected.foreign_root {
        return Err(Refusal::Unfit(foreign(namespace, local)));
    }
    if let Some(what) = collected.excess {
        return Err(Refusal::Unfit(Finding::error("metadata-excessive").with("what", what)));
    }
    let mut inspection = describe(collected, wanted, now);
    inspection.findings.extend(encoding_note(encoding));
    Ok(inspection)
}

/// What can be said from the first characters, before any parsing.
fn check_beginning(text: &str) -> Result<(), Finding> {
    if text.is_empty() {
        return Err(Finding::error("metadata-empty"));
    }
    if !text.starts_with('<') {
        return Err(not_xml(text));
    }
    let beginning: String = text.chars().take(14).collect::<String>().to_ascii_lowercase();
    if beginning.starts_with("<!doctype html") || beginning.starts_with("<html") {
        return Err(Finding::error("metadata-html-page"));
    }
    Ok(())
}

fn not_xml(text: &str) -> Finding {
    if text.contains("BEGIN CERTIFICATE") || text.starts_with("MII") {
        return Finding::error("metadata-is-certificate");
    }
    if (text.starts_with("https://") || text.starts_with("http://")) && text.lines().count() == 1 {
        return Finding::error("metadata-is-url");
    }
    Finding::error("metadata-not-xml")
}

fn finding(refusal: Refusal, limit: usize) -> Finding {
    match refusal {
        Refusal::Unfit(finding) => finding,
        Refusal::Broken(broken) => broken.finding(limit),
        Refusal::Doctype(name) if name.to_ascii_lowercase().starts_with("html") => {
            Finding::error("metadata-html-page")
        }
        Refusal::Doctype(_) => Finding::error("metadata-doctype"),
        Refusal::Malformed { reason, line, detail } => {
            let finding = malformed(reason, line);
            if detail.is_empty() { finding } else { finding.seen(format!("line {line}"), detail) }
        }
    }
}

fn malformed(reason: &str, line: usize) -> Finding {
    Finding::error("metadata-malformed-xml").with("reason", reason).with("line", line)
}

impl Broken {
    /// What is to be said about it; `limit` is the most that is taken, in bytes.
    pub(crate) fn finding(self, limit: usize) -> Finding {
        match self {
            Self::TooLarge => too_large(&format!("more than {}", mebibytes(limit)), limit),
            Self::NotText | Self::Input(_) => Finding::error("metadata-not-xml"),
            Self::UnknownEncoding(label) => malformed("unknown-encoding", 1).seen("encoding", label),
            Self::IllegalCharacter(line) => malformed("illegal-character", line),
            Self::PrivateKey => Finding::error("metadata-private-key"),
            Self::PartTooLong => Finding::error("metadata-excessive").with("what", "part"),
        }
    }
}

fn foreign(namespace: &str, local: &str) -> Finding {
    if local.eq_ignore_ascii_case("html") {
        return Finding::error("metadata-html-page");
    }
    Finding::error("metadata-not-saml").with("root", local).seen(local, namespace)
}

fn encoding_note(encoding: TextEncoding) -> Option<Finding> {
    let noted = encoding != TextEncoding::Utf8;
    noted.then(|| Finding::info("metadata-encoding").with("encoding", encoding.name()))
}

fn describe(collected: Collected, wanted: Option<&str>, now: Timestamp) -> Inspection {
    let mut inspection = Inspection::empty(kind(&collected));
    if collected.is_signed {
        inspection.signature = Signature::PresentNotChecked;
    }
    match choose(collected, wanted, &mut inspection) {
        Ok(entity) => describe_entity(entity, &mut inspection, now),
        Err(finding) => inspection.findings.push(finding),
    }
    inspection
}

fn kind(collected: &Collected) -> Kind {
    match collected.entities.as_slice() {
        [] => Kind::NotMetadata,
        [only] if only.roles == [Role::Sp] => Kind::Sp,
        [only] if only.roles.is_empty() => Kind::NotMetadata,
        [_] => Kind::Idp,
        _ => Kind::Aggregate,
    }
}

/// The entity the document is about, or the finding that says why there is none.
fn choose(
    mut collected: Collected,
    wanted: Option<&str>,
    inspection: &mut Inspection,
) -> Result<Entity, Finding> {
    let groups_valid_until = std::mem::take(&mut collected.valid_until);
    inspection.entities = std::mem::take(&mut collected.entities);
    let providers = inspection.entities.iter().filter(|one| one.roles.contains(&Role::Idp)).count();
    let Some(mut entity) = collected.chosen else {
        return Err(wanted.map_or(Finding::error("metadata-no-idp"), |wanted| {
            Finding::error("metadata-entity-not-found").with("entity", wanted)
        }));
    };
    if wanted.is_none() && providers > 1 {
        return Err(Finding::error("metadata-several-entities").with("count", providers));
    }
    if wanted.is_none() && providers == 0 && inspection.entities.len() > 1 {
        let services_only = inspection.entities.iter().all(|one| one.roles.contains(&Role::Sp));
        return Err(Finding::error(if services_only { "metadata-is-sp" } else { "metadata-no-idp" }));
    }
    entity.valid_until.extend(groups_valid_until);
    Ok(entity)
}

fn describe_entity(entity: Entity, inspection: &mut Inspection, now: Timestamp) {
    let is_idp = entity.roles.contains(&Role::Idp);
    let is_sp = entity.roles.contains(&Role::Sp);
    let (valid_until, mut findings) = judge::valid_until(&entity.valid_until, now);
    let role = if is_idp { &entity.idp } else { &entity.sp };
    let (certificates, unreadable) = certificates(&role.keys);
    inspection.certificates = certificates;
    inspection.name_id_formats.clone_from(&role.name_id_formats);
    inspection.wants_signed_requests = entity.idp.wants_signed_requests;
    inspection.provider = if is_idp { recognise(&entity.entity_id, &entity.idp.endpoints) } else { None };
    inspection.entity_id = Some(entity.entity_id).filter(|entity_id| !entity_id.is_empty());
    inspection.display_name = entity.names.into_best();
    inspection.valid_until = valid_until;
    inspection.sso = entity.idp.endpoints;
    inspection.acs = entity.sp.endpoints;
    inspection.slo = if is_idp { entity.idp.logout } else { entity.sp.logout };
    match (is_idp, is_sp) {
        (true, _) => findings.extend(judge::idp(inspection, unreadable, now)),
        (false, true) => findings.push(Finding::error("metadata-is-sp")),
        (false, false) => findings.push(Finding::error("metadata-no-idp")),
    }
    inspection.findings = findings;
}

/// The certificates of the keys, each once for every use, and the findings about signing ones that could not be read.
fn certificates(keys: &[(KeyUse, String)]) -> (Vec<SigningCertificate>, Vec<Finding>) {
    let mut certificates: Vec<SigningCertificate> = Vec::new();
    let mut unreadable = Vec::new();
    for (usage, text) in keys {
        let reading = certs::read(text.as_bytes());
        for certificate in reading.certificates {
            let one = SigningCertificate { usage: *usage, certificate };
            if !certificates.contains(&one) {
                certificates.push(one);
            }
        }
        if *usage != KeyUse::Encryption {
            unreadable
                .extend(reading.findings.into_iter().filter(|finding| finding.severity != Severity::Info));
        }
    }
    (certificates, unreadable)
}

use crate::error::{Failure, FailureCode};
use crate::project::{Project, is_email};
use crate::steps::{Context, StepView, saml, view};
use guides::{Guide, HandOver, ValueKey};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use vocabulary::{Finding, StepId, Timestamp};

/// What the SAML step may lack that the package cannot do without; whatever else is open there does not concern it.
const NEEDED: &[&str] = &["customer-name-missing", "saml-values-missing", "metadata-document-missing"];

/// What is sent to the service's support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The letter it goes with.
    pub letter: Letter,
    /// The files, the letter's text among them.
    pub files: Vec<PackedText>,
}

/// One file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedText {
    /// Its name.
    pub name: String,
    /// Its text, UTF-8.
    pub text: String,
}

/// The letter to the service's support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SupportLetter")]
pub struct Letter {
    /// Who gets it, in words.
    pub to: String,
    /// Their e-mail address; empty while it is not known.
    pub mail: String,
    /// The subject.
    pub subject: String,
    /// The text, its paragraphs apart.
    pub body: String,
}

impl Letter {
    /// The address that opens the letter in a mail program (RFC 6068). It carries no file: that is attached by hand.
    pub fn mailto(&self) -> String {
        let encoded = |text: &str| {
            // RFC 6068, section 5: lines end with CR LF, and a blank is %20, not a plus.
            form_urlencoded::byte_serialize(text.replace('\n', "\r\n").as_bytes())
                .collect::<String>()
                .replace('+', "%20")
        };
        let to = encoded(&self.mail).replace("%40", "@");
        format!("mailto:{to}?subject={}&body={}", encoded(&self.subject), encoded(&self.body))
    }
}

/// What the package cannot do without and is not there.
pub fn lacks(saml: &StepView) -> Vec<Finding> {
    let needed = saml.missing.iter().filter(|finding| NEEDED.contains(&finding.code.as_ref()));
    saml.open().chain(needed).cloned().collect()
}

/// The letter, with the values as far as they are known.
pub fn letter(project: &Project, guide: &Guide, hand_over: &HandOver) -> Letter {
    let labelled = |key: ValueKey| {
        let value = crate::view::value(key, project, guide).filter(|value| !value.is_empty())?;
        Some((guide.service.label(key).unwrap_or_else(|| key.as_str()).to_owned(), value))
    };
    let mail = project.support.mail.trim();
    Letter {
        to: hand_over.to.clone(),
        mail: if is_email(mail) { mail.to_owned() } else { String::new() },
        subject: hand_over.subject.clone(),
        body: format!("{}\n\n{}\n{}", hand_over.letter(labelled), project.organization, project.admin_email),
    }
}

/// The package as it would be sent now.
///
/// # Errors
/// [`InvalidInput`](FailureCode::InvalidInput) for a service that takes none;
/// [`ErrorsOpen`](FailureCode::ErrorsOpen) or [`WarningsOpen`](FailureCode::WarningsOpen) while the SAML step has
/// some, [`NothingToSend`](FailureCode::NothingToSend) while a part of it is missing.
pub fn package(project: &Project, guide: &Guide, now: Timestamp) -> Result<Package, Failure> {
    let hand_over = guide
        .service
        .hand_over
        .as_ref()
        .ok_or_else(|| crate::project::invalid("service", "is set up by no support"))?;
    let step = view(StepId::Saml, &Context { project, guide, now });
    if let Some(lacking) = lacks(&step).first() {
        let code = match lacking.severity {
            vocabulary::Severity::Error => FailureCode::ErrorsOpen,
            vocabulary::Severity::Warning => FailureCode::WarningsOpen,
            vocabulary::Severity::Info => FailureCode::NothingToSend,
        };
        return Err(Failure::new(code, format!("{} is open", lacking.code)));
    }
    let letter = letter(project, guide, hand_over);
    let text = format!("{}\n\n{}\n", letter.subject, letter.body);
    let documents = hand_over.files.iter().filter_map(|file| {
        let text = document(project, file.key)?;
        Some(PackedText { name: file.name.clone(), text })
    });
    let files = documents.chain([PackedText { name: HandOver::LETTER.to_owned(), text }]).collect();
    Ok(Package { letter, files })
}

fn document(project: &Project, key: ValueKey) -> Option<String> {
    match key {
        ValueKey::IdpMetadataFile => project.support.metadata.clone(),
        ValueKey::IdpCertificate => certificates(project),
        _ => None,
    }
}

/// Every certificate that the identity provider signs with, one after another, as PEM.
fn certificates(project: &Project) -> Option<String> {
    let pem = saml::as_service_has_it(project)?.certificates;
    Some(pem.iter().map(|one| format!("{}\n", one.trim_end())).collect())
}

use crate::certificate::NotACertificate;
use crate::der::{self, Kind};
use crate::pem::{self, Block};
use crate::{Certificate, mentions_private_key, text};
use serde::{Deserialize, Serialize};
use vocabulary::Finding;
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::prelude::FromDer as _;
use zeroize::Zeroizing;

/// The most that is read, in bytes: 1 MiB.
pub const MAX_BYTES: usize = 1024 * 1024;

/// More certificates than this in one text are not read; nobody means that many.
const MAX_CERTIFICATES: usize = 200;

/// The label of OpenSSL's trusted form.
const TRUSTED: &str = "TRUSTED CERTIFICATE";

/// PEM text that was encoded as base64 once more is unwrapped this often.
const MAX_WRAPS: usize = 3;

/// The certificates found in a text or file, each once, and what is to be said about the input.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Reading {
    /// In the order of the input.
    pub certificates: Vec<Certificate>,
    /// About the input, not about the certificates' dates and keys: see [`judge`](crate::judge) for those.
    pub findings: Vec<Finding>,
}

/// Reads certificates from what people paste or drop.
///
/// Takes PEM (one or several, with a byte order mark, indentation, any line ends or none, typographic dashes, HTML
/// entities, inside an XML element, in UTF-16), base64 without PEM lines, DER, PKCS #7 bundles in PEM, base64 or DER, and
/// OpenSSL's trusted form. A private key anywhere in the input refuses the whole of it, no finding ever repeats any of
/// the input, and the copies made while reading are wiped.
pub fn read(bytes: &[u8]) -> Reading {
    if bytes.len() > MAX_BYTES {
        return only(Finding::error("certificate-too-large").with("limit", "1 MiB"));
    }
    let mut reading = Reading::default();
    match read_into(bytes, &mut reading, 0) {
        Ok(()) => reading,
        Err(refusal) => only(refusal),
    }
}

/// Whether a private key, or a file made to carry one, is anywhere in the text, with or without its PEM lines. Such a
/// text must not be kept.
pub fn holds_private_key(text: &str) -> bool {
    let refused =
        |finding: &Finding| matches!(&*finding.code, "private-key-refused" | "certificate-is-pkcs12");
    mentions_private_key(text) || read(text.as_bytes()).findings.iter().any(refused)
}

fn only(finding: Finding) -> Reading {
    Reading { certificates: Vec::new(), findings: vec![finding] }
}

/// Collects; an `Err` refuses the input as a whole.
fn read_into(bytes: &[u8], reading: &mut Reading, wraps: usize) -> Result<(), Finding> {
    if der::is_binary(bytes) {
        return read_der(bytes, reading);
    }
    let pasted = Zeroizing::new(text::lenient(bytes).into_owned());
    if mentions_private_key(&pasted) {
        return Err(Finding::error("private-key-refused"));
    }
    let tidied = text::tidy(&pasted);
    if mentions_private_key(&tidied) {
        return Err(Finding::error("private-key-refused"));
    }
    let blocks = pem::blocks(&tidied);
    if blocks.is_empty() {
        return Err(Finding::error("certificate-empty"));
    }
    for block in &blocks {
        read_block(block, reading, wraps)?;
    }
    note_tidying(&pasted, reading);
    drop_repetitions(&mut reading.findings);
    Ok(())
}

fn read_block(block: &Block<'_>, reading: &mut Reading, wraps: usize) -> Result<(), Finding> {
    if let Some(finding) = block.label.and_then(judge_label) {
        reading.findings.push(finding);
        return Ok(());
    }
    match pem::decode(block) {
        Ok(der) if wraps < MAX_WRAPS && is_wrapped(&der) => read_into(&der, reading, wraps + 1),
        Ok(der) if block.label.is_none() && !der::is_sequence(&der) => {
            reading.findings.push(Finding::error("certificate-not-found"));
            Ok(())
        }
        Ok(der) if block.label == Some(TRUSTED) => read_trusted(&der, reading),
        Ok(der) => read_der(&der, reading),
        Err(line) => {
            reading.findings.push(not_base64(block, line));
            Ok(())
        }
    }
}

/// What a PEM label other than a certificate's says; `None` for a certificate.
fn judge_label(label: &str) -> Option<Finding> {
    match label {
        "CERTIFICATE" | "X509 CERTIFICATE" | "X.509 CERTIFICATE" | TRUSTED => None,
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Some(Finding::error("certificate-is-request")),
        "PKCS7" | "PKCS #7 SIGNED DATA" | "CMS" => None,
        "PUBLIC KEY" | "RSA PUBLIC KEY" | "EC PUBLIC KEY" => {
            Some(Finding::error("certificate-is-public-key"))
        }
        _ => Some(Finding::error("certificate-label-unknown")),
    }
}

fn is_wrapped(decoded: &[u8]) -> bool {
    const BEGIN: &[u8] = b"-BEGIN ";
    decoded.windows(BEGIN.len()).any(|window| window == BEGIN)
}

fn not_base64(block: &Block<'_>, line: usize) -> Finding {
    match block.label {
        Some(_) => Finding::error("certificate-not-base64").with("line", line),
        None => Finding::error("certificate-not-found"),
    }
}

fn read_der(der: &[u8], reading: &mut Reading) -> Result<(), Finding> {
    match der::kind(der) {
        Kind::PrivateKey => return Err(Finding::error("private-key-refused")),
        Kind::Pkcs12 => return Err(Finding::error("certificate-is-pkcs12")),
        Kind::Pkcs7 => read_bundle(der, reading),
        Kind::PublicKey => reading.findings.push(Finding::error("certificate-is-public-key")),
        Kind::Other => read_certificate(der, reading),
    }
    Ok(())
}

/// Takes the certificates out of a PKCS #7 bundle, as Windows and OpenSSL write them.
fn read_bundle(der: &[u8], reading: &mut Reading) {
    let certificates = der::pkcs7_certificates(der);
    if certificates.is_empty() {
        reading.findings.push(Finding::error("certificate-is-pkcs7"));
        return;
    }
    for certificate in &certificates {
        read_certificate(certificate, reading);
    }
    reading.findings.push(Finding::info("certificate-unpacked").with("count", certificates.len()));
}

/// In OpenSSL's trusted form its own notes follow the certificate; they are left out.
fn read_trusted(der: &[u8], reading: &mut Reading) -> Result<(), Finding> {
    let notes =
        |rest: &[u8]| rest.is_empty() || der::split_first(rest).is_some_and(|(_, rest)| rest.is_empty());
    match der::split_first(der) {
        Some((certificate, rest)) if notes(rest) => {
            reading.findings.push(Finding::info("certificate-openssl-trusted"));
            read_der(certificate, reading)
        }
        _ => read_der(der, reading),
    }
}

fn read_certificate(der: &[u8], reading: &mut Reading) {
    if reading.certificates.len() >= MAX_CERTIFICATES {
        return;
    }
    match Certificate::from_der(der) {
        Ok(known) if reading.certificates.iter().any(|other| other.sha256 == known.sha256) => (),
        Ok(certificate) => reading.certificates.push(certificate),
        Err(NotACertificate::TrailingData) => {
            reading.findings.push(Finding::error("certificate-trailing-data"))
        }
        Err(NotACertificate::Unreadable) => reading.findings.push(unreadable(der)),
    }
}

fn unreadable(der: &[u8]) -> Finding {
    if X509CertificationRequest::from_der(der).is_ok_and(|(rest, _)| rest.is_empty()) {
        return Finding::error("certificate-is-request");
    }
    let code = if der::is_cut(der) { "certificate-incomplete" } else { "certificate-unreadable" };
    Finding::error(code)
}

/// Any of these says already that the input was not in the usual form.
const SAYS_OF_FORM: [&str; 3] = ["certificate-tidied", "certificate-unpacked", "certificate-openssl-trusted"];

/// Says so when the input was not the canonical text of the certificates found in it.
fn note_tidying(pasted: &str, reading: &mut Reading) {
    let unix = pasted.replace("\r\n", "\n");
    let as_written = reading.certificates.iter().all(|certificate| unix.contains(certificate.pem.trim_end()));
    let noted = reading.findings.iter().any(|finding| SAYS_OF_FORM.contains(&&*finding.code));
    if !as_written && !noted {
        reading.findings.push(Finding::info("certificate-tidied"));
    }
}

/// One remark is enough when many blocks deserve the same one.
fn drop_repetitions(findings: &mut Vec<Finding>) {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings.drain(..) {
        if !kept.contains(&finding) {
            kept.push(finding);
        }
    }
    *findings = kept;
}

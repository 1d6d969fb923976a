use crate::{der, pem};
use serde::{Deserialize, Serialize};
use sha1::Digest as _;
use vocabulary::Timestamp;
use x509_parser::der_parser::asn1_rs::Oid;
use x509_parser::extensions::KeyUsage;
use x509_parser::prelude::{ASN1Time, FromDer as _, X509Certificate, X509Name};
use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

/// The family of a certificate's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// RSA, the one every service takes.
    Rsa,
    /// A NIST elliptic curve: P-256, P-384 or P-521.
    Ec,
    /// DSA, withdrawn.
    Dsa,
    /// Anything else: other curves, EdDSA, GOST.
    Other,
}

/// What is shown of an X.509 certificate (RFC 5280), and the certificate itself as [`pem`](Self::pem).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Certificate {
    /// SHA-256 of the DER encoding, upper-case hexadecimal with colons.
    pub sha256: String,
    /// SHA-1 of the DER encoding in the same form: what identity providers show as the thumbprint. For comparing,
    /// never for trust.
    pub sha1: String,
    /// Distinguished name of the holder.
    pub subject: String,
    /// Distinguished name of whoever signed it.
    pub issuer: String,
    /// First moment it is valid.
    pub not_before: Timestamp,
    /// Last moment it is valid.
    pub not_after: Timestamp,
    /// The key in words, as "RSA 2048" or "EC P-256".
    pub key: String,
    /// The family of the key.
    pub key_kind: KeyKind,
    /// Size of the key in bits; 0 when it cannot be told.
    pub key_bits: u32,
    /// The algorithm the certificate itself is signed with, as "RSA with SHA-256"; the OID when it has no name here.
    pub signature_algorithm: String,
    /// Serial number, upper-case hexadecimal with colons.
    pub serial: String,
    /// The certificate in canonical PEM (RFC 7468).
    pub pem: String,
    /// Whether holder and issuer are the same name, which is normal for SAML.
    pub self_signed: bool,
}

/// What the extensions say of the key's use (RFC 5280, 4.2.1.3 and 4.2.1.9). Without them everything is allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    /// There is a keyUsage, and neither digitalSignature nor nonRepudiation is in it.
    pub(crate) forbids_signing: bool,
    /// It may issue certificates.
    pub(crate) is_authority: bool,
}

/// Why bytes are not a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotACertificate {
    Unreadable,
    TrailingData,
}

impl Certificate {
    /// The DER encoding; empty when `pem` was altered into something that is not PEM.
    pub fn der(&self) -> Vec<u8> {
        let blocks = pem::blocks(&self.pem);
        let decoded = blocks.first().and_then(|block| pem::decode(block).ok());
        decoded.map(|der| der.to_vec()).unwrap_or_default()
    }

    /// SHA-256 of the public key (its SubjectPublicKeyInfo in DER), in the form of [`sha256`](Self::sha256): what two
    /// certificates for one key have in common. `None` when `pem` was altered.
    pub fn key_sha256(&self) -> Option<String> {
        let der = self.der();
        let (_, parsed) = X509Certificate::from_der(&der).ok()?;
        Some(pem::hex(&sha2::Sha256::digest(parsed.public_key().raw)))
    }

    /// What the certificate says that its key may be used for.
    pub(crate) fn usage(&self) -> Usage {
        let der = self.der();
        let Ok((_, parsed)) = X509Certificate::from_der(&der) else { return Usage::default() };
        let key_usage = parsed.key_usage().ok().flatten();
        let forbids = |usage: &KeyUsage| !usage.digital_signature() && !usage.non_repudiation();
        let basic = parsed.basic_constraints().ok().flatten();
        Usage {
            forbids_signing: key_usage.is_some_and(|usage| forbids(usage.value)),
            is_authority: basic.is_some_and(|basic| basic.value.ca),
        }
    }

    /// The public key, DER of its `SubjectPublicKeyInfo` (RFC 5280, 4.1.2.7); `None` when `pem` was altered.
    pub fn public_key_der(&self) -> Option<Vec<u8>> {
        let der = self.der();
        let (_, parsed) = X509Certificate::from_der(&der).ok()?;
        Some(parsed.public_key().raw.to_vec())
    }

    pub(crate) fn from_der(der: &[u8]) -> Result<Self, NotACertificate> {
        // The parser looks at the number of the outermost tag and not at its class; other readers refuse such a thing.
        if !der::is_sequence(der) {
            return Err(NotACertificate::Unreadable);
        }
        let (rest, parsed) = X509Certificate::from_der(der).map_err(|_| NotACertificate::Unreadable)?;
        if !rest.iter().all(u8::is_ascii_whitespace) {
            return Err(NotACertificate::TrailingData);
        }
        Self::new(&der[..der.len() - rest.len()], &parsed).ok_or(NotACertificate::Unreadable)
    }

    fn new(der: &[u8], parsed: &X509Certificate<'_>) -> Option<Self> {
        let (key, key_kind, key_bits) = key(parsed.public_key());
        Some(Self {
            sha256: pem::hex(&sha2::Sha256::digest(der)),
            sha1: pem::hex(&sha1::Sha1::digest(der)),
            subject: name(parsed.subject()),
            issuer: name(parsed.issuer()),
            not_before: moment(&parsed.validity().not_before)?,
            not_after: moment(&parsed.validity().not_after)?,
            key,
            key_kind,
            key_bits,
            signature_algorithm: signature_algorithm(&parsed.signature_algorithm.algorithm),
            serial: pem::hex(parsed.raw_serial()),
            pem: pem::encode(der),
            self_signed: parsed.subject().as_raw() == parsed.issuer().as_raw(),
        })
    }
}

fn moment(time: &ASN1Time) -> Option<Timestamp> {
    Timestamp::from_unix(time.timestamp())
}

/// The name as text, without characters that could make it read as something else.
fn name(name: &X509Name<'_>) -> String {
    const LONGEST: usize = 500;
    name.to_string().chars().map(|c| if is_deceptive(c) { '\u{FFFD}' } else { c }).take(LONGEST).collect()
}

fn is_deceptive(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

fn key(info: &SubjectPublicKeyInfo<'_>) -> (String, KeyKind, u32) {
    match info.parsed() {
        Ok(PublicKey::RSA(rsa)) => {
            let bits = significant_bits(rsa.modulus);
            (format!("RSA {bits}"), KeyKind::Rsa, bits)
        }
        Ok(PublicKey::EC(_)) => curve(info),
        Ok(PublicKey::DSA(_)) => ("DSA".to_owned(), KeyKind::Dsa, 0),
        _ => (other_key(info), KeyKind::Other, 0),
    }
}

fn curve(info: &SubjectPublicKeyInfo<'_>) -> (String, KeyKind, u32) {
    let oid = info.algorithm.parameters.as_ref().and_then(|parameters| parameters.as_oid().ok());
    match oid.as_ref().map(Oid::to_id_string).as_deref() {
        Some("1.2.840.10045.3.1.7") => ("EC P-256".to_owned(), KeyKind::Ec, 256),
        Some("1.3.132.0.34") => ("EC P-384".to_owned(), KeyKind::Ec, 384),
        Some("1.3.132.0.35") => ("EC P-521".to_owned(), KeyKind::Ec, 521),
        Some(other) => (format!("EC {other}"), KeyKind::Other, 0),
        None => ("EC".to_owned(), KeyKind::Other, 0),
    }
}

fn other_key(info: &SubjectPublicKeyInfo<'_>) -> String {
    match info.algorithm.algorithm.to_id_string().as_str() {
        "1.3.101.112" => "Ed25519".to_owned(),
        "1.3.101.113" => "Ed448".to_owned(),
        other => other.to_owned(),
    }
}

fn significant_bits(integer: &[u8]) -> u32 {
    let digits = integer.iter().position(|byte| *byte != 0).map_or(&[][..], |first| &integer[first..]);
    let whole = u32::try_from(digits.len()).unwrap_or(u32::MAX).saturating_mul(8);
    digits.first().map_or(0, |first| whole - first.leading_zeros())
}

fn signature_algorithm(oid: &Oid<'_>) -> String {
    let oid = oid.to_id_string();
    SIGNATURES.iter().find(|(id, _)| *id == oid).map_or(oid, |(_, name)| (*name).to_owned())
}

const SIGNATURES: [(&str, &str); 18] = [
    ("1.2.840.113549.1.1.2", "RSA with MD2"),
    ("1.2.840.113549.1.1.3", "RSA with MD4"),
    ("1.2.840.113549.1.1.4", "RSA with MD5"),
    ("1.3.14.3.2.25", "RSA with MD5"),
    ("1.2.840.113549.1.1.5", "RSA with SHA-1"),
    ("1.3.14.3.2.29", "RSA with SHA-1"),
    ("1.2.840.10040.4.3", "DSA with SHA-1"),
    ("1.2.840.10045.4.1", "ECDSA with SHA-1"),
    ("1.2.840.113549.1.1.10", "RSA-PSS"),
    ("1.2.840.113549.1.1.11", "RSA with SHA-256"),
    ("1.2.840.113549.1.1.12", "RSA with SHA-384"),
    ("1.2.840.113549.1.1.13", "RSA with SHA-512"),
    ("1.2.840.113549.1.1.14", "RSA with SHA-224"),
    ("1.2.840.10045.4.3.2", "ECDSA with SHA-256"),
    ("1.2.840.10045.4.3.3", "ECDSA with SHA-384"),
    ("1.2.840.10045.4.3.4", "ECDSA with SHA-512"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
];

//! Messages about signing out, signed by xmlsec1 or OpenSSL, which are not ours.

use crate::certificates::TestCertificate;
use crate::responses::{template, xmlsec1_signs};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::{Read as _, Write as _};
use std::process::Command;
use url::form_urlencoded::byte_serialize;
use vocabulary::Timestamp;

const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// A message before it is signed. Every field may be changed.
#[derive(Debug, Clone)]
pub struct TestLogout {
    /// `LogoutRequest` or `LogoutResponse`.
    pub root: &'static str,
    /// Its ID.
    pub id: String,
    /// Attributes of the root besides the usual ones.
    pub more: String,
    /// The identity provider's entity ID.
    pub issuer: String,
    /// The service's single logout service.
    pub destination: String,
    /// When it was made.
    pub issued: Timestamp,
    /// What stands after the issuer: the NameID and the sessions, or the status.
    pub inside: String,
    /// The algorithm of the signature.
    pub signature_method: String,
}

impl TestLogout {
    /// A request that the user of that NameID is signed out.
    pub fn request(issuer: &str, destination: &str, name_id: &str, issued: Timestamp) -> Self {
        Self {
            root: "LogoutRequest",
            id: "_logout-1".to_owned(),
            more: String::new(),
            issuer: issuer.to_owned(),
            destination: destination.to_owned(),
            issued,
            inside: format!("<saml:NameID>{name_id}</saml:NameID>"),
            signature_method: RSA_SHA256.to_owned(),
        }
    }

    /// The answer that a request was carried out; `further` is a status below success.
    pub fn answer(&self, in_response_to: &str, further: &str) -> Self {
        const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
        Self {
            root: "LogoutResponse",
            more: format!(r#" InResponseTo="{in_response_to}""#),
            inside: format!(
                r#"<samlp:Status><samlp:StatusCode Value="{SUCCESS}">{further}</samlp:StatusCode></samlp:Status>"#
            ),
            ..self.clone()
        }
    }

    /// The message without a signature.
    pub fn unsigned(&self) -> String {
        self.write("")
    }

    /// The message with a signature inside it, by xmlsec1; without an XML declaration, so that it can stand in another one.
    ///
    /// # Panics
    /// When xmlsec1 is missing or refuses.
    pub fn signed(&self, by: &TestCertificate) -> String {
        let template = template(&self.id, &self.signature_method, SHA256);
        let signed = xmlsec1_signs(&self.write(&template), self.root, PROTOCOL, by);
        let root = signed.find("<samlp:").expect("there is a root");
        signed[root..].to_owned()
    }

    /// The query of a redirect with the message, signed by OpenSSL.
    ///
    /// # Panics
    /// When OpenSSL is missing or refuses.
    pub fn query(&self, relay_state: Option<&str>, by: &TestCertificate) -> String {
        let field = if self.root == "LogoutRequest" { "SAMLRequest" } else { "SAMLResponse" };
        let mut query = format!("{field}={}", encoded(&deflated(&self.unsigned())));
        if let Some(state) = relay_state {
            query.push_str(&format!("&RelayState={}", encoded(state)));
        }
        query.push_str(&format!("&SigAlg={}", encoded(&self.signature_method)));
        let signature = encoded(&STANDARD.encode(openssl_signs(query.as_bytes(), by)));
        format!("{query}&Signature={signature}")
    }

    fn write(&self, signature: &str) -> String {
        let Self { root, id, more, issuer, destination, issued, inside, .. } = self;
        format!(
            r#"<samlp:{root} xmlns:samlp="{PROTOCOL}" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" IssueInstant="{issued}" Destination="{destination}"{more}><saml:Issuer>{issuer}</saml:Issuer>{signature}{inside}</samlp:{root}>"#
        )
    }
}

/// The XML of a message, compressed for a query and in base64.
pub fn deflated(xml: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(xml.as_bytes()).expect("it fits into memory");
    STANDARD.encode(encoder.finish().expect("it fits into memory"))
}

/// The XML of a message out of the value of a query's field.
///
/// # Panics
/// When it is none.
pub fn inflated(value: &str) -> String {
    let bytes = STANDARD.decode(value).expect("it is base64");
    let mut xml = String::new();
    flate2::read::DeflateDecoder::new(&bytes[..]).read_to_string(&mut xml).expect("it is deflated");
    xml
}

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

fn openssl_signs(bytes: &[u8], by: &TestCertificate) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (key, data) = (folder.path().join("key.pem"), folder.path().join("data"));
    std::fs::write(&key, &by.key_pem).expect("a file can be written");
    std::fs::write(&data, bytes).expect("a file can be written");
    let output = Command::new("openssl").args(["dgst", "-sha256", "-sign"]).arg(&key).arg(&data).output();
    let output = output.expect("openssl is there; if not: cargo xtask test --only packages");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

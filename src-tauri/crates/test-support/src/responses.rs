//! SAML responses signed and encrypted by xmlsec1, which is not ours. All values are invented.

use crate::TestCertificate;
use std::path::Path;
use std::process::Command;
use time::Duration;
use vocabulary::Timestamp;

/// The namespaces that the parts of a response use.
const NAMESPACES: &str = r#"xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion""#;

const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const AES128_GCM: &str = "http://www.w3.org/2009/xmlenc11#aes128-gcm";
const OAEP: &str = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// The assertion only, as Microsoft Entra ID does unless told otherwise.
    Assertion,
    /// The response only.
    Response,
    /// Both, as SimpleSAMLphp and Okta do.
    Both,
}

/// A response before it is signed. Every field may be changed.
#[derive(Debug, Clone)]
pub struct TestResponse {
    /// The identity provider's entity ID.
    pub issuer: String,
    /// The service's entity ID.
    pub audience: String,
    /// The assertion consumer service in `Destination`.
    pub destination: String,
    /// The assertion consumer service in `Recipient`.
    pub recipient: String,
    /// The request that is answered.
    pub in_response_to: Option<String>,
    /// The user.
    pub name_id: String,
    /// The format of the user's name.
    pub name_id_format: String,
    /// When it was made; it is good for five minutes before and after.
    pub issued: Timestamp,
    /// Claims with their values.
    pub attributes: Vec<(String, Vec<String>)>,
    /// The end of the IDs of response and assertion.
    pub number: String,
    /// The algorithm of the signatures.
    pub signature_method: String,
    /// The algorithm of their digests.
    pub digest_method: String,
    /// The algorithm of an encryption.
    pub encryption_method: String,
}

impl TestResponse {
    /// A response that is good at `issued`.
    pub fn new(issued: Timestamp) -> Self {
        Self {
            issuer: "https://idp.example/metadata".to_owned(),
            audience: "https://service.example/saml/metadata".to_owned(),
            destination: "https://service.example/saml/acs".to_owned(),
            recipient: "https://service.example/saml/acs".to_owned(),
            in_response_to: Some("_request-1".to_owned()),
            name_id: "ada@example.com".to_owned(),
            name_id_format: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress".to_owned(),
            issued,
            attributes: vec![("groups".to_owned(), vec!["admins".to_owned(), "users".to_owned()])],
            number: "1".to_owned(),
            signature_method: RSA_SHA256.to_owned(),
            digest_method: SHA256.to_owned(),
            encryption_method: AES128_GCM.to_owned(),
        }
    }

    /// The same with the claims of a directory: about 4 KB with one signature.
    pub fn of_a_directory(issued: Timestamp) -> Self {
        let claim = |name: &str| format!("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/{name}");
        let one = |name: &str, value: &str| (claim(name), vec![value.to_owned()]);
        let group = |number: u8| format!("3f2a{number:02}b7-52c4-4b7f-9f0c-1c1d7f6f2f10");
        let groups = (claim("groups"), (0..6).map(group).collect());
        let attributes = vec![
            one("emailaddress", "ada@example.com"),
            one("givenname", "Ada"),
            one("surname", "Lovelace"),
            groups,
        ];
        Self { attributes, ..Self::new(issued) }
    }

    /// The response, signed with the certificate's key.
    ///
    /// # Panics
    /// When xmlsec1 is missing or refuses.
    pub fn signed(&self, signing: Signing, by: &TestCertificate) -> String {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut xml = self.with_templates(signing);
        if signing != Signing::Response {
            xml = self.sign(folder.path(), &xml, "Assertion", by);
        }
        if signing != Signing::Assertion {
            xml = self.sign(folder.path(), &xml, "Response", by);
        }
        xml
    }

    /// The response with one of its texts replaced before both signatures are made: what a provider could send.
    ///
    /// # Panics
    /// When the text is not there, or xmlsec1 is missing or refuses.
    pub fn with_replaced(&self, from: &str, to: &str, by: &TestCertificate) -> String {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let template = self.with_templates(Signing::Both);
        assert!(template.contains(from), "{from} is not in the response");
        let assertion_signed = self.sign(folder.path(), &template.replace(from, to), "Assertion", by);
        self.sign(folder.path(), &assertion_signed, "Response", by)
    }

    /// The response with its signed assertion encrypted for a certificate, and the response signed around it if asked.
    ///
    /// # Panics
    /// When xmlsec1 is missing or refuses.
    pub fn encrypted(&self, signing: Signing, by: &TestCertificate, to: &TestCertificate) -> String {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut xml = self.with_templates(signing);
        if signing != Signing::Response {
            xml = self.sign(folder.path(), &xml, "Assertion", by);
        }
        xml = self.encrypt(folder.path(), &xml, to);
        if signing != Signing::Assertion {
            xml = self.sign(folder.path(), &xml, "Response", by);
        }
        xml
    }

    /// The response without any signature.
    pub fn unsigned(&self) -> String {
        self.write("", "")
    }

    fn with_templates(&self, signing: Signing) -> String {
        let template = |element: &str| self.template(&format!("_{element}-{}", self.number));
        match signing {
            Signing::Assertion => self.write("", &template("assertion")),
            Signing::Response => self.write(&template("response"), ""),
            Signing::Both => self.write(&template("response"), &template("assertion")),
        }
    }

    fn write(&self, response_signature: &str, assertion_signature: &str) -> String {
        let Self { issuer, audience, destination, recipient, name_id, name_id_format, issued, .. } = self;
        let number = &self.number;
        let until = issued.plus(Duration::minutes(5));
        let from = issued.plus(Duration::minutes(-5));
        let answers =
            self.in_response_to.as_ref().map(|id| format!(r#" InResponseTo="{id}""#)).unwrap_or_default();
        let attributes: String =
            self.attributes.iter().map(|(name, values)| attribute(name, values)).collect();
        format!(
            r#"<samlp:Response {NAMESPACES} ID="_response-{number}" Version="2.0" IssueInstant="{issued}" Destination="{destination}"{answers}><saml:Issuer>{issuer}</saml:Issuer>{response_signature}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="_assertion-{number}" Version="2.0" IssueInstant="{issued}"><saml:Issuer>{issuer}</saml:Issuer>{assertion_signature}<saml:Subject><saml:NameID Format="{name_id_format}">{name_id}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="{recipient}" NotOnOrAfter="{until}"{answers}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{from}" NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{issued}" SessionIndex="_session-1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>"#
        )
    }

    fn template(&self, id: &str) -> String {
        template(id, &self.signature_method, &self.digest_method)
    }

    fn sign(&self, folder: &Path, xml: &str, element: &str, by: &TestCertificate) -> String {
        let keys = format!("{},{}", file(folder, "key.pem", &by.key_pem), file(folder, "cert.pem", &by.pem));
        let place = format!("//*[local-name()='{element}']/*[local-name()='Signature']");
        let mut sign = xmlsec1();
        sign.args(["--sign", "--privkey-pem", &keys, "--node-xpath", &place]);
        sign.args(["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:protocol:Response"]);
        sign.args(["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"]);
        run(sign.arg(file(folder, "unsigned.xml", xml)))
    }

    fn encrypt(&self, folder: &Path, xml: &str, to: &TestCertificate) -> String {
        let Self { encryption_method, .. } = self;
        let template = format!(
            r#"<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="{encryption_method}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="{OAEP}"/><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData>"#
        );
        let mut encrypt = xmlsec1();
        encrypt.args(["--encrypt", "--pubkey-cert-pem", &file(folder, "to.pem", &to.pem)]);
        encrypt.args(["--session-key", "aes-128", "--xml-data", &file(folder, "plain.xml", xml)]);
        encrypt.args(["--node-xpath", "//*[local-name()='Assertion']"]);
        let encrypted = run(encrypt.arg(file(folder, "template.xml", &template)));
        encrypted
            .replace("<xenc:EncryptedData", "<saml:EncryptedAssertion><xenc:EncryptedData")
            .replace("</xenc:EncryptedData>", "</xenc:EncryptedData></saml:EncryptedAssertion>")
    }
}

/// An enveloped signature over the element with this ID, still without values.
pub(crate) fn template(id: &str, signature_method: &str, digest_method: &str) -> String {
    format!(
        r##"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="{signature_method}"/><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="{digest_method}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo></ds:Signature>"##
    )
}

/// The document with the signature template in its root of that name and namespace filled in.
pub(crate) fn xmlsec1_signs(xml: &str, element: &str, namespace: &str, by: &TestCertificate) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (key, certificate) =
        (file(folder.path(), "key.pem", &by.key_pem), file(folder.path(), "cert.pem", &by.pem));
    let mut sign = xmlsec1();
    sign.args(["--sign", "--privkey-pem", &format!("{key},{certificate}")]);
    sign.args(["--id-attr:ID", &format!("{namespace}:{element}")]);
    run(sign.arg(file(folder.path(), "unsigned.xml", xml)))
}

/// Whether xmlsec1 finds the first signature of a document with a root of that name and namespace good.
///
/// # Panics
/// When xmlsec1 is missing.
pub fn xmlsec1_accepts_element(xml: &str, element: &str, namespace: &str, by: &TestCertificate) -> bool {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut verify = xmlsec1();
    verify.args(["--verify", "--pubkey-cert-pem", &file(folder.path(), "cert.pem", &by.pem)]);
    verify.args(["--enabled-key-data", "raw-x509-cert,rsa,ecdsa"]);
    verify.args(["--id-attr:ID", &format!("{namespace}:{element}")]);
    verify.arg(file(folder.path(), "signed.xml", xml));
    verify.output().expect("xmlsec1 can be started").status.success()
}

/// Whether xmlsec1 finds every signature of the element good, with the certificate's key.
///
/// # Panics
/// When xmlsec1 is missing.
pub fn xmlsec1_accepts(xml: &str, element: &str, by: &TestCertificate) -> bool {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let place = format!("//*[local-name()='{element}']/*[local-name()='Signature']");
    let mut verify = xmlsec1();
    verify.args(["--verify", "--pubkey-cert-pem", &file(folder.path(), "cert.pem", &by.pem)]);
    verify.args(["--node-xpath", &place, "--enabled-key-data", "raw-x509-cert,rsa,ecdsa"]);
    verify.args(["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:protocol:Response"]);
    verify.args(["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"]);
    verify.args(["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest"]);
    verify.arg(file(folder.path(), "signed.xml", xml));
    verify.output().expect("xmlsec1 can be started").status.success()
}

fn attribute(name: &str, values: &[String]) -> String {
    let values: String =
        values.iter().map(|value| format!("<saml:AttributeValue>{value}</saml:AttributeValue>")).collect();
    format!(r#"<saml:Attribute Name="{name}">{values}</saml:Attribute>"#)
}

fn xmlsec1() -> Command {
    Command::new("xmlsec1")
}

fn file(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).expect("a file can be written");
    path.to_str().expect("the path is text").to_owned()
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("xmlsec1 is there; if not: cargo xtask test --only packages");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "xmlsec1 refused: {complaint}");
    String::from_utf8(output.stdout).expect("xmlsec1 writes UTF-8")
}

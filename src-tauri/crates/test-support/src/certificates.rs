use crate::fixtures;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, RsaKeySize,
};
use vocabulary::Timestamp;

/// A certificate made for one test, and its private key.
#[derive(Debug, Clone)]
pub struct TestCertificate {
    /// DER.
    pub der: Vec<u8>,
    /// PEM with LF line ends.
    pub pem: String,
    /// The private key in PKCS #8 PEM.
    pub key_pem: String,
}

impl TestCertificate {
    /// The DER in one line of base64, as metadata carries it.
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.der)
    }

    fn new(certificate: &rcgen::Certificate, key: &KeyPair) -> Self {
        let pem = certificate.pem().replace("\r\n", "\n");
        Self { der: certificate.der().to_vec(), pem, key_pem: key.serialize_pem() }
    }
}

/// A self-signed certificate as identity providers make them: RSA 2048, SHA-256.
///
/// All of these share one committed key, so they differ in subject, dates and serial number only.
///
/// # Panics
/// When it cannot be made.
pub fn certificate(common_name: &str, from: Timestamp, until: Timestamp) -> TestCertificate {
    let key = KeyPair::from_pem(fixtures::RSA_KEY).expect("the committed key is a PKCS #8 key");
    self_signed(common_name, from, until, &key)
}

/// The same with a new key, where a test is about whose key it is.
///
/// # Panics
/// When it cannot be made.
pub fn rsa_certificate(common_name: &str, from: Timestamp, until: Timestamp) -> TestCertificate {
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048);
    self_signed(common_name, from, until, &key.expect("an RSA key can be generated"))
}

/// A self-signed certificate with a new P-256 key.
///
/// # Panics
/// When it cannot be made.
pub fn ec_certificate(common_name: &str, from: Timestamp, until: Timestamp) -> TestCertificate {
    self_signed(common_name, from, until, &new_key())
}

fn new_key() -> KeyPair {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).expect("a P-256 key can be generated")
}

fn self_signed(common_name: &str, from: Timestamp, until: Timestamp, key: &KeyPair) -> TestCertificate {
    let signed = params(common_name, from, until).self_signed(key).expect("a certificate can be self-signed");
    TestCertificate::new(&signed, key)
}

fn params(common_name: &str, from: Timestamp, until: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.not_before = from.to_offset_date_time();
    params.not_after = until.to_offset_date_time();
    params
}

/// A throw-away certificate authority with a P-256 key, for servers and for chains.
#[derive(Debug)]
pub struct Authority {
    /// Its own certificate.
    pub certificate: TestCertificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    /// A new authority.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn new(common_name: &str, from: Timestamp, until: Timestamp) -> Self {
        let key = new_key();
        let mut params = params(common_name, from, until);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let signed = params.self_signed(&key).expect("an authority can sign itself");
        let certificate = TestCertificate::new(&signed, &key);
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    /// A certificate issued by this authority; `hosts` are DNS names or IP addresses of a server, or none.
    ///
    /// # Panics
    /// When it cannot be made, or a host is no name.
    pub fn issue(
        &self,
        common_name: &str,
        hosts: &[&str],
        from: Timestamp,
        until: Timestamp,
    ) -> TestCertificate {
        let key = new_key();
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let names = CertificateParams::new(hosts).expect("every host is a name or an address");
        let mut params = params(common_name, from, until);
        params.subject_alt_names = names.subject_alt_names;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let signed = params.signed_by(&key, &self.issuer).expect("an authority can issue");
        TestCertificate::new(&signed, &key)
    }
}

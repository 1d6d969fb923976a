//! What a service expects that takes the answers of [`TestResponse::new`](crate::responses::TestResponse::new).

use crate::certificates::TestCertificate;
use saml_response::Expected;

/// The expectations of that service, which knows this one signer.
pub fn expected(by: &TestCertificate) -> Expected {
    Expected {
        idp_entity_id: "https://idp.example/metadata".to_owned(),
        certificates: certs::read(by.pem.as_bytes()).certificates,
        sp_entity_id: "https://service.example/saml/metadata".to_owned(),
        acs_url: "https://service.example/saml/acs".to_owned(),
        in_response_to: Some("_request-1".to_owned()),
        claims: Vec::new(),
        decryption_key: None,
        cbc_encryption: false,
    }
}

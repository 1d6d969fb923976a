use crate::ExpectedClaim;
use certs::Certificate;
use vocabulary::Secret;

/// What a response is held against: the two sides' settings.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The identity provider's entity ID.
    pub idp_entity_id: String,
    /// The certificates whose keys may sign. With none, everything is refused.
    pub certificates: Vec<Certificate>,
    /// The service's entity ID.
    pub sp_entity_id: String,
    /// The service's assertion consumer service.
    pub acs_url: String,
    /// The ID of the request that has to be answered; `None` when it is not known, then it is not judged.
    pub in_response_to: Option<String>,
    /// The claims that the service needs.
    pub claims: Vec<ExpectedClaim>,
    /// The service's private key in PEM, for encrypted assertions.
    pub decryption_key: Option<Secret>,
    /// Whether assertions encrypted in CBC mode are taken. Nothing protects such a text from being altered, so that a
    /// service should say no unless its identity provider can do nothing better.
    pub cbc_encryption: bool,
}

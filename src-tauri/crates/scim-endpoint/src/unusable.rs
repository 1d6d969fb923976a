/// Why an address or a token cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// The base URL is none.
    #[error("the SCIM base URL is not a URL")]
    Address,
    /// The token would go over the network for everybody to read. On this computer it may.
    #[error("the SCIM base URL is not https")]
    NotHttps,
    /// The token cannot stand in a header.
    #[error("the bearer token is empty, or has characters that cannot be sent")]
    Token,
    /// TLS cannot be set up here.
    #[error("no connection can be made from this computer: {0}")]
    Client(String),
}

/// Every code.
pub const CODES: &[&str] =
    &["scim-address-invalid", "scim-address-not-https", "scim-token-unusable", "scim-client-failed"];

impl Unusable {
    /// The stable code; `error-CODE` has the words.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address => "scim-address-invalid",
            Self::NotHttps => "scim-address-not-https",
            Self::Token => "scim-token-unusable",
            Self::Client(_) => "scim-client-failed",
        }
    }
}

use broker::Interruption;
use vocabulary::Finding;

/// Why there is no answer of Keycloak that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The address is none.
    #[error("the address of Keycloak is not a web address")]
    Address,
    /// The token would go over the network for everybody to read. On this computer it may.
    #[error("the address of Keycloak is not https")]
    NotHttps,
    /// The access token cannot stand in a header.
    #[error("the access token is empty, or has characters that cannot be sent")]
    Token,
    /// TLS cannot be set up here.
    #[error("no connection can be made from this computer: {0}")]
    Client(String),
    /// Nobody answered, or not to the end.
    #[error("Keycloak does not answer: {0}")]
    Unreached(String),
    /// Keycloak gives the client no access token, and says why.
    #[error("Keycloak does not sign the client in: {0}")]
    SignIn(String),
    /// The access token is over, or of another realm or Keycloak.
    #[error("Keycloak refuses the access token")]
    TokenRefused,
    /// Whoever the access token is of may not do this.
    #[error("Keycloak does not allow this")]
    Forbidden,
    /// Keycloak refuses what it was asked, and says why.
    #[error("Keycloak refuses: {0}")]
    Refused(String),
    /// Keycloak failed over what it was asked.
    #[error("Keycloak failed: {0}")]
    Failed(String),
    /// What answered is not Keycloak, or not one that can be talked to.
    #[error("the answer is not one of Keycloak: {0}")]
    Unknown(String),
}

/// Every code.
pub const CODES: &[&str] = &[
    "keycloak-address-invalid",
    "keycloak-address-not-https",
    "keycloak-token-unusable",
    "keycloak-client-failed",
    "keycloak-unreachable",
    "keycloak-sign-in-refused",
    "keycloak-token-refused",
    "keycloak-forbidden",
    "keycloak-refused",
    "keycloak-failed",
    "keycloak-answer-unknown",
];

impl From<Interruption> for Trouble {
    fn from(interruption: Interruption) -> Self {
        match interruption {
            Interruption::Address => Self::Address,
            Interruption::NotHttps => Self::NotHttps,
            Interruption::Client(reason) => Self::Client(reason),
            Interruption::Unreached(reason) => Self::Unreached(reason),
            Interruption::TooLong => Self::Unknown(interruption.to_string()),
        }
    }
}

impl Trouble {
    /// The stable code; `error-CODE` has the words, with the variable `reason`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address => "keycloak-address-invalid",
            Self::NotHttps => "keycloak-address-not-https",
            Self::Token => "keycloak-token-unusable",
            Self::Client(_) => "keycloak-client-failed",
            Self::Unreached(_) => "keycloak-unreachable",
            Self::SignIn(_) => "keycloak-sign-in-refused",
            Self::TokenRefused => "keycloak-token-refused",
            Self::Forbidden => "keycloak-forbidden",
            Self::Refused(_) => "keycloak-refused",
            Self::Failed(_) => "keycloak-failed",
            Self::Unknown(_) => "keycloak-answer-unknown",
        }
    }

    /// What the other side, or this computer, said.
    pub fn reason(&self) -> &str {
        match self {
            Self::Client(reason)
            | Self::Unreached(reason)
            | Self::SignIn(reason)
            | Self::Refused(reason)
            | Self::Failed(reason)
            | Self::Unknown(reason) => reason,
            Self::Address | Self::NotHttps | Self::Token | Self::TokenRefused | Self::Forbidden => "",
        }
    }

    /// What Keycloak says about what it was asked: the question is refused, and nothing has failed.
    pub fn refusal(&self) -> Option<Finding> {
        match self {
            Self::Refused(said) => Some(Finding::error("keycloak-refused").seen("Keycloak", said)),
            _ => None,
        }
    }

    /// Whether it lies in what was given: an address, a token, or what was asked for.
    pub const fn is_given(&self) -> bool {
        !matches!(self, Self::Client(_) | Self::Unreached(_) | Self::Failed(_) | Self::Unknown(_))
    }
}

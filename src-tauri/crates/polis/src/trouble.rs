use broker::Interruption;
use vocabulary::Finding;

/// How Polis says that another tenant has a connection to the same identity provider; as a failure of its own.
const TAKEN: &str = "EntityID already exists";

/// Why there is no answer of Polis that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The address is none.
    #[error("the address of Polis is not a web address")]
    Address,
    /// The API key would go over the network for everybody to read. On this computer it may.
    #[error("the address of Polis is not https")]
    NotHttps,
    /// The API key cannot stand in a header.
    #[error("the API key is empty, or has characters that cannot be sent")]
    Key,
    /// TLS cannot be set up here.
    #[error("no connection can be made from this computer: {0}")]
    Client(String),
    /// Nobody answered, or not to the end.
    #[error("Polis does not answer: {0}")]
    Unreached(String),
    /// Polis does not know the API key.
    #[error("Polis refuses the API key")]
    KeyRefused,
    /// Polis refuses what it was asked, and says why.
    #[error("Polis refuses: {0}")]
    Refused(String),
    /// Polis failed over what it was asked, and says over what.
    #[error("Polis failed: {0}")]
    Failed(String),
    /// What answered is not Polis, or not one that can be talked to.
    #[error("the answer is not one of Polis: {0}")]
    Unknown(String),
}

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

/// Every code.
pub const CODES: &[&str] = &[
    "polis-address-invalid",
    "polis-address-not-https",
    "polis-key-unusable",
    "polis-client-failed",
    "polis-unreachable",
    "polis-key-refused",
    "polis-refused",
    "polis-failed",
    "polis-answer-unknown",
];

impl Trouble {
    /// The stable code; `error-CODE` has the words, with the variable `reason`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address => "polis-address-invalid",
            Self::NotHttps => "polis-address-not-https",
            Self::Key => "polis-key-unusable",
            Self::Client(_) => "polis-client-failed",
            Self::Unreached(_) => "polis-unreachable",
            Self::KeyRefused => "polis-key-refused",
            Self::Refused(_) => "polis-refused",
            Self::Failed(_) => "polis-failed",
            Self::Unknown(_) => "polis-answer-unknown",
        }
    }

    /// What the other side, or this computer, said.
    pub fn reason(&self) -> &str {
        match self {
            Self::Client(reason)
            | Self::Unreached(reason)
            | Self::Refused(reason)
            | Self::Failed(reason)
            | Self::Unknown(reason) => reason,
            Self::Address | Self::NotHttps | Self::Key | Self::KeyRefused => "",
        }
    }

    /// What Polis says about what it was asked, where it says something: the question is refused, and nothing has failed.
    pub fn refusal(&self) -> Option<Finding> {
        match self {
            Self::Failed(said) if said.starts_with(TAKEN) => {
                Some(Finding::error("polis-entity-id-taken").seen("Polis", said))
            }
            Self::Refused(said) => Some(Finding::error("polis-refused").seen("Polis", said)),
            _ => None,
        }
    }

    /// Whether it lies in what was given: an address, a key, or what was asked for.
    pub const fn is_given(&self) -> bool {
        matches!(self, Self::Address | Self::NotHttps | Self::Key | Self::KeyRefused | Self::Refused(_))
    }
}

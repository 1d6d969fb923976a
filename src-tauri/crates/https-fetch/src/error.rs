use crate::way::PrivateAddress;
use std::fmt::{self, Display, Formatter};

/// What can be in the way of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// It is no complete address.
    Invalid,
    /// It is not an https address.
    NotHttps,
    /// It leads into a private network, and nobody said that it may.
    Private,
    /// The host cannot be reached, or its certificate is not trusted.
    Unreachable,
    /// The host was too slow.
    Timeout,
    /// It leads on to an address that is not followed.
    Redirects,
    /// The host answers with another status than success.
    Status,
    /// The host broke off in the middle.
    Interrupted,
    /// There is no room for what came.
    NotKept,
}

impl Obstacle {
    /// Every one.
    pub const ALL: &[Self] = &[
        Self::Invalid,
        Self::NotHttps,
        Self::Private,
        Self::Unreachable,
        Self::Timeout,
        Self::Redirects,
        Self::Status,
        Self::Interrupted,
        Self::NotKept,
    ];

    /// The code whose texts are `error-CODE`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invalid => "address-invalid",
            Self::NotHttps => "address-not-https",
            Self::Private => "address-private",
            Self::Unreachable => "address-unreachable",
            Self::Timeout => "address-timeout",
            Self::Redirects => "address-redirects",
            Self::Status => "address-status",
            Self::Interrupted => "address-interrupted",
            Self::NotKept => "address-not-kept",
        }
    }

    /// Whether it lies in what was typed, and not in the world.
    pub const fn is_typed(self) -> bool {
        matches!(self, Self::Invalid | Self::NotHttps | Self::Private)
    }
}

/// Why a document was not fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchError {
    /// What was in the way.
    pub obstacle: Obstacle,
    /// Values for the texts, by the name of the variable.
    pub args: Vec<(&'static str, String)>,
}

impl FetchError {
    pub(crate) const fn new(obstacle: Obstacle) -> Self {
        Self { obstacle, args: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    pub(crate) fn private(private: &PrivateAddress) -> Self {
        Self::new(Obstacle::Private).with("address", private.0)
    }
}

impl Display for FetchError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.obstacle.code())?;
        self.args.iter().try_for_each(|(name, value)| write!(f, ", {name}: {value}"))
    }
}

impl std::error::Error for FetchError {}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        if let Some(private) = private_address(&error) {
            return Self::private(private);
        }
        let obstacle = match &error {
            error if error.is_redirect() => Obstacle::Redirects,
            error if error.is_timeout() => Obstacle::Timeout,
            error if error.is_body() || error.is_decode() => Obstacle::Interrupted,
            _ => Obstacle::Unreachable,
        };
        Self::new(obstacle).with("reason", root_cause(&error))
    }
}

fn private_address<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e PrivateAddress> {
    std::iter::successors(Some(error), |cause| cause.source()).find_map(|cause| cause.downcast_ref())
}

/// The innermost error says what really happened; the outer ones repeat the address.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

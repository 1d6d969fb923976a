use crate::{DomainName, ServerRow};
use serde::{Deserialize, Serialize};

/// A check that still goes on: who has answered, and who is still waited for. A server that stays silent holds nobody's
/// row up but its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CheckSoFar {
    /// The domain, in the form DNS carries.
    pub domain: DomainName,
    /// The zone that holds the name.
    pub zone: String,
    /// The value that has to be there; `None` when the check is only a look.
    pub expected: Option<String>,
    /// The delegated name servers that have answered, or were given up, in the order in which they did.
    pub servers: Vec<ServerRow>,
    /// Those that are still waited for.
    pub waiting: Vec<AskedServer>,
}

/// A name server at one address that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct AskedServer {
    /// Its name.
    pub server: String,
    /// Its address.
    pub address: String,
}

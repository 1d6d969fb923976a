//! Messages about signing out (SAML Core 3.7, Profiles 4.4): take one out of a query or a form, guard its shape, verify
//! who signed it, judge what it says. They are believed only when they are signed: an unsigned one could be anybody's.

mod intake;
mod judge;

use certs::Certificate;
use vocabulary::Timestamp;

pub use intake::{from_form, from_query};
pub use judge::examine_logout;

/// What a message about signing out is held against.
#[derive(Debug, Clone)]
pub struct ExpectedLogout {
    /// The identity provider's entity ID.
    pub idp_entity_id: String,
    /// The certificates whose keys may sign. With none, everything is refused.
    pub certificates: Vec<Certificate>,
    /// The service's single logout service, which every message has to name.
    pub address: String,
}

/// A message as a browser carried it; nothing of it is believed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLogout {
    /// The XML.
    pub(crate) xml: String,
    /// What has to go back with the answer, unread (SAML Bindings 3.4.3).
    pub relay_state: Option<String>,
    pub(crate) signature: SentSignature,
}

/// Where the signature stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SentSignature {
    /// In the message (SAML Bindings 3.5).
    Inside,
    /// Nowhere in a query.
    Missing,
    /// Beside the message (SAML Bindings 3.4.4.1).
    Beside {
        /// What it covers: the parts of the query as they were sent.
        signed: String,
        /// The algorithm, an URI.
        algorithm: String,
        value: Vec<u8>,
    },
}

/// A message that the identity provider signed for this service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogoutMessage {
    /// Somebody is to be signed out.
    Request(LogoutRequest),
    /// What became of a request of the service.
    Answer(LogoutAnswer),
}

/// Who is to be signed out (SAML Core 3.7.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutRequest {
    /// Its ID, which the answer names and which is good once.
    pub id: String,
    /// Until when anybody could send it again.
    pub until: Timestamp,
    /// The NameID of the user.
    pub name_id: String,
    /// The sessions that are to end; all of the user when there are none.
    pub session_indexes: Vec<String>,
}

/// What became of a request (SAML Core 3.7.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutAnswer {
    /// The request.
    pub in_response_to: String,
    /// Whether the user is signed out everywhere.
    pub everywhere: bool,
}

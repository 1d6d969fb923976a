//! SAML 2.0 metadata: read, judge, write.
//!
//! - [`inspect`], [`select`], [`inspect_stream`]: from the bytes of a file or a paste to what they say, with findings.
//! - [`by_hand`]: the same from three typed values.
//! - [`IdpValues`]: what both ways end in; this is what is shown before anything is pushed.
//! - [`write_sp_metadata`]: the service's side, as identity providers take it by upload.
//! - [`write_idp_metadata`]: the identity provider's side, from its values.
//! - [`judge_signing`]: the dates and keys of a set of signing certificates.
//! - [`differences`], [`judge_differences`]: what a newer version changes.
//! - [`is_usable_address`]: where a browser may be sent.
//! - [`search`]: in the entities of an aggregate.
//! - [`recognise`], [`provider_differs`]: which product wrote the metadata.
//! - [`CODES`]: every finding this crate can return.
//!
//! Signatures on metadata are seen but not checked here: [`Signature`] is `PresentNotChecked` until somebody who can
//! (the crate `metadata-signature`) says more. Signed responses must never be
//! read with this crate's reader.

mod attributes;
mod by_hand;
mod codes;
mod collect;
mod declaration;
mod decode;
mod difference;
mod document;
mod endpoint;
mod inspect;
mod judge;
mod metadata;
mod provider;
mod search;
mod stream;
mod values;
mod write;
mod write_idp;

pub use by_hand::{ByHand, Field, LONGEST_ENTITY_ID, by_hand};
pub use codes::CODES;
pub use decode::{LIMIT_BY_FILE, LIMIT_BY_HAND, decode};
pub use difference::{Difference, IdpField, differences, judge_differences};
pub use endpoint::is_usable_address;
pub use inspect::{inspect, inspect_stream, select};
pub use judge::judge_signing;
pub use metadata::{
    Binding, Endpoint, EntitySummary, Inspection, KeyUse, Kind, LogoutEndpoint, Role, Signature,
    SigningCertificate,
};
pub use provider::{Provider, provider_differs, recognise};
pub use search::search;
pub use values::{IdpValues, SpValues};
pub use write::{Contact, NAME_ID_EMAIL_ADDRESS, Organization, SpMetadata, escaped, write_sp_metadata};
pub use write_idp::write_idp_metadata;

#[cfg(test)]
mod tests;

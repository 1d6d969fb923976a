//! A SCIM endpoint over HTTP, as an identity provider asks it: with a bearer token, to one base URL and nowhere else.
//!
//! - [`HttpEndpoint`]: answers [`scim_rehearsal::Endpoint`]
//! - [`Unusable`], [`CODES`]: why an address or a token cannot be used

mod http;
mod unusable;

pub use http::HttpEndpoint;
pub use unusable::{CODES, Unusable};

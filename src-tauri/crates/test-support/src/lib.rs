//! Throw-away certificate authorities, metadata builders and fakes for tests. Everything here panics when it fails,
//! because a test that cannot be set up has failed.
//!
//! - [`certificate`], [`ec_certificate`], [`Authority`]: certificates with any dates.
//! - [`signed_federation`]: an aggregate of thousands, signed by xmlsec1.
//! - [`fixtures`]: keys and certificates that have to come from elsewhere.
//! - [`metadata`]: SAML metadata in the shapes the providers write; all values are invented.
//! - [`signed_metadata`]: the same, signed by xmlsec1.
//! - [`responses`]: SAML responses, signed and encrypted by xmlsec1.
//! - [`sign_out`]: messages about signing out.
//! - [`expected`]: what a service expects that takes those.
//! - [`hostile`]: the same, made to be misread.
//! - `peers`, `saml_idp`, `simplesamlphp`: identity providers that are not ours, on Linux.
//! - `keycloak`: a stand-in for Keycloak, which speaks its documented API, on Linux.
//! - `polis`: a broker of single sign-on that is not ours, on Linux.
//! - `postgresql`: a real database server, on Linux.
//! - [`browser`], [`identity_provider`]: both ends of a sign-in at a service, over HTTP.

pub mod browser;
mod certificates;
pub mod expected;
mod federation;
pub mod fixtures;
pub mod hostile;
pub mod identity_provider;
#[cfg(target_os = "linux")]
pub mod keycloak;
pub mod metadata;
#[cfg(target_os = "linux")]
pub mod peers;
#[cfg(target_os = "linux")]
pub mod polis;
#[cfg(target_os = "linux")]
pub mod postgresql;
pub mod responses;
#[cfg(target_os = "linux")]
pub mod saml_idp;
#[cfg(target_os = "linux")]
mod served;
pub mod sign_out;
pub mod signed_metadata;
#[cfg(target_os = "linux")]
pub mod simplesamlphp;

pub use certificates::{Authority, TestCertificate, certificate, ec_certificate, rsa_certificate};
pub use federation::{member_entity_id, signed_federation};

//! SAML 2.0 responses: take one out of what somebody has, guard its shape, verify who signed it, judge what it says.
//!
//! - [`take`]: from a form value, a page, a HAR file or plain XML to the one response in it; [`decode`]: from the value
//!   that a browser posted.
//! - [`redact`]: a response as text that names nobody.
//! - [`examine`]: everything that can be said of a response beside what is [`Expected`], at a given time.
//! - [`Examination`]: the answer: accepted or not, the proven identity, expected beside received, findings.
//! - [`from_query`], [`from_form`], [`examine_logout`]: the same for messages about signing out.
//! - [`Verifier`], [`Bergshamra`]: who says that a signature is good; the guard decides what it has to cover.
//! - [`CODES`]: every finding this crate can return.
//!
//! Each response is parsed once. The guard, the verifier and the reader work on that one tree, and an identity is read
//! only from an element whose signature was found good with a key that was configured (SAML Core 5, Profiles 4.1.4).

mod claims;
mod codes;
mod decrypt;
mod examination;
mod examine;
mod expected;
mod guard;
mod intake;
mod judge;
mod logout;
mod redact;
mod said;
mod signature;
mod times;
mod tree;

pub use claims::{ExpectedClaim, OVERAGE_CLAIMS};
pub use codes::CODES;
pub use examination::{AssertionUse, Attribute, Comparison, Examination, Matter, Subject};
pub use examine::{examine, is_response};
pub use expected::Expected;
pub use intake::{LIMIT, Taken, decode, take};
pub use logout::{
    ExpectedLogout, LogoutAnswer, LogoutMessage, LogoutRequest, SentLogout, examine_logout, from_form,
    from_query,
};
pub use redact::redact;
pub use signature::{Bergshamra, Verdict, Verifier};
pub use times::SKEW;

#[cfg(test)]
mod tests;

//! A rehearsal of provisioning: what Microsoft Entra ID, Okta and PingOne send, sent to a SCIM endpoint, and what became
//! of each request, read back. It asks through [`Endpoint`] and knows no network itself.
//!
//! - [`Endpoint`], [`Call`], [`Answer`], [`Unreached`]: how a SCIM endpoint is asked
//! - [`Provider`], [`Part`], [`CODES`]: who is played, and every check there is
//! - [`Cast`]: under which names users and groups are made
//! - [`rehearse`]: plays, reads back, cleans up; [`Progress`] tells how far it is
//! - [`Rehearsal`], [`Check`], [`Outcome`], [`Ended`]: what became of it

mod bodies;
mod clean_up;
mod endpoint;
mod plan;
mod record;
mod rehearsal;
mod scripts;
mod stage;

pub use bodies::Cast;
pub use endpoint::{Answer, Call, Endpoint, Method, Unreached};
pub use plan::{CODES, Part, Provider};
pub use rehearsal::{Check, Ended, Outcome, Progress, Rehearsal, rehearse};

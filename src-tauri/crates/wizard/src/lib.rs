//! What Signpost decides: projects, the seven steps, gates and pushes. It asks the world only through [`ports`].
//!
//! - [`project`]: the document that is kept for each project
//! - [`steps`]: one module a step: what is entered, how it is changed, what is true of it
//! - [`ports`]: the questions the core asks: the account service, DNS, files, keyring, clock
//! - [`abilities`]: what a backend can do by itself, and what stands in for the rest
//! - [`portal`]: the service's portal by hand: what was taken from it and entered there
//! - [`broker`]: a broker of single sign-on that holds the SAML connection beside the portal
//! - [`polis`]: the broker Ory Polis, which holds the directory, too
//! - [`keycloak`]: the broker Keycloak
//! - [`support`]: a service that its own support sets up: the package that is sent, and what was confirmed
//! - [`view`]: what the user interface shows, computed here
//! - [`gate`]: what is missing before *Activate*
//! - [`push`]: sending a step to the service without losing anybody's change
//! - [`sharing`]: two projects of one organization share the domains
//! - [`switch`]: changing the identity provider or the backend, and back
//! - [`handover`]: a step that somebody else does: what goes out, what comes back, how it is merged
//! - [`metadata`]: what a metadata document says, beside what the project has
//! - [`dossier`]: everything about a set-up, for the company's files
//! - [`watching`]: records that are looked at again and again until they are right
//! - [`paper`]: what is printed or mailed, as typed documents
//! - [`rollout`]: what should be true before users get the download, and the page they get
//! - [`walk`]: a sign-in that is tested by hand, hop by hop
//! - [`sign_in`]: a sign-in that is tested before the switch, by the service or from an answer that somebody has
//! - [`rollover`]: the change from one signing certificate to another, as a task
//! - [`certificates`]: every certificate of every project, and certificates that are looked at by themselves
//! - [`app`]: the use cases, one method each
//! - [`error`]: what can go wrong, as codes

pub mod abilities;
pub mod app;
pub mod broker;
pub mod certificates;
pub mod dossier;
pub mod error;
pub mod gate;
pub mod handover;
pub mod keycloak;
pub mod metadata;
#[cfg(test)]
mod mistakes;
pub mod paper;
pub mod polis;
pub mod portal;
pub mod ports;
pub mod project;
pub mod push;
pub mod rollout;
pub mod rollover;
pub mod sharing;
pub mod sign_in;
pub mod steps;
pub mod support;
pub mod switch;
pub mod view;
pub mod walk;
pub mod watching;

pub use abilities::Abilities;
pub use app::{Watcher, Wizard};
pub use error::{Failure, FailureCode};
pub use project::{Backend, NewProject, Project, ProjectSummary};
pub use view::ProjectView;

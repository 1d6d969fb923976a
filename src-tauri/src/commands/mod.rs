//! What the window may ask. Every command is thin: it hands its arguments to the core and the answer back.
//!
//! One file a step, named as the step, and a few for what belongs to none: `program`, `projects`, `steps` (what all
//! steps have), `portal` (the service's page, filled in by hand), `activation`, `certificates` (of all projects),
//! `domain_connect`, `explain`, `guide`, `licence_keys`, `record` (a TXT record for other people and tools), `resolvers`, `helpdesk`,
//! `sign_in` (a sign-in that is tested),
//! `support` (a service that its own support sets up),
//! `switching`, `together` (hand-overs and the dossier), `watching`.

pub mod activation;
pub mod app_registration;
pub mod backup_login;
pub mod certificates;
pub mod domain_connect;
pub mod domains;
pub mod explain;
pub mod groups;
pub mod guide;
pub mod helpdesk;
pub mod keycloak;
pub mod licence_keys;
pub mod polis;
pub mod portal;
pub mod program;
pub mod projects;
pub mod record;
pub mod resolvers;
pub mod saml;
pub mod scim;
pub mod sign_in;
pub mod steps;
pub mod support;
pub mod switching;
pub mod together;
pub mod users;
pub mod watching;

/// The shell's state as a command gets it.
pub type Here<'a> = tauri::State<'a, crate::state::Shell>;

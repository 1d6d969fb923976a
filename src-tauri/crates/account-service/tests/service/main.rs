//! The service over real HTTP on loopback, each test with its own data, in SQLite files and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod harness;
mod people;
mod place;

mod backup;
mod conflicts;
mod licence_keys;
mod nodes;
mod notice;
mod oauth;
#[cfg(target_os = "linux")]
mod on_postgresql;
mod once;
mod openapi;
#[cfg(target_os = "linux")]
mod peers;
mod problems;
mod provisioning;
mod rehearsal;
#[cfg(target_os = "linux")]
mod saml_idp;
#[cfg(target_os = "linux")]
mod schemathesis;
mod scim_calls;
mod scim_protocol;
#[cfg(target_os = "linux")]
mod scim_tester;
mod scim_tokens;
mod seven_steps;
mod shown_pages;
mod sign_in;
mod sign_out;
#[cfg(target_os = "linux")]
mod simplesamlphp;
mod start;
mod tenancy;
mod tls;
mod together;
mod user_administration;
mod users;

//! The service over real HTTP on loopback, each test with its own data directory.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod harness;

mod conflicts;
mod openapi;
mod problems;
mod provisioning;
mod seven_steps;
mod sign_in;
#[cfg(target_os = "linux")]
mod simplesamlphp;
mod start;
mod tenancy;

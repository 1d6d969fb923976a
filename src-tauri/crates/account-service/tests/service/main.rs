//! The service over real HTTP on loopback, each test with its own data directory.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod harness;

mod conflicts;
mod openapi;
mod problems;
mod provisioning;
mod seven_steps;
mod start;
mod tenancy;

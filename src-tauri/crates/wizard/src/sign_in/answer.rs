use super::expected;
use super::groups;
use crate::project::Project;
use account_api::{
    HopState, SignInAnswer, SignInAttribute, SignInComparison, SignInHop, SignInHopState, SignInPurpose, SignInSubject,
};
use guides::Guide;
use saml_response::{Bergshamra, Examination, Expected, Taken, examine, redacted};
use vocabulary::{Finding, Severity, Timestamp};

use serde::Serialize;
use vocabulary::{Finding, Timestamp};

/// Whom a response is about (SAML Core 2.2.3). Only ever read from an element with a good signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Subject {
    /// The NameID, as it was sent.
    pub name_id: String,
    /// Its format, an URI; absent means unspecified.
    pub format: Option<String>,
}

/// A claim: an attribute with its values (SAML Core 2.7.3.1). Only ever read from an element with a good signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Attribute {
    /// The name, mostly an URI.
    pub name: String,
    /// The values that are plain text, in their order.
    pub values: Vec<String>,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// The identity provider's entity ID.
    Issuer,
    /// The address the response was made for.
    Destination,
    /// The address the assertion may be delivered to.
    Recipient,
    /// The service's entity ID.
    Audience,
    /// The request that is answered.
    InResponseTo,
    /// The SHA-256 of the certificate whose key signed.
    Certificate,
    /// A claim that the service needs.
    Claim,
}

/// Expected beside received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Comparison {
    /// What is compared.
    pub matter: Matter,
    /// What any one of has to arrive.
    pub expected: Vec<String>,
    /// What arrived; empty when nothing did.
    pub received: Vec<String>,
    /// Whether it is good.
    pub matches: bool,
}

/// What has to be remembered of an assertion, so that it is used once (SAML Profiles 4.1.4.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct AssertionUse {
    /// Its ID.
    pub id: String,
    /// Until when anybody could take it.
    pub until: Option<Timestamp>,
    /// The identity provider's name of the session that it is about (SAML Core 2.7.2), which is used to end it.
    pub session_index: Option<String>,
}

/// Everything that is said of one response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Examination {
    /// Whether a service provider with these expectations may sign the user in.
    pub accepted: bool,
    /// Whom it is about, where a good signature covers it.
    pub subject: Option<Subject>,
    /// Who says that it made the response. Unproven unless [`signed_by`](Self::signed_by) is there.
    pub issuer: Option<String>,
    /// The assertion, where a good signature covers it.
    pub assertion: Option<AssertionUse>,
    /// The claims, where a good signature covers them.
    pub attributes: Vec<Attribute>,
    /// SHA-256 of the configured certificate whose key signed.
    pub signed_by: Option<String>,
    /// Whether the assertion came encrypted.
    pub encrypted: bool,
    /// When the response says that it was made.
    pub issued: Option<Timestamp>,
    /// Expected beside received, in the order of the checks.
    pub comparisons: Vec<Comparison>,
    /// What is wrong or noteworthy, in the order of the checks.
    pub findings: Vec<Finding>,
}

impl Examination {
    pub(crate) const fn empty() -> Self {
        Self {
            accepted: false,
            subject: None,
            issuer: None,
            assertion: None,
            attributes: Vec::new(),
            signed_by: None,
            encrypted: false,
            issued: None,
            comparisons: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The answer when there was no response to look at.
    pub fn of_nothing(finding: Finding) -> Self {
        Self::empty().refused(finding)
    }

    pub(crate) fn refused(mut self, finding: Finding) -> Self {
        self.findings.push(finding);
        self
    }

    /// Notes what was compared; says whether it was good.
    pub(crate) fn compare(
        &mut self,
        matter: Matter,
        expected: Vec<String>,
        received: Vec<String>,
        matches: bool,
    ) -> bool {
        self.comparisons.push(Comparison { matter, expected, received, matches });
        matches
    }
}

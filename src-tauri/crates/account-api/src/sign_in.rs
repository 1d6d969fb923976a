//! Sign-in tests: one sign-in through the identity provider, watched hop by hop, before anything is switched on.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::{Finding, Timestamp};

/// What somebody signs in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SignInPurpose {
    /// The account's portal; for members of the administrators' group.
    Portal,
    /// Activating Desktop; for members of the Desktop users' group.
    Desktop,
}

/// What a group makes of its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SignInRole {
    /// Administers the business account.
    Administrator,
    /// May activate Desktop.
    User,
}

/// `POST …/sign-in-tests`: begins a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct StartSignInTest {
    /// What for.
    pub purpose: SignInPurpose,
    /// The claims that this service needs from this identity provider, judged to the letter.
    #[serde(default)]
    pub claims: Vec<RequiredClaim>,
}

/// A claim that the service needs (SAML Core 2.7.3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct RequiredClaim {
    /// The attribute's name, to the letter.
    pub name: String,
    /// Whether nobody gets in without it.
    #[serde(default = "yes")]
    pub required: bool,
}

const fn yes() -> bool {
    true
}

/// One watched sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SignInTest {
    /// The test's id.
    pub id: String,
    /// What for.
    pub purpose: SignInPurpose,
    /// The e-mail address of who began it.
    pub started_by: String,
    /// When it was begun.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// Until when an answer is taken: 10 minutes after it was begun.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// How far it has come.
    pub state: SignInState,
    /// Only in the answer that begins the test: a URL of the service that works once. The browser that opens it is the
    /// one whose answer is taken; it is sent on to the identity provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_url: Option<String>,
    /// The six hops, in their order.
    pub hops: Vec<SignInHop>,
    /// What the identity provider answered, once it did.
    pub answer: Option<SignInAnswer>,
}

/// How far a test has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SignInState {
    /// No browser has opened it.
    Waiting,
    /// A browser was sent to the identity provider, and has not come back.
    AtIdentityProvider,
    /// The sign-in would have worked, with the role that the purpose needs.
    Passed,
    /// It would not have worked; the answer says why.
    Failed,
    /// Nothing came back in time.
    Expired,
}

/// One hop of a sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SignInHop {
    /// Which one.
    pub hop: SignInHopName,
    /// How it went.
    pub state: SignInHopState,
    /// When the service saw it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

/// The hops of a sign-in that begins at the service (SAML Profiles 4.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SignInHopName {
    /// A browser came, and the service knows for whom it signs in.
    EmailAccepted,
    /// The browser was sent on with an authentication request.
    RequestSent,
    /// It arrived at the identity provider, and at the right application there.
    Arrived,
    /// The user signed in there.
    SignedIn,
    /// The answer came back, and could be trusted.
    AnswerReceived,
    /// A session with a role was made of it, or would have been.
    Session,
}

/// How a hop went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SignInHopState {
    /// As it should.
    Good,
    /// It ended here.
    Stopped,
    /// It did not come to this.
    NotReached,
    /// It happens where the service cannot see it.
    Unseen,
}

/// What the identity provider answered, and what the service makes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SignInAnswer {
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// Whether the user would have been signed in, with the role that the purpose needs.
    pub accepted: bool,
    /// Whom it is about, where a good signature covers it.
    pub subject: Option<SignInSubject>,
    /// Who says that it made the answer; proven only with `signed_by`.
    pub issuer: Option<String>,
    /// SHA-256 of the certificate whose key signed.
    pub signed_by: Option<String>,
    /// Whether the assertion came encrypted.
    pub encrypted: bool,
    /// When the identity provider says that it made the answer.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub issued_at: Option<Timestamp>,
    /// How many seconds later than `issued_at` it arrived by the service's clock; negative when that clock is behind.
    pub clock_seconds: Option<i32>,
    /// Expected beside received, in the order of the checks.
    pub comparisons: Vec<SignInComparison>,
    /// The claims, where a good signature covers them.
    pub attributes: Vec<SignInAttribute>,
    /// The groups among them, with what they grant.
    pub groups: Vec<SignInGroup>,
    /// Whether the identity provider sent a link in place of the groups, because there were too many.
    pub overage: bool,
    /// The highest role that the groups grant.
    pub role: Option<SignInRole>,
    /// For Desktop: whether a licence would be granted.
    pub licence: Option<SignInLicence>,
    /// What is wrong or noteworthy, in the order of the checks.
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<Finding>,
    /// The response as XML with personal values and signature bytes masked.
    pub redacted: String,
}

/// Whom an answer is about (SAML Core 2.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SignInSubject {
    /// The NameID, as it was sent.
    pub name_id: String,
    /// Its format, an URI; absent means unspecified.
    pub format: Option<String>,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SignInMatter {
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
    /// The domain of the user's e-mail address.
    EmailDomain,
    /// The group that grants the role.
    Group,
}

/// Expected beside received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SignInComparison {
    /// What is compared.
    pub matter: SignInMatter,
    /// What any one of has to arrive.
    pub expected: Vec<String>,
    /// What arrived; empty when nothing did.
    pub received: Vec<String>,
    /// Whether it is good.
    pub matches: bool,
}

/// A claim with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SignInAttribute {
    /// The name, mostly an URI.
    pub name: String,
    /// The values, in their order.
    pub values: Vec<String>,
}

/// A group that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SignInGroup {
    /// What was sent: a name or an ID.
    pub value: String,
    /// The group's name, where the service knows it.
    pub name: Option<String>,
    /// The role it grants.
    pub grants: Option<SignInRole>,
}

/// Whether a licence would be granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SignInLicence {
    /// Whether it would.
    pub granted: bool,
    /// Why not: `not-signed-in`, `no-users-group`, `not-in-users-group`, `no-licence-key`, `no-per-user-key`.
    pub reason: Option<String>,
}

/// The sign-ins that were seen to work with the identity provider's present values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SignIns {
    /// The newest passed test of the portal. *Activate* asks for it.
    pub portal: Option<PassedSignIn>,
    /// The newest passed test of Desktop.
    pub desktop: Option<PassedSignIn>,
}

/// A sign-in that was seen to work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct PassedSignIn {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The e-mail address of who signed in.
    pub by: String,
}

/// What the service does beyond the usual when somebody signs in. All of it is off unless it is switched on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SamlOptions {
    /// Signs authentication requests. Metadata with `WantAuthnRequestsSigned` switches it on.
    #[serde(default)]
    pub sign_requests: bool,
    /// Takes answers that no request asked for: sign-ins that begin at the identity provider.
    #[serde(default)]
    pub idp_initiated: bool,
    /// Takes assertions encrypted in CBC mode, which older identity providers use.
    #[serde(default)]
    pub cbc_encryption: bool,
}

/// `POST …/activate`: whoever activates without a passed sign-in test has to say so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Activate {
    /// The organization's name, to the letter: activates though no sign-in was seen to work. The audit log says so.
    pub without_sign_in: Option<String>,
}

//! What can go wrong, as codes that the user interface reacts to. The words are `error-CODE` in the Fluent files.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use vocabulary::Finding;

/// A use case that did not happen. Nothing that was entered before is lost by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub code: FailureCode,
    /// For the log; English, without secrets.
    pub message: String,
    /// The field it is about, when there is one.
    pub field: Option<String>,
    /// Values for the text, by the name of the Fluent variable.
    pub args: BTreeMap<String, String>,
    /// Codes of what may help, most promising first; the words are `hint-CODE`.
    pub hints: Vec<String>,
}

impl Failure {
    /// A failure with the sentence for the log.
    pub fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, args: BTreeMap::new(), hints: Vec::new() }
    }

    /// Names the field.
    #[must_use]
    pub fn on(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Adds a value for the text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, code: &str) -> Self {
        self.hints.push(code.to_owned());
        self
    }

    /// Adds the finding that says why, with its values.
    #[must_use]
    pub fn because(mut self, finding: &Finding) -> Self {
        self.args.extend(finding.args.clone());
        self.hint(&finding.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.message)
    }
}

impl std::error::Error for Failure {}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// The kinds of failure; the kebab-case text is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
        pub enum FailureCode {
            $($(#[$doc])* #[serde(rename = $text)] $name),*
        }

        impl FailureCode {
            /// Every kind, for the tests that look for their texts.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable text.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

codes! {
    /// A value that was entered will not do; `field` names it.
    InvalidInput = "invalid-input",
    /// There is no such project.
    ProjectMissing = "project-missing",
    /// The project file was written by a newer version; it is left untouched.
    ProjectNewer = "project-newer",
    /// The project file is damaged; it was set aside, not overwritten.
    ProjectDamaged = "project-damaged",
    /// Another window or program has saved this project since it was read here.
    ProjectChangedElsewhere = "project-changed-elsewhere",
    /// There is no room to save.
    DiskFull = "disk-full",
    /// The folder cannot be written.
    FolderReadOnly = "folder-read-only",
    /// Reading or writing a file failed for another reason.
    StorageFailed = "storage-failed",
    /// What was typed is no complete address.
    AddressInvalid = "address-invalid",
    /// The address is not an https address.
    AddressNotHttps = "address-not-https",
    /// The address leads into a private network, which was not allowed.
    AddressPrivate = "address-private",
    /// The host of the address cannot be reached.
    AddressUnreachable = "address-unreachable",
    /// The host of the address did not answer in time.
    AddressTimeout = "address-timeout",
    /// The address leads on to one that is not followed.
    AddressRedirects = "address-redirects",
    /// The host of the address answers with another status than success.
    AddressStatus = "address-status",
    /// The host of the address broke off in the middle.
    AddressInterrupted = "address-interrupted",
    /// There is no room for what came from the address.
    AddressNotKept = "address-not-kept",
    /// The file that was dropped or chosen cannot be read.
    FileUnreadable = "file-unreadable",
    /// The file that was named to save to cannot be written; what was there before is unchanged.
    FileUnwritable = "file-unwritable",
    /// No file was dropped or chosen.
    NothingChosen = "nothing-chosen",
    /// Who serves a zone could not be found out from the zone itself.
    DnsHostUnknown = "dns-host-unknown",
    /// No keyring answers on this computer.
    KeyringUnavailable = "keyring-unavailable",
    /// The keyring is locked and was not unlocked.
    KeyringLocked = "keyring-locked",
    /// The secret is not in the keyring.
    SecretMissing = "secret-missing",
    /// The clipboard did not take the text.
    ClipboardFailed = "clipboard-failed",
    /// The account service cannot be reached.
    ServiceUnreachable = "service-unreachable",
    /// The account service does not know the access token (any more).
    SignedOut = "signed-out",
    /// The service has a fault of its own.
    ServiceFailed = "service-failed",
    /// What answers at the address is not an account service.
    NotAnAccountService = "not-an-account-service",
    /// The account service on this computer did not start.
    LocalServiceFailed = "local-service-failed",
    /// The port that the local service's URLs contain is taken by another program.
    PortTaken = "port-taken",
    /// The account was not found at the service, or is not this user's.
    AccountMissing = "account-missing",
    /// Somebody else changed the same values at the service.
    Conflict = "conflict",
    /// The domain belongs to another account.
    DomainTaken = "domain-taken",
    /// The licence key is registered in another account.
    LicenceKeyTaken = "licence-key-taken",
    /// The service wants a licence key that is licensed per user before anything is set up, or as long as it is active.
    LicenceKeyRequired = "licence-key-required",
    /// The service refuses a value.
    ServiceRefused = "service-refused",
    /// Errors are open: nothing was sent.
    ErrorsOpen = "errors-open",
    /// Warnings are not ticked: nothing was sent.
    WarningsOpen = "warnings-open",
    /// There is nothing to send yet.
    NothingToSend = "nothing-to-send",
    /// The old signing certificate cannot be taken away yet: `reason` is `not-sent`, `not-valid`, `no-sign-in` or
    /// `still-old`.
    RolloverUnproven = "rollover-unproven",
    /// The change of signing certificates cannot be called off: sign-ins use the new one.
    RolloverProven = "rollover-proven",
    /// There is no certificate whose end could be reminded of.
    NothingToRemind = "nothing-to-remind",
    /// A confirmation that the step cannot be done without is not given.
    ConfirmationMissing = "confirmation-missing",
    /// The organization's name has to be typed to the letter.
    NameDiffers = "name-differs",
    /// The service did not say where the test begins, or names a page that is not its own.
    SignInNotBegun = "sign-in-not-begun",
    /// A sign-in to the service in the browser was not finished, or the service said no.
    SignInNotFinished = "sign-in-not-finished",
    /// No browser opened.
    BrowserNotOpened = "browser-not-opened",
    /// Things are missing before activation.
    ActivationBlocked = "activation-blocked",
    /// The backup login is not a user of the account who has signed in.
    BackupLoginUnknown = "backup-login-unknown",
    /// There is no guide for this service and identity provider.
    NoGuide = "no-guide",
    /// The address is not on the list of pages that Signpost opens.
    LinkNotAllowed = "link-not-allowed",
    /// What is known about mistakes cannot be read; a test keeps this from being shipped.
    DiagnosisDataUnreadable = "diagnosis-data-unreadable",
    /// The project's settings are entered into the service's portal by hand: there is no service to ask.
    EnteredByHand = "entered-by-hand",
    /// The service is set up by its support: there is no service to ask.
    SetUpBySupport = "set-up-by-support",
    /// Polis does not answer: `reason`.
    PolisUnreachable = "polis-unreachable",
    /// Polis does not know the API key (any more), or there is none in the keyring.
    PolisKeyRefused = "polis-key-refused",
    /// Polis refuses what it was asked: `reason`.
    PolisRefused = "polis-refused",
    /// Polis failed over what it was asked: `reason`.
    PolisFailed = "polis-failed",
    /// What answers at the address is not Polis: `reason`.
    PolisAnswerUnknown = "polis-answer-unknown",
    /// There are several directories in Polis, of which one would have to be chosen.
    PolisDirectorySeveral = "polis-directory-several",
    /// The directory of the project is not in Polis any more, but others are, of which one would have to be chosen.
    PolisDirectoryOther = "polis-directory-other",
    /// There is no connection to the project's identity provider in Polis.
    PolisConnectionNone = "polis-connection-none",
    /// Polis said that it switched the connection, but it still is as it was.
    PolisNotSwitched = "polis-not-switched",
    /// Keycloak does not answer: `reason`.
    KeycloakUnreachable = "keycloak-unreachable",
    /// The keyring has no secret of the client.
    KeycloakSecretMissing = "keycloak-secret-missing",
    /// Keycloak gives the client no access token: `reason`.
    KeycloakSignInRefused = "keycloak-sign-in-refused",
    /// Keycloak does not take the access token that it gave.
    KeycloakTokenRefused = "keycloak-token-refused",
    /// The client's service account may not do what was asked.
    KeycloakForbidden = "keycloak-forbidden",
    /// Keycloak refuses what it was asked: `reason`.
    KeycloakRefused = "keycloak-refused",
    /// Keycloak failed over what it was asked: `reason`.
    KeycloakFailed = "keycloak-failed",
    /// The identity provider in Keycloak is not switched as it was asked for.
    KeycloakNotSwitched = "keycloak-not-switched",
    /// What answers at the address is not Keycloak: `reason`.
    KeycloakAnswerUnknown = "keycloak-answer-unknown",
    /// No mail program opened.
    MailNotOpened = "mail-not-opened",
    /// The file is neither a step that was handed over nor a result.
    HandOverUnreadable = "hand-over-unreadable",
    /// The file was written by a newer version.
    HandOverNewer = "hand-over-newer",
    /// The result belongs to nothing that waits for it here.
    HandOverUnknown = "hand-over-unknown",
    /// The project is one step that was handed over: it has no service.
    TaskWithoutService = "task-without-service",
    /// The watch list was written by a newer version; it is left untouched.
    WatchListNewer = "watch-list-newer",
    /// The watch list is damaged; it was set aside, not overwritten.
    WatchListDamaged = "watch-list-damaged",
    /// No more domains can be watched.
    WatchListFull = "watch-list-full",
    /// No program for mail took the letter.
    MailProgramMissing = "mail-program-missing",
    /// The check was cancelled.
    Cancelled = "cancelled",
}

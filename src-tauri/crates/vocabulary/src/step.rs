use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// One of the seven steps of a set-up, in the order they are listed.
///
/// Any step may be worked on at any time; the order is only that of the list. The kebab-case name is the same in
/// the user interface, the commands, the guides, the account service and on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum StepId {
    /// Prove by TXT record that the organization controls its e-mail domains.
    Domains,
    /// Register the service as an application in the identity provider.
    AppRegistration,
    /// Name the administrators' and the users' group on both sides.
    Groups,
    /// Exchange SAML metadata.
    Saml,
    /// Connect SCIM provisioning.
    Scim,
    /// Put people into the groups.
    Users,
    /// Name the login that works when single sign-on does not.
    BackupLogin,
}

impl StepId {
    /// All steps, in the order they are listed.
    pub const ALL: [Self; 7] = [
        Self::Domains,
        Self::AppRegistration,
        Self::Groups,
        Self::Saml,
        Self::Scim,
        Self::Users,
        Self::BackupLogin,
    ];

    /// The kebab-case name, as in URLs, file names and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Domains => "domains",
            Self::AppRegistration => "app-registration",
            Self::Groups => "groups",
            Self::Saml => "saml",
            Self::Scim => "scim",
            Self::Users => "users",
            Self::BackupLogin => "backup-login",
        }
    }

    /// The number shown in the list, starting at 1.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The steps that have to be settled before the work of this one can be seen to succeed.
    ///
    /// Advice for ordering *Continue*; nothing is locked by it.
    pub const fn follows(self) -> &'static [Self] {
        match self {
            Self::Domains | Self::AppRegistration | Self::BackupLogin => &[],
            Self::Groups | Self::Saml => &[Self::AppRegistration],
            Self::Scim => &[Self::AppRegistration, Self::Groups],
            Self::Users => &[Self::Groups],
        }
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is the name of none of the seven steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStep(pub String);

impl fmt::Display for UnknownStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not one of the steps:", self.0)?;
        StepId::ALL.iter().try_for_each(|step| write!(f, " {step}"))
    }
}

impl std::error::Error for UnknownStep {}

impl FromStr for StepId {
    type Err = UnknownStep;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|step| step.as_str() == text).ok_or_else(|| UnknownStep(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_as_its_step() {
        for (index, step) in StepId::ALL.into_iter().enumerate() {
            assert_eq!(step.as_str().parse(), Ok(step));
            assert_eq!(serde_json::to_value(step).unwrap(), step.as_str());
            assert_eq!(usize::from(step.number()), index + 1);
        }
        assert!("Domains".parse::<StepId>().is_err());
    }

    #[test]
    fn no_step_follows_itself_or_a_later_one() {
        for step in StepId::ALL {
            assert!(step.follows().iter().all(|earlier| *earlier < step));
        }
    }
}

use serde::{Deserialize, Serialize};
use vocabulary::Severity;

/// An identity provider that can be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "RehearsedProvider", rename_all = "lowercase")]
pub enum Provider {
    /// Microsoft Entra ID, in both of its dialects.
    Entra,
    /// Okta.
    Okta,
    /// PingOne.
    PingOne,
}

impl Provider {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Entra, Self::Okta, Self::PingOne];
}

/// A part of a rehearsal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "RehearsalPart", rename_all = "kebab-case")]
pub enum Part {
    /// What every identity provider needs.
    Endpoint,
    /// Microsoft Entra ID, as it sends unless told otherwise.
    Entra,
    /// Microsoft Entra ID with `aadOptscim062020` in the Tenant URL.
    EntraOptscim,
    /// Okta.
    Okta,
    /// PingOne.
    Pingone,
}

/// What is looked at. The code of its finding begins with `rehearsal-`; the rest is the name of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
}

impl Planned {
    pub(crate) fn name(self) -> &'static str {
        self.code.strip_prefix(PREFIX).unwrap_or(self.code)
    }
}

const PREFIX: &str = "rehearsal-";

impl Part {
    /// Those that are played for the identity providers, what all need first.
    pub fn of(providers: &[Provider]) -> Vec<Self> {
        let mut parts = vec![Self::Endpoint];
        for provider in Provider::ALL.into_iter().filter(|provider| providers.contains(provider)) {
            parts.extend_from_slice(match provider {
                Provider::Entra => &[Self::Entra, Self::EntraOptscim],
                Provider::Okta => &[Self::Okta],
                Provider::PingOne => &[Self::Pingone],
            });
        }
        parts
    }

    /// The name on the wire and in texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Endpoint => "endpoint",
            Self::Entra => "entra",
            Self::EntraOptscim => "entra-optscim",
            Self::Okta => "okta",
            Self::Pingone => "pingone",
        }
    }

    /// The checks in the order in which they are made.
    pub(crate) const fn checks(self) -> &'static [Planned] {
        match self {
            Self::Endpoint => ENDPOINT,
            Self::Entra => ENTRA,
            Self::EntraOptscim => ENTRA_OPTSCIM,
            Self::Okta => OKTA,
            Self::Pingone => PINGONE,
        }
    }

    pub(crate) fn planned(self, name: &str) -> Option<Planned> {
        self.checks().iter().copied().find(|one| one.name() == name)
    }
}

/// Provisioning as such does not work without it.
const fn needed(code: &'static str) -> Planned {
    Planned { code, severity: Severity::Error }
}

/// One attribute or one convenience is lost without it.
const fn useful(code: &'static str) -> Planned {
    Planned { code, severity: Severity::Warning }
}

/// Every code of a finding.
pub const CODES: &[&str] = &[
    "rehearsal-token-refused",
    "rehearsal-not-scim",
    "rehearsal-clean-up",
    "rehearsal-connection",
    "rehearsal-description",
    "rehearsal-schemas",
    "rehearsal-lookup-nobody",
    "rehearsal-lookup-user",
    "rehearsal-lookup-external-id",
    "rehearsal-lookup-email",
    "rehearsal-lookup-reference",
    "rehearsal-list-users",
    "rehearsal-unknown-user",
    "rehearsal-create-user",
    "rehearsal-attributes-kept",
    "rehearsal-external-id-kept",
    "rehearsal-extension-kept",
    "rehearsal-duplicate-refused",
    "rehearsal-two-primary",
    "rehearsal-update-attribute",
    "rehearsal-update-email-path",
    "rehearsal-element-made",
    "rehearsal-extension-path",
    "rehearsal-manager-text",
    "rehearsal-clear-attribute",
    "rehearsal-update-pathless",
    "rehearsal-put-user",
    "rehearsal-deactivate",
    "rehearsal-deactivate-text",
    "rehearsal-deactivate-add",
    "rehearsal-deactivate-pathless",
    "rehearsal-deactivate-put",
    "rehearsal-reactivate",
    "rehearsal-delete-user",
    "rehearsal-create-group",
    "rehearsal-lookup-group",
    "rehearsal-members-left-out",
    "rehearsal-members-add",
    "rehearsal-members-remove-list",
    "rehearsal-members-remove-path",
    "rehearsal-members-replace",
    "rehearsal-members-empty",
    "rehearsal-members-unknown",
    "rehearsal-group-rename",
    "rehearsal-group-rename-pathless",
    "rehearsal-delete-group",
];

const ENDPOINT: &[Planned] =
    &[needed("rehearsal-connection"), useful("rehearsal-description"), useful("rehearsal-schemas")];

const ENTRA: &[Planned] = &[
    needed("rehearsal-lookup-nobody"),
    needed("rehearsal-create-user"),
    useful("rehearsal-attributes-kept"),
    needed("rehearsal-external-id-kept"),
    useful("rehearsal-extension-kept"),
    needed("rehearsal-lookup-user"),
    needed("rehearsal-lookup-external-id"),
    useful("rehearsal-lookup-email"),
    needed("rehearsal-duplicate-refused"),
    needed("rehearsal-update-attribute"),
    useful("rehearsal-update-email-path"),
    useful("rehearsal-element-made"),
    useful("rehearsal-extension-path"),
    useful("rehearsal-manager-text"),
    useful("rehearsal-lookup-reference"),
    useful("rehearsal-clear-attribute"),
    needed("rehearsal-deactivate-text"),
    needed("rehearsal-reactivate"),
    needed("rehearsal-deactivate-add"),
    needed("rehearsal-create-group"),
    needed("rehearsal-lookup-group"),
    useful("rehearsal-members-left-out"),
    needed("rehearsal-members-add"),
    needed("rehearsal-members-remove-list"),
    needed("rehearsal-group-rename"),
    needed("rehearsal-delete-user"),
    needed("rehearsal-delete-group"),
];

const ENTRA_OPTSCIM: &[Planned] = &[
    needed("rehearsal-create-user"),
    needed("rehearsal-update-pathless"),
    useful("rehearsal-update-email-path"),
    needed("rehearsal-deactivate"),
    needed("rehearsal-create-group"),
    needed("rehearsal-members-add"),
    needed("rehearsal-members-remove-path"),
    needed("rehearsal-delete-user"),
    needed("rehearsal-delete-group"),
];

const OKTA: &[Planned] = &[
    needed("rehearsal-list-users"),
    needed("rehearsal-lookup-nobody"),
    needed("rehearsal-unknown-user"),
    needed("rehearsal-create-user"),
    useful("rehearsal-attributes-kept"),
    needed("rehearsal-lookup-user"),
    needed("rehearsal-duplicate-refused"),
    needed("rehearsal-put-user"),
    needed("rehearsal-deactivate-pathless"),
    needed("rehearsal-reactivate"),
    needed("rehearsal-deactivate-put"),
    needed("rehearsal-create-group"),
    needed("rehearsal-lookup-group"),
    needed("rehearsal-group-rename-pathless"),
    needed("rehearsal-members-add"),
    needed("rehearsal-members-remove-path"),
    needed("rehearsal-members-replace"),
    needed("rehearsal-members-unknown"),
    needed("rehearsal-members-empty"),
    needed("rehearsal-delete-group"),
];

const PINGONE: &[Planned] = &[
    needed("rehearsal-lookup-nobody"),
    needed("rehearsal-create-user"),
    useful("rehearsal-two-primary"),
    needed("rehearsal-lookup-user"),
    needed("rehearsal-put-user"),
    needed("rehearsal-update-attribute"),
    needed("rehearsal-deactivate-put"),
    needed("rehearsal-reactivate"),
    needed("rehearsal-create-group"),
    needed("rehearsal-lookup-group"),
    needed("rehearsal-members-add"),
    needed("rehearsal-members-remove-path"),
    needed("rehearsal-delete-user"),
    needed("rehearsal-delete-group"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const PARTS: [Part; 5] = [Part::Endpoint, Part::Entra, Part::EntraOptscim, Part::Okta, Part::Pingone];

    #[test]
    fn no_check_stands_twice_in_a_part_and_every_code_is_listed() {
        let mut used =
            BTreeSet::from(["rehearsal-token-refused", "rehearsal-not-scim", "rehearsal-clean-up"]);
        for part in PARTS {
            let codes: BTreeSet<&str> = part.checks().iter().map(|one| one.code).collect();
            assert_eq!(codes.len(), part.checks().len(), "{part:?}");
            used.extend(codes);
        }
        assert_eq!(used, CODES.iter().copied().collect());
    }

    #[test]
    fn entra_is_played_in_both_dialects_and_the_endpoint_always() {
        assert_eq!(Part::of(&[Provider::Entra]), [Part::Endpoint, Part::Entra, Part::EntraOptscim]);
        assert_eq!(
            Part::of(&[Provider::PingOne, Provider::Okta]),
            [Part::Endpoint, Part::Okta, Part::Pingone]
        );
    }

    #[test]
    fn every_check_and_every_finding_has_words() {
        let texts = texts::Texts::english().unwrap();
        for code in CODES {
            assert!(texts.text(&format!("finding-{code}"), []).is_some(), "finding-{code}");
            assert!(texts.attribute(&format!("finding-{code}"), "fix", []).is_some(), "finding-{code}.fix");
        }
        for part in PARTS {
            for check in part.checks() {
                assert!(texts.text(check.code, []).is_some(), "{}", check.code);
            }
            assert!(texts.text(&format!("rehearsal-part-{}", part.as_str()), []).is_some());
        }
        assert!(texts.text("rehearsal-clean-up", []).is_some());
    }
}

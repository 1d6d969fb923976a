//! What a backend can do by itself. What it cannot is the administrator's, and is said with the best substitute.

use crate::broker::Kind;
use crate::keycloak;
use crate::polis::Place;
use crate::project::Backend;
use serde::{Deserialize, Serialize};
use vocabulary::Finding;

/// What a backend can do by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Abilities {
    /// It takes the identity provider's SAML values from here, whatever becomes of the other settings.
    pub takes_identity_provider: bool,
    /// It takes settings from here; else they are typed into its page.
    pub takes_settings: bool,
    /// It issues the TXT records, the service's SAML values and the bearer token to here; else they are copied from its
    /// page.
    pub issues_values: bool,
    /// It tells here whether it has accepted a domain.
    pub tells_domains: bool,
    /// It tells here who has arrived by provisioning.
    pub tells_arrivals: bool,
    /// It tells here what the identity provider asked of it while it provisions.
    pub tells_calls: bool,
    /// It watches a sign-in that is tested, and tells here what arrived.
    pub tests_sign_in: bool,
    /// It switches single sign-on when asked from here.
    pub activates: bool,
}

impl Backend {
    /// What this backend can do by itself.
    pub const fn abilities(&self) -> Abilities {
        let all = match self {
            Self::ThisComputer | Self::AccountService { .. } => true,
            Self::Polis(_) | Self::Keycloak(_) | Self::Portal | Self::HandOver => false,
        };
        Abilities {
            takes_identity_provider: all || self.broker().is_some(),
            takes_settings: all,
            issues_values: all,
            tells_domains: all,
            tells_arrivals: all || self.polis().is_some(),
            tells_calls: all,
            tests_sign_in: all,
            activates: all || self.broker().is_some(),
        }
    }

    /// Whether settings are entered into the service's portal by hand: all, or those that a broker does not hold.
    pub const fn is_by_hand(&self) -> bool {
        matches!(self, Self::Portal | Self::Polis(_) | Self::Keycloak(_))
    }

    /// The place in Polis, when that is the backend.
    pub const fn polis(&self) -> Option<&Place> {
        if let Self::Polis(place) = self { Some(place) } else { None }
    }

    /// The place in Keycloak, when that is the backend.
    pub const fn keycloak(&self) -> Option<&keycloak::Place> {
        if let Self::Keycloak(place) = self { Some(place) } else { None }
    }

    /// Whether the service's support sets it up from a package that is sent.
    pub const fn is_by_support(&self) -> bool {
        matches!(self, Self::HandOver)
    }

    /// Whether an account service can be asked.
    pub const fn has_service(&self) -> bool {
        matches!(self, Self::ThisComputer | Self::AccountService { .. })
    }
}

impl Backend {
    /// What this backend cannot do by itself, each with what stands in for it.
    pub fn limits(&self) -> Vec<Finding> {
        let able = self.abilities();
        let (settings, activation) = match self.broker().map(Kind::codes) {
            Some(codes) => (Finding::info(codes.limit_rest), Finding::info(codes.limit_activation)),
            None => (Finding::info("limit-settings-by-hand"), Finding::info("limit-activation-by-word")),
        };
        let all = [
            (able.takes_settings, settings),
            (able.tells_domains, Finding::info("limit-domains-by-word")),
            (able.tells_arrivals, Finding::info("limit-arrivals-unseen")),
            // Of a broker it says what becomes of a test sign-in, too.
            (able.activates && self.broker().is_none(), activation),
        ];
        all.into_iter().filter(|(able, _)| !able).map(|(_, limit)| limit).collect()
    }
}

//! The sign-in test that is walked by hand: what was seen at each hop, and what the first wrong hop means.

use super::Portal;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId, Timestamp};

/// One place on the way from the service's sign-in page to the identity provider and back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "SignInHop")]
pub enum Hop {
    /// The service's sign-in address, with *Continue with SSO*.
    SignInPage,
    /// The work address is entered, and the browser is sent on.
    Redirect,
    /// The identity provider signs the person in.
    IdentityProvider,
    /// Back at the service, signed in.
    Back,
}

impl Hop {
    /// All, in the order they are met.
    pub const ALL: [Self; 4] = [Self::SignInPage, Self::Redirect, Self::IdentityProvider, Self::Back];

    /// The kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignInPage => "sign-in-page",
            Self::Redirect => "redirect",
            Self::IdentityProvider => "identity-provider",
            Self::Back => "back",
        }
    }
}

/// The outcome of a hop that went as it should.
pub const AS_IT_SHOULD: &str = "as-it-should";

/// What can be seen at a hop: as it should first, then each other thing, with the step whose settings it points at.
pub const fn outcomes(hop: Hop) -> &'static [(&'static str, Option<StepId>)] {
    match hop {
        Hop::SignInPage => &[(AS_IT_SHOULD, None), ("no-sso-button", None)],
        Hop::Redirect => &[
            (AS_IT_SHOULD, None),
            ("address-unknown", Some(StepId::Domains)),
            ("asks-for-password", Some(StepId::Domains)),
            ("wrong-page", Some(StepId::Saml)),
        ],
        Hop::IdentityProvider => &[
            (AS_IT_SHOULD, None),
            ("application-unknown", Some(StepId::Saml)),
            ("reply-url-refused", Some(StepId::Saml)),
            ("not-assigned", Some(StepId::Groups)),
        ],
        Hop::Back => &[
            (AS_IT_SHOULD, None),
            ("response-refused", Some(StepId::Saml)),
            ("not-administrator", Some(StepId::Groups)),
            ("signed-out-again", Some(StepId::Users)),
        ],
    }
}

/// One hop, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct HopView {
    /// Which.
    pub hop: Hop,
    /// What can be said of it; the words are `portal-hop-HOP-OUTCOME`.
    pub outcomes: Vec<String>,
    /// What was said.
    pub seen: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// What it means, when something else was seen than should be.
    pub means: Option<Finding>,
    /// The step whose settings it points at.
    pub step: Option<StepId>,
}

/// The hops in order, up to and with the first that is open or went wrong: what comes after it says nothing.
pub fn hops(portal: &Portal) -> Vec<HopView> {
    let mut shown = Vec::new();
    for hop in Hop::ALL {
        let view = view(portal, hop);
        let goes_on = view.seen.as_deref() == Some(AS_IT_SHOULD);
        shown.push(view);
        if !goes_on {
            break;
        }
    }
    shown
}

/// When the last hop was seen as it should be, with all before it.
pub fn proven_at(portal: &Portal) -> Option<Timestamp> {
    let all = Hop::ALL.map(|hop| portal.hops.get(&hop).filter(|seen| seen.outcome == AS_IT_SHOULD));
    all.iter().all(Option::is_some).then(|| all.iter().flatten().map(|seen| seen.at).max()).flatten()
}

fn view(portal: &Portal, hop: Hop) -> HopView {
    let seen = portal.hops.get(&hop);
    let outcome = seen.and_then(|seen| outcomes(hop).iter().find(|(code, _)| *code == seen.outcome));
    HopView {
        hop,
        outcomes: outcomes(hop).iter().map(|(code, _)| (*code).to_owned()).collect(),
        seen: seen.map(|seen| seen.outcome.clone()),
        at: seen.map(|seen| seen.at),
        means: outcome.and_then(|(code, _)| meaning(code)),
        step: outcome.and_then(|(_, step)| *step),
    }
}

fn meaning(outcome: &str) -> Option<Finding> {
    Some(match outcome {
        "no-sso-button" => Finding::error("hop-no-sso-button"),
        "address-unknown" => Finding::error("hop-address-unknown"),
        "asks-for-password" => Finding::error("hop-asks-for-password"),
        "wrong-page" => Finding::error("hop-wrong-page"),
        "application-unknown" => Finding::error("hop-application-unknown"),
        "reply-url-refused" => Finding::error("hop-reply-url-refused"),
        "not-assigned" => Finding::error("hop-not-assigned"),
        "response-refused" => Finding::error("hop-response-refused"),
        "not-administrator" => Finding::error("hop-not-administrator"),
        "signed-out-again" => Finding::error("hop-signed-out-again"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::SeenAtHop;

    fn portal(seen: &[(Hop, &str)]) -> Portal {
        let at = Timestamp::parse("2026-11-22T14:20:00Z").unwrap();
        let seen = seen.iter().map(|(hop, outcome)| (*hop, SeenAtHop { outcome: (*outcome).to_owned(), at }));
        Portal { hops: seen.collect(), ..Portal::default() }
    }

    #[test]
    fn every_other_outcome_means_something() {
        for hop in Hop::ALL {
            for (code, _) in outcomes(hop) {
                assert_eq!(meaning(code).is_none(), *code == AS_IT_SHOULD, "{code}");
            }
        }
    }

    #[test]
    fn the_first_wrong_hop_is_the_last_one_shown() {
        let seen = portal(&[
            (Hop::SignInPage, AS_IT_SHOULD),
            (Hop::Redirect, "address-unknown"),
            (Hop::Back, AS_IT_SHOULD),
        ]);
        let shown = hops(&seen);
        assert_eq!(shown.len(), 2);
        assert_eq!(shown[1].step, Some(StepId::Domains));
        assert_eq!(shown[1].means.as_ref().unwrap().code, "hop-address-unknown");
        assert_eq!(proven_at(&seen), None);
    }

    #[test]
    fn it_is_proven_when_every_hop_went_as_it_should() {
        let all = Hop::ALL.map(|hop| (hop, AS_IT_SHOULD));
        assert!(proven_at(&portal(&all)).is_some());
        assert!(proven_at(&portal(&all[..3])).is_none());
    }
}

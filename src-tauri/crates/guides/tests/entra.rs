//! Parallels My Account with Microsoft Entra ID: the guide carries every fact, note and confirmation it has to.

use guides::{Carried, Destination, Guide, Inline, Library, Page, PageId, ValueKey};
use std::collections::{BTreeMap, BTreeSet};
use url::Url;
use vocabulary::StepId;

const FACTS: &str = include_str!("../data/facts.csv");

fn guide() -> &'static Guide {
    let library = Library::embedded().unwrap_or_else(|wrong| panic!("{wrong}"));
    library.guide("parallels-my-account", "entra").unwrap_or_else(|| panic!("the guide is missing"))
}

fn fact_ids() -> BTreeSet<&'static str> {
    FACTS.lines().skip(1).filter_map(|line| line.split(',').next()).collect()
}

#[test]
fn every_fact_about_the_service_and_entra_is_covered() {
    let covered: BTreeSet<&str> = guide().all().flat_map(Page::facts).collect();
    let needed = fact_ids().into_iter().filter(|id| id.starts_with(['G', 'E']));
    let missing: Vec<_> = needed.filter(|id| !covered.contains(id)).collect();
    assert!(missing.is_empty(), "no page covers {missing:?}");
}

#[test]
fn a_part_that_covers_a_fact_says_what_the_fact_is_about() {
    let words = [
        ("G4", "password"),
        ("G5", "licence key"),
        ("G14", "one business account"),
        ("G18", "72 hours"),
        ("G21", "letter by letter"),
        ("G30", "asks nothing"),
        ("G35", "Business Edition"),
        ("E2.3", "(Non-gallery)"),
        ("E3.1", "Assigned"),
        ("E3.3", "Object ID"),
        ("E3.5", "Assignment required?"),
        ("E3.6", "Visible to users?"),
        ("E4.2", "Upload metadata file"),
        ("E4.3", "All groups"),
        ("E4.4", "Federation Metadata XML"),
        ("E4.6", "Certificate (Base64)"),
        ("E5.1", "Get started"),
        ("E5.2", "Tenant URL"),
        ("E5.3", "mailNickname"),
        ("E5.4", "Start provisioning"),
    ];
    for (fact, word) in words {
        let page = guide().all().find(|page| page.facts().any(|id| id == fact)).unwrap();
        let text = page.to_text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(word), "{} covers {fact} and does not say {word:?}", page.id);
    }
}

#[test]
fn the_notes_stand_beside_their_steps() {
    let shown: BTreeMap<&str, &str> = guide()
        .steps
        .iter()
        .flat_map(|page| page.notes().into_iter().map(|note| (note.id.as_str(), page.id.as_str())))
        .collect();
    assert_eq!(shown, BTreeMap::from([("N1", "domains"), ("N8", "domains"), ("N9", "saml")]));
    let all_notes = guide().steps.iter().flat_map(|page| page.notes());
    for note in all_notes {
        assert!(
            vocabulary::Timestamp::parse(&format!("{}T00:00:00Z", note.checked)).is_some(),
            "{}",
            note.id
        );
    }
}

#[test]
fn the_confirmations_the_steps_are_made_of_exist() {
    let asked = |step: StepId| -> Vec<(&str, bool)> {
        let page = guide().step(step).unwrap();
        page.confirmations.iter().map(|one| (one.id.as_str(), one.required)).collect()
    };
    assert_eq!(asked(StepId::AppRegistration), [("app-created", true)]);
    assert_eq!(
        asked(StepId::Groups),
        [("groups-assigned", true), ("assignment-required", true), ("hidden-from-users", true)]
    );
    assert_eq!(asked(StepId::Saml), [("sp-values-entered", true), ("group-claim-added", true)]);
    assert_eq!(asked(StepId::Scim), [("external-id-object-id", true), ("provisioning-started", true)]);
    assert_eq!(asked(StepId::Users), [("users-added", true), ("users-later", true)]);
}

#[test]
fn later_is_as_good_as_now_for_adding_people_and_nothing_replaces_the_mapping() {
    let missing = |step: StepId, made: &[&str]| -> Vec<&str> {
        let missing = guide().step(step).unwrap().missing(|id| made.contains(&id));
        missing.into_iter().map(|one| one.id.as_str()).collect()
    };
    assert_eq!(missing(StepId::Users, &[]), ["users-added"]);
    assert!(missing(StepId::Users, &["users-later"]).is_empty());
    assert_eq!(missing(StepId::Scim, &["provisioning-started"]), ["external-id-object-id"]);
}

#[test]
fn the_steps_configured_in_entra_name_the_mark_they_stand_for() {
    let marked: Vec<_> =
        guide().steps.iter().filter(|page| page.mark.is_some()).map(|page| page.id.as_str()).collect();
    assert_eq!(marked, ["app-registration", "saml", "scim", "users"]);
}

#[test]
fn every_step_and_every_page_is_there_in_order() {
    let steps: Vec<_> = guide().steps.iter().map(|page| page.id.as_str()).collect();
    assert_eq!(steps, StepId::ALL.map(StepId::as_str));
    let pages: Vec<_> = guide().pages().iter().map(|page| page.id.as_str()).collect();
    assert_eq!(
        pages,
        ["before-you-start", "stage-1", "what-you-need", "test-sign-in", "test-desktop", "stage-3"]
    );
    for id in PageId::ALL {
        assert_eq!(guide().page(id).is_some(), pages.contains(&id.as_str()));
    }
}

#[test]
fn values_flow_both_ways_and_the_token_is_secret() {
    let flows = |step: StepId, to: Destination| -> Vec<(ValueKey, &str, bool)> {
        let carries = guide().step(step).unwrap().carries().filter(move |carry| carry.to == to);
        carries
            .filter_map(|carry| match carry.value {
                Carried::Key { key } => Some((key, carry.label_to.as_str(), carry.secret)),
                Carried::Literal { .. } => None,
            })
            .collect()
    };
    assert_eq!(
        flows(StepId::Scim, Destination::IdentityProvider),
        [(ValueKey::ScimBaseUrl, "Tenant URL", false), (ValueKey::ScimBearerToken, "Secret Token", true)]
    );
    let back = flows(StepId::Saml, Destination::Service);
    assert!(back.contains(&(ValueKey::IdpSsoUrl, "Identity Provider SSO URL", false)), "{back:?}");
    assert!(back.contains(&(ValueKey::IdpEntityId, "Identity Provider Entity ID", false)), "{back:?}");
    assert!(back.contains(&(ValueKey::IdpCertificate, "Public Certificate", false)), "{back:?}");
}

#[test]
fn every_link_leads_to_a_host_that_is_known() {
    let known = ["entra.microsoft.com", "portal.azure.com", "my.parallels.com", "parallels.com"];
    let links = guide()
        .all()
        .flat_map(|page| &page.parts)
        .filter_map(|part| part.portal.as_ref()?.address(Some("contoso.com")));
    let links: Vec<String> = links.chain(inlines().filter_map(link)).collect();
    assert!(links.len() > 10, "{links:?}");
    for link in links {
        let url = Url::parse(&link).unwrap();
        assert!(url.scheme() == "https" && known.contains(&url.host_str().unwrap()), "{link}");
        assert!(!link.contains(['{', '}']), "{link}");
    }
}

fn inlines() -> impl Iterator<Item = &'static Inline> {
    let parts = guide().all().flat_map(|page| &page.parts);
    parts.flat_map(|part| {
        part.actions
            .iter()
            .flat_map(|action| &action.text)
            .chain(part.check.iter().flatten())
            .chain(part.result.iter().flatten())
    })
}

fn link(piece: &Inline) -> Option<String> {
    match piece {
        Inline::Link { url, .. } => Some(url.clone()),
        _ => None,
    }
}

#[test]
fn the_text_keeps_addresses_whole() {
    let text = guide().to_text();
    assert!(text.contains("https://my.parallels.com/profile/business/users?role=All&status=All"));
    let stage = guide().page(PageId::StageThree).unwrap().to_text();
    let stage = stage.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        stage.contains("Your message: https://parallels.com/directdownload/pd?experience=sso"),
        "{stage}"
    );
    let scim = guide().step(StepId::Scim).unwrap().to_text();
    assert!(
        scim.contains("SCIM Base URL -> Tenant URL") && scim.contains("[ ] externalId is mapped to objectId"),
        "{scim}"
    );
    assert!(!scim.contains("Federation"), "a step's text is that step only");
}

#[test]
fn json_reads_back_as_the_same_guide() {
    let json = serde_json::to_string(guide()).unwrap();
    assert_eq!(&serde_json::from_str::<Guide>(&json).unwrap(), guide());
}

#[test]
fn the_service_says_what_it_reads_from_entra() {
    let library = Library::embedded().unwrap();
    let service = library.service("parallels-my-account").unwrap();
    assert_eq!(service.label(ValueKey::AcsUrl), Some("Assertion Consumer Service URL"));
    assert!(service.claims_from("entra").iter().any(|claim| !claim.sent_by_default));
    assert!(service.claims_from("nobody").is_empty());
}

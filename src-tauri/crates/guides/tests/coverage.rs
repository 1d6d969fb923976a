//! All guides together: every fact and every note is carried, in one calm tone.

use guides::{Guide, Inline, Library, Page, plain};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const FACTS: &str = include_str!("../data/facts.csv");

fn library() -> &'static Library {
    Library::embedded().unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn parallels() -> impl Iterator<Item = &'static Guide> {
    library().guides().iter().filter(|guide| guide.service.id == "parallels-my-account")
}

fn name(guide: &Guide) -> String {
    format!("{} {}", guide.service.id, guide.identity_provider.id)
}

fn facts(prefixes: &[char]) -> BTreeSet<&'static str> {
    let ids = FACTS.lines().skip(1).filter_map(|line| line.split(',').next());
    ids.filter(|id| id.starts_with(prefixes)).collect()
}

fn missing(needed: &BTreeSet<&'static str>, guide: &Guide) -> Vec<&'static str> {
    let covered: BTreeSet<&str> = guide.all().flat_map(Page::facts).collect();
    needed.iter().filter(|id| !covered.contains(**id)).copied().collect()
}

#[test]
fn every_guide_of_the_portal_carries_what_is_common_to_all() {
    let common = facts(&['G']);
    assert_eq!(common.len(), 37);
    for guide in parallels() {
        let missing = missing(&common, guide);
        assert!(missing.is_empty(), "{} covers nowhere: {missing:?}", name(guide));
    }
}

#[test]
fn every_vendor_guide_is_carried_whole() {
    for (service, provider, prefix) in [
        ("parallels-my-account", "entra", 'E'),
        ("parallels-my-account", "okta", 'O'),
        ("parallels-my-account", "pingone", 'P'),
        ("pymetrics", "entra", 'Y'),
    ] {
        let own = facts(&[prefix]);
        assert!(own.len() > 10, "the list of facts is cut short");
        let guide = library().guide(service, provider).unwrap();
        let missing = missing(&own, guide);
        assert!(missing.is_empty(), "{} covers nowhere: {missing:?}", name(guide));
    }
}

#[test]
fn every_note_stands_beside_its_step_and_has_a_day() {
    let shown: BTreeSet<String> = library()
        .guides()
        .iter()
        .flat_map(Guide::all)
        .flat_map(|page| page.notes().into_iter().map(|note| note.id.clone()))
        .collect();
    let missing: Vec<String> =
        (1..=11).map(|number| format!("N{number}")).filter(|id| !shown.contains(id)).collect();
    assert!(missing.is_empty(), "shown nowhere: {missing:?}");
    for note in library().guides().iter().flat_map(Guide::all).flat_map(Page::notes) {
        let day = format!("{}T00:00:00Z", note.checked);
        assert!(vocabulary::Timestamp::parse(&day).is_some(), "{}", note.id);
    }
}

/// An administrator who has never seen the portal has to know when a part is done.
#[test]
fn every_place_in_a_portal_says_what_is_there_to_see_afterwards() {
    for guide in library().guides() {
        for page in guide.all() {
            let silent = page.parts.iter().filter(|part| part.portal.is_some() && part.result.is_none());
            let silent: Vec<_> = silent.map(|part| part.id.as_str()).collect();
            assert!(silent.is_empty(), "{} {} does not say what {silent:?} looks like", name(guide), page.id);
        }
    }
}

/// What is done in an identity provider's portal has its way there, wherever the portal is known.
#[test]
fn every_step_of_a_known_portal_names_the_way_to_it() {
    let steps = ["app-registration", "groups", "saml", "users"];
    for guide in library().guides().iter().filter(|guide| guide.identity_provider.id != "saml") {
        for page in guide.steps.iter().filter(|page| steps.contains(&page.id.as_str())) {
            let known = page.parts.iter().any(|part| part.portal.is_some());
            assert!(known, "{} {} names no place", name(guide), page.id);
        }
    }
}

#[test]
fn a_note_about_one_identity_provider_is_not_shown_with_another() {
    let with = |id: &str| -> Vec<&str> {
        parallels()
            .filter(|guide| shows(guide, id))
            .map(|guide| guide.identity_provider.id.as_str())
            .collect()
    };
    assert_eq!(with("N4"), ["pingone"]);
    assert_eq!(with("N5").len(), parallels().count());
}

fn shows(guide: &Guide, note: &str) -> bool {
    guide.all().flat_map(Page::notes).any(|shown| shown.id == note)
}

#[test]
fn the_claims_a_service_reads_stand_in_the_guide_to_the_letter() {
    for guide in library().guides() {
        let tables = guide.all().flat_map(|page| &page.parts).filter_map(|part| part.table.as_ref());
        let tables: Vec<_> = tables.filter(|table| table.exact).collect();
        let claims = guide.service.claims_from(&guide.identity_provider.id);
        for claim in claims.iter().filter(|claim| !claim.sent_by_default && !tables.is_empty()) {
            let rows = tables.iter().flat_map(|table| &table.rows);
            let row = rows.into_iter().find(|row| row[0] == [Inline::Value { text: claim.name.clone() }]);
            let row = row.unwrap_or_else(|| panic!("{} has no line for {}", name(guide), claim.name));
            let sources: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
            assert!(sources.contains(&claim.source), "{} in {}: {sources:?}", claim.name, name(guide));
        }
    }
}

#[test]
fn the_full_name_is_spelled_as_each_identity_provider_wants_it() {
    let spelled = |provider: &str| -> String {
        let service = library().service("parallels-my-account").unwrap();
        let mut claims = service.claims_from(provider).iter();
        claims.find(|claim| claim.name.eq_ignore_ascii_case("displayname")).unwrap().name.clone()
    };
    assert_eq!((spelled("okta").as_str(), spelled("pingone").as_str()), ("displayName", "displayname"));
}

#[test]
fn every_identity_provider_with_a_guide_can_be_chosen() {
    let choices = library().choices("parallels-my-account");
    let guided: Vec<_> = choices.iter().filter(|choice| choice.has_guide).collect();
    assert_eq!(guided.len(), parallels().count());
    for choice in guided {
        let provider = &choice.identity_provider;
        assert!(!provider.group_id.label.is_empty() && !provider.group_id.hint.is_empty(), "{}", provider.id);
    }
}

#[test]
fn the_tone_is_calm() {
    for guide in library().guides() {
        let text = guide.to_text();
        for word in ["!", "successfully", "Please", "please", "simply", "just ", "click"] {
            assert!(!text.contains(word), "{} says {word:?}", name(guide));
        }
        for action in guide.all().flat_map(|page| &page.parts).flat_map(|part| &part.actions) {
            let sentence = plain(&action.text);
            assert!(sentence.ends_with('.'), "{sentence:?} is not a sentence");
        }
    }
}

#[test]
fn the_text_fits_a_terminal() {
    for guide in library().guides() {
        let text = guide.to_text();
        let is_long = |line: &&str| line.chars().count() > 80 && line.split_whitespace().count() > 1;
        let long: Vec<_> = text.lines().filter(is_long).filter(|line| !is_value(line)).collect();
        assert!(long.is_empty(), "{}: {long:#?}", name(guide));
    }
}

/// A value longer than the line stays whole after its bullet.
fn is_value(line: &str) -> bool {
    line.split_whitespace().any(|word| word.chars().count() > 60)
}

#[test]
fn the_stops_of_a_test_tell_a_cause_and_a_place() {
    for guide in parallels() {
        let hops: Vec<_> = guide.all().flat_map(|page| &page.hops).collect();
        assert!(hops.len() >= 7, "{} has {} stops", name(guide), hops.len());
        let wrong = hops.iter().flat_map(|hop| &hop.wrong);
        for step in wrong.filter_map(|wrong| wrong.step) {
            assert!(guide.step(step).is_some(), "{} has no step {step}", name(guide));
        }
    }
}

#[test]
fn pymetrics_has_its_own_steps_and_addresses_from_one_name() {
    use guides::{CustomerName, Delivery, ValueKey};
    use vocabulary::StepId;
    let guide = library().guide("pymetrics", "entra").unwrap();
    let service = &guide.service;
    assert_eq!(service.steps, [StepId::AppRegistration, StepId::Saml, StepId::Users]);
    assert_eq!(service.delivery, Delivery::HandOver);
    assert!(service.not_needed.iter().any(|one| one.reason.contains("just-in-time")));
    let name = CustomerName::parse("fabrikam").unwrap();
    let values = service.by_customer.as_ref().unwrap().values(&name, false);
    let made: Vec<_> = values.iter().map(|value| (value.key, value.value.as_str(), value.real)).collect();
    let root = "https://www.pymetrics.com/saml2-sp/fabrikam/fabrikam";
    let expected = [
        (ValueKey::SpEntityId, format!("{root}/metadata/")),
        (ValueKey::AcsUrl, format!("{root}/?acs")),
        (ValueKey::SsoLoginUrl, format!("{root}/?sso")),
    ];
    assert!(
        made.iter().copied().eq(expected.iter().map(|(key, value)| (*key, value.as_str(), false))),
        "{made:?}"
    );
    let hand_over = service.hand_over.as_ref().unwrap();
    assert!(hand_over.files.iter().any(|file| file.key == ValueKey::IdpMetadataFile));
    assert!(hand_over.values.iter().all(|key| service.label(*key).is_some()), "a value has no label");
}

#[test]
fn the_picture_of_the_transit_group_is_a_table_too() {
    let okta = library().guide("parallels-my-account", "okta").unwrap();
    let flow = okta.all().flat_map(|page| &page.parts).find_map(|part| part.flow.as_ref()).unwrap();
    let way = |from: &str, to: &str| flow.edges.iter().any(|edge| edge.from == from && edge.to == to);
    assert!(way("admins", "rule") && way("users", "rule") && way("rule", "transit") && way("transit", "app"));
    let text = okta.step(vocabulary::StepId::Groups).unwrap().to_text();
    assert!(text.contains("Group rule (active) -> Transit group (filled by the rule): adds them"), "{text}");
}

/// What stands in the guide that every other is told from as well is left out: only its id is written.
fn beside(whole: &Value, guide: &Value) -> Value {
    let pages = |key: &str| -> Vec<Value> {
        let known = whole[key].as_array().expect("a list");
        let page = |page: &Value| if known.contains(page) { page["id"].clone() } else { page.clone() };
        guide[key].as_array().expect("a list").iter().map(page).collect()
    };
    let same = whole["service"] == guide["service"];
    let service = if same { guide["service"]["id"].clone() } else { guide["service"].clone() };
    let identity_provider = &guide["identity_provider"];
    json!({ "service": service, "identity_provider": identity_provider, "steps": pages("steps"), "pages": pages("pages") })
}

#[test]
fn the_window_is_tried_with_every_guide_as_it_is() {
    let folder = format!("{}/../../../ui/src/host/fake", env!("CARGO_MANIFEST_DIR"));
    let value = |guide: &Guide| serde_json::to_value(guide).unwrap();
    let whole = value(library().guide("parallels-my-account", "entra").unwrap());
    let mut names = Vec::new();
    for guide in library().guides() {
        let (service, provider) = (guide.service.id.as_str(), guide.identity_provider.id.as_str());
        let (file, shown) = match (service, provider) {
            ("parallels-my-account", "entra") => ("guide.json".to_owned(), whole.clone()),
            ("parallels-my-account", _) => (format!("guide-{provider}.json"), beside(&whole, &value(guide))),
            _ => (format!("guide-{service}.json"), value(guide)),
        };
        let path = format!("{folder}/{file}");
        let wanted = serde_json::to_string_pretty(&shown).unwrap() + "\n";
        if std::env::var_os("UPDATE_FAKES").is_some() {
            std::fs::write(&path, &wanted).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == wanted, "{file} is out of date: UPDATE_FAKES=1 cargo test -p guides writes it anew");
        names.push(file.replace(".json", ""));
    }
    let read = std::fs::read_to_string(format!("{folder}/guide.ts")).unwrap();
    let unread: Vec<_> = names.iter().filter(|name| !read.contains(&format!("\"./{name}.json\""))).collect();
    assert!(unread.is_empty(), "the made-up program does not read {unread:?}");
}

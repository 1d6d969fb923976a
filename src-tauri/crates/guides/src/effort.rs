use crate::library::Guide;
use crate::page::{Action, Destination, Page, Part};
use crate::value_key::ValueKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use vocabulary::StepId;

/// What the steps of a guide ask of the administrator on one of its ways. `docs/write-a-guide.md` says in words what is
/// counted; the vendors' own guides are counted by the same rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Effort {
    /// The [`Way`](crate::Way) that was taken; `None` where the guide has one way only.
    pub way: Option<String>,
    /// Instructions to follow in the identity provider's portal; `None` when the guide names no place in any.
    pub actions: Option<u32>,
    /// Values that one side has made up for this customer and that are carried by hand into a form of the other: each
    /// once for every side it goes to.
    pub values: u32,
}

impl Guide {
    /// Counted from the steps, for every way; the recommended one comes first.
    pub fn efforts(&self) -> Vec<Effort> {
        let mut ways: Vec<&crate::Way> = Vec::new();
        for way in self.steps.iter().flat_map(|page| &page.ways) {
            if !ways.iter().any(|known| known.id == way.id) {
                ways.push(way);
            }
        }
        ways.sort_by_key(|way| !way.recommended);
        if ways.is_empty() {
            return vec![self.effort(None)];
        }
        ways.iter().map(|way| self.effort(Some(&way.id))).collect()
    }

    fn effort(&self, way: Option<&str>) -> Effort {
        let values: BTreeSet<_> = self.steps.iter().flat_map(|page| values(page, way)).collect();
        let in_portal = self.steps.iter().filter(|page| page.id != StepId::Domains.as_str());
        let in_portal = in_portal.flat_map(|page| taken(page, way)).filter(|part| self.is_in_provider(part));
        let actions: Vec<usize> = in_portal.map(|part| needed(part).count()).collect();
        Effort {
            way: way.map(str::to_owned),
            actions: (!actions.is_empty()).then(|| count(actions.iter().sum())),
            values: count(values.len()),
        }
    }

    /// Steps are made in the identity provider's portals and in the service's own.
    fn is_in_provider(&self, part: &Part) -> bool {
        part.portal.as_ref().is_some_and(|place| place.name != self.service.short_name)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The values of a page that are carried by hand, and whether towards the service.
fn values(page: &Page, way: Option<&str>) -> BTreeSet<(ValueKey, bool)> {
    let carries = taken(page, way).flat_map(needed).flat_map(|action| &action.values);
    let carried: Vec<(ValueKey, bool)> = carries
        .filter(|carry| !matches!(carry.to, Destination::Browser | Destination::EndUsers))
        .filter_map(|carry| Some((carry.value.key()?, carry.to == Destination::Service)))
        .collect();
    let by_file = |key: ValueKey, to_service: bool| {
        carried.iter().any(|(file, to)| *to == to_service && file.holds().contains(&key))
    };
    let by_hand = |(key, to_service): &&(ValueKey, bool)| key.is_issued() && !by_file(*key, *to_service);
    carried.iter().filter(by_hand).copied().collect()
}

/// What has to be done: no vendor's guide has the rest, and no sign-in needs it.
fn needed(part: &Part) -> impl Iterator<Item = &Action> {
    part.actions.iter().filter(|action| !action.is_optional())
}

/// The parts of a page that are done on a way; where the page has no such way, on the one it recommends.
fn taken<'a>(page: &'a Page, way: Option<&str>) -> impl Iterator<Item = &'a Part> {
    let named = page.ways.iter().find(|known| Some(known.id.as_str()) == way);
    let chosen = named.or_else(|| page.ways.iter().find(|way| way.recommended)).or(page.ways.first());
    page.parts.iter().filter(move |part| match (&part.way, chosen) {
        (Some(own), Some(way)) => *own == way.id,
        _ => true,
    })
}

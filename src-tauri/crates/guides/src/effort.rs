use crate::library::Guide;
use crate::page::{Destination, Page};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the steps of a guide ask of the administrator in the identity provider's portal, on the ways that are
/// recommended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Effort {
    /// Instructions to follow there.
    pub actions: u32,
    /// Values to copy from one window to another by hand: each once for every side it goes to, files left out.
    pub values: u32,
}

impl Guide {
    /// Counted from the steps.
    pub fn effort(&self) -> Effort {
        let portal = &self.identity_provider.short_name;
        let actions = self.steps.iter().map(|page| actions(page, portal)).sum::<usize>();
        let values: BTreeSet<_> = self.steps.iter().flat_map(values).collect();
        Effort { actions: count(actions), values: count(values.len()) }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn actions(page: &Page, portal: &str) -> usize {
    let is_there = |part: &&crate::Part| part.portal.as_ref().is_some_and(|place| place.name == portal);
    recommended(page).filter(is_there).map(|part| part.actions.len()).sum()
}

/// A value is copied once for each side; typing it again into a search box is not counted.
fn values(page: &Page) -> impl Iterator<Item = (crate::ValueKey, bool)> {
    let carries = recommended(page).flat_map(|part| &part.actions).flat_map(|action| &action.values);
    let sides = [Destination::IdentityProvider, Destination::Service];
    carries.filter(move |carry| sides.contains(&carry.to)).filter_map(|carry| {
        let key = carry.value.key().filter(|key| !key.is_file())?;
        Some((key, carry.to == Destination::Service))
    })
}

fn recommended(page: &Page) -> impl Iterator<Item = &crate::Part> {
    let way = page.ways.iter().find(|way| way.recommended).or_else(|| page.ways.first());
    page.parts.iter().filter(move |part| match (&part.way, way) {
        (Some(own), Some(way)) => *own == way.id,
        _ => true,
    })
}

//! A sign-in that is walked by hand, as a page of the guide describes it: what was seen at each hop, kept with the
//! project, and which is the first wrong one. What it means, and what to do, stands in the guide.

use crate::error::Failure;
use crate::project::{Project, invalid};
use guides::{Guide, Hop, Page, PageId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::Timestamp;

/// The outcome of a hop that went as it should.
pub const AS_IT_SHOULD: &str = "as-it-should";

/// What was said of the hops of one page, by the hop's id.
pub type Walk = BTreeMap<String, SeenAtHop>;

/// The walks of a project, by the guide's page.
pub type Walks = BTreeMap<String, Walk>;

/// What was seen at one hop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SeenAtHop {
    /// [`AS_IT_SHOULD`], or the id of one of the hop's wrong observations.
    pub outcome: String,
    /// When it was said.
    pub at: Timestamp,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "WalkEdit")]
pub struct Edit {
    /// The guide's page.
    pub page: String,
    /// One of its hops.
    pub hop: String,
    /// What was seen; nothing takes it back, with all that came after it.
    pub outcome: Option<String>,
}

/// How far the walk of one page is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct WalkView {
    /// The guide's page.
    pub page: String,
    /// The hops in order, up to and with the first that is open or went wrong: what comes after it says nothing.
    pub hops: Vec<HopView>,
    /// When the last hop was seen as it should be, with all before it.
    pub proven_at: Option<Timestamp>,
}

/// One hop of a walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct HopView {
    /// The hop's id in the guide.
    pub hop: String,
    /// What was said of it.
    pub seen: Option<SeenAtHop>,
}

/// Changes the project.
///
/// # Errors
/// [`InvalidInput`](crate::FailureCode::InvalidInput) for a page, a hop or an outcome that the guide does not have.
pub fn apply(project: &mut Project, guide: &Guide, edit: Edit, now: Timestamp) -> Result<(), Failure> {
    let page = pages(guide).find(|page| page.id == edit.page);
    let page = page.ok_or_else(|| invalid("page", "has no hops"))?;
    let place = page.hops.iter().position(|hop| hop.id == edit.hop);
    let place = place.ok_or_else(|| invalid("hop", "is none of the page's"))?;
    let mut walk = walk_of(project, page).clone();
    let goes_on = edit.outcome.as_deref() == Some(AS_IT_SHOULD);
    for later in page.hops.iter().skip(place).filter(|_| !goes_on) {
        walk.remove(&later.id);
    }
    if let Some(outcome) = edit.outcome {
        let hop = page.hops.get(place).filter(|hop| is_outcome(hop, &outcome));
        let hop = hop.ok_or_else(|| invalid("outcome", "is none of the hop's"))?;
        walk.insert(hop.id.clone(), SeenAtHop { outcome, at: now });
    }
    if page.id == PageId::TestSignIn.as_str() {
        project.portal.hops.clear();
    }
    project.walks.insert(page.id.clone(), walk);
    if goes_on && view(project, page).proven_at.is_some() {
        project.note(now, "sign-in-seen", &[]);
    }
    Ok(())
}

/// Every page of the guide that is walked.
pub fn views(project: &Project, guide: &Guide) -> Vec<WalkView> {
    pages(guide).map(|page| view(project, page)).collect()
}

/// Takes all of them out of a project.
pub(crate) fn take(project: &mut Project) -> Walks {
    let mut walks = std::mem::take(&mut project.walks);
    let before = std::mem::take(&mut project.portal.hops);
    if !before.is_empty() {
        walks.entry(PageId::TestSignIn.as_str().to_owned()).or_insert(before);
    }
    walks
}

fn pages(guide: &Guide) -> impl Iterator<Item = &Page> {
    guide.pages.iter().filter(|page| !page.hops.is_empty())
}

/// The sign-in of a project that was saved before there were walks stands with the portal's values.
fn walk_of<'a>(project: &'a Project, page: &Page) -> &'a Walk {
    static NOTHING: Walk = Walk::new();
    let before = (page.id == PageId::TestSignIn.as_str()).then_some(&project.portal.hops);
    project.walks.get(&page.id).or(before).unwrap_or(&NOTHING)
}

fn is_outcome(hop: &Hop, outcome: &str) -> bool {
    outcome == AS_IT_SHOULD || hop.wrong.iter().any(|wrong| wrong.id == outcome)
}

fn view(project: &Project, page: &Page) -> WalkView {
    let walk = walk_of(project, page);
    let mut hops = Vec::new();
    let mut proven_at = None;
    for hop in &page.hops {
        let seen = walk.get(&hop.id).filter(|seen| is_outcome(hop, &seen.outcome)).cloned();
        let right = seen.as_ref().filter(|seen| seen.outcome == AS_IT_SHOULD).map(|seen| seen.at);
        hops.push(HopView { hop: hop.id.clone(), seen });
        let Some(at) = right else { return WalkView { page: page.id.clone(), hops, proven_at: None } };
        proven_at = proven_at.max(Some(at));
    }
    WalkView { page: page.id.clone(), hops, proven_at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Backend, NewProject};
    use guides::Library;

    const AT: &str = "2026-11-22T14:20:00Z";

    fn now() -> Timestamp {
        Timestamp::parse(AT).unwrap()
    }

    fn project() -> Project {
        let asked = NewProject {
            organization: "Contoso".into(),
            admin_email: "jonas@contoso.test".into(),
            service: "parallels-my-account".into(),
            idp: "okta".into(),
            backend: Backend::ThisComputer,
        };
        asked.begin("p".into(), now()).unwrap()
    }

    fn say(project: &mut Project, hop: &str, outcome: &str) -> WalkView {
        let library = Library::embedded().unwrap();
        let guide = library.guide("parallels-my-account", "okta").unwrap();
        let edit = Edit { page: "test-sign-in".into(), hop: hop.into(), outcome: Some(outcome.into()) };
        apply(project, guide, edit, now()).unwrap();
        views(project, guide).swap_remove(0)
    }

    #[test]
    fn what_comes_after_the_first_wrong_hop_is_forgotten() {
        let mut project = project();
        for hop in ["sign-in-page", "redirect", "identity-provider"] {
            assert_eq!(say(&mut project, hop, AS_IT_SHOULD).proven_at, None);
        }
        assert_eq!(say(&mut project, "back", AS_IT_SHOULD).proven_at, Some(now()));
        let seen = say(&mut project, "redirect", "address-unknown");
        assert_eq!((seen.hops.len(), seen.proven_at), (2, None));
        assert_eq!(project.walks["test-sign-in"].len(), 2);
    }

    #[test]
    fn a_sign_in_that_was_kept_with_the_portal_goes_on() {
        let mut saved = serde_json::to_value(project()).unwrap();
        saved.as_object_mut().unwrap().remove("walks");
        saved["portal"]["hops"] = serde_json::json!({
            "sign-in-page": { "outcome": AS_IT_SHOULD, "at": AT },
            "redirect": { "outcome": "address-unknown", "at": AT },
        });
        let mut project: Project = serde_json::from_value(saved).unwrap();
        let seen = say(&mut project, "redirect", AS_IT_SHOULD);
        assert_eq!(seen.hops.len(), 3);
        assert!(seen.hops[0].seen.is_some() && project.portal.hops.is_empty());
    }
}

//! Stage III: whether the download can be handed out, and the page that its users get.

use crate::paper::{Block, Document, Section, Words};
use crate::project::Project;
use crate::steps::{StepState, StepView};
use crate::view;
use guides::{Destination, Guide, PageId, Segment};
use serde::{Deserialize, Serialize};
use vocabulary::{StepId, Timestamp};

/// Something that should be true before the download is handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Prerequisite {
    /// Which; the words are `rollout-ID`.
    pub id: Need,
    /// Whether it is.
    pub met: bool,
    /// Whether a user cannot activate without it.
    pub required: bool,
    /// The step that makes it true; `None` when it is done on the overview or on a page of the guide.
    pub step: Option<StepId>,
}

/// What should be true before the download is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "RolloutNeed")]
pub enum Need {
    /// The identity provider's values are at the service.
    Saml,
    /// The integration is active.
    Active,
    /// An administrator has walked through the sign-in.
    SignInTested,
    /// Somebody is in the users' group.
    Users,
    /// Whoever leaves loses the licence by itself.
    Scim,
}

/// What is true of the project; empty for a service without a download.
pub fn prerequisites(
    project: &Project,
    guide: &Guide,
    steps: &[StepView],
    walked_at: Option<Timestamp>,
) -> Vec<Prerequisite> {
    if guide.page(PageId::StageThree).is_none() {
        return Vec::new();
    }
    let step = |id: StepId| steps.iter().find(|view| view.step == id);
    let settled = |id: StepId| step(id).is_some_and(|view| view.state.is_settled());
    let has_step = |id: StepId| step(id).map(|view| view.step);
    let active = project.integration().is_some_and(|known| known.status == account_api::Status::Active);
    let arrived = project.known.as_ref().is_some_and(|known| known.arrivals.user_count > 0);
    let added = project.confirmed.contains_key("users-added");
    let scim = step(StepId::Scim).is_some_and(|view| matches!(view.state, StepState::Done { .. }));
    let need = |id, met, required, step| Prerequisite { id, met, required, step };
    vec![
        need(Need::Saml, settled(StepId::Saml), true, has_step(StepId::Saml)),
        need(Need::Active, active, true, None),
        need(Need::Users, arrived || added, true, has_step(StepId::Users)),
        need(Need::SignInTested, walked_at.is_some(), false, None),
        need(Need::Scim, scim, false, has_step(StepId::Scim)),
    ]
}

/// The page that users get: the guide's text to send, with the link to copy and as QR code.
pub fn user_page(project: &Project, guide: &Guide) -> Option<Document> {
    let page = guide.page(PageId::StageThree)?;
    let message = page.parts.iter().find_map(|part| part.message.as_ref())?;
    let lines = message.lines.iter().map(|line| match line {
        Segment::Label { text } => text.clone(),
        Segment::Value { key } => view::value(*key, project, guide).unwrap_or_default(),
    });
    let link = page.carries().find(|carry| carry.to == Destination::EndUsers)?;
    let link = view::value(link.value.key()?, project, guide)?;
    Some(Document {
        title: Words::data(&message.subject),
        lead: lines.filter(|line| !line.is_empty()).map(Words::data).collect(),
        sections: vec![Section {
            title: Words::said("rollout-code"),
            blocks: vec![Block::Code { text: link }],
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Backend, NewProject};
    use crate::steps::{Context, views};
    use guides::Library;

    fn project(idp: &str) -> Project {
        let asked = NewProject {
            organization: "Contoso".into(),
            admin_email: "jonas@contoso.test".into(),
            service: "parallels-my-account".into(),
            idp: idp.into(),
            backend: Backend::ThisComputer,
        };
        asked.begin("p".into(), now()).unwrap()
    }

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-22T14:20:00Z").unwrap()
    }

    fn guide(idp: &str) -> &'static Guide {
        Library::embedded().unwrap().guide("parallels-my-account", idp).unwrap()
    }

    fn met(project: &Project, walked_at: Option<Timestamp>) -> Vec<Need> {
        let guide = guide("okta");
        let steps = views(&Context { project, guide, now: now() });
        let all = prerequisites(project, guide, &steps, walked_at);
        assert_eq!(all.len(), 5);
        all.into_iter().filter(|one| one.met).map(|one| one.id).collect()
    }

    #[test]
    fn only_what_was_done_counts() {
        let mut project = project("okta");
        assert_eq!(met(&project, None), []);
        project.confirmed.insert("users-later".into(), now());
        assert_eq!(met(&project, None), []);
        project.confirmed.insert("users-added".into(), now());
        assert_eq!(met(&project, Some(now())), [Need::Users, Need::SignInTested]);
    }

    #[test]
    fn without_scim_nothing_is_taken_back_by_itself() {
        let mut project = project("okta");
        project.scim.enabled = false;
        assert!(!met(&project, None).contains(&Need::Scim));
    }

    #[test]
    fn the_page_has_the_link_and_the_way_round() {
        for idp in ["entra", "okta", "pingone"] {
            let page = serde_json::to_string(&user_page(&project(idp), guide(idp)).unwrap()).unwrap();
            assert_eq!(page.matches("https://parallels.com/directdownload/pd?experience=sso").count(), 2);
            assert!(page.contains("Continue with SSO") && page.contains("company password"), "{page}");
        }
    }
}

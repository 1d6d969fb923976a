use super::{MetadataFrom, Wizard};
use crate::error::{Failure, FailureCode};
use crate::portal::{Edit, apply, shape, take_sp_metadata};
use crate::project::Project;
use crate::view::ProjectView;
use vocabulary::Severity;

impl Wizard {
    /// Changes what was taken from the service's portal, or what was ticked as standing there.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) for what the project does not have, or why it could not be saved.
    pub fn edit_portal(&self, id: &str, edit: Edit) -> Result<ProjectView, Failure> {
        let (project, ()) = self.update(id, |project, now| apply(project, edit, now))?;
        self.view(project)
    }

    /// Reads the service's own metadata, as its portal gives it out. Whatever is wrong with it stands in the step's
    /// findings, and what was read before stays.
    ///
    /// # Errors
    /// Why the project could not be saved.
    pub fn read_sp_metadata(
        &self,
        id: &str,
        bytes: &[u8],
        from: &MetadataFrom,
    ) -> Result<ProjectView, Failure> {
        let inspection = saml::inspect(bytes, from.limit(), self.now());
        self.edit(id, |project, now| take_sp_metadata(project, &inspection, from.way(), bytes, now))
    }

    /// The administrator has switched single sign-on in the portal.
    pub(super) fn switched_in_portal(&self, id: &str, on: bool) -> Result<ProjectView, Failure> {
        self.edit(id, |project, now| {
            project.portal.activated_at = on.then_some(now);
            if on {
                project.note(now, "activated-in-portal", &[]);
            } else {
                project.portal.hops.clear();
                project.walks.clear();
                project.note(now, "deactivated-in-portal", &[]);
            }
        })
    }
}

/// The portal's own document if there is one, else one that says the same; never one with a value that cannot be right.
pub(super) fn sp_metadata(project: &Project) -> Result<String, Failure> {
    let side = &project.portal.service_provider;
    if let Some(document) = &side.metadata {
        return Ok(document.clone());
    }
    let (entity_id, acs_url, slo_url) = (side.entity_id.trim(), side.acs_url.trim(), side.slo_url.trim());
    if entity_id.is_empty() || acs_url.is_empty() {
        return Err(Failure::new(FailureCode::NothingToSend, "the service's values were not taken yet"));
    }
    let found =
        [shape::judge_entity_id(entity_id), shape::judge_acs_url(acs_url), shape::judge_slo_url(slo_url)];
    if found.iter().flatten().any(|finding| finding.severity == Severity::Error) {
        return Err(Failure::new(FailureCode::ErrorsOpen, "a value of the service cannot be right"));
    }
    Ok(saml::write_sp_metadata(&saml::SpMetadata {
        entity_id: entity_id.to_owned(),
        acs_url: acs_url.to_owned(),
        slo_url: Some(slo_url.to_owned()).filter(|url| !url.is_empty()),
        organization: None,
        name_id_format: saml::NAME_ID_EMAIL_ADDRESS.to_owned(),
        certificates: Vec::new(),
        signs_requests: false,
        contact: None,
    }))
}

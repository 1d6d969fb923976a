use super::{Wizard, unpoisoned};
use crate::error::{Failure, FailureCode};
use crate::portal::handed_on;
use crate::project::Project;
use crate::push::changes;
use crate::rollover;
use crate::steps::saml::{self as step, Way};
use crate::view::ProjectView;
use std::sync::Arc;
use vocabulary::{Finding, StepId};

/// Where metadata came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataFrom {
    /// A file of this name.
    File(String),
    /// Pasted text.
    Paste,
}

impl MetadataFrom {
    /// The most that is taken, in bytes.
    pub(super) const fn limit(&self) -> usize {
        match self {
            Self::File(_) => saml::LIMIT_BY_FILE,
            Self::Paste => saml::LIMIT_BY_HAND,
        }
    }

    /// How it came, and the file's name if it is one.
    pub(super) fn way(&self) -> (Way, &str) {
        match self {
            Self::File(name) => (Way::File, name.as_str()),
            Self::Paste => (Way::Pasted, ""),
        }
    }
}

/// A document read for the step, kept in memory while one of its entities may still be chosen.
#[derive(Clone)]
pub(super) struct Document {
    bytes: Arc<[u8]>,
    from: MetadataFrom,
}

impl Wizard {
    /// Changes step 4.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn edit_saml(&self, id: &str, edit: step::Edit) -> Result<ProjectView, Failure> {
        self.edit(id, |project, now| step::apply(project, edit, now))
    }

    /// Decides something about the change of signing certificates, and sends what follows from it. Out of reach of the
    /// service it stays unsent.
    ///
    /// # Errors
    /// As [`rollover::apply`], or why the service does not take it; the decision stays.
    pub async fn edit_rollover(&self, id: &str, edit: rollover::Edit) -> Result<ProjectView, Failure> {
        let (project, ()) = self.update(id, |project, now| rollover::apply(project, edit, now))?;
        if project.backend.has_service() && !changes(&project, StepId::Saml).is_empty() {
            return self.push_or_keep(id, StepId::Saml).await;
        }
        self.view(project)
    }

    /// While a signing certificate is being changed: which one the sign-ins were signed with that the service saw.
    pub(super) async fn look_for_sign_ins(&self, project: Project) -> Result<Project, Failure> {
        if !rollover::waits_for_sign_in(&project) {
            return Ok(project);
        }
        let (service, account) = self.service(&project).await?;
        let tests = match self.heard(&project.id, service.sign_in_tests(&account).await) {
            Ok(tests) => tests,
            Err(failure) => {
                tracing::info!(code = failure.code.as_str(), "the sign-in tests were not read");
                return Ok(project);
            }
        };
        let (project, ()) = self.update(&project.id, |project, now| {
            rollover::sign_ins_seen(project, &tests, now);
            Ok(())
        })?;
        Ok(project)
    }

    /// Reads the identity provider's metadata. Whatever is wrong with it stands in the step's findings. Where the
    /// service's values come from its portal, the service's own document is taken as that.
    ///
    /// # Errors
    /// Why the project could not be saved.
    pub fn read_metadata(
        &self,
        id: &str,
        bytes: Vec<u8>,
        from: MetadataFrom,
    ) -> Result<ProjectView, Failure> {
        let now = self.now();
        let document = Document { bytes: bytes.into(), from };
        let inspection = saml::inspect(&document.bytes, document.limit(), now);
        if inspection.kind == saml::Kind::Sp && self.store.load(id)?.backend.is_by_hand() {
            return self.read_sp_metadata(id, &document.bytes, &document.from);
        }
        let several = inspection.kind == saml::Kind::Aggregate;
        let view = self.edit(id, |project, now| document.take(project, &inspection, now));
        let mut documents = unpoisoned(&self.documents);
        if several {
            documents.insert(id.to_owned(), document);
        } else {
            documents.remove(id);
        }
        view
    }

    /// Chooses one identity provider of the document that was read last.
    ///
    /// # Errors
    /// [`NothingChosen`](FailureCode::NothingChosen) when the document is not in memory any more: read it again.
    pub fn choose_entity(&self, id: &str, entity_id: &str) -> Result<ProjectView, Failure> {
        let document = unpoisoned(&self.documents).get(id).cloned();
        let document = document.ok_or_else(|| {
            Failure::new(FailureCode::NothingChosen, "the document has to be read again")
                .hint("choose-file-again")
        })?;
        let inspection = saml::select(&document.bytes, document.limit(), entity_id, self.now());
        self.edit(id, |project, now| document.take(project, &inspection, now))
    }

    /// The service's SP metadata, for the identity provider's upload.
    ///
    /// # Errors
    /// Why the service cannot be asked.
    pub async fn sp_metadata(&self, id: &str) -> Result<String, Failure> {
        let project = self.store.load(id)?;
        if project.backend.is_by_hand() {
            return super::portal::sp_metadata(&project);
        }
        let (service, account) = self.service(&project).await?;
        self.heard(id, service.sp_metadata(&account).await)
    }
}

impl Document {
    const fn limit(&self) -> usize {
        self.from.limit()
    }

    fn take(&self, project: &mut Project, inspection: &saml::Inspection, now: vocabulary::Timestamp) {
        let (way, name) = self.from.way();
        step::take_inspection(project, inspection, way, name, self.bytes.len(), now);
        if project.backend.is_by_support() {
            let usable = project.saml.values.is_some();
            project.support.metadata = usable.then(|| handed_on(&self.bytes)).flatten();
        }
        let errors = inspection.findings.iter().filter(|finding| Finding::is_error(finding)).count();
        project.note(now, "metadata-read", &[("errors", &errors.to_string())]);
    }
}

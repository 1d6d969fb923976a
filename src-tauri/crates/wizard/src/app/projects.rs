use super::Wizard;
use crate::error::Failure;
use crate::ports::{SecretKind, Stored};
use crate::project::{Known, NewProject, Project, ProjectSummary, WaitsFor, invalid};
use crate::view::{Connection, ProjectView};
use account_api::AuditLog;
use guides::Delivery;
use vocabulary::Secret;

impl Wizard {
    /// Every project, newest first; those that cannot be opened come last, with the reason.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn projects(&self) -> Result<Vec<ProjectSummary>, Failure> {
        let mut list: Vec<ProjectSummary> =
            self.store.list()?.into_iter().map(|stored| self.summary(stored)).collect();
        list.sort_by(|a, b| (a.problem.is_some(), b.saved_at).cmp(&(b.problem.is_some(), a.saved_at)));
        Ok(list)
    }

    fn summary(&self, stored: Stored) -> ProjectSummary {
        let unreadable = |id: String, failure: Failure| ProjectSummary {
            id,
            organization: String::new(),
            service_name: String::new(),
            idp_name: String::new(),
            settled: 0,
            total: 0,
            waiting: None,
            active: false,
            domains: Vec::new(),
            saved_at: None,
            problem: Some(failure.code),
        };
        let project = match stored {
            Stored::Readable(project) => *project,
            Stored::Unreadable { file, failure } => return unreadable(file, failure),
        };
        let (id, organization) = (project.id.clone(), project.organization.clone());
        match self.view(project) {
            Ok(view) => ProjectSummary {
                id,
                organization,
                waiting: waiting(&view),
                service_name: view.service_name,
                idp_name: view.idp_name,
                settled: view.settled,
                total: view.total,
                active: view.activation.active,
                domains: domains(&view.project),
                saved_at: Some(view.project.saved_at),
                problem: None,
            },
            Err(failure) => ProjectSummary { organization, ..unreadable(id, failure) },
        }
    }

    /// Makes a project: its account at the service first, then its file. `id` is a fresh UUID.
    ///
    /// # Errors
    /// A value that will not do, or why the service did not take it; nothing is kept then.
    pub async fn create(
        &self,
        id: String,
        new: NewProject,
        access_token: Option<Secret>,
    ) -> Result<ProjectView, Failure> {
        let mut project = new.begin(id, self.now())?;
        let by_support = self.guide(&project)?.service.delivery == Delivery::HandOver;
        if by_support != project.backend.is_by_support() {
            return Err(invalid("backend", "does not fit the service"));
        }
        if !project.backend.has_service() {
            self.sign_in_to_broker(&project, access_token).await?;
            self.describe(&mut project);
            let project = self.store.save(&project)?;
            return self.refresh(&project.id).await;
        }
        let account = self.services.enrol(&project, access_token).await?;
        project.account = Some(account.id);
        let project = self.store.save(&project)?;
        self.refresh(&project.id).await
    }

    /// The project as it was left. The service is not asked; [`refresh`](Self::refresh) does that.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub fn open(&self, id: &str) -> Result<ProjectView, Failure> {
        self.view(self.store.load(id)?)
    }

    /// Asks the service for its state. When it cannot be asked, what was seen last is shown as such.
    ///
    /// # Errors
    /// Why the file cannot be read or written; not that the service is out of reach.
    pub async fn refresh(&self, id: &str) -> Result<ProjectView, Failure> {
        // Boxed, because a project is large: whoever waits for this would hold several of them on the stack.
        Box::pin(self.refreshed(id)).await
    }

    async fn refreshed(&self, id: &str) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        if project.backend.broker().is_some() {
            return Box::pin(self.look_at_broker(project)).await;
        }
        if !project.backend.has_service() {
            return self.view(project);
        }
        let seen = self.heard(id, self.look(&project).await);
        let project = match seen {
            Ok(known) => self.look_for_sign_ins(self.merge(id, known)?).await?,
            Err(failure) => {
                tracing::info!(code = failure.code.as_str(), "the service's state was not read");
                project
            }
        };
        self.view(project)
    }

    async fn look(&self, project: &Project) -> Result<Known, Failure> {
        let (service, account) = self.service(project).await?;
        let integration = service.integration(&account).await?;
        let arrivals = service.arrivals(&account).await?;
        Ok(Known { integration, arrivals, seen_at: self.now() })
    }

    pub(super) fn merge(&self, id: &str, known: Known) -> Result<Project, Failure> {
        let same = |a: &Known, b: &Known| (&a.integration, &a.arrivals) == (&b.integration, &b.arrivals);
        let (project, ()) = self.update(id, |project, _| {
            let ours = project.account.as_deref() == Some(known.integration.account.as_str());
            if ours && !project.known.as_ref().is_some_and(|before| same(before, &known)) {
                project.known = Some(known);
            }
            Ok(())
        })?;
        Ok(project)
    }

    /// Remembers the screen that is open.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn remember_place(&self, id: &str, place: &str) -> Result<(), Failure> {
        self.update(id, |project, _| {
            place.clone_into(&mut project.place);
            Ok(())
        })
        .map(|_| ())
    }

    /// Takes a project out of the list. Its file and the service's settings stay until the undo is out of reach.
    ///
    /// # Errors
    /// When the file cannot be moved.
    pub fn remove(&self, id: &str) -> Result<(), Failure> {
        self.store.remove(id)
    }

    /// Brings a removed project back.
    ///
    /// # Errors
    /// When there is none to bring back.
    pub fn restore(&self, id: &str) -> Result<ProjectView, Failure> {
        self.store.restore(id)?;
        self.open(id)
    }

    /// Who did what at the service.
    ///
    /// # Errors
    /// Why the service cannot be asked.
    pub async fn audit(&self, id: &str) -> Result<AuditLog, Failure> {
        let project = self.store.load(id)?;
        let (service, account) = self.service(&project).await?;
        self.heard(id, service.audit(&account).await)
    }

    /// Signs in to the project's service again with a new access token, which is tried before it is kept.
    ///
    /// # Errors
    /// Why the service or the keyring did not take it.
    pub async fn sign_in(&self, id: &str, access_token: Option<Secret>) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        if project.backend.has_service() {
            self.services.enrol(&project, access_token).await?;
        } else if !self.sign_in_to_broker(&project, access_token).await? {
            return Err(super::no_service(&project));
        }
        self.connected(id, Connection::Connected);
        self.refresh(id).await
    }

    /// Forgets the project's secrets on this computer.
    ///
    /// # Errors
    /// When no keyring answers.
    pub async fn forget_secrets(&self, id: &str) -> Result<(), Failure> {
        for name in self.store.load(id)?.keyring_names() {
            self.secrets.forget(&name, SecretKind::AccessToken).await?;
            self.secrets.forget(&name, SecretKind::ScimToken).await?;
        }
        Ok(())
    }
}

fn domains(project: &Project) -> Vec<String> {
    let entries = project.domains.entries.iter().filter(|_| project.task.is_none());
    entries.map(|entry| entry.name.clone()).collect()
}

/// Whom the whole project waits for: nothing can be done meanwhile that would bring it further.
fn waiting(view: &ProjectView) -> Option<WaitsFor> {
    let stages = view.support.iter().flat_map(|support| &support.stages);
    let (for_whom, since) = stages.filter_map(|stage| stage.waits()).next()?;
    Some(WaitsFor { for_whom: for_whom.to_owned(), since })
}

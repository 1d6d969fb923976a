//! A step handed to somebody else: what goes out in the file, what comes back, and how it is merged. Never a secret.

mod letter;
mod work;

pub use letter::letter;
pub use work::{Customer, Entered, Work};

use crate::error::{Failure, FailureCode};
use crate::project::{Backend, ConflictField, Known, NewProject, Project};
use account_api::{Arrivals, Domain, Integration, Scim, ServiceProvider, Status};
use guides::{Delivery, Guide};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{StepId, Timestamp};

/// The form of the files. A file with a higher one is refused.
pub const FORM: u32 = 1;

/// How long a file may be, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// What a file is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "signpost", rename_all = "kebab-case")]
pub enum File {
    /// A step to be done.
    Task(Box<Task>),
    /// A step that was done.
    Result(Box<Outcome>),
}

/// A step to be done by somebody else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// [`FORM`].
    pub form: u32,
    /// The hand-over's id, a UUID.
    pub id: String,
    /// The id of the project it comes from.
    pub project: String,
    /// The organization's name.
    pub organization: String,
    /// The service profile's id.
    pub service: String,
    /// The identity provider's id.
    pub idp: String,
    /// The step.
    pub step: StepId,
    /// The e-mail address of who hands it over.
    pub from: String,
    /// Whom it is for, as the sender calls them.
    pub to: String,
    /// What the sender adds.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// What the identity provider has to know of the service.
    pub service_provider: Option<ServiceProvider>,
    /// Where the service takes SCIM requests.
    pub scim_base_url: Option<String>,
    /// The domains with their records; of the step Domains only.
    pub domains: Vec<Domain>,
    /// What is entered in the step already.
    pub work: Work,
}

/// A step that somebody else has done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// [`FORM`].
    pub form: u32,
    /// The hand-over's id.
    pub id: String,
    /// The id of the project it goes back to.
    pub project: String,
    /// The step.
    pub step: StepId,
    /// Who did it, as the sender called them.
    pub by: String,
    /// When it was given back.
    pub at: Timestamp,
    /// What is entered in the step now.
    pub work: Work,
}

/// A step of this project that somebody else has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "StepHandOver")]
pub struct HandOver {
    /// Its id.
    pub id: String,
    /// The step.
    pub step: StepId,
    /// Who has it.
    pub to: String,
    /// Since when.
    pub at: Timestamp,
    /// What was entered when it went out.
    pub base: Work,
    /// What came back while the same values were changed here, until it is decided.
    pub conflict: Option<Returned>,
}

/// A result that stands against what was changed here meanwhile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Returned {
    /// Both sides, field by field.
    pub fields: Vec<ConflictField>,
    /// What came back.
    pub work: Work,
}

/// The one step that a project holds when it was opened from a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TaskOrigin {
    /// The id of the project it comes from.
    pub project: String,
    /// The step.
    pub step: StepId,
    /// The e-mail address of who handed it over.
    pub from: String,
    /// Whom it is for.
    pub to: String,
    /// What the sender added.
    pub note: String,
    /// When it was handed over.
    pub at: Timestamp,
}

impl File {
    /// Reads a file.
    ///
    /// # Errors
    /// [`HandOverUnreadable`](FailureCode::HandOverUnreadable) or [`HandOverNewer`](FailureCode::HandOverNewer).
    pub fn read(bytes: &[u8]) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Form {
            form: u32,
        }
        let unreadable = |why: String| Failure::new(FailureCode::HandOverUnreadable, why);
        if bytes.len() > MAX_BYTES {
            return Err(unreadable("the file is too long".to_owned()));
        }
        let Form { form } = serde_json::from_slice(bytes).map_err(|error| unreadable(error.to_string()))?;
        if form > FORM {
            return Err(Failure::new(FailureCode::HandOverNewer, format!("the file has form {form}")));
        }
        let file: Self = serde_json::from_slice(bytes).map_err(|error| unreadable(error.to_string()))?;
        match &file {
            Self::Task(task) if task.step != task.work.entered.step() => {
                Err(unreadable("the file is about two steps".to_owned()))
            }
            Self::Result(outcome) if outcome.step != outcome.work.entered.step() => {
                Err(unreadable("the file is about two steps".to_owned()))
            }
            _ => Ok(file),
        }
    }

    /// The file's text.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no value of these types brings about.
    pub fn to_json(&self) -> Result<String, Failure> {
        serde_json::to_string_pretty(self)
            .map_err(|error| Failure::new(FailureCode::StorageFailed, error.to_string()))
    }
}

impl Task {
    /// The step of a project, for somebody else.
    pub fn of(
        project: &Project,
        guide: &Guide,
        step: StepId,
        id: String,
        (to, note): (&str, &str),
        now: Timestamp,
    ) -> Self {
        let known = project.integration();
        let domains = known.filter(|_| step == StepId::Domains).map(|known| known.domains.clone());
        Self {
            form: FORM,
            id,
            project: project.id.clone(),
            organization: project.organization.clone(),
            service: project.service.clone(),
            idp: project.idp.clone(),
            step,
            from: project.admin_email.clone(),
            to: to.to_owned(),
            note: note.to_owned(),
            at: now,
            service_provider: known.map(|known| known.service_provider.clone()),
            scim_base_url: known.map(|known| known.scim.base_url.clone()),
            domains: domains.unwrap_or_default(),
            work: Work::of(project, guide, step),
        }
    }

    /// The project in which somebody else does the step: it has that one step, and no service.
    ///
    /// # Errors
    /// [`HandOverUnreadable`](FailureCode::HandOverUnreadable) when its values cannot be a project's.
    pub fn begin(&self, guide: &Guide, now: Timestamp) -> Result<Project, Failure> {
        let unreadable = |why: String| Failure::new(FailureCode::HandOverUnreadable, why);
        let id = uuid::Uuid::parse_str(&self.id).map_err(|error| unreadable(error.to_string()))?;
        let by_support = guide.service.delivery == Delivery::HandOver;
        let new = NewProject {
            organization: self.organization.clone(),
            admin_email: self.from.clone(),
            service: self.service.clone(),
            idp: self.idp.clone(),
            backend: if by_support { Backend::HandOver } else { Backend::ThisComputer },
        };
        let mut project = new.begin(id.to_string(), now).map_err(|failure| unreadable(failure.message))?;
        project.known = self.known();
        project.task = Some(TaskOrigin {
            project: self.project.clone(),
            step: self.step,
            from: self.from.clone(),
            to: self.to.clone(),
            note: self.note.clone(),
            at: self.at,
        });
        for domain in &self.domains {
            crate::steps::domains::add(&mut project, &domain.name, now);
        }
        self.work.put(&mut project, guide, now);
        Ok(project)
    }

    fn known(&self) -> Option<Known> {
        let scim = Scim {
            enabled: true,
            base_url: self.scim_base_url.clone().unwrap_or_default(),
            token: None,
            old_tokens: Vec::new(),
            mark: None,
        };
        let integration = Integration {
            account: String::new(),
            organization: self.organization.clone(),
            version: 0,
            as_of: None,
            status: Status::Inactive,
            activated_at: None,
            domains: self.domains.clone(),
            app_registration: None,
            groups: account_api::Groups::default(),
            service_provider: self.service_provider.clone()?,
            identity_provider: None,
            saml_options: account_api::SamlOptions::default(),
            saml: None,
            sign_ins: account_api::SignIns::default(),
            scim,
            users: None,
            backup_login: None,
            blockers: Vec::new(),
        };
        Some(Known { integration, arrivals: Arrivals::default(), seen_at: self.at })
    }
}

impl Outcome {
    /// What goes back, from the project that a task was opened as.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) for a project that was not.
    pub fn of(project: &Project, guide: &Guide, now: Timestamp) -> Result<Self, Failure> {
        let task = project.task.as_ref().ok_or_else(|| {
            Failure::new(FailureCode::InvalidInput, "the project was not handed over").on("project")
        })?;
        Ok(Self {
            form: FORM,
            id: project.id.clone(),
            project: task.project.clone(),
            step: task.step,
            by: task.to.clone(),
            at: now,
            work: Work::of(project, guide, task.step),
        })
    }

    /// Merges the result. What only one side has changed is taken from that side; a step that both have changed in
    /// different ways is left as it is, and both sides stand in the project until one is chosen.
    ///
    /// # Errors
    /// [`HandOverUnknown`](FailureCode::HandOverUnknown) when the project has not handed this over, or has taken it back.
    pub fn merge(self, project: &mut Project, guide: &Guide, now: Timestamp) -> Result<(), Failure> {
        let place = project.handovers.iter().position(|one| one.id == self.id && one.step == self.step);
        let Some(place) = place.filter(|_| project.id == self.project) else {
            return Err(Failure::new(FailureCode::HandOverUnknown, "nothing waits for this result"));
        };
        let base = project.handovers[place].base.entered.fields();
        let (mine, theirs) =
            (Work::of(project, guide, self.step).entered.fields(), self.work.entered.fields());
        project.note(now, "result-opened", &[("step", self.step.as_str()), ("by", &self.by)]);
        if mine != base && theirs != base && mine != theirs {
            let fields = differences(&mine, &theirs);
            project.handovers[place].conflict = Some(Returned { fields, work: self.work });
            return Ok(());
        }
        if theirs == base && mine != base {
            self.work.confirm(project, guide);
        } else {
            self.work.put(project, guide, now);
        }
        project.handovers.remove(place);
        Ok(())
    }
}

fn differences(mine: &BTreeMap<String, String>, theirs: &BTreeMap<String, String>) -> Vec<ConflictField> {
    let text = |side: &BTreeMap<String, String>, name: &str| side.get(name).cloned().unwrap_or_default();
    let names: std::collections::BTreeSet<&String> = mine.keys().chain(theirs.keys()).collect();
    let both = names.into_iter().map(|name| ConflictField {
        field: name.clone(),
        mine: text(mine, name),
        theirs: text(theirs, name),
    });
    both.filter(|field| field.mine != field.theirs).collect()
}

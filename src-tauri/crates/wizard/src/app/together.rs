//! Steps that somebody else does.

use super::{Keep, Wizard};
use crate::dossier::{Dossier, dossier};
use crate::error::{Failure, FailureCode};
use crate::handover::{File, HandOver, Outcome, Task, letter};
use crate::paper::Document;
use crate::project::invalid;
use crate::view::ProjectView;
use guides::Guide;
use vocabulary::StepId;

/// How long a name and a note may be, in characters.
const NAME: usize = 200;
const NOTE: usize = 4000;

impl Wizard {
    /// The page that the users of the product get.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) for a service that has nothing to download.
    pub fn user_page(&self, id: &str) -> Result<Document, Failure> {
        let project = self.store.load(id)?;
        let page = crate::rollout::user_page(&project, self.guide(&project)?);
        page.ok_or_else(|| Failure::new(FailureCode::InvalidInput, "the service has nothing to download"))
    }

    /// What to send to somebody else for one step. Nothing is remembered yet: [`handed_over`](Self::handed_over) does
    /// that once the file is saved or the text copied. `id` is a fresh UUID; while the same person has the step
    /// already, theirs stays.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) on `to` or `note`, or why the project cannot be read.
    pub fn task(&self, id: &str, step: StepId, to: &str, note: &str, fresh: String) -> Result<Task, Failure> {
        let (to, note) = (to.trim(), note.trim());
        if to.is_empty() || to.chars().count() > NAME {
            return Err(invalid("to", "has to have 1 to 200 characters"));
        }
        if note.chars().count() > NOTE {
            return Err(invalid("note", "has to have 4000 characters at most"));
        }
        let project = self.store.load(id)?;
        if project.task.is_some() {
            return Err(invalid("step", "was handed over to you, and cannot be handed on"));
        }
        let known = project.handovers.iter().find(|one| one.step == step && one.to == to);
        let task_id = known.map_or(fresh, |one| one.id.clone());
        Ok(Task::of(&project, self.guide(&project)?, step, task_id, (to, note), self.now()))
    }

    /// The task as a letter or a page.
    ///
    /// # Errors
    /// [`NoGuide`](FailureCode::NoGuide).
    pub fn letter(&self, task: &Task) -> Result<Document, Failure> {
        let guide = self.guide_for(task)?;
        Ok(letter(&task.begin(guide, self.now())?, guide, task))
    }

    /// Remembers who has the step.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn handed_over(&self, id: &str, task: &Task) -> Result<ProjectView, Failure> {
        self.edit(id, |project, now| {
            project.handovers.retain(|one| one.step != task.step);
            project.handovers.push(HandOver {
                id: task.id.clone(),
                step: task.step,
                to: task.to.clone(),
                at: task.at,
                base: task.work.clone(),
                conflict: None,
            });
            project.note(now, "handed-over", &[("step", task.step.as_str()), ("to", &task.to)]);
        })
    }

    /// Takes a step back: a result that comes later is not taken any more.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn take_back(&self, id: &str, step: StepId) -> Result<ProjectView, Failure> {
        self.edit(id, |project, now| {
            project.handovers.retain(|one| one.step != step);
            project.note(now, "taken-back", &[("step", step.as_str())]);
        })
    }

    /// Opens what was handed over. A task becomes a project with that one step, once; a result goes into the project
    /// it belongs to.
    ///
    /// # Errors
    /// [`HandOverUnreadable`](FailureCode::HandOverUnreadable), [`HandOverNewer`](FailureCode::HandOverNewer),
    /// [`HandOverUnknown`](FailureCode::HandOverUnknown), [`NoGuide`](FailureCode::NoGuide).
    pub fn open_hand_over(&self, bytes: &[u8]) -> Result<ProjectView, Failure> {
        match File::read(bytes)? {
            File::Task(task) => self.begin_task(&task),
            File::Result(outcome) => self.take_result(*outcome),
        }
    }

    fn begin_task(&self, task: &Task) -> Result<ProjectView, Failure> {
        let project = task.begin(self.guide_for(task)?, self.now())?;
        match self.store.load(&project.id) {
            Ok(known) => self.view(known),
            Err(failure) if failure.code == FailureCode::ProjectMissing => {
                self.view(self.store.save(&project)?)
            }
            Err(failure) => Err(failure),
        }
    }

    fn take_result(&self, outcome: Outcome) -> Result<ProjectView, Failure> {
        let unknown = |failure: Failure| match failure.code {
            FailureCode::ProjectMissing => Failure::new(FailureCode::HandOverUnknown, failure.message),
            _ => failure,
        };
        let id = uuid::Uuid::parse_str(&outcome.project)
            .map_err(|error| Failure::new(FailureCode::HandOverUnreadable, error.to_string()))?
            .to_string();
        let merged = self.update(&id, |project, now| {
            let guide = self.guide(project)?;
            outcome.merge(project, guide, now)
        });
        self.view(merged.map_err(unknown)?.0)
    }

    /// What goes back to whom a task came from.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) for a project that was not opened from a task.
    pub fn outcome(&self, id: &str) -> Result<Outcome, Failure> {
        let project = self.store.load(id)?;
        Outcome::of(&project, self.guide(&project)?, self.now())
    }

    /// Decides between what came back and what was changed here meanwhile.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn resolve_hand_over(&self, id: &str, step: StepId, keep: Keep) -> Result<ProjectView, Failure> {
        let (project, ()) = self.update(id, |project, now| {
            let guide = self.guide(project)?;
            let Some(place) =
                project.handovers.iter().position(|one| one.step == step && one.conflict.is_some())
            else {
                return Ok(());
            };
            let returned = project.handovers.remove(place).conflict;
            if let Some(returned) = returned.filter(|_| keep == Keep::Theirs) {
                returned.work.put(project, guide, now);
            }
            project.note(now, "result-decided", &[("step", step.as_str())]);
            Ok(())
        })?;
        self.view(project)
    }

    /// Everything about the set-up as it stands, for the files of the company.
    ///
    /// # Errors
    /// Why the project cannot be read.
    pub async fn dossier(&self, id: &str) -> Result<Dossier, Failure> {
        // Without the service the dossier lacks only what the service wrote down itself.
        let audit = self.audit(id).await.map(|log| log.entries).unwrap_or_default();
        let view = self.open(id)?;
        let guide = self.guide(&view.project)?;
        Ok(dossier(&view, guide, audit))
    }

    fn guide_for(&self, task: &Task) -> Result<&'static Guide, Failure> {
        self.library().guide(&task.service, &task.idp).ok_or_else(|| {
            let pair = format!("{} with {}", task.service, task.idp);
            Failure::new(FailureCode::NoGuide, format!("there is no guide for {pair}")).with("pair", pair)
        })
    }
}

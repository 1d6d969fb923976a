//! A service that its own support sets up.

use super::Wizard;
use crate::error::Failure;
use crate::support::{Edit, Package, apply, package};
use crate::view::ProjectView;

impl Wizard {
    /// Changes what is agreed with the service's support, or how far the package is.
    ///
    /// # Errors
    /// What [`apply`] says, or why it could not be saved.
    pub fn edit_support(&self, id: &str, edit: Edit) -> Result<ProjectView, Failure> {
        let (project, ()) = self.update(id, |project, now| {
            let guide = self.guide(project)?;
            apply(project, guide, edit, now)
        })?;
        self.view(project)
    }

    /// What is sent to the service's support, as it is now.
    ///
    /// # Errors
    /// What is missing for it; see [`package`].
    pub fn package(&self, id: &str) -> Result<Package, Failure> {
        let project = self.store.load(id)?;
        package(&project, self.guide(&project)?, self.now())
    }
}

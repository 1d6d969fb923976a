use super::Wizard;
use crate::error::Failure;
use crate::sharing::{Sharing, sharing, take};
use crate::view::ProjectView;

impl Wizard {
    /// The other projects of the same organization and service, and how their domains compare.
    ///
    /// # Errors
    /// Why the projects cannot be read.
    pub fn sharing(&self, id: &str) -> Result<Vec<Sharing>, Failure> {
        let project = self.store.load(id)?;
        let others = self.store.readable()?;
        Ok(others.iter().filter_map(|other| sharing(&project, other, |idp| self.idp_name(idp))).collect())
    }

    /// What an identity provider is called; its id when there is no guide for it any more.
    fn idp_name(&self, idp: &str) -> String {
        let known = self.library().identity_providers().iter().find(|provider| provider.id == idp);
        known.map_or_else(|| idp.to_owned(), |provider| provider.name.clone())
    }

    /// Takes domains of another project over, and has the service issue the records that it has not issued.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::FailureCode::InvalidInput) when the two projects do not belong together, or why they
    /// cannot be read or saved.
    pub async fn take_domains(
        &self,
        id: &str,
        other: &str,
        names: &[String],
    ) -> Result<ProjectView, Failure> {
        let other = self.store.load(other)?;
        // What the service has of them already need not be asked of it.
        self.refresh(id).await?;
        self.update(id, |project, now| take(project, &other, names, now))?;
        self.send_domains(id).await
    }
}

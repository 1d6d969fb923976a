use super::Wizard;
use super::provisioning::hint;
use crate::error::Failure;
use crate::polis::Polis;
use crate::ports::SecretKind;
use crate::project::Project;
use crate::view::ProjectView;
use std::sync::Arc;

impl Wizard {
    /// Takes the directory of Polis, which is made when there is none: its address into the project, its bearer token into
    /// the keyring, which is tried first.
    ///
    /// # Errors
    /// Why the keyring does not take the token, or there is no directory.
    pub(super) async fn directory_at_polis(&self, project: &Project) -> Result<ProjectView, Failure> {
        let (id, name) = (&project.id, project.keyring_name());
        self.try_keyring(&name).await?;
        let polis = self.polis(project).await?;
        let directory = self.heard(id, polis.directory(&project.idp).await)?;
        self.secrets.keep(&name, SecretKind::ScimToken, &directory.token).await?;
        self.edit(id, |now_there, now| {
            if now_there.backend == project.backend {
                now_there.portal.scim_base_url = directory.base_url;
                now_there.scim.token_hint = Some(hint(&directory.token));
                now_there.note(now, "scim-token-kept", &[]);
            }
        })
    }

    async fn polis(&self, project: &Project) -> Result<Arc<dyn Polis>, Failure> {
        let polis = self.services.polis(project).await;
        polis.inspect_err(|failure| self.saw(&project.id, failure))
    }
}

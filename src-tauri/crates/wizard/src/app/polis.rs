use super::provisioning::hint;
use super::{Wizard, no_service};
use crate::broker::unsend;
use crate::error::{Failure, FailureCode};
use crate::polis::{ConnectionState, Place, Polis, Redirects, SignIns, Tested, take_arrived};
use crate::ports::SecretKind;
use crate::project::{Backend, Project};
use crate::view::ProjectView;
use std::sync::Arc;

impl Wizard {
    /// Reads who has arrived in the directory that the project has. When Polis cannot be asked, what was seen last stays.
    pub(super) async fn look_who_arrived(&self, project: &Project) -> Result<ProjectView, Failure> {
        let base_url = &project.portal.scim_base_url;
        if base_url.is_empty() {
            return self.open(&project.id);
        }
        let groups = &project.groups;
        let named = [groups.admins.service_name.as_str(), groups.users.service_name.as_str()];
        let asked = async {
            let polis = self.polis(project).await?;
            self.heard(&project.id, polis.arrivals(base_url, &named).await)
        };
        let arrived = match asked.await {
            Ok(arrived) => arrived,
            Err(failure) => {
                tracing::info!(code = failure.code.as_str(), "who has arrived in Polis was not read");
                None
            }
        };
        self.edit(&project.id, |now_there, now| {
            if let (Some(arrived), true) = (arrived, now_there.backend == project.backend) {
                take_arrived(now_there, base_url, arrived, now);
            }
        })
    }

    /// Takes the directory of Polis, which is made when there is none: its address into the project, its bearer token into
    /// the keyring, which is tried first. `base_url` names the one that was chosen; else it is the project's own, or the only
    /// one.
    ///
    /// # Errors
    /// [`EnteredByHand`](FailureCode::EnteredByHand) for a project that is not in Polis, why the keyring does not take the
    /// token, or there is no directory, or another than the project's.
    pub async fn take_directory(&self, id: &str, base_url: Option<&str>) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let name = project.keyring_name();
        let polis = self.polis(&project).await?;
        self.try_keyring(&name).await?;
        // Should there be others, they are to be seen, and to be chosen from.
        let held = self.heard(id, polis.look().await)?;
        self.take_held(&project, &held)?;
        let own = Some(project.portal.scim_base_url.as_str()).filter(|url| !url.is_empty());
        let directory = self.heard(id, polis.directory(&project.idp, base_url.or(own)).await)?;
        self.secrets.keep(&name, SecretKind::ScimToken, &directory.token).await?;
        self.edit(id, |now_there, now| {
            if now_there.backend == project.backend {
                if now_there.portal.scim_base_url != directory.base_url {
                    let seen = &mut now_there.portal.seen_in_polis;
                    (seen.arrived, seen.arrived_at) = (None, None);
                }
                now_there.portal.scim_base_url = directory.base_url;
                now_there.scim.token_hint = Some(hint(&directory.token));
                now_there.note(now, "scim-token-kept", &[]);
            }
        })?;
        self.refresh(id).await
    }

    /// Switches the connection on or off in Polis, and reads back whether it is.
    ///
    /// # Errors
    /// [`PolisConnectionNone`](FailureCode::PolisConnectionNone) when there is none to be switched on,
    /// [`PolisNotSwitched`](FailureCode::PolisNotSwitched), or why there is no answer.
    pub(super) async fn switch_at_polis(&self, id: &str, on: bool) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let polis = self.polis(&project).await?;
        let entity_id = project.saml.values.as_ref().map(|values| values.entity_id.as_str());
        let switched = polis.switch(entity_id.unwrap_or_default(), on).await;
        match self.heard(id, switched) {
            // What is not there is off.
            Err(failure) if failure.code == FailureCode::PolisConnectionNone && !on => {}
            other => other?,
        }
        let held = self.heard(id, polis.look().await)?;
        self.take_held(&project, &held)?;
        let (_, is_as_asked) = self.update(id, |now_there, now| {
            let is_on = now_there.portal.seen_in_polis.connection == ConnectionState::On;
            if is_on == on && now_there.backend == project.backend {
                now_there.portal.activated_at = on.then_some(now);
                now_there.note(now, if on { "activated-at-polis" } else { "deactivated-at-polis" }, &[]);
            }
            Ok(is_on == on)
        })?;
        if is_as_asked {
            return self.open(id);
        }
        Err(Failure::new(FailureCode::PolisNotSwitched, "the connection is as it was"))
    }

    /// Changes where people go after a sign-in; a connection that there is gets it at once, and it is read back.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) on `default-redirect-url` or `redirect-urls`,
    /// [`EnteredByHand`](FailureCode::EnteredByHand) for a project that is not in Polis, or why there is no answer. What was
    /// entered stays, and is unsent then.
    pub async fn redirect(&self, id: &str, to: Redirects) -> Result<ProjectView, Failure> {
        let before = self.store.load(id)?;
        let place = before.backend.polis().ok_or_else(|| no_service(&before))?.clone();
        let Redirects { default_redirect_url, redirect_urls } = to;
        let place = Place { default_redirect_url, redirect_urls, ..place }.checked()?;
        let changed = Project { backend: Backend::Polis(place.clone()), ..before.clone() };
        // Says what Polis would misread, before anything is kept.
        let polis = self.polis(&changed).await?;
        let (project, ()) = self.update(id, |project, now| {
            if project.backend == before.backend {
                project.backend = Backend::Polis(place);
                unsend(project);
                project.note(now, "polis-redirects-changed", &[]);
            }
            Ok(())
        })?;
        if let Some(values) = &project.saml.values {
            self.heard(id, polis.redirect(&values.entity_id).await)?;
        }
        let held = self.heard(id, polis.look().await)?;
        self.take_held(&project, &held)
    }

    /// The page on which a sign-in through Polis begins, and the project that remembers when it was opened.
    ///
    /// # Errors
    /// [`EnteredByHand`](FailureCode::EnteredByHand) for a project that is not in Polis, or why it could not be saved.
    pub fn begin_polis_sign_in(&self, id: &str) -> Result<(ProjectView, String), Failure> {
        let project = self.store.load(id)?;
        let page = project.backend.polis().ok_or_else(|| no_service(&project))?.sign_in_page();
        let view = self.edit(id, |project, now| {
            project.portal.tested_in_polis = Some(Tested { begun_at: now, came_through_at: None });
            project.note(now, "polis-sign-in-begun", &[]);
        })?;
        Ok((view, page))
    }

    /// Somebody saw, or did not see after all, that the newest sign-in through Polis ended at the service with a code.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn say_polis_sign_in(&self, id: &str, came_through: bool) -> Result<ProjectView, Failure> {
        self.edit(id, |project, now| {
            if let Some(tested) = &mut project.portal.tested_in_polis {
                tested.came_through_at = came_through.then_some(now);
                if came_through {
                    project.note(now, "polis-sign-in-came-through", &[]);
                }
            }
        })
    }

    /// The sign-ins through Polis that failed. Nothing of them is kept.
    ///
    /// # Errors
    /// [`EnteredByHand`](FailureCode::EnteredByHand) for a project that is not in Polis, or why there is no answer.
    pub async fn polis_sign_ins(&self, id: &str) -> Result<SignIns, Failure> {
        let project = self.store.load(id)?;
        project.backend.polis().ok_or_else(|| no_service(&project))?;
        let polis = self.polis(&project).await?;
        let traces = self.heard(id, polis.traces().await)?;
        Ok(SignIns::of(traces, &project, self.guide(&project)?, self.now()))
    }

    async fn polis(&self, project: &Project) -> Result<Arc<dyn Polis>, Failure> {
        let polis = self.services.polis(project).await;
        polis.inspect_err(|failure| self.saw(&project.id, failure))
    }
}

//! A sign-in that is tested.

use super::Wizard;
use crate::error::{Failure, FailureCode};
use crate::project::Project;
use crate::sign_in::{SignInView, check, claims};
use crate::view::ProjectView;
use account_api::{SignInPurpose, SignInState, StartSignInTest};
use url::Url;

impl Wizard {
    /// Judges an answer of the identity provider that somebody has, beside what the project expects: XML, base64, a
    /// form, a page or a HAR file. Nobody is asked, and nothing of it is kept.
    ///
    /// # Errors
    /// Why the project cannot be read.
    pub fn check_answer(
        &self,
        id: &str,
        purpose: SignInPurpose,
        bytes: &[u8],
    ) -> Result<SignInView, Failure> {
        let project = self.store.load(id)?;
        let guide = self.guide(&project)?;
        let checked = check(&project, guide, purpose, bytes, self.now());
        Ok(SignInView::of_given(checked, purpose, &project, guide))
    }

    /// Has the service begin a test; answers with the project and the page of the service to open in the browser.
    ///
    /// # Errors
    /// Why there is no service to ask, what it answers, or [`SignInNotBegun`](FailureCode::SignInNotBegun).
    pub async fn start_sign_in_test(
        &self,
        id: &str,
        purpose: SignInPurpose,
    ) -> Result<(ProjectView, String), Failure> {
        let project = self.store.load(id)?;
        let (service, account) = self.service(&project).await?;
        let asked = StartSignInTest { purpose, claims: claims(self.guide(&project)?) };
        let test = self.heard(id, service.start_sign_in_test(&account, &asked).await)?;
        let page = own_page(&project, test.open_url.as_deref())?;
        let (project, ()) = self.update(id, |project, now| {
            project.sign_ins.begin(test);
            project.note(now, "sign-in-test-begun", &[]);
            Ok(())
        })?;
        Ok((self.view(project)?, page))
    }

    /// Asks the service how far the newest test of a purpose has come. One that is over is not asked about again.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn follow_sign_in_test(
        &self,
        id: &str,
        purpose: SignInPurpose,
    ) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let open = project.sign_ins.of(purpose).filter(|test| is_open(test.state));
        let Some(test) = open else { return self.view(project) };
        let (service, account) = self.service(&project).await?;
        let now = self.heard(id, service.sign_in_test(&account, &test.id).await)?;
        let is_over = !is_open(now.state);
        let outcome = match now.state {
            SignInState::Passed => Some("sign-in-test-passed"),
            SignInState::Failed => Some("sign-in-test-failed"),
            _ => None,
        };
        let (project, ()) = self.update(id, |project, at| {
            project.sign_ins.take(now);
            outcome.into_iter().for_each(|happened| project.note(at, happened, &[]));
            Ok(())
        })?;
        // What the service makes of it stands in the integration.
        if is_over { self.refresh(id).await } else { self.view(project) }
    }

    /// Stops waiting for the newest test of a purpose.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn forget_sign_in_test(&self, id: &str, purpose: SignInPurpose) -> Result<ProjectView, Failure> {
        self.edit(id, |project, _| project.sign_ins.forget(purpose))
    }
}

const fn is_open(state: SignInState) -> bool {
    matches!(state, SignInState::Waiting | SignInState::AtIdentityProvider)
}

/// The page to open, if it is one of the service that the project talks to.
fn own_page(project: &Project, page: Option<&str>) -> Result<String, Failure> {
    let refused = |why: &str| Failure::new(FailureCode::SignInNotBegun, why);
    let page = page.ok_or_else(|| refused("the service names no page"))?;
    let own = project.integration().map(|known| known.service_provider.acs_url.as_str());
    let origin = |address: &str| Url::parse(address).ok().map(|url| url.origin());
    let opens = origin(page);
    let is_own = opens.as_ref().is_some_and(url::Origin::is_tuple) && own.and_then(origin) == opens;
    if is_own { Ok(page.to_owned()) } else { Err(refused("the page is on another host than the service")) }
}

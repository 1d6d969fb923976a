//! A SCIM bearer token that somebody else replaces or revokes.

use super::{World, account};
use reqwest::StatusCode;
use time::Duration;
use vocabulary::{Finding, Secret, Severity, StepId};
use wizard::ProjectView;
use wizard::ports::{AccountService, Clock};

fn of_the_token(view: &ProjectView) -> Vec<Finding> {
    let step = view.steps.iter().find(|step| step.step == StepId::Scim).unwrap();
    step.findings.clone()
}

fn only(view: &ProjectView) -> (String, Severity, Finding) {
    let findings = of_the_token(view);
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    (finding.code.to_string(), finding.severity, finding.clone())
}

impl World {
    /// The identity provider asks with that token.
    async fn is_asked_with(&self, token: &Secret) -> StatusCode {
        let url = format!("http://{}/scim/v2/Users", self.running.local_addr());
        let answer = reqwest::Client::new().get(url).bearer_auth(token.expose()).send().await.unwrap();
        answer.status()
    }
}

#[tokio::test]
async fn a_token_that_somebody_else_replaces_or_revokes_is_said_to_be() {
    let world = World::new().await;
    let id = world.project().await.project.id;
    let view = world.wizard.issue_scim_token(&id, 0).await.unwrap();
    assert_eq!(of_the_token(&view), []);
    let account = account(&view);
    let colleague = world.colleague().await;

    let until = adapters::SystemClock.now().plus(Duration::days(3));
    let theirs = colleague.issue_scim_token(&account, Some(until)).await.unwrap();
    let view = world.wizard.refresh(&id).await.unwrap();
    let (code, severity, finding) = only(&view);
    assert_eq!((code.as_str(), severity), ("scim-token-ending", Severity::Warning));
    assert_eq!(finding.args["at"].to_string(), until.to_string());
    assert_eq!(finding.args["used"].to_string(), "no");

    // The identity provider has it: nothing is to be done there any more.
    assert_eq!(world.is_asked_with(&theirs).await, StatusCode::OK);
    let view = world.wizard.refresh(&id).await.unwrap();
    let (code, severity, finding) = only(&view);
    assert_eq!((code.as_str(), severity), ("scim-token-ending", Severity::Info));
    assert_eq!(finding.args["used"].to_string(), "yes");

    colleague.issue_scim_token(&account, None).await.unwrap();
    let kept = view.project.scim.token_hint.clone().unwrap();
    let version = colleague.integration(&account).await.unwrap().version;
    colleague.revoke_scim_token(&account, version, &kept).await.unwrap();
    let view = world.wizard.refresh(&id).await.unwrap();
    let (code, severity, _) = only(&view);
    assert_eq!((code.as_str(), severity), ("scim-token-replaced", Severity::Warning));
    // What is saved to the service is no token: a colleague's new one keeps nobody from saving.
    world.wizard.push(&id, StepId::Scim).await.unwrap();

    let known = colleague.integration(&account).await.unwrap();
    let newest = known.scim.token.unwrap().hint;
    colleague.revoke_scim_token(&account, known.version, &newest).await.unwrap();
    let view = world.wizard.refresh(&id).await.unwrap();
    let (code, severity, _) = only(&view);
    assert_eq!((code.as_str(), severity), ("scim-token-revoked", Severity::Error));
    let refused = world.wizard.push(&id, StepId::Scim).await.unwrap_err();
    assert_eq!(
        refused.code,
        wizard::FailureCode::ErrorsOpen,
        "provisioning cannot be set up without a token"
    );

    let view = world.wizard.issue_scim_token(&id, 0).await.unwrap();
    assert_eq!(of_the_token(&view), []);
}

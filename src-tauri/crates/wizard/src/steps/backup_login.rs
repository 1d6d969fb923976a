//! Step 7: the login that works when single sign-on does not.

use super::{Context, Draft, Proof, StepView};
use crate::project::{ConflictField, Project, is_email};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId};

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "BackupLoginStep")]
pub struct BackupLogin {
    /// The e-mail address of a user of the account; at first the one who sets it up.
    pub email: String,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "BackupLoginEdit")]
pub struct Edit {
    /// As typed.
    pub email: String,
}

/// Changes the project.
pub fn apply(project: &mut Project, edit: Edit) {
    project.backup_login.email = edit.email;
}

/// The address as it would be sent.
pub fn address(project: &Project) -> String {
    project.backup_login.email.trim().to_lowercase()
}

/// Where the two sides differ.
pub fn differences(mine: &str, theirs: &str) -> Vec<ConflictField> {
    let field = || ConflictField {
        field: "backup-email".to_owned(),
        mine: mine.to_owned(),
        theirs: theirs.to_owned(),
    };
    (mine != theirs).then(field).into_iter().collect()
}

/// What is true now.
pub fn view(context: &Context<'_>) -> StepView {
    let email = address(context.project);
    let known = context.project.integration().and_then(|known| known.backup_login.as_ref());
    let mut draft = Draft::new(StepId::BackupLogin);
    draft.started = known.is_some() || (!email.is_empty() && email != context.project.admin_email);
    if email.is_empty() {
        draft.missing.push(Finding::info("backup-login-missing"));
    } else if !is_email(&email) {
        draft.findings.push(
            Finding::error("backup-login-not-email")
                .with("field", "backup-email")
                .seen("backup-email", &email),
        );
    }
    let sent = known.filter(|known| known.email == email);
    draft.unsent = draft.started && sent.is_none();
    draft.add_open_fields(context);
    match sent {
        None if context.by_hand() => {}
        None if !email.is_empty() => draft.missing.push(Finding::info("backup-login-unsent")),
        Some(sent) if sent.is_disabled => {
            draft.findings.push(Finding::error("backup-login-disabled").with("email", &email))
        }
        Some(sent) if sent.signed_in_at.is_none() => {
            draft.missing.push(Finding::info("backup-login-never-signed-in"))
        }
        _ => {}
    }
    if let Some(at) = sent.filter(|_| context.by_hand()).and_then(|sent| sent.signed_in_at) {
        draft.done_at = Some(at);
        draft.evidence.push(Finding::info("backup-login-entered").with("email", &email).with("at", at));
    } else if let Some(at) = sent.and_then(|sent| sent.signed_in_at) {
        draft.proof = Proof::Evidence;
        draft.done_at = Some(at);
        draft.evidence.push(Finding::info("backup-login-signed-in").with("email", &email).with("at", at));
    } else if email == context.project.admin_email {
        draft.evidence.push(Finding::info("backup-login-suggested").with("email", &email));
    }
    draft.findings.extend(own_domain(context.project, &email));
    draft.settle(context.now)
}

/// A backup login on a domain that goes through single sign-on is worth a word: its password must be known.
fn own_domain(project: &Project, email: &str) -> Option<Finding> {
    let (_, host) = email.rsplit_once('@')?;
    let through_sso = project.domains.entries.iter().any(|entry| entry.name == host);
    through_sso.then(|| Finding::info("backup-login-on-own-domain").with("domain", host))
}

//! Changing one's mind: another identity provider, or another place where the settings go.
//!
//! - [`plan`]: what carries over, what is set aside, what has to be done again, and what goes on as it is
//! - [`apply`]: the change; what does not carry over is kept in the project
//! - [`undo`]: where the last change came from; going back there takes up what was kept
//! - [`parts`](self): what belongs to an identity provider, and what to a backend
//!
//! Nothing is sent by a change. What stands at the service, in the portal or at the identity provider stays there.

mod parts;
mod plan;

pub use parts::{BackendParts, Look, ProviderParts};
pub use plan::{Line, Plan, Redo, RedoAt, plan};

use crate::error::{Failure, FailureCode};
use crate::project::{Backend, Project, invalid};
use guides::Guide;
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// Where a project is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[serde(rename = "SwitchTarget")]
pub enum Target {
    /// Another identity provider.
    IdentityProvider {
        /// Its id.
        idp: String,
    },
    /// Another place for the settings.
    Backend {
        /// Which.
        backend: Backend,
    },
}

/// What was set aside by changes and is taken up again on the way back. It holds no secret: those stay in the keyring
/// under a name of their own, [`Project::keyring_name`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Aside {
    /// One an identity provider.
    pub providers: Vec<ProviderParts>,
    /// One a backend.
    pub backends: Vec<BackendParts>,
    /// The last change, which can be undone.
    pub last: Option<Changed>,
    /// The highest keyring slot that was ever taken.
    pub slots: u32,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "LastSwitch")]
pub struct Changed {
    /// Where the project was before.
    pub from: Target,
    /// The identity provider that it had then, as in a sentence.
    pub idp: String,
    /// When it was changed.
    pub at: Timestamp,
}

/// The two guides of a change; the same one twice when the identity provider stays.
#[derive(Debug, Clone, Copy)]
pub struct Guides<'a> {
    /// The one of the project as it is.
    pub from: &'a Guide,
    /// The one of the project as it will be.
    pub to: &'a Guide,
}

impl Target {
    /// The same with its address made plain.
    ///
    /// # Errors
    /// As [`Backend::checked`].
    pub fn checked(self) -> Result<Self, Failure> {
        match self {
            Self::Backend { backend } => Ok(Self::Backend { backend: backend.checked()? }),
            provider @ Self::IdentityProvider { .. } => Ok(provider),
        }
    }

    /// The identity provider that a project has after the change.
    pub fn idp<'a>(&'a self, project: &'a Project) -> &'a str {
        match self {
            Self::IdentityProvider { idp } => idp,
            Self::Backend { .. } => &project.idp,
        }
    }

    /// Whether something was kept for it.
    pub fn is_kept(&self, project: &Project) -> bool {
        match self {
            Self::IdentityProvider { idp } => project.aside.providers.iter().any(|kept| kept.idp == *idp),
            Self::Backend { backend } => project.aside.backends.iter().any(|kept| kept.backend == *backend),
        }
    }
}

/// Whether the change can be made.
///
/// # Errors
/// [`InvalidInput`](FailureCode::InvalidInput) when the project is there already, or is a step that somebody handed
/// over; [`SetUpBySupport`](FailureCode::SetUpBySupport) for a service that its own support sets up, which takes its
/// values in that one way.
pub fn check(project: &Project, target: &Target) -> Result<(), Failure> {
    if project.task.is_some() {
        return Err(invalid("target", "is decided by whoever handed the step over"));
    }
    let to_support = matches!(target, Target::Backend { backend } if backend.is_by_support());
    if project.backend.is_by_support() || to_support {
        let why = "a service is set up by its support, or it is not";
        return Err(Failure::new(FailureCode::SetUpBySupport, why));
    }
    let (field, there) = match target {
        Target::IdentityProvider { idp } => ("idp", project.idp == *idp),
        Target::Backend { backend } => ("backend", project.backend == *backend),
    };
    if there { Err(invalid(field, "is what the project has already")) } else { Ok(()) }
}

/// Makes the change. `account` is the one at a backend that the project was not at before.
pub fn apply(
    project: &mut Project,
    guides: Guides<'_>,
    target: &Target,
    account: Option<String>,
    now: Timestamp,
) {
    let from = match target {
        Target::IdentityProvider { idp } => {
            let before = Target::IdentityProvider { idp: project.idp.clone() };
            let incoming = take(&mut project.aside.providers, |kept| kept.idp == *idp);
            let incoming = incoming.unwrap_or_else(|| ProviderParts::fresh(project, idp, now));
            let outgoing = parts::exchange_provider(project, guides, incoming, now);
            project.aside.providers.push(outgoing);
            let names = [&guides.from.identity_provider, &guides.to.identity_provider];
            let [old, new] = names.map(|idp| idp.short_name.as_str());
            project.note(now, "provider-changed", &[("from", old), ("to", new)]);
            before
        }
        Target::Backend { backend } => {
            let before = Target::Backend { backend: project.backend.clone() };
            let incoming = take(&mut project.aside.backends, |kept| kept.backend == *backend);
            let incoming = incoming.unwrap_or_else(|| BackendParts::fresh(project, backend, account, now));
            let outgoing = parts::exchange_backend(project, guides.to, incoming, now);
            project.aside.backends.push(outgoing);
            project.note(now, "backend-changed", &[]);
            before
        }
    };
    let idp = guides.from.identity_provider.short_name.clone();
    project.aside.last = Some(Changed { from, idp, at: now });
}

fn take<T>(kept: &mut Vec<T>, is_it: impl FnMut(&T) -> bool) -> Option<T> {
    kept.iter().position(is_it).map(|place| kept.remove(place))
}

/// Where the last change came from. What was entered since is set aside in turn, so that nothing is lost either way.
///
/// # Errors
/// [`InvalidInput`](crate::FailureCode::InvalidInput) when nothing was changed.
pub fn undo(project: &Project) -> Result<Target, Failure> {
    let last = project.aside.last.as_ref().map(|changed| changed.from.clone());
    last.ok_or_else(|| invalid("target", "was not changed yet"))
}

impl Project {
    /// Under which name the keyring has the project's secrets. Each backend has its own, so that a change of the
    /// backend moves none of them.
    pub fn keyring_name(&self) -> String {
        slot_name(&self.id, self.keyring_slot)
    }

    /// Every name under which the keyring may have secrets of the project.
    pub fn keyring_names(&self) -> Vec<String> {
        (0..=self.aside.slots.max(self.keyring_slot)).map(|slot| slot_name(&self.id, slot)).collect()
    }
}

fn slot_name(id: &str, slot: u32) -> String {
    if slot == 0 { id.to_owned() } else { format!("{id}/{slot}") }
}

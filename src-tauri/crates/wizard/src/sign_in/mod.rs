//! A sign-in that is tested: what came of it, beside what is expected, and where it is put right.
//!
//! - [`SignIns`]: the newest tests, kept with the project
//! - [`check`]: an answer that somebody has, judged on this computer as the service would judge it
//! - [`SignInView`]: a test or an answer, ready to be shown; both are shown the same way
//! - [`SignInsView`]: the tests of a project, and whether its backend makes them

mod expected;
mod groups;
mod offline;
mod place;
mod rows;
mod view;

pub use expected::claims;
pub use offline::{Checked, check, check_received};
pub use place::SignInPlace;
pub use rows::{SignInResult, SignInRow, SignInSubjectMatter};
pub use view::{SignInOrigin, SignInProblem, SignInView, SignInsView, views};

use account_api::{SignInPurpose, SignInTest};
use serde::{Deserialize, Serialize};

/// The newest test of each purpose, as the service told of it last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "KeptSignIns", default)]
pub struct SignIns {
    /// Of the portal.
    pub portal: Option<SignInTest>,
    /// Of Desktop.
    pub desktop: Option<SignInTest>,
}

impl SignIns {
    /// The newest test of a purpose.
    pub const fn of(&self, purpose: SignInPurpose) -> Option<&SignInTest> {
        match purpose {
            SignInPurpose::Portal => self.portal.as_ref(),
            SignInPurpose::Desktop => self.desktop.as_ref(),
        }
    }

    /// Forgets the newest test of a purpose.
    pub fn forget(&mut self, purpose: SignInPurpose) {
        *self.place(purpose) = None;
    }

    /// Takes a test that was begun just now, whatever the service's clock said before.
    pub fn begin(&mut self, test: SignInTest) {
        *self.place(test.purpose) = Some(SignInTest { open_url: None, ..test });
    }

    /// Takes what the service told of a test, unless a newer one is known.
    pub fn take(&mut self, test: SignInTest) {
        let known = self.of(test.purpose);
        if known.is_none_or(|known| known.id == test.id || known.started_at <= test.started_at) {
            self.begin(test);
        }
    }

    const fn place(&mut self, purpose: SignInPurpose) -> &mut Option<SignInTest> {
        match purpose {
            SignInPurpose::Portal => &mut self.portal,
            SignInPurpose::Desktop => &mut self.desktop,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;

use super::Wizard;
use crate::certificates::{self, CertificateList, CertificateReport};
use crate::error::{Failure, FailureCode};

impl Wizard {
    /// Every certificate of every project that can be read, the earliest end first.
    ///
    /// # Errors
    /// When the folder of the projects cannot be read.
    pub fn certificates(&self) -> Result<CertificateList, Failure> {
        Ok(certificates::list(&self.store.readable()?, self.library(), self.now()))
    }

    /// Looks at pasted or dropped certificates; nothing of them is kept.
    ///
    /// # Errors
    /// When the folder of the projects cannot be read.
    pub fn inspect_certificates(&self, bytes: &[u8]) -> Result<CertificateReport, Failure> {
        Ok(certificates::inspect(bytes, &self.store.readable()?, self.now()))
    }

    /// Reminders of the ends that are still to come, as an iCalendar file: of one project, or of all. `words` gives the
    /// text of an id.
    ///
    /// # Errors
    /// [`NothingToRemind`](FailureCode::NothingToRemind), or when the projects cannot be read.
    pub fn reminders(
        &self,
        project: Option<&str>,
        words: impl Fn(&str, &[(&str, &str)]) -> String,
    ) -> Result<String, Failure> {
        let projects = match project {
            Some(id) => vec![self.store.load(id)?],
            None => self.store.readable()?,
        };
        let CertificateList { entries, now, .. } = certificates::list(&projects, self.library(), self.now());
        let events = certificates::reminders(&entries, now, words);
        if events.is_empty() {
            return Err(Failure::new(FailureCode::NothingToRemind, "no certificate ends in the future"));
        }
        Ok(certs::calendar(&events, now))
    }
}

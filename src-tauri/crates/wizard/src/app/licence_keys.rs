use super::Wizard;
use crate::error::{Failure, FailureCode};
use account_api::{LicenceKey, RegisterLicenceKey, licence_key_letters};
use vocabulary::Secret;

/// The longest name of a subscription, in characters.
const LONGEST_NAME: usize = 100;

impl Wizard {
    /// The licence keys that are registered in the project's account, oldest first.
    ///
    /// # Errors
    /// Why the service cannot be asked.
    pub async fn licence_keys(&self, id: &str) -> Result<Vec<LicenceKey>, Failure> {
        let project = self.store.load(id)?;
        let (service, account) = self.service(&project).await?;
        self.heard(id, service.licence_keys(&account).await)
    }

    /// Registers a licence key in the project's account, under a name that may be blank; one that is registered there
    /// already becomes what is said of it now. The key goes to the service and is kept nowhere here.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) on `licence-key` or `licence-name`,
    /// [`LicenceKeyTaken`](FailureCode::LicenceKeyTaken) when another account has it, or why the service did not take it.
    pub async fn register_licence_key(
        &self,
        id: &str,
        key: Secret,
        name: &str,
        per_user: bool,
    ) -> Result<Vec<LicenceKey>, Failure> {
        let letters = licence_key_letters(key.expose()).ok_or_else(|| {
            Failure::new(FailureCode::InvalidInput, "the text cannot be a licence key").on("licence-key")
        })?;
        let name = name.trim();
        if name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
            let too_long = Failure::new(FailureCode::InvalidInput, "the name is too long or not on one line");
            return Err(too_long.on("licence-name"));
        }
        let asked = RegisterLicenceKey {
            key: letters,
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            per_user,
        };
        let project = self.store.load(id)?;
        let (service, account) = self.service(&project).await?;
        self.heard(id, service.register_licence_key(&account, &asked).await)?;
        self.heard(id, service.licence_keys(&account).await)
    }

    /// Removes a licence key that was registered by mistake, and gives those that are left. One that is gone already, by
    /// somebody else or by a request whose answer was lost, is as good as removed.
    ///
    /// # Errors
    /// [`LicenceKeyRequired`](FailureCode::LicenceKeyRequired) when it is the last one that an active integration needs, or
    /// why the service did not do it.
    pub async fn remove_licence_key(&self, id: &str, key: &LicenceKey) -> Result<Vec<LicenceKey>, Failure> {
        let project = self.store.load(id)?;
        let (service, account) = self.service(&project).await?;
        match self.heard(id, service.remove_licence_key(&account, key).await) {
            Err(failure) if failure.code != FailureCode::AccountMissing => return Err(failure),
            Ok(()) | Err(_) => {}
        }
        self.heard(id, service.licence_keys(&account).await)
    }
}

//! Passwords as Argon2id strings (RFC 9106), worked on aside and few at a time.

use crate::error::Error;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OnceCell, Semaphore};
use vocabulary::Secret;

/// So many are worked on at once: each takes 19 MiB and a processor.
const AT_ONCE: usize = 2;

/// Whoever has waited for so long is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// The fewest characters of a password.
pub(crate) const SHORTEST: usize = 12;

/// The most, so that nobody has the service hash a book.
pub(crate) const LONGEST: usize = 256;

/// What makes and checks passwords.
pub(crate) struct Passwords {
    slots: Arc<Semaphore>,
    decoy: OnceCell<String>,
}

/// Why a password will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weak {
    /// Fewer characters than [`SHORTEST`].
    Short,
    /// More than [`LONGEST`].
    Long,
    /// The e-mail address, or little else than one character.
    Guessable,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE)), decoy: OnceCell::new() }
    }
}

impl Passwords {
    /// The string to keep.
    pub(crate) async fn hash(&self, password: &Secret) -> Result<String, Error> {
        let password = password.clone();
        self.aside(move || {
            Argon2::default().hash_password(password.expose().as_bytes()).map(|it| it.to_string())
        })
        .await?
        .map_err(|_| Error::NoRandomness)
    }

    /// Whether it is the password of the string. Without a string it takes as long and is not.
    pub(crate) async fn matches(&self, password: &Secret, kept: Option<String>) -> Result<bool, Error> {
        let exists = kept.is_some();
        let kept = match kept {
            Some(kept) => kept,
            None => self.decoy().await?,
        };
        let password = password.clone();
        let matches = self
            .aside(move || {
                let kept = PasswordHash::new(&kept).ok();
                let verify = |kept: PasswordHash| {
                    Argon2::default().verify_password(password.expose().as_bytes(), &kept)
                };
                kept.is_some_and(|kept| verify(kept).is_ok())
            })
            .await?;
        Ok(matches && exists)
    }

    /// The string of a password that is nobody's, so that an address without a user takes as long as one with.
    async fn decoy(&self) -> Result<String, Error> {
        let made = self.decoy.get_or_try_init(async || self.hash(&Secret::new("nobody".to_owned())).await);
        made.await.cloned()
    }

    /// Waits for a slot, which is taken for as long as the work really goes on: also when nobody waits for it any more.
    async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let busy = || Error::Busy(5);
        let waiting = tokio::time::timeout(PATIENCE, Arc::clone(&self.slots).acquire_owned());
        let slot = waiting.await.map_err(|_| busy())?.map_err(|_| busy())?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(slot);
            result
        });
        done.await.map_err(|_| busy())
    }
}

/// Whether that may become somebody's password (NIST SP 800-63B, section 3.1.1.2: length, not composition).
pub(crate) fn check(password: &str, email: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weak::Short);
    }
    if length > LONGEST {
        return Err(Weak::Long);
    }
    let lower = password.to_lowercase();
    let different = lower.chars().collect::<BTreeSet<char>>().len();
    if different < 5 || lower.trim() == email.to_lowercase() {
        return Err(Weak::Guessable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_kept_as_argon2id_and_known_again() {
        let passwords = Passwords::default();
        let secret = |text: &str| Secret::new(text.to_owned());
        let kept = passwords.hash(&secret("a quiet harbour")).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(kept, passwords.hash(&secret("a quiet harbour")).await.unwrap());
        assert!(passwords.matches(&secret("a quiet harbour"), Some(kept.clone())).await.unwrap());
        assert!(!passwords.matches(&secret("a quiet harbor"), Some(kept)).await.unwrap());
        assert!(!passwords.matches(&secret("nobody"), None).await.unwrap());
        assert!(!passwords.matches(&secret("x"), Some("not a string of argon2".to_owned())).await.unwrap());
    }

    #[test]
    fn a_password_is_long_and_not_obvious() {
        assert_eq!(check("a quiet harbour", "mia@contoso.test"), Ok(()));
        assert_eq!(check("short", "mia@contoso.test"), Err(Weak::Short));
        assert_eq!(check(&"long".repeat(65), "mia@contoso.test"), Err(Weak::Long));
        assert_eq!(check("aaaaaaaaaaaaaaab", "mia@contoso.test"), Err(Weak::Guessable));
        assert_eq!(check("Mia@Contoso.test", "mia@contoso.test"), Err(Weak::Guessable));
    }
}

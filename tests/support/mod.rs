//! What several whole-product tests stand on.

use async_trait::async_trait;
use std::collections::HashMap;
use std::sync::Mutex;
use vocabulary::Secret;
use wizard::Failure;
use wizard::ports::{SecretKind, SecretStore};

/// A keyring in memory: the real one is asked in the test of the real window.
#[derive(Default)]
pub(crate) struct MemoryKeyring(Mutex<HashMap<String, String>>);

#[async_trait]
impl SecretStore for MemoryKeyring {
    async fn secret(&self, project: &str, kind: SecretKind) -> Result<Option<Secret>, Failure> {
        Ok(self.0.lock().unwrap().get(&format!("{project}{kind:?}")).cloned().map(Secret::new))
    }

    async fn keep(&self, project: &str, kind: SecretKind, secret: &Secret) -> Result<(), Failure> {
        self.0.lock().unwrap().insert(format!("{project}{kind:?}"), secret.expose().to_owned());
        Ok(())
    }

    async fn forget(&self, project: &str, kind: SecretKind) -> Result<(), Failure> {
        self.0.lock().unwrap().remove(&format!("{project}{kind:?}"));
        Ok(())
    }
}

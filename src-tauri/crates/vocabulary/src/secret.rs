use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// A text that may be used but not printed: bearer tokens, passwords, private keys.
///
/// It can be read from the wire, but implements neither `Serialize` nor `Display`, so that writing it to a project
/// file, a log or a hand-over does not compile; `Debug` shows only that there is one. The memory is wiped on drop.
///
/// ```compile_fail
/// let secret = vocabulary::Secret::new("hush".to_owned());
/// println!("{secret}");
/// ```
///
/// ```compile_fail
/// let secret = vocabulary::Secret::new("hush".to_owned());
/// serde_json::to_string(&secret);
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes the text over.
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The text itself. Every call is a place where it may leave: the keyring, an `Authorization` header, the
    /// clipboard on request.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_does_not_contain_the_text() {
        let secret = Secret::new("k7m2qv4xhd3n".to_owned());
        assert_eq!(format!("{secret:?} {:#?}", Some(&secret)).matches("k7m2").count(), 0);
        assert_eq!(secret.expose(), "k7m2qv4xhd3n");
    }
}

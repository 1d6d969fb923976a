//! Who is signed in, and which business accounts there are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::Timestamp;

/// The signed-in user and the business accounts (workspaces) they may administer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Me {
    /// The user's e-mail address.
    pub email: String,
    /// The accounts, in order of their names.
    pub accounts: Vec<Account>,
}

/// A business account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Account {
    /// Short, stable, fit for a URL, for example `contoso-7f3c`.
    pub id: String,
    /// The organization's name.
    pub name: String,
}

/// A user of a business account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct User {
    /// The e-mail address, lower case.
    pub email: String,
    /// When the user last signed in to the service; `None` when never.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub signed_in_at: Option<Timestamp>,
}

/// A registered licence key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct LicenceKey {
    /// The last characters of the key, for telling keys apart.
    pub hint: String,
    /// The name given to the subscription.
    pub name: Option<String>,
    /// Whether the subscription counts users; only such a one can be used with single sign-on.
    pub per_user: bool,
    /// When the key was registered.
    #[schema(value_type = String, format = DateTime)]
    pub registered_at: Timestamp,
}

/// The answer of `POST /licence-keys`: the key, and the account it went to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RegisteredLicenceKey {
    /// The key.
    pub licence_key: LicenceKey,
    /// Whose it is now.
    pub account: Account,
    /// Whether the account was made for it.
    pub account_created: bool,
}

/// The letters and digits of a licence key as they are compared: capitals, without blanks and hyphens. `None` when the
/// text cannot be one: it has 8 to 128 of them, and nothing else.
pub fn licence_key_letters(text: &str) -> Option<String> {
    let key: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let good = (8..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    good.then(|| key.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_key_is_compared_without_its_hyphens() {
        assert_eq!(licence_key_letters("abcd-1234 efgh").as_deref(), Some("ABCD1234EFGH"));
        assert_eq!(licence_key_letters("abc"), None);
        assert_eq!(licence_key_letters("abcd_1234_efgh"), None);
        assert_eq!(licence_key_letters(&"é".repeat(9)), None);
    }
}

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

//! A service that its own support sets up: the name that its addresses are made from, the package that is sent, and
//! what came back.
//!
//! - [`Support`]: what the project keeps of it
//! - [`edit`](self): every change, one [`Edit`] each
//! - [`values`]: the addresses, made from the name or as support gave them, and whether they are real
//! - [`known`]: the integration by what was sent and confirmed, which the steps are judged by
//! - [`package`]: the files and the letter
//! - [`view`]: how far it is, as the user interface shows it

mod edit;
mod known;
mod package;
mod values;
mod view;

pub use edit::{Edit, apply};
pub use known::known;
pub use package::{Letter, Package, PackedText, lacks, letter, package};
pub use values::{is_confirmed, judge_mail, judge_name, value, values};
pub(crate) use values::{judge_addresses, name};
pub use view::{StageView, SupportView, view};

use account_api::IdentityProvider;
use guides::ValueKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::Timestamp;

/// The guide's confirmation that the addresses stand in the identity provider. Other addresses take it back.
pub const ADDRESSES_ENTERED: &str = "sp-values-entered";

/// What was agreed with the service's support, and sent there. No secret is among it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "ServiceSupport")]
pub struct Support {
    /// The customer's name in the service's addresses, as typed.
    pub customer_name: String,
    /// The addresses that support gave in place of those made from the name, as typed.
    pub corrections: BTreeMap<ValueKey, String>,
    /// The e-mail address of support, as typed; optional.
    pub mail: String,
    /// The identity provider's metadata document, handed on as it is.
    pub metadata: Option<String>,
    /// The package that was sent last.
    pub sent: Option<Sent>,
    /// What support has confirmed.
    pub confirmed: Option<Confirmed>,
}

/// A package that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SentToSupport")]
pub struct Sent {
    /// When, by the administrator's word.
    pub at: Timestamp,
    /// The identity provider's values in it.
    pub identity_provider: IdentityProvider,
}

/// What support has confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "ConfirmedBySupport")]
pub struct Confirmed {
    /// When, by the administrator's word.
    pub at: Timestamp,
    /// The name and the addresses, letter by letter.
    pub values: BTreeMap<ValueKey, String>,
}

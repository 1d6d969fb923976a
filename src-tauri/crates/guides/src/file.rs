//! The shapes of the data files. Unknown keys are refused, so that a typing mistake is an error and not a silence.

use crate::inline::{self, Inline};
use crate::node::{FlowEdge, WrongHop};
use crate::page::{Destination, Note, PageId, Way};
use crate::service::IdentityProvider;
use crate::value_key::ValueKey;
use serde::Deserialize;
use toml::Spanned;
use vocabulary::StepId;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentityProvidersFile {
    pub(crate) identity_provider: Vec<IdentityProvider>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotesFile {
    pub(crate) note: Vec<Spanned<NoteEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteEntry {
    id: String,
    title: String,
    #[serde(deserialize_with = "inline::deserialize")]
    text: Vec<Inline>,
    checked: String,
    #[serde(default)]
    steps: Vec<StepId>,
    #[serde(default)]
    pages: Vec<PageId>,
    #[serde(default)]
    identity_providers: Vec<String>,
}

impl From<NoteEntry> for Note {
    fn from(entry: NoteEntry) -> Self {
        let NoteEntry { id, title, text, checked, steps, pages, identity_providers } = entry;
        Self { id, title, text, checked, steps, pages, identity_providers }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct GuideFile {
    /// The identity provider whose guide is taken where this file has nothing of its own.
    pub(crate) like: Option<Spanned<String>>,
    pub(crate) step: Vec<PageEntry<StepId>>,
    pub(crate) page: Vec<PageEntry<PageId>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageEntry<Id> {
    pub(crate) id: Spanned<Id>,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) mark: Option<String>,
    #[serde(default)]
    pub(crate) covers: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) way: Vec<Spanned<WayEntry>>,
    pub(crate) part: Vec<PartEntry>,
    #[serde(default)]
    pub(crate) hop: Vec<HopEntry>,
    #[serde(default)]
    pub(crate) confirmation: Vec<ConfirmationEntry>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WayEntry {
    id: String,
    title: String,
    summary: String,
    #[serde(default)]
    recommended: bool,
}

impl From<WayEntry> for Way {
    fn from(entry: WayEntry) -> Self {
        let WayEntry { id, title, summary, recommended } = entry;
        Self { id, title, summary, recommended }
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartEntry {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    pub(crate) way: Option<Spanned<String>>,
    pub(crate) portal: Option<String>,
    #[serde(default)]
    pub(crate) path: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) again: Vec<Spanned<String>>,
    #[serde(default, deserialize_with = "inline::deserialize_https")]
    pub(crate) link: Option<String>,
    pub(crate) action: Vec<ActionEntry>,
    pub(crate) table: Option<Spanned<TableEntry>>,
    pub(crate) flow: Option<Spanned<FlowEntry>>,
    pub(crate) message: Option<MessageEntry>,
    #[serde(default)]
    pub(crate) hand_over: Vec<Spanned<StepId>>,
    #[serde(default, deserialize_with = "inline::deserialize_some")]
    pub(crate) result: Option<Vec<Inline>>,
    #[serde(default, deserialize_with = "inline::deserialize_some")]
    pub(crate) check: Option<Vec<Inline>>,
    #[serde(default)]
    pub(crate) notes: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) covers: Vec<Spanned<String>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableEntry {
    pub(crate) caption: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub(crate) exact: bool,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlowEntry {
    pub(crate) caption: String,
    pub(crate) nodes: Vec<FlowNodeEntry>,
    pub(crate) edges: Vec<Spanned<FlowEdge>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlowNodeEntry {
    pub(crate) id: Spanned<String>,
    pub(crate) name: Spanned<String>,
    pub(crate) what: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessageEntry {
    pub(crate) subject: String,
    pub(crate) lines: Vec<Spanned<String>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HopEntry {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    #[serde(deserialize_with = "inline::deserialize")]
    pub(crate) expect: Vec<Inline>,
    pub(crate) wrong: Vec<WrongEntry>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrongEntry {
    pub(crate) id: Spanned<String>,
    #[serde(deserialize_with = "inline::deserialize")]
    seen: Vec<Inline>,
    #[serde(deserialize_with = "inline::deserialize")]
    means: Vec<Inline>,
    #[serde(deserialize_with = "inline::deserialize")]
    fix: Vec<Inline>,
    pub(crate) step: Option<Spanned<StepId>>,
}

impl From<WrongEntry> for WrongHop {
    fn from(entry: WrongEntry) -> Self {
        let WrongEntry { id, seen, means, fix, step } = entry;
        Self { id: id.into_inner(), seen, means, fix, step: step.map(Spanned::into_inner) }
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActionEntry {
    #[serde(deserialize_with = "inline::deserialize")]
    pub(crate) text: Vec<Inline>,
    #[serde(default)]
    pub(crate) values: Vec<Spanned<CarryEntry>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmationEntry {
    pub(crate) id: Spanned<String>,
    #[serde(deserialize_with = "inline::deserialize")]
    pub(crate) text: Vec<Inline>,
    #[serde(default = "yes")]
    pub(crate) required: bool,
    #[serde(default, deserialize_with = "inline::deserialize_some")]
    pub(crate) why: Option<Vec<Inline>>,
    pub(crate) one_of: Option<String>,
    pub(crate) beside: Option<Spanned<String>>,
}

const fn yes() -> bool {
    true
}

/// A value that changes hands, in one of the three ways it can be written.
#[derive(Clone, Deserialize)]
#[serde(try_from = "CarryFields")]
pub(crate) enum CarryEntry {
    /// From the program into a form.
    Give { key: ValueKey, from: Option<String>, into: String, at: Destination },
    /// From the identity provider's page to the service.
    Take { key: ValueKey, from: String, into: Option<String> },
    /// A setting that is the same for everybody.
    Set { text: String, into: String, at: Destination },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CarryFields {
    give: Option<ValueKey>,
    take: Option<ValueKey>,
    set: Option<String>,
    from: Option<String>,
    into: Option<String>,
    at: Option<Destination>,
}

impl TryFrom<CarryFields> for CarryEntry {
    type Error = &'static str;

    fn try_from(fields: CarryFields) -> Result<Self, Self::Error> {
        let at = fields.at.unwrap_or(Destination::IdentityProvider);
        match fields {
            CarryFields { give: Some(key), take: None, set: None, from, into: Some(into), .. } => {
                Ok(Self::Give { key, from, into, at })
            }
            CarryFields { give: None, take: Some(key), set: None, from: Some(from), into, at: None } => {
                Ok(Self::Take { key, from, into })
            }
            CarryFields { give: None, take: None, set: Some(text), from: None, into: Some(into), .. } => {
                Ok(Self::Set { text, into, at })
            }
            _ => Err("a value is written as { give, into }, { take, from } or { set, into }"),
        }
    }
}

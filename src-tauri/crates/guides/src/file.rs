//! The shapes of the data files. Unknown keys are refused, so that a typing mistake is an error and not a silence.

use crate::inline::{self, Inline};
use crate::node::{FlowEdge, WrongHop};
use crate::page::{Destination, Note, PageId, Way};
use crate::schema::Step;
use crate::service::IdentityProvider;
use crate::value_key::ValueKey;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;
use vocabulary::StepId;

/// `identity-providers.toml`: the identity providers that a new project offers.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentityProvidersFile {
    pub(crate) identity_provider: Vec<IdentityProvider>,
}

/// `notes.toml`: where a vendor's guide is wrong, unclear or out of date.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotesFile {
    #[schemars(with = "Vec<NoteEntry>")]
    pub(crate) note: Vec<Spanned<NoteEntry>>,
}

/// One note; it stands beside its steps and pages.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteEntry {
    id: String,
    title: String,
    #[serde(deserialize_with = "inline::deserialize")]
    #[schemars(with = "String")]
    text: Vec<Inline>,
    checked: String,
    #[serde(default)]
    #[schemars(with = "Vec<Step>")]
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

/// One guide: `guides/SERVICE/IDP.toml` or `guides/SERVICE/common.toml`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct GuideFile {
    /// The identity provider whose guide is taken where this file has nothing of its own.
    #[schemars(with = "Option<String>")]
    pub(crate) like: Option<Spanned<String>>,
    /// The steps of the service.
    #[schemars(with = "Vec<PageEntry<Step>>")]
    pub(crate) step: Vec<PageEntry<StepId>>,
    /// What comes before, after and around the steps.
    pub(crate) page: Vec<PageEntry<PageId>>,
}

/// What the administrator reads and does for one step or page.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageEntry<Id> {
    /// The step or page.
    #[schemars(with = "Id")]
    pub(crate) id: Spanned<Id>,
    /// A few words, without a full stop.
    pub(crate) title: String,
    /// One or two sentences: what changes by this page.
    pub(crate) summary: String,
    /// The service's own label of the mark that the required confirmations together stand for.
    pub(crate) mark: Option<String>,
    /// Facts of `facts.csv` that the page as a whole carries.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) covers: Vec<Spanned<String>>,
    /// The alternatives of which one is taken.
    #[serde(default)]
    #[schemars(with = "Vec<WayEntry>")]
    pub(crate) way: Vec<Spanned<WayEntry>>,
    /// What to do, in this order.
    pub(crate) part: Vec<PartEntry>,
    /// The stops of a test that is made by hand.
    #[serde(default)]
    pub(crate) hop: Vec<HopEntry>,
    /// What the administrator says is done.
    #[serde(default)]
    pub(crate) confirmation: Vec<ConfirmationEntry>,
}

/// One of the alternatives of a page, such as a file or by hand.
#[derive(Clone, Deserialize, JsonSchema)]
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

/// Actions in one place of one portal.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartEntry {
    /// Unique on its page, kebab-case.
    #[schemars(with = "String")]
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    /// The way it belongs to, when the page has several.
    #[schemars(with = "Option<String>")]
    pub(crate) way: Option<Spanned<String>>,
    /// Whose pages these are.
    pub(crate) portal: Option<String>,
    /// The portal's own labels on the way there; `{app-name}` stands for what the administrator named.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) path: Vec<Spanned<String>>,
    /// The way back to it later, when that is another one.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) again: Vec<Spanned<String>>,
    /// The exact page, https; `{tenant}` is filled in where it is known.
    #[serde(default, deserialize_with = "inline::deserialize_https")]
    pub(crate) link: Option<String>,
    /// What to do, one short sentence each.
    pub(crate) action: Vec<ActionEntry>,
    #[schemars(with = "Option<TableEntry>")]
    pub(crate) table: Option<Spanned<TableEntry>>,
    #[schemars(with = "Option<FlowEntry>")]
    pub(crate) flow: Option<Spanned<FlowEntry>>,
    pub(crate) message: Option<MessageEntry>,
    /// The steps that can be handed over from here.
    #[serde(default)]
    #[schemars(with = "Vec<Step>")]
    pub(crate) hand_over: Vec<Spanned<StepId>>,
    /// What it looks like when it is done; small Markdown.
    #[serde(default, deserialize_with = "inline::deserialize_some")]
    #[schemars(with = "Option<String>")]
    pub(crate) result: Option<Vec<Inline>>,
    /// What to look at when it is not; small Markdown.
    #[serde(default, deserialize_with = "inline::deserialize_some")]
    #[schemars(with = "Option<String>")]
    pub(crate) check: Option<Vec<Inline>>,
    /// The notes that stand beside it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) notes: Vec<Spanned<String>>,
    /// Facts of `facts.csv` that it carries.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) covers: Vec<Spanned<String>>,
}

/// Things that are entered or compared line by line.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableEntry {
    pub(crate) caption: String,
    pub(crate) columns: Vec<String>,
    #[schemars(with = "Vec<Vec<String>>")]
    pub(crate) rows: Vec<Spanned<Vec<Spanned<String>>>>,
    /// Whether a capital letter or a blank that differs breaks it.
    #[serde(default)]
    pub(crate) exact: bool,
}

/// How something passes from one thing to the next, as a picture with its table.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlowEntry {
    pub(crate) caption: String,
    pub(crate) nodes: Vec<FlowNodeEntry>,
    #[schemars(with = "Vec<FlowEdge>")]
    pub(crate) edges: Vec<Spanned<FlowEdge>>,
}

/// One thing of a picture.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlowNodeEntry {
    #[schemars(with = "String")]
    pub(crate) id: Spanned<String>,
    #[schemars(with = "String")]
    pub(crate) name: Spanned<String>,
    pub(crate) what: String,
}

/// A text to send to other people.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessageEntry {
    pub(crate) subject: String,
    #[schemars(with = "Vec<String>")]
    pub(crate) lines: Vec<Spanned<String>>,
}

/// One stop of a sign-in that is tested by hand.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HopEntry {
    #[schemars(with = "String")]
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    #[serde(deserialize_with = "inline::deserialize")]
    #[schemars(with = "String")]
    pub(crate) expect: Vec<Inline>,
    pub(crate) wrong: Vec<WrongEntry>,
}

/// Something else than what was expected at a stop.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrongEntry {
    #[schemars(with = "String")]
    pub(crate) id: Spanned<String>,
    #[serde(deserialize_with = "inline::deserialize")]
    #[schemars(with = "String")]
    seen: Vec<Inline>,
    #[serde(deserialize_with = "inline::deserialize")]
    #[schemars(with = "String")]
    means: Vec<Inline>,
    #[serde(deserialize_with = "inline::deserialize")]
    #[schemars(with = "String")]
    fix: Vec<Inline>,
    #[schemars(with = "Option<Step>")]
    pub(crate) step: Option<Spanned<StepId>>,
}

impl From<WrongEntry> for WrongHop {
    fn from(entry: WrongEntry) -> Self {
        let WrongEntry { id, seen, means, fix, step } = entry;
        Self { id: id.into_inner(), seen, means, fix, step: step.map(Spanned::into_inner) }
    }
}

/// One thing to do.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActionEntry {
    /// **label**, `value` and [text](https://…) are all the Markdown there is.
    #[serde(deserialize_with = "inline::deserialize")]
    #[schemars(with = "String")]
    pub(crate) text: Vec<Inline>,
    /// The values that change hands.
    #[serde(default)]
    #[schemars(with = "Vec<CarryEntry>")]
    pub(crate) values: Vec<Spanned<CarryEntry>>,
}

/// What only the administrator can say.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmationEntry {
    /// Unique in the guide, kebab-case.
    #[schemars(with = "String")]
    pub(crate) id: Spanned<String>,
    /// What is confirmed; small Markdown.
    #[serde(deserialize_with = "inline::deserialize")]
    #[schemars(with = "String")]
    pub(crate) text: Vec<Inline>,
    /// Whether the step cannot be done without it.
    #[serde(default = "yes")]
    pub(crate) required: bool,
    /// What goes wrong without it; small Markdown.
    #[serde(default, deserialize_with = "inline::deserialize_some")]
    #[schemars(with = "Option<String>")]
    pub(crate) why: Option<Vec<Inline>>,
    /// Of the confirmations that name the same choice, one is taken.
    pub(crate) one_of: Option<String>,
    /// The part it stands beside.
    #[schemars(with = "Option<String>")]
    pub(crate) beside: Option<Spanned<String>>,
}

const fn yes() -> bool {
    true
}

/// A value that changes hands, in one of the three ways it can be written.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(try_from = "CarryFields")]
pub(crate) enum CarryEntry {
    /// From the program into a form.
    Give { key: ValueKey, from: Option<String>, into: String, at: Destination },
    /// From the identity provider's page to the service.
    Take { key: ValueKey, from: String, into: Option<String> },
    /// A setting that is the same for everybody.
    Set { text: String, into: String, at: Destination },
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CarryFields {
    /// A value that goes from the program into a form.
    give: Option<ValueKey>,
    /// A value that goes from the identity provider's page to the service.
    take: Option<ValueKey>,
    /// A setting that is the same for everybody, letter by letter.
    set: Option<String>,
    /// What it is called where it comes from.
    from: Option<String>,
    /// The field it goes into, in the portal's own words.
    into: Option<String>,
    /// Whose form it is; the identity provider's when nothing is said.
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

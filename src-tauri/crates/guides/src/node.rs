use crate::inline::Inline;
use crate::page::Segment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::StepId;

/// Things that are entered or compared line by line, such as claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Table {
    /// What it lists.
    pub caption: String,
    /// The headings, in the portal's own words.
    pub columns: Vec<String>,
    /// The rows; each has a cell for every column.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Whether a capital letter or a blank that differs breaks it, so that what was typed is worth comparing.
    pub exact: bool,
}

/// How something passes from one thing to the next, as a picture; [`Flow::edges`] is its table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Flow {
    /// What it shows, in one sentence.
    pub caption: String,
    /// The things, in reading order.
    pub nodes: Vec<FlowNode>,
    /// What leads from one to another.
    pub edges: Vec<FlowEdge>,
}

/// One thing of a [`Flow`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FlowNode {
    /// Named by the edges.
    pub id: String,
    /// Its name: a label, or what the administrator called it.
    pub name: Segment,
    /// What it is, in a few words.
    pub what: String,
}

/// One arrow of a [`Flow`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowEdge {
    /// Where it begins: the id of a node.
    pub from: String,
    /// Where it ends: the id of a node.
    pub to: String,
    /// What makes the way, in a few words.
    pub by: String,
}

/// A text to send to other people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Message {
    /// The subject line.
    pub subject: String,
    /// The paragraphs; one that is a value stands alone.
    pub lines: Vec<Segment>,
}

/// One stop of a sign-in that is tested by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Hop {
    /// Unique on its page, kebab-case.
    pub id: String,
    /// A few words, imperative.
    pub title: String,
    /// What is there to see when it is right.
    pub expect: Vec<Inline>,
    /// What may be seen instead. The first wrong hop of a sign-in tells the cause; those after it tell nothing.
    pub wrong: Vec<WrongHop>,
}

/// Something else than what was expected at a [`Hop`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct WrongHop {
    /// Unique on its hop, kebab-case.
    pub id: String,
    /// What is seen.
    pub seen: Vec<Inline>,
    /// What it means.
    pub means: Vec<Inline>,
    /// What to do.
    pub fix: Vec<Inline>,
    /// The step in which it is put right; `None` when no step is.
    pub step: Option<StepId>,
}

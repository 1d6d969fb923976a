//! What is printed, mailed or filed, as a typed document: words are ids of the Fluent texts, values stay values. Whoever
//! renders it puts the words in and escapes what its form needs escaped.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::Timestamp;

/// A page or a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is.
    pub title: Words,
    /// What to know first, one paragraph each.
    pub lead: Vec<Words>,
    /// The rest, in order.
    pub sections: Vec<Section>,
}

/// A part under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading.
    pub title: Words,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// One block of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Text {
        /// What it says.
        words: Words,
    },
    /// The way through a portal.
    Path {
        /// The portal and its menus, in order.
        places: Vec<Words>,
    },
    /// Names and values.
    Facts {
        /// Each with its name.
        facts: Vec<Fact>,
    },
    /// A text as QR code.
    Code {
        /// What the code says.
        text: String,
    },
    /// Things to do, in order.
    Actions {
        /// One line each.
        lines: Vec<Words>,
    },
}

/// A name with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What the values are.
    pub name: Words,
    /// The values, whole.
    pub values: Vec<Words>,
}

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Words {
    /// A Fluent text.
    Said {
        /// Its id; after a full stop, the attribute that is meant.
        id: String,
        /// Its variables.
        args: BTreeMap<String, String>,
    },
    /// What somebody entered, a guide says, or a server answered: shown as it is.
    Data {
        /// Letter by letter.
        text: String,
    },
}

impl Words {
    /// A Fluent text without variables.
    pub fn said(id: impl Into<String>) -> Self {
        Self::Said { id: id.into(), args: BTreeMap::new() }
    }

    /// The same with one variable more; data has none.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        if let Self::Said { args, .. } = &mut self {
            args.insert(name.to_owned(), value.to_string());
        }
        self
    }

    /// A moment, to the minute: nobody who reads a page needs the second.
    pub fn at(moment: Timestamp) -> Self {
        Self::data(moment.to_minute())
    }

    /// What is shown as it is.
    pub fn data(text: impl Into<String>) -> Self {
        Self::Data { text: text.into() }
    }
}

impl Fact {
    /// A name of the texts with a moment.
    pub fn at(name: &str, moment: Timestamp) -> Self {
        Self { name: Words::said(name), values: vec![Words::at(moment)] }
    }

    /// A name of the texts with one value.
    pub fn one(name: &str, value: impl Into<String>) -> Self {
        Self { name: Words::said(name), values: vec![Words::data(value)] }
    }
}

use crate::inline::Inline;
use crate::node::{Flow, Hop, Message, Table};
use crate::value_key::ValueKey;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::StepId;

/// What the administrator reads and does for one step or one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Page {
    /// A [`StepId`] or a [`PageId`] in kebab-case.
    pub id: String,
    /// A few words, without a full stop.
    pub title: String,
    /// One or two sentences: what changes by this page.
    pub summary: String,
    /// The alternatives of which one is taken; empty when there is one way only.
    pub ways: Vec<Way>,
    /// What to do, in this order.
    pub parts: Vec<Part>,
    /// The stops of a test that is made by hand, in the order they are met; empty on other pages.
    pub hops: Vec<Hop>,
    /// What the administrator says is done.
    pub confirmations: Vec<Confirmation>,
    /// The service's own label of the mark that the required confirmations together stand for, where it has one.
    pub mark: Option<String>,
    /// Facts that the page as a whole carries.
    pub covers: Vec<String>,
}

/// A page that is no step: what comes before, after and around the seven steps.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type, JsonSchema,
)]
pub enum PageId {
    /// What has to be at hand before the first step.
    #[serde(rename = "before-you-start")]
    BeforeYouStart,
    /// Stage I: register the licence key.
    #[serde(rename = "stage-1")]
    StageOne,
    /// What the seven steps ask of the administrator, and who is asked for what is missing.
    #[serde(rename = "what-you-need")]
    WhatYouNeed,
    /// Send the service what it needs, where it takes nothing by itself.
    #[serde(rename = "hand-over")]
    HandOver,
    /// Prove that administrators can sign in to the service's portal.
    #[serde(rename = "test-sign-in")]
    TestSignIn,
    /// Prove that a user can activate the product on a computer.
    #[serde(rename = "test-desktop")]
    TestDesktop,
    /// Stage III: hand out the download.
    #[serde(rename = "stage-3")]
    StageThree,
    /// What can be added once everything works.
    #[serde(rename = "afterwards")]
    Afterwards,
}

impl PageId {
    /// All pages, in the order they are met.
    pub const ALL: [Self; 8] = [
        Self::BeforeYouStart,
        Self::StageOne,
        Self::WhatYouNeed,
        Self::HandOver,
        Self::TestSignIn,
        Self::TestDesktop,
        Self::StageThree,
        Self::Afterwards,
    ];

    /// The kebab-case name, as in [`Page::id`].
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BeforeYouStart => "before-you-start",
            Self::StageOne => "stage-1",
            Self::WhatYouNeed => "what-you-need",
            Self::HandOver => "hand-over",
            Self::TestSignIn => "test-sign-in",
            Self::TestDesktop => "test-desktop",
            Self::StageThree => "stage-3",
            Self::Afterwards => "afterwards",
        }
    }
}

/// One of the alternatives of a page, such as a file or by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Way {
    /// Named by [`Part::way`].
    pub id: String,
    /// A few words.
    pub title: String,
    /// Why to take it.
    pub summary: String,
    /// Whether it is the one to propose.
    pub recommended: bool,
}

/// Actions in one place of one portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Part {
    /// Unique on its page, kebab-case.
    pub id: String,
    /// A few words, imperative.
    pub title: String,
    /// The [`Way`] it belongs to; `None` when it is done whatever way was taken.
    pub way: Option<String>,
    /// Where it is done; `None` when no portal is needed.
    pub portal: Option<Portal>,
    /// What to do, in this order.
    pub actions: Vec<Action>,
    /// What is entered or compared line by line.
    pub table: Option<Table>,
    /// How things hang together, as a picture.
    pub flow: Option<Flow>,
    /// A text to send to other people.
    pub message: Option<Message>,
    /// The steps that somebody else can do where this is not the administrator's own.
    pub hand_over: Vec<StepId>,
    /// What is there to see afterwards.
    pub result: Option<Vec<Inline>>,
    /// How to tell that it is right, and what to do when it is not.
    pub check: Option<Vec<Inline>>,
    /// Where the vendor's guide is wrong, unclear or out of date.
    pub notes: Vec<Note>,
    /// Facts that this part carries.
    pub covers: Vec<String>,
}

/// Where in which portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Portal {
    /// What the portal is called in a path, short.
    pub name: String,
    /// The way through its menus, in its own words; never empty.
    pub path: Vec<Segment>,
    /// The way back to it for changing something, where that is another one; else empty.
    pub again: Vec<Segment>,
    /// An https address to open; may contain `{tenant_id}`, see [`Portal::address`].
    pub link: Option<String>,
}

impl Portal {
    /// The address to open in the browser. Without a tenant, or with one that is neither an identifier nor a domain
    /// name, the portal opens in the tenant the administrator is signed in to.
    pub fn address(&self, tenant_id: Option<&str>) -> Option<String> {
        let tenant = tenant_id.filter(|tenant| is_tenant(tenant)).unwrap_or_default();
        self.link.as_ref().map(|link| link.replace("{tenant_id}", tenant))
    }
}

fn is_tenant(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

/// One stop on the way through a portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Segment {
    /// A label of the portal.
    Label {
        /// The portal's own words.
        text: String,
    },
    /// Something the administrator named, such as the application.
    Value {
        /// Which value stands here.
        key: ValueKey,
    },
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Action {
    /// The instruction.
    pub text: Vec<Inline>,
    /// The values that change hands by it.
    pub values: Vec<Carry>,
}

impl Action {
    /// Whether it is about nothing but values that the service may be without.
    pub fn is_optional(&self) -> bool {
        !self.values.is_empty() && self.values.iter().all(|carry| carry.optional)
    }
}

/// A value that goes from one place to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Carry {
    /// What is carried.
    pub value: Carried,
    /// What it is called where it comes from; `None` for a setting that is only chosen.
    pub label_from: Option<String>,
    /// The field it goes into, as its form calls it.
    pub label_to: String,
    /// Whose form that is. Into the service means: the administrator gives it to the program, which passes it on.
    pub to: Destination,
    /// The value itself, when it is the same for every account of the service.
    pub known: Option<String>,
    /// Whether it is masked, and copied by the program only.
    pub secret: bool,
    /// Whether the service may be without it: see [`ValueKey::is_optional`].
    pub optional: bool,
}

/// What is carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Carried {
    /// A value the program knows, or asks for.
    Key {
        /// Which one.
        key: ValueKey,
    },
    /// A value that is the same for everybody.
    Literal {
        /// The value, letter by letter.
        text: String,
    },
}

impl Carried {
    /// Which value of the program it is; `None` for one that is the same for everybody.
    pub const fn key(&self) -> Option<ValueKey> {
        match self {
            Self::Key { key } => Some(*key),
            Self::Literal { .. } => None,
        }
    }
}

/// Where a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Destination {
    /// Into a field of the identity provider's portal.
    IdentityProvider,
    /// To the service, by way of the program.
    Service,
    /// Into the form of the company that runs the domain's DNS.
    DnsHost,
    /// Into the browser's address bar.
    Browser,
    /// To the people who use the product.
    EndUsers,
}

/// What only the administrator can say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Confirmation {
    /// Unique in the guide, kebab-case; the step's state is made of these.
    pub id: String,
    /// What is confirmed, in the first person.
    pub text: Vec<Inline>,
    /// Whether the step cannot be done without it.
    pub required: bool,
    /// What goes wrong without it.
    pub why: Option<Vec<Inline>>,
    /// Of the confirmations that name the same choice, one is taken.
    pub one_of: Option<String>,
    /// The part it stands beside, for what everything hangs on; `None` for the end of the page.
    pub beside: Option<String>,
}

/// Where the vendor's guide is wrong, unclear or out of date, and since when this is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Note {
    /// The note's id, such as `N9`.
    pub id: String,
    /// The point in one sentence.
    pub title: String,
    /// What the guide says, what is true, what to do.
    pub text: Vec<Inline>,
    /// The day it was last checked, `YYYY-MM-DD`.
    pub checked: String,
    /// The steps it stands beside.
    pub steps: Vec<StepId>,
    /// The other pages it stands on.
    pub pages: Vec<PageId>,
    /// The identity providers it is about; empty when it is about all.
    pub identity_providers: Vec<String>,
}

impl Page {
    /// The confirmations that are still needed, given those that were made. Of a choice, the first one stands for all.
    pub fn missing(&self, made: impl Fn(&str) -> bool) -> Vec<&Confirmation> {
        let mut asked: Vec<&str> = Vec::new();
        self.confirmations
            .iter()
            .filter(|one| one.required && !self.is_made(one, &made) && first(one, &mut asked))
            .collect()
    }

    fn is_made(&self, confirmation: &Confirmation, made: impl Fn(&str) -> bool) -> bool {
        let Some(choice) = &confirmation.one_of else { return made(&confirmation.id) };
        self.confirmations
            .iter()
            .filter(|other| other.one_of.as_ref() == Some(choice))
            .any(|other| made(&other.id))
    }

    /// The guide notes of all parts, each once.
    pub fn notes(&self) -> Vec<&Note> {
        let mut notes: Vec<&Note> = Vec::new();
        for note in self.parts.iter().flat_map(|part| &part.notes) {
            if !notes.iter().any(|known| known.id == note.id) {
                notes.push(note);
            }
        }
        notes
    }

    /// Every fact that the page or one of its parts carries.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        self.covers.iter().chain(self.parts.iter().flat_map(|part| &part.covers)).map(String::as_str)
    }

    /// The values that change hands on this page, in the order they are met.
    pub fn carries(&self) -> impl Iterator<Item = &Carry> {
        self.parts.iter().flat_map(|part| &part.actions).flat_map(|action| &action.values)
    }
}

/// Whether this is the first confirmation of its choice; one without a choice always is.
fn first<'a>(confirmation: &'a Confirmation, asked: &mut Vec<&'a str>) -> bool {
    let Some(choice) = confirmation.one_of.as_deref() else { return true };
    let is_first = !asked.contains(&choice);
    asked.push(choice);
    is_first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confirmation(id: &str, required: bool, one_of: Option<&str>) -> Confirmation {
        Confirmation {
            id: id.into(),
            text: Vec::new(),
            required,
            why: None,
            one_of: one_of.map(Into::into),
            beside: None,
        }
    }

    fn page(confirmations: Vec<Confirmation>) -> Page {
        Page {
            id: "users".into(),
            title: String::new(),
            summary: String::new(),
            ways: Vec::new(),
            parts: Vec::new(),
            hops: Vec::new(),
            confirmations,
            mark: None,
            covers: Vec::new(),
        }
    }

    #[test]
    fn one_confirmation_of_a_choice_is_enough() {
        let page = page(vec![
            confirmation("added", true, Some("when")),
            confirmation("later", true, Some("when")),
            confirmation("told", false, None),
        ]);
        let missing = |made: &[&str]| {
            page.missing(|id| made.contains(&id)).iter().map(|c| c.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(missing(&[]), ["added"]);
        assert_eq!(missing(&["told"]), ["added"]);
        assert!(missing(&["later"]).is_empty());
    }

    #[test]
    fn a_tenant_is_put_into_a_link_only_when_it_looks_like_one() {
        let portal = Portal {
            name: "Entra".into(),
            path: Vec::new(),
            again: Vec::new(),
            link: Some("https://portal.example/{tenant_id}#groups".into()),
        };
        assert_eq!(portal.address(Some("contoso.com")).unwrap(), "https://portal.example/contoso.com#groups");
        assert_eq!(portal.address(None).unwrap(), "https://portal.example/#groups");
        assert_eq!(portal.address(Some("a/../b?x=1")).unwrap(), "https://portal.example/#groups");
    }
}

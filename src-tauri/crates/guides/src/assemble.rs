//! From the shapes of the files to the types of the library, with every rule that goes beyond one field.

use crate::error::DataError;
use crate::file::{ActionEntry, CarryEntry, ConfirmationEntry, PageEntry, PartEntry};
use crate::page::{
    Action, Carried, Carry, Confirmation, Destination, Note, Page, Part, Portal, Segment, Way,
};
use crate::service::Service;
use crate::value_key::ValueKey;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use vocabulary::StepId;

/// One file's text, and what its names refer to.
pub(crate) struct Assembler<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) service: &'a Service,
    pub(crate) provider: &'a str,
    pub(crate) notes: &'a [Note],
    pub(crate) facts: &'a BTreeSet<&'a str>,
}

impl Assembler<'_> {
    /// The page under the id, every reference followed.
    pub(crate) fn page<Id>(&self, id: &str, entry: PageEntry<Id>) -> Result<Page, DataError> {
        let ways = self.ways(&entry)?;
        if entry.part.is_empty() {
            return Err(self.wrong(&entry.id.span(), "a page needs at least one part"));
        }
        self.choices(&entry.confirmation)?;
        self.beside(&entry.confirmation, &entry.part)?;
        let parts =
            entry.part.into_iter().map(|part| self.part(part, &ways)).collect::<Result<Vec<_>, _>>()?;
        Ok(Page {
            id: id.to_owned(),
            title: entry.title,
            summary: entry.summary,
            ways,
            parts,
            hops: self.hops(entry.hop)?,
            confirmations: entry.confirmation.into_iter().map(confirmation).collect(),
            mark: entry.mark,
            covers: self.covers(entry.covers)?,
        })
    }

    fn ways<Id>(&self, entry: &PageEntry<Id>) -> Result<Vec<Way>, DataError> {
        self.once(entry.part.iter().map(|part| (part.id.as_ref().as_str(), part.id.span())), "part")?;
        let ways: Vec<Way> = entry.way.iter().map(|way| way.as_ref().clone().into()).collect();
        self.once(ways.iter().map(|way| way.id.as_str()).zip(entry.way.iter().map(Spanned::span)), "way")?;
        for (way, written) in ways.iter().zip(&entry.way) {
            if !entry.part.iter().any(|part| part.way.as_ref().is_some_and(|name| *name.as_ref() == way.id)) {
                return Err(self.wrong(&written.span(), format!("no part belongs to the way {:?}", way.id)));
            }
        }
        Ok(ways)
    }

    fn part(&self, entry: PartEntry, ways: &[Way]) -> Result<Part, DataError> {
        if let Some(way) =
            entry.way.as_ref().filter(|way| !ways.iter().any(|known| known.id == *way.as_ref()))
        {
            return Err(self.wrong(&way.span(), format!("the page has no way {:?}", way.as_ref())));
        }
        if entry.action.is_empty() {
            return Err(self.wrong(&entry.id.span(), "a part needs at least one action"));
        }
        Ok(Part {
            portal: self.portal(&entry)?,
            table: entry.table.map(|table| self.table(table)).transpose()?,
            flow: entry.flow.map(|flow| self.flow(flow)).transpose()?,
            message: entry.message.map(|message| self.message(message)).transpose()?,
            hand_over: self.handed_over(&entry.hand_over)?,
            notes: self.notes(&entry.notes)?,
            actions: entry.action.into_iter().map(|action| self.action(action)).collect::<Result<_, _>>()?,
            id: entry.id.into_inner(),
            title: entry.title,
            way: entry.way.map(Spanned::into_inner),
            result: entry.result,
            check: entry.check,
            covers: self.covers(entry.covers)?,
        })
    }

    /// A service has only some of the steps.
    fn handed_over(&self, steps: &[Spanned<StepId>]) -> Result<Vec<StepId>, DataError> {
        let unknown = steps.iter().find(|step| !self.service.steps.contains(step.as_ref()));
        match unknown {
            Some(step) => {
                let what = format!("{} has no step {}", self.service.name, step.as_ref());
                Err(self.wrong(&step.span(), what))
            }
            None => Ok(steps.iter().map(|step| *step.as_ref()).collect()),
        }
    }

    fn portal(&self, entry: &PartEntry) -> Result<Option<Portal>, DataError> {
        let segments = |written: &[Spanned<String>]| {
            written.iter().map(|segment| self.segment(segment)).collect::<Result<Vec<_>, _>>()
        };
        let (path, again) = (segments(&entry.path)?, segments(&entry.again)?);
        match (&entry.portal, path.is_empty()) {
            (Some(name), false) => {
                Ok(Some(Portal { name: name.clone(), path, again, link: entry.link.clone() }))
            }
            (None, true) if entry.link.is_none() && again.is_empty() => Ok(None),
            (Some(_), true) => Err(self.wrong(&entry.id.span(), "the portal needs a path through its menus")),
            (None, _) => Err(self.wrong(&entry.id.span(), "a path and a link need the name of their portal")),
        }
    }

    pub(crate) fn segment(&self, written: &Spanned<String>) -> Result<Segment, DataError> {
        let text = written.as_ref();
        let Some(name) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return match text.trim().is_empty() {
                true => Err(self.wrong(&written.span(), "a path has an empty stop")),
                false if text.contains(['{', '}']) => {
                    Err(self.wrong(&written.span(), "a value in a path stands alone, such as \"{app-name}\""))
                }
                false => Ok(Segment::Label { text: text.clone() }),
            };
        };
        let key = ValueKey::ALL.into_iter().find(|key| key.as_str() == name);
        key.map(|key| Segment::Value { key })
            .ok_or_else(|| self.wrong(&written.span(), format!("{name:?} is not a value the program knows")))
    }

    fn covers(&self, facts: Vec<Spanned<String>>) -> Result<Vec<String>, DataError> {
        let unknown = facts.iter().find(|id| !self.facts.contains(id.as_ref().as_str()));
        match unknown {
            Some(id) => Err(self.wrong(&id.span(), format!("facts.csv has no fact {:?}", id.as_ref()))),
            None => Ok(facts.into_iter().map(Spanned::into_inner).collect()),
        }
    }

    /// A confirmation stands beside a part of its own page.
    fn beside(&self, confirmations: &[ConfirmationEntry], parts: &[PartEntry]) -> Result<(), DataError> {
        for part in confirmations.iter().filter_map(|one| one.beside.as_ref()) {
            if !parts.iter().any(|known| known.id.as_ref() == part.as_ref()) {
                return Err(self.wrong(&part.span(), format!("the page has no part {:?}", part.as_ref())));
            }
        }
        Ok(())
    }

    /// The notes that are about this identity provider.
    fn notes(&self, ids: &[Spanned<String>]) -> Result<Vec<Note>, DataError> {
        let mut notes = ids.iter().map(|id| self.note(id)).collect::<Result<Vec<_>, _>>()?;
        notes.retain(|note| {
            note.identity_providers.is_empty() || note.identity_providers.iter().any(|id| id == self.provider)
        });
        Ok(notes)
    }

    fn note(&self, id: &Spanned<String>) -> Result<Note, DataError> {
        let known = self.notes.iter().find(|note| note.id == *id.as_ref());
        known.cloned().ok_or_else(|| self.wrong(&id.span(), format!("there is no note {:?}", id.as_ref())))
    }

    fn action(&self, entry: ActionEntry) -> Result<Action, DataError> {
        let values = entry.values.into_iter().map(|value| self.carry(value)).collect::<Result<_, _>>()?;
        Ok(Action { text: entry.text, values })
    }

    fn carry(&self, entry: Spanned<CarryEntry>) -> Result<Carry, DataError> {
        let span = entry.span();
        let (value, label_from, label_to, to) = match entry.into_inner() {
            CarryEntry::Give { key, from, into, at } => {
                (Carried::Key { key }, Some(self.label(key, from, &span)?), into, at)
            }
            CarryEntry::Take { key, from, into } => {
                (Carried::Key { key }, Some(from), self.label(key, into, &span)?, Destination::Service)
            }
            CarryEntry::Set { text, into, at } => (Carried::Literal { text }, None, into, at),
        };
        let key = value.key();
        Ok(Carry {
            known: key.and_then(|key| self.service.known(key)).map(str::to_owned),
            secret: key.is_some_and(ValueKey::is_secret),
            optional: key.is_some_and(ValueKey::is_optional),
            value,
            label_from,
            label_to,
            to,
        })
    }

    /// The label as written, or what the service calls the value.
    fn label(
        &self,
        key: ValueKey,
        written: Option<String>,
        span: &Range<usize>,
    ) -> Result<String, DataError> {
        let label = written.or_else(|| self.service.label(key).map(str::to_owned));
        label.ok_or_else(|| {
            self.wrong(span, format!("{} has no label for {key}; write one", self.service.name))
        })
    }

    /// A choice of one is no choice.
    fn choices(&self, entries: &[ConfirmationEntry]) -> Result<(), DataError> {
        for entry in entries.iter().filter(|entry| entry.one_of.is_some()) {
            if entries.iter().filter(|other| other.one_of == entry.one_of).count() < 2 {
                return Err(
                    self.wrong(&entry.id.span(), "a choice needs a second confirmation with the same one_of")
                );
            }
        }
        Ok(())
    }

    /// Each of the names stands once.
    pub(crate) fn once<'n>(
        &self,
        names: impl Iterator<Item = (&'n str, Range<usize>)>,
        kind: &str,
    ) -> Result<(), DataError> {
        let mut seen = BTreeSet::new();
        for (name, span) in names {
            if !seen.insert(name) {
                return Err(self.wrong(&span, format!("the {kind} {name:?} is there twice")));
            }
        }
        Ok(())
    }

    pub(crate) fn wrong(&self, span: &Range<usize>, what: impl Into<String>) -> DataError {
        DataError::at(self.file, self.text, span.start, what)
    }
}

fn confirmation(entry: ConfirmationEntry) -> Confirmation {
    let ConfirmationEntry { id, text, required, why, one_of, beside } = entry;
    let beside = beside.map(Spanned::into_inner);
    Confirmation { id: id.into_inner(), text, required, why, one_of, beside }
}

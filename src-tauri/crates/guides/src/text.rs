//! Guides as plain text, for a terminal or a letter.

use crate::inline::{Inline, plain};
use crate::library::Guide;
use crate::node::{Flow, Hop, Message, Table};
use crate::page::{Action, Carried, Carry, Confirmation, Note, Page, Part, Portal, Segment, Way};
use std::fmt::{self, Write};

/// Columns of a terminal that everybody has.
const WIDTH: usize = 80;

impl Guide {
    /// The whole guide as plain text, at most 80 columns wide.
    pub fn to_text(&self) -> String {
        let title = format!("{} with {}", self.service.name, self.identity_provider.name);
        let mut text = underlined(&title, '=');
        for one in &self.service.not_needed {
            let mut out = Lines::default();
            out.wrapped("", "", &format!("{}: not needed. {}", one.title, one.reason));
            text.push_str(&out.text);
        }
        for page in self.all() {
            text.push('\n');
            text.push_str(&page.to_text());
        }
        text
    }
}

impl Page {
    /// The page as plain text, at most 80 columns wide.
    pub fn to_text(&self) -> String {
        let mut out = Lines::default();
        out.text.push_str(&underlined(&self.title, '-'));
        out.wrapped("", "", &self.summary);
        let fork = self.parts.iter().position(|part| part.way.is_some());
        for (index, part) in self.parts.iter().enumerate() {
            if fork == Some(index) {
                out.ways(&self.ways);
            }
            out.gap();
            out.part(index + 1, part, self);
        }
        for (index, hop) in self.hops.iter().enumerate() {
            out.gap();
            out.hop(index + 1, hop);
        }
        if !self.confirmations.is_empty() {
            out.gap();
            out.confirmations(self);
        }
        out.text
    }
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Breaks at blanks; a word longer than the line stays whole, so that values can still be copied.
    fn wrapped(&mut self, first: &str, rest: &str, words: &str) {
        let mut line = first.to_owned();
        let mut is_empty = true;
        for word in words.split_whitespace() {
            if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.line(&line);
                rest.clone_into(&mut line);
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        self.line(&line);
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// What there is to choose from, before the first part that belongs to one of the ways.
    fn ways(&mut self, ways: &[Way]) {
        self.gap();
        self.line("Choose one way for what follows:");
        for way in ways {
            let recommended = if way.recommended { " (recommended)" } else { "" };
            self.wrapped("  o ", "    ", &format!("{}{recommended}: {}", way.title, way.summary));
        }
    }

    fn part(&mut self, number: usize, part: &Part, page: &Page) {
        let way = part.way.as_ref().and_then(|id| page.ways.iter().find(|way| way.id == *id));
        let way = way.map(|way| format!(" ({})", way.title)).unwrap_or_default();
        self.wrapped(&format!("{number}. "), "   ", &format!("{}{way}", part.title));
        if let Some(portal) = &part.portal {
            self.wrapped("   ", "     ", &portal.to_string());
            portal.address(None).iter().for_each(|link| self.line(&format!("   {link}")));
        }
        part.actions.iter().for_each(|action| self.action(action));
        part.table.iter().for_each(|table| self.table(table));
        part.flow.iter().for_each(|flow| self.flow(flow));
        if !part.hand_over.is_empty() {
            let steps: Vec<&str> = part.hand_over.iter().map(|step| step.as_str()).collect();
            self.wrapped("   Not yours? ", "     ", &format!("Hand over: {}.", steps.join(", ")));
        }
        part.message.iter().for_each(|message| self.message(message));
        self.said("   Then: ", part.result.as_deref());
        self.said("   Check: ", part.check.as_deref());
        part.notes.iter().for_each(|note| self.note(note));
    }

    fn action(&mut self, action: &Action) {
        self.wrapped("   - ", "     ", &spoken(&action.text));
        action.values.iter().for_each(|value| self.wrapped("       ", "         ", &value.to_string()));
    }

    fn table(&mut self, table: &Table) {
        self.wrapped("   ", "   ", &format!("{}:", table.caption));
        for row in &table.rows {
            let cells = row.iter().zip(&table.columns);
            let cells: Vec<String> = cells.map(|(cell, name)| format!("{name}: {}", plain(cell))).collect();
            self.wrapped("     * ", "       ", &cells.join("; "));
        }
    }

    fn flow(&mut self, flow: &Flow) {
        self.wrapped("   ", "   ", &format!("{}:", flow.caption));
        let name = |id: &str| {
            let node = flow.nodes.iter().find(|node| node.id == id);
            node.map(|node| format!("{} ({})", node.name, node.what)).unwrap_or_default()
        };
        for edge in &flow.edges {
            let said = format!("{} -> {}: {}", name(&edge.from), name(&edge.to), edge.by);
            self.wrapped("     * ", "       ", &said);
        }
    }

    fn message(&mut self, message: &Message) {
        self.wrapped("     > ", "     > ", &message.subject);
        for line in &message.lines {
            self.line("     >");
            self.wrapped("     > ", "     > ", &line.to_string());
        }
    }

    fn hop(&mut self, number: usize, hop: &Hop) {
        self.wrapped(
            &format!("Hop {number}. "),
            "       ",
            &format!("{}: {}", hop.title, spoken(&hop.expect)),
        );
        for wrong in &hop.wrong {
            self.wrapped("   - Instead: ", "     ", &spoken(&wrong.seen));
            self.wrapped("     It means: ", "     ", &spoken(&wrong.means));
            let step = wrong.step.map(|step| format!(" (step {step})")).unwrap_or_default();
            self.wrapped("     Do: ", "     ", &(spoken(&wrong.fix) + &step));
        }
    }

    fn said(&mut self, lead: &str, text: Option<&[Inline]>) {
        if let Some(text) = text {
            let indent = " ".repeat(lead.len() - lead.trim_start().len()).max("     ".to_owned());
            self.wrapped(lead, &indent, &spoken(text));
        }
    }

    fn note(&mut self, note: &Note) {
        let said = format!("{} {}", note.title, spoken(&note.text));
        self.wrapped(&format!("   Guide note {} ({}): ", note.id, note.checked), "     ", &said);
    }

    fn confirmations(&mut self, page: &Page) {
        match &page.mark {
            Some(mark) => self.wrapped("", "", &format!("Mark “{mark}” when all of this is true:")),
            None => self.wrapped("", "", "When this is done:"),
        }
        page.confirmations.iter().for_each(|confirmation| self.confirmation(confirmation));
    }

    fn confirmation(&mut self, confirmation: &Confirmation) {
        let kind = match (confirmation.one_of.is_some(), confirmation.required) {
            (true, _) => "( )",
            (false, true) => "[ ]",
            (false, false) => "[ ] (optional)",
        };
        self.wrapped(&format!("  {kind} "), "      ", &spoken(&confirmation.text));
        self.said("      ", confirmation.why.as_deref());
    }
}

/// The sentence with its links written out.
fn spoken(pieces: &[Inline]) -> String {
    let links = pieces.iter().filter_map(|piece| match piece {
        Inline::Link { url, .. } => Some(format!(" <{url}>")),
        _ => None,
    });
    plain(pieces) + &links.collect::<String>()
}

fn underlined(title: &str, line: char) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{title}\n{}", line.to_string().repeat(title.chars().count()));
    text
}

impl fmt::Display for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.path.iter().enumerate().try_for_each(|(index, segment)| {
            let between = if index == 0 { ": " } else { " > " };
            write!(f, "{between}{segment}")
        })
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label { text } => f.write_str(text),
            Self::Value { key } => write!(f, "<{key}>"),
        }
    }
}

impl fmt::Display for Carry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.value, &self.label_from) {
            (Carried::Literal { text }, _) => write!(f, "{}: {text}", self.label_to),
            (Carried::Key { .. }, Some(from)) if self.known.is_some() => {
                write!(f, "{from} -> {}: {}", self.label_to, self.known.as_deref().unwrap_or_default())
            }
            (Carried::Key { .. }, Some(from)) => write!(f, "{from} -> {}", self.label_to),
            (Carried::Key { key }, None) => write!(f, "<{key}> -> {}", self.label_to),
        }
    }
}

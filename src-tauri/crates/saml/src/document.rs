//! A walk over an XML document that insists on well-formedness, in memory that does not depend on its size.
//!
//! quick-xml reports events and leaves much unchecked: roots, prefixes, characters, names and depth are checked here,
//! in [`attributes`] and in [`stream`](crate::stream) (XML 1.0, Namespaces in XML 1.0). Nothing is ever expanded or
//! fetched; a document type declaration is refused.

use crate::attributes;
use crate::declaration::is_declaration;
use crate::stream::{Broken, TextSource};
use memchr::memchr;
use quick_xml::escape;
use quick_xml::events::{BytesRef, BytesStart, BytesText, Event};
use quick_xml::name::{LocalName, ResolveResult};
use quick_xml::reader::NsReader;
use std::borrow::Cow;
use std::io::Read;
use vocabulary::Finding;

/// Deeper nesting than this is refused.
const MAX_DEPTH: usize = 64;

/// The beginnings of a tag that a message shows, in characters.
const LONGEST_DETAIL: usize = 200;

/// Why a document is refused.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// It could not be read as text to its end.
    Broken(Broken),
    /// It is not what it should be.
    Unfit(Finding),
    /// It has a document type declaration, which begins with this text.
    Doctype(String),
    /// It is not well-formed.
    Malformed {
        /// Kebab-case; the Fluent message selects by it.
        reason: &'static str,
        /// Line, counted from 1.
        line: usize,
        /// What the parser says.
        detail: String,
    },
}

/// Told of what stands in the document, in document order.
pub(crate) trait Visitor {
    /// An element begins.
    fn start(&mut self, element: &Element<'_>);
    /// Whether anybody wants the text of the element that began last and has not ended.
    fn wants_text(&self) -> bool;
    /// That text; may come in pieces.
    fn text(&mut self, text: &str);
    /// The element that began last and has not ended, ends.
    fn end(&mut self);
}

/// An element's name and attributes.
pub(crate) struct Element<'e> {
    /// Namespace name; empty for none.
    pub(crate) namespace: &'e str,
    /// Local name.
    pub(crate) local: &'e str,
    tag: &'e BytesStart<'e>,
}

impl Element<'_> {
    /// The value of the attribute of this qualified name.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        attributes::value(self.tag.attributes_raw(), name)
    }
}

/// A problem whose place is not known yet.
pub(crate) struct Problem {
    reason: &'static str,
    detail: String,
}

pub(crate) fn problem(reason: &'static str, detail: impl ToString) -> Problem {
    Problem { reason, detail: detail.to_string().chars().take(LONGEST_DETAIL).collect() }
}

/// Walks over a whole document.
///
/// # Errors
/// At the first thing that is wrong; what the visitor collected until then must not be used.
pub(crate) fn walk<R: Read>(text: TextSource<R>, visitor: &mut impl Visitor) -> Result<(), Refusal> {
    let mut reader = NsReader::from_reader(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_comments = true;
    let mut walk = Walk { depth: 0, roots: 0, first: true };
    let mut part = Vec::new();
    loop {
        part.clear();
        reader.get_mut().begin_part();
        match walk.step(&mut reader, &mut part, visitor) {
            Ok(Step::Go) => (),
            Ok(Step::Done) => return Ok(()),
            Ok(Step::Doctype(name)) => return Err(Refusal::Doctype(name)),
            Err(problem) => return Err(refusal(reader.get_mut(), problem)),
        }
    }
}

fn refusal<R: Read>(text: &mut TextSource<R>, problem: Problem) -> Refusal {
    match text.take_broken() {
        Some(broken) => Refusal::Broken(broken),
        None => Refusal::Malformed { reason: problem.reason, line: text.line(), detail: problem.detail },
    }
}

enum Step {
    Go,
    Done,
    Doctype(String),
}

struct Walk {
    depth: usize,
    roots: usize,
    first: bool,
}

impl Walk {
    fn step<R: Read>(
        &mut self,
        reader: &mut NsReader<TextSource<R>>,
        part: &mut Vec<u8>,
        visitor: &mut impl Visitor,
    ) -> Result<Step, Problem> {
        let event = reader.read_event_into(part).map_err(|error| problem("syntax", error))?;
        let first = std::mem::replace(&mut self.first, false);
        match event {
            Event::Start(tag) => self.start(&tag, reader, visitor)?,
            Event::End(_) => {
                self.depth -= 1;
                visitor.end();
            }
            Event::Text(text) => self.text(&text, visitor)?,
            Event::CData(text) => self.inner(&text.xml10_content(), visitor)?,
            Event::GeneralRef(reference) => {
                self.inner(resolve(&reference)?.encode_utf8(&mut [0; 4]), visitor)?
            }
            Event::Decl(_) if !first => return Err(problem("late-declaration", "")),
            Event::Decl(declaration) if !is_declaration(&declaration) => {
                return Err(problem("syntax", &*declaration));
            }
            Event::PI(instruction) => check_name(instruction.target())?,
            Event::DocType(name) => return Ok(Step::Doctype(name.chars().take(40).collect())),
            Event::Eof => return self.finish(),
            Event::Decl(_) | Event::Comment(_) | Event::Empty(_) => (),
        }
        Ok(Step::Go)
    }

    fn start<R>(
        &mut self,
        tag: &BytesStart<'_>,
        reader: &NsReader<R>,
        visitor: &mut impl Visitor,
    ) -> Result<(), Problem> {
        if self.depth == 0 {
            self.roots += 1;
        }
        if self.roots > 1 {
            return Err(problem("second-root", tag.name().into_inner()));
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(problem("too-deep", MAX_DEPTH));
        }
        check_name(tag.name().into_inner())?;
        attributes::check(tag.attributes_raw(), reader.resolver())?;
        let (namespace, local) = reader.resolver().resolve_element(tag.name());
        visitor.start(&Element { namespace: bound(&namespace)?, local: LocalName::into_inner(local), tag });
        Ok(())
    }

    fn text(&self, text: &BytesText<'_>, visitor: &mut impl Visitor) -> Result<(), Problem> {
        if memchr(b'>', text.as_bytes()).is_some() && text.contains("]]>") {
            return Err(problem("syntax", "]]> in text"));
        }
        if self.depth == 0 {
            let is_blank = text.trim_matches([' ', '\t', '\r', '\n']).is_empty();
            return if is_blank { Ok(()) } else { Err(problem("text-outside-root", "")) };
        }
        if visitor.wants_text() {
            visitor.text(&text.xml10_content());
        }
        Ok(())
    }

    fn inner(&self, text: &str, visitor: &mut impl Visitor) -> Result<(), Problem> {
        if self.depth == 0 {
            return Err(problem("text-outside-root", ""));
        }
        if visitor.wants_text() {
            visitor.text(text);
        }
        Ok(())
    }

    fn finish(&self) -> Result<Step, Problem> {
        match (self.roots, self.depth) {
            (0, _) => Err(problem("no-root", "")),
            (_, 0) => Ok(Step::Done),
            _ => Err(problem("unclosed", "")),
        }
    }
}

/// A namespace name; an error for a prefix nobody declared.
fn bound<'n>(result: &ResolveResult<'n>) -> Result<&'n str, Problem> {
    match result {
        ResolveResult::Bound(namespace) => Ok(namespace.0),
        ResolveResult::Unbound => Ok(""),
        ResolveResult::Unknown(prefix) => Err(problem("unbound-prefix", prefix)),
    }
}

pub(crate) fn check_references(value: &str) -> Result<(), Problem> {
    let plain = escape::unescape(value).map_err(|error| problem("undefined-entity", error))?;
    match plain.contains(is_illegal) {
        true => Err(problem("illegal-character", "")),
        false => Ok(()),
    }
}

/// The character a reference stands for; only the five predefined entities and legal characters exist here.
fn resolve(reference: &BytesRef<'_>) -> Result<char, Problem> {
    let undefined = || problem("undefined-entity", &**reference);
    let character = match reference.resolve_char_ref() {
        Ok(Some(character)) => character,
        Ok(None) => escape::resolve_xml_entity(reference)
            .and_then(|text| text.chars().next())
            .ok_or_else(undefined)?,
        Err(_) => return Err(undefined()),
    };
    if is_illegal(character) { Err(problem("illegal-character", &**reference)) } else { Ok(character) }
}

/// The complement of `Char` in XML 1.0.
const fn is_illegal(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Holds a name to `QName`; beyond ASCII every character is let through.
pub(crate) fn check_name(name: &str) -> Result<(), Problem> {
    // A name, or a part of one, has not begun yet.
    let mut begins = true;
    let mut has_prefix = false;
    for byte in name.bytes() {
        match NAME[usize::from(byte)] {
            InName::Anywhere => begins = false,
            InName::NotFirst if !begins => (),
            InName::Colon if !begins && !has_prefix => (begins, has_prefix) = (true, true),
            _ => return Err(problem("illegal-name", name)),
        }
    }
    if begins { Err(problem("illegal-name", name)) } else { Ok(()) }
}

/// Where a byte may stand in a name.
#[derive(Clone, Copy)]
enum InName {
    Nowhere,
    Anywhere,
    NotFirst,
    Colon,
}

/// The bytes of names, looked up: there are several names in every tag.
static NAME: [InName; 256] = {
    let mut table = [InName::Nowhere; 256];
    let mut at = 0;
    while at < table.len() {
        table[at] = match at as u8 {
            b'A'..=b'Z' | b'a'..=b'z' | b'_' | 0x80..=0xFF => InName::Anywhere,
            b'0'..=b'9' | b'-' | b'.' => InName::NotFirst,
            b':' => InName::Colon,
            _ => InName::Nowhere,
        };
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::check_name;

    #[test]
    fn names_have_at_most_one_prefix_and_begin_with_a_letter() {
        for good in ["a", "_", "a1.-_", "md:EntityDescriptor", "ä:ö", "a:_1"] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        for bad in
            ["", ":", "a:", ":a", "a:b:c", "a::b", "1", "-a", "a:1", "a:.b", "a b", "a/", "a\u{7F}", "a="]
        {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}

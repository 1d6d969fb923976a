//! A walk over an XML document that insists on well-formedness.
//!
//! quick-xml reports events and leaves much unchecked: roots, prefixes, characters, names and depth are checked here
//! (XML 1.0, Namespaces in XML 1.0). Nothing is ever expanded or fetched; a document type declaration is refused.

use crate::declaration::is_declaration;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{LocalName, QName, ResolveResult};
use quick_xml::reader::NsReader;
use quick_xml::{XmlVersion, escape};

/// Deeper nesting than this is refused.
const MAX_DEPTH: usize = 64;

/// Why a document is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
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
    /// Text of the element that began last and has not ended; may come in pieces.
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
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.tag.try_get_attribute(name).ok()??;
        attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.trim().to_owned())
    }
}

/// A problem whose place is not known yet.
struct Problem {
    reason: &'static str,
    detail: String,
}

fn problem(reason: &'static str, detail: impl ToString) -> Problem {
    const LONGEST_DETAIL: usize = 200;
    Problem { reason, detail: detail.to_string().chars().take(LONGEST_DETAIL).collect() }
}

/// Walks over a whole document.
///
/// # Errors
/// At the first thing that is wrong; what the visitor collected until then must not be used.
pub(crate) fn walk(text: &str, visitor: &mut impl Visitor) -> Result<(), Refusal> {
    if let Some(at) = text.find(is_illegal) {
        return Err(malformed(text, at, problem("illegal-character", "")));
    }
    let mut reader = NsReader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_comments = true;
    let mut walk = Walk { depth: 0, roots: 0, first: true };
    loop {
        let at = position(reader.buffer_position());
        match walk.step(&mut reader, visitor) {
            Ok(Step::Go) => (),
            Ok(Step::Done) => return Ok(()),
            Ok(Step::Doctype(name)) => return Err(Refusal::Doctype(name)),
            Err(problem) if problem.reason == "syntax" => {
                return Err(malformed(text, position(reader.error_position()), problem));
            }
            Err(problem) => return Err(malformed(text, at, problem)),
        }
    }
}

fn malformed(text: &str, at: usize, problem: Problem) -> Refusal {
    let line = text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1;
    Refusal::Malformed { reason: problem.reason, line, detail: problem.detail }
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
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
    fn step(&mut self, reader: &mut NsReader<&[u8]>, visitor: &mut impl Visitor) -> Result<Step, Problem> {
        let event = reader.read_event().map_err(|error| problem("syntax", error))?;
        let first = std::mem::replace(&mut self.first, false);
        match event {
            Event::Start(tag) => self.start(&tag, reader, visitor)?,
            Event::End(_) => {
                self.depth -= 1;
                visitor.end();
            }
            Event::Text(text) => self.text(&text.xml10_content(), text.contains("]]>"), visitor)?,
            Event::CData(text) => self.inner(&text.xml10_content(), visitor)?,
            Event::GeneralRef(reference) => {
                self.inner(resolve(&reference)?.encode_utf8(&mut [0; 4]), visitor)?
            }
            Event::Decl(_) if !first => return Err(problem("late-declaration", "")),
            Event::Decl(declaration) if !is_declaration(&declaration) => {
                return Err(problem("syntax", &*declaration));
            }
            Event::PI(instruction) => check_name(QName(instruction.target()))?,
            Event::DocType(name) => return Ok(Step::Doctype(name.chars().take(40).collect())),
            Event::Eof => return self.finish(),
            Event::Decl(_) | Event::Comment(_) | Event::Empty(_) => (),
        }
        Ok(Step::Go)
    }

    fn start(
        &mut self,
        tag: &BytesStart<'_>,
        reader: &NsReader<&[u8]>,
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
        check_name(tag.name())?;
        check_attributes(tag, reader)?;
        let (namespace, local) = reader.resolver().resolve_element(tag.name());
        visitor.start(&Element { namespace: bound(&namespace)?, local: LocalName::into_inner(local), tag });
        Ok(())
    }

    fn text(&self, text: &str, has_cdata_end: bool, visitor: &mut impl Visitor) -> Result<(), Problem> {
        if has_cdata_end {
            return Err(problem("syntax", "]]> in text"));
        }
        if self.depth > 0 {
            visitor.text(text);
        } else if !text.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            return Err(problem("text-outside-root", ""));
        }
        Ok(())
    }

    fn inner(&self, text: &str, visitor: &mut impl Visitor) -> Result<(), Problem> {
        if self.depth == 0 {
            return Err(problem("text-outside-root", ""));
        }
        visitor.text(text);
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

fn check_attributes(tag: &BytesStart<'_>, reader: &NsReader<&[u8]>) -> Result<(), Problem> {
    if !is_spaced(tag.attributes_raw()) {
        return Err(problem("syntax", "no blank between attributes"));
    }
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| problem("syntax", error))?;
        check_name(attribute.key)?;
        bound(&reader.resolver().resolve_attribute(attribute.key).0)?;
        if attribute.value.contains('<') {
            return Err(problem("syntax", "< in an attribute"));
        }
        if attribute.value.contains('&') {
            check_references(&attribute.value)?;
        }
    }
    Ok(())
}

/// Whether every quoted value is followed by a blank or the end.
fn is_spaced(mut attributes: &str) -> bool {
    while let Some(open) = attributes.find(['"', '\'']) {
        let quote = if attributes[open..].starts_with('"') { '"' } else { '\'' };
        let Some((_, rest)) = attributes[open + 1..].split_once(quote) else { return false };
        if !rest.is_empty() && !rest.starts_with([' ', '\t', '\r', '\n']) {
            return false;
        }
        attributes = rest;
    }
    true
}

fn check_references(value: &str) -> Result<(), Problem> {
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
fn check_name(name: QName<'_>) -> Result<(), Problem> {
    let text = name.into_inner();
    let parts = text.split(':');
    if parts.clone().count() <= 2 && parts.into_iter().all(is_nc_name) {
        return Ok(());
    }
    Err(problem("illegal-name", text))
}

fn is_nc_name(text: &str) -> bool {
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
    text.starts_with(starts) && text.chars().all(|c| starts(c) || c.is_ascii_digit() || c == '-' || c == '.')
}

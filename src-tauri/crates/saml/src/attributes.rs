//! The attributes of a tag, held to XML 1.0 and Namespaces in XML 1.0 in one pass.

use crate::document::{Problem, check_name, check_references, problem};
use memchr::{memchr, memchr2};
use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::name::{NamespaceResolver, QName, ResolveResult};
use std::borrow::Cow;
use std::collections::HashSet;

/// As many names are compared one with another; more of them are looked up.
const FEW: usize = 8;

/// The name of an attribute: namespace and local name.
type Expanded<'n> = (&'n str, &'n str);

/// Checks what stands between the name of a tag and its end.
pub(crate) fn check(mut rest: &str, namespaces: &NamespaceResolver) -> Result<(), Problem> {
    if rest.is_empty() {
        return Ok(());
    }
    let mut names = Names::default();
    loop {
        let trimmed = rest.trim_ascii_start();
        if trimmed.is_empty() {
            return Ok(());
        }
        if trimmed.len() == rest.len() {
            return Err(problem("syntax", "no blank between attributes"));
        }
        let (name, value, behind) = first(trimmed)?;
        check_value(value)?;
        if !names.insert(expanded(name, namespaces)?) {
            return Err(problem("syntax", format!("{name} is there twice")));
        }
        rest = behind;
    }
}

/// The value of the attribute of this qualified name, normalized (XML 1.0, 3.3.3) and without blanks around it, in what
/// [`check`] found nothing wrong with.
pub(crate) fn value<'t>(mut rest: &'t str, wanted: &str) -> Option<Cow<'t, str>> {
    loop {
        let (name, value, behind) = first(rest.trim_ascii_start()).ok()?;
        if name == wanted {
            let attribute = Attribute { key: QName(name), value: Cow::Borrowed(value) };
            return attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(trimmed);
        }
        rest = behind;
    }
}

fn trimmed(value: Cow<'_, str>) -> Cow<'_, str> {
    match value {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
        Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
    }
}

/// Name and value of the first attribute, and what follows.
fn first(text: &str) -> Result<(&str, &str, &str), Problem> {
    let damaged = || problem("syntax", text);
    let equals = memchr(b'=', text.as_bytes()).ok_or_else(damaged)?;
    let name = text[..equals].trim_ascii_end();
    let quoted = text[equals + 1..].trim_ascii_start();
    let quote = *quoted.as_bytes().first().filter(|byte| matches!(byte, b'"' | b'\'')).ok_or_else(damaged)?;
    let end = memchr(quote, &quoted.as_bytes()[1..]).ok_or_else(damaged)?;
    Ok((name, &quoted[1..=end], &quoted[end + 2..]))
}

fn check_value(value: &str) -> Result<(), Problem> {
    match memchr2(b'<', b'&', value.as_bytes()) {
        None => Ok(()),
        Some(_) if value.contains('<') => Err(problem("syntax", "< in an attribute")),
        Some(_) => check_references(value),
    }
}

fn expanded<'n>(name: &'n str, namespaces: &'n NamespaceResolver) -> Result<Expanded<'n>, Problem> {
    check_name(name)?;
    let (local, prefix) = QName(name).decompose();
    let local = quick_xml::name::LocalName::into_inner(local);
    if prefix.is_none() {
        return Ok(("", local));
    }
    match namespaces.resolve_prefix(prefix, false) {
        ResolveResult::Bound(namespace) => Ok((namespace.0, local)),
        ResolveResult::Unbound => Ok(("", local)),
        ResolveResult::Unknown(prefix) => Err(problem("unbound-prefix", prefix)),
    }
}

/// The names that were seen in one tag.
struct Names<'n> {
    few: [Expanded<'n>; FEW],
    count: usize,
    many: HashSet<Expanded<'n>>,
}

impl Default for Names<'_> {
    fn default() -> Self {
        Self { few: [("", ""); FEW], count: 0, many: HashSet::new() }
    }
}

impl<'n> Names<'n> {
    /// False when the name was there already.
    fn insert(&mut self, name: Expanded<'n>) -> bool {
        if self.few[..self.count].contains(&name) {
            return false;
        }
        if self.count < FEW {
            self.few[self.count] = name;
            self.count += 1;
            return true;
        }
        self.many.insert(name)
    }
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn a_value_is_that_of_the_whole_name_and_normalized() {
        let attributes = " a:use='x' use = \" a&amp;\n&#x41;\tb \" other='use=\"y\"'\n";
        assert_eq!(value(attributes, "use").as_deref(), Some("a& A b"));
        assert_eq!(value(attributes, "a:use").as_deref(), Some("x"));
        assert_eq!(value(attributes, "other").as_deref(), Some("use=\"y\""));
        assert_eq!(value(attributes, "us"), None);
        assert_eq!(value("", "use"), None);
    }
}

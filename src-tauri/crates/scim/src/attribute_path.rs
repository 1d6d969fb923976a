use crate::{Attribute, ResourceKind};
use serde_json::Value;

/// The name of an attribute, with what stands before and after it (RFC 7644, section 3.10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributePath {
    /// The URN of its schema.
    pub schema: Option<String>,
    /// The attribute.
    pub attribute: String,
    /// The sub-attribute.
    pub part: Option<String>,
}

/// An attribute path looked up in the schemas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resolved {
    /// The URN of the extension in which the attribute lies; `None` for the kind's own schema.
    pub(crate) extension: Option<&'static str>,
    pub(crate) attribute: &'static Attribute,
    pub(crate) part: Option<&'static Attribute>,
}

impl AttributePath {
    /// Reads a path; `None` when it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let is_urn = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:"));
        let (schema, rest) = match text.rsplit_once(':') {
            Some((schema, rest)) if is_urn => (Some(schema.to_owned()), rest),
            Some(_) => return None,
            None => (None, text),
        };
        let (attribute, part) = match rest.split_once('.') {
            Some((attribute, part)) => (attribute, Some(part)),
            None => (rest, None),
        };
        let good = is_name(attribute) && part.is_none_or(is_name);
        good.then(|| Self { schema, attribute: attribute.to_owned(), part: part.map(str::to_owned) })
    }

    /// Looks the attribute up in the schemas of a kind; `None` when there is no such attribute. A name without a URN that
    /// only an extension has is that one: Entra asks for `manager` alone.
    pub(crate) fn resolve(&self, kind: ResourceKind) -> Option<Resolved> {
        let (extension, attribute) = match self.schema.as_deref() {
            Some(urn) if !urn.eq_ignore_ascii_case(kind.schema().id) => {
                let schema = kind.extension(urn)?;
                (Some(schema.id), schema.attribute(&self.attribute)?)
            }
            _ => match kind.attribute(&self.attribute) {
                Some(attribute) => (None, attribute),
                None if self.schema.is_none() => self.in_extensions(kind)?,
                None => return None,
            },
        };
        let part = match &self.part {
            Some(name) => Some(attribute.part(name)?),
            None => None,
        };
        Some(Resolved { extension, attribute, part })
    }

    fn in_extensions(&self, kind: ResourceKind) -> Option<(Option<&'static str>, &'static Attribute)> {
        let mut extensions = kind.extensions().iter();
        extensions.find_map(|schema| Some((Some(schema.id), schema.attribute(&self.attribute)?)))
    }
}

impl Resolved {
    /// The attribute's value in a normalised resource.
    pub(crate) fn value<'a>(&self, resource: &'a Value) -> Option<&'a Value> {
        let container = match self.extension {
            Some(urn) => resource.get(urn)?,
            None => resource,
        };
        container.get(self.attribute.name)
    }
}

/// `ATTRNAME` (RFC 7643, section 2.1), and `$ref`.
fn is_name(text: &str) -> bool {
    let text = text.strip_prefix('$').unwrap_or(text);
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_may_stand_before_the_name() {
        let path =
            AttributePath::parse("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value");
        let resolved = path.unwrap().resolve(ResourceKind::User).unwrap();
        assert_eq!(resolved.extension, Some(crate::ENTERPRISE_USER.id));
        assert_eq!((resolved.attribute.name, resolved.part.unwrap().name), ("manager", "value"));
    }

    #[test]
    fn what_is_no_name_is_no_path() {
        for bad in ["", "a b", "1a", "a.", ".a", "a.b.c", "x:userName", "urn:a:", "é"] {
            assert_eq!(AttributePath::parse(bad), None, "{bad}");
        }
    }
}

use crate::attribute_path::Resolved;
use crate::{AttributePath, Error, ErrorType, Filter, ResourceKind};

/// Where a PATCH operation applies (RFC 7644, section 3.5.2): an attribute, chosen elements of a list, or a part of
/// either, as in `emails[type eq "work"].value`.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchPath {
    /// The attribute.
    pub attribute: AttributePath,
    /// Which elements of a list.
    pub filter: Option<Filter>,
}

/// A path looked up in the schemas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) place: Resolved,
    pub(crate) filter: Option<&'a Filter>,
}

impl PatchPath {
    /// Reads a path.
    ///
    /// # Errors
    /// `invalidPath`, or `invalidFilter` for what stands in the brackets.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let invalid = || Error::new(ErrorType::InvalidPath, "the path cannot be read");
        let text = text.trim();
        let Some((list, rest)) = text.split_once('[') else {
            return Ok(Self { attribute: AttributePath::parse(text).ok_or_else(invalid)?, filter: None });
        };
        let (filter, part) = rest.rsplit_once(']').ok_or_else(invalid)?;
        let mut attribute = AttributePath::parse(list.trim_end()).ok_or_else(invalid)?;
        if !part.is_empty() {
            let named = part.strip_prefix('.').and_then(AttributePath::parse).ok_or_else(invalid)?;
            if named.schema.is_some() || named.part.is_some() || attribute.part.is_some() {
                return Err(invalid());
            }
            attribute.part = Some(named.attribute);
        }
        Ok(Self { attribute, filter: Some(Filter::parse(filter)?) })
    }

    /// Looks the path up; `None` when there is no such attribute, or no list to choose elements of.
    pub(crate) fn resolve(&self, kind: ResourceKind) -> Option<Target<'_>> {
        let place = self.attribute.resolve(kind)?;
        let fits = self.filter.is_none() || place.attribute.many;
        fits.then_some(Target { place, filter: self.filter.as_ref() })
    }
}

//! What a request says about the version of a resource (RFC 7644, section 3.14).

use super::answer::Refusal;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use std::convert::Infallible;

/// `If-Match` and `If-None-Match`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    if_match: Option<String>,
    if_none_match: Option<String>,
}

impl<S: Sync> FromRequestParts<S> for Conditions {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self {
            if_match: text(&parts.headers, header::IF_MATCH),
            if_none_match: text(&parts.headers, header::IF_NONE_MATCH),
        })
    }
}

impl Conditions {
    /// The version that an operation of a bulk request is based on.
    pub(crate) const fn based_on(version: Option<String>) -> Self {
        Self { if_match: version, if_none_match: None }
    }

    /// Whether a change may be made to that version.
    ///
    /// # Errors
    /// 412 when the request is based on another one.
    pub(crate) fn allow(&self, version: u32) -> Result<(), Refusal> {
        let is_based = self.if_match.as_deref().is_none_or(|tags| names(tags, version));
        let is_new = self.if_none_match.as_deref().is_none_or(|tags| !names(tags, version));
        let changed = || Refusal::with_status(412, "the resource has another version by now");
        (is_based && is_new).then_some(()).ok_or_else(changed)
    }

    /// Whether whoever asks has what that tag is of already.
    pub(crate) fn has(&self, tag: &str) -> bool {
        let is_it = |one: &str| one == "*" || opaque(one) == opaque(tag);
        self.if_none_match.as_deref().is_some_and(|tags| tags.split(',').map(str::trim).any(is_it))
    }
}

/// A header, one line after the other; one that is no text names no version.
fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let lines: Vec<&str> =
        headers.get_all(name).iter().map(|line| line.to_str().unwrap_or_default()).collect();
    (!lines.is_empty()).then(|| lines.join(","))
}

/// Whether one of the entity tags is of that version; in which groups a user was makes no difference to a change of the
/// user.
fn names(tags: &str, version: u32) -> bool {
    tags.split(',').map(str::trim).any(|tag| {
        let number = opaque(tag).split('-').next().unwrap_or_default();
        tag == "*" || number.parse() == Ok(version)
    })
}

/// What stands in an entity tag. Weak and strong ones are alike: a version says nothing of the bytes.
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_allowed_to_the_version_it_is_based_on() {
        let of = |tags: &str| Conditions::based_on(Some(tags.to_owned()));
        for good in ["W/\"3\"", "\"3\"", "*", "W/\"2\", W/\"3\"", "W/\"3-0a1b\""] {
            assert!(of(good).allow(3).is_ok(), "{good}");
        }
        for bad in ["W/\"2\"", "", "x", "W/\"33\"", "W/\"2-3\""] {
            assert!(of(bad).allow(3).is_err(), "{bad}");
        }
        assert!(Conditions::default().allow(3).is_ok());
    }

    #[test]
    fn somebody_has_what_they_name() {
        let of = |tags: &str| Conditions { if_match: None, if_none_match: Some(tags.to_owned()) };
        for (tags, has) in [("W/\"3-0a\"", true), ("\"1\", \"3-0a\"", true), ("*", true), ("W/\"3\"", false)]
        {
            assert_eq!(of(tags).has("W/\"3-0a\""), has, "{tags}");
        }
        assert!(!Conditions::default().has("W/\"3\""));
    }
}

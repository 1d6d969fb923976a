//! The few questions that are asked of the one tree.

use std::borrow::Cow;
use uppsala::{Attribute, Document, NodeId, NodeKind};

pub(crate) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
pub(crate) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
pub(crate) const XENC: &str = "http://www.w3.org/2001/04/xmlenc#";

/// Why an element's text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotPlain {
    /// There are elements inside.
    Elements,
    /// A comment, a processing instruction or a CDATA section stands in the text, which readers take differently.
    Divided,
}

/// One parsed response.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'d, 'a>(pub(crate) &'d Document<'a>);

impl<'d> Tree<'d, '_> {
    pub(crate) fn root(self) -> Option<NodeId> {
        self.0.document_element()
    }

    pub(crate) fn is(self, node: NodeId, namespace: &str, local: &str) -> bool {
        self.0.element(node).is_some_and(|element| element.matches_name_ns(namespace, local))
    }

    pub(crate) fn local_name(self, node: NodeId) -> &'d str {
        self.0.element(node).map_or("", |element| &element.name.local_name)
    }

    pub(crate) fn namespace(self, node: NodeId) -> &'d str {
        self.0.element(node).and_then(|element| element.name.namespace_uri.as_deref()).unwrap_or_default()
    }

    pub(crate) fn parent(self, node: NodeId) -> Option<NodeId> {
        self.0.parent(node)
    }

    /// The child elements of that name.
    pub(crate) fn children(self, node: NodeId, namespace: &str, local: &str) -> Vec<NodeId> {
        self.elements(node).filter(|child| self.is(*child, namespace, local)).collect()
    }

    /// The first child element of that name.
    pub(crate) fn child(self, node: NodeId, namespace: &str, local: &str) -> Option<NodeId> {
        self.elements(node).find(|child| self.is(*child, namespace, local))
    }

    /// All child elements.
    pub(crate) fn elements(self, node: NodeId) -> impl Iterator<Item = NodeId> {
        self.0.children_iter(node).filter(move |child| self.0.element(*child).is_some())
    }

    /// Every element of that name, at any depth.
    pub(crate) fn all(self, namespace: &str, local: &str) -> Vec<NodeId> {
        self.0
            .descendants(self.0.root())
            .into_iter()
            .filter(|node| self.is(*node, namespace, local))
            .collect()
    }

    /// Every element.
    pub(crate) fn every(self) -> impl Iterator<Item = NodeId> {
        self.0.descendants(self.0.root()).into_iter().filter(move |node| self.0.element(*node).is_some())
    }

    /// An attribute without a namespace.
    pub(crate) fn attribute(self, node: NodeId, name: &str) -> Option<&'d str> {
        self.attributes(node)
            .iter()
            .find(|one| one.name.namespace_uri.is_none() && one.name.local_name == name)
            .map(|one| one.value.as_ref())
    }

    pub(crate) fn attributes(self, node: NodeId) -> &'d [Attribute<'d>] {
        self.0.element(node).map_or(&[], |element| &element.attributes)
    }

    /// The text of an element that holds nothing but text, without blanks around it.
    pub(crate) fn plain_text(self, node: NodeId) -> Result<String, NotPlain> {
        let mut text = Cow::Borrowed("");
        for child in self.0.children_iter(node) {
            match self.0.node_kind(child) {
                Some(NodeKind::Text(part)) => text += part.as_ref(),
                Some(NodeKind::Element(_)) => return Err(NotPlain::Elements),
                _ => return Err(NotPlain::Divided),
            }
        }
        Ok(text.trim().to_owned())
    }
}

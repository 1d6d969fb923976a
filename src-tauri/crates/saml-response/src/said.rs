//! What a response says, read once from the guarded tree. Whether it is proven is decided elsewhere.

use crate::examination::Attribute;
use crate::tree::{ASSERTION, Tree};
use signature_profile::DSIG;
use uppsala::NodeId;

/// A subject confirmation by possession of the response (SAML Profiles 4.1.4.2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bearer {
    pub(crate) recipient: Option<String>,
    pub(crate) not_before: Option<String>,
    pub(crate) not_on_or_after: Option<String>,
    pub(crate) in_response_to: Option<String>,
}

/// The conditions of an assertion (SAML Core 2.5).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Conditions {
    pub(crate) not_before: Option<String>,
    pub(crate) not_on_or_after: Option<String>,
    /// One list for each restriction; all restrictions have to hold.
    pub(crate) audiences: Vec<Vec<String>>,
    /// Conditions that nobody here knows; an assertion with one must not be used.
    pub(crate) unknown: Vec<String>,
}

/// What the response element itself says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) issuer: Option<String>,
    pub(crate) destination: Option<String>,
    pub(crate) in_response_to: Option<String>,
    pub(crate) issue_instant: Option<String>,
    /// Whether the response itself carries a signature; then it has to say where it goes (SAML Bindings 3.5.5.2).
    pub(crate) is_signed: bool,
}

/// What the assertion says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) issuer: Option<String>,
    pub(crate) name_id: Option<String>,
    pub(crate) name_id_format: Option<String>,
    pub(crate) bearers: Vec<Bearer>,
    pub(crate) conditions: Conditions,
    pub(crate) sessions_end: Vec<String>,
    pub(crate) has_sign_in: bool,
    pub(crate) session_index: Option<String>,
    pub(crate) attributes: Vec<Attribute>,
}

const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

pub(crate) fn envelope(tree: Tree<'_, '_>, response: NodeId) -> Envelope {
    let attribute = |name| tree.attribute(response, name).map(str::to_owned);
    Envelope {
        issuer: text(tree, tree.child(response, ASSERTION, "Issuer")),
        destination: attribute("Destination"),
        in_response_to: attribute("InResponseTo"),
        issue_instant: attribute("IssueInstant"),
        is_signed: tree.child(response, DSIG, "Signature").is_some(),
    }
}

pub(crate) fn assertion(tree: Tree<'_, '_>, assertion: NodeId) -> Said {
    let subject = tree.child(assertion, ASSERTION, "Subject");
    let name_id = subject.and_then(|subject| tree.child(subject, ASSERTION, "NameID"));
    let statements = tree.children(assertion, ASSERTION, "AuthnStatement");
    let session_index = |node: &NodeId| tree.attribute(*node, "SessionIndex").map(str::to_owned);
    let session_end = |node: &NodeId| tree.attribute(*node, "SessionNotOnOrAfter").map(str::to_owned);
    Said {
        issuer: text(tree, tree.child(assertion, ASSERTION, "Issuer")),
        name_id: text(tree, name_id).filter(|text| !text.is_empty()),
        name_id_format: name_id.and_then(|node| tree.attribute(node, "Format")).map(str::to_owned),
        bearers: subject.map(|subject| bearers(tree, subject)).unwrap_or_default(),
        conditions: tree
            .child(assertion, ASSERTION, "Conditions")
            .map(|node| conditions(tree, node))
            .unwrap_or_default(),
        sessions_end: statements.iter().filter_map(session_end).collect(),
        has_sign_in: !statements.is_empty(),
        session_index: statements.iter().find_map(session_index),
        attributes: attributes(tree, assertion),
    }
}

fn text(tree: Tree<'_, '_>, node: Option<NodeId>) -> Option<String> {
    node.and_then(|node| tree.plain_text(node).ok())
}

fn bearers(tree: Tree<'_, '_>, subject: NodeId) -> Vec<Bearer> {
    let confirmations = tree.children(subject, ASSERTION, "SubjectConfirmation");
    let bearers = confirmations.into_iter().filter(|node| tree.attribute(*node, "Method") == Some(BEARER));
    bearers
        .map(|node| tree.child(node, ASSERTION, "SubjectConfirmationData"))
        .map(|data| bearer(tree, data))
        .collect()
}

fn bearer(tree: Tree<'_, '_>, data: Option<NodeId>) -> Bearer {
    let attribute = |name| data.and_then(|data| tree.attribute(data, name)).map(str::to_owned);
    Bearer {
        recipient: attribute("Recipient"),
        not_before: attribute("NotBefore"),
        not_on_or_after: attribute("NotOnOrAfter"),
        in_response_to: attribute("InResponseTo"),
    }
}

fn conditions(tree: Tree<'_, '_>, node: NodeId) -> Conditions {
    let attribute = |name| tree.attribute(node, name).map(str::to_owned);
    let known = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];
    let is_known = |child: &NodeId| known.iter().any(|name| tree.is(*child, ASSERTION, name));
    let restrictions = tree.children(node, ASSERTION, "AudienceRestriction");
    let audiences = |restriction: NodeId| {
        let nodes = tree.children(restriction, ASSERTION, "Audience");
        nodes.into_iter().filter_map(|node| tree.plain_text(node).ok()).collect()
    };
    Conditions {
        not_before: attribute("NotBefore"),
        not_on_or_after: attribute("NotOnOrAfter"),
        audiences: restrictions.into_iter().map(audiences).collect(),
        unknown: tree
            .elements(node)
            .filter(|child| !is_known(child))
            .map(|child| tree.local_name(child).to_owned())
            .collect(),
    }
}

fn attributes(tree: Tree<'_, '_>, assertion: NodeId) -> Vec<Attribute> {
    let statements = tree.children(assertion, ASSERTION, "AttributeStatement");
    let nodes = statements.into_iter().flat_map(|statement| tree.children(statement, ASSERTION, "Attribute"));
    nodes.map(|node| attribute(tree, node)).collect()
}

fn attribute(tree: Tree<'_, '_>, node: NodeId) -> Attribute {
    let values = tree.children(node, ASSERTION, "AttributeValue");
    Attribute {
        name: tree.attribute(node, "Name").unwrap_or_default().to_owned(),
        values: values.into_iter().filter_map(|value| tree.plain_text(value).ok()).collect(),
    }
}

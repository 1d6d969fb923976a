//! The shape a signature must have before anybody verifies it (SAML metadata 3, SAML Core 5.4): it covers the root
//! element, whole, and names nothing outside of the document.

use signature_profile::{DIGEST_METHODS, DSIG, EXC_C14N, ID_NAMES, SIGNATURE_METHODS, are_transforms};
use uppsala::{Document, NodeId, NodeKind};
use vocabulary::Finding;

/// The signature of the root element, or why it is none that can be judged.
pub(crate) struct Root {
    pub(crate) element: NodeId,
    pub(crate) signature: NodeId,
}

/// Finds the root's signature and holds it to the profile. `None` when the root carries none.
pub(crate) fn guard(document: &Document<'_>) -> Result<Option<Root>, Finding> {
    let element = document.document_element().ok_or_else(|| unusual("parts"))?;
    let mut of_root = children(document, element, "Signature");
    let Some(signature) = of_root.next() else { return Ok(None) };
    if of_root.next().is_some() {
        return Err(unusual("second-signature"));
    }
    one_signature(document, signature, element)?;
    Ok(Some(Root { element, signature }))
}

fn unusual(reason: &str) -> Finding {
    Finding::warning("metadata-signature-unusual").with("reason", reason)
}

fn one_signature(document: &Document<'_>, signature: NodeId, root: NodeId) -> Result<(), Finding> {
    let part = |parent, name: &str| only(document, parent, name).ok_or_else(|| unusual("parts"));
    let info = part(signature, "SignedInfo")?;
    let reference = part(info, "Reference")?;
    if !is_text(document, part(signature, "SignatureValue")?)
        || !is_text(document, part(reference, "DigestValue")?)
    {
        return Err(unusual("parts"));
    }
    if children(document, signature, "Object").next().is_some() {
        return Err(unusual("object"));
    }
    let id =
        attribute(document, root, "ID").filter(|id| !id.is_empty()).ok_or_else(|| unusual("reference"))?;
    if attribute(document, reference, "URI").and_then(|uri| uri.strip_prefix('#')) != Some(id) {
        return Err(unusual("reference"));
    }
    first_and_unique(document, signature, root, id)?;
    let list = part(reference, "Transforms")?;
    let transforms: Vec<&str> = elements(document, list).map(|one| algorithm(document, Some(one))).collect();
    if !are_transforms(&transforms) {
        return Err(unusual("transforms"));
    }
    if algorithm(document, only(document, info, "CanonicalizationMethod")) != EXC_C14N {
        return Err(unusual("canonicalization"));
    }
    allowed(algorithm(document, only(document, info, "SignatureMethod")), SIGNATURE_METHODS)?;
    allowed(algorithm(document, only(document, reference, "DigestMethod")), DIGEST_METHODS)
}

/// No other element has the root's ID, and no other signature comes before the root's, as the first one is verified.
fn first_and_unique(
    document: &Document<'_>,
    signature: NodeId,
    root: NodeId,
    id: &str,
) -> Result<(), Finding> {
    let mut first = None;
    for node in document.descendants(document.root()) {
        let Some(element) = document.element(node) else { continue };
        if first.is_none() && element.matches_name_ns(DSIG, "Signature") {
            first = Some(node);
        }
        let is_id = |name: &str| ID_NAMES.contains(&name);
        let same = element.attributes.iter().any(|one| is_id(&one.name.local_name) && one.value == id);
        if same && node != root {
            return Err(unusual("id-twice"));
        }
    }
    if first == Some(signature) { Ok(()) } else { Err(unusual("order")) }
}

fn allowed(algorithm: &str, list: &[&str]) -> Result<(), Finding> {
    if list.contains(&algorithm) {
        return Ok(());
    }
    let name = algorithm.rsplit(['#', '/']).next().unwrap_or_default();
    let is_weak = name.contains("sha1") || name.contains("md5");
    let code = if is_weak { "metadata-signature-weak" } else { "metadata-signature-unusual" };
    let finding = Finding::warning(code).with("algorithm", name).with("reason", "algorithm");
    Err(finding.seen("Algorithm", algorithm))
}

fn algorithm<'d>(document: &'d Document<'_>, node: Option<NodeId>) -> &'d str {
    node.and_then(|node| attribute(document, node, "Algorithm")).unwrap_or_default()
}

fn attribute<'d>(document: &'d Document<'_>, node: NodeId, name: &str) -> Option<&'d str> {
    let attributes = &document.element(node)?.attributes;
    let found =
        attributes.iter().find(|one| one.name.namespace_uri.is_none() && one.name.local_name == name)?;
    Some(found.value.as_ref())
}

fn elements<'d>(document: &'d Document<'_>, node: NodeId) -> impl Iterator<Item = NodeId> + 'd {
    document.children_iter(node).filter(move |child| document.element(*child).is_some())
}

/// The child elements of XML Signature with this name.
pub(crate) fn children<'d>(
    document: &'d Document<'_>,
    node: NodeId,
    name: &'d str,
) -> impl Iterator<Item = NodeId> + 'd {
    let is_it =
        move |child: &NodeId| document.element(*child).is_some_and(|one| one.matches_name_ns(DSIG, name));
    document.children_iter(node).filter(is_it)
}

fn only(document: &Document<'_>, node: NodeId, name: &str) -> Option<NodeId> {
    let mut found = children(document, node, name);
    let first = found.next()?;
    if found.next().is_some() { None } else { Some(first) }
}

fn is_text(document: &Document<'_>, node: NodeId) -> bool {
    document.children_iter(node).all(|child| matches!(document.node_kind(child), Some(NodeKind::Text(_))))
}

/// The text of an element, whatever stands between.
pub(crate) fn text(document: &Document<'_>, node: NodeId) -> String {
    let part = |child| match document.node_kind(child) {
        Some(NodeKind::Text(text)) => Some(text.as_ref().to_owned()),
        _ => None,
    };
    document.children_iter(node).filter_map(part).collect()
}

/// Text of these elements says nothing about a person.
const KEPT_TEXTS: &[&str] = &["Issuer", "Audience", "AuthnContextClassRef"];

/// Values of these attributes say nothing about a person.
const KEPT_ATTRIBUTES: &[&str] = &[
    "ID",
    "InResponseTo",
    "Version",
    "IssueInstant",
    "Destination",
    "Recipient",
    "NotBefore",
    "NotOnOrAfter",
    "AuthnInstant",
    "SessionNotOnOrAfter",
    "Format",
    "Method",
    "Name",
    "NameFormat",
    "Algorithm",
    "URI",
    "Value",
    "Type",
];

const MASK: &str = "•••";

/// Where the text was not understood, or is longer than this many bytes, it ends.
const MORE: &str = "…";
const LONGEST: usize = 64 * 1024;

/// A response as text to be shown, with names, claims, signatures and everything encrypted masked.
///
/// It works on any text: what is no XML, or is cut off, ends where it is not understood. Comments are left out.
pub fn redact(xml: &str) -> String {
    let mut out = String::new();
    let mut element = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        text(&mut out, &rest[..at], &element);
        let Some((tag, after)) = tag(&rest[at..]) else {
            rest = "";
            out.push_str(MORE);
            break;
        };
        match tag {
            Tag::Skipped => {}
            Tag::Characters => out.push_str(MASK),
            Tag::Element(inside) => element = write_tag(&mut out, inside),
        }
        rest = after;
        if out.len() > LONGEST {
            return out + MORE;
        }
    }
    text(&mut out, rest, "");
    out
}

fn text(out: &mut String, text: &str, element: &str) {
    let is_kept = text.trim().is_empty() || KEPT_TEXTS.contains(&element);
    out.push_str(if is_kept { text } else { MASK });
}

enum Tag<'a> {
    /// A comment or a processing instruction.
    Skipped,
    /// A CDATA section.
    Characters,
    /// What stands between the angle brackets.
    Element(&'a str),
}

/// The tag at the beginning, and what comes after it.
fn tag(rest: &str) -> Option<(Tag<'_>, &str)> {
    let until = |start: &str, end: &str| {
        let inside = rest.strip_prefix(start)?;
        inside.split_once(end)
    };
    if let Some((_, after)) = until("<!--", "-->").or_else(|| until("<?", "?>")) {
        return Some((Tag::Skipped, after));
    }
    if let Some((_, after)) = until("<![CDATA[", "]]>") {
        return Some((Tag::Characters, after));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return None;
    }
    let inside = &rest[1..];
    let mut quote = None;
    for (at, one) in inside.char_indices() {
        match (quote, one) {
            (None, '"' | '\'') => quote = Some(one),
            (Some(open), one) if one == open => quote = None,
            (None, '>') => return Some((Tag::Element(&inside[..at]), &inside[at + 1..])),
            _ => {}
        }
    }
    None
}

/// Writes a tag; gives the local name of an element that begins there.
fn write_tag(out: &mut String, inside: &str) -> String {
    let name_ends = inside.find(|one: char| one.is_whitespace()).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_ends);
    out.push('<');
    out.push_str(name);
    let mut rest = attributes;
    while let Some((before, after)) = rest.split_once('=') {
        let value = after.trim_start();
        let Some(quote) = value.chars().next().filter(|one| matches!(one, '"' | '\'')) else { break };
        let Some((value, after)) = value[1..].split_once(quote) else { break };
        let key = before.trim();
        let is_kept = KEPT_ATTRIBUTES.contains(&key) || key.starts_with("xmlns");
        out.push_str(&format!(" {key}={quote}{}{quote}", if is_kept { value } else { MASK }));
        rest = after;
    }
    if inside.ends_with('/') && !name.ends_with('/') {
        out.push('/');
    }
    out.push('>');
    if name.starts_with('/') || inside.ends_with('/') {
        return String::new();
    }
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

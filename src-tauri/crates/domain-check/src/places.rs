use crate::DomainName;

/// Which mistake puts a record at a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The DNS panel added the zone name to a name that already had it.
    Doubled,
    /// The label lost its underscore, or swapped `_` and `-`.
    LabelChanged,
    /// Below a label `@`, which DNS panels mostly take for the domain itself.
    LiteralAt,
    /// At the domain itself, or at the zone's own name.
    Apex,
    /// The right label below another name of the zone.
    Elsewhere,
    /// A label nobody has published: an answer means that a wildcard answers for every name.
    Wildcard,
}

/// The names to ask for `host` below `domain` in `zone`, besides the right one.
///
/// `probe` is a label nobody will have published, chosen at random by the caller.
pub fn places(domain: &DomainName, host: &str, zone: &str, probe: &str) -> Vec<(Place, String)> {
    let domain = domain.as_str();
    let right = format!("{host}.{domain}");
    let mut names = vec![
        (Place::Doubled, format!("{right}.{zone}")),
        (Place::Doubled, format!("{right}.{domain}")),
        (Place::LiteralAt, format!("@.{domain}")),
        (Place::LiteralAt, format!("{host}.@.{domain}")),
        (Place::Apex, domain.to_owned()),
        (Place::Apex, zone.to_owned()),
        (Place::Elsewhere, format!("{host}.{zone}")),
        (Place::Elsewhere, format!("{host}.www.{domain}")),
        (Place::Wildcard, format!("{probe}.{domain}")),
    ];
    names.extend(changed(host).into_iter().map(|label| (Place::LabelChanged, format!("{label}.{domain}"))));
    names.retain(|(_, name)| *name != right && name.len() <= 253 && !name.starts_with('.'));
    let mut seen = Vec::new();
    names.retain(|(_, name)| {
        !seen.contains(name) && {
            seen.push(name.clone());
            true
        }
    });
    names
}

fn changed(host: &str) -> [String; 3] {
    let bare = host.trim_start_matches('_');
    [bare.to_owned(), bare.replace('-', "_"), format!("_{}", bare.replace('-', "_"))]
}

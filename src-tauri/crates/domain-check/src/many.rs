use crate::{DomainName, ParsedDomain};
use vocabulary::Finding;

/// Understands a pasted list: entries separated by line ends, commas, semicolons or blanks, each as
/// [`DomainName::parse`] would. An entry that comes to a domain already in the list is left out.
///
/// `Ann Lee <ann@contoso.com>` counts as one entry: words without a dot beside an address in angle brackets are its
/// display name.
pub fn parse_many(text: &str) -> Vec<Result<ParsedDomain, Finding>> {
    let mut list: Vec<Result<ParsedDomain, Finding>> = Vec::new();
    for entry in text.split(['\n', '\r', ',', ';']).flat_map(entries) {
        let parsed = DomainName::parse(entry);
        let known = |earlier: &Result<ParsedDomain, Finding>| match (earlier, &parsed) {
            (Ok(earlier), Ok(parsed)) => earlier.domain == parsed.domain,
            (Err(earlier), Err(parsed)) => earlier == parsed,
            _ => false,
        };
        if !list.iter().any(known) {
            list.push(parsed);
        }
    }
    list
}

fn entries(line: &str) -> Vec<&str> {
    if line.contains('<') && line.trim_end().ends_with('>') && line.contains('@') {
        return vec![line];
    }
    line.split_whitespace().collect()
}

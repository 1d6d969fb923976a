/// Whether the inside of `<?…?>` is an XML declaration (XML 1.0, production 23), which quick-xml does not check.
pub(crate) fn is_declaration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("xml") else { return false };
    let Some(rest) = attribute(rest, "version", is_version) else { return false };
    let rest = attribute(rest, "encoding", is_encoding_name).unwrap_or(rest);
    let rest = attribute(rest, "standalone", |value| matches!(value, "yes" | "no")).unwrap_or(rest);
    rest.chars().all(is_blank)
}

/// Reads blanks, a name, an equals sign and a quoted value that passes the check; gives what follows.
fn attribute<'t>(text: &'t str, name: &str, check: impl Fn(&str) -> bool) -> Option<&'t str> {
    let rest = text.trim_start_matches(is_blank);
    if rest.len() == text.len() {
        return None;
    }
    let rest =
        rest.strip_prefix(name)?.trim_start_matches(is_blank).strip_prefix('=')?.trim_start_matches(is_blank);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, rest) = rest[1..].split_once(quote)?;
    check(value).then_some(rest)
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_version(value: &str) -> bool {
    value
        .strip_prefix("1.")
        .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_encoding_name(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_alphabetic())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_declaration;

    #[test]
    fn the_grammar_is_that_of_the_standard() {
        for good in [
            "xml version=\"1.0\"",
            "xml version = '1.1' encoding='UTF-8' standalone=\"no\" ",
            "xml\n version=\"1.0\"\tstandalone='yes'",
        ] {
            assert!(is_declaration(good), "{good}");
        }
        for bad in [
            "xml",
            "xmversion=\"1.0\"",
            "xmlversion=\"1.0\"",
            "xml version=\"<.0\"",
            "xml version=\"1.0'",
            "xml version=\"1.0\"encoding=\"UTF-8\"",
            "xml version=\"1.0\" encoding=\"\"",
            "xml encoding=\"UTF-8\"",
            "xml version=\"1.0\" standalone=\"maybe\"",
        ] {
            assert!(!is_declaration(bad), "{bad}");
        }
    }
}

//! What may stand in a field.

/// An e-mail address in lower case; `None` when it cannot be one.
pub(crate) fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (local, domain) = text.rsplit_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"');
    let plausible =
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    (plausible && text.len() <= 254 && !text.contains(odd) && !local.contains('@')).then_some(text)
}

/// The name of an organization: 1 to 100 characters on one line.
pub(crate) fn organization(text: &str) -> Option<String> {
    one_line(text.trim(), 100)
}

/// Text on one line, not blank, of at most so many characters.
pub(crate) fn one_line(text: &str, most: usize) -> Option<String> {
    let good = !text.trim().is_empty() && text.chars().count() <= most && !text.contains(char::is_control);
    good.then(|| text.to_owned())
}

/// Whether the text can be the id of an account.
pub(crate) fn is_account_id(text: &str) -> bool {
    let inner = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=64).contains(&text.len()) && text.bytes().all(inner) && !text.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_in_lower_case_or_not_at_all() {
        assert_eq!(email(" Ada@Contoso.Test ").as_deref(), Some("ada@contoso.test"));
        for bad in
            ["", "ada", "@contoso.test", "ada@", "ada@contoso", "a b@contoso.test", "a@b@c.test", "A <a@b.c>"]
        {
            assert_eq!(email(bad), None, "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text: String) {
            let _ = (email(&text), organization(&text), account_api::licence_key_letters(&text), is_account_id(&text));
        }
    }
}

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

/// A licence key as it is compared: capital letters and digits, without blanks and hyphens.
pub(crate) fn licence_key(text: &str) -> Option<String> {
    let key: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let good = (8..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    good.then(|| key.to_ascii_uppercase())
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

    #[test]
    fn a_licence_key_is_compared_without_its_hyphens() {
        assert_eq!(licence_key("abcd-1234 efgh").as_deref(), Some("ABCD1234EFGH"));
        assert_eq!(licence_key("abc"), None);
        assert_eq!(licence_key("abcd_1234_efgh"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text: String) {
            let _ = (email(&text), organization(&text), licence_key(&text), is_account_id(&text));
        }
    }
}

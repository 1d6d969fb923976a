//! Text as lower-case words, whatever it was wrapped in: an address, JSON, HTML.

/// Hands on every word: letters, digits and `_` between anything else.
pub(crate) fn words(text: &str, mut each: impl FnMut(&str)) {
    let readable = readable(text);
    let runs = readable.split(|c: char| !c.is_alphanumeric() && c != '_').map(|run| run.trim_matches('_'));
    runs.filter(|run| !run.is_empty()).for_each(|run| each(&run.to_lowercase()));
}

/// The words in a list.
pub(crate) fn list(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |word| found.push(word.to_owned()));
    found
}

/// Without percent-encoding, escapes of JSON, entities of HTML, and characters nobody sees.
fn readable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (put, length) = match c {
            '%' => percent(rest),
            '\\' => (' ', escape(rest)),
            '&' => (' ', entity(rest)),
            _ => (c, c.len_utf8()),
        };
        if !is_unseen(put) {
            out.push(put);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// NUL is what every second byte of UTF-16 looks like.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\0' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// The character for `%41`, and how many bytes it took.
fn percent(rest: &str) -> (char, usize) {
    let digits = rest.get(1..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
    match byte {
        Some(byte) if byte.is_ascii() => (char::from(byte), 3),
        Some(_) => (' ', 3),
        None => (' ', 1),
    }
}

/// How long the escape is that begins here, such as `\n` or `\u0027`.
fn escape(rest: &str) -> usize {
    match rest.as_bytes().get(1) {
        Some(b'n' | b'r' | b't') => 2,
        Some(b'u') if rest.bytes().skip(2).take(4).filter(u8::is_ascii_hexdigit).count() == 4 => 6,
        _ => 1,
    }
}

/// How long the entity is that begins here, such as `&quot;`.
fn entity(rest: &str) -> usize {
    let name = rest.bytes().skip(1).take(8).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    let end = name.count() + 1;
    if end > 1 && rest.as_bytes().get(end) == Some(&b';') { end + 1 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_in_whatever_they_come() {
        let plain = ["error", "aadsts50105", "the", "user", "isn", "t", "assigned"];
        for text in [
            "Error: AADSTS50105: the user isn't ASSIGNED.",
            "error=AADSTS50105%3A+The+user%20isn%27t%0Aassigned",
            "{\"error\":\"AADSTS50105:\\nThe user isn\\u0027t\\tassigned\"}",
            "<p>Error: AADSTS50105&#58; the&nbsp;user isn&rsquo;t assigned</p>",
        ] {
            let found: Vec<String> = list(text).into_iter().filter(|word| word != "p").collect();
            assert_eq!(found, plain, "{text}");
        }
        assert_eq!(
            list("_app_not_configured_ a\0b\0 %4 %zz & \\ %"),
            ["app_not_configured", "ab", "4", "zz"]
        );
    }
}

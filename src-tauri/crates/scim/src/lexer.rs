//! The words of a filter.

/// One word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    /// An attribute path, an operator, `true`, `false`, `null` or a number.
    Word(String),
    /// A text in quotation marks.
    Text(String),
    Open,
    Close,
    OpenBracket,
    CloseBracket,
}

/// Longer filters are not looked at, in bytes.
const MAX_LENGTH: usize = 16 * 1024;

/// Cuts a filter into words.
///
/// # Errors
/// What is wrong, for people.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    if text.len() > MAX_LENGTH {
        return Err("the filter is too long".to_owned());
    }
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            '[' => (Token::OpenBracket, 1),
            ']' => (Token::CloseBracket, 1),
            '"' => quoted(rest)?,
            _ => word(rest)?,
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// A JSON string (RFC 7644, section 3.4.2.2, `compValue`).
fn quoted(rest: &str) -> Result<(Token, usize), String> {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    let (end, _) = end.ok_or("a text does not end")?;
    let text = serde_json::from_str(&rest[..=end]).map_err(|_| "a text cannot be read")?;
    Ok((Token::Text(text), end + 1))
}

fn word(rest: &str) -> Result<(Token, usize), String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '_' | '-' | '$' | '+');
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    if end == 0 {
        return Err("there is a character that does not belong in a filter".to_owned());
    }
    Ok((Token::Word(rest[..end].to_owned()), end))
}

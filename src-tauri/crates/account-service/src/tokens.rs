//! Tokens: made of the operating system's randomness, kept as digests.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};
use vocabulary::Secret;

/// The operating system gave no randomness.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random numbers")]
pub(crate) struct NoRandomness;

/// A bearer token of 256 random bits, base64url.
pub(crate) fn bearer_token() -> Result<Secret, NoRandomness> {
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(random::<32>()?)))
}

/// The value of a domain's TXT record: `token=` and 130 random bits in base32 (RFC 4648, section 6), lower case.
pub(crate) fn domain_token() -> Result<String, NoRandomness> {
    Ok(format!("token={}", String::from_iter(letters::<26>()?)))
}

/// A code that a person types: 125 random bits in base32, five letters at a time.
pub(crate) fn setup_code() -> Result<Secret, NoRandomness> {
    let letters = letters::<25>()?;
    let groups: Vec<String> = letters.chunks(5).map(String::from_iter).collect();
    Ok(Secret::new(groups.join("-")))
}

/// Random letters of base32 (RFC 4648, section 6), lower case.
fn letters<const N: usize>() -> Result<[char; N], NoRandomness> {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    Ok(random::<N>()?.map(|byte| char::from(ALPHABET[usize::from(byte & 31)])))
}

/// Four random hexadecimal digits, for telling accounts of the same name apart.
pub(crate) fn account_suffix() -> Result<String, NoRandomness> {
    let [high, low] = random::<2>()?;
    Ok(format!("{high:02x}{low:02x}"))
}

/// The ID of an authentication request: 160 random bits, an NCName as `xs:ID` asks for.
pub(crate) fn request_id() -> Result<String, NoRandomness> {
    let digits = random::<20>()?.map(|byte| format!("{byte:02x}"));
    Ok(format!("_{}", digits.concat()))
}

/// SHA-256. The tokens have 256 bits of their own, so that neither salt nor stretching adds anything.
pub(crate) fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// The last four characters.
pub(crate) fn hint(text: &str) -> String {
    let start = text.char_indices().rev().nth(3).map_or(0, |(index, _)| index);
    text[start..].to_owned()
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_token_is_made_of_what_every_dns_panel_takes() {
        let token = domain_token().unwrap();
        let letters = token.strip_prefix("token=").unwrap();
        assert_eq!(letters.len(), 26);
        assert!(letters.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7')));
        assert_ne!(token, domain_token().unwrap());
    }

    #[test]
    fn a_bearer_token_has_256_bits_and_a_hint_of_four_characters() {
        let token = bearer_token().unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(token.expose()).unwrap().len(), 32);
        assert_eq!(hint(token.expose()).len(), 4);
        assert!(token.expose().ends_with(&hint(token.expose())));
        assert_eq!(hint("äö"), "äö");
    }
}

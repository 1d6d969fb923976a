//! What is shown of a response names nobody.

use super::*;
use crate::redact;
use proptest::prelude::*;
use test_support::responses::Signing;

#[test]
fn nothing_personal_and_no_signature_is_left() {
    let signer = rsa("signer");
    let mut response = response();
    response.attributes.push(("mail".to_owned(), vec!["ada.l@example.com".to_owned()]));
    let xml = response.signed(Signing::Both, &signer);
    let shown = redact(&xml);
    for hidden in ["ada@", "ada.l", "admins", "_session-1", &signer.base64()[..40]] {
        assert!(xml.replace('\n', "").contains(hidden), "{hidden} was there");
        assert!(!shown.contains(hidden), "{hidden} is left: {shown}");
    }
    for kept in [
        "https://idp.example/metadata",
        "https://service.example/saml/acs",
        "_request-1",
        "Name=\"mail\"",
        "rsa-sha256",
        "<samlp:StatusCode Value=",
    ] {
        assert!(shown.contains(kept), "{kept} is gone: {shown}");
    }
    assert_eq!(shown.matches("</").count(), xml.matches("</").count());
    assert!(!redact(&xml.replace("ada@", "<!--x-->ada@<![CDATA[eve]]>")).contains("eve"));
    assert_eq!(redact("ada@example.com"), "•••");
    assert_eq!(redact("<a x='ada' Name='n'"), "…");
}

proptest! {
    #[test]
    fn arbitrary_text_is_masked_without_a_fuss(text in "(<[a-z/!?'\"= ]{0,8}>?|[a-z&;\\]\\-]{0,4}){0,20}") {
        let shown = redact(&text);
        prop_assert!(shown.len() <= text.len() * 6 + 16);
    }
}

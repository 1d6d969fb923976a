/// Every finding of a sign-in besides those of `saml-response`; each has its texts in `findings-sign-in.ftl`.
#[cfg(test)]
pub(crate) const CODES: &[&str] = &[
    "sign-in-address",
    "sign-in-domain-unknown",
    "sign-in-not-active",
    "sign-in-no-identity-provider",
    "sign-in-test-over",
    "sign-in-unsolicited",
    "sign-in-other-browser",
    "sign-in-request-used",
    "sign-in-request-over",
    "sign-in-request-unknown",
    "sign-in-replayed",
    "sign-in-no-email",
    "sign-in-email-domain",
    "sign-in-no-group",
    "sign-in-not-provisioned",
    "sign-in-deactivated",
    "sign-in-no-licence-key",
    "sign-in-no-per-user-key",
    "logout-replayed",
    "logout-unknown",
];

/// Those that come after a trusted answer: it arrived, and no session was made of it.
pub(crate) const OF_THE_SESSION: &[&str] = &[
    "sign-in-no-email",
    "sign-in-email-domain",
    "sign-in-no-group",
    "sign-in-not-provisioned",
    "sign-in-deactivated",
];

/// What was posted cannot be read as an answer. Their fixes are for somebody who copied it from somewhere; whoever only
/// signed in gets words of their own.
pub(super) const UNREADABLE: &[&str] = &[
    "response-none",
    "response-is-request",
    "response-too-large",
    "response-not-base64",
    "response-not-utf8",
    "response-not-xml",
    "response-malformed",
    "response-doctype",
    "response-too-deep",
    "response-wrong-root",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_text_and_a_fix() {
        let texts = texts::Texts::english().unwrap();
        for code in CODES {
            let text = texts.finding(&vocabulary::Finding::error(code));
            assert_ne!(text.message, *code, "{code} has no text");
            assert!(!text.fix.is_empty(), "{code} has no fix");
        }
        assert!(OF_THE_SESSION.iter().all(|code| CODES.contains(code)));
    }
}

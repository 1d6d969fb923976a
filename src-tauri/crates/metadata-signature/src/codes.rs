/// Every finding this crate can return; each has its texts in `findings-saml.ftl`.
pub const CODES: &[&str] = &[
    "metadata-signature-unconfirmed",
    "metadata-signature-broken",
    "metadata-signature-other-key",
    "metadata-signature-unusual",
    "metadata-signature-weak",
    "metadata-signature-missing",
    "metadata-signature-no-key",
    "metadata-signature-not-checked",
];

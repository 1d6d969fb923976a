//! SAML 2.0 metadata: read, judge, write.

//! The account service: settings API, SAML metadata and SCIM over SQLite.

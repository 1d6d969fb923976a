//! Authentication requests (SAML Core 3.4.1) and the two ways to send one (SAML Bindings 3.4 and 3.5).

use super::key::{CannotSign, ServiceKey};
use account_api::{IdentityProvider, ServiceProvider, SsoBinding};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra::keys::loader::load_pem_auto;
use bergshamra::{DsigContext, KeysManager};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use saml::escaped;
use std::io::Write;
use url::form_urlencoded;
use vocabulary::Timestamp;

const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/// One request of one browser.
pub(super) struct Request<'a> {
    pub(super) id: &'a str,
    pub(super) issued: Timestamp,
    pub(super) from: &'a ServiceProvider,
    pub(super) to: &'a IdentityProvider,
    /// The key to sign with, when requests are signed.
    pub(super) key: Option<&'a ServiceKey>,
}

/// How a browser carries a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Carried {
    /// In the query of this URL.
    Redirect(String),
    /// In the field `SAMLRequest` of a form that is posted there.
    Form { action: String, value: String },
}

impl Request<'_> {
    /// The request as the identity provider's binding wants it.
    ///
    /// # Errors
    /// When it has to be signed and cannot be.
    pub(super) fn carried(&self) -> Result<Carried, CannotSign> {
        match self.to.sso_binding {
            SsoBinding::HttpRedirect => self.redirect().map(Carried::Redirect),
            SsoBinding::HttpPost => {
                let value = STANDARD.encode(self.signed_xml()?);
                Ok(Carried::Form { action: self.to.sso_url.clone(), value })
            }
        }
    }

    /// DEFLATE, base64, URL encoding; a signature stands beside it and covers the query as it is sent.
    fn redirect(&self) -> Result<String, CannotSign> {
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let mut query = format!("SAMLRequest={}", encoded(&STANDARD.encode(deflated(&self.xml("")))));
        if let Some(key) = self.key {
            query.push_str(&format!("&SigAlg={}", encoded(RSA_SHA256)));
            let signature = STANDARD.encode(key.sign(query.as_bytes())?);
            query.push_str(&format!("&Signature={}", encoded(&signature)));
        }
        let joint = if self.to.sso_url.contains('?') { '&' } else { '?' };
        Ok(format!("{}{joint}{query}", self.to.sso_url))
    }

    /// For a form the signature stands inside (SAML Core 5.4).
    fn signed_xml(&self) -> Result<String, CannotSign> {
        let Some(key) = self.key else { return Ok(self.xml("")) };
        let pair = load_pem_auto(key.private_pem().expose().as_bytes(), None).map_err(|_| CannotSign)?;
        let mut keys = KeysManager::new();
        keys.add_key(pair);
        let template = self.xml(&signature_template(self.id));
        bergshamra::sign(&DsigContext::new(keys), &template).map_err(|_| CannotSign)
    }

    /// No NameIDPolicy and no RequestedAuthnContext: what the identity provider is set up for is what is wanted, and each
    /// of them is a reason for some to refuse.
    fn xml(&self, signature: &str) -> String {
        let (id, issued) = (escaped(self.id), self.issued);
        let (destination, acs) = (escaped(&self.to.sso_url), escaped(&self.from.acs_url));
        let issuer = escaped(&self.from.entity_id);
        format!(
            r#"<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" IssueInstant="{issued}" Destination="{destination}" AssertionConsumerServiceURL="{acs}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>{issuer}</saml:Issuer>{signature}</samlp:AuthnRequest>"#
        )
    }
}

fn deflated(text: &str) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to a Vec cannot fail.
    let _ = encoder.write_all(text.as_bytes());
    encoder.finish().unwrap_or_default()
}

fn signature_template(id: &str) -> String {
    format!(
        r##"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="{RSA_SHA256}"/><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>"##
    )
}

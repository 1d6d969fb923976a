//! Messages to an identity provider, and the two ways a browser carries one (SAML Bindings 3.4 and 3.5).

use super::key::{CannotSign, ServiceKey};
use account_api::SsoBinding;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra::keys::loader::load_pem_auto;
use bergshamra::{DsigContext, KeysManager};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;
use url::form_urlencoded;

const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/// What a message is to whom it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It asks for something.
    Request,
    /// It answers.
    Response,
}

impl Kind {
    const fn field(self) -> &'static str {
        match self {
            Self::Request => "SAMLRequest",
            Self::Response => "SAMLResponse",
        }
    }
}

/// A message on its way.
pub(super) struct Message<'a> {
    pub(super) kind: Kind,
    /// Its ID, which a signature inside it names.
    pub(super) id: &'a str,
    /// Where it is sent.
    pub(super) to: &'a str,
    pub(super) binding: SsoBinding,
    /// What the other side wants back.
    pub(super) relay_state: Option<&'a str>,
    /// The key to sign with, when it is signed.
    pub(super) key: Option<&'a ServiceKey>,
    /// Writes the XML, with that text where a signature stands.
    pub(super) xml: &'a dyn Fn(&str) -> String,
}

/// How a browser carries a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Carried {
    /// In the query of this URL.
    Redirect(String),
    /// In the fields of a form that is posted there.
    Form { action: String, fields: Vec<(&'static str, String)> },
}

impl Message<'_> {
    /// The message as its binding wants it.
    ///
    /// # Errors
    /// When it has to be signed and cannot be.
    pub(super) fn carried(&self) -> Result<Carried, CannotSign> {
        match self.binding {
            SsoBinding::HttpRedirect => self.redirect().map(Carried::Redirect),
            SsoBinding::HttpPost => {
                let mut fields = vec![(self.kind.field(), STANDARD.encode(self.signed_xml()?))];
                fields.extend(self.relay_state.map(|state| ("RelayState", state.to_owned())));
                Ok(Carried::Form { action: self.to.to_owned(), fields })
            }
        }
    }

    /// DEFLATE, base64, URL encoding; a signature stands beside it and covers the query as it is sent.
    fn redirect(&self) -> Result<String, CannotSign> {
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let message = STANDARD.encode(deflated(&(self.xml)("")));
        let mut query = format!("{}={}", self.kind.field(), encoded(&message));
        if let Some(state) = self.relay_state {
            query.push_str(&format!("&RelayState={}", encoded(state)));
        }
        if let Some(key) = self.key {
            query.push_str(&format!("&SigAlg={}", encoded(RSA_SHA256)));
            let signature = STANDARD.encode(key.sign(query.as_bytes())?);
            query.push_str(&format!("&Signature={}", encoded(&signature)));
        }
        let joint = if self.to.contains('?') { '&' } else { '?' };
        Ok(format!("{}{joint}{query}", self.to))
    }

    /// For a form the signature stands inside (SAML Core 5.4).
    fn signed_xml(&self) -> Result<String, CannotSign> {
        let Some(key) = self.key else { return Ok((self.xml)("")) };
        let pair = load_pem_auto(key.private_pem().expose().as_bytes(), None).map_err(|_| CannotSign)?;
        let mut keys = KeysManager::new();
        keys.add_key(pair);
        let template = (self.xml)(&signature_template(self.id));
        bergshamra::sign(&DsigContext::new(keys), &template).map_err(|_| CannotSign)
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

//! What the service asks of and answers to an identity provider: authentication requests (SAML Core 3.4.1), requests
//! for signing out and answers to them (SAML Core 3.7).

use super::key::{CannotSign, ServiceKey};
use super::message::{Carried, Kind, Message};
use crate::store::sign_ins::NamedSession;
use account_api::{IdentityProvider, LogoutService, ServiceProvider};
use saml::escaped;
use time::Duration;
use vocabulary::Timestamp;

const NAMESPACES: &str = r#"xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion""#;

/// So long the identity provider may take for a request to sign out.
const GOOD_FOR: Duration = Duration::minutes(5);

/// One request of one browser.
pub(super) struct Request<'a> {
    pub(super) id: &'a str,
    pub(super) issued: Timestamp,
    pub(super) from: &'a ServiceProvider,
    pub(super) to: &'a IdentityProvider,
    /// The key to sign with, when requests are signed.
    pub(super) key: Option<&'a ServiceKey>,
}

impl Request<'_> {
    /// The request as the identity provider's binding wants it.
    ///
    /// # Errors
    /// When it has to be signed and cannot be.
    pub(super) fn carried(&self) -> Result<Carried, CannotSign> {
        Message {
            kind: Kind::Request,
            id: self.id,
            to: &self.to.sso_url,
            binding: self.to.sso_binding,
            relay_state: None,
            key: self.key,
            xml: &|signature| self.xml(signature),
        }
        .carried()
    }

    /// No NameIDPolicy and no RequestedAuthnContext: what the identity provider is set up for is what is wanted, and each
    /// of them is a reason for some to refuse.
    fn xml(&self, signature: &str) -> String {
        let (id, issued) = (escaped(self.id), self.issued);
        let (destination, acs) = (escaped(&self.to.sso_url), escaped(&self.from.acs_url));
        let issuer = escaped(&self.from.entity_id);
        format!(
            r#"<samlp:AuthnRequest {NAMESPACES} ID="{id}" Version="2.0" IssueInstant="{issued}" Destination="{destination}" AssertionConsumerServiceURL="{acs}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>{issuer}</saml:Issuer>{signature}</samlp:AuthnRequest>"#
        )
    }
}

/// A message about signing out. They are always signed (SAML Profiles 4.4.3.1).
pub(super) struct Logout<'a> {
    pub(super) id: &'a str,
    pub(super) issued: Timestamp,
    pub(super) from: ServiceProvider,
    pub(super) to: &'a LogoutService,
    pub(super) key: &'a ServiceKey,
}

impl Logout<'_> {
    /// The request that a session ends at the identity provider, too.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub(super) fn request(&self, session: &NamedSession) -> Result<Carried, CannotSign> {
        let to = &self.to.url;
        let format =
            session.format.as_deref().map(|uri| format!(r#" Format="{}""#, escaped(uri))).unwrap_or_default();
        let index = session.index.as_deref().map(escaped);
        let index = index.map(|index| format!("<samlp:SessionIndex>{index}</samlp:SessionIndex>"));
        let inside = format!(
            "<saml:NameID{format}>{}</saml:NameID>{}",
            escaped(&session.name_id),
            index.unwrap_or_default()
        );
        let until = format!(r#" NotOnOrAfter="{}""#, self.issued.plus(GOOD_FOR));
        let xml = |signature: &str| self.xml(("LogoutRequest", &until), to, signature, &inside);
        self.carried(Kind::Request, to, None, &xml)
    }

    /// The answer that a request was carried out.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub(super) fn answer(
        &self,
        in_response_to: &str,
        relay_state: Option<&str>,
    ) -> Result<Carried, CannotSign> {
        let to = self.to.response_url.as_ref().unwrap_or(&self.to.url);
        let answers = format!(r#" InResponseTo="{}""#, escaped(in_response_to));
        let status = r#"<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>"#;
        let xml = |signature: &str| self.xml(("LogoutResponse", &answers), to, signature, status);
        self.carried(Kind::Response, to, relay_state, &xml)
    }

    fn carried(
        &self,
        kind: Kind,
        to: &str,
        relay_state: Option<&str>,
        xml: &dyn Fn(&str) -> String,
    ) -> Result<Carried, CannotSign> {
        let (id, binding, key) = (self.id, self.to.binding, Some(self.key));
        Message { kind, id, to, binding, relay_state, key, xml }.carried()
    }

    fn xml(&self, (root, more): (&str, &str), to: &str, signature: &str, inside: &str) -> String {
        let (id, issued, destination) = (escaped(self.id), self.issued, escaped(to));
        let issuer = escaped(&self.from.entity_id);
        format!(
            r#"<samlp:{root} {NAMESPACES} ID="{id}" Version="2.0" IssueInstant="{issued}" Destination="{destination}"{more}><saml:Issuer>{issuer}</saml:Issuer>{signature}{inside}</samlp:{root}>"#
        )
    }
}

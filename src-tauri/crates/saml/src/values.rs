use crate::endpoint;
use crate::metadata::{Binding, Inspection, Kind, LogoutEndpoint, SigningCertificate};
use crate::provider::Provider;
use certs::Certificate;
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// What a service has to know of an identity provider: the preview every way of entering it ends in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct IdpValues {
    /// The identity provider's entity ID; what it writes as Issuer.
    pub entity_id: String,
    /// Where sign-in requests are sent.
    pub sso_url: String,
    /// How they are sent there.
    pub sso_binding: Binding,
    /// Every certificate signatures may be checked with, each once.
    pub certificates: Vec<Certificate>,
    /// Which product it is, when its shape tells.
    pub provider: Option<Provider>,
    /// The name it gives itself.
    pub display_name: Option<String>,
    /// The NameID formats it names.
    pub name_id_formats: Vec<String>,
    /// Until when the metadata is meant to be used.
    pub valid_until: Option<Timestamp>,
    /// Whether it asks for signed sign-in requests.
    pub wants_signed_requests: bool,
    /// Where messages about signing out are sent, when it names a usable address.
    #[serde(default)]
    pub logout: Option<LogoutEndpoint>,
}

/// What an identity provider has to know of a service, read from the service's metadata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SpValues {
    /// The service's entity ID, which identity providers call identifier or audience.
    pub entity_id: String,
    /// The assertion consumer service, which identity providers call reply URL.
    pub acs_url: String,
    /// Where the service takes messages about signing out, when it names a usable address.
    #[serde(default)]
    pub slo_url: Option<String>,
}

impl Inspection {
    /// The values to set up sign-in with, or `None` while there is no identity provider with a usable endpoint.
    ///
    /// Findings are another matter: look at those before pushing anything.
    pub fn idp_values(&self) -> Option<IdpValues> {
        let (sso_binding, endpoint) = endpoint::preferred(&self.sso)?;
        Some(IdpValues {
            entity_id: self.entity_id.clone()?,
            sso_url: endpoint.location.clone(),
            sso_binding,
            certificates: self.signing_certificates(),
            provider: self.provider,
            display_name: self.display_name.clone(),
            name_id_formats: self.name_id_formats.clone(),
            valid_until: self.valid_until,
            wants_signed_requests: self.wants_signed_requests,
            logout: endpoint::preferred_logout(&self.slo).cloned(),
        })
    }

    /// The values of a service provider, or `None` when it names no HTTP-POST assertion consumer service.
    pub fn sp_values(&self) -> Option<SpValues> {
        let acs = self.acs.iter().find(|endpoint| endpoint.binding == Binding::HttpPost.uri())?;
        let slo = endpoint::preferred_logout(&self.slo).filter(|_| self.kind == Kind::Sp);
        Some(SpValues {
            entity_id: self.entity_id.clone()?,
            acs_url: acs.location.clone(),
            slo_url: slo.map(|one| one.location.clone()),
        })
    }

    /// Every certificate signatures may be checked with, each once.
    pub fn signing_certificates(&self) -> Vec<Certificate> {
        let mut found: Vec<Certificate> = Vec::new();
        for SigningCertificate { certificate, .. } in self.certificates.iter().filter(|one| one.may_sign()) {
            if !found.iter().any(|known| known.sha256 == certificate.sha256) {
                found.push(certificate.clone());
            }
        }
        found
    }
}

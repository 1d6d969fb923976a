use crate::metadata::Endpoint;
use serde::{Deserialize, Serialize};
use url::Url;
use vocabulary::Finding;

/// An identity provider product that can be told by the shape of its metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// Microsoft Entra ID.
    Entra,
    /// Okta.
    Okta,
    /// PingOne.
    PingOne,
    /// Google Workspace.
    Google,
    /// Active Directory Federation Services.
    Adfs,
    /// Keycloak.
    Keycloak,
    /// OneLogin.
    OneLogin,
    /// JumpCloud.
    JumpCloud,
    /// Auth0.
    Auth0,
}

impl Provider {
    /// The product's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entra => "Microsoft Entra ID",
            Self::Okta => "Okta",
            Self::PingOne => "PingOne",
            Self::Google => "Google Workspace",
            Self::Adfs => "AD FS",
            Self::Keycloak => "Keycloak",
            Self::OneLogin => "OneLogin",
            Self::JumpCloud => "JumpCloud",
            Self::Auth0 => "Auth0",
        }
    }
}

/// Which product an entity ID and its sign-in endpoints look like; `None` when they could be anybody's.
pub fn recognise(entity_id: &str, sso: &[Endpoint]) -> Option<Provider> {
    by_entity_id(entity_id).or_else(|| sso.iter().find_map(|endpoint| by_location(&endpoint.location)))
}

fn by_entity_id(entity_id: &str) -> Option<Provider> {
    if entity_id.starts_with("urn:") && entity_id.ends_with(".auth0.com") {
        return Some(Provider::Auth0);
    }
    let url = Url::parse(entity_id).ok()?;
    let (host, path) = (url.host_str()?, url.path());
    match host {
        "sts.windows.net" | "sts.chinacloudapi.cn" => Some(Provider::Entra),
        "www.okta.com" if path.starts_with("/exk") => Some(Provider::Okta),
        "pingone.com" => Some(Provider::PingOne),
        "accounts.google.com" if path.starts_with("/o/saml2") => Some(Provider::Google),
        "app.onelogin.com" if path.starts_with("/saml/metadata/") => Some(Provider::OneLogin),
        _ if host.starts_with("auth.pingone.") => Some(Provider::PingOne),
        _ if path == "/adfs/services/trust" => Some(Provider::Adfs),
        _ => None,
    }
}

fn by_location(location: &str) -> Option<Provider> {
    let url = Url::parse(location).ok()?;
    let (host, path) = (url.host_str()?, url.path());
    let below = |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    match host {
        "login.microsoftonline.com" | "login.microsoftonline.us" | "login.partner.microsoftonline.cn" => {
            Some(Provider::Entra)
        }
        "accounts.google.com" => Some(Provider::Google),
        "sso.jumpcloud.com" => Some(Provider::JumpCloud),
        _ if ["okta.com", "oktapreview.com", "okta-emea.com"].into_iter().any(below) => Some(Provider::Okta),
        _ if host.starts_with("auth.pingone.") => Some(Provider::PingOne),
        _ if below("onelogin.com") => Some(Provider::OneLogin),
        _ if below("auth0.com") => Some(Provider::Auth0),
        _ if path.ends_with("/adfs/ls/") || path.ends_with("/adfs/ls") => Some(Provider::Adfs),
        _ if path.contains("/realms/") && path.ends_with("/protocol/saml") => Some(Provider::Keycloak),
        _ => None,
    }
}

/// The warning that metadata comes from another product than the one being set up; nothing when it cannot be told.
pub fn provider_differs(found: Option<Provider>, expected: Provider) -> Option<Finding> {
    let found = found.filter(|found| *found != expected)?;
    let finding = Finding::warning("metadata-provider-differs");
    Some(finding.with("found", found.name()).with("expected", expected.name()))
}

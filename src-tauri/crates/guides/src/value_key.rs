use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A value the program knows and can show, copy or take at the place where a guide names it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKey {
    /// The service's SAML entity ID.
    SpEntityId,
    /// The service's assertion consumer service URL.
    AcsUrl,
    /// Where the service takes messages about signing out (SAML `SingleLogoutService`).
    SloUrl,
    /// The service's SAML metadata as a file; the program saves it.
    SpMetadataFile,
    /// The address of the service's SCIM endpoint.
    ScimBaseUrl,
    /// The token the identity provider presents to the SCIM endpoint. Secret.
    ScimBearerToken,
    /// The host of the TXT record, as the DNS host's form wants it.
    TxtHost,
    /// The value of the TXT record.
    TxtValue,
    /// The name of the group of business account administrators.
    AdminsGroupName,
    /// The identifier of that group in the identity provider.
    AdminsGroupId,
    /// The name of the group of people who use the product.
    UsersGroupName,
    /// The identifier of that group in the identity provider.
    UsersGroupId,
    /// The name the administrator gave the application in the identity provider.
    AppName,
    /// The identity provider's SAML entity ID.
    IdpEntityId,
    /// The identity provider's single sign-on URL.
    IdpSsoUrl,
    /// The identity provider's public signing certificate.
    IdpCertificate,
    /// The identity provider's SAML metadata as a file; the program reads it.
    IdpMetadataFile,
    /// Where administrators start a sign-in to the service with single sign-on.
    SsoLoginUrl,
    /// Where end users get the product that signs in with single sign-on.
    DownloadLink,
    /// The login that reaches the service without single sign-on.
    BackupLogin,
    /// The name of the customer in the addresses of a service that makes them by a pattern.
    CustomerName,
}

impl ValueKey {
    /// All keys, in the order of the declaration.
    pub const ALL: [Self; 21] = [
        Self::SpEntityId,
        Self::AcsUrl,
        Self::SloUrl,
        Self::SpMetadataFile,
        Self::ScimBaseUrl,
        Self::ScimBearerToken,
        Self::TxtHost,
        Self::TxtValue,
        Self::AdminsGroupName,
        Self::AdminsGroupId,
        Self::UsersGroupName,
        Self::UsersGroupId,
        Self::AppName,
        Self::IdpEntityId,
        Self::IdpSsoUrl,
        Self::IdpCertificate,
        Self::IdpMetadataFile,
        Self::SsoLoginUrl,
        Self::DownloadLink,
        Self::BackupLogin,
        Self::CustomerName,
    ];

    /// The kebab-case name, as in the data and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SpEntityId => "sp-entity-id",
            Self::AcsUrl => "acs-url",
            Self::SloUrl => "slo-url",
            Self::SpMetadataFile => "sp-metadata-file",
            Self::ScimBaseUrl => "scim-base-url",
            Self::ScimBearerToken => "scim-bearer-token",
            Self::TxtHost => "txt-host",
            Self::TxtValue => "txt-value",
            Self::AdminsGroupName => "admins-group-name",
            Self::AdminsGroupId => "admins-group-id",
            Self::UsersGroupName => "users-group-name",
            Self::UsersGroupId => "users-group-id",
            Self::AppName => "app-name",
            Self::IdpEntityId => "idp-entity-id",
            Self::IdpSsoUrl => "idp-sso-url",
            Self::IdpCertificate => "idp-certificate",
            Self::IdpMetadataFile => "idp-metadata-file",
            Self::SsoLoginUrl => "sso-login-url",
            Self::DownloadLink => "download-link",
            Self::BackupLogin => "backup-login",
            Self::CustomerName => "customer-name",
        }
    }

    /// Whether the value is masked where it is shown and lives in the keyring only.
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::ScimBearerToken)
    }

    /// The values that a file carries whole, so that nobody copies them; none for what is no file.
    pub const fn holds(self) -> &'static [Self] {
        match self {
            Self::SpMetadataFile => &[Self::SpEntityId, Self::AcsUrl, Self::SloUrl],
            Self::IdpMetadataFile => &[Self::IdpEntityId, Self::IdpSsoUrl, Self::IdpCertificate],
            _ => &[],
        }
    }

    /// Whether the service or the identity provider makes the value up for this customer, so that it has to be carried
    /// letter by letter. What the administrator names or knows is not, nor what is the same for every customer.
    pub const fn is_issued(self) -> bool {
        match self {
            Self::AppName | Self::AdminsGroupName | Self::UsersGroupName | Self::BackupLogin => false,
            Self::TxtHost | Self::DownloadLink => false,
            _ => !self.is_file(),
        }
    }

    /// Whether a service may be without it. What is to be done with it is shown where the project knows it, and nobody
    /// has to do it.
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::SloUrl)
    }

    /// Whether the value is a file that is saved or dropped, not text that is copied.
    pub const fn is_file(self) -> bool {
        matches!(self, Self::SpMetadataFile | Self::IdpMetadataFile)
    }
}

impl fmt::Display for ValueKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_every_key_once_and_in_order() {
        assert!(ValueKey::ALL.windows(2).all(|pair| pair[0] < pair[1]));
        for key in ValueKey::ALL {
            assert_eq!(serde_json::to_value(key).unwrap(), key.as_str());
        }
    }

    #[test]
    fn only_the_bearer_token_is_secret() {
        let secret: Vec<_> = ValueKey::ALL.into_iter().filter(|key| key.is_secret()).collect();
        assert_eq!(secret, [ValueKey::ScimBearerToken]);
    }
}

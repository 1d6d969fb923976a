use async_trait::async_trait;
use keycloak::{IdentityProvider, Mapping, Put, ServiceAccount, Target, Trouble};
use saml::{LIMIT_BY_HAND, SpMetadata};
use tokio::sync::OnceCell;
use vocabulary::{Finding, Secret, Timestamp};
use wizard::broker::{Broker, Connection, Held, Sent};
use wizard::keycloak::{Keycloak, Lead, Place};
use wizard::{Failure, FailureCode};

/// What Keycloak asks for as long as nobody chose something else.
const NAME_ID_PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

/// The place of a project in a Keycloak.
#[derive(Debug)]
pub struct KeycloakServer {
    place: Place,
    secret: Secret,
    /// Signed in once: it is asked a few things in a row, and its access token lasts a minute at least.
    realm: OnceCell<keycloak::Keycloak>,
}

impl KeycloakServer {
    /// Nothing is sent yet.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) for what Keycloak would misread; the finding's code is in `hints`.
    pub fn new(place: &Place, secret: &Secret) -> Result<Self, Failure> {
        let misread = [
            ("realm", keycloak::judge_realm(&place.realm)),
            ("client-realm", keycloak::judge_realm(place.realm_of_client())),
            ("alias", keycloak::judge_alias(&place.alias)),
        ];
        if let Some((field, finding)) = misread.into_iter().find_map(|(field, found)| Some((field, found?))) {
            let why = format!("Keycloak would misread the {field}");
            return Err(Failure::new(FailureCode::InvalidInput, why).on(field).because(&finding));
        }
        if secret.expose().trim().is_empty() {
            let why = "the client secret is empty";
            return Err(Failure::new(FailureCode::InvalidInput, why).on("client-secret"));
        }
        Ok(Self { place: place.clone(), secret: secret.clone(), realm: OnceCell::new() })
    }

    async fn realm(&self) -> Result<&keycloak::Keycloak, Trouble> {
        let Place { url, realm, client_id, .. } = &self.place;
        let account = ServiceAccount { realm: self.place.realm_of_client(), client_id, secret: &self.secret };
        self.realm.get_or_try_init(|| keycloak::Keycloak::sign_in(url, realm, account)).await
    }

    async fn looked(&self) -> Result<Held, Trouble> {
        let keycloak = self.realm().await?;
        let alias = self.place.alias.as_str();
        let provider = keycloak.provider(alias).await?;
        let sp_metadata = match &provider {
            Some(_) => keycloak.sp_metadata(alias).await?,
            None => expected(&keycloak.issuer().await?, alias),
        };
        let connections = provider.iter().map(compared).collect();
        Ok(Held { sp_metadata, connections, directories: Vec::new() })
    }

    async fn sent(&self, metadata: &str, now: Timestamp) -> Result<Sent, Trouble> {
        let inspection = saml::inspect(metadata.as_bytes(), LIMIT_BY_HAND, now);
        let mut findings = keycloak::judge_metadata(metadata, &inspection);
        // What is no error was said in the step, where it was read.
        findings.retain(Finding::is_error);
        let (Some(after), true) = (inspection.idp_values(), findings.is_empty()) else {
            return Ok(Sent { findings });
        };
        let keycloak = self.realm().await?;
        let alias = self.place.alias.as_str();
        let before = keycloak.provider(alias).await?;
        if let Some(other) = before.as_ref().and_then(|one| keycloak::judge_same(one, &after.entity_id)) {
            return Ok(Sent { findings: vec![other] });
        }
        let put = Put {
            alias,
            display_name: None,
            want_signed_assertions: false,
            metadata,
            inspection: &inspection,
        };
        let (_, findings) = keycloak.put(put, before.as_ref()).await?;
        Ok(Sent { findings })
    }

    async fn switched(&self, entity_id: &str, on: bool, now: Timestamp) -> Result<Sent, Trouble> {
        let keycloak = self.realm().await?;
        let alias = self.place.alias.as_str();
        let found = keycloak.provider(alias).await?;
        let stands_in_the_way = match &found {
            Some(provider) => keycloak::judge_same(provider, entity_id)
                .into_iter()
                .chain(keycloak::judge_fit(provider, now).into_iter().filter(Finding::is_error))
                .collect(),
            None => vec![Finding::error("keycloak-provider-none").with("alias", alias)],
        };
        // Switching off is always allowed, of what is ours.
        let ours = found.filter(|provider| keycloak::judge_same(provider, entity_id).is_none());
        let Some(mut provider) = ours.filter(|_| !on || stands_in_the_way.is_empty()) else {
            let findings = if on { stands_in_the_way } else { Vec::new() };
            return Ok(Sent { findings });
        };
        provider.enabled = on;
        keycloak.replace(&provider).await?;
        Ok(Sent::default())
    }
}

#[async_trait]
impl Keycloak for KeycloakServer {
    async fn switch(&self, entity_id: &str, on: bool, now: Timestamp) -> Result<Sent, Failure> {
        self.switched(entity_id, on, now).await.map_err(|trouble| failure(&trouble))
    }

    async fn map(&self, attribute: &str, leads: &[Lead]) -> Result<Sent, Failure> {
        let mapping = |lead: &Lead| Mapping {
            attribute: attribute.to_owned(),
            value: Some(lead.value.clone()),
            target: Target::Group(lead.path.clone()),
        };
        let mappings: Vec<Mapping> = leads.iter().map(mapping).collect();
        let mapped = async { self.realm().await?.map(&self.place.alias, &mappings).await };
        let (_, findings) = mapped.await.map_err(|trouble| failure(&trouble))?;
        Ok(Sent { findings })
    }
}

#[async_trait]
impl Broker for KeycloakServer {
    async fn look(&self) -> Result<Held, Failure> {
        self.looked().await.map_err(|trouble| failure(&trouble))
    }

    async fn send(&self, metadata: &str, now: Timestamp) -> Result<Sent, Failure> {
        self.sent(metadata, now).await.map_err(|trouble| failure(&trouble))
    }
}

/// The SP metadata that an identity provider of that alias will have, which identity providers want to know before it can be
/// made: its addresses follow from the realm's and the alias.
fn expected(issuer: &str, alias: &str) -> String {
    let endpoint = format!("{issuer}/broker/{alias}/endpoint");
    saml::write_sp_metadata(&SpMetadata {
        entity_id: issuer.to_owned(),
        acs_url: endpoint.clone(),
        slo_url: Some(endpoint),
        organization: None,
        name_id_format: NAME_ID_PERSISTENT.to_owned(),
        certificates: Vec::new(),
        signs_requests: false,
        contact: None,
    })
}

fn compared(provider: &IdentityProvider) -> Connection {
    Connection {
        entity_id: provider.entity_id().to_owned(),
        addresses: vec![provider.sso_url().to_owned()],
        certificates: provider.certificates(),
        redirects: None,
        active: provider.enabled,
        findings: keycloak::judge_settings(provider),
    }
}

fn failure(trouble: &Trouble) -> Failure {
    let (code, field) = match trouble {
        Trouble::Address | Trouble::NotHttps => (FailureCode::InvalidInput, Some("keycloak-url")),
        Trouble::Token | Trouble::Client(_) | Trouble::Unreached(_) => {
            (FailureCode::KeycloakUnreachable, None)
        }
        Trouble::SignIn(_) => (FailureCode::KeycloakSignInRefused, None),
        Trouble::TokenRefused => (FailureCode::KeycloakTokenRefused, None),
        Trouble::Forbidden => (FailureCode::KeycloakForbidden, None),
        Trouble::Refused(_) => (FailureCode::KeycloakRefused, None),
        Trouble::Failed(_) => (FailureCode::KeycloakFailed, None),
        Trouble::Unknown(_) => (FailureCode::KeycloakAnswerUnknown, None),
    };
    let failure = Failure::new(code, trouble.to_string()).with("reason", trouble.reason());
    match field {
        Some(field) => failure.on(field),
        None => failure,
    }
}

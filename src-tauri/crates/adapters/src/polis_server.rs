use async_trait::async_trait;
use polis::{DirectoryKind, NewConnection, NewDirectory, Trouble};
use saml::LIMIT_BY_HAND;
use vocabulary::{Finding, Secret, Timestamp};
use wizard::broker::{Broker, Connection, Held, Sent};
use wizard::polis::{Directory, Place, Polis};
use wizard::{Failure, FailureCode};

/// The place of a project in an Ory Polis.
#[derive(Debug)]
pub struct PolisServer {
    place: Place,
    polis: polis::Polis,
}

impl PolisServer {
    /// Nothing is sent yet.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) for what Polis would misread; the finding's code is in `hints`.
    pub fn new(place: &Place, key: &Secret) -> Result<Self, Failure> {
        if let Some(finding) = polis::judge_place(&place.tenant, &place.product) {
            let field = if finding.code == "polis-tenant-invalid" { "tenant" } else { "product" };
            return Err(misread(field, &finding));
        }
        for url in &place.redirect_urls {
            if let Some(finding) = polis::judge_redirect(url) {
                let is_default = *url == place.default_redirect_url;
                return Err(misread(
                    if is_default { "default-redirect-url" } else { "redirect-urls" },
                    &finding,
                ));
            }
        }
        let polis = polis::Polis::new(&place.url, key).map_err(|trouble| failure(&trouble))?;
        Ok(Self { place: place.clone(), polis })
    }

    async fn connections(&self) -> Result<Vec<polis::Connection>, Trouble> {
        self.polis.connections(&self.place.tenant, &self.place.product).await
    }

    async fn sent(&self, metadata: &str, now: Timestamp) -> Result<Sent, Trouble> {
        let inspection = saml::inspect(metadata.as_bytes(), LIMIT_BY_HAND, now);
        let mut findings = polis::judge_metadata(metadata, &inspection);
        // What is no error was said in the step, where it was read.
        findings.retain(Finding::is_error);
        let (Some(after), true) = (inspection.idp_values(), findings.is_empty()) else {
            return Ok(Sent { findings });
        };
        let there = self.connections().await?;
        let taken = match polis::of_entity(&there, &after.entity_id) {
            Ok(before) => self.polis.replace_metadata(before, metadata).await,
            Err(_) => {
                findings.extend(polis::judge_new(&there, &after.entity_id));
                self.polis
                    .create_connection(&NewConnection {
                        tenant: &self.place.tenant,
                        product: &self.place.product,
                        name: None,
                        metadata,
                        default_redirect_url: &self.place.default_redirect_url,
                        redirect_urls: &self.place.redirect_urls,
                    })
                    .await
            }
        };
        match taken {
            Ok(taken) => findings.extend(polis::judge_taken(&taken, &inspection)),
            Err(trouble) => findings.push(trouble.refusal().ok_or(trouble)?),
        }
        Ok(Sent { findings })
    }
}

#[async_trait]
impl Broker for PolisServer {
    async fn look(&self) -> Result<Held, Failure> {
        let connections = self.connections().await.map_err(|trouble| failure(&trouble))?;
        let sp_metadata = self.polis.sp_metadata().await.map_err(|trouble| failure(&trouble))?;
        Ok(Held { sp_metadata, connections: connections.iter().map(compared).collect() })
    }

    async fn send(&self, metadata: &str, now: Timestamp) -> Result<Sent, Failure> {
        self.sent(metadata, now).await.map_err(|trouble| failure(&trouble))
    }
}

#[async_trait]
impl Polis for PolisServer {
    async fn directory(&self, idp: &str) -> Result<Directory, Failure> {
        let Place { tenant, product, .. } = &self.place;
        let there = self.polis.directories(tenant, product).await.map_err(|trouble| failure(&trouble))?;
        let directory = match <[_; 1]>::try_from(there) {
            Ok([directory]) => directory,
            Err(several) if !several.is_empty() => {
                let why = format!("there are {} directories", several.len());
                return Err(
                    Failure::new(FailureCode::PolisDirectorySeveral, why).with("count", several.len())
                );
            }
            Err(_) => {
                let new = NewDirectory { tenant, product, name: None, kind: kind(idp), webhook: None };
                self.polis.create_directory(&new).await.map_err(|trouble| failure(&trouble))?
            }
        };
        let none = || Trouble::Unknown("the directory has no SCIM address".to_owned());
        let base_url = directory.scim.endpoint.ok_or_else(|| failure(&none()))?;
        Ok(Directory { base_url, token: directory.scim.secret })
    }
}

/// Which identity provider a directory is made for.
fn kind(idp: &str) -> DirectoryKind {
    match idp {
        "entra" => DirectoryKind::Entra,
        "okta" => DirectoryKind::Okta,
        "onelogin" => DirectoryKind::OneLogin,
        "jumpcloud" => DirectoryKind::JumpCloud,
        _ => DirectoryKind::Generic,
    }
}

fn compared(connection: &polis::Connection) -> Connection {
    let addresses = [connection.redirect_address(), connection.post_address()];
    Connection {
        entity_id: connection.entity_id().to_owned(),
        addresses: addresses.into_iter().flatten().map(str::to_owned).collect(),
        certificates: connection.certificates(),
        active: !connection.deactivated,
        findings: Vec::new(),
    }
}

fn misread(field: &str, finding: &Finding) -> Failure {
    Failure::new(FailureCode::InvalidInput, format!("Polis would misread the {field}"))
        .on(field)
        .hint(&finding.code)
}

fn failure(trouble: &Trouble) -> Failure {
    let (code, field) = match trouble {
        Trouble::Address | Trouble::NotHttps => (FailureCode::InvalidInput, Some("polis-url")),
        Trouble::Key => (FailureCode::InvalidInput, Some("api-key")),
        Trouble::Client(_) | Trouble::Unreached(_) => (FailureCode::PolisUnreachable, None),
        Trouble::KeyRefused => (FailureCode::PolisKeyRefused, None),
        Trouble::Refused(_) => (FailureCode::PolisRefused, None),
        Trouble::Failed(_) => (FailureCode::PolisFailed, None),
        Trouble::Unknown(_) => (FailureCode::PolisAnswerUnknown, None),
    };
    let failure = Failure::new(code, trouble.to_string()).with("reason", trouble.reason());
    match field {
        Some(field) => failure.on(field),
        None => failure,
    }
}

use account_api::{Arrivals, ArrivedGroup, ArrivedUser};
use async_trait::async_trait;
use polis::{DirectoryKind, NewConnection, NewDirectory, Trouble};
use saml::LIMIT_BY_HAND;
use vocabulary::{Finding, Secret, Timestamp};
use wizard::broker::{Broker, Connection, Held, Sent};
use wizard::polis::{Arrived, Directory, DirectoryThere, Place, Polis, Redirects, Trace, Traces};
use wizard::{Failure, FailureCode};

/// So many users and groups are told by name, as an account service does.
const SHOWN: usize = 200;

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

    async fn directories(&self) -> Result<Vec<polis::Directory>, Trouble> {
        self.polis.directories(&self.place.tenant, &self.place.product).await
    }

    /// Gives the connection the redirect URLs of the place, if it has others.
    async fn redirected(&self, connection: &polis::Connection) -> Result<(), Trouble> {
        let Place { default_redirect_url: default, redirect_urls: urls, .. } = &self.place;
        if connection.default_redirect_url == *default && connection.redirect_url == *urls {
            return Ok(());
        }
        self.polis.replace_redirects(connection, default, urls).await.map(drop)
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
            Ok(before) => match self.redirected(before).await {
                Ok(()) => self.polis.replace_metadata(before, metadata).await,
                Err(trouble) => Err(trouble),
            },
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
        let directories = self.directories().await.map_err(|trouble| failure(&trouble))?;
        Ok(Held {
            sp_metadata,
            connections: connections.iter().map(compared).collect(),
            directories: directories.iter().map(told_apart).collect(),
        })
    }

    async fn send(&self, metadata: &str, now: Timestamp) -> Result<Sent, Failure> {
        self.sent(metadata, now).await.map_err(|trouble| failure(&trouble))
    }
}

#[async_trait]
impl Polis for PolisServer {
    async fn redirect(&self, entity_id: &str) -> Result<(), Failure> {
        let there = self.connections().await.map_err(|trouble| failure(&trouble))?;
        let Ok(connection) = polis::of_entity(&there, entity_id) else { return Ok(()) };
        self.redirected(connection).await.map_err(|trouble| failure(&trouble))
    }

    async fn switch(&self, entity_id: &str, on: bool) -> Result<(), Failure> {
        let there = self.connections().await.map_err(|trouble| failure(&trouble))?;
        let none = |_| Failure::new(FailureCode::PolisConnectionNone, "there is no such connection");
        let connection = polis::of_entity(&there, entity_id).map_err(none)?;
        self.polis.switch(connection, on).await.map(drop).map_err(|trouble| failure(&trouble))
    }

    async fn traces(&self) -> Result<Traces, Failure> {
        let Place { tenant, product, .. } = &self.place;
        let found = self.polis.traces(tenant, product).await.map_err(|trouble| failure(&trouble))?;
        let trace = |trace: polis::Trace| Trace {
            at: trace.at(),
            id: trace.id,
            error: trace.error,
            response: trace.context.saml_response,
        };
        Ok(Traces { traces: found.traces.into_iter().map(trace).collect(), more: found.more })
    }

    async fn directory(&self, idp: &str, base_url: Option<&str>) -> Result<Directory, Failure> {
        let Place { tenant, product, .. } = &self.place;
        let there = self.directories().await.map_err(|trouble| failure(&trouble))?;
        let count = there.len();
        let refused = |code, why: &str| Err(Failure::new(code, why).with("count", count));
        let mut fit = there.into_iter().filter(|one| base_url.is_none_or(|url| address(one) == url));
        let directory = match (fit.next(), fit.next()) {
            (Some(directory), None) => directory,
            (Some(_), Some(_)) => {
                return refused(FailureCode::PolisDirectorySeveral, "there are several directories");
            }
            (None, _) if count > 0 => {
                return refused(FailureCode::PolisDirectoryOther, "there are other directories");
            }
            (None, _) => {
                let new = NewDirectory { tenant, product, name: None, kind: kind(idp), webhook: None };
                self.polis.create_directory(&new).await.map_err(|trouble| failure(&trouble))?
            }
        };
        let none = || Trouble::Unknown("the directory has no SCIM address".to_owned());
        let base_url = directory.scim.endpoint.ok_or_else(|| failure(&none()))?;
        Ok(Directory { base_url, token: directory.scim.secret })
    }

    async fn arrivals(&self, base_url: &str, named: &[&str]) -> Result<Option<Arrived>, Failure> {
        let there = self.directories().await.map_err(|trouble| failure(&trouble))?;
        let Some(directory) = there.iter().find(|one| address(one) == base_url) else { return Ok(None) };
        let arrivals = self.polis.arrivals(&directory.id, named).await;
        Ok(Some(arrived(&arrivals.map_err(|trouble| failure(&trouble))?, named)))
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
        redirects: Some(Redirects {
            default_redirect_url: connection.default_redirect_url.clone(),
            redirect_urls: connection.redirect_url.clone(),
        }),
        findings: Vec::new(),
    }
}

fn address(directory: &polis::Directory) -> &str {
    directory.scim.endpoint.as_deref().unwrap_or_default()
}

fn told_apart(directory: &polis::Directory) -> DirectoryThere {
    DirectoryThere {
        name: directory.name.clone(),
        base_url: address(directory).to_owned(),
        active: !directory.deactivated,
    }
}

/// Who has arrived, in the shape in which an account service tells it: the first of them by name, and the groups of the
/// project before all others.
fn arrived(arrivals: &polis::Arrivals, named: &[&str]) -> Arrived {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mut users: Vec<ArrivedUser> = arrivals.users.iter().map(user).collect();
    users.sort_by(|a, b| a.user_name.cmp(&b.user_name));
    users.truncate(SHOWN);
    let mut there: Vec<&polis::Group> = arrivals.groups.iter().collect();
    there.sort_by(|a, b| {
        (!named.contains(&a.name.as_str()), &a.name).cmp(&(!named.contains(&b.name.as_str()), &b.name))
    });
    there.truncate(SHOWN);
    let group = |group: &&polis::Group| ArrivedGroup {
        display_name: group.name.clone(),
        external_id: group.external_id().map(str::to_owned),
        member_count: count(group.members.unwrap_or_default()),
    };
    Arrived {
        arrivals: Arrivals {
            user_count: count(arrivals.users.len()),
            group_count: count(arrivals.groups.len()),
            users,
            groups: there.iter().map(group).collect(),
            last_call: None,
        },
        uncounted: there.iter().filter(|one| one.members.is_none()).map(|one| one.name.clone()).collect(),
        more: arrivals.more,
        findings: arrivals.judge(),
    }
}

fn user(user: &polis::User) -> ArrivedUser {
    let names = [&user.first_name, &user.last_name].map(|name| name.as_deref().unwrap_or_default());
    let name = user.display_name().map_or_else(|| names.join(" ").trim().to_owned(), str::to_owned);
    ArrivedUser {
        user_name: user.user_name().or(user.email.as_deref()).unwrap_or(&user.id).to_owned(),
        display_name: Some(name).filter(|name| !name.is_empty()),
        external_id: user.external_id().map(str::to_owned),
        // Applications take any text for active.
        active: user.active().unwrap_or(true),
    }
}

fn misread(field: &str, finding: &Finding) -> Failure {
    Failure::new(FailureCode::InvalidInput, format!("Polis would misread the {field}"))
        .on(field)
        .because(finding)
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

use crate::clock::Clock;
use crate::config::{Config, Database};
use crate::observe::Metrics;
use crate::provisioning::calls::{self, Calls};
use crate::proxies::TrustedProxies;
use crate::sign_in::key::ServiceKey;
use crate::store::{self, Alone, accounts, people};
use crate::tls::Tls;
use crate::users::password::Passwords;
use crate::users::setup_code;
use crate::users::visitor::Peer;
use crate::verify::{DomainVerifier, Walk};
use crate::view::View;
use crate::{StartError, api, tokens};
use account_api::Account;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use texts::Texts;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;
use vocabulary::{Secret, Timestamp};

/// So many domains are looked at side by side; more askers are told to come back.
const WALKS: usize = 8;

/// The account service with its database open. Clones are the same service.
#[derive(Clone)]
pub struct Service {
    pub(crate) inner: Arc<Inner>,
}

/// What every request needs.
pub(crate) struct Inner {
    pub(crate) pool: store::Pool,
    pub(crate) verifier: Box<dyn DomainVerifier>,
    pub(crate) walks: Semaphore,
    pub(crate) metrics: Metrics,
    pub(crate) calls: Arc<Calls>,
    pub(crate) key: ServiceKey,
    pub(crate) texts: Texts,
    tls: Option<Tls>,
    pub(crate) passwords: Passwords,
    pub(crate) trusted_proxies: TrustedProxies,
    pub(crate) require_licence_key: bool,
    clock: Arc<dyn Clock>,
    challenge_host: String,
    listen: SocketAddr,
    public_url: OnceLock<String>,
    place: PathBuf,
}

/// A service that serves. Dropping it ends the serving without waiting; [`Running::stop`] waits.
pub struct Running {
    /// The service.
    pub service: Service,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<std::io::Result<()>>,
}

impl Service {
    /// Opens the database, makes it when it is missing, and brings its schema up to date.
    ///
    /// # Errors
    /// Everything of [`StartError`] that is about the data or the public URL. The data are left as they are.
    pub async fn open(config: Config, clock: impl Clock) -> Result<Self, StartError> {
        let clock: Arc<dyn Clock> = Arc::new(clock);
        let verifier = Walk::new(config.dns.clone(), Arc::clone(&clock));
        Self::open_with(config, clock, verifier).await
    }

    /// As [`Service::open`], with another way to look at domains.
    ///
    /// # Errors
    /// As [`Service::open`].
    pub async fn open_with(
        config: Config,
        clock: Arc<dyn Clock>,
        verifier: impl DomainVerifier,
    ) -> Result<Self, StartError> {
        let public_url = OnceLock::new();
        if let Some(url) = &config.public_url {
            let _ = public_url.set(readable_public_url(url)?);
        }
        let place = config.database.place();
        let key_file = config.key_file()?;
        let tls = config.tls.map(Tls::read).transpose()?;
        let pool = store::open(&config.database).await?;
        let key = own_key(&pool, &config.database, &key_file, clock.now()).await?;
        let inner = Inner {
            pool,
            key,
            texts: Texts::english()
                .map_err(|source| StartError::Storage { path: place.clone(), source: Box::new(source) })?,
            tls,
            verifier: Box::new(verifier),
            walks: Semaphore::new(WALKS),
            passwords: Passwords::default(),
            trusted_proxies: config.trusted_proxies,
            require_licence_key: config.require_licence_key,
            metrics: Metrics::default(),
            calls: Arc::default(),
            clock,
            challenge_host: config.challenge_host,
            listen: config.listen,
            public_url,
            place,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Opens, listens and serves in the background.
    ///
    /// # Errors
    /// Everything of [`StartError`].
    pub async fn start(config: Config, clock: impl Clock) -> Result<Running, StartError> {
        Self::open(config, clock).await?.run().await
    }

    /// Listens at the configured address and serves in the background.
    ///
    /// # Errors
    /// [`StartError::AddressInUse`], [`StartError::Listen`].
    pub async fn run(self) -> Result<Running, StartError> {
        let listener = self.listen().await?;
        let address =
            listener.local_addr().map_err(|source| StartError::listen(self.inner.listen, source))?;
        // Whoever gets the running service may ask for its URL before the task below has begun.
        self.inner.public_url.get_or_init(|| self.inner.local_url(address.port()));
        let (stop, stopped) = oneshot::channel::<()>();
        let service = self.clone();
        let served = tokio::spawn(async move {
            service
                .serve(listener, async {
                    // An error says that the handle was dropped, which asks for the same.
                    let _ = stopped.await;
                })
                .await
        });
        Ok(Running { service: self, address, stop: Some(stop), served })
    }

    /// Listens at the configured address.
    ///
    /// # Errors
    /// [`StartError::AddressInUse`], [`StartError::Listen`].
    pub async fn listen(&self) -> Result<TcpListener, StartError> {
        let address = self.inner.listen;
        TcpListener::bind(address).await.map_err(|source| StartError::listen(address, source))
    }

    /// Serves until `shutdown` is over and the requests begun before it are answered, then closes the database.
    ///
    /// Without a configured public URL the URLs are `http://localhost:PORT` from here on.
    ///
    /// # Errors
    /// When the listener fails as a whole.
    pub async fn serve(
        &self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let port = listener.local_addr()?.port();
        self.inner.public_url.get_or_init(|| self.inner.local_url(port));
        tracing::info!(port, tls = self.inner.tls.is_some(), "the account service listens");
        let upkeep = tokio::spawn(crate::upkeep::forever(self.clone()));
        let settling = tokio::spawn(calls::forever(self.clone()));
        let router = api::router(self.clone()).into_make_service_with_connect_info::<Peer>();
        let served = match &self.inner.tls {
            None => axum::serve(listener, router).with_graceful_shutdown(shutdown).await,
            Some(tls) => {
                let listener = tls.over(listener).map_err(std::io::Error::other)?;
                axum::serve(listener, router).with_graceful_shutdown(shutdown).await
            }
        };
        upkeep.abort();
        settling.abort();
        served?;
        self.close().await;
        tracing::info!("the account service has stopped");
        Ok(())
    }

    /// Looks at every verified domain that is due: once a day, and hourly while its record is gone or cannot be looked
    /// for. A domain whose record was gone for 14 days is not verified any more; the audit log says so when it goes
    /// missing, comes back and is lost. [`Service::serve`] does this by itself. Returns how many domains were looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look_after_domains(&self) -> Result<usize, StartError> {
        crate::upkeep::round(self).await.map_err(|error| self.inner.failed(error))
    }

    /// Closes the database; what was changed before is on the disk in any case, and the newest SCIM requests are written
    /// down now.
    pub async fn close(&self) {
        calls::try_to_settle(self).await;
        self.inner.pool.close().await;
    }

    /// Scheme, host and port under which the service is reached, without a slash at the end. Before the first
    /// [`Service::serve`] it is made from the configured port, which is 0 when a free one is still to be taken.
    pub fn public_url(&self) -> String {
        self.inner.public_url()
    }

    /// Makes sure that there is an account which that person may administer, and returns it.
    ///
    /// With an `id` it is that account, made with the name `organization` when it is missing; without one it is the
    /// person's account of that name. Calling it again changes nothing.
    ///
    /// # Errors
    /// [`StartError::Email`], [`StartError::AccountName`], and when the database fails.
    pub async fn ensure_owner(
        &self,
        email: &str,
        organization: &str,
        id: Option<&str>,
    ) -> Result<Account, StartError> {
        let email = api::fields::email(email).ok_or(StartError::Email)?;
        let name = api::fields::organization(organization).ok_or(StartError::AccountName)?;
        if id.is_some_and(|id| !api::fields::is_account_id(id)) {
            return Err(StartError::AccountName);
        }
        self.inner
            .ensure_owner(&email, &name, id)
            .await
            .map(|(account, _)| account)
            .map_err(|error| self.inner.failed(error))
    }

    /// While nobody can sign in with a password yet: a new one-time code with which the first administrator is made at
    /// `/setup`. It is returned here once and kept as a digest; codes of other starts stay good until one is used.
    ///
    /// # Errors
    /// When the database or the randomness fails.
    pub async fn setup_code(&self) -> Result<Option<Secret>, StartError> {
        setup_code(self).await.map_err(|error| self.inner.failed(error))
    }

    /// Issues an access token for that person; it is shown here once and kept as a digest.
    ///
    /// # Errors
    /// [`StartError::Email`], and when the database or the randomness fails.
    pub async fn issue_access_token(&self, email: &str) -> Result<Secret, StartError> {
        let email = api::fields::email(email).ok_or(StartError::Email)?;
        self.inner.issue_access_token(&email).await.map_err(|error| self.inner.failed(error))
    }
}

impl Inner {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn view(&self) -> View {
        View {
            public_url: self.public_url(),
            challenge_host: self.challenge_host.clone(),
            require_licence_key: self.require_licence_key,
        }
    }

    fn public_url(&self) -> String {
        self.public_url.get().cloned().unwrap_or_else(|| self.local_url(self.listen.port()))
    }

    fn local_url(&self, port: u16) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://localhost:{port}")
    }

    /// The account, and whether it is new.
    pub(crate) async fn ensure_owner(
        &self,
        email: &str,
        name: &str,
        id: Option<&str>,
    ) -> Result<(Account, bool), crate::error::Error> {
        let alone = id.map_or(Alone::Person(email), Alone::Account);
        let mut writing = store::writing(&self.pool, alone).await?;
        let owned = self.own(&mut writing, email, name, id).await?;
        writing.commit().await?;
        Ok(owned)
    }

    /// The same in a transaction of the caller's, which has the account or the person for itself.
    pub(crate) async fn own(
        &self,
        writing: &mut store::Writing,
        email: &str,
        name: &str,
        id: Option<&str>,
    ) -> Result<(Account, bool), crate::error::Error> {
        let now = self.now();
        let known = match id {
            Some(id) => accounts::find(writing, id).await?,
            None => accounts::find_owned(writing, email, name).await?,
        };
        if let Some(account) = known {
            if people::add_member(writing, &account.id, email, now).await? {
                let by = crate::api::SERVICE;
                store::audit::add(writing, &account.id, now, by, "user.added", Some(email)).await?;
            }
            return Ok((account, false));
        }
        let id = id.map_or_else(|| new_account_id(name), |id| Ok(id.to_owned()))?;
        let account = Account { id, name: name.to_owned() };
        accounts::create(writing, &account, email, now).await?;
        Ok((account, true))
    }

    /// A failure of an in-process call, for the program around the service.
    fn failed(&self, error: crate::error::Error) -> StartError {
        use crate::error::Error;
        let path = self.place.clone();
        match error {
            Error::Database(source) => StartError::database(&path, source),
            Error::NoRandomness | Error::CannotSign | Error::Sealed => {
                StartError::Storage { path, source: Box::new(tokens::NoRandomness) }
            }
            Error::Problem(_) | Error::Busy(_) => StartError::Storage { path, source: "refused".into() },
        }
    }

    async fn issue_access_token(&self, email: &str) -> Result<Secret, crate::error::Error> {
        let token = tokens::bearer_token()?;
        let mut writing = store::writing(&self.pool, Alone::Rows).await?;
        people::add_token(&mut writing, tokens::digest(token.expose()), email, self.now()).await?;
        writing.commit().await?;
        Ok(token)
    }
}

impl Running {
    /// The address it listens on.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Answers what was begun, takes nothing new, and closes the database.
    ///
    /// # Errors
    /// When the listener had failed.
    pub async fn stop(mut self) -> std::io::Result<()> {
        drop(self.stop.take());
        self.served.await.map_err(std::io::Error::other)?
    }
}

/// The key out of its file. All nodes of a server have the same one: which, the first of them writes down.
async fn own_key(
    pool: &store::Pool,
    database: &Database,
    file: &Path,
    now: Timestamp,
) -> Result<ServiceKey, StartError> {
    let key = ServiceKey::open(file, now)?;
    if let Database::Server(server) = database {
        let known = store::service_key::settle(pool, &key.certificate_sha256()).await;
        let known = known.map_err(|source| StartError::server(server, source))?;
        if known != key.certificate_sha256() {
            return Err(StartError::OtherKey { path: file.to_owned(), server: server.shown() });
        }
    }
    Ok(key)
}

/// The name in small letters, digits and hyphens, with a random end.
fn new_account_id(name: &str) -> Result<String, tokens::NoRandomness> {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(32);
    let slug = slug.trim_matches('-');
    let slug = if slug.is_empty() { "account" } else { slug };
    Ok(format!("{slug}-{}", tokens::account_suffix()?))
}

fn readable_public_url(text: &str) -> Result<String, StartError> {
    let url = url::Url::parse(text).map_err(|_| StartError::PublicUrl)?;
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() || !bare {
        return Err(StartError::PublicUrl);
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_id_is_fit_for_a_url() {
        let id = new_account_id("  Müller & Söhne GmbH ").unwrap();
        assert!(id.starts_with("m-ller-s-hne-gmbh-"), "{id}");
        assert!(api::fields::is_account_id(&id));
        assert!(new_account_id("株式会社").unwrap().starts_with("account-"));
    }

    #[test]
    fn a_public_url_is_a_scheme_and_a_host() {
        assert_eq!(readable_public_url("https://id.contoso.test/").unwrap(), "https://id.contoso.test");
        assert_eq!(readable_public_url("http://localhost:8080").unwrap(), "http://localhost:8080");
        for bad in ["id.contoso.test", "ftp://a", "https://a/b", "https://a/?q", "https://u@a/", "mailto:a@b"]
        {
            assert!(readable_public_url(bad).is_err(), "{bad}");
        }
    }
}

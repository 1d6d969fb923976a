//! TLS with a certificate of the operator's, which is read again when its files change.

use crate::StartError;
use axum::serve::Listener;
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How long somebody who connects may take to agree on a key.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// So many may be agreeing on one, or wait to be served, at the same time.
const WAITING: usize = 256;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Where the certificate and its key lie, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, and those between it and an authority.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

impl TlsFiles {
    fn read(&self, provider: &CryptoProvider) -> Result<CertifiedKey, StartError> {
        let wrong = |path: &PathBuf, what: String| StartError::Tls { path: path.clone(), reason: what };
        let chain =
            CertificateDer::pem_file_iter(&self.certificate).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let chain = chain.map_err(|error| wrong(&self.certificate, error.to_string()))?;
        if chain.is_empty() {
            return Err(wrong(&self.certificate, "there is no certificate in it".to_owned()));
        }
        let key =
            PrivateKeyDer::from_pem_file(&self.key).map_err(|error| wrong(&self.key, error.to_string()))?;
        CertifiedKey::from_der(chain, key, provider).map_err(|error| wrong(&self.key, error.to_string()))
    }

    /// When they were last written, as far as that can be told.
    fn written(&self) -> [Option<SystemTime>; 2] {
        [&self.certificate, &self.key].map(|path| path.metadata().and_then(|file| file.modified()).ok())
    }
}

/// The certificate as it is now.
#[derive(Debug)]
struct Current(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// What is read of the files at the start, so that a wrong one keeps the service from starting.
pub(crate) struct Tls {
    files: TlsFiles,
    written: [Option<SystemTime>; 2],
    current: Arc<Current>,
    provider: Arc<CryptoProvider>,
}

impl Tls {
    pub(crate) fn read(files: TlsFiles) -> Result<Self, StartError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let written = files.written();
        let current = Arc::new(Current(RwLock::new(Arc::new(files.read(&provider)?))));
        Ok(Self { files, written, current, provider })
    }

    /// Speaks TLS 1.2 and 1.3 on the listener.
    pub(crate) fn over(&self, tcp: TcpListener) -> Result<TlsListener, StartError> {
        let wrong = |error: String| StartError::Tls { path: self.files.certificate.clone(), reason: error };
        let address = tcp.local_addr().map_err(|error| wrong(error.to_string()))?;
        let config = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| wrong(error.to_string()))?;
        let resolver: Arc<dyn ResolvesServerCert> = Arc::<Current>::clone(&self.current);
        let mut config = config.with_no_client_auth().with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let (sender, agreed) = mpsc::channel(WAITING);
        let accepting = tokio::spawn(accept_all(tcp, TlsAcceptor::from(Arc::new(config)), sender));
        let watching = tokio::spawn(watch(
            self.files.clone(),
            self.written,
            Arc::clone(&self.current),
            Arc::clone(&self.provider),
        ));
        Ok(TlsListener { address, agreed, tasks: [accepting, watching] })
    }
}

/// Reads the files again when one of them was written. What cannot be used changes nothing, and is said once.
async fn watch(
    files: TlsFiles,
    mut written: [Option<SystemTime>; 2],
    current: Arc<Current>,
    provider: Arc<CryptoProvider>,
) {
    loop {
        tokio::time::sleep(LOOK).await;
        let now = files.written();
        if now == written {
            continue;
        }
        written = now;
        match files.read(&provider) {
            Ok(read) => {
                *current.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(read);
                tracing::info!("the TLS certificate was read again");
            }
            Err(error) => {
                tracing::error!(%error, "the TLS certificate as it is now cannot be used; the old one stays")
            }
        }
    }
}

/// Whoever connects agrees on a key beside all others, so that one who is slow holds up nobody.
async fn accept_all(
    mut tcp: TcpListener,
    acceptor: TlsAcceptor,
    sender: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    loop {
        // The place is taken before the connection is, which bounds how many there are.
        let Ok(place) = sender.clone().reserve_owned().await else { return };
        let (stream, address) = Listener::accept(&mut tcp).await;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            match tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => {
                    place.send((stream, address));
                }
                Ok(Err(error)) => tracing::debug!(%error, "no TLS connection came about"),
                Err(_) => tracing::debug!("no TLS connection came about in time"),
            }
        });
    }
}

/// Connections on which TLS is spoken. Dropping it ends the listening.
pub(crate) struct TlsListener {
    address: SocketAddr,
    agreed: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    tasks: [JoinHandle<()>; 2],
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.agreed.recv().await {
            Some(agreed) => agreed,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

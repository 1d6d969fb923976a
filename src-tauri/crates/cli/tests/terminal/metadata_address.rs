//! Metadata at an https address. The certificate authority of the test server is handed to the program by the
//! variable that OpenSSL and rustls read on Linux, which is why these tests run there.

use crate::certificate;
use crate::common::{codes, program};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::aws_lc_rs};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use test_support::{Authority, metadata};

/// An https server on this computer that lives as long as the test program.
struct Server {
    address: SocketAddr,
    folder: TempDir,
    connections: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let day = |days| crate::now().plus(time::Duration::days(days));
        let authority = Authority::new("Test authority", day(-1), day(1));
        let issued = authority.issue("localhost", &["localhost"], day(-1), day(1));
        let chain = vec![CertificateDer::from(issued.der.clone())];
        let key = PrivateKeyDer::from_pem_slice(issued.key_pem.as_bytes()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("authority.pem"), authority.certificate.pem).unwrap();
        let config = Arc::new(config);
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
                answer(stream.unwrap(), Arc::clone(&config));
            }
        });
        Self { address, folder, connections }
    }

    fn requests(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.address.port())
    }

    /// Inspects what is at the path: exit status and JSON.
    fn inspect(&self, path: &str) -> (i32, serde_json::Value) {
        self.run(&["metadata", "inspect", &self.url(path), "--allow-private"])
    }

    fn run(&self, args: &[&str]) -> (i32, serde_json::Value) {
        let trusted = self.folder.path().join("authority.pem");
        let output = program(&[args, &["--json"]].concat())
            .env("SSL_CERT_FILE", trusted)
            .env("NO_PROXY", "localhost")
            .output()
            .unwrap();
        (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap())
    }

    fn error(&self, path: &str) -> (i32, String) {
        let (status, document) = self.inspect(path);
        (status, document["error"]["code"].as_str().unwrap_or_else(|| panic!("{document}")).to_owned())
    }
}

/// Answers one request. The other side may go away at any time.
fn answer(stream: TcpStream, config: Arc<ServerConfig>) {
    let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
    let mut request = String::new();
    if BufReader::new(&mut stream).read_line(&mut request).is_err() {
        return;
    }
    let port = stream.sock.local_addr().unwrap().port();
    let path = request.split(' ').nth(1).unwrap_or_default();
    let _ = respond(&mut stream, path, port);
    stream.conn.send_close_notify();
    let _ = stream.flush();
}

fn respond(stream: &mut impl std::io::Write, path: &str, port: u16) -> std::io::Result<()> {
    let moved = |to: String| {
        format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    };
    match path {
        "/metadata" => {
            let xml = metadata::idp("https://idp.test", "https://idp.test/sso", &[&certificate(-10, 300)]);
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{xml}",
                xml.len()
            )
        }
        "/moved" => stream.write_all(moved("/metadata".to_owned()).as_bytes()),
        "/insecure" => stream.write_all(moved(format!("http://localhost:{port}/metadata")).as_bytes()),
        "/round" => stream.write_all(moved("/round".to_owned()).as_bytes()),
        "/broken" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n<a>")
        }
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            let piece = [b' '; 64 * 1024];
            loop {
                stream.write_all(&piece)?;
            }
        }
        _ => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}

#[test]
fn metadata_at_an_https_address_is_read() {
    let server = Server::start();
    for path in ["/metadata", "/moved"] {
        let (status, document) = server.inspect(path);
        assert_eq!((status, document["entity_id"].as_str()), (0, Some("https://idp.test")), "{document}");
    }
}

#[test]
fn redirects_are_shown() {
    let server = Server::start();
    assert_eq!(server.inspect("/metadata").1["redirects"], serde_json::json!([]));
    assert_eq!(server.inspect("/moved").1["redirects"], serde_json::json!([server.url("/metadata")]));
}

#[test]
fn a_private_network_is_not_asked_unless_it_is_said() {
    let server = Server::start();
    let by_address = |host: &str| format!("https://{host}:{}/metadata", server.address.port());
    for address in
        [server.url("/metadata"), by_address("127.0.0.1"), by_address("[::1]"), by_address("[::ffff:7f00:1]")]
    {
        let (status, document) = server.run(&["metadata", "inspect", &address]);
        assert_eq!((status, document["error"]["code"].as_str()), (2, Some("address-private")), "{address}");
    }
    assert_eq!(server.requests(), 0, "nobody was asked");
    assert_eq!(server.inspect("/metadata").0, 0);
    assert_eq!(server.requests(), 1);
}

#[test]
fn what_goes_wrong_on_the_way_is_said() {
    let server = Server::start();
    assert_eq!(server.error("/nothing"), (3, "address-status".to_owned()));
    assert_eq!(server.error("/insecure"), (3, "address-redirects".to_owned()));
    assert_eq!(server.error("/round"), (3, "address-redirects".to_owned()));
    assert_eq!(server.error("/broken"), (3, "address-interrupted".to_owned()));
}

#[test]
fn an_endless_answer_is_cut() {
    let (status, document) = Server::start().inspect("/endless");
    assert_eq!((status, codes(&document)), (1, vec!["metadata-too-large"]));
}

#[test]
fn a_server_nobody_vouches_for_is_not_read_from() {
    let server = Server::start();
    let output = program(&["metadata", "inspect", &server.url("/metadata"), "--allow-private"])
        .env("NO_PROXY", "localhost")
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(err.starts_with("signpost: localhost cannot be reached: "), "{err}");
}

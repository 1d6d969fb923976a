//! The service's own key: signs authentication requests, opens encrypted assertions. It lies in a file of its own, beside
//! a SQLite file or where each node is told, never in the database, so that no dump of the database holds it.

use crate::StartError;
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256, RsaKeySize, SigningKey};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use time::Duration;
use vocabulary::{Secret, Timestamp};

/// Identity providers pin the certificate, so that its end only makes work.
const LIFETIME: Duration = Duration::days(3653);

const CERTIFICATE_BEGINS: &str = "-----BEGIN CERTIFICATE-----";

/// An RSA key of 2048 bits with a self-signed certificate.
pub(crate) struct ServiceKey {
    pair: KeyPair,
    private_pem: Secret,
    certificate_pem: String,
}

/// The key could not sign.
#[derive(Debug, thiserror::Error)]
#[error("the service's key could not sign")]
pub(crate) struct CannotSign;

impl ServiceKey {
    /// The key in the file, made when there is none.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds something else.
    pub(crate) fn open(file: &Path, now: Timestamp) -> Result<Self, StartError> {
        let failed = |source| StartError::directory(file, source);
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let made = make(now).map_err(|source| StartError::Storage {
                    path: file.to_owned(),
                    source: Box::new(source),
                })?;
                keep(file, &made).map_err(failed)?;
                std::fs::read_to_string(file).map_err(failed)?
            }
            Err(error) => return Err(failed(error)),
        };
        Self::read(&text).ok_or(StartError::Damaged { path: file.to_owned() })
    }

    fn read(text: &str) -> Option<Self> {
        let (private, certificate) = text.split_at(text.find(CERTIFICATE_BEGINS)?);
        let pair = KeyPair::from_pem(private).ok()?;
        let known = certs::read(certificate.as_bytes()).certificates;
        (known.len() == 1).then(|| Self {
            pair,
            private_pem: Secret::new(private.to_owned()),
            certificate_pem: certificate.trim().to_owned(),
        })
    }

    /// The certificate, PEM.
    pub(crate) fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// The SHA-256 of the certificate's text, in hexadecimal digits: the same for everybody who has the same key file.
    pub(crate) fn certificate_sha256(&self) -> String {
        use std::fmt::Write;
        let digest = crate::tokens::digest(&self.certificate_pem);
        digest.iter().fold(String::new(), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The private key, PKCS #8 PEM.
    pub(crate) fn private_pem(&self) -> &Secret {
        &self.private_pem
    }

    /// Signs with RSA and SHA-256 (PKCS #1 v1.5).
    ///
    /// # Errors
    /// When the cryptographic library fails.
    pub(crate) fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, CannotSign> {
        self.pair.sign(bytes).map_err(|_| CannotSign)
    }
}

/// `account-service.sqlite` has its key in `account-service.saml-key.pem`.
pub(crate) fn beside(database: &Path) -> PathBuf {
    database.with_extension("saml-key.pem")
}

fn make(now: Timestamp) -> Result<Secret, rcgen::Error> {
    let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Signpost account service");
    params.not_before = now.plus(-Duration::days(1)).to_offset_date_time();
    params.not_after = now.plus(LIFETIME).to_offset_date_time();
    let certificate = params.self_signed(&pair)?;
    Ok(Secret::new(format!("{}\n{}", pair.serialize_pem().trim(), certificate.pem())))
}

/// Writes the whole file before it has its name. When another process was quicker, its key stays.
fn keep(file: &Path, text: &Secret) -> io::Result<()> {
    let temporary = file.with_extension(format!("pem.{}", uuid::Uuid::new_v4().simple()));
    let written = write_private(&temporary, text.expose().as_bytes())
        .and_then(|()| std::fs::hard_link(&temporary, file));
    let removed = std::fs::remove_file(&temporary);
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => removed,
        other => other.and(removed),
    }
}

/// A new file that only its owner may read, on the disk when this returns.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
    }

    #[test]
    fn the_key_is_made_once_and_for_the_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("account-service.sqlite");
        let first = ServiceKey::open(&beside(&database), now()).unwrap();
        let again = ServiceKey::open(&beside(&database), now()).unwrap();
        assert_eq!(first.certificate_pem(), again.certificate_pem());
        assert_eq!(first.sign(b"x").unwrap(), again.sign(b"x").unwrap());
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        let read = certs::read(first.certificate_pem().as_bytes()).certificates.remove(0);
        assert_eq!((read.key_kind, read.key_bits), (certs::KeyKind::Rsa, 2048));
        assert!(read.not_after > now().plus(Duration::days(3650)));
    }

    #[test]
    fn a_file_that_is_no_key_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("data.db");
        let file = folder.path().join("data.saml-key.pem");
        std::fs::write(&file, "somebody's notes").unwrap();
        let refused = ServiceKey::open(&beside(&database), now());
        assert!(matches!(refused, Err(StartError::Damaged { path }) if path == file));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "somebody's notes");
    }

    #[test]
    fn of_two_that_make_one_at_once_both_have_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("account-service.sqlite");
        let open = || ServiceKey::open(&beside(&database), now()).unwrap().certificate_pem().to_owned();
        let (one, other) = std::thread::scope(|scope| {
            let both = [scope.spawn(open), scope.spawn(open)];
            let [one, other] = both.map(|thread| thread.join().unwrap());
            (one, other)
        });
        assert_eq!(one, other);
    }
}

use async_trait::async_trait;
use https_fetch::{FetchError, Fetched, Obstacle, fetch};
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::NamedTempFile;
use wizard::ports::{FetchedMetadata, MetadataDocument, MetadataFetcher};
use wizard::{Failure, FailureCode};

/// A metadata document in a file; it is opened anew for every reading.
#[derive(Debug, Clone)]
pub struct MetadataFile(PathBuf);

impl MetadataFile {
    /// The document in this file.
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }
}

impl MetadataDocument for MetadataFile {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(File::open(&self.0)?))
    }

    fn size(&self) -> Option<u64> {
        self.0.metadata().ok().map(|metadata| metadata.len())
    }
}

/// Metadata over https. What comes is in a temporary file, for as long as it may be read again.
#[derive(Debug, Clone, Copy, Default)]
pub struct HttpsMetadata;

#[async_trait]
impl MetadataFetcher for HttpsMetadata {
    async fn fetch(&self, url: &str, limit: usize, allow_private: bool) -> Result<FetchedMetadata, Failure> {
        let unkept = |error: io::Error| {
            Failure::new(FailureCode::AddressNotKept, error.to_string()).with("reason", error)
        };
        let mut kept = NamedTempFile::new().map_err(unkept)?;
        let fetching = fetch(url, limit, allow_private, kept.as_file_mut());
        let Fetched { redirects, .. } = fetching.await.map_err(failure)?;
        Ok(FetchedMetadata { document: Arc::new(Kept(kept)), redirects })
    }
}

struct Kept(NamedTempFile);

impl MetadataDocument for Kept {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(self.0.reopen()?))
    }

    fn size(&self) -> Option<u64> {
        self.0.as_file().metadata().ok().map(|metadata| metadata.len())
    }
}

fn failure(error: FetchError) -> Failure {
    let code = match error.obstacle {
        Obstacle::Invalid => FailureCode::AddressInvalid,
        Obstacle::NotHttps => FailureCode::AddressNotHttps,
        Obstacle::Private => FailureCode::AddressPrivate,
        Obstacle::Unreachable => FailureCode::AddressUnreachable,
        Obstacle::Timeout => FailureCode::AddressTimeout,
        Obstacle::Redirects => FailureCode::AddressRedirects,
        Obstacle::Status => FailureCode::AddressStatus,
        Obstacle::Interrupted => FailureCode::AddressInterrupted,
        Obstacle::NotKept => FailureCode::AddressNotKept,
    };
    let failure = Failure::new(code, error.to_string());
    error.args.into_iter().fold(failure, |failure, (name, value)| failure.with(name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_in_the_way_has_the_code_of_its_texts() {
        for obstacle in Obstacle::ALL {
            let code = FailureCode::ALL.iter().find(|code| code.as_str() == obstacle.code());
            assert!(code.is_some(), "{obstacle:?}");
        }
        let error = HttpsMetadata.fetch("https://127.0.0.1:1/metadata", 10, false).await.err().unwrap();
        assert_eq!(error.code, FailureCode::AddressPrivate);
        assert_eq!(error.args["address"], "127.0.0.1");
        let error = HttpsMetadata.fetch("https://127.0.0.1:1/metadata", 10, true).await.err().unwrap();
        assert_eq!(error.code, FailureCode::AddressUnreachable);
    }
}

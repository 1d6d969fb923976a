//! What zones and their DNS hosts said about themselves (Domain Connect), kept for the next time with its age.

use crate::settings::replace;
use dns_hosts::{DOMAIN_CONNECT_LABEL, DomainConnect, Endpoint, read_settings};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vocabulary::Finding;
use wizard::ports::{Clock, DomainConnectAsker};
use wizard::{Failure, FailureCode};

/// So many zones are remembered; the one that was asked first makes room.
const MANY: usize = 1000;

/// What was heard of each zone. The window names zones only: hosts and addresses come from here.
pub struct Discovered {
    asker: Arc<dyn DomainConnectAsker>,
    clock: Arc<dyn Clock>,
    path: PathBuf,
    named: Mutex<HashMap<String, Endpoint>>,
    said: Mutex<Said>,
}

/// What DNS hosts said, by zone: the file. None of it is secret, and none of it is work: a damaged file begins anew.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Said {
    zones: BTreeMap<String, DomainConnect>,
}

impl Discovered {
    /// Knows what is in the file.
    pub fn open(path: PathBuf, asker: Arc<dyn DomainConnectAsker>, clock: Arc<dyn Clock>) -> Self {
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Said>(&bytes).ok());
        let zones = read.unwrap_or_default().zones.into_iter().take(MANY);
        let sound = zones.filter_map(|(zone, said)| Some((zone, said.checked()?)));
        let said = Mutex::new(Said { zones: sound.filter(|(zone, said)| *zone == said.zone).collect() });
        Self { asker, clock, path, named: Mutex::default(), said }
    }

    /// Asks a zone's own name servers who knows its settings; nobody else is asked.
    ///
    /// # Errors
    /// Why they could not be asked.
    pub async fn named(&self, zone: &str) -> Result<Option<Endpoint>, Failure> {
        let texts = self.asker.texts_at(&format!("{DOMAIN_CONNECT_LABEL}.{zone}")).await;
        let endpoint = Endpoint::of(&texts.map_err(|finding| failure(&finding))?);
        if let Some(endpoint) = endpoint.clone() {
            let mut named = lock(&self.named);
            if named.len() >= MANY {
                named.clear();
            }
            named.insert(zone.to_owned(), endpoint);
        }
        Ok(endpoint)
    }

    /// Asks the host that the zone named. It learns the zone.
    ///
    /// # Errors
    /// [`DnsHostUnknown`](FailureCode::DnsHostUnknown) before [`named`](Self::named) found one, or why it said nothing.
    pub async fn ask(&self, zone: &str) -> Result<DomainConnect, Failure> {
        let nothing = || Failure::new(FailureCode::DnsHostUnknown, "the zone has named nobody");
        let endpoint = lock(&self.named).get(zone).cloned().ok_or_else(nothing)?;
        let url = endpoint.settings_url(zone).ok_or_else(nothing)?;
        let bytes = self.asker.fetch(&endpoint.host, &url).await.map_err(|finding| failure(&finding))?;
        let settings = read_settings(&endpoint, zone, &bytes, self.clock.now());
        let settings = settings.map_err(|finding| failure(&finding))?;
        self.keep(zone, settings.clone());
        Ok(settings)
    }

    /// What the zone's DNS host said, if it was asked, also before the program was started.
    pub fn settings(&self, zone: &str) -> Option<DomainConnect> {
        lock(&self.said).zones.get(zone).cloned()
    }

    fn keep(&self, zone: &str, settings: DomainConnect) {
        let mut said = lock(&self.said);
        let oldest = said.zones.iter().min_by_key(|(_, said)| said.asked_at).map(|(zone, _)| zone.clone());
        if let Some(oldest) = oldest.filter(|_| said.zones.len() >= MANY) {
            said.zones.remove(&oldest);
        }
        said.zones.insert(zone.to_owned(), settings);
        // What was heard holds until the program ends, also where it cannot be written; it can be asked for again.
        if let Err(error) = replace(&self.path, &*said) {
            tracing::warn!(%error, "what a DNS host said could not be kept");
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failure(finding: &Finding) -> Failure {
    let failure = Failure::new(FailureCode::DnsHostUnknown, finding.code.to_string()).hint(&finding.code);
    let with = |failure: Failure, (name, value): (&String, &String)| failure.with(name, value);
    finding.args.iter().fold(failure, with)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_trait::async_trait;
    use vocabulary::Timestamp;

    struct Host;

    #[async_trait]
    impl DomainConnectAsker for Host {
        async fn texts_at(&self, _: &str) -> Result<Vec<String>, Finding> {
            Ok(vec!["connect.dns.example".into()])
        }

        async fn fetch(&self, _: &str, _: &str) -> Result<Vec<u8>, Finding> {
            Ok(br#"{"providerId": "dns.example", "providerName": "Example DNS",
                "urlControlPanel": "https://panel.dns.example/%domain%"}"#
                .to_vec())
        }
    }

    struct Noon;

    impl Clock for Noon {
        fn now(&self) -> Timestamp {
            Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
        }
    }

    #[tokio::test]
    async fn what_a_dns_host_said_is_known_after_a_restart_with_its_age_and_a_changed_file_opens_no_page() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dns-hosts.json");
        let open = || Discovered::open(path.clone(), Arc::new(Host), Arc::new(Noon));
        let first = open();
        assert_eq!(first.ask("contoso.test").await.unwrap_err().code, FailureCode::DnsHostUnknown);
        first.named("contoso.test").await.unwrap();
        let said = first.ask("contoso.test").await.unwrap();
        assert_eq!(said.asked_at, Noon.now());
        assert_eq!(open().settings("contoso.test"), Some(said));
        assert_eq!(open().settings("fabrikam.test"), None);
        let text = std::fs::read_to_string(&path).unwrap();
        for (what, instead) in [
            ("https://panel.dns.example/contoso.test", "file:///etc/passwd"),
            ("\"Example DNS\"", "\"Example\u{202e}DNS\""),
            ("\"zone\": \"contoso.test\"", "\"zone\": \"other.test\""),
            ("{", "["),
        ] {
            assert!(text.contains(what), "{text}");
            std::fs::write(&path, text.replacen(what, instead, 1)).unwrap();
            assert_eq!(open().settings("contoso.test"), None, "{instead}");
        }
    }
}

//! What zones and their DNS hosts said about themselves while the program runs (Domain Connect).

use dns_hosts::{DOMAIN_CONNECT_LABEL, DomainConnect, Endpoint, read_settings};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vocabulary::Finding;
use wizard::ports::DomainConnectAsker;
use wizard::{Failure, FailureCode};

/// So many zones are remembered; then everything is forgotten.
const MANY: usize = 1000;

/// What was heard of each zone. The window names zones only: hosts and addresses come from here.
pub struct Discovered {
    asker: Arc<dyn DomainConnectAsker>,
    zones: Mutex<HashMap<String, Heard>>,
}

#[derive(Clone)]
struct Heard {
    endpoint: Endpoint,
    settings: Option<DomainConnect>,
}

impl Discovered {
    /// Knows nothing yet.
    pub fn new(asker: Arc<dyn DomainConnectAsker>) -> Self {
        Self { asker, zones: Mutex::default() }
    }

    /// Asks a zone's own name servers who knows its settings; nobody else is asked.
    ///
    /// # Errors
    /// Why they could not be asked.
    pub async fn named(&self, zone: &str) -> Result<Option<Endpoint>, Failure> {
        let texts = self.asker.texts_at(&format!("{DOMAIN_CONNECT_LABEL}.{zone}")).await;
        let endpoint = Endpoint::of(&texts.map_err(|finding| failure(&finding))?);
        if let Some(endpoint) = endpoint.clone() {
            let mut zones = self.lock();
            if zones.len() >= MANY {
                zones.clear();
            }
            zones.insert(zone.to_owned(), Heard { endpoint, settings: None });
        }
        Ok(endpoint)
    }

    /// Asks the host that the zone named. It learns the zone.
    ///
    /// # Errors
    /// [`DnsHostUnknown`](FailureCode::DnsHostUnknown) before [`named`](Self::named) found one, or why it said nothing.
    pub async fn ask(&self, zone: &str) -> Result<DomainConnect, Failure> {
        let nothing = || Failure::new(FailureCode::DnsHostUnknown, "the zone has named nobody");
        let endpoint = self.lock().get(zone).map(|heard| heard.endpoint.clone()).ok_or_else(nothing)?;
        let url = endpoint.settings_url(zone).ok_or_else(nothing)?;
        let bytes = self.asker.fetch(&endpoint.host, &url).await.map_err(|finding| failure(&finding))?;
        let settings = read_settings(&endpoint, zone, &bytes).map_err(|finding| failure(&finding))?;
        self.lock().insert(zone.to_owned(), Heard { endpoint, settings: Some(settings.clone()) });
        Ok(settings)
    }

    /// What the zone's DNS host said, if it was asked.
    pub fn settings(&self, zone: &str) -> Option<DomainConnect> {
        self.lock().get(zone)?.settings.clone()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Heard>> {
        self.zones.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failure(finding: &Finding) -> Failure {
    let failure = Failure::new(FailureCode::DnsHostUnknown, finding.code.to_string()).hint(&finding.code);
    let with = |failure: Failure, (name, value): (&String, &String)| failure.with(name, value);
    finding.args.iter().fold(failure, with)
}

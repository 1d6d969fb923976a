//! What a host says that a zone names as its own (Domain Connect): looked up and fetched by ourselves, within limits.

use crate::around::{MAX_HOPS, at_target};
use crate::collect::Walker;
use crate::https::certificate_fault;
use crate::level::{Level, Reading};
use crate::reach::is_public;
use crate::session::Session;
use crate::walk::{Arrival, Walk};
use crate::wire;
use domain_check::Rcode;
use hickory_resolver::proto::rr::{Name, RecordType};
use reqwest::header::{ACCEPT, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use vocabulary::Finding;

/// So long the host is waited for, from the first packet to the last byte.
const PATIENCE: Duration = Duration::from_secs(6);

/// More bytes are no settings.
const LONGEST: usize = 64 * 1024;

/// Every code a finding of this module can have; each has a text `finding-CODE`.
pub const FETCH_CODES: &[&str] = &[
    "domain-connect-unknown",
    "domain-connect-no-address",
    "domain-connect-private",
    "domain-connect-silent",
    "domain-connect-untrusted",
    "domain-connect-refused",
    "domain-connect-too-long",
];

impl Walker {
    /// The values of the TXT record at a name that decides nothing, as its zone's own name servers have them; aliases are
    /// followed. Empty when there is none.
    ///
    /// # Errors
    /// `domain-connect-unknown` when those servers could not be asked.
    pub async fn texts_at(&self, name: &str) -> Result<Vec<String>, Finding> {
        let unknown = || Finding::warning("domain-connect-unknown").with("name", name);
        let session = Arc::new(self.session());
        let texts = async {
            let mut target = name.to_owned();
            for _ in 0..MAX_HOPS {
                let found = at_target(&session, &target).await;
                match found.aliases.last() {
                    Some(next) if found.values.is_empty() => target.clone_from(next),
                    _ if !matches!(found.rcode, Rcode::NoError | Rcode::NxDomain) => return Err(unknown()),
                    _ => return Ok(found.values.iter().map(|value| value.text()).collect()),
                }
            }
            Err(unknown())
        };
        tokio::select! {
            texts = texts => texts,
            () = session.held_back.sleep_besides(self.config.limits.whole) => Err(unknown()),
        }
    }

    /// Fetches a document over HTTPS from `host`, whose addresses are looked up from the root servers down, so that
    /// nobody else learns of it. Redirects are not followed, proxies are not used, and addresses of private networks are
    /// not reached.
    ///
    /// # Errors
    /// One of [`FETCH_CODES`], with the host.
    pub async fn fetch(&self, host: &str, url: &str) -> Result<Vec<u8>, Finding> {
        let fault = |code: &'static str| Finding::warning(code).with("host", host);
        let (Some(name), Ok(parsed)) = (wire::name(host), Url::parse(url)) else {
            return Err(fault("domain-connect-no-address"));
        };
        if parsed.host_str() != Some(host) {
            return Err(fault("domain-connect-no-address"));
        }
        let addresses = self.addresses(name).await;
        if addresses.is_empty() {
            return Err(fault("domain-connect-no-address"));
        }
        let reached = |address: &IpAddr| self.config.reaches_private || is_public(*address);
        if let Some(private) = addresses.iter().find(|address| !reached(address)) {
            return Err(fault("domain-connect-private").seen(host, private.to_string()));
        }
        let sockets: Vec<SocketAddr> = addresses.iter().map(|ip| SocketAddr::new(*ip, 0)).collect();
        let builder = Client::builder().redirect(Policy::none()).no_proxy().https_only(true);
        let client = builder.timeout(PATIENCE).resolve_to_addrs(host, &sockets).build();
        let client = client.map_err(|_| fault("domain-connect-silent"))?;
        let silent = |error: reqwest::Error| match certificate_fault(&error) {
            Some(text) => fault("domain-connect-untrusted").seen(host, text),
            None => fault("domain-connect-silent"),
        };
        let answer = client.get(parsed).header(ACCEPT, "application/json").send().await.map_err(silent)?;
        if !answer.status().is_success() {
            return Err(fault("domain-connect-refused").seen(host, refusal(&answer)));
        }
        body(answer).await.map_err(|why| why.map_or_else(|| fault("domain-connect-too-long"), silent))
    }

    async fn addresses(&self, name: Name) -> Vec<IpAddr> {
        let session = Arc::new(self.session());
        tokio::select! {
            addresses = addresses(&session, name) => addresses,
            () = session.held_back.sleep_besides(self.config.limits.whole) => Vec::new(),
        }
    }
}

fn refusal(answer: &Response) -> String {
    let place = answer.headers().get(LOCATION).and_then(|place| place.to_str().ok()).unwrap_or_default();
    format!("{} {place}", answer.status()).trim_end().to_owned()
}

/// The body; `None` instead of an error when it is too long.
async fn body(mut answer: Response) -> Result<Vec<u8>, Option<reqwest::Error>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(Some)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST {
            return Err(None);
        }
    }
    Ok(bytes)
}

/// The addresses of a host, aliases followed from zone to zone.
async fn addresses(session: &Arc<Session>, mut name: Name) -> Vec<IpAddr> {
    for _ in 0..MAX_HOPS {
        let walk = Walk { session, detours: 0 };
        let Arrival::Zone(level, _) = walk.down_to(&name, &mut |_| {}).await else { return Vec::new() };
        let (v4, v6) = tokio::join!(
            behind(session, &level, &name, RecordType::A),
            behind(session, &level, &name, RecordType::AAAA)
        );
        let found = [v4.1, v6.1].concat();
        let end = if v4.0 == name { v6.0 } else { v4.0 };
        if !found.is_empty() || end == name {
            return found;
        }
        name = end;
    }
    Vec::new()
}

/// Where the aliases at a name end in one answer, and the addresses there.
async fn behind(session: &Arc<Session>, level: &Level, name: &Name, kind: RecordType) -> (Name, Vec<IpAddr>) {
    match level.consult(session, name, kind).await {
        Ok((_, Reading::Authority { message, .. })) => {
            let (_, end) = wire::aliases(&message, name);
            let addresses = wire::addresses(&message.answers, &end);
            (end, addresses)
        }
        _ => (name.clone(), Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words() {
        let texts = texts::Texts::english().unwrap();
        for code in FETCH_CODES {
            let id = format!("finding-{code}");
            assert!(texts.text(&id, []).is_some() && texts.attribute(&id, "fix", []).is_some(), "{id}");
        }
    }
}

//! Domain Connect (the open standard of DNS hosts, version 2): what a zone and its DNS host say about where the zone is
//! edited. Bytes in, values out.

use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Timestamp};

/// The label below a zone at which it names who knows its settings, in a TXT record.
pub const DOMAIN_CONNECT_LABEL: &str = "_domainconnect";

/// So long, in characters, a name or an identifier may be.
const LONGEST_NAME: usize = 100;

/// So long, in bytes, a URL may be.
const LONGEST_URL: usize = 2048;

/// Who a zone names as the one that knows its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "DomainConnectEndpoint")]
pub struct Endpoint {
    /// The host to ask over HTTPS.
    pub host: String,
    /// What comes before `/v2` in the path; empty, or with a slash in front.
    path: String,
}

/// What a DNS host says about a zone it serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct DomainConnect {
    /// The zone it was asked about.
    pub zone: String,
    /// Who the zone names; that host said all the rest.
    pub endpoint: Endpoint,
    /// `providerId`: stable, mostly a domain.
    pub provider_id: String,
    /// `providerName`.
    pub provider_name: String,
    /// `providerDisplayName`: the name customers know, where that is another.
    pub provider_display_name: Option<String>,
    /// `urlSyncUX`: where records are added after the owner has agreed; nothing is done with it but to show it.
    pub url_sync_ux: Option<String>,
    /// `urlControlPanel`, for this zone: where records are edited by hand.
    pub url_control_panel: Option<String>,
    /// When the host said so.
    pub asked_at: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    provider_id: String,
    provider_name: String,
    provider_display_name: Option<String>,
    #[serde(rename = "urlSyncUX")]
    url_sync_ux: Option<String>,
    url_control_panel: Option<String>,
}

impl Endpoint {
    /// The first of the values of the TXT record that names a host, with or without a path: `host.example` or
    /// `api.host.example/v4/dns`. An address, a port, a user name or a query is none.
    pub fn of(values: &[String]) -> Option<Self> {
        values.iter().find_map(|value| Self::read(value.trim()))
    }

    fn read(value: &str) -> Option<Self> {
        let (host, path) = value.split_at(value.find('/').unwrap_or(value.len()));
        let (host, path) = (host.trim_end_matches('.').to_ascii_lowercase(), path.trim_end_matches('/'));
        let plain = |c: u8| c.is_ascii_alphanumeric() || b"/-_.~".contains(&c);
        let climbs = path.split('/').any(|part| part == "." || part == "..");
        let fits = is_public_name(&host) && path.len() <= 255 && path.bytes().all(plain) && !climbs;
        (fits && !path.contains("//")).then(|| Self { host, path: path.to_owned() })
    }

    /// Where the settings of the zone are (Domain Connect, *Settings*); `None` for what is no name of a zone.
    pub fn settings_url(&self, zone: &str) -> Option<String> {
        let plain = |c: u8| c.is_ascii_alphanumeric() || b"-_.".contains(&c);
        let fits = !zone.is_empty() && zone.len() <= 253 && zone.bytes().all(plain) && !zone.starts_with('.');
        fits.then(|| format!("https://{}{}/v2/{zone}/settings", self.host, self.path))
    }
}

impl DomainConnect {
    /// The name customers know the DNS host by.
    pub fn name(&self) -> &str {
        self.provider_display_name.as_deref().unwrap_or(&self.provider_name)
    }

    /// With nothing in it that [`read_settings`] would not have taken: it was kept where somebody else could change it.
    #[must_use]
    pub fn checked(self) -> Option<Self> {
        let sound = |text: &str| name(text).is_some_and(|name| name == text);
        let names = [Some(&self.provider_id), Some(&self.provider_name), self.provider_display_name.as_ref()];
        let pages = [self.url_sync_ux.as_deref(), self.url_control_panel.as_deref()];
        let holds = is_public_name(&self.endpoint.host)
            && self.endpoint.settings_url(&self.zone).is_some()
            && names.into_iter().flatten().all(|text| sound(text))
            && pages.into_iter().flatten().all(is_page);
        holds.then_some(self)
    }

    /// Every name it gives itself.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        [Some(self.name()), Some(&*self.provider_name), Some(&*self.provider_id)].into_iter().flatten()
    }
}

/// Reads the settings that the endpoint sent for the zone when it was `asked_at`. Addresses that are not plain `https` ones of a host with a
/// name are left out.
///
/// # Errors
/// `domain-connect-unreadable` when they are not JSON, or who it is does not stand in them.
pub fn read_settings(
    endpoint: &Endpoint,
    zone: &str,
    bytes: &[u8],
    asked_at: Timestamp,
) -> Result<DomainConnect, Finding> {
    let unreadable = |what: &str| {
        Finding::warning("domain-connect-unreadable").with("host", &endpoint.host).seen("settings", what)
    };
    let settings: Settings = serde_json::from_slice(bytes).map_err(|error| unreadable(&error.to_string()))?;
    let named = |text: &str| name(text).ok_or_else(|| unreadable("no provider"));
    let url = |url: Option<String>| url.map(|url| url.replace("%domain%", zone)).filter(|url| is_page(url));
    Ok(DomainConnect {
        zone: zone.to_owned(),
        endpoint: endpoint.clone(),
        provider_id: named(&settings.provider_id)?,
        provider_name: named(&settings.provider_name)?,
        provider_display_name: settings.provider_display_name.as_deref().and_then(name),
        url_sync_ux: url(settings.url_sync_ux),
        url_control_panel: url(settings.url_control_panel),
        asked_at,
    })
}

/// A name on one line, without characters that turn the text around or cannot be seen.
fn name(text: &str) -> Option<String> {
    let text = text.trim();
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    let fits = !text.is_empty() && text.chars().count() <= LONGEST_NAME && !text.contains(odd);
    fits.then(|| text.to_owned())
}

/// Whether it is the address of a page at a host with a name, over TLS, without a user name, at the usual port.
fn is_page(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    url.len() <= LONGEST_URL
        && is_public_name(&host.to_ascii_lowercase())
        && rest.bytes().all(|c| c.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&c))
}

/// The name of a host with at least one dot, in lower case, that cannot be taken for an address.
fn is_public_name(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(label)
        && last.bytes().any(|c| c.is_ascii_lowercase())
        && !last.starts_with("0x")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn endpoint(value: &str) -> Option<Endpoint> {
        Endpoint::of(&[value.to_owned()])
    }

    #[test]
    fn a_zone_names_a_host_with_or_without_a_path_and_nothing_else() {
        let url = |value: &str| endpoint(value).and_then(|one| one.settings_url("contoso.test"));
        assert_eq!(
            url("domainconnect.host.example").unwrap(),
            "https://domainconnect.host.example/v2/contoso.test/settings"
        );
        assert_eq!(
            url("API.host.example./client/v4/dns/").unwrap(),
            "https://api.host.example/client/v4/dns/v2/contoso.test/settings"
        );
        let refused = [
            "",
            "localhost",
            "10.0.0.1",
            "0x7f.1",
            "127.1",
            "host.example:8443",
            "user@host.example",
            "[::1]",
            "https://host.example",
            "host.example/../x",
            "host.example//evil.example",
            "host.example/a?b",
            "host..example",
            "-host.example",
            "host.example/a b",
            "v=spf1 -all",
            "host.0x7f000001",
        ];
        for value in refused {
            assert_eq!(endpoint(value), None, "{value}");
        }
        let values = ["v=spf1 -all".to_owned(), "host.example".to_owned()];
        assert_eq!(Endpoint::of(&values).unwrap().host, "host.example");
        for zone in ["", "a/b", "a%2f", ".a", "a b"] {
            assert_eq!(endpoint("host.example").unwrap().settings_url(zone), None, "{zone}");
        }
    }

    fn settings(json: &str) -> Result<DomainConnect, Finding> {
        read_settings(
            &endpoint("host.example").unwrap(),
            "contoso.test",
            json.as_bytes(),
            Timestamp::parse("2026-11-22T12:00:00Z").unwrap(),
        )
    }

    #[test]
    fn what_the_host_says_is_taken_where_it_can_be_used() {
        let all = settings(
            r#"{"providerId": "host.example", "providerName": "Host", "providerDisplayName": "The Host",
                "urlSyncUX": "https://ux.host.example", "urlAPI": "https://api.host.example", "width": 750,
                "urlControlPanel": "https://panel.host.example/zone/%domain%/dns?d=%domain%"}"#,
        )
        .unwrap();
        assert_eq!((all.name(), all.provider_id.as_str()), ("The Host", "host.example"));
        assert_eq!(all.url_sync_ux.as_deref(), Some("https://ux.host.example"));
        let panel = "https://panel.host.example/zone/contoso.test/dns?d=contoso.test";
        assert_eq!(all.url_control_panel.as_deref(), Some(panel));
        let few = settings(r#"{"providerId": "a", "providerName": "A", "urlControlPanel": null}"#).unwrap();
        assert_eq!((few.name(), &few.url_control_panel), ("A", &None));
    }

    #[test]
    fn a_page_that_is_not_plain_https_is_left_out() {
        let refused = [
            "http://panel.host.example/",
            "javascript:alert(1)",
            "https://user@panel.host.example/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://localhost/",
            "https://panel.host.example:8443/",
            "https://",
            "https:///x",
            "https://panel.host.example/ x",
            "https://panel.host.example\\@evil.example/",
        ];
        for url in refused {
            let json = serde_json::json!({ "providerId": "a", "providerName": "A", "urlControlPanel": url });
            assert_eq!(settings(&json.to_string()).unwrap().url_control_panel, None, "{url}");
        }
    }

    #[test]
    fn without_a_provider_there_are_no_settings() {
        for json in [
            "",
            "[]",
            "{}",
            "<html>",
            r#"{"providerId": "a", "providerName": " "}"#,
            r#"{"providerId": "a", "providerName": "turned\u202Earound"}"#,
        ] {
            assert_eq!(settings(json).unwrap_err().code, "domain-connect-unreadable", "{json}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(value in "\\PC{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let named = endpoint(&value).unwrap_or(Endpoint { host: "a.example".into(), path: String::new() });
            let url = named.settings_url("contoso.test").unwrap();
            prop_assert!(url.starts_with("https://") && url.ends_with("/v2/contoso.test/settings"));
            let _ = read_settings(&named, "contoso.test", &bytes, Timestamp::parse("2026-11-22T12:00:00Z").unwrap());
        }
    }
}

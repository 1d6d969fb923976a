use crate::resolvers::parse_resolver;
use crate::roots;
use domain_check::{PublicResolver, public_resolvers};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Every code an error of this crate can have; each has a text `error-CODE`.
pub const CODES: &[&str] = &[
    "roots-unreadable",
    "roots-empty",
    "resolver-list-unreadable",
    "resolver-address-invalid",
    "dns-port-invalid",
];

/// Where a walk starts and how long it may take.
#[derive(Debug, Clone)]
pub struct Config {
    /// The root servers to start from.
    pub roots: Vec<IpAddr>,
    /// The port of every root server and delegated name server; 53 everywhere but in a lab.
    pub port: u16,
    /// How long to wait.
    pub limits: Limits,
    /// The resolvers that may be asked for comparison, and, without the name, whether this network holds back port 53.
    /// With none, nobody but name servers is ever asked.
    pub resolvers: Vec<PublicResolver>,
    /// The resolvers this computer uses; `None` has the system say which.
    pub own_resolvers: Option<Vec<SocketAddr>>,
    /// Whether a host that a zone names may be at an address of a private network; only in a lab.
    pub reaches_private: bool,
    /// An address that no computer has (RFC 5737): an answer from it is somebody else's.
    pub nobody: IpAddr,
}

/// How long to wait for what.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// After this much silence over UDP, TCP and UDP without EDNS are tried beside it.
    pub fallback_after: Duration,
    /// An unanswered question is sent again over UDP after this.
    pub resend_after: Duration,
    /// A server that has said nothing by then is silent.
    pub give_up_after: Duration,
    /// On the way down, the next server of a zone is asked when this much time passed without an answer.
    pub next_server_after: Duration,
    /// Everything together, without the time in which `per_second` held questions back.
    pub whole: Duration,
    /// So many questions a second are sent to one server at most, over everything a [`crate::Walker`] asks; `None` in
    /// a lab. A server that shows that it has enough gets fewer, in a lab too.
    pub per_second: Option<NonZeroUsize>,
}

/// A setting that cannot be used. The texts are `error-CODE`.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file with the root servers cannot be read.
    #[error("{path}: {source}")]
    RootsUnreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file has no address in it.
    #[error("{path}: no address in it")]
    RootsEmpty {
        /// The file.
        path: PathBuf,
    },
    /// The file with the resolvers cannot be read, or is no list of resolvers.
    #[error("{path}: {source}")]
    ResolversUnreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not the address of a resolver.
    #[error("{text:?} is not an IP address")]
    ResolverInvalid {
        /// What was given.
        text: String,
    },
    /// Not a port number.
    #[error("{text:?} is not a port number")]
    PortInvalid {
        /// What was given.
        text: String,
    },
}

impl ConfigError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RootsUnreadable { .. } => "roots-unreadable",
            Self::RootsEmpty { .. } => "roots-empty",
            Self::ResolversUnreadable { .. } => "resolver-list-unreadable",
            Self::ResolverInvalid { .. } => "resolver-address-invalid",
            Self::PortInvalid { .. } => "dns-port-invalid",
        }
    }

    /// The variable of the message: the file, or what was given instead of a port.
    pub fn subject(&self) -> String {
        match self {
            Self::RootsUnreadable { path, .. }
            | Self::RootsEmpty { path }
            | Self::ResolversUnreadable { path, .. } => path.display().to_string(),
            Self::ResolverInvalid { text } | Self::PortInvalid { text } => text.clone(),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            roots: roots::addresses(),
            port: 53,
            limits: Limits::default(),
            resolvers: public_resolvers(),
            own_resolvers: None,
            reaches_private: false,
            nobody: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            fallback_after: Duration::from_millis(400),
            resend_after: Duration::from_millis(600),
            give_up_after: Duration::from_secs(2),
            next_server_after: Duration::from_millis(100),
            whole: Duration::from_secs(15),
            per_second: NonZeroUsize::new(50),
        }
    }
}

impl Config {
    /// The default, with the settings a lab needs: `SIGNPOST_ROOTS` names a file with other root servers (see
    /// [`parse_roots`]), `SIGNPOST_RESOLVERS` one with other resolvers (see [`Config::with_resolvers_of`]),
    /// `SIGNPOST_OWN_RESOLVER` the one this computer is taken to use, `SIGNPOST_DNS_PORT` another port. Other root servers also lift [`Limits::per_second`], and leave no resolver but
    /// those of the file.
    ///
    /// # Errors
    /// When a file cannot be read or has no address in it, or the port or the resolver is none.
    pub fn from_env() -> Result<Self, ConfigError> {
        let text = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let mut config = Self::default();
        if let Some(path) = text("SIGNPOST_ROOTS") {
            config = config.with_roots_of(Path::new(&path))?;
        }
        if let Some(path) = text("SIGNPOST_RESOLVERS") {
            config = config.with_resolvers_of(Path::new(&path))?;
        }
        if let Some(own) = text("SIGNPOST_OWN_RESOLVER") {
            config.own_resolvers = Some(vec![parse_own_resolver(&own.to_string_lossy())?]);
        }
        if let Some(port) = text("SIGNPOST_DNS_PORT") {
            config.port = parse_port(&port.to_string_lossy())?;
        }
        Ok(config)
    }

    /// The same, with the resolvers in a file: JSON, a list of objects with `operator`, `address` and `url`.
    ///
    /// # Errors
    /// When the file cannot be read, or is no such list.
    pub fn with_resolvers_of(self, path: &Path) -> Result<Self, ConfigError> {
        let unreadable = |source| ConfigError::ResolversUnreadable { path: path.to_owned(), source };
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        let resolvers = serde_json::from_str(&text).map_err(|error| unreadable(error.into()))?;
        Ok(Self { resolvers, ..self })
    }

    /// The same, starting from the root servers in a file.
    ///
    /// # Errors
    /// When the file cannot be read or has no address in it.
    pub fn with_roots_of(self, path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::RootsUnreadable { path: path.to_owned(), source })?;
        let roots = parse_roots(&text);
        if roots.is_empty() {
            return Err(ConfigError::RootsEmpty { path: path.to_owned() });
        }
        // Those of the Internet know nothing of a lab, and are not to hear of it.
        let limits = Limits { per_second: None, ..self.limits };
        let own_resolvers = Some(Vec::new());
        Ok(Self { roots, resolvers: Vec::new(), own_resolvers, limits, reaches_private: true, ..self })
    }
}

fn parse_own_resolver(text: &str) -> Result<SocketAddr, ConfigError> {
    parse_resolver(text).ok_or_else(|| ConfigError::ResolverInvalid { text: text.to_owned() })
}

fn parse_port(text: &str) -> Result<u16, ConfigError> {
    let port = text.trim().parse().ok().filter(|port| *port != 0);
    port.ok_or_else(|| ConfigError::PortInvalid { text: text.to_owned() })
}

/// The addresses in a list of root servers: `named.root` as IANA publishes it, or one address a line. Comments start
/// with `;` or `#`; lines without an address are passed over.
pub fn parse_roots(text: &str) -> Vec<IpAddr> {
    let address = |line: &str| {
        let line = line.split([';', '#']).next()?;
        line.split_whitespace().next_back()?.parse().ok()
    };
    text.lines().filter_map(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_list_are_read() {
        let list = "; root hints\n.  3600000  NS  A.ROOT-SERVERS.NET.\nA.ROOT-SERVERS.NET. 3600000 A 198.41.0.4\n\
                    A.ROOT-SERVERS.NET. 3600000 AAAA 2001:503:ba3e::2:30 ; v6\n127.10.0.1\n\n# end\nnonsense\n";
        let read: Vec<String> = parse_roots(list).iter().map(ToString::to_string).collect();
        assert_eq!(read, ["198.41.0.4", "2001:503:ba3e::2:30", "127.10.0.1"]);
    }

    #[test]
    fn a_list_that_cannot_be_used_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roots");
        let code = |path: &Path| Config::default().with_roots_of(path).unwrap_err().code();
        assert_eq!(code(&path), "roots-unreadable");
        std::fs::write(&path, "; nothing\n").unwrap();
        assert_eq!(code(&path), "roots-empty");
        std::fs::write(&path, "127.10.0.1").unwrap();
        assert_eq!(Config::default().with_roots_of(&path).unwrap().roots.len(), 1);
    }

    #[test]
    fn a_lab_never_asks_the_resolvers_of_the_internet() {
        let folder = tempfile::tempdir().unwrap();
        let (roots, list) = (folder.path().join("roots"), folder.path().join("resolvers.json"));
        std::fs::write(&roots, "127.10.0.1").unwrap();
        std::fs::write(&list, r#"[{"operator": "Lab", "address": "127.10.9.1"}]"#).unwrap();
        assert_eq!(Config::default().resolvers.len(), 8);
        let lab = Config::default().with_roots_of(&roots).unwrap();
        assert_eq!((&lab.resolvers, &lab.own_resolvers), (&vec![], &Some(vec![])));
        assert_eq!(lab.clone().with_resolvers_of(&list).unwrap().resolvers[0].operator, "Lab");
        std::fs::write(&list, "[]]").unwrap();
        assert_eq!(lab.with_resolvers_of(&list).unwrap_err().code(), "resolver-list-unreadable");
    }

    #[test]
    fn zero_and_text_are_no_ports() {
        assert_eq!(parse_port(" 5353 ").unwrap(), 5353);
        for text in ["0", "65536", "dns", ""] {
            assert_eq!(parse_port(text).unwrap_err().subject(), text);
        }
        assert_eq!(parse_own_resolver("127.0.0.53").unwrap().to_string(), "127.0.0.53:53");
        assert_eq!(parse_own_resolver("dns.example").unwrap_err().code(), "resolver-address-invalid");
    }

    #[test]
    fn every_error_has_its_words() {
        let texts = texts::Texts::english().unwrap();
        for code in CODES {
            let id = format!("error-{code}");
            assert!(texts.text(&id, []).is_some() && texts.attribute(&id, "fix", []).is_some(), "{id}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".*") {
            parse_roots(&text);
        }
    }
}

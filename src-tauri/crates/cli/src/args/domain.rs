//! What can be typed after `signpost domain`. The comments are the help texts.

use super::{DEFAULT_LABEL, EXIT_STATUS};
use crate::failure::Failure;
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};
use dns_walk::{Config, ConfigError};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Domain {
    /// Ask every name server of a domain for its TXT record, from the root servers down
    #[command(after_help = EXIT_STATUS)]
    Check(DomainCheck),
    /// Check a list of domains, and print a row for each as soon as it is known
    #[command(after_help = EXIT_STATUS)]
    Bulk(DomainBulk),
    /// Look at domains again and again until their records are right, and print a line for every change
    #[command(after_help = EXIT_STATUS)]
    Watch(DomainWatch),
    /// Write a TXT record for a form, a command of another tool, or a message to whoever may edit the zone
    #[command(after_help = EXIT_STATUS)]
    Record(DomainRecord),
}

#[derive(Debug, Args)]
pub(crate) struct DomainRecord {
    /// The domain; an e-mail address or a URL of it will do
    pub(crate) domain: String,
    /// The value of the record, without quotation marks
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub(crate) value: String,
    /// The label of the record, below the domain
    #[arg(long, value_name = "LABEL", default_value = DEFAULT_LABEL)]
    pub(crate) name: String,
    /// The zone the record goes into, where that is above the domain
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Option<String>,
    /// The company that serves the zone, such as cloudflare; any other word lists them
    #[arg(long, value_name = "ID")]
    pub(crate) host: Option<String>,
    /// Ask the DNS host that the zone names where the zone is edited (Domain Connect); that host learns the zone
    #[arg(long)]
    pub(crate) domain_connect: bool,
    /// Print only the record, in one form
    #[arg(long = "as", value_name = "FORM")]
    pub(crate) form: Option<RecordForm>,
    #[command(flatten)]
    pub(crate) start: Start,
}

/// A form a record is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum RecordForm {
    /// A line of a zone file
    Bind,
    /// For Windows Server DNS
    Powershell,
    /// For Azure DNS
    AzureCli,
    /// A change batch for Amazon Route 53, as JSON
    AwsRoute53,
    /// A call with curl; the token is taken from CLOUDFLARE_API_TOKEN
    CloudflareApi,
    /// For Google Cloud DNS
    Gcloud,
    /// A resource for Terraform
    Terraform,
    /// The text of a mail
    Mail,
    /// For a ticket or a chat
    Markdown,
    /// A page to print, as HTML
    Page,
}

#[derive(Debug, Args)]
pub(crate) struct DomainBulk {
    /// A list with one domain a row and, in a second column, the value expected; or - for standard input
    #[arg(value_name = "FILE.csv|-")]
    pub(crate) list: String,
    /// The label of the records, below each domain
    #[arg(long, value_name = "LABEL", default_value = DEFAULT_LABEL)]
    pub(crate) name: String,
    /// The value that has to be there where a row names none
    #[arg(long, value_name = "VALUE", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) expect: Option<String>,
    /// Print CSV for a spreadsheet instead of text
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// An answer of --csv or --json that broke off: its rows are not looked at again, only the others are printed
    #[arg(long, value_name = "FILE")]
    pub(crate) resume: Option<PathBuf>,
    /// How many domains are looked at beside each other, at most 250
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u8).range(1..=250))]
    pub(crate) concurrency: u8,
    #[command(flatten)]
    pub(crate) start: Start,
}

#[derive(Debug, Args)]
pub(crate) struct DomainWatch {
    /// The domains; e-mail addresses or URLs of them will do
    #[arg(value_name = "DOMAIN", required_unless_present = "list")]
    pub(crate) domains: Vec<String>,
    /// A list with one domain a row and, in a second column, the value expected; or - for standard input
    #[arg(long, value_name = "FILE.csv|-")]
    pub(crate) list: Option<String>,
    /// The label of the records, below each domain
    #[arg(long, value_name = "LABEL", default_value = DEFAULT_LABEL)]
    pub(crate) name: String,
    /// The value that has to be there where a row names none
    #[arg(long, value_name = "VALUE", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) expect: Option<String>,
    /// Ask public resolvers for comparison, each once, when the name servers of a domain agree; their operators learn
    /// the name
    #[arg(long)]
    pub(crate) public_resolvers: bool,
    /// Look once at those whose time has come, and end: for cron
    #[arg(long)]
    pub(crate) once: bool,
    /// A file in which what was seen is kept from one run to the next
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) start: Start,
}

#[derive(Debug, Args)]
pub(crate) struct DomainCheck {
    /// The domain; an e-mail address or a URL of it will do
    pub(crate) domain: String,
    /// The label of the record, below the domain
    #[arg(long, value_name = "LABEL", default_value = DEFAULT_LABEL)]
    pub(crate) name: String,
    /// The value that has to be there; without it, what is there is shown
    #[arg(long, value_name = "VALUE", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) expect: Option<String>,
    /// Ask the DNS host that the zone names where the zone is edited (Domain Connect); that host learns the zone
    #[arg(long, conflicts_with = "watch")]
    pub(crate) domain_connect: bool,
    #[command(flatten)]
    pub(crate) start: Start,
    /// A resolver to ask for comparison, once the name servers agree; can be given several times
    #[arg(long = "resolver", value_name = "IP[:PORT]", value_parser = resolver)]
    pub(crate) resolvers: Vec<SocketAddr>,
    /// Ask eight public resolvers for comparison, once the name servers agree, or over HTTPS alone where the network
    /// holds port 53 back; their operators (Google, Cloudflare, Quad9, Cisco OpenDNS, AdGuard, DNS4EU, CIRA, Digitale
    /// Gesellschaft) learn the name
    #[arg(long)]
    pub(crate) public_resolvers: bool,
    /// A name server the domain had before: it is asked when the record is on none of the present ones
    #[arg(long = "former-server", value_name = "NAME")]
    pub(crate) former_servers: Vec<String>,
    /// Ask this computer's own resolvers for comparison, once the name servers agree
    #[arg(long)]
    pub(crate) system: bool,
    /// Write the report into a file that another Signpost opens
    #[arg(long, value_name = "FILE", conflicts_with = "watch")]
    pub(crate) share: Option<PathBuf>,
    /// Check again and again until the record is verified, one line for every change; Ctrl-C ends it
    #[arg(long)]
    pub(crate) watch: bool,
}

/// Where asking the DNS starts: for a lab.
#[derive(Debug, Args)]
pub(crate) struct Start {
    /// A file with the addresses of other root servers to start from
    #[arg(long, value_name = "FILE")]
    pub(crate) roots: Option<PathBuf>,
    /// A file with other public resolvers: JSON, a list of objects with operator, address and url
    #[arg(long, value_name = "FILE")]
    pub(crate) resolver_list: Option<PathBuf>,
    /// Another port of the root servers and name servers than 53
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: Option<u16>,
}

impl Start {
    /// What the walk is configured with.
    pub(crate) fn config(&self) -> Result<Config, Failure> {
        let mut config = Config::default();
        if let Some(path) = &self.roots {
            config = config.with_roots_of(path).map_err(|error| roots(&error))?;
        }
        if let Some(path) = &self.resolver_list {
            config = config.with_resolvers_of(path).map_err(|error| roots(&error))?;
        }
        config.port = self.port.unwrap_or(config.port);
        Ok(config)
    }
}

fn roots(error: &ConfigError) -> Failure {
    Failure::unusable(error.code()).with("subject", error.subject())
}

fn resolver(text: &str) -> Result<SocketAddr, String> {
    dns_walk::parse_resolver(text).ok_or_else(|| "not an IP address, with or without :PORT".to_owned())
}

//! What can be typed behind `signpost polis`.

use super::{EXIT_STATUS, moment};
use clap::{Args, Subcommand, ValueEnum};
use vocabulary::Timestamp;

#[derive(Debug, Subcommand)]
pub(crate) enum Polis {
    /// Connections: single sign-on by SAML
    #[command(subcommand)]
    Connection(PolisConnection),
    /// Directories: provisioning by SCIM
    #[command(subcommand)]
    Directory(PolisDirectory),
    /// Show what an identity provider has to know of Polis
    SpMetadata(PolisSpMetadata),
    /// List the sign-ins that failed in the last week; status 1 when there are any
    #[command(after_help = EXIT_STATUS)]
    Traces(PolisTraces),
    /// Print what the identity provider answered in a sign-in that failed, for "response check"; it tells who somebody is
    Response(PolisResponse),
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolisConnection {
    /// Show the connections of a tenant and product, and judge their certificates
    #[command(after_help = EXIT_STATUS)]
    Show(PolisPlace),
    /// Make a connection from an identity provider's metadata; nothing is sent while something is wrong with them
    #[command(after_help = EXIT_STATUS)]
    Create(PolisCreate),
    /// Give a connection newer metadata of the same identity provider
    #[command(after_help = EXIT_STATUS)]
    Update(PolisUpdate),
    /// Switch a connection on again
    #[command(after_help = EXIT_STATUS)]
    Activate(PolisOne),
    /// Switch a connection off: nobody signs in by it until it is switched on again
    #[command(after_help = EXIT_STATUS)]
    Deactivate(PolisOne),
    /// Take a connection away for good; it has to be switched off before
    #[command(after_help = EXIT_STATUS)]
    Delete(PolisOne),
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolisDirectory {
    /// Show the directories of a tenant and product, without their bearer tokens
    Show(PolisPlace),
    /// Make a directory, and print its SCIM base URL and bearer token for the identity provider
    #[command(after_help = EXIT_STATUS)]
    Create(PolisDirectoryCreate),
    /// List who has arrived in a directory
    #[command(after_help = EXIT_STATUS)]
    Arrivals(PolisDirectoryOne),
    /// Take a directory away for good, with the users and groups in it
    #[command(after_help = EXIT_STATUS)]
    Delete(PolisDirectoryOne),
}

/// Which Polis, and with what key.
#[derive(Debug, Args)]
pub(crate) struct PolisAt {
    /// The address of Polis, its EXTERNAL_URL
    #[arg(long, value_name = "URL")]
    pub(crate) url: String,
    /// The environment variable that has one of its API_KEYS
    #[arg(long, value_name = "VAR")]
    pub(crate) key_env: String,
}

/// Whose, and what for.
#[derive(Debug, Args)]
pub(crate) struct PolisPlace {
    #[command(flatten)]
    pub(crate) at: PolisAt,
    /// Whose it is: the customer, often by domain
    #[arg(long, value_name = "NAME")]
    pub(crate) tenant: String,
    /// What for: the service
    #[arg(long, value_name = "NAME")]
    pub(crate) product: String,
}

#[derive(Debug, Args)]
pub(crate) struct PolisCreate {
    #[command(flatten)]
    pub(crate) place: PolisPlace,
    /// The identity provider's metadata: a file, or - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub(crate) metadata: String,
    /// Where people may be sent after a sign-in; can be given several times
    #[arg(long = "redirect-url", value_name = "URL", required = true)]
    pub(crate) redirect_urls: Vec<String>,
    /// Where people go after a sign-in that began at the identity provider; the first of the others unless given
    #[arg(long, value_name = "URL")]
    pub(crate) default_redirect_url: Option<String>,
    /// A name for people
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PolisUpdate {
    #[command(flatten)]
    pub(crate) place: PolisPlace,
    /// The identity provider's newer metadata: a file, or - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub(crate) metadata: String,
}

#[derive(Debug, Args)]
pub(crate) struct PolisOne {
    #[command(flatten)]
    pub(crate) place: PolisPlace,
    /// Which connection, where there are several
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PolisDirectoryCreate {
    #[command(flatten)]
    pub(crate) place: PolisPlace,
    /// Which identity provider sends
    #[arg(long = "for", value_name = "PROVIDER")]
    pub(crate) provider: PolisProvider,
    /// A name for people
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Where Polis reports what arrives
    #[arg(long, value_name = "URL", requires = "webhook_secret_env")]
    pub(crate) webhook_url: Option<String>,
    /// The environment variable that has the secret with which Polis signs what it reports
    #[arg(long, value_name = "VAR", requires = "webhook_url")]
    pub(crate) webhook_secret_env: Option<String>,
}

/// Which identity provider sends.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum PolisProvider {
    /// Microsoft Entra ID
    Entra,
    /// Okta
    Okta,
    /// OneLogin
    Onelogin,
    /// JumpCloud
    Jumpcloud,
    /// Any other that speaks SCIM 2.0
    Generic,
}

#[derive(Debug, Args)]
pub(crate) struct PolisDirectoryOne {
    #[command(flatten)]
    pub(crate) place: PolisPlace,
    /// Which directory
    #[arg(long, value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct PolisSpMetadata {
    #[command(flatten)]
    pub(crate) at: PolisAt,
    /// Print the document itself, for the upload to an identity provider
    #[arg(long, conflicts_with = "json")]
    pub(crate) xml: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PolisTraces {
    #[command(flatten)]
    pub(crate) place: PolisPlace,
    /// Only those from then on
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub(crate) since: Option<Timestamp>,
}

#[derive(Debug, Args)]
pub(crate) struct PolisResponse {
    #[command(flatten)]
    pub(crate) at: PolisAt,
    /// The name of the trace, as "traces" shows it
    #[arg(value_name = "TRACE")]
    pub(crate) id: String,
}

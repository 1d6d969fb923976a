//! What can be typed. The comments are the help texts.

mod domain;
mod keycloak;
mod polis;

pub(crate) use domain::{Domain, DomainBulk, DomainCheck, DomainRecord, DomainWatch, RecordForm};
pub(crate) use keycloak::{
    Keycloak, KeycloakAt, KeycloakCreate, KeycloakMappers, KeycloakMappersSet, KeycloakOne, KeycloakProvider,
    KeycloakSpMetadata, KeycloakUpdate,
};
pub(crate) use polis::{
    Polis, PolisAt, PolisConnection, PolisCreate, PolisDirectory, PolisDirectoryCreate, PolisDirectoryOne,
    PolisOne, PolisPlace, PolisProvider, PolisResponse, PolisSpMetadata, PolisTraces, PolisUpdate,
};

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use domain::Start;
use guides::DataFile;
use std::net::SocketAddr;
use std::path::PathBuf;
use vocabulary::Timestamp;

/// The label of the record when none is named.
pub(crate) const DEFAULT_LABEL: &str = account_service::CHALLENGE_HOST;

const EXIT_STATUS: &str = "Exit status:\n  \
    0  good\n  \
    1  looked at, and not good\n  \
    2  wrong usage, or input that cannot be read\n  \
    3  the environment failed: no network, a service that cannot be reached or started";

/// Checks domains, SAML metadata and certificates, explains errors, shows guides, and runs the account service.
#[derive(Debug, Parser)]
#[command(name = "signpost", version, propagate_version = true, after_help = EXIT_STATUS)]
pub(crate) struct Cli {
    /// Print JSON instead of text
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Domain verification by TXT record
    #[command(subcommand)]
    Domain(Domain),
    /// SAML metadata
    #[command(subcommand)]
    Metadata(Metadata),
    /// Certificates
    #[command(subcommand)]
    Cert(Cert),
    /// SAML responses: the answer with which an identity provider signs somebody in
    #[command(subcommand)]
    Response(Response),
    /// Say what an error means and what to do about it
    #[command(after_help = EXIT_STATUS)]
    Explain(Explain),
    /// What to do in an identity provider, step by step
    #[command(subcommand)]
    Guide(Guide),
    /// SCIM: provisioning of people and groups
    #[command(subcommand)]
    Scim(Scim),
    /// Ory Polis, a broker of single sign-on: connections, directories, and sign-ins that failed
    #[command(subcommand)]
    Polis(Polis),
    /// Keycloak as a broker of single sign-on: its identity providers
    #[command(subcommand)]
    Keycloak(Keycloak),
    /// The account service that settings are pushed to
    #[command(subcommand)]
    AccountService(AccountService),
}

fn moment(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).ok_or_else(|| "write it like 2026-11-22T12:00:00Z".to_owned())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Metadata {
    /// Read SAML metadata and say what is wrong with them as those of an identity provider
    #[command(after_help = EXIT_STATUS)]
    Inspect(MetadataInspect),
    /// Say what a newer version of an identity provider's metadata changes; status 1 when anything does
    #[command(after_help = EXIT_STATUS)]
    Diff(MetadataDiff),
    /// Write the SAML metadata of a service, for the upload to an identity provider
    Generate(MetadataGenerate),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Response {
    /// Say whether a service would accept a response, and if not, what to change; nothing is sent anywhere
    #[command(after_help = EXIT_STATUS)]
    Check(ResponseCheck),
}

#[derive(Debug, Args)]
pub(crate) struct ResponseCheck {
    /// A file, or - for standard input: XML, the value of SAMLResponse, a HAR file, or the page that posts it
    #[arg(value_name = "FILE|-")]
    pub(crate) source: String,
    /// The identity provider's metadata, a file
    #[arg(long, value_name = "FILE")]
    pub(crate) idp_metadata: String,
    /// The entity ID of the service
    #[arg(long, value_name = "ID")]
    pub(crate) sp_entity_id: String,
    /// The assertion consumer service of the service
    #[arg(long, value_name = "URL")]
    pub(crate) acs: String,
    /// The ID of the request that has to be answered; without it, that is not judged
    #[arg(long, value_name = "ID")]
    pub(crate) in_response_to: Option<String>,
    /// A claim that has to be there, to the letter; can be given several times
    #[arg(long = "claim", value_name = "NAME")]
    pub(crate) claims: Vec<String>,
    /// The time to judge for, for a response that was recorded; without it, now
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub(crate) now: Option<Timestamp>,
    /// The service's private key in PEM, for encrypted assertions, a file
    #[arg(long, value_name = "FILE")]
    pub(crate) decrypt_key: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct MetadataInspect {
    /// A file, an https address, or - for standard input
    #[arg(value_name = "FILE|URL|-")]
    pub(crate) source: String,
    /// The one entity to look at, where there are several
    #[arg(long, value_name = "ID")]
    pub(crate) entity: Option<String>,
    /// List only the entities in whose ID or name all these words stand
    #[arg(long, value_name = "WORDS")]
    pub(crate) search: Option<String>,
    /// A certificate, a file, that the document has to be signed with; can be given several times. Without, a signature
    /// is checked with the key that the document brings, and only in documents of at most 16 MB
    #[arg(long, value_name = "FILE")]
    pub(crate) signed_by: Vec<String>,
    /// Fetch an address also where it leads into a private network
    #[arg(long)]
    pub(crate) allow_private: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MetadataDiff {
    /// The version there was: a file, an https address, or - for standard input
    #[arg(value_name = "BEFORE")]
    pub(crate) before: String,
    /// The version there is now: a file or an https address
    #[arg(value_name = "AFTER")]
    pub(crate) after: String,
    /// The one entity to look at, where there are several
    #[arg(long, value_name = "ID")]
    pub(crate) entity: Option<String>,
    /// Fetch an address also where it leads into a private network
    #[arg(long)]
    pub(crate) allow_private: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MetadataGenerate {
    /// The service's entity ID
    #[arg(long, value_name = "ID")]
    pub(crate) entity_id: String,
    /// The service's assertion consumer service, by HTTP-POST
    #[arg(long, value_name = "URL")]
    pub(crate) acs: String,
    /// Where the service takes messages about signing out, by HTTP-Redirect and HTTP-POST
    #[arg(long, value_name = "URL")]
    pub(crate) slo: Option<String>,
    /// Who runs the service
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) organization: Option<String>,
    /// The organization's web address; the host of the assertion consumer service unless given
    #[arg(long, value_name = "URL", requires = "organization")]
    pub(crate) organization_url: Option<String>,
    /// The NameID format that is asked for
    #[arg(long, value_name = "URI", default_value = saml::NAME_ID_EMAIL_ADDRESS)]
    pub(crate) name_id_format: String,
    /// The certificate of the key that signs requests and opens encrypted assertions, a file; can be given several times
    #[arg(long = "certificate", value_name = "FILE")]
    pub(crate) certificates: Vec<String>,
    /// Say that the service signs its requests
    #[arg(long, requires = "certificates")]
    pub(crate) sign_requests: bool,
    /// The e-mail address of whom to ask about the service
    #[arg(long, value_name = "EMAIL")]
    pub(crate) contact: Option<String>,
    /// The name of that person or team
    #[arg(long, value_name = "NAME", requires = "contact", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) contact_name: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Cert {
    /// Read certificates in PEM, DER, base64 or PKCS #7 and say what is wrong with them
    #[command(after_help = EXIT_STATUS)]
    Inspect(CertInspect),
}

#[derive(Debug, Args)]
pub(crate) struct CertInspect {
    /// A file, or - for standard input
    #[arg(value_name = "FILE|-")]
    pub(crate) source: String,
    /// Write reminders for a calendar: the end of each certificate, with alarms 60, 30 and 7 days before
    #[arg(long, value_name = "FILE")]
    pub(crate) ics: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A code, a sentence or an address as it was shown; or - for a page or a log on standard input
    #[arg(value_name = "TEXT|-", required = true)]
    pub(crate) text: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Guide {
    /// List the guides
    List(GuideSource),
    /// Show a guide, or one step of it
    Show(GuideShow),
    /// Say what is wrong with a folder of guides of your own, with file and line
    Check {
        /// The folder
        folder: PathBuf,
    },
    /// Print the form of a kind of guide file as JSON Schema, for an editor that helps while you write
    Schema {
        /// The kind of file
        #[arg(value_name = "KIND", value_parser = data_file_parser())]
        kind: DataFile,
    },
}

fn data_file_parser() -> impl TypedValueParser<Value = DataFile> {
    PossibleValuesParser::new(DataFile::ALL.map(DataFile::as_str))
        .try_map(|name| DataFile::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or("no kind of file"))
}

#[derive(Debug, Args)]
pub(crate) struct GuideSource {
    /// A folder of guides of your own, beside those of the program
    #[arg(long, value_name = "FOLDER")]
    pub(crate) guides: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct GuideShow {
    #[command(flatten)]
    pub(crate) from: GuideSource,
    /// The service, as listed by "guide list"
    pub(crate) service: String,
    /// The identity provider, as listed by "guide list"
    pub(crate) idp: String,
    /// A step such as saml, or a page such as stage-1
    pub(crate) step: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Scim {
    /// Send a SCIM endpoint what identity providers send, read back what became of it, and take it all away again
    #[command(after_help = EXIT_STATUS)]
    Rehearse(Rehearse),
}

#[derive(Debug, Args)]
pub(crate) struct Rehearse {
    /// The SCIM base URL, up to the part before /Users
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: String,
    /// The environment variable that has the bearer token
    #[arg(long, value_name = "VAR")]
    pub(crate) token_env: String,
    /// Whose requests are sent
    #[arg(long = "as", value_name = "PROVIDER", default_value = "all")]
    pub(crate) provider: RehearsedProvider,
    /// The domain of the e-mail addresses of the users that are made, where the service takes certain domains only
    #[arg(long, value_name = "DOMAIN", default_value = "example.com")]
    pub(crate) email_domain: String,
}

/// Whose requests are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum RehearsedProvider {
    /// Microsoft Entra ID, in both of its dialects
    Entra,
    /// Okta
    Okta,
    /// PingOne
    Pingone,
    /// All of them, one after the other
    All,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountService {
    /// Run the account service until Ctrl-C or SIGTERM
    Serve(Serve),
    /// Print a new access token, for signing the program in to the service; it is shown only once
    Token(Token),
    /// Copy the SQLite database into a new file while the service runs, and its key beside it
    Backup(Backup),
    /// Print the whole audit log of an account, oldest line first
    Audit(Audit),
    /// SCIM bearer tokens of an account, with which an identity provider provisions people and groups
    #[command(subcommand)]
    ScimToken(ScimToken),
}

#[derive(Debug, Subcommand)]
pub(crate) enum ScimToken {
    /// List the tokens that are good now, without the tokens themselves
    List(OfAccount),
    /// Print a new token, which is shown only once; the one before works on for a while, or ends at once
    Issue(IssueToken),
    /// End a token at once
    Revoke(RevokeToken),
}

#[derive(Debug, Args)]
pub(crate) struct OfAccount {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The account's id
    #[arg(long, value_name = "ID")]
    pub(crate) account: String,
}

#[derive(Debug, Args)]
pub(crate) struct IssueToken {
    #[command(flatten)]
    pub(crate) of: OfAccount,
    /// For how many days the token before works on, at most 90; 0 ends it at once
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u8).range(0..=90))]
    pub(crate) keep_old_for: u8,
}

#[derive(Debug, Args)]
pub(crate) struct RevokeToken {
    #[command(flatten)]
    pub(crate) of: OfAccount,
    /// Its last four characters
    #[arg(value_name = "LAST-CHARACTERS", allow_hyphen_values = true)]
    pub(crate) hint: String,
}

#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The account's id
    #[arg(long, value_name = "ID")]
    pub(crate) account: String,
    /// Print rows for a spreadsheet; with --json, one JSON object a line
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The file to write, which must not be there yet
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The address to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<SocketAddr>,
    #[command(flatten)]
    pub(crate) place: Place,
    /// The address browsers and identity providers reach the service at
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// The service's TLS certificate and those between it and an authority, PEM; read again when it changes
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// The private key of that certificate, PEM
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_key: Option<PathBuf>,
    /// The networks of the proxies whose X-Forwarded-For is believed, as 10.0.0.0/8,192.0.2.1; those on this computer
    /// unless given
    #[arg(long, value_name = "NETWORKS")]
    pub(crate) trusted_proxies: Option<account_service::TrustedProxies>,
    /// Let an account be set up only once a licence key of a subscription that is licensed per user is registered in it
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(crate) require_licence_key: Option<bool>,
    /// Print what is in force out of arguments, environment and file, without secrets, and end
    #[arg(long)]
    pub(crate) print_config: bool,
    #[command(flatten)]
    pub(crate) start: Start,
}

/// Where the service's data lie.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// A TOML file with any of the other options, as database_url = "…". Each may also be an environment variable, as
    /// SIGNPOST_SERVICE_DATABASE_URL; an argument goes before a variable, and that before the file
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The folder with the service's data; made when it is missing
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The service's database, as sqlite:FILE or postgres://USER@HOST/DATABASE. Other users of this computer can read
    /// arguments: a URL with a password belongs into SIGNPOST_SERVICE_DATABASE_URL or a file
    #[arg(long, value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// A file with that URL in it
    #[arg(long, value_name = "FILE", conflicts_with = "database_url")]
    pub(crate) database_url_file: Option<PathBuf>,
    /// The file of the service's own key, made when it is missing; all nodes of a server need the same. Otherwise it
    /// lies beside the SQLite file, or in the folder of --data
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Token {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Whose token it is
    #[arg(long)]
    pub(crate) email: String,
    /// The organization to make an account for, when the person has none of that name; the part after the @ unless given
    #[arg(long, value_name = "NAME")]
    pub(crate) organization: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }
}

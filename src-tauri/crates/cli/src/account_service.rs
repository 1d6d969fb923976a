//! `signpost account-service`.

use crate::args::{Audit, Backup, OfAccount, Place, ScimToken, Serve, Token};
use crate::failure::{Failure, Status};
use crate::output::{self, Output, Reader};
use crate::runtime::{run_async, run_service};
use crate::table::table;
use account_service::{
    AuditEntry, Configuration, ConfigurationError, Database, ScimTokens, ServeOptions, StartError, TokenTask,
};
use serde_json::json;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;
use vocabulary::Secret;

/// What is logged unless the environment variable says otherwise.
const LOGGED: &str = "info,sqlx=warn";

/// The environment variable with a filter of `tracing-subscriber`.
const LOG_VARIABLE: &str = "SIGNPOST_LOG";

/// Serves until Ctrl-C or SIGTERM.
pub(crate) fn serve(args: Serve, output: &Output) -> Result<Status, Failure> {
    let arguments = Configuration {
        listen: args.listen,
        public_url: args.public_url,
        tls_certificate: args.tls_certificate,
        tls_key: args.tls_key,
        trusted_proxies: args.trusted_proxies,
        require_licence_key: args.require_licence_key,
        ..Configuration::default()
    };
    let said = arguments.over(configuration(args.place)?);
    if args.print_config {
        output.answer(&said.text(), &json!({ "configuration": said.text() }))?;
        return Ok(Status::Good);
    }
    log(output.is_json());
    let (database, key_file) = stored(&said)?;
    let options = ServeOptions {
        listen: said.listen(),
        database,
        key_file,
        tls: said.tls().map_err(|error| failure(&error))?,
        public_url: said.public_url,
        trusted_proxies: said.trusted_proxies.unwrap_or_default(),
        require_licence_key: said.require_licence_key.unwrap_or(false),
        dns: args.start.config()?,
    };
    run_service(account_service::run_from_cli(options, |ready| {
        let address = ready.address.to_string();
        let mut text = output.words.text("cli-serving", &[("url", &ready.public_url), ("address", &address)]);
        let mut line = json!({ "address": address, "public_url": ready.public_url });
        if let Some(code) = &ready.setup_code {
            let (url, code) = (format!("{}/setup", ready.public_url), code.expose());
            text =
                format!("{text}\n{}", output.words.text("cli-setup-code", &[("url", &url), ("code", code)]));
            line["setup"] = json!({ "url": url, "code": code });
        }
        // That nobody reads it is no reason not to serve.
        let _: Result<Reader, Failure> = output.line(&text, &line);
    }))?
    .map_err(|error| failure(&error))?;
    Ok(Status::Good)
}

/// Prints a new access token.
pub(crate) fn token(args: Token, output: &Output) -> Result<Status, Failure> {
    let organization = args.organization.unwrap_or_else(|| after_at(&args.email).to_owned());
    let (database, key_file) = stored(&configuration(args.place)?)?;
    let token = run_async(account_service::token_from_cli(database, key_file, &args.email, &organization))?
        .map_err(|error| failure(&error))?;
    let token = token.expose();
    output.answer(
        &format!("{token}\n"),
        &json!({ "token": token, "email": args.email, "organization": organization }),
    )?;
    Ok(Status::Good)
}

fn after_at(email: &str) -> &str {
    email.rsplit('@').next().unwrap_or_default()
}

/// What arguments, environment and file say.
fn configuration(place: Place) -> Result<Configuration, Failure> {
    let wrong = |error: ConfigurationError| {
        Failure::unusable("service-configuration-invalid")
            .with("place", &error.place)
            .with("reason", &error.what)
    };
    let arguments = Configuration {
        data: place.data,
        database_url: place.database_url.map(Secret::new),
        database_url_file: place.database_url_file,
        key_file: place.key_file,
        ..Configuration::default()
    };
    // A variable that is not Unicode cannot be one of these.
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let environment = Configuration::from_environment(variables).map_err(wrong)?;
    let file = match &place.config {
        Some(file) => Configuration::from_file(file).map_err(wrong)?,
        None => Configuration::default(),
    };
    Ok(arguments.over(environment).over(file))
}

/// The database, and the file of the key where that is not beside it.
fn stored(configuration: &Configuration) -> Result<(Database, Option<PathBuf>), Failure> {
    let folder = if configuration.data.is_some() { PathBuf::new() } else { default_folder()? };
    configuration.database(&folder).map_err(|error| failure(&error))
}

/// Copies the database into a new file.
pub(crate) fn backup(args: Backup, output: &Output) -> Result<Status, Failure> {
    let (database, key_file) = stored(&configuration(args.place)?)?;
    let key = run_async(account_service::backup(&database, key_file, &args.file))?
        .map_err(|error| failure(&error))?;
    let (file, key) = (args.file.display().to_string(), key.display().to_string());
    let text = output.words.text("cli-backed-up", &[("file", &file), ("key", &key)]);
    output.answer(&format!("{text}\n"), &json!({ "file": file, "key_file": key }))?;
    Ok(Status::Good)
}

/// Prints the audit log of an account.
pub(crate) fn audit(args: Audit, output: &Output) -> Result<Status, Failure> {
    let (database, _) = stored(&configuration(args.place)?)?;
    let mut printed = Ok(Reader::Listening);
    if args.csv {
        printed = output::raw(&domain_check::csv_line(&[
            "at", "by", "action", "subject", "version", "before", "after",
        ]));
    }
    let value = |value: Option<&serde_json::Value>| value.map(ToString::to_string).unwrap_or_default();
    let take = |entry: &AuditEntry| {
        let cells = [
            entry.at.to_string(),
            entry.by.clone(),
            entry.action.clone(),
            entry.subject.clone().unwrap_or_default(),
            entry.version.to_string(),
            value(entry.before.as_ref()),
            value(entry.after.as_ref()),
        ];
        printed = if args.csv {
            output::raw(&domain_check::csv_line(&cells))
        } else {
            output.line(cells.join("  ").trim_end(), &json!(entry))
        };
        matches!(printed, Ok(Reader::Listening))
    };
    let known = run_async(account_service::audit_from_cli(&database, &args.account, take))?
        .map_err(|error| failure(&error))?;
    printed?;
    if known {
        Ok(Status::Good)
    } else {
        Err(Failure::unusable("service-account-unknown").with("account", args.account))
    }
}

/// Lists, makes and ends SCIM bearer tokens.
pub(crate) fn scim_token(args: ScimToken, output: &Output) -> Result<Status, Failure> {
    let (of, task) = match args {
        ScimToken::List(of) => (of, None),
        ScimToken::Issue(args) => {
            let keep_old_for = time::Duration::days(args.keep_old_for.into());
            (args.of, Some(TokenTask::Issue { keep_old_for }))
        }
        ScimToken::Revoke(args) => (args.of, Some(TokenTask::Revoke { hint: args.hint })),
    };
    let is_revocation = matches!(task, Some(TokenTask::Revoke { .. }));
    let OfAccount { place, account } = of;
    let (database, _) = stored(&configuration(place)?)?;
    let done = run_async(account_service::scim_tokens_from_cli(&database, &account, task))?
        .map_err(|error| failure(&error))?;
    let code = if is_revocation { "service-token-unknown" } else { "service-account-unknown" };
    let ScimTokens { issued, tokens } =
        done.ok_or_else(|| Failure::unusable(code).with("account", account))?;
    let token = issued.as_ref().map(|token| token.expose());
    let text = token.map_or_else(|| table(&rows(&tokens)), |token| format!("{token}\n"));
    output.answer(&text, &json!({ "token": token, "tokens": tokens }))?;
    Ok(Status::Good)
}

fn rows(tokens: &[account_service::ScimToken]) -> Vec<[String; 4]> {
    let moment = |at: Option<vocabulary::Timestamp>| at.map_or_else(|| "-".to_owned(), |at| at.to_string());
    let row = |token: &account_service::ScimToken| {
        let issued_at = token.issued_at.to_string();
        [format!("…{}", token.hint), issued_at, moment(token.used_at), moment(token.ends_at)]
    };
    let headings = ["token", "issued_at", "used_at", "ends_at"].map(str::to_owned);
    std::iter::once(headings).chain(tokens.iter().map(row)).collect()
}

fn default_folder() -> Result<PathBuf, Failure> {
    directories::ProjectDirs::from("", "", "signpost")
        .map(|dirs| dirs.data_local_dir().join("account-service"))
        .ok_or_else(|| Failure::environment("data-folder-unknown"))
}

fn log(json: bool) {
    let filter = EnvFilter::try_from_env(LOG_VARIABLE).unwrap_or_else(|_| EnvFilter::new(LOGGED));
    // A log that cannot be written must not end the service.
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .log_internal_errors(false);
    if json { builder.json().init() } else { builder.init() }
}

fn failure(error: &StartError) -> Failure {
    let at = |code, path: &std::path::Path| Failure::environment(code).with("path", path.display());
    match error {
        StartError::AddressInUse { address } => {
            Failure::environment("service-address-taken").with("address", address)
        }
        StartError::Listen { address, source } => {
            Failure::environment("service-cannot-listen").with("address", address).with("reason", source)
        }
        StartError::ReadOnly { path } => at("service-data-read-only", path),
        StartError::DiskFull { path } => at("service-data-disk-full", path),
        StartError::NewerSchema { path } => at("service-data-newer", path),
        StartError::Damaged { path } => at("service-data-damaged", path),
        StartError::Locked { path } => at("service-data-locked", path),
        StartError::UnknownDatabase => Failure::unusable("service-database-unknown"),
        StartError::InsecureDatabase => Failure::unusable("service-database-insecure"),
        StartError::ServerUnreachable { server, reason } => {
            Failure::environment("service-database-unreachable").with("server", server).with("reason", reason)
        }
        StartError::ServerRefused { server, reason } => {
            Failure::environment("service-database-refused").with("server", server).with("reason", reason)
        }
        StartError::ServerTooOld { server } => {
            Failure::environment("service-database-too-old").with("server", server)
        }
        StartError::HalfTls => Failure::unusable("service-tls-half"),
        StartError::Tls { path, reason } => at("service-tls-unusable", path).with("reason", reason),
        StartError::BackupByServer { server } => {
            Failure::unusable("service-backup-by-server").with("server", server)
        }
        StartError::BackupExists { path } => {
            Failure::unusable("service-backup-exists").with("path", path.display())
        }
        StartError::TokenOverlap => Failure::unusable("service-tokens-too-many"),
        StartError::OtherKey { path, server } => at("service-key-other", path).with("server", server),
        StartError::PublicUrl => Failure::unusable("service-public-url-invalid"),
        StartError::Email => Failure::unusable("service-email-invalid"),
        StartError::AccountName => Failure::unusable("service-organization-invalid"),
        other => Failure::environment("service-start-failed").with("reason", other),
    }
}

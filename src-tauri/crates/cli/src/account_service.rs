//! `signpost account-service`.

use crate::args::{Place, Serve, Token};
use crate::failure::{Failure, Status};
use crate::output::{Output, Reader};
use crate::runtime::{run_async, run_service};
use account_service::{Database, ServeOptions, StartError};
use serde_json::json;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

/// What is logged unless the environment variable says otherwise.
const LOGGED: &str = "info,sqlx=warn";

/// The environment variable with a filter of `tracing-subscriber`.
const LOG_VARIABLE: &str = "SIGNPOST_LOG";

/// The environment variable with the URL of the database, for one with a password.
const DATABASE_URL_VARIABLE: &str = "SIGNPOST_DATABASE_URL";

/// Serves until Ctrl-C or SIGTERM.
pub(crate) fn serve(args: Serve, output: &Output) -> Result<Status, Failure> {
    log(output.is_json());
    let (database, key_file) = stored(args.place)?;
    let options = ServeOptions {
        listen: args.listen,
        database,
        key_file,
        public_url: args.public_url,
        dns: args.start.config()?,
    };
    run_service(account_service::run_from_cli(options, |ready| {
        let address = ready.address.to_string();
        let text = output.words.text("cli-serving", &[("url", &ready.public_url), ("address", &address)]);
        // That nobody reads it is no reason not to serve.
        let _: Result<Reader, Failure> =
            output.line(&text, &json!({ "address": address, "public_url": ready.public_url }));
    }))?
    .map_err(|error| failure(&error))?;
    Ok(Status::Good)
}

/// Prints a new access token.
pub(crate) fn token(args: Token, output: &Output) -> Result<Status, Failure> {
    let organization = args.organization.unwrap_or_else(|| after_at(&args.email).to_owned());
    let (database, key_file) = stored(args.place)?;
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

/// The database, and the file of the key where that is not beside it.
fn stored(place: Place) -> Result<(Database, Option<PathBuf>), Failure> {
    let url = match (place.database_url, place.database_url_file) {
        (Some(url), _) => Some(url),
        (None, Some(file)) => {
            let text = std::fs::read_to_string(&file).map_err(|error| {
                Failure::unusable("input-unreadable").with("source", file.display()).with("reason", error)
            })?;
            Some(text.trim().to_owned())
        }
        (None, None) => std::env::var(DATABASE_URL_VARIABLE).ok().filter(|url| !url.is_empty()),
    };
    match url.map(|url| Database::from_url(&url)).transpose().map_err(|error| failure(&error))? {
        Some(server @ Database::Server(_)) => {
            let key = match (place.key_file, place.data) {
                (Some(file), _) => file,
                (None, data) => data.map_or_else(default_folder, Ok)?.join("account-service.saml-key.pem"),
            };
            Ok((server, Some(key)))
        }
        Some(file) => Ok((file, place.key_file)),
        None => Ok((Database::Directory(place.data.map_or_else(default_folder, Ok)?), place.key_file)),
    }
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
        StartError::OtherKey { path, server } => at("service-key-other", path).with("server", server),
        StartError::PublicUrl => Failure::unusable("service-public-url-invalid"),
        StartError::Email => Failure::unusable("service-email-invalid"),
        StartError::AccountName => Failure::unusable("service-organization-invalid"),
        other => Failure::environment("service-start-failed").with("reason", other),
    }
}

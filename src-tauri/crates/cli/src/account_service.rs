//! `signpost account-service`.

use crate::args::{Place, Serve, Token};
use crate::failure::{Failure, Status};
use crate::output::{Output, Reader};
use crate::runtime::{run_async, run_service};
use account_service::{Database, ServeOptions, StartError};
use serde_json::json;
use tracing_subscriber::EnvFilter;

/// What is logged unless the environment variable says otherwise.
const LOGGED: &str = "info,sqlx=warn";

/// The environment variable with a filter of `tracing-subscriber`.
const LOG_VARIABLE: &str = "SIGNPOST_LOG";

/// Serves until Ctrl-C or SIGTERM.
pub(crate) fn serve(args: Serve, output: &Output) -> Result<Status, Failure> {
    log(output.is_json());
    let options = ServeOptions {
        listen: args.listen,
        database: database(args.place)?,
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
    let database = database(args.place)?;
    let token = run_async(account_service::token_from_cli(database, &args.email, &organization))?
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

fn database(place: Place) -> Result<Database, Failure> {
    match (place.data, place.database_url) {
        (_, Some(url)) => Database::from_url(&url).ok_or_else(|| failure(&StartError::UnknownDatabase)),
        (Some(folder), None) => Ok(Database::Directory(folder)),
        (None, None) => directories::ProjectDirs::from("", "", "signpost")
            .map(|dirs| Database::Directory(dirs.data_local_dir().join("account-service")))
            .ok_or_else(|| Failure::environment("data-folder-unknown")),
    }
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
        StartError::PublicUrl => Failure::unusable("service-public-url-invalid"),
        StartError::Email => Failure::unusable("service-email-invalid"),
        StartError::AccountName => Failure::unusable("service-organization-invalid"),
        other => Failure::environment("service-start-failed").with("reason", other),
    }
}

//! Where the data of a test lie: a SQLite file of its own, or a database of its own on a PostgreSQL server.

use account_service::{Config, Database};
use std::path::PathBuf;
use tempfile::TempDir;

/// Names the server's URL up to the database's name; set by the test that runs all tests again on it.
pub(crate) const SERVER: &str = "ACCOUNT_SERVICE_TESTS_ON";

/// The database with the tables and nothing in them, which every test's is a copy of.
pub(crate) const TEMPLATE: &str = "template_of_tests";

/// The data of one test. A directory is removed with it, a database with the server.
pub(crate) struct Place {
    /// Of the SQLite file, and of the key.
    pub(crate) directory: TempDir,
    /// The URL of the database, when it is one of a server.
    server: Option<String>,
}

impl Place {
    /// A new place, of the kind that this run is about.
    pub(crate) async fn new() -> Self {
        let Some(server) = std::env::var_os(SERVER) else { return Self::file() };
        let server = server.into_string().unwrap();
        sqlx::any::install_default_drivers();
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        let admin = sqlx::AnyPool::connect(&format!("{server}postgres")).await.unwrap();
        let create = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}");
        sqlx::query(sqlx::AssertSqlSafe(create)).execute(&admin).await.unwrap();
        admin.close().await;
        Self { directory: tempfile::tempdir().unwrap(), server: Some(format!("{server}{name}")) }
    }

    /// A SQLite file in any case.
    pub(crate) fn file() -> Self {
        Self { directory: tempfile::tempdir().unwrap(), server: None }
    }

    /// Whether it is one of a SQLite file.
    pub(crate) const fn is_file(&self) -> bool {
        self.server.is_none()
    }

    /// Opens the service there.
    pub(crate) fn config(&self) -> Config {
        let directory = self.directory.path();
        match &self.server {
            None => Config::local(directory),
            Some(url) => Config {
                database: Database::from_url(url).unwrap(),
                key_file: Some(self.key_file()),
                ..Config::local("")
            },
        }
    }

    /// The file of the service's key.
    pub(crate) fn key_file(&self) -> PathBuf {
        self.directory.path().join("account-service.saml-key.pem")
    }

    /// The URL of the database, for looking at it beside the service.
    pub(crate) fn url(&self) -> String {
        let file = || format!("sqlite://{}", self.directory.path().join("account-service.sqlite").display());
        self.server.clone().unwrap_or_else(file)
    }

    /// All rows of all tables of a server's database, as text; a file can be read by itself.
    pub(crate) async fn rows(&self) -> String {
        let Some(url) = &self.server else { return String::new() };
        let database = sqlx::AnyPool::connect(url).await.unwrap();
        let sql = "SELECT coalesce(string_agg(query_to_xml(format('TABLE %I', tablename), true, false, '')::text, ''), '') \
            FROM pg_tables WHERE schemaname = 'public'";
        sqlx::query_scalar(sql).fetch_one(&database).await.unwrap()
    }
}

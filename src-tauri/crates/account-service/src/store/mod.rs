//! The database. Nothing outside this module writes SQL.
//!
//! - [`settings`]: what the steps write, one JSON document an account
//! - [`open`]: SQLite or PostgreSQL, with the schema brought up to date
//! - [`pool`]: the connections, and what is written through them
//! - [`writer`]: the one writer of a SQLite file, and who shares a commit
//! - [`change`]: compare the version, write and bump it in one transaction
//! - [`accounts`], [`people`], [`domains`], [`licence_keys`], [`scim_tokens`], [`scim_calls`], [`sign_in_tests`],
//!   [`sign_ins`], [`audit`], [`service_key`], [`kept_answers`]: the tables
//! - [`resources`], [`memberships`]: provisioned users and groups, and who is in which; [`arrivals`]: what is shown of them
//! - [`users`], [`attempts`], [`oauth`]: people with a password, their attempts to sign in, and their programs
//!
//! Statements are written once for both kinds of database; where their SQL differs, [`by_database`] chooses.

pub(crate) mod accounts;
pub(crate) mod arrivals;
pub(crate) mod attempts;
pub(crate) mod audit;
pub(crate) mod change;
pub(crate) mod domains;
pub(crate) mod kept_answers;
pub(crate) mod licence_keys;
pub(crate) mod memberships;
pub(crate) mod oauth;
mod open;
pub(crate) mod people;
mod pool;
pub(crate) mod resources;
pub(crate) mod scim_calls;
pub(crate) mod scim_tokens;
pub(crate) mod service_key;
pub(crate) mod settings;
pub(crate) mod sign_in_tests;
pub(crate) mod sign_ins;
pub(crate) mod user_list;
pub(crate) mod users;
mod writer;

use vocabulary::Timestamp;

pub(crate) use open::open;
pub(crate) use pool::{Part, Pool, Writing};
pub(crate) use writer::is_lost_together;

/// One of them.
pub(crate) type Connection = sqlx::AnyConnection;

/// A transaction that only reads, all of it from the same moment.
pub(crate) type Reading = sqlx::Transaction<'static, sqlx::Any>;

/// What a writing transaction has for itself until its end, on whichever node it runs. SQLite has one writer at a time,
/// who has everything.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Alone<'a> {
    /// All that belongs to one account.
    Account(&'a str),
    /// The accounts that one person makes.
    Person(&'a str),
    /// Who may sign in with a password, and who of them is an administrator.
    Users,
    /// Nothing: each statement says by itself whether it was the first, or changes one row without having read it.
    Rows,
}

/// Begins a transaction that writes, and has its commit for itself.
pub(crate) async fn writing(pool: &Pool, alone: Alone<'_>) -> sqlx::Result<Writing> {
    begin(pool, alone, false).await
}

/// Begins to write something that may share its commit with what others write at the same moment, for what comes often.
pub(crate) async fn part(pool: &Pool, alone: Alone<'_>) -> sqlx::Result<Part> {
    begin(pool, alone, true).await.map(Part)
}

/// As [`part`], with its commit for itself: for what was lost with others ([`is_lost_together`]).
pub(crate) async fn part_alone(pool: &Pool, alone: Alone<'_>) -> sqlx::Result<Part> {
    begin(pool, alone, false).await.map(Part)
}

async fn begin(pool: &Pool, alone: Alone<'_>, shares: bool) -> sqlx::Result<Writing> {
    let mut writing = pool.begin_writing(shares).await?;
    if !pool.is_server() {
        return Ok(writing);
    }
    let name = match alone {
        Alone::Account(account) => format!("account {account}"),
        Alone::Person(email) => format!("person {email}"),
        Alone::Users => "users".to_owned(),
        Alone::Rows => return Ok(writing),
    };
    // Two names with one hash wait for each other, no more. The lock ends with the transaction.
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind(name)
        .execute(&mut *writing)
        .await?;
    Ok(writing)
}

/// Begins a transaction that only reads.
pub(crate) async fn reading(pool: &Pool) -> sqlx::Result<Reading> {
    if pool.is_server() {
        pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await
    } else {
        pool.begin_with("BEGIN").await
    }
}

/// Begins what one node at a time does; `None` while another one does it. It lasts until the transaction is dropped.
pub(crate) async fn turn(pool: &Pool) -> sqlx::Result<Option<Reading>> {
    let mut turn = pool.begin_with("BEGIN").await?;
    if !pool.is_server() {
        return Ok(Some(turn));
    }
    let sql = "SELECT CASE WHEN pg_try_advisory_xact_lock(hashtextextended('upkeep', 0)) THEN 1 ELSE 0 END";
    let mine: i64 = sqlx::query_scalar(sql).fetch_one(&mut *turn).await?;
    Ok((mine == 1).then_some(turn))
}

/// Whether the database answers.
pub(crate) async fn probe(pool: &Pool) -> sqlx::Result<()> {
    sqlx::query("SELECT version FROM accounts LIMIT 1").fetch_optional(&**pool).await.map(|_| ())
}

/// The statement for this kind of database.
fn by_database(connection: &Connection, sqlite: &'static str, postgresql: &'static str) -> &'static str {
    if connection.backend_name() == "SQLite" { sqlite } else { postgresql }
}

/// A moment out of a column.
pub(crate) fn moment(seconds: i64) -> sqlx::Result<Timestamp> {
    Timestamp::from_unix(seconds)
        .ok_or_else(|| sqlx::Error::Decode("a moment outside the years 0 to 9999".into()))
}

/// A moment out of a column that may be empty.
pub(crate) fn moment_if(seconds: Option<i64>) -> sqlx::Result<Option<Timestamp>> {
    seconds.map(moment).transpose()
}

/// A number out of a column, where a negative one cannot be.
pub(crate) fn number<T: TryFrom<i64>>(value: i64) -> sqlx::Result<T> {
    T::try_from(value).map_err(|_| sqlx::Error::Decode("a number out of range".into()))
}

/// JSON out of a column.
pub(crate) fn json<T: serde::de::DeserializeOwned>(text: &str) -> sqlx::Result<T> {
    serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// JSON for a column.
pub(crate) fn json_text<T: serde::Serialize>(value: &T) -> sqlx::Result<String> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// What SQLite says it would do for a statement.
#[cfg(test)]
async fn plan(sql: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let pool = open(&crate::config::Database::Directory(folder.path().to_owned())).await.unwrap();
    let explain = format!("EXPLAIN QUERY PLAN {sql}");
    let steps: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(explain)).fetch_all(&*pool).await.unwrap();
    steps.into_iter().map(|step| step.3).collect()
}

//! Licence keys: their digests and last characters.

use super::{Writing, moment};
use account_api::LicenceKey;
use sqlx::{SqliteConnection, SqlitePool};

#[derive(sqlx::FromRow)]
struct Row {
    account: String,
    hint: String,
    name: Option<String>,
    per_user: bool,
    registered_at: i64,
}

/// The keys of an account, oldest first.
pub(crate) async fn of(pool: &SqlitePool, account: &str) -> sqlx::Result<Vec<LicenceKey>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT account, hint, name, per_user, registered_at FROM licence_keys WHERE account = ? \
         ORDER BY registered_at, digest",
    )
    .bind(account)
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(key).collect()
}

/// Whether the account has any.
pub(crate) async fn are_there(connection: &mut SqliteConnection, account: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM licence_keys WHERE account = ?)")
        .bind(account)
        .fetch_one(connection)
        .await
}

/// The key of that digest, and whose it is.
pub(crate) async fn find(writing: &mut Writing, digest: &[u8]) -> sqlx::Result<Option<(String, LicenceKey)>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT account, hint, name, per_user, registered_at FROM licence_keys WHERE digest = ?",
    )
    .bind(digest)
    .fetch_optional(&mut **writing)
    .await?;
    row.map(|row| Ok((row.account.clone(), key(row)?))).transpose()
}

/// Registers a key.
pub(crate) async fn add(
    writing: &mut Writing,
    account: &str,
    digest: &[u8],
    key: &LicenceKey,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO licence_keys (digest, account, hint, name, per_user, registered_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(digest)
    .bind(account)
    .bind(&key.hint)
    .bind(&key.name)
    .bind(key.per_user)
    .bind(key.registered_at.unix())
    .execute(&mut **writing)
    .await?;
    Ok(())
}

fn key(row: Row) -> sqlx::Result<LicenceKey> {
    let registered_at = moment(row.registered_at)?;
    Ok(LicenceKey { hint: row.hint, name: row.name, per_user: row.per_user, registered_at })
}

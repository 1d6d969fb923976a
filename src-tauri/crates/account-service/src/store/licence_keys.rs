//! Licence keys: their digests and last characters.

use super::{Connection, Pool, Writing, moment};
use account_api::LicenceKey;

#[derive(sqlx::FromRow)]
struct Row {
    account: String,
    hint: String,
    name: Option<String>,
    per_user: i64,
    registered_at: i64,
}

#[derive(sqlx::FromRow)]
struct Found {
    digest: Vec<u8>,
    #[sqlx(flatten)]
    row: Row,
}

/// The keys of an account, oldest first.
pub(crate) async fn of(pool: &Pool, account: &str) -> sqlx::Result<Vec<LicenceKey>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT account, hint, name, per_user, registered_at FROM licence_keys WHERE account = $1 \
         ORDER BY registered_at, digest",
    )
    .bind(account)
    .fetch_all(&**pool)
    .await?;
    rows.into_iter().map(key).collect()
}

/// What kind of keys an account has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    /// None at all.
    None,
    /// Some, but of no subscription that is licensed per user.
    NotPerUser,
    /// At least one of a subscription that is licensed per user.
    PerUser,
}

/// What kind of keys the account has.
pub(crate) async fn kind(connection: &mut Connection, account: &str) -> sqlx::Result<Keys> {
    let (all, per_user): (i64, i64) = sqlx::query_as(
        "SELECT count(*), count(CASE WHEN per_user = 1 THEN 1 END) FROM licence_keys WHERE account = $1",
    )
    .bind(account)
    .fetch_one(connection)
    .await?;
    Ok(match (all, per_user) {
        (0, _) => Keys::None,
        (_, 0) => Keys::NotPerUser,
        _ => Keys::PerUser,
    })
}

/// The key of that digest, and whose it is.
pub(crate) async fn find(writing: &mut Writing, digest: &[u8]) -> sqlx::Result<Option<(String, LicenceKey)>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT account, hint, name, per_user, registered_at FROM licence_keys WHERE digest = $1",
    )
    .bind(digest)
    .fetch_optional(&mut **writing)
    .await?;
    row.map(|row| Ok((row.account.clone(), key(row)?))).transpose()
}

/// The keys of an account that end with these characters, with their digests.
pub(crate) async fn ending(
    writing: &mut Writing,
    account: &str,
    hint: &str,
) -> sqlx::Result<Vec<(Vec<u8>, LicenceKey)>> {
    let rows: Vec<Found> = sqlx::query_as(
        "SELECT digest, account, hint, name, per_user, registered_at FROM licence_keys \
         WHERE account = $1 AND hint = $2",
    )
    .bind(account)
    .bind(hint)
    .fetch_all(&mut **writing)
    .await?;
    rows.into_iter().map(|Found { digest, row }| Ok((digest, key(row)?))).collect()
}

/// Takes a key away.
pub(crate) async fn remove(writing: &mut Writing, digest: &[u8]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM licence_keys WHERE digest = $1").bind(digest).execute(&mut **writing).await?;
    Ok(())
}

/// Registers a key, unless somebody has; whether it is new.
pub(crate) async fn add(
    writing: &mut Writing,
    account: &str,
    digest: &[u8],
    key: &LicenceKey,
) -> sqlx::Result<bool> {
    let added = sqlx::query(
        "INSERT INTO licence_keys (digest, account, hint, name, per_user, registered_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT DO NOTHING",
    )
    .bind(digest)
    .bind(account)
    .bind(&key.hint)
    .bind(&key.name)
    .bind(i64::from(key.per_user))
    .bind(key.registered_at.unix())
    .execute(&mut **writing)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Changes what was said of a key.
pub(crate) async fn set(writing: &mut Writing, digest: &[u8], key: &LicenceKey) -> sqlx::Result<()> {
    sqlx::query("UPDATE licence_keys SET name = $1, per_user = $2 WHERE digest = $3")
        .bind(&key.name)
        .bind(i64::from(key.per_user))
        .bind(digest)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

fn key(row: Row) -> sqlx::Result<LicenceKey> {
    let registered_at = moment(row.registered_at)?;
    Ok(LicenceKey { hint: row.hint, name: row.name, per_user: row.per_user != 0, registered_at })
}

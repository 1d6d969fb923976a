//! The bearer tokens of provisioning, one an account, and the newest request made with them.

use super::{Connection, Pool, Writing, moment, moment_if, number};
use account_api::{LastCall, ScimToken};
use vocabulary::Timestamp;

#[derive(sqlx::FromRow)]
struct TokenRow {
    hint: String,
    issued_at: i64,
    used_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct CallRow {
    at: i64,
    request: String,
    status: i64,
}

/// What may be known of the account's token.
pub(crate) async fn of(connection: &mut Connection, account: &str) -> sqlx::Result<Option<ScimToken>> {
    let row: Option<TokenRow> =
        sqlx::query_as("SELECT hint, issued_at, used_at FROM scim_tokens WHERE account = $1")
            .bind(account)
            .fetch_optional(connection)
            .await?;
    row.map(|row| {
        Ok(ScimToken { hint: row.hint, issued_at: moment(row.issued_at)?, used_at: moment_if(row.used_at)? })
    })
    .transpose()
}

/// Puts a new token in the place of the old one.
pub(crate) async fn replace(
    writing: &mut Writing,
    account: &str,
    digest: Vec<u8>,
    hint: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO scim_tokens (account, digest, hint, issued_at) VALUES ($1, $2, $3, $4) ON CONFLICT (account) \
         DO UPDATE SET digest = excluded.digest, hint = excluded.hint, issued_at = excluded.issued_at, used_at = NULL",
    )
        .bind(account)
        .bind(digest)
        .bind(hint)
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// The account whose token that is.
pub(crate) async fn account(pool: &Pool, digest: Vec<u8>) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT account FROM scim_tokens WHERE digest = $1")
        .bind(digest)
        .fetch_optional(pool)
        .await
}

/// Writes down the newest request.
pub(crate) async fn record(pool: &Pool, account: &str, digest: &[u8], call: &LastCall) -> sqlx::Result<()> {
    let mut writing = super::writing(pool, super::Alone::Rows).await?;
    sqlx::query("UPDATE scim_tokens SET used_at = $1 WHERE digest = $2")
        .bind(call.at.unix())
        .bind(digest)
        .execute(&mut *writing)
        .await?;
    sqlx::query(
        "INSERT INTO scim_calls (account, at, request, status) VALUES ($1, $2, $3, $4) ON CONFLICT (account) \
         DO UPDATE SET at = excluded.at, request = excluded.request, status = excluded.status",
    )
    .bind(account)
    .bind(call.at.unix())
    .bind(&call.request)
    .bind(i64::from(call.status))
    .execute(&mut *writing)
    .await?;
    writing.commit().await
}

/// The newest request.
pub(crate) async fn last_call(connection: &mut Connection, account: &str) -> sqlx::Result<Option<LastCall>> {
    let row: Option<CallRow> =
        sqlx::query_as("SELECT at, request, status FROM scim_calls WHERE account = $1")
            .bind(account)
            .fetch_optional(connection)
            .await?;
    row.map(|row| Ok(LastCall { at: moment(row.at)?, request: row.request, status: number(row.status)? }))
        .transpose()
}

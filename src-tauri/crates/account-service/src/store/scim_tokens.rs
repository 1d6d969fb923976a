//! The bearer tokens of provisioning, one an account.

use super::{Connection, Pool, Writing, json, moment, moment_if};
use crate::store::settings::Settings;
use account_api::ScimToken;
use vocabulary::Timestamp;

#[derive(sqlx::FromRow)]
struct TokenRow {
    hint: String,
    issued_at: i64,
    used_at: Option<i64>,
}

/// Whose token it is.
pub(crate) struct Holder {
    pub(crate) account: String,
    /// The token's last characters.
    pub(crate) hint: String,
    /// Whether provisioning is switched on.
    pub(crate) is_enabled: bool,
}

#[derive(sqlx::FromRow)]
struct HolderRow {
    account: String,
    hint: String,
    settings: String,
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

/// Whose token that is.
pub(crate) async fn holder(pool: &Pool, digest: &[u8]) -> sqlx::Result<Option<Holder>> {
    let row: Option<HolderRow> = sqlx::query_as(
        "SELECT account, hint, settings FROM scim_tokens JOIN accounts ON accounts.id = account WHERE digest = $1",
    )
    .bind(digest)
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let is_enabled = json::<Settings>(&row.settings)?.scim_enabled;
        Ok(Holder { account: row.account, hint: row.hint, is_enabled })
    })
    .transpose()
}

/// Writes down that a token was used.
pub(crate) async fn used(writing: &mut Writing, digest: &[u8], at: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE scim_tokens SET used_at = $1 WHERE digest = $2")
        .bind(at.unix())
        .bind(digest)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

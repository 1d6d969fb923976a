//! The bearer tokens of provisioning: of each account the current one, and those that were replaced and are still good.

use super::{Connection, Pool, Writing, json, moment, moment_if};
use crate::store::settings::Settings;
use account_api::ScimToken;
use vocabulary::Timestamp;

#[derive(sqlx::FromRow)]
struct TokenRow {
    hint: String,
    issued_at: i64,
    used_at: Option<i64>,
    ends_at: Option<i64>,
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

/// What may be known of the account's current token.
pub(crate) async fn current(connection: &mut Connection, account: &str) -> sqlx::Result<Option<ScimToken>> {
    let row: Option<TokenRow> = sqlx::query_as(
        "SELECT hint, issued_at, used_at, CAST(NULL AS BIGINT) AS ends_at FROM scim_tokens WHERE account = $1",
    )
    .bind(account)
    .fetch_optional(connection)
    .await?;
    row.map(token).transpose()
}

/// The tokens that were replaced, the newest first; also those whose time is over.
pub(crate) async fn old(connection: &mut Connection, account: &str) -> sqlx::Result<Vec<ScimToken>> {
    let rows: Vec<TokenRow> = sqlx::query_as(
        "SELECT hint, issued_at, used_at, ends_at FROM scim_old_tokens WHERE account = $1 \
         ORDER BY issued_at DESC, ends_at DESC, hint",
    )
    .bind(account)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(token).collect()
}

/// Puts a new token in the place of the current one, if there is one.
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

/// Keeps the current token good until then, for whoever replaces it.
pub(crate) async fn keep(writing: &mut Writing, account: &str, until: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO scim_old_tokens (digest, account, hint, issued_at, used_at, ends_at) \
         SELECT digest, account, hint, issued_at, used_at, $1 FROM scim_tokens WHERE account = $2",
    )
    .bind(until.unix())
    .bind(account)
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// Forgets the tokens whose time is over.
pub(crate) async fn forget_ended(writing: &mut Writing, account: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM scim_old_tokens WHERE account = $1 AND ends_at <= $2")
        .bind(account)
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Ends a token at once, the current one or one that was replaced; whether there was one with those last characters.
pub(crate) async fn revoke(writing: &mut Writing, account: &str, hint: &str) -> sqlx::Result<bool> {
    let mut revoked = 0;
    for statement in [
        "DELETE FROM scim_tokens WHERE account = $1 AND hint = $2",
        "DELETE FROM scim_old_tokens WHERE account = $1 AND hint = $2",
    ] {
        revoked +=
            sqlx::query(statement).bind(account).bind(hint).execute(&mut **writing).await?.rows_affected();
    }
    Ok(revoked > 0)
}

/// Whose token that is, while it is good.
pub(crate) async fn holder(pool: &Pool, digest: &[u8], now: Timestamp) -> sqlx::Result<Option<Holder>> {
    let row: Option<HolderRow> = sqlx::query_as(
        "SELECT token.account, token.hint, accounts.settings FROM \
         (SELECT account, hint FROM scim_tokens WHERE digest = $1 UNION ALL \
          SELECT account, hint FROM scim_old_tokens WHERE digest = $1 AND ends_at > $2) AS token \
         JOIN accounts ON accounts.id = token.account",
    )
    .bind(digest)
    .bind(now.unix())
    .fetch_optional(&**pool)
    .await?;
    row.map(|row| {
        let is_enabled = json::<Settings>(&row.settings)?.scim_enabled;
        Ok(Holder { account: row.account, hint: row.hint, is_enabled })
    })
    .transpose()
}

/// Writes down that a token was used.
pub(super) async fn used(writing: &mut Connection, digest: &[u8], at: Timestamp) -> sqlx::Result<()> {
    for statement in [
        "UPDATE scim_tokens SET used_at = $1 WHERE digest = $2",
        "UPDATE scim_old_tokens SET used_at = $1 WHERE digest = $2",
    ] {
        let used = sqlx::query(statement).bind(at.unix()).bind(digest).execute(&mut *writing).await?;
        if used.rows_affected() > 0 {
            break;
        }
    }
    Ok(())
}

fn token(row: TokenRow) -> sqlx::Result<ScimToken> {
    Ok(ScimToken {
        hint: row.hint,
        issued_at: moment(row.issued_at)?,
        used_at: moment_if(row.used_at)?,
        ends_at: moment_if(row.ends_at)?,
    })
}

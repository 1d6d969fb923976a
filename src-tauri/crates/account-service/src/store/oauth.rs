//! What programs were let do (RFC 6749): grants, and their codes and tokens as digests.

use super::{Connection, Pool, Writing};
use sqlx::Row as _;
use vocabulary::Timestamp;

/// One sign-in of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) client: String,
    pub(crate) scope: String,
}

/// An authorization code.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) grant: Grant,
    pub(crate) redirect_uri: String,
    /// The S256 challenge (RFC 7636, section 4.2).
    pub(crate) challenge: String,
    pub(crate) expires_at: i64,
    pub(crate) is_used: bool,
    pub(crate) is_over: bool,
}

/// A refresh token.
#[derive(Debug, Clone)]
pub(crate) struct Refresh {
    pub(crate) grant: Grant,
    pub(crate) expires_at: i64,
    pub(crate) used_at: Option<i64>,
    pub(crate) successor: Option<Vec<u8>>,
    pub(crate) is_over: bool,
}

/// Whether the user has let the program do that already.
pub(crate) async fn has_consented(
    connection: &mut Connection,
    (email, client, scope): (&str, &str, &str),
) -> sqlx::Result<bool> {
    let given: Option<i64> = sqlx::query_scalar(
        "SELECT given_at FROM oauth_consents WHERE email = $1 AND client = $2 AND scope = $3",
    )
    .bind(email)
    .bind(client)
    .bind(scope)
    .fetch_optional(connection)
    .await?;
    Ok(given.is_some())
}

/// Remembers what the user lets the program do.
pub(crate) async fn consent(
    writing: &mut Writing,
    (email, client, scope): (&str, &str, &str),
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO oauth_consents (email, client, scope, given_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(email)
    .bind(client)
    .bind(scope)
    .bind(now.unix())
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// Makes a grant, and forgets those that are long over.
pub(crate) async fn add_grant(
    writing: &mut Writing,
    grant: &Grant,
    (now, until): (Timestamp, Timestamp),
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM oauth_grants WHERE expires_at < $1")
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    sqlx::query(
        "INSERT INTO oauth_grants (id, email, client, scope, expires_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&grant.id)
    .bind(&grant.email)
    .bind(&grant.client)
    .bind(&grant.scope)
    .bind(until.unix())
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// Ends a grant with all of its tokens; whether it was alive.
pub(crate) async fn end_grant(writing: &mut Writing, id: &str, now: Timestamp) -> sqlx::Result<bool> {
    let ended = sqlx::query("UPDATE oauth_grants SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL")
        .bind(now.unix())
        .bind(id)
        .execute(&mut **writing)
        .await?;
    sqlx::query("DELETE FROM oauth_access_tokens WHERE granted = $1")
        .bind(id)
        .execute(&mut **writing)
        .await?;
    Ok(ended.rows_affected() == 1)
}

/// Ends every grant of a user.
pub(crate) async fn end_grants_of(writing: &mut Writing, email: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE oauth_grants SET ended_at = $1 WHERE email = $2 AND ended_at IS NULL")
        .bind(now.unix())
        .bind(email)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Keeps a code.
pub(crate) async fn add_code(
    writing: &mut Writing,
    digest: &[u8],
    grant: &str,
    (redirect_uri, challenge): (&str, &str),
    until: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO oauth_codes (digest, granted, redirect_uri, challenge, expires_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(digest)
    .bind(grant)
    .bind(redirect_uri)
    .bind(challenge)
    .bind(until.unix())
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// The code of that digest.
pub(crate) async fn code(connection: &mut Connection, digest: &[u8]) -> sqlx::Result<Option<Code>> {
    let row = sqlx::query(
        "SELECT oauth_grants.id, oauth_grants.email, oauth_grants.client, oauth_grants.scope, \
         oauth_grants.ended_at, oauth_codes.redirect_uri, oauth_codes.challenge, oauth_codes.expires_at, \
         oauth_codes.used_at FROM oauth_codes JOIN oauth_grants ON oauth_grants.id = oauth_codes.granted \
         WHERE oauth_codes.digest = $1",
    )
    .bind(digest)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Code {
            grant: Grant {
                id: row.try_get("id")?,
                email: row.try_get("email")?,
                client: row.try_get("client")?,
                scope: row.try_get("scope")?,
            },
            redirect_uri: row.try_get("redirect_uri")?,
            challenge: row.try_get("challenge")?,
            expires_at: row.try_get("expires_at")?,
            is_used: row.try_get::<Option<i64>, _>("used_at")?.is_some(),
            is_over: row.try_get::<Option<i64>, _>("ended_at")?.is_some(),
        })
    })
    .transpose()
}

/// Uses a code up; whether this was the first time.
pub(crate) async fn use_code(writing: &mut Writing, digest: &[u8], now: Timestamp) -> sqlx::Result<bool> {
    let used = sqlx::query("UPDATE oauth_codes SET used_at = $1 WHERE digest = $2 AND used_at IS NULL")
        .bind(now.unix())
        .bind(digest)
        .execute(&mut **writing)
        .await?;
    Ok(used.rows_affected() == 1)
}

/// Keeps an access token, and forgets those of the grant that are over.
pub(crate) async fn add_access_token(
    writing: &mut Writing,
    digest: &[u8],
    (grant, scope): (&str, &str),
    (now, until): (Timestamp, Timestamp),
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM oauth_access_tokens WHERE granted = $1 AND expires_at < $2")
        .bind(grant)
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    sqlx::query(
        "INSERT INTO oauth_access_tokens (digest, granted, scope, expires_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(digest)
    .bind(grant)
    .bind(scope)
    .bind(until.unix())
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// Whose access token that is, and what it may be used for.
pub(crate) async fn access(
    pool: &Pool,
    digest: &[u8],
    now: Timestamp,
) -> sqlx::Result<Option<(String, String)>> {
    sqlx::query_as(
        "SELECT oauth_grants.email, oauth_access_tokens.scope FROM oauth_access_tokens \
         JOIN oauth_grants ON oauth_grants.id = oauth_access_tokens.granted \
         WHERE oauth_access_tokens.digest = $1 AND oauth_access_tokens.expires_at > $2 \
         AND oauth_grants.ended_at IS NULL",
    )
    .bind(digest)
    .bind(now.unix())
    .fetch_optional(&**pool)
    .await
}

/// The grant that an access or a refresh token belongs to.
pub(crate) async fn grant_of(connection: &mut Connection, digest: &[u8]) -> sqlx::Result<Option<Grant>> {
    let row: Option<(String, String, String, String)> = sqlx::query_as(
        "SELECT id, email, client, scope FROM oauth_grants WHERE id IN \
         (SELECT granted FROM oauth_access_tokens WHERE digest = $1 \
         UNION SELECT granted FROM oauth_refresh_tokens WHERE digest = $1)",
    )
    .bind(digest)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(id, email, client, scope)| Grant { id, email, client, scope }))
}

/// Keeps a refresh token.
pub(crate) async fn add_refresh_token(
    writing: &mut Writing,
    digest: &[u8],
    grant: &str,
    until: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO oauth_refresh_tokens (digest, granted, expires_at) VALUES ($1, $2, $3)")
        .bind(digest)
        .bind(grant)
        .bind(until.unix())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// The refresh token of that digest, which nobody else uses until the transaction ends.
pub(crate) async fn refresh(writing: &mut Writing, digest: &[u8]) -> sqlx::Result<Option<Refresh>> {
    sqlx::query("UPDATE oauth_refresh_tokens SET expires_at = expires_at WHERE digest = $1")
        .bind(digest)
        .execute(&mut **writing)
        .await?;
    let row = sqlx::query(
        "SELECT oauth_grants.id, oauth_grants.email, oauth_grants.client, oauth_grants.scope, \
         oauth_grants.ended_at, oauth_refresh_tokens.expires_at, oauth_refresh_tokens.used_at, \
         oauth_refresh_tokens.successor FROM oauth_refresh_tokens \
         JOIN oauth_grants ON oauth_grants.id = oauth_refresh_tokens.granted WHERE oauth_refresh_tokens.digest = $1",
    )
    .bind(digest)
    .fetch_optional(&mut **writing)
    .await?;
    row.map(|row| {
        Ok(Refresh {
            grant: Grant {
                id: row.try_get("id")?,
                email: row.try_get("email")?,
                client: row.try_get("client")?,
                scope: row.try_get("scope")?,
            },
            expires_at: row.try_get("expires_at")?,
            used_at: row.try_get("used_at")?,
            successor: row.try_get("successor")?,
            is_over: row.try_get::<Option<i64>, _>("ended_at")?.is_some(),
        })
    })
    .transpose()
}

/// Uses a refresh token up for a successor; whether this was the first time.
pub(crate) async fn use_refresh_token(
    writing: &mut Writing,
    digest: &[u8],
    successor: &[u8],
    now: Timestamp,
) -> sqlx::Result<bool> {
    let used = sqlx::query(
        "UPDATE oauth_refresh_tokens SET used_at = $1, successor = $2 WHERE digest = $3 AND used_at IS NULL",
    )
    .bind(now.unix())
    .bind(successor)
    .bind(digest)
    .execute(&mut **writing)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Gives a used refresh token another successor in place of one that was never used; whether it was so. Whoever comes
/// with the old successor after that comes with a used token; what was given out with it is void at once.
pub(crate) async fn replace_successor(
    writing: &mut Writing,
    (digest, grant): (&[u8], &str),
    (old, new): (&[u8], &[u8]),
    now: Timestamp,
) -> sqlx::Result<bool> {
    let unused =
        sqlx::query("UPDATE oauth_refresh_tokens SET used_at = $1 WHERE digest = $2 AND used_at IS NULL")
            .bind(now.unix())
            .bind(old)
            .execute(&mut **writing)
            .await?;
    if unused.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("DELETE FROM oauth_access_tokens WHERE granted = $1")
        .bind(grant)
        .execute(&mut **writing)
        .await?;
    sqlx::query("UPDATE oauth_refresh_tokens SET successor = $1 WHERE digest = $2")
        .bind(new)
        .bind(digest)
        .execute(&mut **writing)
        .await?;
    Ok(true)
}

//! Users, their accounts and their access tokens.

use super::{Alone, Connection, Pool, Writing, moment_if};
use account_api::User;
use vocabulary::Timestamp;

/// A sign-in is written down at most this often, in seconds: reading must not become writing.
const SIGN_IN_GRAIN: i64 = 60;

/// Whether somebody has signed in, and may.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Login {
    pub(crate) signed_in_at: Option<Timestamp>,
    pub(crate) is_disabled: bool,
}

#[derive(sqlx::FromRow)]
struct UserRow {
    email: String,
    signed_in_at: Option<i64>,
}

/// Makes sure that there is such a person.
pub(crate) async fn add(connection: &mut Connection, email: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO people (email) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind(email)
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes the person a user of the account; whether they were not before.
pub(crate) async fn add_member(
    writing: &mut Writing,
    account: &str,
    email: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    add(&mut *writing, email).await?;
    let added = sqlx::query(
        "INSERT INTO members (account, email, added_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(account)
    .bind(email)
    .bind(now.unix())
    .execute(&mut **writing)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Takes somebody out of the users of the account.
pub(crate) async fn remove_member(writing: &mut Writing, account: &str, email: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM members WHERE account = $1 AND email = $2")
        .bind(account)
        .bind(email)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Whether the account has another user than this one.
pub(crate) async fn has_other_member(
    connection: &mut Connection,
    account: &str,
    email: &str,
) -> sqlx::Result<bool> {
    let other: Option<String> =
        sqlx::query_scalar("SELECT email FROM members WHERE account = $1 AND email <> $2 LIMIT 1")
            .bind(account)
            .bind(email)
            .fetch_optional(connection)
            .await?;
    Ok(other.is_some())
}

/// The users of an account, by e-mail address.
pub(crate) async fn of(pool: &Pool, account: &str) -> sqlx::Result<Vec<User>> {
    let rows: Vec<UserRow> = sqlx::query_as(
        "SELECT email, signed_in_at FROM people JOIN members USING (email) WHERE account = $1 ORDER BY email",
    )
    .bind(account)
    .fetch_all(&**pool)
    .await?;
    rows.into_iter().map(user).collect()
}

/// That user of the account.
pub(crate) async fn member(
    connection: &mut Connection,
    account: &str,
    email: &str,
) -> sqlx::Result<Option<User>> {
    let row: Option<UserRow> = sqlx::query_as(
        "SELECT email, signed_in_at FROM people JOIN members USING (email) WHERE account = $1 AND email = $2",
    )
    .bind(account)
    .bind(email)
    .fetch_optional(connection)
    .await?;
    row.map(user).transpose()
}

/// How the person signs in. Somebody without a password cannot be disabled.
pub(crate) async fn login(connection: &mut Connection, email: &str) -> sqlx::Result<Login> {
    let row: Option<(Option<i64>, Option<i64>)> = sqlx::query_as(
        "SELECT signed_in_at, disabled_at FROM people LEFT JOIN passwords USING (email) WHERE email = $1",
    )
    .bind(email)
    .fetch_optional(connection)
    .await?;
    let (signed_in_at, disabled_at) = row.unwrap_or_default();
    Ok(Login { signed_in_at: moment_if(signed_in_at)?, is_disabled: disabled_at.is_some() })
}

/// Writes down that the person signed in.
pub(crate) async fn signed_in(writing: &mut Writing, email: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE people SET signed_in_at = $1 WHERE email = $2")
        .bind(now.unix())
        .bind(email)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Keeps an access token's digest.
pub(crate) async fn add_token(
    writing: &mut Writing,
    digest: Vec<u8>,
    email: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    add(&mut *writing, email).await?;
    sqlx::query("INSERT INTO access_tokens (digest, email, issued_at) VALUES ($1, $2, $3)")
        .bind(digest)
        .bind(email)
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Whose access token that is; nobody's when they are disabled. Using it counts as signing in.
pub(crate) async fn sign_in(pool: &Pool, digest: Vec<u8>, now: Timestamp) -> sqlx::Result<Option<String>> {
    let row: Option<UserRow> = sqlx::query_as(
        "SELECT email, signed_in_at FROM people JOIN access_tokens USING (email) WHERE digest = $1 \
         AND NOT EXISTS (SELECT 1 FROM passwords WHERE passwords.email = people.email AND disabled_at IS NOT NULL)",
    )
    .bind(digest)
    .fetch_optional(&**pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.signed_in_at.is_none_or(|at| now.unix() - at >= SIGN_IN_GRAIN) {
        let mut writing = super::writing(pool, Alone::Rows).await?;
        sqlx::query("UPDATE people SET signed_in_at = $1 WHERE email = $2")
            .bind(now.unix())
            .bind(&row.email)
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
    }
    Ok(Some(row.email))
}

fn user(row: UserRow) -> sqlx::Result<User> {
    Ok(User { email: row.email, signed_in_at: moment_if(row.signed_in_at)? })
}

//! People with a password: who they are, how they became one, and the browsers they are signed in with.

use super::{Connection, Pool, Writing, people};
use sqlx::Row as _;
use vocabulary::Timestamp;

/// So long a browser is known after the last sign-in in it, in seconds.
pub(crate) const KNOWN: i64 = 365 * 24 * 3600;

/// What a user may do at the service as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// May invite others.
    Administrator,
    /// May use the accounts that they are a user of, and make their own.
    User,
}

/// Somebody who signs in with a password.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// An Argon2id string.
    pub(crate) password: String,
    /// Whether an administrator has closed the service to them.
    pub(crate) is_disabled: bool,
}

/// Somebody who may become a user, or who is one and may choose a new password.
#[derive(Debug, Clone)]
pub(crate) struct Invitation {
    pub(crate) email: String,
    pub(crate) role: Role,
}

impl Role {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::User => "user",
        }
    }

    pub(crate) fn of(text: &str) -> Self {
        if text == "administrator" { Self::Administrator } else { Self::User }
    }
}

/// Whether anybody has a password yet.
pub(crate) async fn are_there(connection: &mut Connection) -> sqlx::Result<bool> {
    let one: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM passwords LIMIT 1").fetch_optional(connection).await?;
    Ok(one.is_some())
}

/// The user of that address.
pub(crate) async fn find(connection: &mut Connection, email: &str) -> sqlx::Result<Option<User>> {
    let row = sqlx::query("SELECT email, name, role, password, disabled_at FROM passwords WHERE email = $1")
        .bind(email)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        let role: String = row.try_get("role")?;
        Ok(User {
            email: row.try_get("email")?,
            name: row.try_get("name")?,
            role: Role::of(&role),
            password: row.try_get("password")?,
            is_disabled: row.try_get::<Option<i64>, _>("disabled_at")?.is_some(),
        })
    })
    .transpose()
}

/// Makes a user; whether there was none of that address.
pub(crate) async fn add(writing: &mut Writing, user: &User, now: Timestamp) -> sqlx::Result<bool> {
    people::add(&mut *writing, &user.email).await?;
    let added = sqlx::query(
        "INSERT INTO passwords (email, name, role, password, changed_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(&user.email)
    .bind(&user.name)
    .bind(user.role.as_str())
    .bind(&user.password)
    .bind(now.unix())
    .execute(&mut **writing)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Another password for a user; every browser is signed out.
pub(crate) async fn change_password(
    writing: &mut Writing,
    email: &str,
    password: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE passwords SET password = $1, changed_at = $2 WHERE email = $3")
        .bind(password)
        .bind(now.unix())
        .bind(email)
        .execute(&mut **writing)
        .await?;
    forget_browsers(writing, email).await
}

/// Signs every browser of a user out, and knows none of them any more.
pub(crate) async fn forget_browsers(writing: &mut Writing, email: &str) -> sqlx::Result<()> {
    for table in ["page_sessions", "known_browsers"] {
        let statement = format!("DELETE FROM {table} WHERE email = $1");
        sqlx::query(sqlx::AssertSqlSafe(statement)).bind(email).execute(&mut **writing).await?;
    }
    Ok(())
}

/// Keeps a setup code's digest.
pub(crate) async fn add_setup_code(writing: &mut Writing, digest: &[u8], now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO setup_codes (digest, issued_at) VALUES ($1, $2)")
        .bind(digest)
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Whether that is a setup code.
pub(crate) async fn is_setup_code(connection: &mut Connection, digest: &[u8]) -> sqlx::Result<bool> {
    let found: Option<i64> = sqlx::query_scalar("SELECT issued_at FROM setup_codes WHERE digest = $1")
        .bind(digest)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

/// Uses a setup code up, and all others with it; whether it was one.
pub(crate) async fn use_setup_code(writing: &mut Writing, digest: &[u8]) -> sqlx::Result<bool> {
    // The row is taken away before the others, so that of two users of one code one is refused on every database.
    let used =
        sqlx::query("DELETE FROM setup_codes WHERE digest = $1").bind(digest).execute(&mut **writing).await?;
    sqlx::query("DELETE FROM setup_codes").execute(&mut **writing).await?;
    Ok(used.rows_affected() == 1)
}

/// Keeps an invitation; an earlier one of that address is void.
pub(crate) async fn invite(
    writing: &mut Writing,
    digest: &[u8],
    invitation: &Invitation,
    by: &str,
    until: Timestamp,
) -> sqlx::Result<()> {
    withdraw(writing, &invitation.email).await?;
    sqlx::query(
        "INSERT INTO invitations (digest, email, role, invited_by, expires_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(digest)
    .bind(&invitation.email)
    .bind(invitation.role.as_str())
    .bind(by)
    .bind(until.unix())
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// Makes the link of that address void; whether there was one.
pub(crate) async fn withdraw(writing: &mut Writing, email: &str) -> sqlx::Result<bool> {
    let gone =
        sqlx::query("DELETE FROM invitations WHERE email = $1").bind(email).execute(&mut **writing).await?;
    Ok(gone.rows_affected() > 0)
}

/// The invitation of that digest, while it lasts.
pub(crate) async fn invitation(
    connection: &mut Connection,
    digest: &[u8],
    now: Timestamp,
) -> sqlx::Result<Option<Invitation>> {
    let row: Option<(String, String)> =
        sqlx::query_as("SELECT email, role FROM invitations WHERE digest = $1 AND expires_at > $2")
            .bind(digest)
            .bind(now.unix())
            .fetch_optional(connection)
            .await?;
    Ok(row.map(|(email, role)| Invitation { email, role: Role::of(&role) }))
}

/// Uses an invitation up; whether it was there to be used.
pub(crate) async fn use_invitation(writing: &mut Writing, digest: &[u8]) -> sqlx::Result<bool> {
    let used =
        sqlx::query("DELETE FROM invitations WHERE digest = $1").bind(digest).execute(&mut **writing).await?;
    Ok(used.rows_affected() == 1)
}

/// Signs a browser in.
pub(crate) async fn add_session(
    writing: &mut Writing,
    digest: &[u8],
    email: &str,
    (now, until): (Timestamp, Timestamp),
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM page_sessions WHERE expires_at < $1")
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    sqlx::query("INSERT INTO page_sessions (digest, email, expires_at) VALUES ($1, $2, $3)")
        .bind(digest)
        .bind(email)
        .bind(until.unix())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Who is signed in in that browser.
pub(crate) async fn session(pool: &Pool, digest: &[u8], now: Timestamp) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT email FROM page_sessions WHERE digest = $1 AND expires_at > $2")
        .bind(digest)
        .bind(now.unix())
        .fetch_optional(&**pool)
        .await
}

/// Signs a browser out.
pub(crate) async fn end_session(writing: &mut Writing, digest: &[u8]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM page_sessions WHERE digest = $1").bind(digest).execute(&mut **writing).await?;
    Ok(())
}

/// Whether that user has signed in in that browser before.
pub(crate) async fn knows_browser(
    connection: &mut Connection,
    digest: &[u8],
    email: &str,
) -> sqlx::Result<bool> {
    let seen: Option<i64> =
        sqlx::query_scalar("SELECT seen_at FROM known_browsers WHERE digest = $1 AND email = $2")
            .bind(digest)
            .bind(email)
            .fetch_optional(connection)
            .await?;
    Ok(seen.is_some())
}

/// Knows a browser under a new secret, for that user and for those who signed in in it before.
pub(crate) async fn know_browser(
    writing: &mut Writing,
    (old, new): (Option<&[u8]>, &[u8]),
    email: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM known_browsers WHERE seen_at < $1")
        .bind(now.unix() - KNOWN)
        .execute(&mut **writing)
        .await?;
    if let Some(old) = old {
        sqlx::query("DELETE FROM known_browsers WHERE digest = $1 AND email = $2")
            .bind(old)
            .bind(email)
            .execute(&mut **writing)
            .await?;
        sqlx::query("UPDATE known_browsers SET digest = $1 WHERE digest = $2")
            .bind(new)
            .bind(old)
            .execute(&mut **writing)
            .await?;
    }
    sqlx::query("INSERT INTO known_browsers (digest, email, seen_at) VALUES ($1, $2, $3)")
        .bind(new)
        .bind(email)
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

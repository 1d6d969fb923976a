//! Authentication requests under way, assertions that were used, and browsers that are signed in.

use super::{Connection, Writing, moment};
use account_api::SignInRole;
use vocabulary::Timestamp;

/// An authentication request (SAML Core 3.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredRequest {
    /// Its ID, which the answer names.
    pub(crate) id: String,
    /// The sign-in test that it belongs to.
    pub(crate) test: Option<String>,
    /// Until when an answer is taken.
    pub(crate) expires_at: Timestamp,
    /// Whether it was answered.
    pub(crate) is_answered: bool,
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) account: String,
    pub(crate) email: String,
    pub(crate) role: SignInRole,
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    /// The same in the identity provider's words; none for a session from before they were kept.
    pub(crate) named: Option<NamedSession>,
}

/// A session in the words of the identity provider, which it is ended by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedSession {
    /// The NameID of the user.
    pub(crate) name_id: String,
    /// Its format, an URI.
    pub(crate) format: Option<String>,
    /// The name of the session.
    pub(crate) index: Option<String>,
}

/// A session that the identity provider names.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct EndingSession {
    pub(crate) digest: Vec<u8>,
    pub(crate) email: String,
    session_index: Option<String>,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    account: String,
    email: String,
    role: String,
    issued_at: i64,
    expires_at: i64,
    name_id: Option<String>,
    name_id_format: Option<String>,
    session_index: Option<String>,
}

#[derive(sqlx::FromRow)]
struct RequestRow {
    id: String,
    test: Option<String>,
    expires_at: i64,
    is_answered: i64,
}

/// Writes down a request of a browser, and forgets those that are long over.
pub(crate) async fn add_request(
    writing: &mut Writing,
    account: &str,
    browser: &[u8],
    request: &StoredRequest,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sign_in_requests WHERE expires_at < $1")
        .bind(now.unix() - 3600)
        .execute(&mut **writing)
        .await?;
    sqlx::query(
        "INSERT INTO sign_in_requests (id, account, browser, test, sent_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&request.id)
    .bind(account)
    .bind(browser)
    .bind(&request.test)
    .bind(now.unix())
    .bind(request.expires_at.unix())
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// The requests of a browser, newest first.
pub(crate) async fn requests_of(
    connection: &mut Connection,
    account: &str,
    browser: &[u8],
) -> sqlx::Result<Vec<StoredRequest>> {
    let rows: Vec<RequestRow> = sqlx::query_as(
        "SELECT id, test, expires_at, CASE WHEN answered_at IS NULL THEN 0 ELSE 1 END AS is_answered FROM sign_in_requests \
         WHERE account = $1 AND browser = $2 ORDER BY rowid DESC",
    )
    .bind(account)
    .bind(browser)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(request).collect()
}

/// The request of that ID, whichever browser it was sent with.
pub(crate) async fn find_request(
    connection: &mut Connection,
    account: &str,
    id: &str,
) -> sqlx::Result<Option<StoredRequest>> {
    let row: Option<RequestRow> = sqlx::query_as(
        "SELECT id, test, expires_at, CASE WHEN answered_at IS NULL THEN 0 ELSE 1 END AS is_answered FROM sign_in_requests \
         WHERE account = $1 AND id = $2",
    )
    .bind(account)
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.map(request).transpose()
}

/// Uses a request up; whether it was there to be used.
pub(crate) async fn use_request(writing: &mut Writing, id: &str, now: Timestamp) -> sqlx::Result<bool> {
    let used = sqlx::query(
        "UPDATE sign_in_requests SET answered_at = $1 WHERE id = $2 AND answered_at IS NULL AND expires_at > $1",
    )
    .bind(now.unix())
    .bind(id)
    .execute(&mut **writing)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Uses an assertion up (SAML Profiles 4.1.4.5); whether it is the first time.
pub(crate) async fn use_assertion(
    writing: &mut Writing,
    account: &str,
    (issuer, id): (&str, &str),
    until: Timestamp,
    now: Timestamp,
) -> sqlx::Result<bool> {
    sqlx::query("DELETE FROM used_assertions WHERE until < $1")
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    let first = sqlx::query(
        "INSERT INTO used_assertions (account, issuer, id, until) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(account)
    .bind(issuer)
    .bind(id)
    .bind(until.unix())
    .execute(&mut **writing)
    .await?;
    Ok(first.rows_affected() == 1)
}

/// Signs a browser in.
pub(crate) async fn add_session(writing: &mut Writing, digest: &[u8], session: &Session) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sessions WHERE expires_at < $1")
        .bind(session.issued_at.unix())
        .execute(&mut **writing)
        .await?;
    sqlx::query(
        "INSERT INTO sessions (digest, account, email, role, issued_at, expires_at, name_id, name_id_format, session_index) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(digest)
    .bind(&session.account)
    .bind(&session.email)
    .bind(role_text(session.role))
    .bind(session.issued_at.unix())
    .bind(session.expires_at.unix())
    .bind(session.named.as_ref().map(|named| &named.name_id))
    .bind(session.named.as_ref().and_then(|named| named.format.as_ref()))
    .bind(session.named.as_ref().and_then(|named| named.index.as_ref()))
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// The sessions of that name, while they last; with indexes, those that have one of them or none.
pub(crate) async fn named(
    writing: &mut Writing,
    account: &str,
    name_id: &str,
    indexes: &[String],
    now: Timestamp,
) -> sqlx::Result<Vec<EndingSession>> {
    let mut found: Vec<EndingSession> = sqlx::query_as(
        "SELECT digest, email, session_index FROM sessions WHERE account = $1 AND name_id = $2 AND expires_at > $3",
    )
    .bind(account)
    .bind(name_id)
    .bind(now.unix())
    .fetch_all(&mut **writing)
    .await?;
    found.retain(|one| {
        indexes.is_empty() || one.session_index.as_ref().is_none_or(|index| indexes.contains(index))
    });
    Ok(found)
}

/// Writes down a request for signing out, and forgets those that were never answered.
pub(crate) async fn add_sign_out(
    writing: &mut Writing,
    (account, id): (&str, &str),
    expires_at: Timestamp,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sign_out_requests WHERE expires_at < $1")
        .bind(now.unix())
        .execute(&mut **writing)
        .await?;
    sqlx::query("INSERT INTO sign_out_requests (id, account, expires_at) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(account)
        .bind(expires_at.unix())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Uses such a request up; whether it was there to be answered.
pub(crate) async fn use_sign_out(
    writing: &mut Writing,
    (account, id): (&str, &str),
    now: Timestamp,
) -> sqlx::Result<bool> {
    let used =
        sqlx::query("DELETE FROM sign_out_requests WHERE account = $1 AND id = $2 AND expires_at > $3")
            .bind(account)
            .bind(id)
            .bind(now.unix())
            .execute(&mut **writing)
            .await?;
    Ok(used.rows_affected() == 1)
}

/// Signs a browser out.
pub(crate) async fn end_session(writing: &mut Writing, digest: &[u8]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sessions WHERE digest = $1").bind(digest).execute(&mut **writing).await?;
    Ok(())
}

/// The session of that browser, while it lasts.
pub(crate) async fn session(
    connection: &mut Connection,
    digest: &[u8],
    now: Timestamp,
) -> sqlx::Result<Option<Session>> {
    let row: Option<SessionRow> = sqlx::query_as(
        "SELECT account, email, role, issued_at, expires_at, name_id, name_id_format, session_index FROM sessions \
         WHERE digest = $1 AND expires_at > $2",
    )
    .bind(digest)
    .bind(now.unix())
    .fetch_optional(connection)
    .await?;
    row.map(read_session).transpose()
}

fn read_session(row: SessionRow) -> sqlx::Result<Session> {
    let role = if row.role == "administrator" { SignInRole::Administrator } else { SignInRole::User };
    let (format, index) = (row.name_id_format, row.session_index);
    Ok(Session {
        account: row.account,
        email: row.email,
        role,
        issued_at: moment(row.issued_at)?,
        expires_at: moment(row.expires_at)?,
        named: row.name_id.map(|name_id| NamedSession { name_id, format, index }),
    })
}

fn role_text(role: SignInRole) -> &'static str {
    match role {
        SignInRole::Administrator => "administrator",
        SignInRole::User => "user",
    }
}

fn request(row: RequestRow) -> sqlx::Result<StoredRequest> {
    let expires_at = moment(row.expires_at)?;
    Ok(StoredRequest { id: row.id, test: row.test, expires_at, is_answered: row.is_answered != 0 })
}

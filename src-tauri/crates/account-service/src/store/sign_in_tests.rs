//! Sign-in tests: one watched sign-in each.

use super::{Connection, Writing, json, json_text, moment, moment_if};
use account_api::{RequiredClaim, SignInAnswer, SignInPurpose};
use vocabulary::Timestamp;

/// So many tests of an account are kept.
const KEPT: i64 = 20;

/// A test as the database has it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredTest {
    pub(crate) id: String,
    pub(crate) account: String,
    pub(crate) purpose: SignInPurpose,
    pub(crate) started_by: String,
    pub(crate) started_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) claims: Vec<RequiredClaim>,
    /// When a browser opened it.
    pub(crate) opened_at: Option<Timestamp>,
    pub(crate) answer: Option<SignInAnswer>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    account: String,
    purpose: String,
    started_by: String,
    started_at: i64,
    expires_at: i64,
    claims: String,
    opened_at: Option<i64>,
    answer: Option<String>,
}

/// Begins a test; the oldest ones of the account make room.
pub(crate) async fn add(writing: &mut Writing, test: &StoredTest, opener: &[u8]) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO sign_in_tests (id, account, purpose, started_by, started_at, expires_at, claims, opener) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&test.id)
    .bind(&test.account)
    .bind(purpose_text(test.purpose))
    .bind(&test.started_by)
    .bind(test.started_at.unix())
    .bind(test.expires_at.unix())
    .bind(json_text(&test.claims)?)
    .bind(opener)
    .execute(&mut **writing)
    .await?;
    sqlx::query(
        "DELETE FROM sign_in_tests WHERE account = $1 AND id NOT IN \
         (SELECT id FROM sign_in_tests WHERE account = $1 ORDER BY rowid DESC LIMIT $2)",
    )
    .bind(&test.account)
    .bind(KEPT)
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// The tests of an account, newest first.
pub(crate) async fn of(connection: &mut Connection, account: &str) -> sqlx::Result<Vec<StoredTest>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, account, purpose, started_by, started_at, expires_at, claims, opened_at, answer \
         FROM sign_in_tests WHERE account = $1 ORDER BY rowid DESC",
    )
    .bind(account)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(stored).collect()
}

/// That test of the account.
pub(crate) async fn find(
    connection: &mut Connection,
    account: &str,
    id: &str,
) -> sqlx::Result<Option<StoredTest>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, account, purpose, started_by, started_at, expires_at, claims, opened_at, answer \
         FROM sign_in_tests WHERE account = $1 AND id = $2",
    )
    .bind(account)
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.map(stored).transpose()
}

/// The test that this opener opens; it opens no second time, and none that is over.
pub(crate) async fn open(
    writing: &mut Writing,
    opener: &[u8],
    now: Timestamp,
) -> sqlx::Result<Option<StoredTest>> {
    let row: Option<Row> = sqlx::query_as(
        "UPDATE sign_in_tests SET opened_at = $1 WHERE opener = $2 AND opened_at IS NULL AND expires_at > $1 \
         RETURNING id, account, purpose, started_by, started_at, expires_at, claims, opened_at, answer",
    )
    .bind(now.unix())
    .bind(opener)
    .fetch_optional(&mut **writing)
    .await?;
    row.map(stored).transpose()
}

/// Writes down the answer. The first one stays.
pub(crate) async fn answer(writing: &mut Writing, id: &str, answer: &SignInAnswer) -> sqlx::Result<()> {
    sqlx::query("UPDATE sign_in_tests SET answered_at = $1, answer = $2 WHERE id = $3 AND answer IS NULL")
        .bind(answer.received_at.unix())
        .bind(json_text(answer)?)
        .bind(id)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

fn purpose_text(purpose: SignInPurpose) -> &'static str {
    match purpose {
        SignInPurpose::Portal => "portal",
        SignInPurpose::Desktop => "desktop",
    }
}

fn stored(row: Row) -> sqlx::Result<StoredTest> {
    Ok(StoredTest {
        id: row.id,
        account: row.account,
        purpose: if row.purpose == "desktop" { SignInPurpose::Desktop } else { SignInPurpose::Portal },
        started_by: row.started_by,
        started_at: moment(row.started_at)?,
        expires_at: moment(row.expires_at)?,
        claims: json(&row.claims)?,
        opened_at: moment_if(row.opened_at)?,
        answer: row.answer.as_deref().map(json).transpose()?,
    })
}

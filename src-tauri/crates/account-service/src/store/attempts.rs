//! Attempts to sign in, and what happened to sign-ins: the log that belongs to no business account.

use super::{Connection, Pool, Writing, moment};
use vocabulary::Timestamp;

/// How many lines are shown.
const SHOWN: i64 = 50;

/// What is counted of one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counted {
    pub(crate) attempts: i64,
    pub(crate) blocked_until: i64,
}

/// A line of the log.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) at: Timestamp,
    pub(crate) by: String,
    pub(crate) action: String,
    pub(crate) subject: Option<String>,
    pub(crate) address: Option<String>,
}

/// What is counted of that subject so far.
async fn counted(connection: &mut Connection, subject: &str) -> sqlx::Result<Counted> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT attempts, blocked_until FROM sign_in_attempts WHERE subject = $1")
            .bind(subject)
            .fetch_optional(connection)
            .await?;
    Ok(row.map_or_else(Counted::default, |(attempts, blocked_until)| Counted { attempts, blocked_until }))
}

/// Counts one attempt more; what is counted then. Others who count the same wait for the end of the transaction.
pub(crate) async fn count(
    writing: &mut Writing,
    subject: &str,
    now: Timestamp,
    forgotten_before: i64,
) -> sqlx::Result<Counted> {
    sqlx::query("DELETE FROM sign_in_attempts WHERE last_at < $1")
        .bind(forgotten_before)
        .execute(&mut **writing)
        .await?;
    sqlx::query(
        "INSERT INTO sign_in_attempts (subject, attempts, last_at, blocked_until) VALUES ($1, 1, $2, 0) \
         ON CONFLICT (subject) DO UPDATE SET attempts = sign_in_attempts.attempts + 1, last_at = excluded.last_at",
    )
    .bind(subject)
    .bind(now.unix())
    .execute(&mut **writing)
    .await?;
    counted(&mut *writing, subject).await
}

/// Nothing more is taken from that subject until then.
pub(crate) async fn block(writing: &mut Writing, subject: &str, until: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE sign_in_attempts SET blocked_until = $1 WHERE subject = $2")
        .bind(until)
        .bind(subject)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Forgets what was counted of a subject.
pub(crate) async fn forget(writing: &mut Writing, subject: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sign_in_attempts WHERE subject = $1")
        .bind(subject)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Takes one attempt back.
pub(crate) async fn uncount(writing: &mut Writing, subject: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE sign_in_attempts SET attempts = attempts - 1 WHERE subject = $1 AND attempts > 0")
        .bind(subject)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct LineRow {
    at: i64,
    by: String,
    action: String,
    subject: Option<String>,
    address: Option<String>,
}

/// Adds a line to the log of sign-ins.
pub(crate) async fn write_down(writing: &mut Writing, line: &Line) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO sign_in_audit (at, by, action, subject, address) VALUES ($1, $2, $3, $4, $5)")
        .bind(line.at.unix())
        .bind(&line.by)
        .bind(&line.action)
        .bind(&line.subject)
        .bind(&line.address)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// The newest lines, newest first.
pub(crate) async fn newest(pool: &Pool) -> sqlx::Result<Vec<Line>> {
    let rows: Vec<LineRow> = sqlx::query_as(
        "SELECT at, by, action, subject, address FROM sign_in_audit ORDER BY id DESC LIMIT $1",
    )
    .bind(SHOWN)
    .fetch_all(&**pool)
    .await?;
    rows.into_iter().map(line).collect()
}

fn line(row: LineRow) -> sqlx::Result<Line> {
    let LineRow { at, by, action, subject, address } = row;
    Ok(Line { at: moment(at)?, by, action, subject, address })
}

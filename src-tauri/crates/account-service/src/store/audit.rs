//! The audit log. Triggers keep it from ever being changed or shortened.

use super::{Connection, Pool, Writing, json, moment, number};
use account_api::AuditEntry;
use serde_json::Value;
use vocabulary::Timestamp;

/// How many entries are shown.
const SHOWN: i64 = 200;

#[derive(sqlx::FromRow)]
struct Row {
    at: i64,
    by: String,
    action: String,
    subject: Option<String>,
    version: i64,
    before: Option<String>,
    after: Option<String>,
}

/// The values that something changed, as they were and as they are; never a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Values {
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

#[derive(sqlx::FromRow)]
struct Numbered {
    id: i64,
    #[sqlx(flatten)]
    row: Row,
}

/// Adds a line with the integration's version as it is now in the transaction.
pub(crate) async fn add(
    writing: &mut Writing,
    account: &str,
    now: Timestamp,
    by: &str,
    action: &str,
    subject: Option<&str>,
) -> sqlx::Result<()> {
    add_with(writing, account, now, by, (action, subject), &Values::default()).await
}

/// The same with the values that were changed.
pub(crate) async fn add_with(
    writing: &mut Writing,
    account: &str,
    now: Timestamp,
    by: &str,
    (action, subject): (&str, Option<&str>),
    values: &Values,
) -> sqlx::Result<()> {
    let text = |value: &Option<Value>| value.as_ref().map(Value::to_string);
    sqlx::query(
        "INSERT INTO audit (account, at, by, action, subject, version, before, after) \
         SELECT id, $1, $2, $3, $4, version, $6, $7 FROM accounts WHERE id = $5",
    )
    .bind(now.unix())
    .bind(by)
    .bind(action)
    .bind(subject)
    .bind(account)
    .bind(text(&values.before))
    .bind(text(&values.after))
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// The newest entries, newest first.
pub(crate) async fn newest(pool: &Pool, account: &str) -> sqlx::Result<Vec<AuditEntry>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT at, by, action, subject, version, before, after FROM audit WHERE account = $1 \
         ORDER BY id DESC LIMIT $2",
    )
    .bind(account)
    .bind(SHOWN)
    .fetch_all(&**pool)
    .await?;
    rows.into_iter().map(entry).collect()
}

/// A page of all entries, oldest first, after the one with that number; each with its own.
pub(crate) async fn page(
    connection: &mut Connection,
    account: &str,
    after: i64,
    most: i64,
) -> sqlx::Result<Vec<(i64, AuditEntry)>> {
    let rows: Vec<Numbered> = sqlx::query_as(
        "SELECT id, at, by, action, subject, version, before, after FROM audit WHERE account = $1 AND id > $2 \
         ORDER BY id LIMIT $3",
    )
    .bind(account)
    .bind(after)
    .bind(most)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|numbered| Ok((numbered.id, entry(numbered.row)?))).collect()
}

fn entry(row: Row) -> sqlx::Result<AuditEntry> {
    Ok(AuditEntry {
        at: moment(row.at)?,
        by: row.by,
        action: row.action,
        subject: row.subject,
        version: number(row.version)?,
        before: row.before.as_deref().map(json).transpose()?,
        after: row.after.as_deref().map(json).transpose()?,
    })
}

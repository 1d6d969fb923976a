//! Answers that are given again to whoever asks the same again.

use super::{Connection, Writing, number};
use vocabulary::Timestamp;

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptAnswer {
    /// The digest of the request.
    pub(crate) request: Vec<u8>,
    pub(crate) status: u16,
    /// The version of the integration, where the answer named it.
    pub(crate) version: Option<u32>,
    /// The body, sealed.
    pub(crate) answer: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct Row {
    request: Vec<u8>,
    status: i64,
    version: Option<i64>,
    answer: Vec<u8>,
}

/// The answer under that key, when it was kept after that moment.
pub(crate) async fn find(
    connection: &mut Connection,
    key: &[u8],
    after: Timestamp,
) -> sqlx::Result<Option<KeptAnswer>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT request, status, version, answer FROM kept_answers WHERE key = $1 AND kept_at > $2",
    )
    .bind(key)
    .bind(after.unix())
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(KeptAnswer {
            request: row.request,
            status: number(row.status)?,
            version: row.version.map(number).transpose()?,
            answer: row.answer,
        })
    })
    .transpose()
}

/// Keeps an answer, and forgets those from before that moment; whether nobody else had the key.
pub(crate) async fn add(
    writing: &mut Writing,
    key: &[u8],
    kept: &KeptAnswer,
    (now, before): (Timestamp, Timestamp),
) -> sqlx::Result<bool> {
    sqlx::query("DELETE FROM kept_answers WHERE kept_at <= $1")
        .bind(before.unix())
        .execute(&mut **writing)
        .await?;
    let added = sqlx::query(
        "INSERT INTO kept_answers (key, request, status, version, answer, kept_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT DO NOTHING",
    )
    .bind(key)
    .bind(&kept.request)
    .bind(i64::from(kept.status))
    .bind(kept.version.map(i64::from))
    .bind(&kept.answer)
    .bind(now.unix())
    .execute(&mut **writing)
    .await?;
    Ok(added.rows_affected() == 1)
}

//! Domains: one account each.

use super::{Connection, Writing, moment, moment_if};
use account_api::DomainChange;
use vocabulary::Timestamp;

/// A domain as the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredDomain {
    pub(crate) name: String,
    pub(crate) token: String,
    pub(crate) added_at: Timestamp,
    pub(crate) verified_at: Option<Timestamp>,
    pub(crate) checked_at: Option<Timestamp>,
    /// When the record of a verified domain was first seen to be gone.
    pub(crate) missing_since: Option<Timestamp>,
    /// When the service last tried to look.
    pub(crate) looked_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    token: String,
    added_at: i64,
    verified_at: Option<i64>,
    checked_at: Option<i64>,
    missing_since: Option<i64>,
    looked_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Owned {
    account: String,
    #[sqlx(flatten)]
    row: Row,
}

/// The domains of an account, in the order they were added.
pub(crate) async fn of(connection: &mut Connection, account: &str) -> sqlx::Result<Vec<StoredDomain>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT name, token, added_at, verified_at, checked_at, missing_since, looked_at FROM domains WHERE account = $1 ORDER BY added_at, name",
    )
    .bind(account)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(domain).collect()
}

/// That domain of the account.
pub(crate) async fn find(
    connection: &mut Connection,
    account: &str,
    name: &str,
) -> sqlx::Result<Option<StoredDomain>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT name, token, added_at, verified_at, checked_at, missing_since, looked_at FROM domains WHERE account = $1 AND name = $2",
    )
    .bind(account)
    .bind(name)
    .fetch_optional(connection)
    .await?;
    row.map(domain).transpose()
}

/// The verified domains of all accounts, each with its account.
pub(crate) async fn verified(connection: &mut Connection) -> sqlx::Result<Vec<(String, StoredDomain)>> {
    let rows: Vec<Owned> = sqlx::query_as(
        "SELECT account, name, token, added_at, verified_at, checked_at, missing_since, looked_at FROM domains \
         WHERE verified_at IS NOT NULL ORDER BY name",
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|owned| Ok((owned.account, domain(owned.row)?))).collect()
}

/// The verified domains of all accounts whose record is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MissingDomains {
    pub(crate) count: i64,
    /// When the one that is gone longest was first seen to be gone.
    pub(crate) since: Option<Timestamp>,
}

/// Counts the verified domains whose record is gone.
pub(crate) async fn missing(connection: &mut Connection) -> sqlx::Result<MissingDomains> {
    let (count, since): (i64, Option<i64>) = sqlx::query_as(
        "SELECT COUNT(*), MIN(missing_since) FROM domains \
         WHERE verified_at IS NOT NULL AND missing_since IS NOT NULL",
    )
    .fetch_one(connection)
    .await?;
    Ok(MissingDomains { count, since: moment_if(since)? })
}

/// Adds what was seen of a record to its history, unless the line before says the same.
pub(crate) async fn remember(
    writing: &mut Writing,
    account: &str,
    name: &str,
    at: Timestamp,
    verdict: &str,
    seen: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO domain_looks (account, domain, at, verdict, seen) SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS ( \
         SELECT 1 FROM (SELECT verdict, seen FROM domain_looks WHERE account = $1 AND domain = $2 \
         ORDER BY id DESC LIMIT 1) AS newest WHERE verdict = $4 AND seen = $5)",
    )
    .bind(account)
    .bind(name)
    .bind(at.unix())
    .bind(verdict)
    .bind(seen)
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// What was seen of a record, at a moment; `seen` is the JSON of [`account_api::SeenServer`]s.
#[derive(Debug, sqlx::FromRow)]
struct LookRow {
    at: i64,
    verdict: String,
    seen: String,
}

/// The newest changes of what was seen of a record, newest first.
pub(crate) async fn history(
    connection: &mut Connection,
    account: &str,
    name: &str,
) -> sqlx::Result<Vec<DomainChange>> {
    let rows: Vec<LookRow> = sqlx::query_as(
        "SELECT at, verdict, seen FROM domain_looks WHERE account = $1 AND domain = $2 ORDER BY id DESC LIMIT 200",
    )
    .bind(account)
    .bind(name)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(change).collect()
}

fn change(row: LookRow) -> sqlx::Result<DomainChange> {
    let servers = serde_json::from_str(&row.seen).map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok(DomainChange { at: moment(row.at)?, verdict: row.verdict, servers })
}

/// The account that has the domain.
pub(crate) async fn holder(connection: &mut Connection, name: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT account FROM domains WHERE name = $1")
        .bind(name)
        .fetch_optional(connection)
        .await
}

/// The account that has the domain, once it is verified.
pub(crate) async fn verified_holder(connection: &mut Connection, name: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT account FROM domains WHERE name = $1 AND verified_at IS NOT NULL")
        .bind(name)
        .fetch_optional(connection)
        .await
}

/// Adds a domain, unless somebody has it; whether it was added.
pub(crate) async fn add(
    writing: &mut Writing,
    account: &str,
    name: &str,
    token: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let added = sqlx::query(
        "INSERT INTO domains (name, account, token, added_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(name)
    .bind(account)
    .bind(token)
    .bind(now.unix())
    .execute(&mut **writing)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Removes the domain from the account; whether it was there.
pub(crate) async fn remove(writing: &mut Writing, account: &str, name: &str) -> sqlx::Result<bool> {
    let removed = sqlx::query("DELETE FROM domains WHERE account = $1 AND name = $2")
        .bind(account)
        .bind(name)
        .execute(&mut **writing)
        .await?;
    Ok(removed.rows_affected() == 1)
}

/// Writes down that the service looked, and when it has seen the record for the first time. The token is compared, so
/// that a look for the record of a domain that was removed and added again in between counts for nothing.
pub(crate) async fn looked(writing: &mut Writing, account: &str, domain: &StoredDomain) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE domains SET checked_at = $1, verified_at = $2, missing_since = $3, looked_at = $4 WHERE account = $5 AND name = $6 AND token = $7",
    )
    .bind(domain.checked_at.map(Timestamp::unix))
    .bind(domain.verified_at.map(Timestamp::unix))
    .bind(domain.missing_since.map(Timestamp::unix))
    .bind(domain.looked_at.map(Timestamp::unix))
    .bind(account)
    .bind(&domain.name)
    .bind(&domain.token)
    .execute(&mut **writing)
    .await?;
    Ok(())
}

fn domain(row: Row) -> sqlx::Result<StoredDomain> {
    Ok(StoredDomain {
        name: row.name,
        token: row.token,
        added_at: moment(row.added_at)?,
        verified_at: moment_if(row.verified_at)?,
        checked_at: moment_if(row.checked_at)?,
        missing_since: moment_if(row.missing_since)?,
        looked_at: moment_if(row.looked_at)?,
    })
}

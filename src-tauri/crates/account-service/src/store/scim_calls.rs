//! The SCIM requests of an account: the newest, the run that it belongs to, and the log.

use super::{Connection, Writing, by_database, json_text, moment, number};
use account_api::{LastCall, ScimCall, ScimCaller, ScimRun};
use scim::ResourceKind;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::Timestamp;

/// So many calls of an account are kept; a few more until they are trimmed.
pub(crate) const KEPT: usize = 1000;

/// How many are shown.
const SHOWN: i64 = 100;

/// Calls that follow each other within so many seconds are one run.
const PAUSE: i64 = 600;

/// One request that was answered.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) account: String,
    /// The digest of its bearer token.
    pub(crate) token: Vec<u8>,
    /// The last characters of that token.
    pub(crate) hint: String,
    pub(crate) at: Timestamp,
    pub(crate) caller: Option<ScimCaller>,
    pub(crate) request: String,
    pub(crate) status: u16,
    pub(crate) refusal: Option<&'static str>,
    /// What it took away.
    pub(crate) removed: Option<ResourceKind>,
}

/// What several calls of one account come to.
struct Summed<'a> {
    newest: &'a Call,
    caller: Option<ScimCaller>,
    removed: [i64; 2],
}

#[derive(sqlx::FromRow)]
struct LastRow {
    at: i64,
    request: String,
    status: i64,
}

#[derive(sqlx::FromRow)]
struct RunRow {
    at: i64,
    caller: Option<String>,
    began_at: Option<i64>,
    users_removed: i64,
    groups_removed: i64,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    at: i64,
    caller: Option<String>,
    token: String,
    request: String,
    status: i64,
    refusal: Option<String>,
}

/// Writes down calls in the order they came: when their tokens were used, the run of each account, and the log. Rows are
/// taken in one order everywhere, so that two nodes never wait for each other.
pub(crate) async fn write_down(writing: &mut Connection, calls: &[Call]) -> sqlx::Result<()> {
    let mut used: BTreeMap<(&str, &[u8]), Timestamp> = BTreeMap::new();
    let mut accounts: BTreeMap<&str, Vec<&Call>> = BTreeMap::new();
    for call in calls {
        used.insert((&call.account, &call.token), call.at);
        accounts.entry(&call.account).or_default().push(call);
    }
    for ((_, digest), at) in used {
        super::scim_tokens::used(writing, digest, at).await?;
    }
    for (account, calls) in &accounts {
        note_run(writing, account, &summed(calls)).await?;
    }
    for (account, calls) in &accounts {
        add_lines(writing, account, &calls[calls.len().saturating_sub(KEPT)..]).await?;
    }
    Ok(())
}

/// Takes the oldest lines away of which there are too many.
pub(crate) async fn trim(writing: &mut Writing, accounts: &BTreeSet<String>) -> sqlx::Result<()> {
    for account in accounts {
        sqlx::query(
            "DELETE FROM scim_call_log WHERE account = $1 AND id <= \
             (SELECT id FROM scim_call_log WHERE account = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
        )
        .bind(account)
        .bind(i64::try_from(KEPT).unwrap_or(i64::MAX))
        .execute(&mut **writing)
        .await?;
    }
    Ok(())
}

/// The newest request.
pub(crate) async fn last(connection: &mut Connection, account: &str) -> sqlx::Result<Option<LastCall>> {
    let row: Option<LastRow> =
        sqlx::query_as("SELECT at, request, status FROM scim_calls WHERE account = $1")
            .bind(account)
            .fetch_optional(connection)
            .await?;
    row.map(|row| Ok(LastCall { at: moment(row.at)?, request: row.request, status: number(row.status)? }))
        .transpose()
}

/// The newest run, with what was made and changed in it.
pub(crate) async fn run(connection: &mut Connection, account: &str) -> sqlx::Result<Option<ScimRun>> {
    let row: Option<RunRow> = sqlx::query_as(
        "SELECT at, caller, began_at, users_removed, groups_removed FROM scim_calls WHERE account = $1",
    )
    .bind(account)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    // A node of the version before does not say when a run began.
    let began_at = moment(row.began_at.unwrap_or(row.at))?;
    let users =
        super::resources::changed_since(&mut *connection, account, ResourceKind::User, began_at).await?;
    let groups = super::resources::changed_since(connection, account, ResourceKind::Group, began_at).await?;
    Ok(Some(ScimRun {
        caller: caller(row.caller.as_deref()),
        began_at,
        at: moment(row.at)?,
        users: users.saturating_add(number(row.users_removed)?),
        groups: groups.saturating_add(number(row.groups_removed)?),
    }))
}

/// The newest lines of the log, newest first.
pub(crate) async fn newest(connection: &mut Connection, account: &str) -> sqlx::Result<Vec<ScimCall>> {
    let rows: Vec<LineRow> = sqlx::query_as(
        "SELECT at, caller, token, request, status, refusal FROM scim_call_log WHERE account = $1 \
         ORDER BY id DESC LIMIT $2",
    )
    .bind(account)
    .bind(SHOWN)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(line).collect()
}

fn summed<'a>(calls: &[&'a Call]) -> Summed<'a> {
    let count = |kind| calls.iter().filter(|call| call.removed == Some(kind)).count();
    let count = |kind| i64::try_from(count(kind)).unwrap_or(i64::MAX);
    Summed {
        newest: calls[calls.len() - 1],
        caller: calls.iter().rev().find_map(|call| call.caller),
        removed: [count(ResourceKind::User), count(ResourceKind::Group)],
    }
}

async fn note_run(writing: &mut Connection, account: &str, summed: &Summed<'_>) -> sqlx::Result<()> {
    // On the right hand side names without a table before them are those of the row as it was.
    sqlx::query(
        "INSERT INTO scim_calls (account, at, request, status, caller, began_at, users_removed, groups_removed) \
         VALUES ($1, $2, $3, $4, $5, $2, $6, $7) ON CONFLICT (account) DO UPDATE SET \
         at = excluded.at, request = excluded.request, status = excluded.status, \
         caller = CASE WHEN excluded.at - scim_calls.at < $8 THEN coalesce(excluded.caller, scim_calls.caller) \
             ELSE excluded.caller END, \
         began_at = CASE WHEN excluded.at - scim_calls.at < $8 THEN coalesce(scim_calls.began_at, excluded.at) \
             ELSE excluded.at END, \
         users_removed = excluded.users_removed + \
             CASE WHEN excluded.at - scim_calls.at < $8 THEN scim_calls.users_removed ELSE 0 END, \
         groups_removed = excluded.groups_removed + \
             CASE WHEN excluded.at - scim_calls.at < $8 THEN scim_calls.groups_removed ELSE 0 END",
    )
    .bind(account)
    .bind(summed.newest.at.unix())
    .bind(&summed.newest.request)
    .bind(i64::from(summed.newest.status))
    .bind(summed.caller.map(ScimCaller::as_str))
    .bind(summed.removed[0])
    .bind(summed.removed[1])
    .bind(PAUSE)
    .execute(writing)
    .await?;
    Ok(())
}

/// In one statement, however many there are.
async fn add_lines(writing: &mut Connection, account: &str, calls: &[&Call]) -> sqlx::Result<()> {
    let add = by_database(
        writing,
        "INSERT INTO scim_call_log (account, at, caller, token, request, status, refusal) \
         SELECT $1, value ->> 'at', value ->> 'caller', value ->> 'token', value ->> 'request', value ->> 'status', \
         value ->> 'refusal' FROM json_each($2) ORDER BY key",
        "INSERT INTO scim_call_log (account, at, caller, token, request, status, refusal) \
         SELECT $1, (value ->> 'at')::bigint, value ->> 'caller', value ->> 'token', value ->> 'request', \
         (value ->> 'status')::bigint, value ->> 'refusal' \
         FROM json_array_elements($2::json) WITH ORDINALITY AS line (value, number) ORDER BY number",
    );
    let line = |call: &&Call| {
        json!({
            "at": call.at.unix(),
            "caller": call.caller.map(ScimCaller::as_str),
            "token": call.hint,
            "request": call.request,
            "status": call.status,
            "refusal": call.refusal,
        })
    };
    let lines: Vec<Value> = calls.iter().map(line).collect();
    sqlx::query(add).bind(account).bind(json_text(&lines)?).execute(writing).await?;
    Ok(())
}

fn line(row: LineRow) -> sqlx::Result<ScimCall> {
    Ok(ScimCall {
        at: moment(row.at)?,
        caller: caller(row.caller.as_deref()),
        token: row.token,
        request: row.request,
        status: number(row.status)?,
        refusal: row.refusal,
    })
}

/// A later version may know more of them.
fn caller(text: Option<&str>) -> Option<ScimCaller> {
    ScimCaller::ALL.into_iter().find(|known| Some(known.as_str()) == text)
}

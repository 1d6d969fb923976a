//! Provisioned users and groups.

use super::{json, number};
use account_api::{Arrivals, ArrivedGroup, ArrivedUser};
use serde_json::Value;
use sqlx::SqliteConnection;

/// How many users and groups are shown.
const SHOWN: i64 = 200;

/// What has arrived, without the newest request.
pub(crate) async fn arrivals(connection: &mut SqliteConnection, account: &str) -> sqlx::Result<Arrivals> {
    Ok(Arrivals {
        user_count: count(connection, account, "User").await?,
        group_count: count(connection, account, "Group").await?,
        users: arrived_users(connection, account).await?,
        groups: arrived_groups(connection, account).await?,
        last_call: None,
    })
}

async fn count(connection: &mut SqliteConnection, account: &str, kind: &str) -> sqlx::Result<u32> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM scim_resources WHERE account = ? AND kind = ?")
        .bind(account)
        .bind(kind)
        .fetch_one(connection)
        .await?;
    number(count)
}

async fn arrived_users(connection: &mut SqliteConnection, account: &str) -> sqlx::Result<Vec<ArrivedUser>> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT resource FROM scim_resources WHERE account = ? AND kind = 'User' ORDER BY name_key LIMIT ?",
    )
    .bind(account)
    .bind(SHOWN)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|text| json(text).map(|resource| arrived_user(&resource))).collect()
}

async fn arrived_groups(connection: &mut SqliteConnection, account: &str) -> sqlx::Result<Vec<ArrivedGroup>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT resource, (SELECT count(*) FROM scim_members WHERE group_id = id) FROM scim_resources \
         WHERE account = ? AND kind = 'Group' ORDER BY name_key LIMIT ?",
    )
    .bind(account)
    .bind(SHOWN)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|(text, members)| {
            let resource: Value = json(text)?;
            Ok(ArrivedGroup {
                display_name: text_of(&resource, "displayName").unwrap_or_default(),
                external_id: text_of(&resource, "externalId"),
                member_count: number(*members)?,
            })
        })
        .collect()
}

fn arrived_user(resource: &Value) -> ArrivedUser {
    ArrivedUser {
        user_name: text_of(resource, "userName").unwrap_or_default(),
        display_name: text_of(resource, "displayName"),
        external_id: text_of(resource, "externalId"),
        active: resource["active"].as_bool().unwrap_or(true),
    }
}

fn text_of(resource: &Value, attribute: &str) -> Option<String> {
    resource[attribute].as_str().map(str::to_owned)
}

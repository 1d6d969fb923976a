//! What has arrived, as it is shown to whoever sets provisioning up, and what a sign-in asks of it.

use super::resources::{count, text_of};
use super::{Connection, by_database, json, number};
use account_api::{Arrivals, ArrivedGroup, ArrivedUser};
use scim::ResourceKind;
use serde_json::Value;

/// How many users and groups are shown as arrived.
const SHOWN: i64 = 200;

/// Whether the provisioned user with that address is active; `None` when there is none.
pub(crate) async fn is_active(
    connection: &mut Connection,
    account: &str,
    email: &str,
) -> sqlx::Result<Option<bool>> {
    let sql = by_database(
        connection,
        "SELECT resource FROM scim_resources WHERE account = $1 AND kind = 'User' AND (name_key = $2 OR EXISTS \
         (SELECT 1 FROM json_each(resource, '$.emails') AS one WHERE lower(one.value ->> '$.value') = $2)) \
         ORDER BY name_key = $2 DESC LIMIT 1",
        "SELECT resource FROM scim_resources WHERE account = $1 AND kind = 'User' AND (name_key = $2 OR EXISTS \
         (SELECT 1 FROM json_array_elements(CASE json_typeof(resource::json -> 'emails') WHEN 'array' \
         THEN resource::json -> 'emails' ELSE '[]' END) AS one WHERE lower(one ->> 'value') = $2)) \
         ORDER BY name_key = $2 DESC LIMIT 1",
    );
    let text: Option<String> =
        sqlx::query_scalar(sql).bind(account).bind(email).fetch_optional(connection).await?;
    let active = text.as_deref().map(json::<Value>).transpose()?;
    Ok(active.map(|resource| resource["active"].as_bool().unwrap_or(true)))
}

/// What has arrived, without the newest request.
pub(crate) async fn arrivals(connection: &mut Connection, account: &str) -> sqlx::Result<Arrivals> {
    Ok(Arrivals {
        user_count: count(connection, account, ResourceKind::User).await?,
        group_count: count(connection, account, ResourceKind::Group).await?,
        users: arrived_users(connection, account).await?,
        groups: arrived_groups(connection, account).await?,
        last_call: None,
    })
}

async fn arrived_users(connection: &mut Connection, account: &str) -> sqlx::Result<Vec<ArrivedUser>> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT resource FROM scim_resources WHERE account = $1 AND kind = 'User' ORDER BY name_key LIMIT $2",
    )
    .bind(account)
    .bind(SHOWN)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|text| json(text).map(|resource| arrived_user(&resource))).collect()
}

async fn arrived_groups(connection: &mut Connection, account: &str) -> sqlx::Result<Vec<ArrivedGroup>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT resource, (SELECT count(*) FROM scim_members WHERE group_id = id) FROM scim_resources \
         WHERE account = $1 AND kind = 'Group' ORDER BY name_key LIMIT $2",
    )
    .bind(account)
    .bind(SHOWN)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|(text, members)| Ok(arrived_group(&json(text)?, number(*members)?))).collect()
}

fn arrived_user(resource: &Value) -> ArrivedUser {
    ArrivedUser {
        user_name: text_of(resource, "userName").unwrap_or_default(),
        display_name: text_of(resource, "displayName"),
        external_id: text_of(resource, "externalId"),
        active: resource["active"].as_bool().unwrap_or(true),
    }
}

fn arrived_group(resource: &Value, member_count: u32) -> ArrivedGroup {
    ArrivedGroup {
        display_name: text_of(resource, "displayName").unwrap_or_default(),
        external_id: text_of(resource, "externalId"),
        member_count,
    }
}

//! Provisioned users and groups.

use super::{Connection, Writing, by_database, json, json_text, moment, number};
use account_api::{Arrivals, ArrivedGroup, ArrivedUser};
use scim::ResourceKind;
use serde_json::Value;
use std::collections::HashMap;
use vocabulary::Timestamp;

/// How many users and groups are shown as arrived.
const SHOWN: i64 = 200;

/// A user, or a group without its members.
#[derive(Debug, Clone)]
pub(crate) struct StoredResource {
    pub(crate) id: String,
    pub(crate) created_at: Timestamp,
    pub(crate) modified_at: Timestamp,
    pub(crate) version: u32,
    /// In canonical form.
    pub(crate) resource: Value,
}

/// Which resources are looked at, as far as the database can tell.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Narrowed<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    pub(crate) external_id: Option<&'a str>,
}

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Member {
    pub(crate) group_id: String,
    pub(crate) user_id: String,
}

/// A group that a user is a member of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Membership {
    pub(crate) group_id: String,
    pub(crate) group_name: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    created_at: i64,
    modified_at: i64,
    version: i64,
    resource: String,
}

/// The attribute that is unique: `userName`, `displayName`.
pub(crate) const fn name_attribute(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::User => "userName",
        ResourceKind::Group => "displayName",
    }
}

/// How many resources of the kind there are.
pub(crate) async fn count(
    connection: &mut Connection,
    account: &str,
    kind: ResourceKind,
) -> sqlx::Result<u32> {
    let count: i64 =
        sqlx::query_scalar("SELECT count(*) FROM scim_resources WHERE account = $1 AND kind = $2")
            .bind(account)
            .bind(kind.name())
            .fetch_one(connection)
            .await?;
    number(count)
}

/// How many resources of the kind were made or changed since then.
pub(crate) async fn changed_since(
    connection: &mut Connection,
    account: &str,
    kind: ResourceKind,
    since: Timestamp,
) -> sqlx::Result<u32> {
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM scim_resources WHERE account = $1 AND kind = $2 AND modified_at >= $3",
    )
    .bind(account)
    .bind(kind.name())
    .bind(since.unix())
    .fetch_one(connection)
    .await?;
    number(count)
}

const PAGE: &str = "SELECT id, created_at, modified_at, version, resource FROM scim_resources \
    WHERE account = $1 AND kind = $2 ORDER BY created_at, id LIMIT $3 OFFSET $4";

/// A page of resources, oldest first.
pub(crate) async fn page(
    connection: &mut Connection,
    account: &str,
    kind: ResourceKind,
    skip: u32,
    most: u32,
) -> sqlx::Result<Vec<StoredResource>> {
    let rows: Vec<Row> = sqlx::query_as(PAGE)
        .bind(account)
        .bind(kind.name())
        .bind(i64::from(most))
        .bind(i64::from(skip))
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// All resources that may be meant, oldest first: those that have the first of what is asked for.
pub(crate) async fn narrowed(
    connection: &mut Connection,
    account: &str,
    kind: ResourceKind,
    by: Narrowed<'_>,
) -> sqlx::Result<Vec<StoredResource>> {
    // A statement for each, so that the database goes by an index and not through everybody.
    let (sql, key) = match by {
        Narrowed { id: Some(id), .. } => (
            "SELECT id, created_at, modified_at, version, resource FROM scim_resources \
             WHERE account = $1 AND kind = $2 AND id = $3",
            Some(id.to_owned()),
        ),
        Narrowed { name: Some(name), .. } => (
            "SELECT id, created_at, modified_at, version, resource FROM scim_resources \
             WHERE account = $1 AND kind = $2 AND name_key = $3",
            Some(name.to_lowercase()),
        ),
        Narrowed { external_id: Some(external_id), .. } => (
            "SELECT id, created_at, modified_at, version, resource FROM scim_resources \
             WHERE account = $1 AND kind = $2 AND external_id = $3 ORDER BY created_at, id",
            Some(external_id.to_owned()),
        ),
        _ => (
            "SELECT id, created_at, modified_at, version, resource FROM scim_resources \
             WHERE account = $1 AND kind = $2 ORDER BY created_at, id",
            None,
        ),
    };
    let mut query = sqlx::query_as(sql).bind(account).bind(kind.name());
    if let Some(key) = key {
        query = query.bind(key);
    }
    let rows: Vec<Row> = query.fetch_all(connection).await?;
    rows.into_iter().map(stored).collect()
}

/// The resource of that id.
pub(crate) async fn find(
    connection: &mut Connection,
    account: &str,
    kind: ResourceKind,
    id: &str,
) -> sqlx::Result<Option<StoredResource>> {
    let by = Narrowed { id: Some(id), ..Narrowed::default() };
    Ok(narrowed(connection, account, kind, by).await?.pop())
}

/// Whether another resource of the kind has the name.
pub(crate) async fn is_taken(
    connection: &mut Connection,
    account: &str,
    kind: ResourceKind,
    resource: &Value,
    own_id: &str,
) -> sqlx::Result<bool> {
    let by = Narrowed { name: resource[name_attribute(kind)].as_str(), ..Narrowed::default() };
    Ok(narrowed(connection, account, kind, by).await?.iter().any(|other| other.id != own_id))
}

/// Writes a new resource; whether its name was free.
pub(crate) async fn add(
    writing: &mut Writing,
    account: &str,
    kind: ResourceKind,
    new: &StoredResource,
) -> sqlx::Result<bool> {
    let added = sqlx::query(
        "INSERT INTO scim_resources \
         (id, account, kind, name_key, external_id, created_at, modified_at, version, resource) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (account, kind, name_key) DO NOTHING",
    )
    .bind(&new.id)
    .bind(account)
    .bind(kind.name())
    .bind(name_key(kind, &new.resource))
    .bind(new.resource["externalId"].as_str())
    .bind(new.created_at.unix())
    .bind(new.modified_at.unix())
    .bind(i64::from(new.version))
    .bind(json_text(&new.resource)?)
    .execute(&mut **writing)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Writes a changed resource.
pub(crate) async fn replace(
    writing: &mut Writing,
    kind: ResourceKind,
    stored: &StoredResource,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE scim_resources SET name_key = $1, external_id = $2, modified_at = $3, version = $4, resource = $5 \
         WHERE id = $6",
    )
    .bind(name_key(kind, &stored.resource))
    .bind(stored.resource["externalId"].as_str())
    .bind(stored.modified_at.unix())
    .bind(i64::from(stored.version))
    .bind(json_text(&stored.resource)?)
    .bind(&stored.id)
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// The name as it is compared.
fn name_key(kind: ResourceKind, resource: &Value) -> String {
    resource[name_attribute(kind)].as_str().unwrap_or_default().to_lowercase()
}

/// Deletes a resource and its memberships; whether it was there.
pub(crate) async fn delete(
    writing: &mut Writing,
    account: &str,
    kind: ResourceKind,
    id: &str,
) -> sqlx::Result<bool> {
    let deleted = sqlx::query("DELETE FROM scim_resources WHERE account = $1 AND kind = $2 AND id = $3")
        .bind(account)
        .bind(kind.name())
        .bind(id)
        .execute(&mut **writing)
        .await?;
    Ok(deleted.rows_affected() == 1)
}

/// The members of those groups, by group.
pub(crate) async fn members(
    connection: &mut Connection,
    groups: &[StoredResource],
) -> sqlx::Result<HashMap<String, Vec<Member>>> {
    let ids: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    let sql = by_database(
        connection,
        "SELECT group_id, user_id FROM scim_members JOIN scim_resources ON id = user_id \
         WHERE group_id IN (SELECT value FROM json_each($1)) ORDER BY created_at, user_id",
        "SELECT group_id, user_id FROM scim_members JOIN scim_resources ON id = user_id \
         WHERE group_id IN (SELECT json_array_elements_text($1::json)) ORDER BY created_at, user_id",
    );
    let rows: Vec<Member> = sqlx::query_as(sql).bind(json_text(&ids)?).fetch_all(connection).await?;
    let mut members: HashMap<String, Vec<Member>> = HashMap::new();
    for member in rows {
        members.entry(member.group_id.clone()).or_default().push(member);
    }
    Ok(members)
}

/// The groups of those users, by user; the oldest group first.
pub(crate) async fn memberships(
    connection: &mut Connection,
    users: &[StoredResource],
) -> sqlx::Result<HashMap<String, Vec<Membership>>> {
    let ids: Vec<&str> = users.iter().map(|user| user.id.as_str()).collect();
    let sql = by_database(
        connection,
        "SELECT user_id, group_id, resource FROM scim_members JOIN scim_resources ON id = group_id \
         WHERE user_id IN (SELECT value FROM json_each($1)) ORDER BY created_at, group_id",
        "SELECT user_id, group_id, resource FROM scim_members JOIN scim_resources ON id = group_id \
         WHERE user_id IN (SELECT json_array_elements_text($1::json)) ORDER BY created_at, group_id",
    );
    let rows: Vec<(String, String, String)> =
        sqlx::query_as(sql).bind(json_text(&ids)?).fetch_all(connection).await?;
    let mut memberships: HashMap<String, Vec<Membership>> = HashMap::new();
    for (user_id, group_id, group) in rows {
        let group_name = text_of(&json(&group)?, "displayName").unwrap_or_default();
        memberships.entry(user_id).or_default().push(Membership { group_id, group_name });
    }
    Ok(memberships)
}

/// Makes those users of the account the members of the group. Who is not a user yet is left out: identity providers
/// send the person first, and one unknown member must not keep out all others.
pub(crate) async fn set_members(
    writing: &mut Writing,
    account: &str,
    group: &str,
    users: &[&str],
) -> sqlx::Result<()> {
    let users = json_text(&users)?;
    let remove = by_database(
        writing,
        "DELETE FROM scim_members WHERE group_id = $1 AND user_id NOT IN (SELECT value FROM json_each($2))",
        "DELETE FROM scim_members WHERE group_id = $1 \
         AND user_id NOT IN (SELECT json_array_elements_text($2::json))",
    );
    sqlx::query(remove).bind(group).bind(&users).execute(&mut **writing).await?;
    insert_members(writing, account, group, &users).await?;
    Ok(())
}

/// Makes those users of the account members of the group too, as [`set_members`] does; how many were none before.
pub(crate) async fn add_members(
    writing: &mut Writing,
    account: &str,
    group: &str,
    users: &[String],
) -> sqlx::Result<u64> {
    insert_members(writing, account, group, &json_text(&users)?).await
}

/// The signs keep SQLite from going through all users of the account.
const ADD_MEMBERS: &str = "INSERT INTO scim_members (group_id, user_id) SELECT $1, id FROM scim_resources \
    WHERE +account = $2 AND +kind = 'User' AND id IN (SELECT value FROM json_each($3)) ON CONFLICT DO NOTHING";

async fn insert_members(writing: &mut Writing, account: &str, group: &str, users: &str) -> sqlx::Result<u64> {
    let add = by_database(
        writing,
        ADD_MEMBERS,
        "INSERT INTO scim_members (group_id, user_id) SELECT $1, id FROM scim_resources WHERE account = $2 \
         AND kind = 'User' AND id IN (SELECT json_array_elements_text($3::json)) ON CONFLICT DO NOTHING",
    );
    let added = sqlx::query(add).bind(group).bind(account).bind(users).execute(&mut **writing).await?;
    Ok(added.rows_affected())
}

/// Takes those users out of the group; how many were in it.
pub(crate) async fn remove_members(
    writing: &mut Writing,
    group: &str,
    users: &[String],
) -> sqlx::Result<u64> {
    let remove = by_database(
        writing,
        "DELETE FROM scim_members WHERE group_id = $1 AND user_id IN (SELECT value FROM json_each($2))",
        "DELETE FROM scim_members WHERE group_id = $1 \
         AND user_id IN (SELECT json_array_elements_text($2::json))",
    );
    let removed = sqlx::query(remove).bind(group).bind(json_text(&users)?).execute(&mut **writing).await?;
    Ok(removed.rows_affected())
}

/// The next version of a resource whose members have changed.
pub(crate) async fn bump(writing: &mut Writing, id: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE scim_resources SET version = version + 1, modified_at = $1 WHERE id = $2")
        .bind(now.unix())
        .bind(id)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

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

fn text_of(resource: &Value, attribute: &str) -> Option<String> {
    resource[attribute].as_str().map(str::to_owned)
}

fn stored(row: Row) -> sqlx::Result<StoredResource> {
    Ok(StoredResource {
        id: row.id,
        created_at: moment(row.created_at)?,
        modified_at: moment(row.modified_at)?,
        version: number(row.version)?,
        resource: json(&row.resource)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{ADD_MEMBERS, PAGE};
    use crate::config::Database;
    use crate::store::open;

    /// What the database says it would do.
    async fn plan(sql: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let pool = open(&Database::Directory(folder.path().to_owned())).await.unwrap();
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        let steps: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(explain)).fetch_all(&*pool).await.unwrap();
        steps.into_iter().map(|step| step.3).collect()
    }

    #[tokio::test]
    async fn adding_a_member_looks_at_nobody_else() {
        let mut steps = plan(ADD_MEMBERS).await;
        steps.retain(|step| step.contains("scim_resources"));
        assert_eq!(steps, ["SEARCH scim_resources USING PRIMARY KEY (id=?)"]);
    }

    #[tokio::test]
    async fn a_page_is_found_without_sorting_everybody() {
        let index = "SEARCH scim_resources USING INDEX scim_resources_by_creation (account=? AND kind=?)";
        assert_eq!(plan(PAGE).await, [index]);
    }
}

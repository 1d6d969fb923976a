//! Provisioned users and groups. Who is in a group lies in [`memberships`](super::memberships).

use super::{Connection, Writing, json, json_text, moment, number};
use scim::ResourceKind;
use serde_json::Value;
use vocabulary::Timestamp;

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

/// The next version of a resource whose members have changed.
pub(crate) async fn bump(writing: &mut Writing, id: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE scim_resources SET version = version + 1, modified_at = $1 WHERE id = $2")
        .bind(now.unix())
        .bind(id)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// The text of an attribute.
pub(super) fn text_of(resource: &Value, attribute: &str) -> Option<String> {
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
    use super::PAGE;
    use crate::store::plan;

    #[tokio::test]
    async fn a_page_is_found_without_sorting_everybody() {
        let index = "SEARCH scim_resources USING INDEX scim_resources_by_creation (account=? AND kind=?)";
        assert_eq!(plan(PAGE).await, [index]);
    }
}

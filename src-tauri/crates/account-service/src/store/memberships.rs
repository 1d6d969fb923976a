//! Who is in which group.

use super::resources::{StoredResource, text_of};
use super::{Connection, Writing, by_database, json, json_text};
use std::collections::HashMap;

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

#[cfg(test)]
mod tests {
    use super::ADD_MEMBERS;
    use crate::store::plan;

    #[tokio::test]
    async fn adding_a_member_looks_at_nobody_else() {
        let mut steps = plan(ADD_MEMBERS).await;
        steps.retain(|step| step.contains("scim_resources"));
        assert_eq!(steps, ["SEARCH scim_resources USING PRIMARY KEY (id=?)"]);
    }
}

//! Everybody who may sign in with a password or is invited to, for administrators.

use super::users::Role;
use super::{Connection, Writing, moment, moment_if};
use vocabulary::Timestamp;

/// Somebody in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) email: String,
    /// Nothing as long as they have not chosen one.
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) standing: Standing,
    pub(crate) signed_in_at: Option<Timestamp>,
}

/// Whether somebody may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// They may.
    Active,
    /// Not since then.
    Disabled(Timestamp),
    /// They may become a user until then.
    Invited(Timestamp),
}

type Row = (String, String, String, Option<i64>, Option<i64>, Option<i64>);

const LIST: &str = "SELECT email, name, role, disabled_at, signed_in_at, NULL AS expires_at \
    FROM passwords JOIN people USING (email) \
    UNION ALL SELECT email, '', role, NULL, NULL, expires_at FROM invitations \
    WHERE expires_at > $1 AND email NOT IN (SELECT email FROM passwords) ORDER BY email";

/// Everybody, by e-mail address.
pub(crate) async fn all(connection: &mut Connection, now: Timestamp) -> sqlx::Result<Vec<Listed>> {
    let rows: Vec<Row> = sqlx::query_as(LIST).bind(now.unix()).fetch_all(connection).await?;
    rows.into_iter().map(listed).collect()
}

fn listed((email, name, role, disabled_at, signed_in_at, expires_at): Row) -> sqlx::Result<Listed> {
    let standing = match (moment_if(disabled_at)?, expires_at) {
        (Some(since), _) => Standing::Disabled(since),
        (None, Some(until)) => Standing::Invited(moment(until)?),
        (None, None) => Standing::Active,
    };
    Ok(Listed { email, name, role: Role::of(&role), standing, signed_in_at: moment_if(signed_in_at)? })
}

/// Whether an administrator other than this one may sign in.
pub(crate) async fn has_other_administrator(connection: &mut Connection, email: &str) -> sqlx::Result<bool> {
    let other: Option<String> = sqlx::query_scalar(
        "SELECT email FROM passwords WHERE role = 'administrator' AND disabled_at IS NULL AND email <> $1 LIMIT 1",
    )
    .bind(email)
    .fetch_optional(connection)
    .await?;
    Ok(other.is_some())
}

/// Gives a user another role.
pub(crate) async fn set_role(writing: &mut Writing, email: &str, role: Role) -> sqlx::Result<()> {
    sqlx::query("UPDATE passwords SET role = $1 WHERE email = $2")
        .bind(role.as_str())
        .bind(email)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Closes the service to a user from that moment on, or opens it to them again.
pub(crate) async fn set_disabled(
    writing: &mut Writing,
    email: &str,
    since: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE passwords SET disabled_at = $1 WHERE email = $2")
        .bind(since.map(Timestamp::unix))
        .bind(email)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

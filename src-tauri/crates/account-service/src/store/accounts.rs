//! Business accounts, and everything about one integration.

use super::people::Login;
use super::settings::{Draft, Settings, Stored};
use super::{
    Connection, Pool, Writing, audit, domains, json, json_text, moment_if, number, people, scim_tokens,
};
use account_api::Account;
use vocabulary::Timestamp;

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    name: String,
}

#[derive(sqlx::FromRow)]
struct IntegrationRow {
    name: String,
    version: i64,
    activated_at: Option<i64>,
    settings: String,
    per_user_keys: i64,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self { id: row.id, name: row.name }
    }
}

/// The accounts a user may administer, by name.
pub(crate) async fn of(pool: &Pool, email: &str) -> sqlx::Result<Vec<Account>> {
    of_user(&mut *pool.acquire().await?, email).await
}

/// The same on a connection, or in a transaction of the caller's.
pub(crate) async fn of_user(connection: &mut Connection, email: &str) -> sqlx::Result<Vec<Account>> {
    let rows: Vec<AccountRow> = sqlx::query_as(
        "SELECT id, name FROM accounts JOIN members ON members.account = accounts.id WHERE email = $1 ORDER BY name, id",
    )
    .bind(email)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// The account of that id.
pub(crate) async fn find(connection: &mut Connection, id: &str) -> sqlx::Result<Option<Account>> {
    let row: Option<AccountRow> = sqlx::query_as("SELECT id, name FROM accounts WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(Account::from))
}

/// The account of that name which the user has already.
pub(crate) async fn find_owned(
    connection: &mut Connection,
    email: &str,
    name: &str,
) -> sqlx::Result<Option<Account>> {
    let row: Option<AccountRow> = sqlx::query_as(
        "SELECT id, name FROM accounts JOIN members ON members.account = accounts.id \
         WHERE email = $1 AND name = $2 ORDER BY accounts.created_at, id LIMIT 1",
    )
    .bind(email)
    .bind(name)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(Account::from))
}

/// Makes an account with its first user.
pub(crate) async fn create(
    writing: &mut Writing,
    account: &Account,
    owner: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO accounts (id, name, created_at, version, settings) VALUES ($1, $2, $3, 1, $4)")
        .bind(&account.id)
        .bind(&account.name)
        .bind(now.unix())
        .bind(json_text(&Settings::default())?)
        .execute(&mut **writing)
        .await?;
    people::add_member(writing, &account.id, owner, now).await?;
    audit::add(writing, &account.id, now, owner, "account.created", Some(&account.name)).await
}

/// Everything about one account's integration.
///
/// Give it a transaction when the parts have to belong together.
pub(crate) async fn integration(connection: &mut Connection, id: &str) -> sqlx::Result<Option<Stored>> {
    let row: Option<IntegrationRow> = sqlx::query_as(
        "SELECT name, version, activated_at, settings, (SELECT count(*) FROM licence_keys \
         WHERE licence_keys.account = accounts.id AND per_user = 1) AS per_user_keys FROM accounts WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let settings: Settings = json(&row.settings)?;
    let backup_login = match &settings.backup_login {
        Some(email) => people::login(&mut *connection, email).await?,
        None => Login::default(),
    };
    Ok(Some(Stored {
        account: id.to_owned(),
        organization: row.name,
        version: number(row.version)?,
        draft: Draft { settings, activated_at: moment_if(row.activated_at)? },
        domains: domains::of(&mut *connection, id).await?,
        scim_token: scim_tokens::current(&mut *connection, id).await?,
        scim_old_tokens: scim_tokens::old(&mut *connection, id).await?,
        backup_login,
        has_per_user_key: row.per_user_keys > 0,
    }))
}

/// Writes what a change made of it, and the next version.
pub(crate) async fn write(writing: &mut Writing, id: &str, draft: &Draft) -> sqlx::Result<()> {
    sqlx::query("UPDATE accounts SET version = version + 1, settings = $1, activated_at = $2 WHERE id = $3")
        .bind(json_text(&draft.settings)?)
        .bind(draft.activated_at.map(Timestamp::unix))
        .bind(id)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// The next version, for a change that lies in another table.
pub(crate) async fn bump(writing: &mut Writing, id: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE accounts SET version = version + 1 WHERE id = $1")
        .bind(id)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

//! The whole audit log of an account, for whoever keeps the service.

use crate::StartError;
use crate::config::Database;
use crate::store::{self, accounts, audit};
use account_api::AuditEntry;

/// So many entries are in memory at a time.
const PAGE: i64 = 500;

/// Gives every entry of an account's audit log to `take`, oldest first, until it says that it wants no more. Returns
/// whether there is such an account. The service may be running.
///
/// # Errors
/// Everything of [`StartError`] that is about the data.
pub async fn audit_from_cli(
    database: &Database,
    account: &str,
    take: impl FnMut(&AuditEntry) -> bool,
) -> Result<bool, StartError> {
    let pool = store::open(database).await?;
    let given = give(&pool, account, take).await;
    pool.close().await;
    given.map_err(|source| match database {
        Database::Server(server) => StartError::server(server, source),
        Database::Directory(_) | Database::File(_) => StartError::database(&database.place(), source),
    })
}

async fn give(
    pool: &store::Pool,
    account: &str,
    mut take: impl FnMut(&AuditEntry) -> bool,
) -> sqlx::Result<bool> {
    let mut connection = pool.acquire().await?;
    if accounts::find(&mut connection, account).await?.is_none() {
        return Ok(false);
    }
    let mut after = 0;
    loop {
        let page = audit::page(&mut connection, account, after, PAGE).await?;
        let Some((newest, _)) = page.last() else { return Ok(true) };
        after = *newest;
        if !page.iter().all(|(_, entry)| take(entry)) {
            return Ok(true);
        }
    }
}

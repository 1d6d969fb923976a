//! Which key the nodes of a server share: the digest of its certificate, never the key.

use super::{Alone, Pool};

/// Writes down that digest unless there is one, and returns the one that is there.
pub(crate) async fn settle(pool: &Pool, certificate_sha256: &str) -> sqlx::Result<String> {
    let mut writing = super::writing(pool, Alone::Rows).await?;
    sqlx::query(
        "INSERT INTO service_key (only_one, certificate_sha256) VALUES (1, $1) ON CONFLICT DO NOTHING",
    )
    .bind(certificate_sha256)
    .execute(&mut *writing)
    .await?;
    let known =
        sqlx::query_scalar("SELECT certificate_sha256 FROM service_key").fetch_one(&mut *writing).await?;
    writing.commit().await?;
    Ok(known)
}

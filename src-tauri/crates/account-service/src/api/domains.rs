//! Step 1: domains.

use super::once::{Creation, Made};
use super::request::{BasedOn, Licensed, Member};
use super::{SERVICE, answer};
use crate::error::Error;
use crate::store::audit;
use crate::store::change::{self, Author, Line, Outcome};
use crate::store::domains::{self, StoredDomain};
use crate::upkeep::{Consequence, GRACE, consequence};
use crate::{Service, tokens};
use account_api::{AddDomain, DomainHistory, Integration, Problem, ProblemCode, Verification};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain_check::{DomainName, Report, TxtRecord};
use serde_json::json;

/// How long to wait when too many domains are looked at, in seconds.
const COME_BACK: u32 = 5;

/// Adds a domain and makes its record. A domain belongs to one account only.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/domains", tag = "domains",
    params(("account" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = AddDomain, responses(
    (status = 201, body = Integration, headers(("ETag" = String))),
    (status = 200, body = Integration, headers(("ETag" = String)), description = "The account has it already."),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn add(
    State(service): State<Service>,
    Licensed(member): Licensed,
    BasedOn(version): BasedOn,
    Creation { body, once }: Creation<AddDomain>,
) -> Result<Response, Error> {
    let name =
        DomainName::parse(&body.name).map_err(|finding| Error::findings("name", vec![finding]))?.domain;
    let author = member.writes(&service, Some(version));
    let (mut writing, fresh) = change::begin(&service.inner.pool, &member.account, &author).await?;
    if let Some(answer) = once.before(&mut writing, &author.email, author.at).await? {
        return Ok(answer);
    }
    let holder = domains::holder(&mut writing, name.as_str()).await?;
    if holder.as_ref().is_some_and(|holder| *holder != member.account) {
        return Err(taken());
    }
    match fresh {
        Ok(stored) | Err(stored) if holder.is_some() => answer::after(&service, Outcome::Written(stored)),
        Err(stored) => Err(answer::conflict(&service, stored)),
        Ok(_) => {
            let token = tokens::domain_token()?;
            // Another account may have been quicker since it was looked for.
            if !domains::add(&mut writing, &member.account, name.as_str(), &token, author.at).await? {
                return Err(taken());
            }
            let line = Line::about("domain.added", name.as_str()).after(json!({ "domain": name.as_str() }));
            let stored = change::bump(&mut writing, &member.account, &author, &line).await?;
            let integration = service.inner.view().integration(stored, author.at);
            let made = Made::new(StatusCode::CREATED, Some(integration.version), &integration)?;
            once.commit(writing, &author.email, author.at, made).await
        }
    }
}

fn taken() -> Error {
    Error::about(ProblemCode::DomainTaken, "name", "another account has this domain")
}

/// Removes a domain; another account may add it then, with a record of its own.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/domains/{domain}", tag = "domains",
    params(("account" = String, Path), ("domain" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remove(
    State(service): State<Service>,
    member: Member,
    Path((_, name)): Path<(String, String)>,
    BasedOn(version): BasedOn,
) -> Result<Response, Error> {
    let name = name.to_ascii_lowercase();
    let author = member.writes(&service, Some(version));
    let (mut writing, fresh) = change::begin(&service.inner.pool, &member.account, &author).await?;
    if let Err(stored) = fresh {
        return Err(answer::conflict(&service, stored));
    }
    if !domains::remove(&mut writing, &member.account, &name).await? {
        return Err(Error::not_found());
    }
    let line = Line::about("domain.removed", &name).before(json!({ "domain": name }));
    answer::after(&service, change::bump_and_finish(writing, &member.account, &author, &line).await?)
}

/// Looks for the record on every delegated name server. A domain that was verified stays so; the findings say what is
/// there now.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/domains/{domain}/verify", tag = "domains",
    params(("account" = String, Path), ("domain" = String, Path)), responses(
    (status = 200, body = Verification),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn verify(
    State(service): State<Service>,
    member: Member,
    Path((_, name)): Path<(String, String)>,
) -> Result<Json<Verification>, Error> {
    let name = name.to_ascii_lowercase();
    let mut connection = service.inner.pool.acquire().await?;
    let domain =
        domains::find(&mut connection, &member.account, &name).await?.ok_or_else(Error::not_found)?;
    drop(connection);
    let (domain, report) = look_and_write_down(&service, &member.account, &domain).await?;
    Ok(Json(Verification { domain: service.inner.view().domain(domain), findings: report.findings }))
}

/// What the service saw of the record, change by change.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/domains/{domain}/history", tag = "domains",
    params(("account" = String, Path), ("domain" = String, Path)), responses(
    (status = 200, body = DomainHistory),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn history(
    State(service): State<Service>,
    member: Member,
    Path((_, name)): Path<(String, String)>,
) -> Result<Json<DomainHistory>, Error> {
    let name = name.to_ascii_lowercase();
    let mut reading = crate::store::reading(&service.inner.pool).await?;
    let domain = domains::find(&mut reading, &member.account, &name).await?.ok_or_else(Error::not_found)?;
    let changes = domains::history(&mut reading, &member.account, &name).await?;
    Ok(Json(DomainHistory { changes, checked_at: domain.checked_at }))
}

/// Looks for the record of a domain of the account, and writes down what that means.
pub(crate) async fn look_and_write_down(
    service: &Service,
    account: &str,
    domain: &StoredDomain,
) -> Result<(StoredDomain, Report), Error> {
    let report = look(service, domain).await?;
    tracing::debug!(domain = %report.domain, verdict = ?report.verdict, "looked for a domain's record");
    let domain = write_down(service, account, domain, &report).await?;
    Ok((domain, report))
}

async fn look(service: &Service, domain: &StoredDomain) -> Result<Report, Error> {
    let _permit = service.inner.walks.try_acquire().map_err(|_| Error::Busy(COME_BACK))?;
    let name =
        DomainName::parse(&domain.name).map_err(|finding| Error::findings("name", vec![finding]))?.domain;
    let host = service.inner.view().challenge_host;
    Ok(service.inner.verifier.look(&name, &TxtRecord::new(&name, &host, &domain.token)).await)
}

/// The domain after the look. Only the first sight of the record and its loss are changes of the integration.
async fn write_down(
    service: &Service,
    account: &str,
    looked_at: &StoredDomain,
    report: &Report,
) -> Result<StoredDomain, Error> {
    let author = Author { email: SERVICE.to_owned(), at: service.inner.now(), based_on: None };
    let (mut writing, _) = change::begin(&service.inner.pool, account, &author).await?;
    let known = domains::find(&mut writing, account, &looked_at.name).await?;
    let mut domain = known.filter(|known| known.token == looked_at.token).ok_or_else(Error::not_found)?;
    let means = consequence(&domain, report, author.at);
    domain.looked_at = Some(author.at);
    if !report.is_failure_to_look() {
        domain.checked_at = Some(author.at);
        let (verdict, seen) = seen(report);
        domains::remember(&mut writing, account, &domain.name, author.at, &verdict, &seen).await?;
    }
    match means {
        Consequence::None => {}
        Consequence::Verified => domain.verified_at = Some(author.at),
        Consequence::Missing => domain.missing_since = Some(author.at),
        Consequence::Found => domain.missing_since = None,
        Consequence::Lost => (domain.verified_at, domain.missing_since) = (None, None),
    }
    domains::looked(&mut writing, account, &domain).await?;
    match means.action() {
        Some(action) if means.is_change() => {
            let line = Line::about(action, domain.name.clone())
                .before(json!({ "verified_at": looked_at.verified_at }))
                .after(json!({ "verified_at": domain.verified_at }));
            change::bump_and_finish(writing, account, &author, &line).await?;
        }
        Some(action) => {
            audit::add(&mut writing, account, author.at, SERVICE, action, Some(&domain.name)).await?;
            writing.commit().await?;
        }
        None => writing.commit().await?,
    }
    notice(service, account, &domain, means);
    Ok(domain)
}

/// Tells whoever keeps the service running what became of a domain. Its name stands in the audit log of the account, and
/// is nothing for a log.
fn notice(service: &Service, account: &str, domain: &StoredDomain, means: Consequence) {
    let Some(change) = means.action() else { return };
    service.inner.metrics.count_change(change.trim_start_matches("domain."));
    match (means, domain.missing_since) {
        (Consequence::Missing, Some(since)) => {
            let (missing_since, lost_at) = (since, since.plus(GRACE));
            tracing::warn!(account, change, %missing_since, %lost_at, "the record of a verified domain is gone");
        }
        (Consequence::Lost, _) => {
            tracing::warn!(account, change, "a domain does not count as verified any more")
        }
        _ => tracing::info!(account, change, "the record of a domain is there"),
    }
}

/// The verdict and the values of each server, for the history.
fn seen(report: &Report) -> (String, String) {
    let verdict = serde_json::to_value(report.verdict).ok();
    let verdict = verdict.as_ref().and_then(|verdict| verdict.as_str()).unwrap_or_default().to_owned();
    let mut servers: Vec<_> = report
        .delegated()
        .map(|row| {
            serde_json::json!({ "server": row.server, "status": row.status, "values": row.values })
                .to_string()
        })
        .collect();
    servers.sort_unstable();
    servers.dedup();
    (verdict, format!("[{}]", servers.join(",")))
}

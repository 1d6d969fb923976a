//! Making and ending the bearer tokens of provisioning, for the settings API and for the command line.

use crate::api::SERVICE;
use crate::config::Database;
use crate::error::Error;
use crate::store::change::{self, Author, Line, Outcome};
use crate::store::settings::Stored;
use crate::store::{self, Writing, accounts, scim_tokens};
use crate::{Clock, StartError, SystemClock, tokens};
use account_api::ScimToken;
use serde_json::json;
use time::Duration;
use vocabulary::{Secret, Timestamp};

/// So long a token that was replaced may stay good.
pub(crate) const LONGEST_OVERLAP: Duration = Duration::days(90);

/// So many tokens that were replaced an account may have.
const MOST_OLD: usize = 5;

/// A new token in the place of the current one, which stays good until then, or ends at once. The caller commits.
pub(crate) async fn issue(
    writing: &mut Writing,
    account: &str,
    now: Timestamp,
    keep_old_until: Option<Timestamp>,
) -> Result<(Secret, Line), Error> {
    scim_tokens::forget_ended(writing, account, now).await?;
    let current = scim_tokens::current(writing, account).await?;
    let old = scim_tokens::old(writing, account).await?;
    if let Some(until) = keep_old_until {
        check(until, now, old.len())?;
        scim_tokens::keep(writing, account, until).await?;
    }
    // Tokens are told apart by their last characters.
    let is_taken = |hint: &str| current.iter().chain(&old).any(|token| token.hint == hint);
    let token = loop {
        let token = tokens::bearer_token()?;
        if !is_taken(&tokens::hint(token.expose())) {
            break token;
        }
    };
    let hint = tokens::hint(token.expose());
    scim_tokens::replace(writing, account, tokens::digest(token.expose()), &hint, now).await?;
    let before = current.map(|token| json!({ "token": token.hint }));
    let mut line = Line::about("scim-token.issued", &hint)
        .after(json!({ "token": hint, "old_token_ends_at": keep_old_until }));
    line.values.before = before;
    Ok((token, line))
}

/// Ends a token at once. The caller commits.
pub(crate) async fn revoke(writing: &mut Writing, account: &str, hint: &str) -> Result<Line, Error> {
    if !scim_tokens::revoke(writing, account, hint).await? {
        return Err(Error::not_found());
    }
    Ok(Line::about("scim-token.revoked", hint).before(json!({ "token": hint })))
}

fn check(until: Timestamp, now: Timestamp, old: usize) -> Result<(), Error> {
    let overlap = until.since(now);
    if overlap <= Duration::ZERO || overlap > LONGEST_OVERLAP {
        return Err(Error::value("keep_old_until", "this is not within the next 90 days"));
    }
    if old >= MOST_OLD {
        return Err(Error::value("keep_old_until", "five older tokens are good still: revoke one before"));
    }
    Ok(())
}

/// What the command line does with the tokens of an account.
#[derive(Debug, Clone)]
pub enum TokenTask {
    /// Makes a new one; the current one stays good for so long, or ends at once.
    Issue {
        /// Zero, or at most 90 days.
        keep_old_for: Duration,
    },
    /// Ends one at once.
    Revoke {
        /// Its last four characters.
        hint: String,
    },
}

/// What came of a [`TokenTask`].
#[derive(Debug)]
pub struct ScimTokens {
    /// The new token, told this once.
    pub issued: Option<Secret>,
    /// The tokens that are good now, the current one first.
    pub tokens: Vec<ScimToken>,
}

/// Makes or ends SCIM bearer tokens of an account, and tells which there are then; the service may be running. `None` when
/// there is no such account, or no such token.
///
/// # Errors
/// Everything of [`StartError`] that is about the data; [`StartError::TokenOverlap`].
pub async fn scim_tokens_from_cli(
    database: &Database,
    account: &str,
    task: Option<TokenTask>,
) -> Result<Option<ScimTokens>, StartError> {
    let pool = store::open(database).await?;
    let done = perform(&pool, account, task).await;
    pool.close().await;
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Error::Database(source)) => Err(match database {
            Database::Server(server) => StartError::server(server, source),
            Database::Directory(_) | Database::File(_) => StartError::database(&database.place(), source),
        }),
        Err(Error::Problem(problem)) if problem.status == 404 => Ok(None),
        Err(Error::Problem(_) | Error::Busy(_)) => Err(StartError::TokenOverlap),
        Err(Error::NoRandomness | Error::CannotSign | Error::Sealed) => {
            Err(StartError::Storage { path: database.place(), source: Box::new(tokens::NoRandomness) })
        }
    }
}

async fn perform(pool: &store::Pool, account: &str, task: Option<TokenTask>) -> Result<ScimTokens, Error> {
    let now = SystemClock.now();
    let author = Author { email: SERVICE.to_owned(), at: now, based_on: None };
    let Some(task) = task else {
        let mut reading = store::reading(pool).await?;
        let stored = accounts::integration(&mut reading, account).await?.ok_or_else(Error::not_found)?;
        return Ok(ScimTokens { issued: None, tokens: good(stored, now) });
    };
    let (mut writing, _) = change::begin(pool, account, &author).await?;
    let (issued, line) = match task {
        TokenTask::Issue { keep_old_for } => {
            let until = (!keep_old_for.is_zero()).then(|| now.plus(keep_old_for));
            let (token, line) = issue(&mut writing, account, now, until).await?;
            (Some(token), line)
        }
        TokenTask::Revoke { hint } => (None, revoke(&mut writing, account, &hint).await?),
    };
    match change::bump_and_finish(writing, account, &author, &line).await? {
        Outcome::Written(stored) | Outcome::Conflict(stored) => {
            Ok(ScimTokens { issued, tokens: good(stored, now) })
        }
    }
}

fn good(stored: Stored, now: Timestamp) -> Vec<ScimToken> {
    let old = still_good(stored.scim_old_tokens, now);
    stored.scim_token.into_iter().chain(old).collect()
}

/// Those whose time is not over.
pub(crate) fn still_good(tokens: Vec<ScimToken>, now: Timestamp) -> Vec<ScimToken> {
    tokens.into_iter().filter(|token| token.ends_at.is_none_or(|ends| ends > now)).collect()
}

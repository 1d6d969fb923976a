//! Compare the version, write and bump it in one transaction, so that two writers never both win.

use super::settings::{Draft, Stored};
use super::{Alone, Pool, Writing, accounts, audit, writing};
use crate::error::Error;
use vocabulary::Timestamp;

/// Who writes, when, and what they had read.
#[derive(Debug, Clone)]
pub(crate) struct Author {
    pub(crate) email: String,
    pub(crate) at: Timestamp,
    /// The version the write is based on; `None` for a write that depends on nothing that was read.
    pub(crate) based_on: Option<u32>,
}

/// A line for the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) action: &'static str,
    pub(crate) subject: Option<String>,
}

/// What came of a write.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The integration as it is now.
    Written(Stored),
    /// Somebody else has written since; the integration as it is now.
    Conflict(Stored),
}

impl Line {
    pub(crate) fn new(action: &'static str) -> Self {
        Self { action, subject: None }
    }

    pub(crate) fn about(action: &'static str, subject: impl Into<String>) -> Self {
        Self { action, subject: Some(subject.into()) }
    }
}

/// Changes the settings of an account. `edit` changes the draft and says what to write into the audit log.
///
/// A draft that comes out as it went in is written nowhere, and is no conflict when it is based on the current version
/// or the one before it: that is how a retry after a lost answer looks.
pub(crate) async fn settings(
    pool: &Pool,
    account: &str,
    author: &Author,
    edit: impl FnOnce(&mut Draft, &Stored) -> Result<Line, Error>,
) -> Result<Outcome, Error> {
    let mut writing = writing(pool, Alone::Account(account)).await?;
    let stored = load(&mut writing, account).await?;
    let mut draft = stored.draft.clone();
    let edited = edit(&mut draft, &stored);
    let unchanged = edited.is_ok() && draft == stored.draft;
    if unchanged
        && author.based_on.is_none_or(|version| version == stored.version || version + 1 == stored.version)
    {
        return Ok(Outcome::Written(stored));
    }
    if author.is_behind(&stored) {
        return Ok(Outcome::Conflict(stored));
    }
    let line = edited?;
    accounts::write(&mut writing, account, &draft).await?;
    let stored = note(&mut writing, account, author, &line).await?;
    writing.commit().await?;
    Ok(Outcome::Written(stored))
}

/// Begins a write to the rows around the settings; a conflict when it is based on an older version.
pub(crate) async fn begin(
    pool: &Pool,
    account: &str,
    author: &Author,
) -> Result<(Writing, Result<Stored, Stored>), Error> {
    let mut writing = writing(pool, Alone::Account(account)).await?;
    let stored = load(&mut writing, account).await?;
    let fresh = if author.is_behind(&stored) { Err(stored) } else { Ok(stored) };
    Ok((writing, fresh))
}

/// Ends what [`begin`] began: the next version and the audit line.
pub(crate) async fn bump_and_finish(
    mut writing: Writing,
    account: &str,
    author: &Author,
    line: &Line,
) -> Result<Outcome, Error> {
    let stored = bump(&mut writing, account, author, line).await?;
    writing.commit().await?;
    Ok(Outcome::Written(stored))
}

/// The next version and the audit line; the caller commits. Gives the integration as it is then.
pub(crate) async fn bump(
    writing: &mut Writing,
    account: &str,
    author: &Author,
    line: &Line,
) -> Result<Stored, Error> {
    accounts::bump(writing, account).await?;
    note(writing, account, author, line).await
}

async fn note(writing: &mut Writing, account: &str, author: &Author, line: &Line) -> Result<Stored, Error> {
    audit::add(writing, account, author.at, &author.email, line.action, line.subject.as_deref()).await?;
    load(writing, account).await
}

async fn load(writing: &mut Writing, account: &str) -> Result<Stored, Error> {
    accounts::integration(writing, account).await?.ok_or_else(Error::not_found)
}

impl Author {
    fn is_behind(&self, stored: &Stored) -> bool {
        self.based_on.is_some_and(|version| version != stored.version)
    }
}

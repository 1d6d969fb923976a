//! Compare the version, write and bump it in one transaction, so that two writers never both win.

use super::audit::{self, Values};
use super::settings::{Draft, Stored};
use super::{Alone, Pool, Writing, accounts, part, writing};
use crate::error::Error;
use serde_json::{Map, Value};
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
    /// What was changed; of the settings it is found by itself.
    pub(crate) values: Values,
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
        Self { action, subject: None, values: Values::default() }
    }

    pub(crate) fn about(action: &'static str, subject: impl Into<String>) -> Self {
        Self { action, subject: Some(subject.into()), values: Values::default() }
    }

    /// With what was there before.
    pub(crate) fn before(mut self, value: Value) -> Self {
        self.values.before = Some(value);
        self
    }

    /// With what is there now.
    pub(crate) fn after(mut self, value: Value) -> Self {
        self.values.after = Some(value);
        self
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
    let mut part = part(pool, Alone::Account(account)).await?;
    let changed = change(&mut part, account, author, edit).await;
    part.end(changed).await
}

async fn change(
    writing: &mut Writing,
    account: &str,
    author: &Author,
    edit: impl FnOnce(&mut Draft, &Stored) -> Result<Line, Error>,
) -> Result<Outcome, Error> {
    let stored = load(writing, account).await?;
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
    let values = changed(&stored.draft, &draft)?;
    let line = Line { values, ..edited? };
    accounts::write(writing, account, &draft).await?;
    Ok(Outcome::Written(note(writing, account, author, &line).await?))
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
    let what = (line.action, line.subject.as_deref());
    audit::add_with(writing, account, author.at, &author.email, what, &line.values).await?;
    load(writing, account).await
}

/// The settings that differ, by name. A certificate is no secret, and the service keeps no other one in its settings.
fn changed(before: &Draft, after: &Draft) -> Result<Values, Error> {
    let (mut before, mut after) = (by_name(before)?, by_name(after)?);
    let same: Vec<String> = before
        .iter()
        .filter(|(name, value)| after.get(*name) == Some(*value))
        .map(|(name, _)| name.clone())
        .collect();
    for name in same {
        before.remove(&name);
        after.remove(&name);
    }
    Ok(Values { before: Some(before.into()), after: Some(after.into()) })
}

fn by_name(draft: &Draft) -> Result<Map<String, Value>, Error> {
    let settings =
        serde_json::to_value(&draft.settings).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let Value::Object(mut settings) = settings else { return Ok(Map::new()) };
    settings.insert("activated_at".to_owned(), draft.activated_at.map(|at| at.to_string()).into());
    Ok(settings)
}

async fn load(writing: &mut Writing, account: &str) -> Result<Stored, Error> {
    accounts::integration(writing, account).await?.ok_or_else(Error::not_found)
}

impl Author {
    fn is_behind(&self, stored: &Stored) -> bool {
        self.based_on.is_some_and(|version| version != stored.version)
    }
}

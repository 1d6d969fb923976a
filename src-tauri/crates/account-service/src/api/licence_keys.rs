//! Licence keys.

use super::once::{Creation, Made, Once};
use super::request::{BasedOn, Member, SignedIn};
use super::{answer, fields};
use crate::error::Error;
use crate::store::change::{self, Author, Line};
use crate::store::licence_keys::Keys;
use crate::store::settings::Stored;
use crate::store::{self, Alone, accounts, licence_keys};
use crate::{Service, tokens};
use account_api::{
    Account, Integration, LicenceKey, Problem, ProblemCode, RegisterFirstLicenceKey, RegisterLicenceKey,
    RegisteredLicenceKey, licence_key_letters,
};
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use vocabulary::Timestamp;

/// A key that somebody wants to register, and what they say of it.
struct Asked {
    digest: Vec<u8>,
    key: LicenceKey,
}

/// The registered keys, oldest first.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/licence-keys", tag = "accounts",
    params(("account" = String, Path)), responses(
    (status = 200, body = Vec<LicenceKey>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(
    State(service): State<Service>,
    member: Member,
) -> Result<Json<Vec<LicenceKey>>, Error> {
    Ok(Json(licence_keys::of(&service.inner.pool, &member.account).await?))
}

/// Registers a key, or changes what was said of one of the account's. The key itself is not kept, only its digest.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/licence-keys", tag = "accounts",
    params(("account" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = RegisterLicenceKey, responses(
    (status = 201, body = LicenceKey, headers(("ETag" = String))),
    (status = 200, body = LicenceKey, description = "The account has registered it before."),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn register(
    State(service): State<Service>,
    member: Member,
    BasedOn(version): BasedOn,
    Creation { body, once }: Creation<RegisterLicenceKey>,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let asked = Asked::read(&body, author.at)?;
    enter(&service, &member.account, &author, asked, &once, |key| key).await
}

/// Removes a key that was registered by mistake; another account may register it then. Of several keys with the same last
/// characters the day of one has to be given. Refused while single sign-on is active and the service wants a key that is
/// licensed per user, if this is the last one.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/licence-keys/{hint}", tag = "accounts",
    params(("account" = String, Path), ("hint" = String, Path, description = "Its last four characters."),
        ("registered_at" = Option<String>, Query, description = "When it was registered."),
        ("If-Match" = String, Header)), responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remove(
    State(service): State<Service>,
    member: Member,
    Path((_, hint)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    BasedOn(version): BasedOn,
) -> Result<Response, Error> {
    let registered_at = moment_of(query.as_deref())?;
    let author = member.writes(&service, Some(version));
    let (mut writing, fresh) = change::begin(&service.inner.pool, &member.account, &author).await?;
    let mut meant = licence_keys::ending(&mut writing, &member.account, &hint).await?;
    meant.retain(|(_, key)| registered_at.is_none_or(|at| at == key.registered_at));
    let (digest, key) = match meant.len() {
        0 => return Err(Error::not_found()),
        1 => meant.remove(0),
        _ => {
            return Err(Error::value(
                "registered_at",
                "several keys end like this: say when it was registered",
            ));
        }
    };
    let stored = fresh.map_err(|stored| answer::conflict(&service, stored))?;
    licence_keys::remove(&mut writing, &digest).await?;
    if key.per_user {
        keeps_active(&service, &mut writing, &stored).await?;
    }
    let line = Line::about("licence-key.removed", &key.hint).before(values(&key));
    answer::after(&service, change::bump_and_finish(writing, &member.account, &author, &line).await?)
}

/// The moment in `registered_at=…`, when there is one.
fn moment_of(query: Option<&str>) -> Result<Option<Timestamp>, Error> {
    let mut pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let said = pairs.find(|(name, _)| name == "registered_at").map(|(_, value)| value);
    let unreadable = || Error::value("registered_at", "this is not a moment as RFC 3339 has it");
    said.map(|text| Timestamp::parse(&text).ok_or_else(unreadable)).transpose()
}

/// Single sign-on that is on goes on: where the service wants a key that is licensed per user, the last one stays.
async fn keeps_active(service: &Service, writing: &mut store::Writing, before: &Stored) -> Result<(), Error> {
    let needed = service.inner.require_licence_key && before.draft.activated_at.is_some();
    if !needed || licence_keys::kind(writing, &before.account).await? == Keys::PerUser {
        return Ok(());
    }
    let why = "single sign-on is active, and this is the last key that is licensed per user";
    Err(Error::because(ProblemCode::LicenceKeyRequired, why))
}

/// Registers a key for somebody who names no account: it goes to the one they have, or to one that is made of the
/// organization's name together with it, or not at all.
#[utoipa::path(post, path = "/api/v1/licence-keys", tag = "accounts",
    params(("Idempotency-Key" = Option<String>, Header)), request_body = RegisterFirstLicenceKey, responses(
    (status = 201, body = RegisteredLicenceKey, headers(("ETag" = String))),
    (status = 200, body = RegisteredLicenceKey, description = "The user's account has registered it before."),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn register_first(
    State(service): State<Service>,
    user: SignedIn,
    Creation { body, once }: Creation<RegisterFirstLicenceKey>,
) -> Result<Response, Error> {
    let author = Author { email: user.email, at: service.inner.now(), based_on: None };
    let asked = Asked::read(&body.licence_key, author.at)?;
    let pool = &service.inner.pool;
    let mut theirs = accounts::of(pool, &author.email).await?;
    if theirs.is_empty() {
        match with_account(&service, &author, &asked, body.organization.as_deref(), &once).await? {
            Some(answer) => return Ok(answer),
            // Somebody has taken them into an account meanwhile.
            None => theirs = accounts::of(pool, &author.email).await?,
        }
    }
    let [account] = theirs.as_slice() else { return Err(Error::plain(ProblemCode::AccountNeeded)) };
    let tell = |key| registered(key, account, false);
    enter(&service, &account.id, &author, asked, &once, tell).await
}

/// Makes the account and registers the key in it, both or neither; `None` when the user has an account by now.
async fn with_account(
    service: &Service,
    author: &Author,
    asked: &Asked,
    organization: Option<&str>,
    once: &Once,
) -> Result<Option<Response>, Error> {
    let mut writing = store::writing(&service.inner.pool, Alone::Person(&author.email)).await?;
    if !accounts::of_user(&mut writing, &author.email).await?.is_empty() {
        return Ok(None);
    }
    let name = organization.map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Error::plain(ProblemCode::OrganizationNeeded))?;
    let name = fields::organization(name)
        .ok_or_else(|| Error::value("organization", "the name has at most 100 characters on one line"))?;
    let (account, _) = service.inner.own(&mut writing, &author.email, &name, None).await?;
    add(&mut writing, &account.id, asked).await?;
    let stored = change::bump(&mut writing, &account.id, author, &asked.line()).await?;
    let told = registered(asked.key.clone(), &account, true);
    let made = Made::new(StatusCode::CREATED, Some(stored.version), &told)?;
    once.commit(writing, &author.email, author.at, made).await.map(Some)
}

/// Registers the key in an account that there is, or changes what was said of it there.
async fn enter<T: Serialize>(
    service: &Service,
    account: &str,
    author: &Author,
    asked: Asked,
    once: &Once,
    tell: impl FnOnce(LicenceKey) -> T,
) -> Result<Response, Error> {
    let (mut writing, fresh) = change::begin(&service.inner.pool, account, author).await?;
    if let Some(answer) = once.before(&mut writing, &author.email, author.at).await? {
        return Ok(answer);
    }
    let known = match licence_keys::find(&mut writing, &asked.digest).await? {
        Some((whose, _)) if whose != account => return Err(Error::plain(ProblemCode::LicenceKeyTaken)),
        known => known.map(|(_, key)| key),
    };
    let asked = asked.over(known.as_ref());
    if known.as_ref() == Some(&asked.key) {
        return Ok(Json(tell(asked.key)).into_response());
    }
    let stored = fresh.map_err(|stored| answer::conflict(service, stored))?;
    let (status, line) = match &known {
        Some(before) => {
            licence_keys::set(&mut writing, &asked.digest, &asked.key).await?;
            if before.per_user {
                keeps_active(service, &mut writing, &stored).await?;
            }
            let line = Line::about("licence-key.changed", &before.hint);
            (StatusCode::OK, line.before(values(before)).after(values(&asked.key)))
        }
        None => {
            add(&mut writing, account, &asked).await?;
            (StatusCode::CREATED, asked.line())
        }
    };
    let stored = change::bump(&mut writing, account, author, &line).await?;
    let made = Made::new(status, Some(stored.version), &tell(asked.key))?;
    once.commit(writing, &author.email, author.at, made).await
}

/// Another account may have been quicker since it was looked for, if it was.
async fn add(writing: &mut store::Writing, account: &str, asked: &Asked) -> Result<(), Error> {
    let is_new = licence_keys::add(writing, account, &asked.digest, &asked.key).await?;
    if is_new { Ok(()) } else { Err(Error::plain(ProblemCode::LicenceKeyTaken)) }
}

fn registered(licence_key: LicenceKey, account: &Account, account_created: bool) -> RegisteredLicenceKey {
    RegisteredLicenceKey { licence_key, account: account.clone(), account_created }
}

fn values(key: &LicenceKey) -> Value {
    json!({ "licence_key": key.hint, "name": key.name, "per_user": key.per_user })
}

impl Asked {
    fn read(body: &RegisterLicenceKey, now: Timestamp) -> Result<Self, Error> {
        let letters = licence_key_letters(&body.key)
            .ok_or_else(|| Error::value("key", "a licence key has 8 to 128 letters and digits"))?;
        let name = body.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let name = name.map(|name| fields::one_line(name, 100)).map(|name| {
            name.ok_or_else(|| Error::value("name", "the name has at most 100 characters on one line"))
        });
        let key = LicenceKey {
            hint: tokens::hint(&letters),
            name: name.transpose()?,
            per_user: body.per_user,
            registered_at: now,
        };
        Ok(Self { digest: tokens::digest(&letters), key })
    }

    /// What is so once it is registered: a known key keeps its day, and its name unless it gets another one.
    fn over(self, known: Option<&LicenceKey>) -> Self {
        let Some(known) = known else { return self };
        let name = self.key.name.or_else(|| known.name.clone());
        Self { key: LicenceKey { name, registered_at: known.registered_at, ..self.key }, ..self }
    }

    fn line(&self) -> Line {
        Line::about("licence-key.registered", &self.key.hint).after(values(&self.key))
    }
}

//! What identity providers and administrators send to an account service, many times over, and how long its answers take.

use super::Trouble;
use reqwest::header::{CONTENT_TYPE, ETAG, IF_MATCH};
use reqwest::{Client, Method, RequestBuilder, Url};
use serde_json::{Value, json};
use std::io::{Read, stdin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// So many members an identity provider sends in one change of a group.
const MEMBERS_AT_ONCE: usize = 100;

/// What is sent. The tokens are read from the standard input, one a line: they are in nobody's list of processes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    load: Load,
    /// So many requests are on the way at once.
    #[arg(long, default_value_t = 16)]
    at_once: usize,
}

#[derive(clap::Subcommand)]
enum Load {
    /// Print a new SCIM bearer token of the administrator's account, as JSON.
    Issue { base: String },
    /// Create so many users, their names numbered from a number on.
    Create { base: String, from: usize, count: usize },
    /// Look for so many users among those that are numbered from 0 on, by userName.
    Filter { base: String, population: usize, count: usize },
    /// Create groups and send their members as an identity provider does: 100 in one change.
    Groups { base: String, from: usize, count: usize, members: usize },
    /// Put one member more into a group of so many and take it out again, so many times.
    Patch { base: String, members: usize, count: usize },
    /// Every token is an administrator, who reads the integration of the account and changes its groups in turn.
    Admins { base: String, rounds: usize },
}

/// Sends it and prints, as a line of JSON for each kind of request, how many there were, in what time, and how long the
/// median and the slowest hundredth waited at most; all times in microseconds.
///
/// # Errors
/// When one of the requests was refused.
pub(crate) fn measure(arguments: Arguments) -> Result<(), Trouble> {
    let mut tokens = String::new();
    stdin().read_to_string(&mut tokens)?;
    let tokens: Vec<String> = tokens.split_whitespace().map(str::to_owned).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(send(arguments, tokens))
}

async fn send(Arguments { load, at_once }: Arguments, tokens: Vec<String>) -> Result<(), Trouble> {
    let caller = |base: String| {
        let token = tokens.first().cloned().ok_or("no token was given")?;
        let http = Client::builder().no_proxy().build()?;
        Ok::<_, Trouble>(Arc::new(Caller { http, base, token }))
    };
    match load {
        Load::Issue { base } => issue(&*caller(base)?).await,
        Load::Create { base, from, count } => {
            let caller = caller(base)?;
            let all = crowd(count, at_once, move |one| Arc::clone(&caller).create(from + one));
            tell("create", &all.await?)
        }
        Load::Filter { base, population, count } => {
            let caller = caller(base)?;
            // 7919 is a prime: no user is looked for twice before every other was.
            let all = crowd(count, at_once, move |one| Arc::clone(&caller).find(one * 7919 % population));
            tell("filter", &all.await?)
        }
        Load::Groups { base, from, count, members } => {
            let caller = caller(base)?;
            let users = caller.users(members).await?;
            let (made, filled) = (Arc::clone(&caller), Arc::new(users));
            let all = crowd(count, at_once, move |one| {
                Arc::clone(&made).fill(format!("group-{}", from + one), Arc::clone(&filled))
            });
            tell("group", &all.await?)
        }
        Load::Patch { base, members, count } => {
            let caller = caller(base)?;
            let mut users = caller.users(members + 1).await?;
            let more = users.pop().ok_or("there is nobody")?;
            let group = caller.group(&format!("of-{members}"), &users).await?;
            let all = crowd(count, 1, move |one| {
                Arc::clone(&caller).move_one(group.clone(), more.clone(), one % 2 == 0)
            });
            tell("patch", &all.await?)
        }
        Load::Admins { base, rounds } => admins(&base, rounds, tokens).await,
    }
}

/// How long the answers took, and all of them together.
struct Taken {
    each: Vec<Duration>,
    whole: Duration,
}

/// Does it so often, so many at once.
async fn crowd<F>(
    count: usize,
    at_once: usize,
    one: impl Fn(usize) -> F + Send + Sync + 'static,
) -> Result<Taken, Trouble>
where
    F: Future<Output = Result<Duration, Trouble>> + Send + 'static,
{
    let (one, next) = (Arc::new(one), Arc::new(AtomicUsize::new(0)));
    let begin = Instant::now();
    let mut workers = JoinSet::new();
    for _ in 0..at_once {
        let (one, next) = (Arc::clone(&one), Arc::clone(&next));
        workers.spawn(async move {
            let mut each = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return Ok::<_, Trouble>(each);
                }
                each.push(one(number).await?);
            }
        });
    }
    let mut each = Vec::with_capacity(count);
    while let Some(done) = workers.join_next().await {
        each.extend(done??);
    }
    Ok(Taken { each, whole: begin.elapsed() })
}

fn tell(what: &str, taken: &Taken) -> Result<(), Trouble> {
    let mut each = taken.each.clone();
    each.sort_unstable();
    let at = |hundredths: usize| each.get((each.len() * hundredths / 100).min(each.len().saturating_sub(1)));
    let (median, p99) = at(50).zip(at(99)).ok_or("nothing was sent")?;
    let line = json!({
        "what": what,
        "count": each.len(),
        "whole": micros(taken.whole),
        "median": micros(*median),
        "p99": micros(*p99),
    });
    println!("{line}");
    Ok(())
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Somebody with a token.
struct Caller {
    http: Client,
    base: String,
    token: String,
}

impl Caller {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    /// The answer, read whole, and what it took.
    async fn answer(&self, request: RequestBuilder) -> Result<(Duration, Value), Trouble> {
        let begin = Instant::now();
        let answer = request.send().await?;
        let status = answer.status();
        let bytes = answer.bytes().await?;
        let taken = begin.elapsed();
        if !status.is_success() {
            return Err(format!("{status}: {}", String::from_utf8_lossy(&bytes)).into());
        }
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes)? };
        Ok((taken, body))
    }

    async fn account(&self) -> Result<String, Trouble> {
        let (_, me) = self.answer(self.request(Method::GET, "/me")).await?;
        Ok(me["accounts"][0]["id"].as_str().ok_or("the administrator has no account")?.to_owned())
    }

    async fn scim(&self, method: Method, path: &str, body: &Value) -> Result<(Duration, Value), Trouble> {
        let request = self.request(method, path).header(CONTENT_TYPE, "application/scim+json");
        self.answer(request.body(body.to_string())).await
    }

    async fn create(self: Arc<Self>, number: usize) -> Result<Duration, Trouble> {
        let user = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "userName": user_name(number),
            "externalId": uuid(number),
            "active": true,
            "displayName": format!("User {number}"),
            "name": { "givenName": "User", "familyName": number.to_string() },
            "emails": [{ "value": user_name(number), "type": "work", "primary": true }],
        });
        Ok(self.scim(Method::POST, "/Users", &user).await?.0)
    }

    async fn find(self: Arc<Self>, number: usize) -> Result<Duration, Trouble> {
        let filter = format!("userName eq \"{}\"", user_name(number));
        let (taken, found) = self.look(&[("filter", &filter)]).await?;
        if found["totalResults"] == 1 { Ok(taken) } else { Err(format!("user {number} is not found").into()) }
    }

    async fn look(&self, query: &[(&str, &str)]) -> Result<(Duration, Value), Trouble> {
        let address = Url::parse_with_params(&format!("{}/Users", self.base), query)?;
        self.answer(self.http.get(address).bearer_auth(&self.token)).await
    }

    /// The ids of so many users.
    async fn users(&self, count: usize) -> Result<Vec<String>, Trouble> {
        let mut ids = Vec::with_capacity(count);
        while ids.len() < count {
            let start = (ids.len() + 1).to_string();
            let query = [("startIndex", start.as_str()), ("count", "1000"), ("attributes", "id")];
            let (_, page) = self.look(&query).await?;
            let found = page["Resources"].as_array().ok_or("there is no list of users")?;
            if found.is_empty() {
                return Err(format!("there are only {} users", ids.len()).into());
            }
            ids.extend(found.iter().filter_map(|user| user["id"].as_str()).map(str::to_owned));
        }
        ids.truncate(count);
        Ok(ids)
    }

    /// Makes a group and sends its members.
    async fn group(&self, name: &str, members: &[String]) -> Result<String, Trouble> {
        let group =
            json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": name });
        let (_, made) = self.scim(Method::POST, "/Groups", &group).await?;
        let id = made["id"].as_str().ok_or("the group has no id")?.to_owned();
        for some in members.chunks(MEMBERS_AT_ONCE) {
            let value: Vec<Value> = some.iter().map(|member| json!({ "value": member })).collect();
            self.change(&id, &json!({ "op": "add", "path": "members", "value": value })).await?;
        }
        Ok(id)
    }

    async fn fill(self: Arc<Self>, name: String, members: Arc<Vec<String>>) -> Result<Duration, Trouble> {
        let begin = Instant::now();
        self.group(&name, &members).await?;
        Ok(begin.elapsed())
    }

    async fn move_one(
        self: Arc<Self>,
        group: String,
        member: String,
        is_in: bool,
    ) -> Result<Duration, Trouble> {
        let operation = if is_in {
            json!({ "op": "add", "path": "members", "value": [{ "value": member }] })
        } else {
            json!({ "op": "remove", "path": format!("members[value eq \"{member}\"]") })
        };
        self.change(&group, &operation).await
    }

    async fn change(&self, group: &str, operation: &Value) -> Result<Duration, Trouble> {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [operation],
        });
        Ok(self.scim(Method::PATCH, &format!("/Groups/{group}"), &body).await?.0)
    }
}

async fn issue(caller: &Caller) -> Result<(), Trouble> {
    let account = caller.account().await?;
    let read = caller.request(Method::GET, &format!("/accounts/{account}/integration")).send().await?;
    let version = read.headers().get(ETAG).cloned().ok_or("there is no version")?;
    let issue = caller.request(Method::POST, &format!("/accounts/{account}/scim/token"));
    let (_, issued) = caller.answer(issue.header(IF_MATCH, version)).await?;
    println!("{}", json!({ "token": issued["token"] }));
    Ok(())
}

fn user_name(number: usize) -> String {
    format!("user-{number}@contoso.test")
}

/// All of them at once; each has connections of its own, as people do.
async fn admins(base: &str, rounds: usize, tokens: Vec<String>) -> Result<(), Trouble> {
    let begin = Instant::now();
    let mut people = JoinSet::new();
    for token in tokens {
        let http = Client::builder().no_proxy().build()?;
        people.spawn(admin(Caller { http, base: base.to_owned(), token }, rounds));
    }
    let (mut read, mut written) = (Vec::new(), Vec::new());
    while let Some(done) = people.join_next().await {
        let (reads, writes) = done??;
        read.extend(reads);
        written.extend(writes);
    }
    let whole = begin.elapsed();
    tell("read", &Taken { each: read, whole })?;
    tell("write", &Taken { each: written, whole })
}

async fn admin(caller: Caller, rounds: usize) -> Result<(Vec<Duration>, Vec<Duration>), Trouble> {
    let account = caller.account().await?;
    let (mut read, mut written) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        let begin = Instant::now();
        let request = caller.request(Method::GET, &format!("/accounts/{account}/integration"));
        let answer = request.send().await?.error_for_status()?;
        let version = answer.headers().get(ETAG).cloned().ok_or("there is no version")?;
        answer.bytes().await?;
        read.push(begin.elapsed());
        let group = json!({ "name": format!("Admins {round}"), "id": uuid(round) });
        let request = caller.request(Method::PUT, &format!("/accounts/{account}/groups"));
        let request = request.header(IF_MATCH, version).json(&json!({ "admins": group, "users": null }));
        written.push(caller.answer(request).await?.0);
    }
    Ok((read, written))
}

fn uuid(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

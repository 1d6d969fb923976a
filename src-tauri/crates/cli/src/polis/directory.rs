//! `signpost polis directory`.

use super::{failure, open_place, outcome};
use crate::args::{PolisDirectoryCreate, PolisDirectoryOne, PolisPlace, PolisProvider};
use crate::broker::{Outcome, usable};
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::Output;
use crate::runtime::run_async;
use crate::table::{facts, table};
use crate::words::Words;
use polis::{Directory, DirectoryKind, Group, NewDirectory, User, Webhook};
use serde_json::{Value, json};

/// Shows what there is, without the bearer tokens.
pub(crate) fn show(place: &PolisPlace, output: &Output) -> Result<Status, Failure> {
    let polis = open_place(place)?;
    let found = run_async(polis.directories(&place.tenant, &place.product))?;
    let directories = found.map_err(|trouble| failure(&trouble))?;
    let words = &output.words;
    let count = words.text("cli-polis-directories", &[("count", &directories.len().to_string())]);
    let each: String = directories.iter().map(|one| format!("\n{}", described(words, one))).collect();
    let documents: Vec<Value> = directories.iter().map(document).collect();
    output.answer(&format!("{count}\n{each}"), &json!({ "directories": documents, "findings": [] }))?;
    Ok(Status::Good)
}

/// Makes a directory where there is none, and prints its bearer token: the identity provider has to be given it.
pub(crate) fn create(args: &PolisDirectoryCreate, output: &Output) -> Result<Status, Failure> {
    let webhook = webhook(args)?;
    let polis = open_place(&args.place)?;
    let (tenant, product) = (&args.place.tenant, &args.place.product);
    let new = NewDirectory {
        tenant,
        product,
        name: args.name.as_deref(),
        kind: kind(args.provider),
        webhook: webhook.as_ref(),
    };
    let made = async {
        match polis::judge_new_directory(&polis.directories(tenant, product).await?) {
            Some(finding) => Ok(Outcome::refused(vec![finding])),
            None => outcome(polis.create_directory(&new).await, Vec::new()),
        }
    };
    let done = run_async(made)?.map_err(|trouble| failure(&trouble))?;
    let text = |words: &Words, one: &Directory| {
        let token = (words.label("cli-polis-token"), one.scim.secret.expose().to_owned());
        facts(rows(words, one).into_iter().chain([token]))
    };
    let with_token = |one: &Directory| {
        let mut document = document(one);
        document["token"] = one.scim.secret.expose().into();
        document
    };
    done.tell(output, ("cli-polis-directory-created", "directory"), text, with_token)
}

/// Lists who has arrived, and what Polis answered as done although it was not.
pub(crate) fn arrivals(args: &PolisDirectoryOne, output: &Output) -> Result<Status, Failure> {
    let polis = open_place(&args.place)?;
    let asked = async {
        let there = polis.directories(&args.place.tenant, &args.place.product).await?;
        match polis::the_directory(&there, &args.id) {
            Ok(one) => polis.arrivals(&one.id, &[]).await.map(Ok),
            Err(finding) => Ok(Err(finding)),
        }
    };
    let arrivals = run_async(asked)?.map_err(|trouble| failure(&trouble))?.map_err(Failure::refused)?;
    let words = &output.words;
    let findings = arrivals.judge();
    let mut text = words.text("cli-polis-users", &[("count", &arrivals.users.len().to_string())]) + "\n";
    let users = arrivals.users.iter().map(|one| user(words, one));
    text.push_str(&table(&users.collect::<Vec<_>>()));
    text.push_str(&words.text("cli-polis-groups", &[("count", &arrivals.groups.len().to_string())]));
    text.push('\n');
    let groups = arrivals.groups.iter().map(|one| [one.name.clone(), members(words, one)]);
    text.push_str(&table(&groups.collect::<Vec<_>>()));
    if arrivals.more {
        text.push_str(&format!("\n{}\n", words.label("cli-polis-arrivals-more")));
    }
    let document = json!({
        "users": arrivals.users.iter().map(|one| json!({
            "id": one.id, "email": one.email, "first_name": one.first_name, "last_name": one.last_name,
            "active": one.active(),
        })).collect::<Vec<_>>(),
        "groups": arrivals.groups.iter().map(|one| json!({
            "id": one.id, "name": one.name, "members": one.members,
        })).collect::<Vec<_>>(),
        "more": arrivals.more,
    });
    output.answer(&(text + &words.findings(&findings)), &words.document(&document, &findings))?;
    Ok(Status::of(&findings))
}

fn user(words: &Words, one: &User) -> [String; 3] {
    let names = [&one.first_name, &one.last_name].map(|name| name.as_deref().unwrap_or_default());
    let name = names.join(" ");
    let state = match one.active() {
        Some(true) => "cli-polis-user-on",
        Some(false) => "cli-polis-user-off",
        None => "cli-polis-user-unclear",
    };
    [one.email.clone().unwrap_or_default(), name.trim().to_owned(), words.label(state)]
}

fn members(words: &Words, one: &Group) -> String {
    let count = |count: usize| words.text("cli-polis-members", &[("count", &count.to_string())]);
    one.members.map(count).unwrap_or_default()
}

/// Takes a directory away.
pub(crate) fn delete(args: &PolisDirectoryOne, output: &Output) -> Result<Status, Failure> {
    let polis = open_place(&args.place)?;
    let deleted = async {
        let there = polis.directories(&args.place.tenant, &args.place.product).await?;
        match polis::the_directory(&there, &args.id) {
            Ok(one) => {
                let gone = polis.delete_directory(&one.id).await;
                outcome(gone.map(|()| one.clone()), Vec::new())
            }
            Err(finding) => Ok(Outcome::refused(vec![finding])),
        }
    };
    let done = run_async(deleted)?.map_err(|trouble| failure(&trouble))?;
    done.tell(output, ("cli-polis-directory-deleted", "directory"), described, document)
}

fn webhook(args: &PolisDirectoryCreate) -> Result<Option<Webhook>, Failure> {
    let (Some(url), Some(variable)) = (&args.webhook_url, &args.webhook_secret_env) else { return Ok(None) };
    usable(polis::judge_webhook(url))?;
    let secret = input::secret(variable, "polis-webhook-variable-missing")?;
    Ok(Some(Webhook { url: url.clone(), secret }))
}

const fn kind(provider: PolisProvider) -> DirectoryKind {
    match provider {
        PolisProvider::Entra => DirectoryKind::Entra,
        PolisProvider::Okta => DirectoryKind::Okta,
        PolisProvider::Onelogin => DirectoryKind::OneLogin,
        PolisProvider::Jumpcloud => DirectoryKind::JumpCloud,
        PolisProvider::Generic => DirectoryKind::Generic,
    }
}

fn described(words: &Words, one: &Directory) -> String {
    facts(rows(words, one))
}

fn rows(words: &Words, one: &Directory) -> [(String, String); 6] {
    let state = if one.deactivated { "cli-polis-off" } else { "cli-polis-on" };
    let row = |label: &str, value: &str| (words.label(label), value.to_owned());
    [
        row("cli-polis-directory-id", &one.id),
        row("cli-polis-state", &words.label(state)),
        row("cli-polis-name", &one.name),
        row("cli-polis-kind", &one.kind),
        row("cli-polis-webhook", &one.webhook.endpoint),
        row("cli-polis-scim-url", one.scim.endpoint.as_deref().unwrap_or_default()),
    ]
}

fn document(one: &Directory) -> Value {
    json!({
        "id": one.id,
        "tenant": one.tenant,
        "product": one.product,
        "name": one.name,
        "type": one.kind,
        "active": !one.deactivated,
        "base_url": one.scim.endpoint,
        "webhook_url": Some(&one.webhook.endpoint).filter(|url| !url.is_empty()),
    })
}

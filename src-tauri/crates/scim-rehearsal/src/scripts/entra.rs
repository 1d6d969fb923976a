//! Microsoft Entra ID as it sends unless told otherwise: operations with a capital letter, truth values as text, members
//! taken away by a list.

use super::groups::{lookup_group, patch_group, set_members};
use super::read::{has, has_members, text};
use super::users::{duplicate_refused, lookup, lookup_nobody, lookup_user, patch_user, set_active};
use crate::bodies::{ENTERPRISE, entra_user, group, members};
use crate::clean_up::path_of;
use crate::endpoint::{Call, Method};
use crate::rehearsal::Ended;
use crate::stage::{Stage, effect_of};
use serde_json::{Value, json};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Ended> {
    lookup_nobody(stage, "eq").await?;
    let role = stage.role("user");
    let body = entra_user(stage.cast, &role);
    let Some(user) = stage.make("create-user", "/Users", body.clone()).await? else { return Ok(()) };
    read_back(stage, &user, &body).await?;
    look_up(stage, &user, &body).await?;
    duplicate_refused(stage, body).await?;
    attributes(stage, &user).await?;
    let second = entra_user(stage.cast, &stage.role("manager"));
    let Ok(second) = stage.post("/Users", second).await? else { return Ok(()) };
    manager(stage, &user, &second).await?;
    state(stage, &user).await?;
    groups(stage, [&user, &second]).await?;
    stage.delete("delete-user", "/Users", &user).await
}

async fn read_back(stage: &mut Stage<'_>, id: &str, sent: &Value) -> Result<(), Ended> {
    let answer = stage.get(&path_of("/Users", id)).await?;
    let read = &answer.body;
    let address = text(sent, "/emails/0/value").unwrap_or_default();
    let same =
        |pointer: &str| text(read, pointer).is_some() && read.pointer(pointer) == sent.pointer(pointer);
    let all = ["/displayName", "/title", "/name/givenName", "/name/familyName"].iter().all(|one| same(one));
    let is_kept = all && read["active"] == Value::Bool(true) && has(read, "emails", Some("work"), address);
    let is_extended = read[ENTERPRISE]["department"] == sent[ENTERPRISE]["department"];
    stage.looked("attributes-kept", &answer, is_kept);
    stage.looked("external-id-kept", &answer, same("/externalId"));
    stage.looked("extension-kept", &answer, is_extended);
    Ok(())
}

/// By the attributes that can be chosen for matching; names are asked for in the case of the directory.
async fn look_up(stage: &mut Stage<'_>, id: &str, sent: &Value) -> Result<(), Ended> {
    let of = |pointer: &str| text(sent, pointer).unwrap_or_default().to_owned();
    let (name, external, email) = (of("/userName"), of("/externalId"), of("/emails/0/value"));
    lookup_user(stage, id, &capital(&name)).await?;
    lookup(stage, "lookup-external-id", &format!("externalId eq \"{external}\""), id).await?;
    let filter = format!("emails[type eq \"work\"].value eq \"{email}\"");
    lookup(stage, "lookup-email", &filter, id).await
}

fn capital(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

async fn attributes(stage: &mut Stage<'_>, id: &str) -> Result<(), Ended> {
    let replace = json!([{ "op": "Replace", "path": "displayName", "value": "Changed" }]);
    let is_changed = |user: &Value| text(user, "/displayName") == Some("Changed");
    stage.change("update-attribute", patch_user(id, replace), &[("op", "Replace")], is_changed).await?;
    let other = stage.cast.address(&stage.role("other"));
    let replace = json!([{ "op": "Replace", "path": "emails[type eq \"work\"].value", "value": other }]);
    stage
        .change("update-email-path", patch_user(id, replace), &[], |user| {
            has(user, "emails", Some("work"), &other)
        })
        .await?;
    let add =
        json!([{ "op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "+1 555 0100" }]);
    stage
        .change("element-made", patch_user(id, add), &[], |user| {
            has(user, "phoneNumbers", Some("mobile"), "+1 555 0100")
        })
        .await?;
    let add = json!([{ "op": "Add", "path": format!("{ENTERPRISE}:department"), "value": "Changed" }]);
    stage
        .change("extension-path", patch_user(id, add), &[], |user| {
            user[ENTERPRISE]["department"] == "Changed"
        })
        .await?;
    Ok(())
}

async fn manager(stage: &mut Stage<'_>, id: &str, manager: &str) -> Result<(), Ended> {
    let add = json!([{ "op": "Add", "path": format!("{ENTERPRISE}:manager"), "value": manager }]);
    let is_set = |user: &Value| {
        let set = &user[ENTERPRISE]["manager"];
        set["value"].as_str().or(set.as_str()) == Some(manager)
    };
    if stage.change("manager-text", patch_user(id, add), &[], is_set).await? {
        let filter = format!("id eq \"{id}\" and manager eq \"{manager}\"");
        let call = Call::new(Method::Get, "/Users").asking("filter", filter).asking("attributes", "id");
        let answer = stage.send(call).await?;
        let is_found = answer.lists(1);
        stage.looked("lookup-reference", &answer, is_found);
    }
    let title = |user: &Value| text(user, "/title").unwrap_or_default().to_owned();
    if title(&stage.get(&path_of("/Users", id)).await?.body).is_empty() {
        return Ok(());
    }
    let clear = json!([{ "op": "Replace", "path": "title", "value": "" }]);
    stage.change("clear-attribute", patch_user(id, clear), &[], |user| title(user).is_empty()).await?;
    Ok(())
}

async fn state(stage: &mut Stage<'_>, id: &str) -> Result<(), Ended> {
    let set = |op: &str, value: &str| json!({ "op": op, "path": "active", "value": value });
    let is_off = set_active(stage, "deactivate-text", id, set("Replace", "False"), false).await?;
    if !is_off || set_active(stage, "reactivate", id, set("Replace", "True"), true).await? {
        set_active(stage, "deactivate-add", id, set("Add", "False"), false).await?;
    }
    Ok(())
}

async fn groups(stage: &mut Stage<'_>, users: [&str; 2]) -> Result<(), Ended> {
    let name = stage.cast.name(&stage.role("group"));
    let body = group(stage.cast, &stage.role("group"));
    let Some(id) = stage.make("create-group", "/Groups", body).await? else { return Ok(()) };
    lookup_group(stage, &id, &name, true).await?;
    let add = json!({ "op": "Add", "path": "members", "value": members(&users) });
    let is_added = set_members(stage, "members-add", &id, add, &users).await?;
    if is_added {
        let call = Call::new(Method::Get, path_of("/Groups", &id)).asking("excludedAttributes", "members");
        let answer = stage.send(call).await?;
        let is_left_out = answer.body.get("members").is_none() && answer.body["id"].is_string();
        stage.judged("members-left-out", effect_of(&answer, is_left_out), &[]);
        let remove = json!({ "op": "Remove", "path": "members", "value": members(&users[..1]) });
        set_members(stage, "members-remove-list", &id, remove, &users[1..]).await?;
    }
    let renamed = format!("{name}-renamed");
    let replace = json!([{ "op": "Replace", "path": "displayName", "value": renamed }]);
    let is_renamed = |group: &Value| {
        text(group, "/displayName") == Some(&renamed) && (!is_added || !has_members(group, &[]))
    };
    stage.change("group-rename", patch_group(&id, replace), &[], is_renamed).await?;
    stage.delete("delete-group", "/Groups", &id).await
}

//! Okta: looks a name up first, updates by PUT, switches people off and never deletes them, pushes groups.

use super::groups::{lookup_group, patch_group, set_members};
use super::read::{has, is_active, text};
use super::users::{duplicate_refused, lookup_nobody, lookup_user, put_user, rename, set_active, switch_off};
use crate::bodies::{group, members, okta_user};
use crate::clean_up::path_of;
use crate::endpoint::{Call, Method};
use crate::rehearsal::Ended;
use crate::stage::{Effect, Stage};
use serde_json::{Value, json};

/// An id that no server gives.
const NO_ID: &str = "00000000-0000-4000-8000-000000000000";

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Ended> {
    list_users(stage).await?;
    lookup_nobody(stage, "eq").await?;
    unknown_user(stage).await?;
    let body = okta_user(stage.cast, &stage.role("user"));
    let Some(user) = stage.make("create-user", "/Users", body.clone()).await? else { return Ok(()) };
    let answer = stage.get(&path_of("/Users", &user)).await?;
    let address = text(&body, "/userName").unwrap_or_default().to_owned();
    let read = &answer.body;
    let is_kept = has(read, "emails", None, &address)
        && is_active(read, true)
        && read["name"]["givenName"] == body["name"]["givenName"]
        && read["name"]["familyName"] == body["name"]["familyName"];
    stage.looked("attributes-kept", &answer, is_kept);
    lookup_user(stage, &user, &address).await?;
    duplicate_refused(stage, body).await?;
    changes(stage, &user).await?;
    let second = okta_user(stage.cast, &stage.role("second"));
    let Ok(second) = stage.post("/Users", second).await? else { return Ok(()) };
    groups(stage, [&user, &second]).await
}

async fn list_users(stage: &mut Stage<'_>) -> Result<(), Ended> {
    let call = Call::new(Method::Get, "/Users").asking("startIndex", 1).asking("count", 2);
    let answer = stage.send(call).await?;
    let is_page =
        ["totalResults", "startIndex", "itemsPerPage"].iter().all(|name| answer.body[name].is_u64());
    let is_short = answer.resources().len() <= 2;
    stage.looked("list-users", &answer, is_page && is_short);
    Ok(())
}

async fn unknown_user(stage: &mut Stage<'_>) -> Result<(), Ended> {
    let answer = stage.get(&path_of("/Users", NO_ID)).await?;
    let effect = match answer.status {
        404 => Effect::Done,
        0 => Effect::Unanswered,
        200..300 => Effect::Silent(answer.status),
        status => Effect::Refused(status),
    };
    stage.judged("unknown-user", effect, &[]);
    Ok(())
}

async fn changes(stage: &mut Stage<'_>, id: &str) -> Result<(), Ended> {
    let put = put_user(stage, id, rename).await?;
    stage.change("put-user", put, &[], |user| text(user, "/name/familyName") == Some("Changed")).await?;
    let set = |active: bool| json!({ "op": "replace", "value": { "active": active } });
    let is_off = set_active(stage, "deactivate-pathless", id, set(false), false).await?;
    if !is_off || set_active(stage, "reactivate", id, set(true), true).await? {
        let put = put_user(stage, id, switch_off).await?;
        stage.change("deactivate-put", put, &[], |user| is_active(user, false)).await?;
    }
    Ok(())
}

async fn groups(stage: &mut Stage<'_>, [first, second]: [&str; 2]) -> Result<(), Ended> {
    let name = stage.cast.name(&stage.role("group"));
    let body = group(stage.cast, &stage.role("group"));
    let Some(id) = stage.make("create-group", "/Groups", body).await? else { return Ok(()) };
    lookup_group(stage, &id, &name, false).await?;
    let renamed = format!("{name}-renamed");
    let replace = json!([{ "op": "replace", "value": { "id": id, "displayName": renamed } }]);
    let is_renamed = |group: &Value| text(group, "/displayName") == Some(&renamed);
    stage.change("group-rename-pathless", patch_group(&id, replace), &[], is_renamed).await?;
    let add = json!({ "op": "add", "path": "members", "value": members(&[first]) });
    if set_members(stage, "members-add", &id, add, &[first]).await? {
        let remove = json!({ "op": "remove", "path": format!("members[value eq \"{first}\"]") });
        set_members(stage, "members-remove-path", &id, remove, &[]).await?;
    }
    let replace = json!({ "op": "replace", "path": "members", "value": members(&[second]) });
    let is_replaced = set_members(stage, "members-replace", &id, replace, &[second]).await?;
    // Whoever is not there may be kept as a member or be passed over; the other one has to get in.
    let add = json!([{ "op": "add", "path": "members", "value": members(&[NO_ID, first]) }]);
    let is_in = |group: &Value| has(group, "members", None, first);
    stage.change("members-unknown", patch_group(&id, add), &[], is_in).await?;
    if is_replaced {
        let empty = json!({ "op": "replace", "path": "members", "value": [] });
        set_members(stage, "members-empty", &id, empty, &[]).await?;
    }
    stage.delete("delete-group", "/Groups", &id).await
}

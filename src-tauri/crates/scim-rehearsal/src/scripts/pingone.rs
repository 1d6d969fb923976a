//! PingOne: the filter as it is set up there by default, updates by PUT or PATCH, two addresses that are both primary.

use super::groups::{lookup_group, set_members};
use super::read::{has, is_active, text};
use super::users::{lookup_nobody, lookup_user, patch_user, put_user, rename, set_active, switch_off};
use crate::bodies::{group, members, pingone_user};
use crate::clean_up::path_of;
use crate::rehearsal::Ended;
use crate::stage::{Effect, Stage};
use serde_json::{Value, json};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Ended> {
    lookup_nobody(stage, "Eq").await?;
    let body = pingone_user(stage.cast, &stage.role("user"));
    let address = text(&body, "/userName").unwrap_or_default().to_owned();
    let user = match stage.post("/Users", body).await? {
        Ok(user) => {
            stage.judged("create-user", Effect::Done, &[]);
            let answer = stage.get(&path_of("/Users", &user)).await?;
            let is_kept = has(&answer.body, "emails", None, &address);
            stage.looked("two-primary", &answer, is_kept);
            user
        }
        Err(effect) => {
            stage.judged("two-primary", effect, &[]);
            let mut body = pingone_user(stage.cast, &stage.role("user"));
            body["emails"] = json!([body["emails"][0]]);
            let Some(user) = stage.make("create-user", "/Users", body).await? else { return Ok(()) };
            user
        }
    };
    lookup_user(stage, &user, &address).await?;
    changes(stage, &user).await?;
    groups(stage, &user).await?;
    stage.delete("delete-user", "/Users", &user).await
}

async fn changes(stage: &mut Stage<'_>, id: &str) -> Result<(), Ended> {
    let put = put_user(stage, id, rename).await?;
    stage.change("put-user", put, &[], |user| text(user, "/name/familyName") == Some("Changed")).await?;
    let replace = json!([{ "op": "replace", "path": "name.givenName", "value": "Given" }]);
    let is_changed = |user: &Value| text(user, "/name/givenName") == Some("Given");
    stage.change("update-attribute", patch_user(id, replace), &[("op", "replace")], is_changed).await?;
    let put = put_user(stage, id, switch_off).await?;
    if stage.change("deactivate-put", put, &[], |user| is_active(user, false)).await? {
        let on = json!({ "op": "replace", "path": "active", "value": true });
        set_active(stage, "reactivate", id, on, true).await?;
    }
    Ok(())
}

async fn groups(stage: &mut Stage<'_>, user: &str) -> Result<(), Ended> {
    let name = stage.cast.name(&stage.role("group"));
    let body = group(stage.cast, &stage.role("group"));
    let Some(id) = stage.make("create-group", "/Groups", body).await? else { return Ok(()) };
    lookup_group(stage, &id, &name, false).await?;
    let add = json!({ "op": "add", "path": "members", "value": members(&[user]) });
    if set_members(stage, "members-add", &id, add, &[user]).await? {
        let remove = json!({ "op": "remove", "path": format!("members[value eq \"{user}\"]") });
        set_members(stage, "members-remove-path", &id, remove, &[]).await?;
    }
    stage.delete("delete-group", "/Groups", &id).await
}

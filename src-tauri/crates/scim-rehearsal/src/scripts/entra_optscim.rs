//! Microsoft Entra ID with `aadOptscim062020` in the Tenant URL: nearer to the letter of RFC 7644, several attributes in
//! one operation without a path.

use super::groups::set_members;
use super::read::{has, text};
use super::users::{patch_user, set_active};
use crate::bodies::{ENTERPRISE, entra_user, group, members};
use crate::rehearsal::Ended;
use crate::stage::Stage;
use serde_json::{Value, json};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Ended> {
    let body = entra_user(stage.cast, &stage.role("user"));
    let Some(user) = stage.make("create-user", "/Users", body).await? else { return Ok(()) };
    let value = json!({ "displayName": "Changed", "name.givenName": "Given", format!("{ENTERPRISE}:department"): "Changed" });
    let replace = json!([{ "op": "replace", "value": value }]);
    let is_changed = |user: &Value| {
        text(user, "/displayName") == Some("Changed")
            && text(user, "/name/givenName") == Some("Given")
            && user[ENTERPRISE]["department"] == "Changed"
    };
    stage.change("update-pathless", patch_user(&user, replace), &[], is_changed).await?;
    let other = stage.cast.address(&stage.role("other"));
    let replace = json!([{ "op": "replace", "path": "emails[type eq \"work\"].value", "value": other }]);
    stage
        .change("update-email-path", patch_user(&user, replace), &[], |user| {
            has(user, "emails", Some("work"), &other)
        })
        .await?;
    let off = json!({ "op": "replace", "path": "active", "value": false });
    set_active(stage, "deactivate", &user, off, false).await?;
    groups(stage, &user).await?;
    stage.delete("delete-user", "/Users", &user).await
}

async fn groups(stage: &mut Stage<'_>, user: &str) -> Result<(), Ended> {
    let body = group(stage.cast, &stage.role("group"));
    let Some(id) = stage.make("create-group", "/Groups", body).await? else { return Ok(()) };
    let add = json!({ "op": "add", "path": "members", "value": members(&[user]) });
    if set_members(stage, "members-add", &id, add, &[user]).await? {
        let remove = json!({ "op": "remove", "path": format!("members[value eq \"{user}\"]") });
        set_members(stage, "members-remove-path", &id, remove, &[]).await?;
    }
    stage.delete("delete-group", "/Groups", &id).await
}

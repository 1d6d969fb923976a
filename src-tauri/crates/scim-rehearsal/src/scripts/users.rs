//! What several identity providers do with users.

use super::read::is_active;
use crate::bodies::patch;
use crate::clean_up::path_of;
use crate::endpoint::{Call, Method};
use crate::rehearsal::Ended;
use crate::stage::{Effect, Stage};
use serde_json::{Map, Value, json};

/// Nobody has that name: the answer has to be an empty list, and not an error.
pub(super) async fn lookup_nobody(stage: &mut Stage<'_>, operator: &str) -> Result<(), Ended> {
    let nobody = stage.cast.address(&stage.role("nobody"));
    let answer = stage.filter("/Users", &format!("userName {operator} \"{nobody}\"")).await?;
    let is_empty = answer.lists(0) && answer.resources().is_empty();
    stage.looked("lookup-nobody", &answer, is_empty);
    Ok(())
}

/// The user is found by name.
pub(super) async fn lookup_user(stage: &mut Stage<'_>, id: &str, name: &str) -> Result<(), Ended> {
    lookup(stage, "lookup-user", &format!("userName eq \"{name}\""), id).await
}

/// Exactly that user is found.
pub(super) async fn lookup(stage: &mut Stage<'_>, check: &str, filter: &str, id: &str) -> Result<(), Ended> {
    let answer = stage.filter("/Users", filter).await?;
    let is_found = answer.lists(1) && answer.resources().iter().all(|one| one["id"].as_str() == Some(id));
    stage.looked(check, &answer, is_found);
    Ok(())
}

/// The same user once more is a conflict.
pub(super) async fn duplicate_refused(stage: &mut Stage<'_>, body: Value) -> Result<(), Ended> {
    let effect = match stage.post("/Users", body).await? {
        Ok(_) => Effect::Silent(201),
        Err(Effect::Refused(409)) => Effect::Done,
        Err(effect) => effect,
    };
    stage.judged("duplicate-refused", effect, &[]);
    Ok(())
}

/// One PATCH of a user.
pub(super) fn patch_user(id: &str, operations: Value) -> Call {
    Call::new(Method::Patch, path_of("/Users", id)).sending(patch(operations))
}

/// The whole user, as it was read, with other values.
pub(super) async fn put_user(
    stage: &mut Stage<'_>,
    id: &str,
    edit: impl FnOnce(&mut Map<String, Value>),
) -> Result<Call, Ended> {
    let path = path_of("/Users", id);
    let mut user = match stage.get(&path).await?.body {
        Value::Object(user) => user,
        _ => Map::new(),
    };
    user.remove("meta");
    user.remove("groups");
    edit(&mut user);
    Ok(Call::new(Method::Put, path).sending(Value::Object(user)))
}

/// Gives the user another family name.
pub(super) fn rename(user: &mut Map<String, Value>) {
    let mut name = user.get("name").and_then(Value::as_object).cloned().unwrap_or_default();
    name.insert("familyName".to_owned(), "Changed".into());
    user.insert("name".to_owned(), Value::Object(name));
}

/// Switches the user off.
pub(super) fn switch_off(user: &mut Map<String, Value>) {
    user.insert("active".to_owned(), Value::Bool(false));
}

/// One PATCH after which the state has to be so.
pub(super) async fn set_active(
    stage: &mut Stage<'_>,
    check: &str,
    id: &str,
    operation: Value,
    active: bool,
) -> Result<bool, Ended> {
    stage.change(check, patch_user(id, json!([operation])), &[], |user| is_active(user, active)).await
}

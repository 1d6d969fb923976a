//! What several identity providers do with groups.

use super::read::has_members;
use crate::bodies::patch;
use crate::clean_up::path_of;
use crate::endpoint::{Call, Method};
use crate::rehearsal::Ended;
use crate::stage::Stage;
use serde_json::{Value, json};

/// One PATCH of a group.
pub(super) fn patch_group(id: &str, operations: Value) -> Call {
    Call::new(Method::Patch, path_of("/Groups", id)).sending(patch(operations))
}

/// One PATCH after which the members have to be those.
pub(super) async fn set_members(
    stage: &mut Stage<'_>,
    check: &str,
    group: &str,
    operation: Value,
    after: &[&str],
) -> Result<bool, Ended> {
    let op = operation["op"].as_str().unwrap_or_default().to_owned();
    let call = patch_group(group, json!([operation]));
    stage.change(check, call, &[("op", &op)], |group| has_members(group, after)).await
}

/// The group is found by its name, alone.
pub(super) async fn lookup_group(
    stage: &mut Stage<'_>,
    id: &str,
    name: &str,
    without_members: bool,
) -> Result<(), Ended> {
    let filter = format!("displayName eq \"{name}\"");
    let mut call = Call::new(Method::Get, "/Groups");
    if without_members {
        call = call.asking("excludedAttributes", "members");
    }
    let answer = stage.send(call.asking("filter", filter)).await?;
    let is_found = answer.lists(1) && answer.resources().iter().all(|one| one["id"].as_str() == Some(id));
    stage.looked("lookup-group", &answer, is_found);
    Ok(())
}

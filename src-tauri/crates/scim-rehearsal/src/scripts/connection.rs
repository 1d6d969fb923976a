//! Whether there is a SCIM endpoint that takes the token.

use crate::endpoint::{Answer, Call, Method};
use crate::rehearsal::Ended;
use crate::stage::{Effect, Stage, effect_of};
use serde_json::Value;
use vocabulary::Finding;

const SCHEMAS: [&str; 2] =
    ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:core:2.0:Group"];

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Ended> {
    let call = Call::new(Method::Get, "/Users").asking("startIndex", 1).asking("count", 1);
    let answer = stage.send(call).await?;
    if let Some(finding) = unusable(&answer) {
        stage.write("connection", Some(finding));
        return Err(Ended::Unusable);
    }
    stage.judged("connection", Effect::Done, &[]);
    let answer = stage.get("/ServiceProviderConfig").await?;
    let is_described = answer.body["patch"]["supported"].is_boolean();
    stage.looked("description", &answer, is_described);
    let answer = stage.get("/Schemas").await?;
    let ids: Vec<&str> = answer.resources().iter().filter_map(|schema| schema["id"].as_str()).collect();
    stage.judged("schemas", effect_of(&answer, SCHEMAS.iter().all(|id| ids.contains(id))), &[]);
    Ok(())
}

/// Why nothing can be played here.
fn unusable(answer: &Answer) -> Option<Finding> {
    match answer.status {
        401 | 403 => Some(Finding::error("rehearsal-token-refused").with("status", answer.status)),
        200 if answer.body["totalResults"].is_u64() => None,
        _ if answer.status == 404 || answer.body == Value::Null || answer.status == 200 => {
            Some(Finding::error("rehearsal-not-scim").with("status", answer.status))
        }
        _ => Some(Finding::error("rehearsal-connection").with("status", answer.status)),
    }
}

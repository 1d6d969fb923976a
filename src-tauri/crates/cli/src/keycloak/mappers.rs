//! `signpost keycloak mappers`.

use super::asked;
use super::provider::none;
use crate::args::{KeycloakMappersSet, KeycloakOne};
use crate::broker::{Outcome, usable};
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::table::facts;
use crate::words::Words;
use keycloak::{Mapper, Mapping, Target};
use serde_json::{Value, json};
use vocabulary::Finding;

/// Lists what becomes of attributes.
pub(crate) fn list(one: &KeycloakOne, output: &Output) -> Result<Status, Failure> {
    usable(keycloak::judge_alias(&one.alias))?;
    let found = asked(&one.at, async |keycloak| match keycloak.provider(&one.alias).await? {
        Some(_) => keycloak.mappers(&one.alias).await.map(Some),
        None => Ok(None),
    })?;
    let findings: Vec<Finding> = found.is_none().then(|| none(&one.alias)).into_iter().collect();
    let mappers = found.unwrap_or_default();
    let words = &output.words;
    let count = words.text("cli-keycloak-mappers", &[("count", &mappers.len().to_string())]);
    let body = described(words, &mappers);
    let gap = if body.is_empty() { "" } else { "\n" };
    let text = format!("{count}\n{gap}{body}{}", words.findings(&findings));
    output.answer(&text, &words.document(&json!({ "mappers": document(&mappers) }), &findings))?;
    Ok(Status::of(&findings))
}

/// Makes or changes the mappers for what was typed; others stay.
pub(crate) fn set(args: &KeycloakMappersSet, output: &Output) -> Result<Status, Failure> {
    usable(keycloak::judge_alias(&args.one.alias))?;
    let mappings = mappings(args);
    usable(keycloak::judge_mappings(&mappings))?;
    let (done, findings) =
        asked(&args.one.at, async |keycloak| keycloak.map(&args.one.alias, &mappings).await)?;
    let done = Outcome { done, findings };
    let text = |words: &Words, mappers: &Vec<Mapper>| described(words, mappers);
    done.tell(output, ("cli-keycloak-mapped", "mappers"), text, |mappers| document(mappers))
}

fn mappings(args: &KeycloakMappersSet) -> Vec<Mapping> {
    let attribute = args.group_attribute.clone().unwrap_or_default();
    let of_value = |(value, target): &(String, String), make: fn(String) -> Target| Mapping {
        attribute: attribute.clone(),
        value: Some(value.clone()),
        target: make(target.clone()),
    };
    let path = |name: String| Target::Group(format!("/{}", name.trim_start_matches('/')));
    let groups = args.groups.iter().map(|one| of_value(one, path));
    let roles = args.roles.iter().map(|one| of_value(one, Target::Role));
    let attributes = args.attributes.iter().map(|(attribute, name)| Mapping {
        attribute: attribute.clone(),
        value: None,
        target: Target::UserAttribute(name.clone()),
    });
    groups.chain(roles).chain(attributes).collect()
}

fn described(words: &Words, mappers: &[Mapper]) -> String {
    let one = |mapper: &Mapper| {
        let name = (words.label("cli-keycloak-name"), mapper.name.clone());
        let kind = (words.label("cli-keycloak-kind"), mapper.kind.clone());
        let config = mapper.config.iter().map(|(name, value)| (name.clone(), value.clone()));
        facts([name, kind].into_iter().chain(config))
    };
    mappers.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn document(mappers: &[Mapper]) -> Value {
    let one = |mapper: &Mapper| json!({ "id": mapper.id, "name": mapper.name, "type": mapper.kind, "config": mapper.config });
    mappers.iter().map(one).collect()
}

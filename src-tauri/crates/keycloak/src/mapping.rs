use crate::client::Keycloak;
use crate::mapper::{Mapper, MapperType, Presence};
use crate::trouble::Trouble;
use serde_json::json;
use std::collections::BTreeMap;
use vocabulary::Finding;

/// Where an attribute, or one of its values, leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Into a group, by its path.
    Group(String),
    /// To a role of the realm, or of a client as `client.role`.
    Role(String),
    /// Into an attribute of the user: `email`, `firstName`, `lastName` or one of the realm.
    UserAttribute(String),
}

/// What an identity provider sends, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The name of the attribute, whole.
    pub attribute: String,
    /// The value that matters, as a group's ID; none for an attribute that is taken over.
    pub value: Option<String>,
    /// Where it leads.
    pub target: Target,
}

impl Mapping {
    /// The mapper that does it. It has the same name whenever the same is mapped, so that the one that is there is changed
    /// instead of another one made. It is done at every sign-in, so that who leaves a group there leaves it here.
    pub fn mapper(&self, alias: &str) -> Mapper {
        let value = self.value.clone().unwrap_or_default();
        let attribute = self.attribute.clone();
        let (what, kind, config) = match &self.target {
            Target::Group(path) => {
                let all = json!([{ "key": attribute, "value": value }]).to_string();
                let config = vec![
                    ("attributes", all),
                    ("are.attribute.values.regex", "false".to_owned()),
                    ("group", path.clone()),
                ];
                ("group", "saml-advanced-group-idp-mapper", config)
            }
            Target::Role(role) => {
                let config =
                    vec![("attribute.name", attribute), ("attribute.value", value), ("role", role.clone())];
                ("role", "saml-role-idp-mapper", config)
            }
            Target::UserAttribute(name) => {
                let config = vec![("attribute.name", attribute), ("user.attribute", name.clone())];
                ("attribute", "saml-user-attribute-idp-mapper", config)
            }
        };
        let sync = ("syncMode", "FORCE".to_owned());
        let config = config.into_iter().chain([sync]).map(|(name, value)| (name.to_owned(), value));
        Mapper {
            id: None,
            name: format!("signpost-{what}-{}", self.value.as_ref().unwrap_or(&self.attribute)),
            identity_provider_alias: alias.to_owned(),
            kind: kind.to_owned(),
            config: config.collect(),
        }
    }

    /// The finding when where it leads is not in the realm: Keycloak takes such a mapper and passes over it at every sign-in.
    pub fn judge_target(&self, presence: Presence) -> Option<Finding> {
        let (code, path) = match &self.target {
            Target::Group(path) => ("keycloak-group-missing", path),
            Target::Role(role) => ("keycloak-role-missing", role),
            Target::UserAttribute(_) => return None,
        };
        // A client's role cannot be told from a role of the realm with a dot in its name.
        let is_role_of_client = code == "keycloak-role-missing" && path.contains('.');
        match presence {
            Presence::There => None,
            Presence::Missing if !is_role_of_client => Some(Finding::error(code).with("name", path)),
            Presence::Missing | Presence::Unseen => {
                Some(Finding::warning("keycloak-target-unseen").with("name", path))
            }
        }
    }
}

impl Keycloak {
    /// Makes or changes the mappers that do it, and reads back all that the identity provider has then; others stay as they
    /// are. There are none when something stands in the way: nothing is changed then, for the reasons among the findings.
    ///
    /// # Errors
    /// As every call.
    pub async fn map(
        &self,
        alias: &str,
        mappings: &[Mapping],
    ) -> Result<(Option<Vec<Mapper>>, Vec<Finding>), Trouble> {
        if self.provider(alias).await?.is_none() {
            return Ok((None, vec![Finding::error("keycloak-provider-none").with("alias", alias)]));
        }
        let there = self.mappers(alias).await?;
        let mappers: Vec<Mapper> = mappings.iter().map(|one| one.mapper(alias)).collect();
        let mut findings = judge_types(&mappers, &self.mapper_types(alias).await?);
        for mapping in mappings {
            let presence = match &mapping.target {
                Target::Group(path) => self.group(path).await?,
                Target::Role(role) => self.role(role).await?,
                Target::UserAttribute(_) => Presence::There,
            };
            findings.extend(mapping.judge_target(presence));
        }
        if findings.iter().any(Finding::is_error) {
            return Ok((None, findings));
        }
        let mappers = onto(mappers, &there);
        for mapper in &mappers {
            self.put_mapper(mapper).await?;
        }
        let kept = self.mappers(alias).await?;
        findings.extend(judge_mappers(&mappers, &kept));
        Ok((Some(kept), findings))
    }
}

/// What is wrong with mappings that are to be made together.
pub fn judge_mappings(mappings: &[Mapping]) -> Option<Finding> {
    let names: Vec<String> = mappings.iter().map(|one| one.mapper("").name).collect();
    let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
    twice.map(|(at, _)| {
        let mapping = &mappings[at];
        Finding::error("keycloak-mapping-twice")
            .with("name", mapping.value.as_ref().unwrap_or(&mapping.attribute))
    })
}

/// Whether a Keycloak can do it: it has the types of mappers, with the settings.
pub fn judge_types(mappers: &[Mapper], types: &BTreeMap<String, MapperType>) -> Vec<Finding> {
    let missing = |mapper: &Mapper| {
        let finding = Finding::error("keycloak-mapper-type-missing").with("kind", &mapper.kind);
        let Some(kind) = types.get(&mapper.kind) else { return Some(finding) };
        let is_there = |name: &String| kind.properties.iter().any(|one| one.name == *name);
        // The mode is a setting of every mapper, and none of a type.
        let unknown = mapper.config.keys().find(|name| *name != "syncMode" && !is_there(name))?;
        Some(finding.seen("Keycloak", unknown))
    };
    mappers.iter().filter_map(missing).collect()
}

/// The mappers as they are to be sent: with the id of the one of that name, where there is one.
pub fn onto(mappers: Vec<Mapper>, there: &[Mapper]) -> Vec<Mapper> {
    let id =
        |mapper: &Mapper| there.iter().find(|one| one.name == mapper.name).and_then(|one| one.id.clone());
    mappers.into_iter().map(|mapper| Mapper { id: id(&mapper), ..mapper }).collect()
}

/// Whether Keycloak keeps what it was sent.
pub fn judge_mappers(sent: &[Mapper], kept: &[Mapper]) -> Vec<Finding> {
    let is_kept = |mapper: &Mapper| {
        let same =
            |one: &Mapper| one.name == mapper.name && one.kind == mapper.kind && one.config == mapper.config;
        kept.iter().any(same)
    };
    let lost = sent.iter().filter(|mapper| !is_kept(mapper));
    lost.map(|mapper| Finding::error("keycloak-mapper-differs").with("name", &mapper.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(value: &str, target: Target) -> Mapping {
        Mapping { attribute: "groups".to_owned(), value: Some(value.to_owned()), target }
    }

    #[test]
    fn one_value_leads_to_one_group_and_may_have_a_role_beside_it() {
        let group = |value: &str, path: &str| mapping(value, Target::Group(path.to_owned()));
        assert_eq!(
            judge_mappings(&[group("a", "/x"), group("b", "/x"), mapping("a", Target::Role("x".to_owned()))]),
            None
        );
        assert!(judge_mappings(&[group("a", "/x"), group("a", "/y")]).is_some());
    }

    #[test]
    fn any_name_is_one_value_of_the_setting() {
        let mapper = mapping("a\"},{\"key\":\"x", Target::Group("/x".to_owned())).mapper("contoso");
        let read: serde_json::Value = serde_json::from_str(&mapper.config["attributes"]).unwrap();
        assert_eq!(read, json!([{ "key": "groups", "value": "a\"},{\"key\":\"x" }]));
    }

    #[test]
    fn a_keycloak_without_the_type_or_its_setting_is_found() {
        let mapper = mapping("a", Target::Role("x".to_owned())).mapper("contoso");
        let types = |names: &[&str]| {
            let properties = names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>();
            serde_json::from_value(json!({ "saml-role-idp-mapper": { "properties": properties } })).unwrap()
        };
        let judge =
            |types: BTreeMap<String, MapperType>| judge_types(std::slice::from_ref(&mapper), &types).len();
        assert_eq!(judge(types(&["attribute.name", "attribute.value", "role"])), 0);
        assert_eq!((judge(types(&["attribute.name", "role"])), judge(BTreeMap::new())), (1, 1));
    }
}

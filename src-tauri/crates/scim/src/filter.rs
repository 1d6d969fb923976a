use crate::attribute_path::Resolved;
use crate::{Attribute, AttributePath, Kind, ResourceKind};
use serde_json::Value;
use std::cmp::Ordering;
use vocabulary::Timestamp;

/// A filter (RFC 7644, section 3.4.2.2).
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// `userName eq "ada"`.
    Compare(AttributePath, Comparison, Value),
    /// `title pr`.
    Present(AttributePath),
    /// `emails[type eq "work"]`, also with a comparison behind it: `emails[type eq "work"].value eq "a@b.c"`.
    Element(AttributePath, Box<Filter>, Option<(String, Comparison, Value)>),
    /// Both.
    And(Box<Filter>, Box<Filter>),
    /// At least one.
    Or(Box<Filter>, Box<Filter>),
    /// Not.
    Not(Box<Filter>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `eq`: equal.
    Equal,
    /// `ne`: not equal.
    NotEqual,
    /// `co`: contains.
    Contains,
    /// `sw`: starts with.
    StartsWith,
    /// `ew`: ends with.
    EndsWith,
    /// `gt`: greater.
    Greater,
    /// `ge`: greater or equal.
    GreaterOrEqual,
    /// `lt`: less.
    Less,
    /// `le`: less or equal.
    LessOrEqual,
}

impl Filter {
    /// Whether a normalised resource matches. An attribute that there is not has no value.
    pub fn matches(&self, resource: &Value, kind: ResourceKind) -> bool {
        match self {
            Self::And(left, right) => left.matches(resource, kind) && right.matches(resource, kind),
            Self::Or(left, right) => left.matches(resource, kind) || right.matches(resource, kind),
            Self::Not(inner) => !inner.matches(resource, kind),
            Self::Present(path) => {
                path.resolve(kind).is_some_and(|found| !values(&found, resource).is_empty())
            }
            Self::Compare(path, comparison, expected) => match path.resolve(kind) {
                Some(found) => any(&values(&found, resource), compared(&found), *comparison, expected),
                None => any(&[], None, *comparison, expected),
            },
            Self::Element(path, filter, then) => {
                let Some(found) = path.resolve(kind) else { return false };
                let elements = elements(found.value(resource));
                elements.iter().any(|element| {
                    filter.matches_element(element, found.attribute)
                        && then.as_ref().is_none_or(|(part, comparison, expected)| {
                            matches_part(element, found.attribute, part, *comparison, expected)
                        })
                })
            }
        }
    }

    /// Whether one element of a list matches; the names are those of its sub-attributes.
    pub fn matches_element(&self, element: &Value, list: &Attribute) -> bool {
        match self {
            Self::And(left, right) => {
                left.matches_element(element, list) && right.matches_element(element, list)
            }
            Self::Or(left, right) => {
                left.matches_element(element, list) || right.matches_element(element, list)
            }
            Self::Not(inner) => !inner.matches_element(element, list),
            Self::Present(path) => {
                part_of(element, list, &path.attribute).is_some_and(|(value, _)| !is_empty(value))
            }
            Self::Compare(path, comparison, expected) => {
                matches_part(element, list, &path.attribute, *comparison, expected)
            }
            Self::Element(..) => false,
        }
    }

    /// The text that a matching resource has as this attribute, when the filter says so for all of them.
    pub fn required_text(&self, attribute: &str) -> Option<&str> {
        match self {
            Self::Compare(path, Comparison::Equal, Value::String(text))
                if path.attribute.eq_ignore_ascii_case(attribute) && path.part.is_none() =>
            {
                Some(text)
            }
            Self::And(left, right) => {
                left.required_text(attribute).or_else(|| right.required_text(attribute))
            }
            _ => None,
        }
    }

    /// Whether the filter is about that attribute, among others.
    pub fn mentions(&self, attribute: &str) -> bool {
        match self {
            Self::Compare(path, ..) | Self::Present(path) | Self::Element(path, ..) => {
                path.attribute.eq_ignore_ascii_case(attribute)
            }
            Self::And(left, right) | Self::Or(left, right) => {
                left.mentions(attribute) || right.mentions(attribute)
            }
            Self::Not(inner) => inner.mentions(attribute),
        }
    }

    /// The sub-attributes that an element has to have, when the filter is nothing but equalities.
    pub(crate) fn equalities(&self) -> Option<Vec<(&str, &Value)>> {
        match self {
            Self::Compare(path, Comparison::Equal, value) if path.part.is_none() => {
                Some(vec![(path.attribute.as_str(), value)])
            }
            Self::And(left, right) => {
                let mut found = left.equalities()?;
                found.extend(right.equalities()?);
                Some(found)
            }
            _ => None,
        }
    }
}

fn matches_part(
    element: &Value,
    list: &Attribute,
    part: &str,
    comparison: Comparison,
    expected: &Value,
) -> bool {
    match part_of(element, list, part) {
        Some((value, attribute)) => any(&[value], Some(attribute), comparison, expected),
        None => any(&[], list.part(part), comparison, expected),
    }
}

fn part_of<'a>(element: &'a Value, list: &Attribute, name: &str) -> Option<(&'a Value, &'static Attribute)> {
    let attribute = list.part(name)?;
    Some((element.get(attribute.name)?, attribute))
}

/// The elements of a list; the value itself where there is no list.
fn elements(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(elements)) => elements,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
}

/// The values a path leads to. A complex value stands for its `value`.
fn values<'a>(found: &Resolved, resource: &'a Value) -> Vec<&'a Value> {
    let elements = elements(found.value(resource)).iter();
    let values: Vec<&Value> = match compared_part(found) {
        Some(part) => elements.filter_map(|element| element.get(part.name)).collect(),
        None => elements.collect(),
    };
    values.into_iter().filter(|value| !is_empty(value)).collect()
}

fn compared_part(found: &Resolved) -> Option<&'static Attribute> {
    found.part.or_else(|| found.attribute.part("value"))
}

/// The attribute whose values are compared.
fn compared(found: &Resolved) -> Option<&'static Attribute> {
    Some(compared_part(found).unwrap_or(found.attribute))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(elements) => elements.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// Whether one of the values compares. No value at all equals null, and is not equal to anything else.
fn any(values: &[&Value], attribute: Option<&Attribute>, comparison: Comparison, expected: &Value) -> bool {
    match (comparison, expected) {
        (Comparison::Equal, Value::Null) => values.is_empty(),
        (Comparison::NotEqual, Value::Null) => !values.is_empty(),
        (Comparison::NotEqual, _) => {
            !values.iter().any(|value| compare(value, attribute, Comparison::Equal, expected))
        }
        _ => values.iter().any(|value| compare(value, attribute, comparison, expected)),
    }
}

fn compare(value: &Value, attribute: Option<&Attribute>, comparison: Comparison, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Bool(value), _) => comparison == Comparison::Equal && boolean(expected) == Some(*value),
        (Value::Number(value), Value::Number(expected)) => {
            ordered(value.as_f64().partial_cmp(&expected.as_f64()), comparison)
        }
        (Value::String(value), Value::String(expected)) => {
            if attribute.is_some_and(|attribute| attribute.kind == Kind::DateTime) {
                let moments = Timestamp::parse(value).zip(Timestamp::parse(expected));
                return moments
                    .is_some_and(|(value, expected)| ordered(Some(value.cmp(&expected)), comparison));
            }
            if attribute.is_some_and(|attribute| attribute.case_exact) {
                return compare_text(value, expected, comparison);
            }
            compare_text(&value.to_lowercase(), &expected.to_lowercase(), comparison)
        }
        _ => false,
    }
}

fn compare_text(value: &str, expected: &str, comparison: Comparison) -> bool {
    match comparison {
        Comparison::Contains => value.contains(expected),
        Comparison::StartsWith => value.starts_with(expected),
        Comparison::EndsWith => value.ends_with(expected),
        _ => ordered(Some(value.cmp(expected)), comparison),
    }
}

fn ordered(ordering: Option<Ordering>, comparison: Comparison) -> bool {
    let Some(ordering) = ordering else { return false };
    match comparison {
        Comparison::Equal => ordering.is_eq(),
        Comparison::Greater => ordering.is_gt(),
        Comparison::GreaterOrEqual => ordering.is_ge(),
        Comparison::Less => ordering.is_lt(),
        Comparison::LessOrEqual => ordering.is_le(),
        Comparison::NotEqual | Comparison::Contains | Comparison::StartsWith | Comparison::EndsWith => false,
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::String(text) => crate::normalise::boolean_text(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorType;
    use proptest::prelude::*;
    use serde_json::json;

    fn ada() -> Value {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "id": "1a",
            "userName": "Ada@Contoso.test",
            "externalId": "Oid-1",
            "displayName": "Ada Lovelace",
            "active": true,
            "emails": [
                { "value": "ada@contoso.test", "type": "work", "primary": true },
                { "value": "ada@home.test", "type": "home" }
            ],
            "meta": { "lastModified": "2026-11-22T12:00:00Z" },
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
                "department": "Engines",
                "manager": { "value": "7f" }
            }
        })
    }

    fn matches(filter: &str) -> bool {
        Filter::parse(filter)
            .unwrap_or_else(|error| panic!("{filter}: {error}"))
            .matches(&ada(), ResourceKind::User)
    }

    #[test]
    fn eq_takes_no_notice_of_case_but_for_ids() {
        assert!(matches(r#"userName eq "ada@contoso.TEST""#));
        assert!(matches(r#"USERNAME EQ "ada@contoso.test""#));
        assert!(matches(r#"externalId eq "Oid-1""#));
        assert!(!matches(r#"externalId eq "oid-1""#));
        assert!(matches(r#"urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada@contoso.test""#));
    }

    #[test]
    fn each_operator_compares() {
        for (filter, expected) in [
            (r#"displayName ne "Ada""#, true),
            (r#"displayName ne "ada lovelace""#, false),
            (r#"displayName co "LOVE""#, true),
            (r#"displayName sw "ada""#, true),
            (r#"displayName ew "lace""#, true),
            (r#"displayName gt "a""#, true),
            (r#"displayName le "a""#, false),
            ("displayName pr", true),
            ("nickName pr", false),
            ("emails pr", true),
            ("active eq true", true),
            ("active eq True", true),
            (r#"active eq "False""#, false),
            ("nickName eq null", true),
            (r#"schemas eq "urn:ietf:params:scim:schemas:core:2.0:User""#, true),
            (r#"schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group""#, false),
            (r#"meta.lastModified ge "2026-11-22T13:00:00+01:00""#, true),
            (r#"meta.lastModified lt "2026-11-22T12:00:00Z""#, false),
        ] {
            assert_eq!(matches(filter), expected, "{filter}");
        }
    }

    #[test]
    fn and_binds_tighter_than_or_and_not_turns_around() {
        assert!(matches(r#"nickName pr and title pr or active eq true"#));
        assert!(!matches(r#"nickName pr and (title pr or active eq true)"#));
        assert!(matches(r#"not (nickName pr) and userName pr"#));
        assert!(matches(r#"userName eq "ada@contoso.test" and externalId eq "Oid-1""#));
    }

    #[test]
    fn lists_match_by_any_of_their_elements() {
        assert!(matches(r#"emails eq "ada@home.test""#));
        assert!(matches(r#"emails.type eq "home""#));
        assert!(matches(r#"emails[type eq "work" and primary eq true]"#));
        assert!(!matches(r#"emails[type eq "home" and primary eq true]"#));
        assert!(matches(r#"emails[type eq "work"].value eq "ADA@contoso.test""#));
        assert!(!matches(r#"emails[type eq "home"].value eq "ada@contoso.test""#));
    }

    #[test]
    fn an_attribute_that_does_not_exist_has_no_value() {
        assert!(!matches(r#"shoeSize eq "44""#));
        assert!(matches(r#"shoeSize ne "44""#));
        assert!(matches(
            r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "engines""#
        ));
        assert!(!matches(r#"urn:example:2.0:department eq "engines""#));
        assert!(matches(r#"id eq "1a" and manager eq "7f""#), "as Entra asks");
        assert!(!matches(r#"manager eq "8f""#) && matches("manager pr") && matches("department pr"));
    }

    #[test]
    fn what_cannot_be_read_is_an_invalid_filter() {
        for filter in [
            "",
            "userName",
            "userName eq",
            "eq \"a\"",
            "userName is \"a\"",
            "userName eq \"a",
            "userName eq a b",
            "(userName pr",
            "userName pr)",
            "emails[type eq \"work\"",
            "userName eq \"a\" and",
            "name.a.b pr",
            "é pr",
            "not userName pr",
        ] {
            assert_eq!(Filter::parse(filter).unwrap_err().kind, Some(ErrorType::InvalidFilter), "{filter}");
        }
    }

    #[test]
    fn brackets_are_not_nested_without_end() {
        let bomb = "(".repeat(8000) + "userName pr" + &")".repeat(8000);
        assert_eq!(Filter::parse(&bomb).unwrap_err().kind, Some(ErrorType::InvalidFilter));
        assert!(Filter::parse(&vec!["title pr"; 1000].join(" or ")).is_err());
        let wide = vec!["title pr"; 500].join(" or ");
        assert!(!Filter::parse(&wide).unwrap().matches(&ada(), ResourceKind::User));
        let negations = "not(".repeat(3000) + "title pr" + &")".repeat(3000);
        assert!(Filter::parse(&negations).is_err());
    }

    #[test]
    fn what_all_matches_have_in_common_is_known() {
        let filter = Filter::parse(r#"userName eq "ada" and (title pr or active eq true)"#).unwrap();
        assert_eq!(filter.required_text("username"), Some("ada"));
        assert_eq!(filter.required_text("externalId"), None);
        let filter = Filter::parse(r#"userName eq "ada" or title pr"#).unwrap();
        assert_eq!(filter.required_text("userName"), None);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text: String) {
            if let Ok(filter) = Filter::parse(&text) {
                let _ = filter.matches(&ada(), ResourceKind::User);
            }
        }

        #[test]
        fn filter_like_text_never_panics(words in prop::collection::vec(prop::sample::select(vec![
            "userName", "emails", "eq", "ne", "pr", "and", "or", "not", "(", ")", "[", "]", "\"a\"", "true", "1", ".value", "meta",
        ]), 0..24)) {
            if let Ok(filter) = Filter::parse(&words.join(" ")) {
                let _ = filter.matches(&ada(), ResourceKind::User);
                let _ = filter.matches(&Value::Null, ResourceKind::Group);
            }
        }

        #[test]
        fn equality_holds_for_any_value(value in ".*") {
            let resource = json!({ "externalId": value });
            let filter = format!("externalId eq {}", json!(value));
            prop_assume!(!value.is_empty());
            prop_assert!(Filter::parse(&filter).unwrap().matches(&resource, ResourceKind::User));
        }
    }
}

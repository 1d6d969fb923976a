use crate::page::Segment;
use crate::service::{Delivery, Service};
use crate::value_key::ValueKey;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The values of a service that follow from one name of the customer.
///
/// They are guesses by a pattern and stay so until the service's support has confirmed the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByCustomer {
    /// What the service calls the name.
    pub label: String,
    /// What to enter and who says that it is right.
    pub hint: String,
    /// Who confirms it.
    pub confirmed_by: String,
    /// The patterns; `{customer-name}` stands for the name.
    pub patterns: Vec<Pattern>,
}

/// One value by its pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Which value.
    pub key: ValueKey,
    /// Its address with `{customer-name}` in it.
    pub pattern: String,
}

/// A value made from a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PatternValue {
    /// Which value.
    pub key: ValueKey,
    /// The value, whole.
    pub value: String,
    /// Whether the service's support has confirmed the name it is made from. Until then it is not real.
    pub real: bool,
}

/// The name of a customer as it stands in a service's addresses: letters, digits and hyphens, at most 63 of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerName(String);

impl CustomerName {
    /// The placeholder in a pattern.
    pub const PLACEHOLDER: &'static str = "{customer-name}";

    /// `None` for a text that could change the rest of an address. Blanks around it are taken away.
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.trim();
        let is_name = (1..=63).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_name.then(|| Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ByCustomer {
    /// The values for this name. `confirmed` says whether the service's support has confirmed it.
    pub fn values(&self, name: &CustomerName, confirmed: bool) -> Vec<PatternValue> {
        let value = |pattern: &Pattern| PatternValue {
            key: pattern.key,
            value: pattern.pattern.replace(CustomerName::PLACEHOLDER, name.as_str()),
            real: confirmed,
        };
        self.patterns.iter().map(value).collect()
    }
}

/// What is sent to a service that takes nothing by itself: a package of files, values and a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Who gets it.
    pub to: String,
    /// The subject of the letter.
    pub subject: String,
    /// Its paragraphs, before the values.
    pub lines: Vec<String>,
    /// The values it lists, in this order.
    pub values: Vec<ValueKey>,
    /// The files that go with it.
    pub files: Vec<PackedFile>,
    /// Whom the set-up waits for from then on.
    pub waits_for: String,
}

/// One file of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackedFile {
    /// What is in it.
    pub key: ValueKey,
    /// Its name in the package.
    pub name: String,
}

impl Service {
    /// What is wrong with the package that is sent to its support, after the word of the file that it is wrong with.
    pub(crate) fn wrong_hand_over(&self) -> Option<(String, String)> {
        match (self.delivery, &self.hand_over) {
            (Delivery::Portal, None) => None,
            (Delivery::Portal, Some(_)) => Some((
                self.id.clone(),
                "a service with [hand_over] needs delivery = \"hand-over\"".to_owned(),
            )),
            (Delivery::HandOver, None) => {
                Some(("hand-over".to_owned(), "delivery = \"hand-over\" needs [hand_over]".to_owned()))
            }
            (Delivery::HandOver, Some(_)) if self.by_customer.is_none() => {
                Some(("hand-over".to_owned(), "delivery = \"hand-over\" needs [by_customer]".to_owned()))
            }
            (Delivery::HandOver, Some(hand_over)) => hand_over.wrong(),
        }
    }
}

impl HandOver {
    /// The file of the package with the letter's text; none of the others may be called so.
    pub const LETTER: &'static str = "addresses.txt";
    /// What a file of the package can hold: both are public.
    const PACKED: [ValueKey; 2] = [ValueKey::IdpMetadataFile, ValueKey::IdpCertificate];

    fn wrong(&self) -> Option<(String, String)> {
        let secret = self.values.iter().find(|key| key.is_secret() || key.is_file());
        if let Some(key) = secret {
            let why = if key.is_secret() { "is a secret" } else { "is a file" };
            return Some((key.to_string(), format!("{key} {why} and cannot stand in a letter")));
        }
        let unpacked = self.files.iter().find(|file| !Self::PACKED.contains(&file.key));
        if let Some(PackedFile { key, .. }) = unpacked {
            let [one, other] = Self::PACKED;
            return Some((key.to_string(), format!("a package holds {one} and {other}, not {key}")));
        }
        let mut names = vec![Self::LETTER.to_owned()];
        for PackedFile { name, .. } in &self.files {
            // Whoever unpacks it on a system that knows no capital letters has each of them once.
            let folded = name.to_ascii_lowercase();
            let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
            if !is_plain || name.starts_with('.') || name.is_empty() || names.contains(&folded) {
                return Some((name.clone(), format!("{name:?} cannot be the name of a file of the package")));
            }
            names.push(folded);
        }
        None
    }

    /// The letter as plain text: the paragraphs, then a line for each value that is known. `known` gives label and
    /// value. A secret never gets into it.
    pub fn letter(&self, known: impl Fn(ValueKey) -> Option<(String, String)>) -> String {
        let values = self.values.iter().filter(|key| !key.is_secret()).filter_map(|key| known(*key));
        let values: Vec<String> = values.map(|(label, value)| format!("{label}: {value}")).collect();
        let files: Vec<&str> = self.files.iter().map(|file| file.name.as_str()).collect();
        let paragraphs = self.lines.iter().cloned().chain([values.join("\n"), files.join("\n")]);
        paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}

impl crate::node::Message {
    /// The message as plain text, its values filled in; a line whose value is not known is left out.
    pub fn body(&self, known: impl Fn(ValueKey) -> Option<String>) -> String {
        let lines = self.lines.iter().filter_map(|line| match line {
            Segment::Label { text } => Some(text.clone()),
            Segment::Value { key } => known(*key),
        });
        lines.collect::<Vec<_>>().join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_customer() -> ByCustomer {
        let pattern = "https://www.example.com/{customer-name}/{customer-name}/?acs".to_owned();
        ByCustomer {
            label: String::new(),
            hint: String::new(),
            confirmed_by: String::new(),
            patterns: vec![Pattern { key: ValueKey::AcsUrl, pattern }],
        }
    }

    #[test]
    fn values_are_made_from_one_name_and_not_real_before_it_is_confirmed() {
        let name = CustomerName::parse(" fabrikam ").unwrap();
        let values = by_customer().values(&name, false);
        assert_eq!(values[0].value, "https://www.example.com/fabrikam/fabrikam/?acs");
        assert!(!values[0].real);
        assert!(by_customer().values(&name, true)[0].real);
    }

    #[test]
    fn what_could_change_an_address_is_no_name() {
        for text in ["", " ", "a/b", "a?b", "a b", "ä", "a.b", "{customer-name}", &"a".repeat(64)] {
            assert!(CustomerName::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_letter_lists_what_is_known_and_no_secret() {
        let hand_over = HandOver {
            to: String::new(),
            subject: String::new(),
            lines: vec!["Hello".into()],
            values: vec![ValueKey::AcsUrl, ValueKey::ScimBearerToken, ValueKey::IdpSsoUrl],
            files: vec![PackedFile { key: ValueKey::IdpMetadataFile, name: "metadata.xml".into() }],
            waits_for: String::new(),
        };
        let known = |key: ValueKey| {
            (key != ValueKey::IdpSsoUrl).then(|| (key.as_str().to_owned(), "https://a".to_owned()))
        };
        assert_eq!(hand_over.letter(known), "Hello\n\nacs-url: https://a\n\nmetadata.xml");
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics_and_never_breaks_an_address(text in any::<String>()) {
            if let Some(name) = CustomerName::parse(&text) {
                let value = &by_customer().values(&name, false)[0].value;
                let url = url::Url::parse(value).unwrap();
                prop_assert_eq!(url.host_str(), Some("www.example.com"));
                prop_assert_eq!(url.query(), Some("acs"));
            }
        }
    }
}

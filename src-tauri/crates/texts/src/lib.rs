//! The Fluent texts of Signpost, one set for the window, the command line and the service.
//!
//! The files lie in `ui/src/locales/LANGUAGE/*.ftl`; the user interface reads the same ones. Conventions:
//! `finding-CODE` with `.fix` for findings, `error-CODE` with `.fix` for errors. Values to copy are never inside a
//! message, so isolation marks are off here.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::{LanguageIdentifier, langid};
use vocabulary::Finding;

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../ui/src/locales");

/// The texts of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
}

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingText {
    /// What is true, in one sentence or two.
    pub message: String,
    /// What to do, empty when nothing is to be done.
    pub fix: String,
}

/// A text file of the program itself does not parse. A test keeps this from being shipped.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct BrokenTexts {
    /// The file, below the locales folder.
    pub file: String,
    /// What the Fluent parser says.
    pub reason: String,
}

impl Texts {
    /// The source language.
    ///
    /// # Errors
    /// When a file does not parse or two files define one id.
    pub fn english() -> Result<Self, BrokenTexts> {
        Self::load("en", langid!("en"))
    }

    fn load(folder: &str, language: LanguageIdentifier) -> Result<Self, BrokenTexts> {
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        let files = LOCALES.get_dir(folder).into_iter().flat_map(Dir::files);
        for file in files.filter(|file| file.path().extension().is_some_and(|ending| ending == "ftl")) {
            let broken = |reason: String| BrokenTexts { file: file.path().display().to_string(), reason };
            let source = file.contents_utf8().ok_or_else(|| broken("is not UTF-8".to_owned()))?;
            let resource = FluentResource::try_new(source.to_owned())
                .map_err(|(_, errors)| broken(format!("{errors:?}")))?;
            bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))?;
        }
        Ok(Self { bundle })
    }

    /// The text of an id, or `None` when there is none. `args` are the variables.
    pub fn text<'a>(&self, id: &str, args: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<String> {
        self.render(id, None, args)
    }

    /// The text of an attribute of an id, or `None`.
    pub fn attribute<'a>(
        &self,
        id: &str,
        attribute: &str,
        args: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Option<String> {
        self.render(id, Some(attribute), args)
    }

    /// A finding in words; a code without a text is shown as the code itself.
    pub fn finding(&self, finding: &Finding) -> FindingText {
        let id = format!("finding-{}", finding.code);
        let args = || finding.args.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        FindingText {
            message: self.text(&id, args()).unwrap_or_else(|| finding.code.to_string()),
            fix: self.attribute(&id, "fix", args()).unwrap_or_default(),
        }
    }

    fn render<'a>(
        &self,
        id: &str,
        attribute: Option<&str>,
        args: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let args: FluentArgs<'_> =
            args.into_iter().map(|(name, value)| (name, number_or_text(value))).collect();
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned())
    }
}

/// A count has to be a number for a message to choose its plural by it; everything else stays text.
fn number_or_text(value: &str) -> FluentValue<'_> {
    let count =
        value.len() <= 6 && value.bytes().all(|byte| byte.is_ascii_digit()) && !value.starts_with('0');
    match value.parse::<u32>() {
        Ok(number) if count || value == "0" => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_chooses_its_plural() {
        let texts = Texts::english().unwrap();
        let named = |count: u32| texts.finding(&Finding::info("groups-named").with("count", count)).message;
        assert_ne!(named(1), named(2));
    }

    #[test]
    fn every_file_parses_and_no_id_stands_twice() {
        Texts::english().map(|_| ()).unwrap();
    }

    #[test]
    fn a_finding_without_a_text_shows_its_code() {
        let texts = Texts::english().unwrap();
        assert_eq!(texts.finding(&Finding::info("no-such-code")).message, "no-such-code");
    }
}

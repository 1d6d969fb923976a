use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use url::Url;

/// A piece of a sentence. There is no raw markup: the user interface decides how each kind looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain words.
    Text {
        /// The words.
        text: String,
    },
    /// A label as the portal shows it (bold in the data).
    Label {
        /// The label, in the portal's own words.
        text: String,
    },
    /// Something typed or compared letter by letter (code in the data).
    Value {
        /// The value, whole.
        text: String,
    },
    /// A link to an https page.
    Link {
        /// The words of the link.
        text: String,
        /// The address, always https.
        url: String,
    },
}

impl Inline {
    /// The words without their kind.
    pub fn text(&self) -> &str {
        match self {
            Self::Text { text } | Self::Label { text } | Self::Value { text } | Self::Link { text, .. } => {
                text
            }
        }
    }
}

/// The sentence without kinds, as for a window title or a test.
pub fn plain(pieces: &[Inline]) -> String {
    pieces.iter().map(Inline::text).collect()
}

/// Reads a field of the data as one paragraph of the small Markdown that guides are written in.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(field: D) -> Result<Vec<Inline>, D::Error> {
    parse(&String::deserialize(field)?).map_err(D::Error::custom)
}

/// As [`deserialize`], for a field that may be missing.
pub(crate) fn deserialize_some<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Vec<Inline>>, D::Error> {
    deserialize(field).map(Some)
}

/// Reads one paragraph: words, **label**, `value` and [text](https://…); anything else is refused.
pub(crate) fn parse(markdown: &str) -> Result<Vec<Inline>, String> {
    let mut reader = Reader::default();
    for event in Parser::new(markdown) {
        reader.take(event)?;
    }
    if reader.pieces.is_empty() {
        return Err("the text is empty".to_owned());
    }
    Ok(reader.pieces)
}

#[derive(Default)]
struct Reader {
    pieces: Vec<Inline>,
    open: Option<(Opened, String)>,
    paragraphs: u32,
}

#[derive(Clone)]
enum Opened {
    Label,
    Link(String),
}

impl Opened {
    fn with(self, text: String) -> Inline {
        match self {
            Self::Label => Inline::Label { text },
            Self::Link(url) => Inline::Link { text, url },
        }
    }
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(Tag::Paragraph) => self.paragraph(),
            Event::Start(Tag::Strong) => self.open(Opened::Label),
            Event::Start(Tag::Link { dest_url, .. }) => self.open(Opened::Link(https(&dest_url)?)),
            Event::Text(text) => self.words(&text),
            Event::SoftBreak => self.words(" "),
            Event::Code(text) => self.value(&text),
            Event::End(TagEnd::Strong | TagEnd::Link) => self.close(),
            Event::End(TagEnd::Paragraph) => Ok(()),
            other => {
                Err(format!("only words, **labels**, `values` and https links are read here, not {other:?}"))
            }
        }
    }

    fn paragraph(&mut self) -> Result<(), String> {
        self.paragraphs += 1;
        if self.paragraphs > 1 {
            return Err("one text is one paragraph; write the second one as its own item".to_owned());
        }
        Ok(())
    }

    fn open(&mut self, opened: Opened) -> Result<(), String> {
        if self.open.is_some() {
            return Err("a label and a link cannot stand inside each other".to_owned());
        }
        self.open = Some((opened, String::new()));
        Ok(())
    }

    fn words(&mut self, text: &str) -> Result<(), String> {
        if let Some((_, inside)) = &mut self.open {
            inside.push_str(text);
            return Ok(());
        }
        match self.pieces.last_mut() {
            Some(Inline::Text { text: before }) => before.push_str(text),
            _ => self.pieces.push(Inline::Text { text: text.to_owned() }),
        }
        Ok(())
    }

    fn value(&mut self, text: &str) -> Result<(), String> {
        if self.open.is_some() {
            return Err("a value cannot stand inside a label or a link".to_owned());
        }
        self.pieces.push(Inline::Value { text: text.to_owned() });
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        match self.open.take() {
            Some((_, text)) if text.trim().is_empty() => Err("a label or a link has no words".to_owned()),
            Some((opened, text)) => {
                self.pieces.push(opened.with(text));
                Ok(())
            }
            None => Err("a label or a link ends that never began".to_owned()),
        }
    }
}

/// As [`https`], for an address field of the data that may be missing.
pub(crate) fn deserialize_https<'de, D: Deserializer<'de>>(field: D) -> Result<Option<String>, D::Error> {
    https(&String::deserialize(field)?).map(Some).map_err(D::Error::custom)
}

/// Gives the address back when it is an https one with a host; `{tenant_id}` may stand in its path.
pub(crate) fn https(address: &str) -> Result<String, String> {
    let url = Url::parse(address).map_err(|why| format!("{address:?} is not an address: {why}"))?;
    let host_is_fixed = url.host_str().is_some_and(|host| !host.contains(['{', '}']));
    if url.scheme() != "https" || !host_is_fixed || !url.username().is_empty() || url.password().is_some() {
        return Err(format!("{address:?} has to be an https address with a fixed host and without a login"));
    }
    Ok(address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_values_and_links_become_their_own_pieces() {
        let pieces = parse("Set **Type** to `Security`,\nsee [help](https://example.com/a).").unwrap();
        let kinds: Vec<_> = pieces.iter().map(Inline::text).collect();
        assert_eq!(kinds, ["Set ", "Type", " to ", "Security", ", see ", "help", "."]);
        assert!(matches!(&pieces[1], Inline::Label { .. }) && matches!(&pieces[3], Inline::Value { .. }));
        assert!(matches!(&pieces[5], Inline::Link { url, .. } if url == "https://example.com/a"));
    }

    #[test]
    fn everything_else_is_refused() {
        let refused = [
            "a <b>tag</b>",
            "<script>alert(1)</script>",
            "# A title",
            "- a list",
            "+ New",
            "1. first",
            "*soft*",
            "![a](https://example.com/a.png)",
            "one\n\ntwo",
            "[a](http://example.com)",
            "[a](javascript:alert(1))",
            "[a](https://u:p@example.com)",
            "[a](file:///etc/passwd)",
            "",
            "  ",
            "**a `b`**",
            "> quoted",
        ];
        for text in refused {
            assert!(parse(text).is_err(), "{text:?} was read as {:?}", parse(text));
        }
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in any::<String>()) {
            if let Ok(pieces) = parse(&text) {
                prop_assert!(!pieces.is_empty());
            }
        }

        #[test]
        fn near_markdown_never_panics(text in "[*`<>\\[\\]()a:/ \n#-]{0,40}") {
            let _ = parse(&text).is_ok();
        }
    }
}

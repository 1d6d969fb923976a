//! Documents of the core in words: as HTML for print, as text for a mail.

use texts::Texts;
use wizard::paper::{Block, Document, Fact, Section, Words};

/// As a page of its own, to be opened in a browser and printed. It loads nothing and runs nothing.
pub fn html(document: &Document, texts: &Texts) -> String {
    let title = escaped(&spoken(&document.title, texts));
    let lead: String = document.lead.iter().map(|words| paragraph(words, texts)).collect();
    let sections: String = document.sections.iter().map(|section| section_html(section, texts)).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{lead}{sections}</main>\n</body>\n</html>\n"
    )
}

const STYLE: &str = "body{font:14px/1.5 system-ui,sans-serif;color:#111;background:#fff;margin:2rem auto;max-width:48rem;\
     padding:0 1rem}h2{font-size:1.1rem;margin:2rem 0 .5rem;break-after:avoid}p{white-space:pre-wrap}\
     dl{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:.25rem 1rem;margin:0 0 1rem;break-inside:avoid}\
     dt{color:#444;grid-column:1}dd{margin:0;overflow-wrap:anywhere;grid-column:-2}\
     .path{color:#444}li{margin:.25rem 0;overflow-wrap:anywhere;white-space:pre-line}\
     figure{margin:1rem 0;break-inside:avoid}svg{width:5cm;height:5cm}figcaption{overflow-wrap:anywhere}\
     @media(max-width:36rem){dl{grid-template-columns:minmax(0,1fr)}}@page{margin:18mm}";

/// As plain text.
pub fn text(document: &Document, texts: &Texts) -> String {
    let mut out = format!("{}\n\n", spoken(&document.title, texts));
    for words in &document.lead {
        out.push_str(&format!("{}\n\n", spoken(words, texts)));
    }
    for section in &document.sections {
        out.push_str(&format!("{}\n", spoken(&section.title, texts)));
        section.blocks.iter().for_each(|block| out.push_str(&block_text(block, texts)));
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn section_html(section: &Section, texts: &Texts) -> String {
    let blocks: String = section.blocks.iter().map(|block| block_html(block, texts)).collect();
    format!("<section>\n<h2>{}</h2>\n{blocks}</section>\n", escaped(&spoken(&section.title, texts)))
}

fn block_html(block: &Block, texts: &Texts) -> String {
    match block {
        Block::Text { words } => paragraph(words, texts),
        Block::Path { places } => format!("<p class=\"path\">{}</p>\n", escaped(&path(places, texts))),
        Block::Facts { facts } => {
            let facts: String = facts.iter().map(|fact| fact_html(fact, texts)).collect();
            format!("<dl>\n{facts}</dl>\n")
        }
        Block::Code { text } => code_html(text),
        Block::Actions { lines } => {
            let lines: String =
                lines.iter().map(|line| format!("<li>{}</li>\n", escaped(&spoken(line, texts)))).collect();
            format!("<ol>\n{lines}</ol>\n")
        }
    }
}

/// The code with what it says under it; a text too long for a code stands alone.
fn code_html(text: &str) -> String {
    let label = escaped(text);
    let code = dns_hosts::qr_code(text).map(|code| code.svg(&label)).unwrap_or_default();
    format!("<figure>{code}<figcaption>{label}</figcaption></figure>\n")
}

fn fact_html(fact: &Fact, texts: &Texts) -> String {
    let values = fact.values.iter().map(|value| format!("<dd>{}</dd>", escaped(&spoken(value, texts))));
    let values: String = values.collect();
    format!("<dt>{}</dt>{values}\n", escaped(&spoken(&fact.name, texts)))
}

fn paragraph(words: &Words, texts: &Texts) -> String {
    format!("<p>{}</p>\n", escaped(&spoken(words, texts)))
}

fn block_text(block: &Block, texts: &Texts) -> String {
    match block {
        Block::Text { words } => format!("{}\n", spoken(words, texts)),
        Block::Path { places } => format!("{}\n", path(places, texts)),
        Block::Facts { facts } => facts.iter().map(|fact| fact_text(fact, texts)).collect(),
        Block::Code { text } => format!("{text}\n"),
        Block::Actions { lines } => {
            let numbered = lines.iter().enumerate();
            let line = |(index, line): (usize, &Words)| {
                format!("{}. {}\n", index + 1, spoken(line, texts).replace('\n', "\n   "))
            };
            numbered.map(line).collect()
        }
    }
}

fn path(places: &[Words], texts: &Texts) -> String {
    places.iter().map(|place| spoken(place, texts)).collect::<Vec<_>>().join(" › ")
}

fn fact_text(fact: &Fact, texts: &Texts) -> String {
    let name = spoken(&fact.name, texts);
    fact.values.iter().map(|value| format!("{name}: {}\n", spoken(value, texts))).collect()
}

/// What is read; a text that is missing shows its id, so that nothing is left out in silence.
fn spoken(words: &Words, texts: &Texts) -> String {
    let (id, args) = match words {
        Words::Data { text } => return text.clone(),
        Words::Said { id, args } => (id, args),
    };
    let args = args.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let text = match id.split_once('.') {
        Some((id, attribute)) => texts.attribute(id, attribute, args),
        None => texts.text(id, args),
    };
    text.unwrap_or_else(|| id.clone())
}

/// Nothing that somebody entered becomes markup; what cannot be seen is shown as a replacement character.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            // Marks of direction could show a name as another one.
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                out.push('\u{FFFD}')
            }
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "<script>alert(1)</script>\"'&\u{202E}\0</p></style><img src=x onerror=y>";

    fn hostile() -> Document {
        let fact = Fact { name: Words::data(HOSTILE), values: vec![Words::data(HOSTILE)] };
        let said = Words::said("dossier-title").with("organization", HOSTILE);
        Document {
            title: said.clone(),
            lead: vec![Words::data(HOSTILE)],
            sections: vec![Section {
                title: Words::data(HOSTILE),
                blocks: vec![
                    Block::Text { words: said.clone() },
                    Block::Facts { facts: vec![fact] },
                    Block::Actions { lines: vec![Words::data(HOSTILE)] },
                    Block::Code { text: HOSTILE.into() },
                ],
            }],
        }
    }

    #[test]
    fn no_name_becomes_markup() {
        let html = html(&hostile(), &Texts::english().unwrap());
        for barred in ["<script", "<img", "alert(1)</", "\u{202E}", "\0", "</style><"] {
            assert!(!html.contains(barred), "{barred} in {html}");
        }
        assert_eq!(html.matches("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;").count(), 10);
        assert_eq!(html.matches("<style>").count(), 1);
    }

    #[test]
    fn a_mail_has_the_same_words_as_the_page() {
        let fact = Fact::one("paper-organization", "Contoso Ltd");
        let places = vec![Words::data("Entra"), Words::said("value-app-name.unnamed"), Words::data("Edit")];
        let blocks = vec![
            Block::Path { places },
            Block::Facts { facts: vec![fact] },
            Block::Actions { lines: vec![Words::data("Go\nURL: x")] },
        ];
        let section = Section { title: Words::data("About"), blocks };
        let document = Document { title: Words::data("T"), lead: vec![], sections: vec![section] };
        let text = text(&document, &Texts::english().unwrap());
        assert_eq!(
            text,
            "T\n\nAbout\nEntra › your application › Edit\nOrganization: Contoso Ltd\n1. Go\n   URL: x\n"
        );
        assert!(html(&document, &Texts::english().unwrap()).contains(">Entra › your application › Edit</p>"));
    }
}

use crate::advice::{Advice, By};
use crate::qr::{QrCode, qr_code};
use crate::record::ZoneRecord;
use crate::table::Quotes;
use serde::{Deserialize, Serialize};

/// Says the text of an id with these variables.
pub type Speak<'a> = dyn Fn(&str, &[(&str, &str)]) -> String + 'a;

/// What is sent to whoever may edit the zone. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "RecordHandout")]
pub struct Handout {
    /// The subject of a mail.
    pub subject: String,
    /// The text of a mail.
    pub mail: String,
    /// For a ticket or a chat.
    pub markdown: String,
    /// A page to print, as a whole HTML document that loads nothing.
    pub page: String,
}

/// Writes it, with the words of `speak`.
pub fn handout(record: &ZoneRecord, advice: &Advice, speak: &Speak<'_>) -> Handout {
    let words = Words { record, advice, speak };
    Handout {
        subject: words.say("handout-subject"),
        mail: words.mail(),
        markdown: words.markdown(),
        page: words.page(),
    }
}

struct Words<'a> {
    record: &'a ZoneRecord,
    advice: &'a Advice,
    speak: &'a Speak<'a>,
}

impl Words<'_> {
    fn say(&self, id: &str) -> String {
        let host = self.advice.host.as_ref().map_or("", |host| host.name.as_str());
        (self.speak)(id, &[("zone", self.record.zone()), ("host", host)])
    }

    /// What stands in the record, with the words for it.
    fn rows(&self) -> [(String, String); 5] {
        [
            (self.say("handout-name"), self.record.name().to_owned()),
            (self.say("handout-host"), self.record.host().to_owned()),
            (self.say("handout-type"), "TXT".to_owned()),
            (self.say("handout-value"), self.record.value().to_owned()),
            (self.say("handout-ttl"), ZoneRecord::TTL.to_string()),
        ]
    }

    /// What to know, in sentences.
    fn hints(&self) -> Vec<String> {
        let quotes = match self.advice.typed.quotes {
            Some(Quotes::Typed) => "handout-quotes-typed",
            Some(Quotes::None) | None => "handout-quotes-none",
        };
        let mut hints = vec![self.say("handout-beside"), self.say(quotes)];
        hints.extend(match self.advice.by {
            By::Servers => Some(self.say("handout-served-by")),
            By::DomainConnect => Some(self.say("handout-served-by-itself")),
            _ => None,
        });
        hints.push(self.say("handout-stay"));
        hints
    }

    fn mail(&self) -> String {
        let rows: String = self.rows().iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
        let hints = self.hints().join("\n");
        let line = crate::formats::written_as(crate::Format::Bind, self.record, None).unwrap_or_default();
        format!("{}\n\n{rows}\n{hints}\n\n{}\n{line}\n", self.say("handout-please"), self.say("handout-line"))
    }

    fn markdown(&self) -> String {
        let row = |(label, value): &(String, String)| format!("| {label} | {} |\n", code(value));
        let rows: String = self.rows().iter().map(row).collect();
        let hints: String = self.hints().iter().map(|hint| format!("- {hint}\n")).collect();
        format!("{}\n\n| | |\n|---|---|\n{rows}\n{hints}", self.say("handout-please"))
    }

    fn page(&self) -> String {
        let row = |(label, value): &(String, String)| {
            format!("<tr><th scope=\"row\">{}</th><td><code>{}</code></td></tr>\n", html(label), html(value))
        };
        let rows: String = self.rows().iter().map(row).collect();
        let hints: String = self.hints().iter().map(|hint| format!("<li>{}</li>\n", html(hint))).collect();
        let (title, please) = (html(&self.say("handout-subject")), html(&self.say("handout-please")));
        let code = qr_code(&format!("{}\nTXT\n{}", self.record.name(), self.record.value()));
        let code = code.map(|code| self.figure(&code)).unwrap_or_default();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
             http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
             'unsafe-inline'\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}\
             </h1>\n<p>{please}</p>\n<table>\n{rows}</table>\n<ul>\n{hints}</ul>\n{code}</main>\n</body>\n</html>\n"
        )
    }

    fn figure(&self, code: &QrCode) -> String {
        let caption = html(&self.say("handout-qr"));
        format!("<figure>{}<figcaption>{caption}</figcaption></figure>\n", code.svg(&caption))
    }
}

const STYLE: &str = "body{font:12pt/1.5 system-ui,sans-serif;color:#000;background:#fff;margin:2rem auto;\
    max-width:44rem;padding:0 1rem}h1{font-size:1.4rem}table{border-collapse:collapse;width:100%}\
    th{text-align:left;font-weight:600;white-space:nowrap;padding:.3rem 1rem .3rem 0;vertical-align:top}\
    td{padding:.3rem 0}code{font:1em ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}\
    figure{margin:1.5rem 0}svg{width:5cm;height:5cm}";

/// Code of Markdown in a table: fenced by more backquotes than it has in a row, the bar escaped.
fn code(value: &str) -> String {
    let longest = value.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 || value.starts_with(' ') { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", value.replace('|', "\\|"))
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

use crate::Certificate;
use std::fmt::Write as _;
use vocabulary::Timestamp;

/// How many days before the end an alarm goes off.
pub const REMIND_DAYS: [u32; 3] = [60, 30, 7];

/// The longest line in octets, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// One entry of the calendar: a certificate's end, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// From [`uid`]; a calendar that gets the same again changes its entry instead of adding one.
    pub uid: String,
    /// When the certificate ends.
    pub at: Timestamp,
    /// What the calendar shows.
    pub summary: String,
    /// What there is to know and to do.
    pub description: String,
}

/// The identity of a certificate's end in a calendar; `about` tells the same certificate in two places apart and may be
/// empty.
pub fn uid(certificate: &Certificate, about: &str) -> String {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    let dot = if about.is_empty() { "" } else { "." };
    format!("{}{dot}{}@certificates.signpost", plain(&certificate.sha256), plain(about))
}

/// The events as an iCalendar object (RFC 5545): one VEVENT each, with an alarm 60, 30 and 7 days before. Moments are in
/// UTC; `written_at` is when it was made.
pub fn calendar(events: &[Event], written_at: Timestamp) -> String {
    let mut out = Lines(String::new());
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//Signpost//Certificates//EN");
    out.line("CALSCALE", "GREGORIAN");
    for event in events {
        out.event(event, written_at);
    }
    out.line("END", "VCALENDAR");
    out.0
}

struct Lines(String);

impl Lines {
    fn event(&mut self, event: &Event, written_at: Timestamp) {
        self.line("BEGIN", "VEVENT");
        self.line("UID", &text(&event.uid));
        self.line("DTSTAMP", &moment(written_at));
        self.line("DTSTART", &moment(event.at));
        self.line("SUMMARY", &text(&event.summary));
        self.line("DESCRIPTION", &text(&event.description));
        self.line("TRANSP", "TRANSPARENT");
        for days in REMIND_DAYS {
            self.line("BEGIN", "VALARM");
            self.line("ACTION", "DISPLAY");
            self.line("TRIGGER", &format!("-P{days}D"));
            self.line("DESCRIPTION", &text(&event.summary));
            self.line("END", "VALARM");
        }
        self.line("END", "VEVENT");
    }

    /// One content line, folded between characters.
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in format!("{name}:{value}").chars() {
            if length + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// DATE-TIME in UTC (RFC 5545, 3.3.5).
fn moment(at: Timestamp) -> String {
    at.to_string().chars().filter(|c| !matches!(c, '-' | ':')).collect()
}

/// TEXT (RFC 5545, 3.3.11): what would end or part the value is escaped, control characters are left out.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\{c}");
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

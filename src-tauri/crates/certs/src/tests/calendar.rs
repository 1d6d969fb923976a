use super::{at, only};
use crate::{Event, calendar, uid};
use proptest::prelude::*;
use test_support::certificate;

fn event(summary: &str, description: &str) -> Event {
    let one = only(certificate("Acme", at("2026-01-01T00:00:00Z"), at("2029-01-01T10:20:30Z")).pem);
    Event {
        uid: uid(&one, "p-1"),
        at: one.not_after,
        summary: summary.to_owned(),
        description: description.to_owned(),
    }
}

fn written(event: Event) -> String {
    calendar(&[event], at("2026-11-22T14:20:00Z"))
}

fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
}

#[test]
fn an_end_is_an_event_with_three_alarms() {
    let text = written(event("Ends", "Do it."));
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines[..2], ["BEGIN:VCALENDAR", "VERSION:2.0"]);
    assert!(lines.contains(&"DTSTART:20290101T102030Z") && lines.contains(&"DTSTAMP:20261122T142000Z"));
    let triggers: Vec<&&str> = lines.iter().filter(|line| line.starts_with("TRIGGER")).collect();
    assert_eq!(triggers, [&"TRIGGER:-P60D", &"TRIGGER:-P30D", &"TRIGGER:-P7D"]);
    assert!(text.ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn the_identity_stays_and_tells_places_apart() {
    let valid = |until: &str| only(certificate("Acme", at("2026-01-01T00:00:00Z"), at(until)).pem);
    let (one, other) = (valid("2029-01-01T00:00:00Z"), valid("2030-01-01T00:00:00Z"));
    assert_eq!(uid(&one, "p"), uid(&one, "p"));
    assert!(uid(&one, "p") != uid(&one, "q") && uid(&one, "") != uid(&other, ""));
    assert!(uid(&one, "a\r\nEND:VEVENT").chars().all(|c| c.is_ascii_alphanumeric() || ".@".contains(c)));
}

#[test]
fn nothing_in_a_text_ends_its_line() {
    let text = unfolded(&written(event("a,b;c\\d\r\nEND:VEVENT", "x\u{7}y")));
    assert!(
        text.contains("SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENT\r\n") && text.contains("DESCRIPTION:xy\r\n"),
        "{text}"
    );
    assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
}

proptest! {
    #[test]
    fn every_line_is_short_and_whole(summary in "\\PC{0,200}", description in "(?s).{0,400}") {
        let text = written(event(&summary, &description));
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let shown: String = summary.chars().filter(|c| !c.is_control()).collect();
        let escaped = shown.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
        let expected = format!("SUMMARY:{escaped}\r\n");
        prop_assert!(unfolded(&text).contains(&expected));
    }
}

use crate::common::{codes, signpost};
use crate::{certificate, file, signpost_reading};
use test_support::fixtures;

#[test]
fn a_valid_certificate_is_good() {
    let certificate = certificate(-10, 300);
    let (_folder, path) = file(&certificate.pem);
    let run = signpost(&["cert", "inspect", &path, "--json"]);
    let document = run.json();
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(document["findings"], serde_json::json!([]));
    let shown = &document["certificates"][0];
    assert_eq!(shown["subject"], "CN=signing.contoso.test");
    assert_eq!(shown["key"], "RSA 2048");
    for field in ["sha256", "not_before", "not_after"] {
        assert!(shown[field].is_string(), "{field}");
    }
    let text = signpost(&["cert", "inspect", &path]).out;
    assert!(text.starts_with("The certificate can be used.\n"), "{text}");
    assert!(text.contains(shown["sha256"].as_str().unwrap()), "{text}");
}

#[test]
fn der_on_standard_input_is_read() {
    let run = signpost_reading(&["cert", "inspect", "-", "--json"], &certificate(-10, 300).der);
    assert_eq!((run.status, run.json()["certificates"].as_array().unwrap().len()), (0, 1));
}

#[test]
fn an_expired_certificate_is_not_good_and_one_that_ends_soon_is_a_warning() {
    let run = signpost_reading(&["cert", "inspect", "-", "--json"], certificate(-400, -30).pem.as_bytes());
    let document = run.json();
    assert_eq!((run.status, codes(&document)), (1, vec!["certificate-expired"]));
    let finding = &document["findings"][0];
    assert_eq!(finding["severity"], "error");
    assert!(finding["message"].as_str().unwrap().contains("signing.contoso.test"), "{finding}");
    assert!(!finding["fix"].as_str().unwrap().is_empty());
    let run = signpost_reading(&["cert", "inspect", "-"], certificate(-300, 20).pem.as_bytes());
    assert_eq!(run.status, 0);
    assert!(run.out.starts_with("The certificate can be used. Look at the warnings first.\n"), "{}", run.out);
    assert!(run.out.contains("\nWarning: "), "{}", run.out);
}

#[test]
fn a_private_key_is_refused_and_never_shown() {
    for key in [fixtures::RSA_KEY, fixtures::SEC1_KEY, fixtures::ENCRYPTED_KEY] {
        let both = format!("{}{key}", certificate(-10, 300).pem);
        let body = key.lines().nth(1).unwrap();
        for args in [&["cert", "inspect", "-"][..], &["cert", "inspect", "-", "--json"]] {
            let run = signpost_reading(args, both.as_bytes());
            assert_eq!(run.status, 1);
            assert!(!run.out.contains(body) && !run.err.contains(body));
        }
        let document = signpost_reading(&["cert", "inspect", "-", "--json"], both.as_bytes()).json();
        assert_eq!(codes(&document), ["private-key-refused"]);
        assert_eq!(document["certificates"], serde_json::json!([]));
    }
}

#[test]
fn what_is_no_certificate_is_said() {
    let code = |bytes: &[u8]| {
        let run = signpost_reading(&["cert", "inspect", "-", "--json"], bytes);
        assert_eq!(run.status, 1);
        codes(&run.json())[0].to_owned()
    };
    assert_eq!(code(b""), "certificate-empty");
    assert_eq!(code(fixtures::REQUEST.as_bytes()), "certificate-is-request");
    assert_eq!(code(fixtures::PKCS12), "certificate-is-pkcs12");
    assert_eq!(code(&vec![b'A'; certs::MAX_BYTES + 10]), "certificate-too-large");
}

#[test]
fn a_bundle_is_unpacked_and_an_overlap_is_told() {
    let reading = signpost_reading(&["cert", "inspect", "-", "--json"], fixtures::PKCS7.as_bytes()).json();
    assert_eq!(reading["certificates"].as_array().unwrap().len(), 1);
    assert_eq!(codes(&reading)[0], "certificate-unpacked");
    let both = format!("{}{}", certificate(-300, 100).pem, certificate(-1, 700).pem);
    let run = signpost_reading(&["cert", "inspect", "-", "--json"], both.as_bytes());
    let document = run.json();
    assert_eq!((run.status, codes(&document)), (0, vec!["certificate-same-key", "certificate-overlap"]));
    let [old, new] = [0, 1].map(|place| document["certificates"][place].clone());
    let succession = &document["successions"][0];
    assert_eq!((&succession["old"], &succession["new"]), (&old["sha256"], &new["sha256"]));
    assert_eq!((&succession["from"], &succession["until"]), (&new["not_before"], &old["not_after"]));
    assert_eq!(succession["gap"], false);
}

/// What another program reads out of the calendar: Debian's python3-icalendar.
#[cfg(target_os = "linux")]
#[test]
fn reminders_are_read_by_another_program() {
    const READ: &str = "import sys, json, icalendar
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
events = [c for c in calendar.walk('VEVENT')]
print(json.dumps([{
  'uid': str(e['UID']), 'start': e['DTSTART'].dt.isoformat(), 'stamp': e['DTSTAMP'].dt.isoformat(),
  'summary': str(e['SUMMARY']), 'description': str(e['DESCRIPTION']),
  'alarms': [[str(a['ACTION']), int(a['TRIGGER'].dt.total_seconds())] for a in e.walk('VALARM')]} for e in events]))";
    let folder = tempfile::tempdir().unwrap();
    let ics = folder.path().join("reminders.ics");
    let subject =
        "Łódź; sign-in, \\ \"one\" with a name that is much longer than a line of a calendar may be";
    let day = |days| crate::now().plus(time::Duration::days(days));
    let named = test_support::certificate(subject, day(-10), day(400));
    let both = format!("{}{}", named.pem, certificate(-10, 300).pem);
    let args = ["cert", "inspect", "-", "--json", "--ics", ics.to_str().unwrap()];
    let read = || {
        let document = signpost_reading(&args, both.as_bytes()).json();
        let run = std::process::Command::new("/usr/bin/python3").args(["-c", READ]).arg(&ics).output();
        let run = run.expect("python3 is missing: apt-get install python3-icalendar");
        let why = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.success(), "is python3-icalendar installed? {why}");
        (document, serde_json::from_slice::<serde_json::Value>(&run.stdout).unwrap())
    };
    let (document, events) = read();
    assert_eq!(document["reminders"]["count"], 2);
    assert_eq!(events.as_array().unwrap().len(), 2);
    for (place, event) in events.as_array().unwrap().iter().enumerate() {
        let shown = &document["certificates"][place];
        let end = shown["not_after"].as_str().unwrap().replace('Z', "+00:00");
        assert_eq!(event["start"], end.as_str());
        let subject = shown["subject"].as_str().unwrap();
        assert_eq!(event["summary"], format!("Certificate ends: {subject}"));
        assert!(event["description"].as_str().unwrap().contains(shown["sha256"].as_str().unwrap()));
        let days = |count: i64| serde_json::json!(["DISPLAY", -count * 86_400]);
        assert_eq!(event["alarms"], serde_json::json!([days(60), days(30), days(7)]));
    }
    assert_eq!(read().1[0]["uid"], events[0]["uid"], "the same again changes the entry");
}

#[test]
fn a_calendar_that_cannot_be_written_is_said() {
    let run = signpost_reading(
        &["cert", "inspect", "-", "--ics", "/nowhere/x.ics"],
        certificate(-10, 300).pem.as_bytes(),
    );
    assert_eq!(run.status, 3, "{run:?}");
    let folder = tempfile::tempdir().unwrap();
    let ics = folder.path().join("none.ics");
    let run = signpost_reading(&["cert", "inspect", "-", "--ics", ics.to_str().unwrap()], b"hello");
    assert_eq!((run.status, ics.exists()), (2, false), "{run:?}");
}

//! Reports as files, and rows for a spreadsheet.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use domain_check::{DomainName, MAX_SHARED_BYTES, Report, Verdict, csv_line, read_shared, share};
use proptest::prelude::*;
use time::OffsetDateTime;
use vocabulary::{Finding, Timestamp};

fn report() -> Report {
    Report {
        domain: DomainName::parse("contoso.test").unwrap().domain,
        unicode: "contoso.test".to_owned(),
        name: "_x.contoso.test".to_owned(),
        zone: Some("contoso.test".to_owned()),
        primary: None,
        expected: Some("v".to_owned()),
        verdict: Verdict::Waiting,
        visible_by: None,
        delegation: Vec::new(),
        servers: Vec::new(),
        findings: vec![Finding::warning("txt-missing").with("zone", "contoso.test")],
        checked_at: Timestamp::new(OffsetDateTime::UNIX_EPOCH),
        took_ms: 1,
        near_miss: None,
    }
}

#[test]
fn what_was_shared_is_read_again() {
    assert_eq!(read_shared(share(&report()).as_bytes()).unwrap(), report());
}

#[test]
fn anything_else_is_refused_with_the_reason() {
    let code = |text: &str| read_shared(text.as_bytes()).unwrap_err().code.into_owned();
    let shared = share(&report());
    assert_eq!(code("{}"), "shared-not-a-report");
    assert_eq!(code(&shared.replace("signpost-domain-report", "other")), "shared-not-a-report");
    assert_eq!(code(&shared.replace("\"version\": 1", "\"version\": 2")), "shared-newer");
    assert_eq!(code(&shared.replace("contoso.test", "not a domain")), "shared-not-a-report");
    assert_eq!(code(&" ".repeat(MAX_SHARED_BYTES + 1)), "shared-too-long");
}

/// With the wide forms, which some spreadsheets take for the same.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_shared(&bytes);
    }

    #[test]
    fn a_spreadsheet_gets_the_cells_back_and_no_formula(cells in prop::collection::vec("[=+@\\-＝＋－＠\t\r\n\",a;| ']{0,8}", 1..5)) {
        let line = csv_line(&cells);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
        let read = reader.records().next();
        // A row of one empty cell is an empty line.
        let Some(read) = read else { prop_assert_eq!(cells, [""]); return Ok(()) };
        let read = read.unwrap();
        prop_assert_eq!(read.len(), cells.len());
        for (read, cell) in read.iter().zip(&cells) {
            prop_assert!(!read.starts_with(FORMULA) && !read.starts_with(['\t', '\r', '\n']));
            let begins = read.split([';', '|', '\t', '\r', '\n']).map(|part| part.trim_start_matches([' ', '"']));
            prop_assert!(begins.into_iter().all(|part| !part.starts_with(FORMULA)), "{}", read);
            prop_assert_eq!(read.replace('\'', ""), cell.replace('\'', ""), "apostrophes are all that is added");
        }
    }
}

//! Lists of domains as people export and paste them.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use domain_check::{ListRow, MAX_LIST_BYTES, MAX_ROWS, parse_list};
use proptest::prelude::*;

/// Row number, domain or code, expected value.
fn read(bytes: &[u8]) -> Vec<(u32, String, String)> {
    let shown = |row: ListRow| {
        let domain = match row.domain {
            Ok(parsed) => parsed.domain.to_string(),
            Err(finding) => finding.code.into_owned(),
        };
        (row.row, domain, row.expected.unwrap_or_default())
    };
    parse_list(bytes).unwrap().into_iter().map(shown).collect()
}

fn rows(rows: &[(u32, &str, &str)]) -> Vec<(u32, String, String)> {
    rows.iter().map(|(row, domain, value)| (*row, (*domain).to_owned(), (*value).to_owned())).collect()
}

fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn every_delimiter_and_encoding_gives_the_same_rows() {
    let right = rows(&[(2, "contoso.com", "token=a,b;c"), (4, "xn--bcher-kva.example", "token=2")]);
    for delimiter in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r"] {
            let lines = [
                ["Domain", "Customer", "Expected value"],
                ["contoso.com", "\"Contoso, Ltd; \"\"HQ\"\"\"", "\"token=a,b;c\""],
                ["", "", ""],
                [" bücher.example ", "Bücher", "token=2"],
            ];
            let text = lines.map(|cells| cells.join(delimiter)).join(end);
            assert_eq!(read(text.as_bytes()), right, "{text:?}");
            assert_eq!(read(format!("\u{FEFF}{text}{end}").as_bytes()), right, "{text:?}");
            for unit in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(read(&utf_16(&text, unit)), right, "{text:?}");
                assert_eq!(read(&utf_16(&format!("\u{FEFF}{text}"), unit)), right, "{text:?}");
            }
        }
    }
}

#[test]
fn one_domain_a_line_is_a_list_too() {
    let text = "contoso.com\n\n  ann@fabrikam.com\r\n\"adatum.com\"\nhttps://www.woodgrove.com/login";
    let right = rows(&[
        (1, "contoso.com", ""),
        (3, "fabrikam.com", ""),
        (4, "adatum.com", ""),
        (5, "woodgrove.com", ""),
    ]);
    assert_eq!(read(text.as_bytes()), right);
    assert_eq!(read(b"domain\ncontoso.com"), rows(&[(2, "contoso.com", "")]));
}

#[test]
fn columns_are_found_by_heading_or_by_what_is_in_them() {
    let right = rows(&[(2, "contoso.com", "token=1")]);
    for text in ["value,DOMAIN\ntoken=1,contoso.com", "E-mail;Name;TXT_value\nann@contoso.com;Ann;token=1"] {
        assert_eq!(read(text.as_bytes()), right, "{text}");
    }
    assert_eq!(read(b"nr;token;where\n7;token=1;contoso.com"), right);
    let right = rows(&[(1, "contoso.com", ""), (2, "fabrikam.com", "token=1")]);
    assert_eq!(read(b"contoso.com\nfabrikam.com;token=1"), right);
    let right = rows(&[(1, "contoso.com", "token=1"), (2, "fabrikam.com", "")]);
    assert_eq!(read(b"1;contoso.com;token=1\n2;fabrikam.com;"), right);
}

#[test]
fn a_fault_is_its_rows_own() {
    let text =
        b"domain,expected\ncontoso,x\ngmail.com,x\ncaf\xE9.com,x\n,x\nfabrikam.com,t\xE9\nadatum.com\n\
                 woodgrove.com,\"x\nlitware.com,x\n";
    let right = rows(&[
        (2, "domain-single-label", "x"),
        (3, "domain-consumer", "x"),
        (4, "list-row-encoding", "x"),
        (5, "domain-empty", "x"),
        (6, "list-row-encoding", "t\u{FFFD}"),
        (7, "adatum.com", ""),
        (8, "list-row-quote", "x\nlitware.com,x"),
    ]);
    assert_eq!(read(text), right);
}

#[test]
fn a_list_without_rows_or_with_too_many_is_refused() {
    let code = |bytes: &[u8]| parse_list(bytes).unwrap_err().code.into_owned();
    for empty in ["", "\n \r\n", "\u{FEFF}", "domain;value\n", ";;;\n"] {
        assert_eq!(code(empty.as_bytes()), "list-empty", "{empty:?}");
    }
    let list = |count: usize| format!("domain\n{}", "contoso.com\n\n".repeat(count));
    assert_eq!(read(list(MAX_ROWS).as_bytes()).len(), MAX_ROWS);
    assert_eq!(code(list(MAX_ROWS + 1).as_bytes()), "list-too-long");
    assert_eq!(code("contoso.com\n".repeat(MAX_ROWS + 1).as_bytes()), "list-too-long");
    assert_eq!(code(&vec![b'\n'; MAX_LIST_BYTES + 1]), "list-too-long");
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse_list(&bytes);
    }

    #[test]
    fn any_text_of_delimiters_and_quotes_is_read_without_a_panic(text in "[a,;\t\"\r\n. ü\0]{0,60}") {
        if let Ok(rows) = parse_list(text.as_bytes()) {
            let numbers: Vec<u32> = rows.iter().map(|row| row.row).collect();
            prop_assert!(numbers.is_sorted_by(|a, b| a < b) && numbers.first() > Some(&0), "{numbers:?}");
        }
    }

    #[test]
    fn what_a_spreadsheet_writes_is_read_back(
        cells in proptest::collection::vec(("[a-z]{1,8}", "[ -~ü]{0,12}", "[ -~\n]{0,12}"), 1..20),
        delimiter in proptest::sample::select(vec![b',', b';', b'\t']),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["Domain", "Expected", "Notes"]).unwrap();
        let mut row = 2;
        let mut right = Vec::new();
        for (name, value, notes) in &cells {
            let domain = format!("{name}.test");
            writer.write_record([&domain, value, notes]).unwrap();
            right.push((row, domain, value.trim().to_owned()));
            row += 1 + u32::try_from(notes.matches('\n').count()).unwrap();
        }
        prop_assert_eq!(read(&writer.into_inner().unwrap()), right);
    }
}

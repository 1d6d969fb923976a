//! What an answer of `signpost domain bulk` has that broke off: its rows are not looked at again.

use super::csv::HEADINGS;
use crate::failure::Failure;
use crate::input;
use domain_check::{ListRow, Verdict, csv_line};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

/// A larger file, in bytes, is no answer about a list.
const LIMIT: usize = 256 * 1024 * 1024;

/// What a row came to, by its number; `None` when it could not be checked.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Earlier {
    verdicts: HashMap<u32, Option<Verdict>>,
    /// Whether the file has the headings of a spreadsheet already.
    pub(super) is_csv: bool,
}

/// One row, as it was printed.
#[derive(Debug, Deserialize)]
struct Printed {
    row: u32,
    input: String,
    verdict: Option<Verdict>,
}

/// Why a file cannot be gone on with.
#[derive(Debug, PartialEq)]
enum Fault {
    /// It is no such answer, or a line of it is cut off.
    Unreadable,
    /// A row of it stands in another list.
    OfAnotherList(u32),
}

impl Earlier {
    /// Reads what was printed with `--csv` or `--json` about this list.
    pub(super) fn read(path: &Path, list: &[ListRow]) -> Result<Self, Failure> {
        let bytes = input::read_file(path, LIMIT)?;
        Self::of(&bytes, list).map_err(|fault| match fault {
            Fault::Unreadable => Failure::unusable("bulk-answer-unreadable").with("path", path.display()),
            Fault::OfAnotherList(row) => {
                Failure::unusable("bulk-answer-of-another-list").with("path", path.display()).with("row", row)
            }
        })
    }

    /// What the row came to.
    pub(super) fn of_row(&self, number: u32) -> Option<Option<Verdict>> {
        self.verdicts.get(&number).copied()
    }

    fn of(bytes: &[u8], list: &[ListRow]) -> Result<Self, Fault> {
        let Some(first) = bytes.first() else { return Ok(Self::default()) };
        if bytes.len() > LIMIT || bytes.last() != Some(&b'\n') {
            return Err(Fault::Unreadable);
        }
        let is_csv = *first != b'{';
        let printed = if is_csv { from_csv(bytes) } else { from_json(bytes) };
        let inputs: HashMap<u32, &str> = list.iter().map(|row| (row.row, row.input.as_str())).collect();
        let mut verdicts = HashMap::new();
        for Printed { row, input, verdict } in printed.ok_or(Fault::Unreadable)? {
            let known = inputs.get(&row).map(|known| if is_csv { cell(known) } else { (*known).to_owned() });
            if known != Some(input) {
                return Err(Fault::OfAnotherList(row));
            }
            verdicts.insert(row, verdict);
        }
        Ok(Self { verdicts, is_csv })
    }
}

fn from_json(bytes: &[u8]) -> Option<Vec<Printed>> {
    serde_json::Deserializer::from_slice(bytes).into_iter().collect::<Result<_, _>>().ok()
}

fn from_csv(bytes: &[u8]) -> Option<Vec<Printed>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let is_ours = reader.headers().ok()? == HEADINGS.as_slice();
    is_ours.then(|| reader.deserialize().collect::<Result<_, _>>().ok())?
}

/// What stands in the file for what was read from the list.
fn cell(input: &str) -> String {
    let line = csv_line(&[input]);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let record = reader.records().next().and_then(Result::ok);
    record.and_then(|record| record.get(0).map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_check::parse_list;

    fn list() -> Vec<ListRow> {
        parse_list(b"domain\ncontoso.com\n@, \nfabrikam.com\n").unwrap()
    }

    fn csv_of(rows: &[&str]) -> Vec<u8> {
        format!("{}\n{}", HEADINGS.join(","), rows.concat()).into_bytes()
    }

    const CONTOSO: &str = "2,contoso.com,contoso.com,_x.contoso.com,,verified,,,,,2026-11-22T12:00:00Z\n";
    const REFUSED: &str = "3,'@,,,,,,domain-empty,No domain.,\"Type\none.\",\n";

    #[test]
    fn both_forms_of_the_answer_are_read() {
        let json = "{\"row\": 2, \"input\": \"contoso.com\", \"verdict\": \"verified\", \"servers\": []}\n\
                    {\"row\": 3, \"input\": \"@\", \"verdict\": null}\n";
        for (bytes, is_csv) in [(csv_of(&[CONTOSO, REFUSED]), true), (json.as_bytes().to_vec(), false)] {
            let earlier = Earlier::of(&bytes, &list()).unwrap();
            assert_eq!(earlier.is_csv, is_csv);
            let rows = [2, 3, 4].map(|row| earlier.of_row(row));
            assert_eq!(rows, [Some(Some(Verdict::Verified)), Some(None), None]);
        }
        assert_eq!(Earlier::of(b"", &list()), Ok(Earlier::default()));
        assert!(Earlier::of(&csv_of(&[]), &list()).unwrap().is_csv, "only the headings");
    }

    #[test]
    fn what_is_cut_off_or_of_another_list_is_refused() {
        let cut = csv_of(&[CONTOSO, "4,fabrikam.com,fabrikam.com,_x.fabrikam.com,,verified,,,,,2026-11-2"]);
        for bytes in [&cut, &b"{\"row\": 2, \"inp".to_vec(), &b"contoso.com\n".to_vec(), &csv_of(&["2,x\n"])]
        {
            assert_eq!(Earlier::of(bytes, &list()), Err(Fault::Unreadable));
        }
        let other = CONTOSO.replace("2,contoso.com,", "4,contoso.com,");
        assert_eq!(Earlier::of(&csv_of(&[&other]), &list()), Err(Fault::OfAnotherList(4)));
        let longer = b"{\"row\": 9, \"input\": \"contoso.com\", \"verdict\": null}\n";
        assert_eq!(Earlier::of(longer, &list()), Err(Fault::OfAnotherList(9)));
    }
}

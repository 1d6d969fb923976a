//! A list of domains out of a file: what columns it has, and what is wrong with single rows.

use crate::{DomainName, ParsedDomain};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use vocabulary::Finding;

/// A list may have so many rows, besides that with the headings.
pub const MAX_ROWS: usize = 5_000;

/// A list may have so many bytes.
pub const MAX_LIST_BYTES: usize = 4 << 20;

/// What can stand between two cells, the least likely to be part of a cell first.
const DELIMITERS: [u8; 3] = [b'\t', b';', b','];

/// What an empty row may still have.
const EMPTY: [char; 4] = ['\t', ';', ',', ' '];

/// So many rows are looked at to recognize the columns.
const ROWS_TO_RECOGNIZE: usize = 50;

/// Headings of the column with the domains, in lower case and without blanks, hyphens and underscores.
const DOMAIN_HEADINGS: &[&str] =
    &["domain", "domains", "domainname", "host", "hostname", "zone", "email", "emailaddress", "url"];

/// Headings of the column with the expected values.
const VALUE_HEADINGS: &[&str] =
    &["expected", "expect", "expectedvalue", "value", "txt", "txtvalue", "txtrecord", "recordvalue", "token"];

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// Its number as editors and spreadsheets count: from 1, headings and empty rows included.
    pub row: u32,
    /// What stands in the domain's cell, cut to 80 characters.
    pub input: String,
    /// The domain, or why the row cannot be checked: what [`DomainName::parse`] refuses, `list-row-encoding`,
    /// `list-row-quote`.
    pub domain: Result<ParsedDomain, Finding>,
    /// The value that has to be there; `None` when the row has none.
    pub expected: Option<String>,
}

/// Reads a list of domains: cells with commas, semicolons or tabs between them, or one domain a row; UTF-8 or UTF-16.
///
/// Headings name the columns. Without them the domains are in the first column that mostly has some, and the
/// expected values in the one after it. Empty rows are passed over.
///
/// # Errors
/// `list-empty` without any row, `list-too-long` with more than [`MAX_ROWS`] rows or [`MAX_LIST_BYTES`] bytes.
pub fn parse_list(bytes: &[u8]) -> Result<Vec<ListRow>, Finding> {
    let too_long = || Finding::error("list-too-long").with("limit", MAX_ROWS);
    if bytes.len() > MAX_LIST_BYTES {
        return Err(too_long());
    }
    let text = text_of(bytes);
    let records = records(&text, delimiter(&text), MAX_ROWS + 2);
    let columns = Columns::of(&records);
    let rows: Vec<ListRow> =
        records.iter().skip(usize::from(columns.headed)).map(|record| columns.read(record)).collect();
    match rows.len() {
        0 => Err(Finding::error("list-empty")),
        1..=MAX_ROWS => Ok(rows),
        _ => Err(too_long()),
    }
}

/// Without a byte order mark, every row ended by a line feed alone.
fn text_of(bytes: &[u8]) -> String {
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guessed(bytes), |(encoding, _)| encoding);
    let (text, ..) = encoding.decode(bytes);
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Text of this kind has no zero bytes but those of UTF-16, where ASCII has one in every pair.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let zeros = |at: usize| bytes.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match bytes.len() / 4 {
        many if odd > many && odd > even => UTF_16LE,
        many if even > many => UTF_16BE,
        _ => UTF_8,
    }
}

/// One row, and where it is.
struct Record {
    row: u32,
    cells: StringRecord,
}

impl Record {
    fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).unwrap_or_default()
    }
}

/// The first `most` rows that are not empty; without a delimiter, each is one cell.
fn records(text: &str, delimiter: Option<u8>, most: usize) -> Vec<Record> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(delimiter.is_some())
        .delimiter(delimiter.unwrap_or(0))
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    let mut cells = StringRecord::new();
    let (mut row, mut at) = (1, 0);
    while records.len() < most && reader.read_record(&mut cells).unwrap_or(false) {
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let source = text.get(at..end).unwrap_or_default();
        // The reader passes over empty rows in front, and a quoted cell can have several lines.
        let empty = source.len() - source.trim_start_matches('\n').len();
        cells.trim();
        if cells.iter().any(|cell| !cell.trim_matches(EMPTY).is_empty()) {
            records.push(Record { row: row + small(empty), cells: cells.clone() });
        }
        row += small(source.matches('\n').count());
        at = end;
    }
    records
}

/// A number of rows, which [`MAX_LIST_BYTES`] keeps small.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The delimiter that gives the most rows as many cells as the first one with more than one has.
fn delimiter(text: &str) -> Option<u8> {
    let fitting = |delimiter: u8| {
        let records = records(text, Some(delimiter), ROWS_TO_RECOGNIZE);
        let cells = records.iter().map(|record| record.cells.len()).find(|cells| *cells > 1);
        records.iter().filter(|record| Some(record.cells.len()) == cells).count()
    };
    // The first of several that fit alike.
    let (delimiter, fits) =
        DELIMITERS.into_iter().rev().map(|d| (d, fitting(d))).max_by_key(|(_, fits)| *fits)?;
    (fits > 0).then_some(delimiter)
}

/// Which column has what.
struct Columns {
    headed: bool,
    domain: usize,
    expected: Option<usize>,
}

impl Columns {
    fn of(records: &[Record]) -> Self {
        let heading = |headings: &[&str]| {
            let mut cells = records.first()?.cells.iter();
            cells.position(|cell| headings.contains(&folded(cell).as_str()))
        };
        match (heading(DOMAIN_HEADINGS), heading(VALUE_HEADINGS)) {
            (Some(domain), expected) => Self { headed: true, domain, expected },
            (None, Some(expected)) => {
                let domain = column_of_domains(records.get(1..).unwrap_or_default(), Some(expected));
                Self { headed: true, domain, expected: Some(expected) }
            }
            (None, None) => {
                let domain = column_of_domains(records, None);
                Self { headed: false, domain, expected: Some(domain + 1) }
            }
        }
    }

    fn read(&self, record: &Record) -> ListRow {
        let (input, expected) = (record.cell(Some(self.domain)), record.cell(self.expected));
        ListRow {
            row: record.row,
            input: input.chars().take(80).collect(),
            domain: unbroken(record, [input, expected]).and_then(|()| DomainName::parse(input)),
            expected: Some(expected).filter(|expected| !expected.is_empty()).map(str::to_owned),
        }
    }
}

/// The column, other than `besides`, where the most rows have a domain; the first of several.
fn column_of_domains(records: &[Record], besides: Option<usize>) -> usize {
    let some = &records[..records.len().min(ROWS_TO_RECOGNIZE)];
    let columns = some.iter().map(|record| record.cells.len()).max().unwrap_or_default().min(64);
    let domains = |column: usize| {
        some.iter().filter(|record| DomainName::parse(record.cell(Some(column))).is_ok()).count()
    };
    let columns = (0..columns).rev().filter(|column| Some(*column) != besides);
    columns.max_by_key(|column| domains(*column)).unwrap_or_default()
}

fn folded(heading: &str) -> String {
    heading.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// Whether the cells are what was meant: characters that could not be read, and rows run together, would make
/// something else of them.
fn unbroken(record: &Record, cells: [&str; 2]) -> Result<(), Finding> {
    if cells.iter().any(|cell| cell.contains('\u{FFFD}')) {
        return Err(Finding::error("list-row-encoding").with("row", record.row));
    }
    if cells.iter().any(|cell| cell.contains('\n')) {
        return Err(Finding::error("list-row-quote").with("row", record.row));
    }
    Ok(())
}

/// What makes a spreadsheet take a cell for a formula, at its beginning.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];

/// Where a spreadsheet with other settings begins a cell.
const ENDS_A_CELL: [char; 5] = [';', '\t', '|', '\n', '\r'];

/// One line of CSV, with its end, for a spreadsheet: a cell that it would take for a formula and run gets an apostrophe in
/// front, which makes it text. That is one that begins with `=`, `+`, `-`, `@` or their wide forms, a tab or an end of a
/// line. Inside a cell it is done behind everything that other settings take for the end of one.
pub fn csv_line<S: AsRef<str>>(cells: &[S]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(cells.iter().map(|cell| neutral(cell.as_ref())));
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn neutral(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len() + 1);
    let mut begins = true;
    for (index, c) in cell.chars().enumerate() {
        let breaks = index == 0 && matches!(c, '\t' | '\r' | '\n');
        if breaks || (begins && FORMULA.contains(&c)) {
            text.push('\'');
        }
        // A blank or a quotation mark before it does not keep a spreadsheet from seeing a formula.
        begins = ENDS_A_CELL.contains(&c) || (begins && matches!(c, ' ' | '"'));
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r1", "\n1", "\u{FF1D}1+1"] {
            assert_eq!(neutral(formula), format!("'{formula}"));
        }
        assert_eq!(neutral("\t=1"), "'\t'=1");
        assert_eq!(neutral("  =1"), "  '=1");
        assert_eq!(csv_line(&["a=1", "=\"x\",y"]), "a=1,\"'=\"\"x\"\",y\"\n");
        for text in ["a=1", "token=a-b", "v=spf1 -all", "ann@contoso.test", "“=” at position 6", "a; b"] {
            assert_eq!(neutral(text), text);
        }
    }

    #[test]
    fn no_cell_begins_a_formula_where_others_separate_with_a_semicolon() {
        assert_eq!(neutral("x;=1+1"), "x;'=1+1");
        assert_eq!(neutral("x\";\"=1+1"), "x\";\"'=1+1");
        assert_eq!(neutral("x\n=1|-1\t@a"), "x\n'=1|'-1\t'@a");
    }
}

/// One line of CSV, with its end, for a spreadsheet: a cell that it would take for a formula and run (it begins with `=`,
/// `+`, `-`, `@`, a tab or a carriage return) gets an apostrophe in front, which makes it text.
pub fn csv_line<S: AsRef<str>>(cells: &[S]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(cells.iter().map(|cell| neutral(cell.as_ref())));
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn neutral(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(neutral(formula), format!("'{formula}"));
        }
        assert_eq!(csv_line(&["a=1", "=\"x\",y"]), "a=1,\"'=\"\"x\"\",y\"\n");
    }
}

//! Rows in columns.

/// The rows below each other, the columns two blanks apart, every line indented by two.
pub(crate) fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; N] = std::array::from_fn(width);
    rows.iter().map(|row| line(row, &widths)).collect()
}

/// Names and values, without those that have no value.
pub(crate) fn facts(rows: impl IntoIterator<Item = (String, String)>) -> String {
    let rows: Vec<[String; 2]> =
        rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| [name, value]).collect();
    table(&rows)
}

fn line<const N: usize>(row: &[String; N], widths: &[usize; N]) -> String {
    let cells =
        row.iter().zip(widths).map(|(cell, width)| format!("  {}{}", one_line(cell), pad(cell, *width)));
    let mut line: String = cells.collect();
    line.truncate(line.trim_end().len());
    line.push('\n');
    line
}

fn pad(cell: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(cell.chars().count()))
}

fn one_line(cell: &str) -> String {
    cell.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_lines_end_without_blanks() {
        let rows = [["a", "bb", ""], ["ccc", "d", "x\ny"]].map(|row| row.map(str::to_owned));
        assert_eq!(table(&rows), "  a    bb\n  ccc  d   x y\n");
    }

    #[test]
    fn what_has_no_value_is_left_out() {
        let rows = [("name", "Ann"), ("city", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(facts(rows), "  name  Ann\n");
    }
}
